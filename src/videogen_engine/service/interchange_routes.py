"""Writing a project's timeline for an editing program."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    CreateTimelineInterchangeRequest,
    CreateTimelineInterchangeResponse,
    TimelineInterchange,
    WireModel,
)
from videogen_agents.errors import InternalError, NotFoundError
from videogen_engine.service.answers import file_info
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import new_export
from videogen_engine.service.film_start import refuse_when_full
from videogen_engine.service.project_routes import check_exportable
from videogen_engine.service.waiting import job_after_change
from videogen_engine.store.records import InterchangeJob, JobKind, JobRecord

#: What a client calls the engine in its own process: no other program can reach it there.
_INSIDE = ".videogen.local"


async def create_timeline_interchange(call: Call) -> WireModel:
    """Writes the version that is current now, whatever is changed later."""
    body = await call.body(CreateTimelineInterchangeRequest)
    engine = call.engine
    record = await asyncio.to_thread(engine.store.projects.get, call.id("projectId"))
    version = check_exportable(record)
    size = new_export(engine.settings, (record.ratio_width, record.ratio_height), None)
    await refuse_when_full(call)
    request = InterchangeJob(
        format=body.format.value,
        media_delivery=body.media_delivery.value,
        origin=None if call.origin.endswith(_INSIDE) else call.origin,
        timeline_version=version,
        width=size.width,
        height=size.height,
        encoding=size.encoding,
    )
    started = await asyncio.to_thread(
        lambda: engine.store.starts.interchange(record.project_id, request, idempotency_key=call.idempotency_key())
    )
    call.mark_replayed(started.replayed)
    await engine.queue.submit(started.job.job_id)
    return CreateTimelineInterchangeResponse(interchange_job_id=started.job.job_id)


async def get_timeline_interchange(call: Call) -> WireModel:
    job_id = call.id("interchangeJobId")
    jobs = call.engine.store.jobs
    if await asyncio.to_thread(jobs.find, job_id, JobKind.TIMELINE_INTERCHANGE) is None:
        raise NotFoundError(f"There is no timeline job {job_id!r}.", ids={"interchange_job_id": job_id})
    job = await job_after_change(lambda: jobs.get(job_id), call.wait_seconds(), call.request)
    return await _answer(call, job)


async def _answer(call: Call, job: JobRecord) -> TimelineInterchange:
    if job.project_id is None:
        raise InternalError(f"The timeline job {job.job_id!r} has no project.")
    asked = InterchangeJob.model_validate_json(job.request_json)
    outcome = job.outcome()
    file = None
    if outcome is not None and outcome.file_id is not None:
        file = file_info(call, await asyncio.to_thread(call.engine.store.files.get, outcome.file_id))
    return TimelineInterchange(
        interchange_job_id=job.job_id,
        project_id=job.project_id,
        format=asked.format,
        media_delivery=asked.media_delivery,
        status=job.status,
        progress_percentage=job.progress,
        attempt_index=job.attempt_index,
        download_url=None if file is None else file.download_url,
        download_url_expires_at=None if file is None else file.download_url_expires_at,
        interchange_file_id=None if file is None else file.file_id,
        file=file,
        error=job.error,
    )


INTERCHANGE = {
    "createTimelineInterchange": create_timeline_interchange,
    "getTimelineInterchange": get_timeline_interchange,
}
