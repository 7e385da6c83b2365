"""``videogen-agents job``: follow a job and save its film."""

from __future__ import annotations

from pathlib import Path

import click

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.cli.follow import follow_to_end, run_interruptible, save_film
from videogen_agents.client import VideoClient
from videogen_agents.config import Settings
from videogen_agents.tools.file_names import file_stem


@click.command("job")
@click.argument("job_id")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The MP4 to write. Default: named by its title.")
@click.option("--sidecars", is_flag=True, help="Also save its subtitles (SRT, VTT) and its manifest beside the film.")
@click.option("--no-wait", is_flag=True, help="Print the state now and return.")
@backend_option
def command(job_id: str, output: Path | None, sidecars: bool, no_wait: bool, backend: str | None) -> None:
    """Follow JOB_ID to its end, resuming it if it was interrupted, and save its film."""
    run_interruptible(_follow(settings_for(backend), job_id, output, sidecars, no_wait), [job_id])


async def _follow(settings: Settings, job_id: str, output: Path | None, sidecars: bool, no_wait: bool) -> None:
    async with VideoClient(settings) as client:
        if no_wait:
            job = await client.get_job(job_id)
            stage = f"  {job.stage}" if job.stage else ""
            click.echo(f"{job.job_id}  {job.status}  {job.progress:.0f} %{stage}")
            if job.error is not None:
                click.echo(f"  {job.error.message}")
            return
        job = await follow_to_end(client, job_id)
        if output is None:
            title = (await client.project(job.project_id)).title if job.project_id else "video"
            output = Path.cwd() / f"{file_stem(title)}.mp4"
        await save_film(client, job, output, sidecars=sidecars)
