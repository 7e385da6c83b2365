"""An upload is looked into, and becomes ready for use or is refused."""

from __future__ import annotations

import asyncio

from videogen_agents.errors import InputError, InternalError
from videogen_engine.api_errors import api_error
from videogen_engine.probe_model import ProbeRequest, ProbeResult
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import PROBE
from videogen_engine.stage import MediaRef
from videogen_engine.store.records import JobOutcome, JobRecord, ProbeJob, Rendition, StoredSource
from videogen_engine.workflows.room import WorkflowRoom


async def file_probe(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """A file that cannot be used fails; the job that found that out succeeds.

    A check that could not be made, because its process died on the file, refuses the file as well.
    """
    file_id = ProbeJob.model_validate_json(job.request_json).file_id
    files = room.store.files
    file = await asyncio.to_thread(files.get, file_id)
    source = file.source(Rendition.DOWNLOAD)
    if source is None:
        raise InternalError(f"The file {file_id!r} was sent to be checked without bytes.")
    limits = room.settings.limits
    request = ProbeRequest(
        media=MediaRef(key=source.media_key, media_type=source.media_type, size=source.size),
        declared=file.declared_type,
        max_pixels=limits.max_pixels,
        max_duration_seconds=limits.max_duration_seconds,
    )
    context.expect(PROBE)
    try:
        found = await context.step(PROBE, request, ProbeResult)
    except (InputError, InternalError) as error:
        await asyncio.to_thread(files.mark_failed, file_id, api_error(error))
        return JobOutcome(file_id=file_id, warnings=(error.message,))
    await asyncio.to_thread(
        lambda: files.mark_ready(
            file_id,
            type_=found.type,
            duration_seconds=found.duration_seconds,
            width=found.width,
            height=found.height,
            sources=thumbnail_source(found),
        )
    )
    await asyncio.to_thread(lambda: room.store.library.start_analysis(files.get(file_id)))
    return JobOutcome(file_id=file_id, duration_seconds=found.duration_seconds)


def thumbnail_source(found: ProbeResult) -> tuple[StoredSource, ...]:
    """The thumbnail as a source of the file, if there is one."""
    if found.thumbnail is None:
        return ()
    media = found.thumbnail.media
    return (
        StoredSource(
            rendition=Rendition.THUMBNAIL,
            media_key=media.key,
            media_type=media.media_type,
            size=media.size,
            width=found.thumbnail.width,
            height=found.thumbnail.height,
        ),
    )
