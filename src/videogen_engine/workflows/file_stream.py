"""The stream of a public preview. The file itself is public before it is there."""

from __future__ import annotations

import asyncio

from videogen_agents.errors import InputError
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import STREAM
from videogen_engine.stage import MediaRef
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.records import JobOutcome, JobRecord, Rendition, StreamJob
from videogen_engine.streaming.model import Stream, StreamRequest
from videogen_engine.workflows.room import WorkflowRoom


async def file_stream(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """A file that cannot be streamed is public as a file alone; the job says why."""
    asked = StreamJob.model_validate_json(job.request_json)
    file = await asyncio.to_thread(room.store.files.get, asked.file_id)
    source = file.source(Rendition.DOWNLOAD)
    if source is None or file.preview is None or file.preview.token != asked.token:
        return JobOutcome(file_id=asked.file_id)
    media = MediaRef(key=source.media_key, media_type=source.media_type, size=source.size)
    context.expect(STREAM)
    try:
        made = await context.step(STREAM, StreamRequest(media=media, nonce=job.job_id), Stream)
    except InputError as error:
        return JobOutcome(file_id=asked.file_id, warnings=(error.message,))
    await asyncio.to_thread(_publish, asked, made, room)
    return JobOutcome(file_id=asked.file_id, notes=made.notes)


def _publish(asked: StreamJob, made: Stream, room: WorkflowRoom) -> None:
    published = room.store.library.publish_stream(
        asked.file_id, asked.token, playlist_key=made.playlist.key, stream_key=made.media.key
    )
    if not published:
        store = MediaStore(room.settings.media_url)
        for media in (made.playlist, made.media):
            store.delete(media.key)
