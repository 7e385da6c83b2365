"""``videogen-agents cancel``: stop a job."""

from __future__ import annotations

import asyncio

import click

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.client import VideoClient
from videogen_agents.config import Settings


@click.command("cancel")
@click.argument("job_id")
@backend_option
def command(job_id: str, backend: str | None) -> None:
    """Stop JOB_ID. A finished job is left as it is."""
    asyncio.run(_cancel(settings_for(backend), job_id))


async def _cancel(settings: Settings, job_id: str) -> None:
    async with VideoClient(settings) as client:
        job = await client.cancel_job(job_id)
        click.echo(f"{job.job_id}  {job.status}")
