"""Projects and their exports."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    ExportProjectRequest,
    ExportProjectResponse,
    ListProjectsQuery,
    PageQuery,
    ProjectExportPage,
    ProjectPage,
    ProjectStatus,
    WireModel,
)
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.service.answers import project, project_export
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import new_export
from videogen_engine.service.film_start import refuse_when_full
from videogen_engine.service.start_rules import check_export
from videogen_engine.service.waiting import job_after_change
from videogen_engine.store.records import ExportRecord, ProjectRecord


async def get_project(call: Call) -> WireModel:
    store = call.engine.store
    record = await asyncio.to_thread(store.projects.get, call.id("projectId"))
    chats = await asyncio.to_thread(store.assistants.of_projects, [record.project_id])
    return project(call, record, chats.get(record.project_id))


async def list_projects(call: Call) -> WireModel:
    query = call.query(ListProjectsQuery)
    if query.include_ui_projects:
        call.ignore("includeUiProjects")
    page = await asyncio.to_thread(lambda: call.engine.store.projects.list(cursor=query.cursor, limit=query.limit))
    chats = await asyncio.to_thread(
        call.engine.store.assistants.of_projects, [record.project_id for record in page.items]
    )
    return ProjectPage(
        projects=[project(call, record, chats.get(record.project_id)) for record in page.items],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


async def export_project(call: Call) -> WireModel:
    """Exports the version that is current now, whatever is changed later."""
    body = await call.body(ExportProjectRequest)
    engine = call.engine
    record = await asyncio.to_thread(engine.store.projects.get, call.id("projectId"))
    check_export(body)
    check_exportable(record)
    export = new_export(
        engine.settings,
        (record.ratio_width, record.ratio_height),
        body,
        timeline_version=record.current_version,
    )
    await refuse_when_full(call)
    started = await asyncio.to_thread(
        lambda: engine.store.starts.export(
            record.project_id,
            export,
            request_json=body.to_wire_json().decode(),
            idempotency_key=call.idempotency_key(),
        )
    )
    call.mark_replayed(started.replayed)
    await engine.queue.submit(started.job.job_id)
    return ExportProjectResponse(export_id=started.job.job_id)


async def get_project_export(call: Call) -> WireModel:
    export_id = call.id("exportId")
    store = call.engine.store
    await asyncio.to_thread(_export, call, export_id)
    await job_after_change(lambda: store.jobs.get(export_id), call.wait_seconds(), call.request)
    return project_export(call, await asyncio.to_thread(_export, call, export_id))


async def list_project_exports(call: Call) -> WireModel:
    query = call.query(PageQuery)
    project_id = call.id("projectId")
    store = call.engine.store
    await asyncio.to_thread(store.projects.get, project_id)
    page = await asyncio.to_thread(lambda: store.exports.list(project_id, cursor=query.cursor, limit=query.limit))
    return ProjectExportPage(
        exports=[project_export(call, record) for record in page.items],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


def check_exportable(record: ProjectRecord) -> int:
    """The version that is current. Raises InputError (409) while there is none."""
    if record.current_version is not None:
        return record.current_version
    if record.status is ProjectStatus.GENERATING:
        raise InputError(
            "The project is still being built, so there is nothing to export yet.",
            code="project_not_ready",
            status=409,
            ids={"project_id": record.project_id},
            next_step="Wait until its run has succeeded, or start runs with autoExport.",
        )
    raise InputError(
        "The project was never built, because its run failed or was cancelled.",
        code="project_not_ready",
        status=409,
        ids={"project_id": record.project_id},
        next_step="Start a new run.",
    )


def _export(call: Call, export_id: str) -> ExportRecord:
    record = call.engine.store.exports.get(export_id)
    if record.project_id != call.id("projectId"):
        raise NotFoundError(
            f"The project has no export {export_id!r}.",
            ids={"export_id": export_id},
            next_step="Use the projectId and exportId that belong together, or list the project's exports.",
        )
    return record


PROJECTS = {
    "getProject": get_project,
    "listProjects": list_projects,
    "exportProject": export_project,
    "getProjectExport": get_project_export,
    "listProjectExports": list_project_exports,
}
