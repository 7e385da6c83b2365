"""Importing files from the web, by a job of its own."""

from __future__ import annotations

import asyncio
from urllib.parse import urldefrag

from videogen_agents.contract import (
    CreateFileUrlImportRequest,
    CreateFileUrlImportResponse,
    FileUrlImport,
    WireModel,
)
from videogen_agents.errors import NotFoundError
from videogen_engine.public_address import check_url
from videogen_engine.service.answers import file_info
from videogen_engine.service.call import Call
from videogen_engine.service.file_routes import checked_name
from videogen_engine.service.film_start import refuse_when_full
from videogen_engine.service.waiting import job_after_change
from videogen_engine.store.records import ImportJob, JobKind, JobRecord


async def create_file_url_import(call: Call) -> WireModel:
    """What the address alone shows to be wrong is refused at once; the rest by the job, before it connects."""
    body = await call.body(CreateFileUrlImportRequest)
    engine = call.engine
    check_url(urldefrag(body.url.strip()).url, private_hosts=frozenset(engine.settings.import_hosts))
    name = None if body.display_name is None else checked_name(body.display_name)
    await refuse_when_full(call)
    request = ImportJob(url=body.url.strip(), display_name=name, declared=body.type, temporary=body.is_temporary)
    key = call.idempotency_key()
    job, replayed = await asyncio.to_thread(lambda: engine.store.library.start_import(request, idempotency_key=key))
    call.mark_replayed(replayed)
    await engine.queue.submit(job.job_id)
    return CreateFileUrlImportResponse(file_import_id=job.job_id)


async def get_file_url_import(call: Call) -> WireModel:
    job_id = call.id("fileImportId")
    jobs = call.engine.store.jobs
    if await asyncio.to_thread(jobs.find, job_id, JobKind.FILE_IMPORT) is None:
        raise NotFoundError(f"There is no import {job_id!r}.", ids={"file_import_id": job_id})
    job = await job_after_change(lambda: jobs.get(job_id), call.wait_seconds(), call.request)
    return await _answer(call, job)


async def _answer(call: Call, job: JobRecord) -> FileUrlImport:
    outcome = job.outcome()
    file = None
    if outcome is not None and outcome.file_id is not None:
        file = file_info(call, await asyncio.to_thread(call.engine.store.files.get, outcome.file_id))
    return FileUrlImport(
        file_import_id=job.job_id,
        status=job.status,
        progress_percentage=job.progress,
        file_id=None if file is None else file.file_id,
        file=file,
        error=job.error,
        message=None if job.error is None else job.error.message,
    )


IMPORTS = {"createFileUrlImport": create_file_url_import, "getFileUrlImport": get_file_url_import}
