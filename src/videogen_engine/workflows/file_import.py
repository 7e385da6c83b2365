"""A file on the web becomes one of the library. It is there when it is whole and checked, and not before."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import FileScope
from videogen_engine.runtime.port import JobContext
from videogen_engine.store.ids import IdPrefix, derived_id
from videogen_engine.store.records import (
    ImportJob,
    JobOutcome,
    JobRecord,
    NewFile,
    Rendition,
    StoredSource,
)
from videogen_engine.workflows.file_probe import thumbnail_source
from videogen_engine.workflows.room import WorkflowRoom
from videogen_engine.workflows.url_media import URL_STEPS, UrlMedia, media_from_url

_FROM_PAGE = "The URL was that of a web page; the file that the page names as its own was imported."


async def file_import(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    asked = ImportJob.model_validate_json(job.request_json)
    context.expect(*URL_STEPS)
    got = await media_from_url(asked.url, context, room, declared=asked.declared)
    file_id = await asyncio.to_thread(_keep, job, asked, got, room)
    notes = (_FROM_PAGE,) if got.from_page else ()
    return JobOutcome(file_id=file_id, duration_seconds=got.found.duration_seconds, notes=notes)


def _keep(job: JobRecord, asked: ImportJob, got: UrlMedia, room: WorkflowRoom) -> str:
    """The file's id, which follows from the job's: run again, the job finds the file that it made."""
    file_id = derived_id(IdPrefix.FILE, job.job_id)
    files = room.store.files
    file = files.get_many([file_id]).get(file_id)
    if file is None:
        download = StoredSource(
            rendition=Rendition.DOWNLOAD,
            media_key=got.media.key,
            media_type=got.found.media_type,
            size=got.media.size,
            width=got.found.width,
            height=got.found.height,
        )
        file = files.create(
            NewFile(
                file_id=file_id,
                scope=FileScope.TEMPORARY if asked.temporary else FileScope.GLOBAL,
                display_name=asked.display_name or got.name,
                type=got.found.type,
                declared_type=asked.declared,
                duration_seconds=got.found.duration_seconds,
                temporary=asked.temporary,
                sources=(download, *thumbnail_source(got.found)),
            )
        )
    room.store.library.start_analysis(file)
    return file_id
