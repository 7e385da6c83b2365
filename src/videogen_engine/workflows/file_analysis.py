"""A file of the library is looked into, so that it can be described and found. Nothing waits for it."""

from __future__ import annotations

import asyncio
import base64

from videogen_agents.errors import VideoError
from videogen_engine.describing.model import Described, DescribeRequest
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import DESCRIBE
from videogen_engine.stage import MediaRef
from videogen_engine.store.records import AnalysisJob, FileRecord, JobOutcome, JobRecord, Rendition
from videogen_engine.workflows.room import WorkflowRoom

_MOST_TOLD = 60_000


async def file_analysis(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """A file that cannot be looked into says so, and stays as usable as it was; the job succeeds either way."""
    file_id = AnalysisJob.model_validate_json(job.request_json).file_id
    file = await asyncio.to_thread(room.store.files.get, file_id)
    library = room.store.library
    context.expect(DESCRIBE)
    try:
        found = await context.step(DESCRIBE, _request(file), Described)
    except VideoError as error:
        await asyncio.to_thread(library.reject_analysis, file_id)
        return JobOutcome(file_id=file_id, warnings=(error.message,))
    await asyncio.to_thread(
        lambda: library.finish_analysis(
            file_id, description=found.description, words=found.words, vectors=base64.b64decode(found.vectors)
        )
    )
    return JobOutcome(file_id=file_id)


def _request(file: FileRecord) -> DescribeRequest:
    source = file.source(Rendition.DOWNLOAD)
    assert source is not None and file.type is not None
    spoken = "" if file.transcript is None else file.transcript.text
    told = tuple(text[:_MOST_TOLD] for text in (spoken, file.description or "") if text.strip())
    return DescribeRequest(
        media=MediaRef(key=source.media_key, media_type=source.media_type, size=source.size),
        type=file.type,
        name=file.display_name,
        told=told,
        width=source.width,
        height=source.height,
        seconds=file.duration_seconds,
    )
