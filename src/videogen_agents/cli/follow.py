"""Follow a job to its end and save its film: what ``make`` and ``job`` share."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from videogen_agents.cli.progress_line import ProgressLine
from videogen_agents.client import EngineJob, Job, JobKind, VideoClient
from videogen_agents.errors import JobFailedError, NotFoundError


async def follow_to_end(client: VideoClient, job_id: str, kind: JobKind | None = None) -> Job:
    """The finished job. Raises JobFailedError when it failed, was cancelled or waits for a person."""
    line = ProgressLine()
    try:
        job = await client.wait_for_job(job_id, kind=kind, on_progress=line.show)
    finally:
        line.finish()
    job.raise_for_failure()
    if job.waiting_for_person:
        raise JobFailedError(
            "The job waits for a person's approval.",
            code="awaiting_approval",
            ids=job.ids(),
            next_step=f"Approve it at {job.project_url or 'https://app.videogen.io'}.",
        )
    return job


#: What a sidecar is saved as beside the film, when its kind alone is no ending.
_SUFFIXES = {"manifest": ".manifest.json", "contact_sheet": ".contact-sheet.jpg"}


async def save_film(client: VideoClient, job: Job, destination: Path, *, sidecars: bool = False) -> None:
    """Download the film and say what it is: path, length, size, and what it was made with.

    ``sidecars`` also saves its subtitles and its manifest beside it. Raises NotFoundError when the backend has none.
    """
    if job.download_url is None:
        raise NotFoundError(
            "The job has made no MP4.",
            ids=job.ids(),
            next_step="Start it with an export, or export its project.",
        )
    path = await client.download(job.download_url, destination)
    click.echo(str(path))
    facts = [f"{path.stat().st_size / 1e6:.1f} MB"]
    if job.file_id is not None:
        info = await client.file(job.file_id)
        source = info.download_source
        if source is not None and source.width and source.height:
            facts.insert(0, f"{source.width}×{source.height}")
        if info.duration_seconds is not None:
            facts.insert(0, f"{info.duration_seconds:.1f} s")
    click.echo("  " + ", ".join(facts) + f", made by the {client.backend.value} backend")
    engine = await client.engine_job(job.job_id)
    for part in engine.made_by:
        click.echo(f"  {part}")
    if sidecars:
        await _save_sidecars(client, engine, path)
    for note in engine.notes:
        click.echo(f"  note: {note}", err=True)
    click.echo("  " + ", ".join(f"{name} {value}" for name, value in job.ids().items()))


async def _save_sidecars(client: VideoClient, engine: EngineJob, film: Path) -> None:
    if not engine.sidecars:
        raise NotFoundError(
            f"The {client.backend.value} backend gives no subtitles or manifest with its films.",
            code="no_sidecars",
            next_step="Leave --sidecars out, or use the embedded backend.",
        )
    for sidecar in engine.sidecars:
        suffix = _SUFFIXES.get(sidecar.kind, f".{sidecar.kind}")
        click.echo(f"  {await client.download(sidecar.url, film.with_suffix(suffix))}")


def run_interruptible(work: Coroutine[Any, Any, None], resume: list[str]) -> None:
    """Run a command's coroutine; Ctrl-C leaves the job resumable and says how (``resume`` is filled by then)."""
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        if resume:
            click.echo(f"\nInterrupted. The job is kept. Go on with:\n  videogen-agents job {resume[0]}", err=True)
        sys.exit(130)
