"""``videogen-agents jobs``: what was started from this machine and what the backend knows."""

from __future__ import annotations

import asyncio
import datetime

import click

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.client import VideoClient
from videogen_agents.config import Settings


@click.command("jobs")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True)
@backend_option
def command(limit: int, backend: str | None) -> None:
    """List the newest jobs: those that the backend knows, then starts of which only this machine's ledger knows."""
    asyncio.run(_list(settings_for(backend), limit))


async def _list(settings: Settings, limit: int) -> None:
    async with VideoClient(settings) as client:
        page = await client.runs(limit=limit)
        entries = {value: entry for entry in client.ledger_entries(200) for value in entry.ids.values() if value}
        for run in page.workflow_runs:
            entry = entries.get(run.workflow_run_id)
            when = datetime.datetime.fromtimestamp(entry.created).strftime("%Y-%m-%d %H:%M") if entry else " " * 16
            title = entry.title if entry else str(run.workflow_type)
            click.echo(f"{run.workflow_run_id}  {run.status:<10} {run.progress_percentage:3.0f} %  {when}  {title}")
        unknown = [entry for entry in client.ledger_entries(limit) if entry.state == "claimed"]
        for entry in unknown:
            click.echo(f"(reply lost)  {entry.kind}  {entry.title}  start it again: it is first checked what exists")
        if not page.workflow_runs and not unknown:
            click.echo("No jobs yet. Start one with: videogen-agents make SCRIPT.txt")
