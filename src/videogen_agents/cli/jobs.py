"""``videogen-agents jobs``: what was started from this machine and what the backend knows."""

from __future__ import annotations

import asyncio
import datetime

import click

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.client import LedgerEntry, VideoClient
from videogen_agents.config import Settings


@click.command("jobs")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True)
@backend_option
def command(limit: int, backend: str | None) -> None:
    """List the newest jobs: those that the backend knows, then starts of which only this machine's ledger knows."""
    asyncio.run(_list(settings_for(backend), limit))


async def _list(settings: Settings, limit: int) -> None:
    async with VideoClient(settings) as client:
        runs = (await client.runs(limit=limit)).workflow_runs
        titles = {project.project_id: project.title for project in (await client.projects(limit=limit)).projects}
        entries = [entry for entry in client.ledger_entries(200) if entry.backend == client.backend.value]
        started = {job_id: entry for entry in entries for job_id in entry.ids.values()}
        for run in runs:
            entry = started.get(run.workflow_run_id)
            title = titles.get(run.project_id) or (entry.title if entry else str(run.workflow_type))
            click.echo(_line(run.workflow_run_id, run.status, f"{run.progress_percentage:3.0f} %", entry, title))
        listed = {run.workflow_run_id for run in runs}
        others = [entry for entry in entries if not entry.unresolved and not listed & set(entry.ids.values())][:limit]
        for entry in others:
            click.echo(_line(next(iter(entry.ids.values()), "-"), entry.status or "started", "", entry, entry.title))
        unknown = [entry for entry in entries if entry.unresolved][:limit]
        for entry in unknown:
            click.echo(_line("(reply lost)", "", "", entry, f"{entry.title}: call it again, it is first checked"))
        if not runs and not others and not unknown:
            click.echo("No jobs yet. Start one with: videogen-agents make SCRIPT.txt")


def _line(job_id: str, status: str, progress: str, entry: LedgerEntry | None, title: str) -> str:
    when = datetime.datetime.fromtimestamp(entry.created).strftime("%Y-%m-%d %H:%M") if entry else ""
    # A server's text must not steer the terminal.
    shown = "".join(character if character.isprintable() else " " for character in title)[:80]
    return f"{job_id:<24}  {status:<10} {progress:>5}  {when:<16}  {shown}"
