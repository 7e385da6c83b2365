"""Starting and listing remix actions."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    PageQuery,
    ProjectStatus,
    RemixActionPage,
    RemixProjectRequest,
    RemixProjectResponse,
    WireModel,
)
from videogen_agents.errors import InputError
from videogen_engine.service.answers import project_url, remix_action_run
from videogen_engine.service.call import Call
from videogen_engine.service.film_start import refuse_when_full
from videogen_engine.service.remix_rules import check_remix
from videogen_engine.store.records import JobKind


async def remix_project(call: Call) -> WireModel:
    """The actions run one after the other, once everything asked for before has ended."""
    body = await call.body(RemixProjectRequest)
    engine = call.engine
    project_id = call.id("projectId")
    record = await asyncio.to_thread(engine.store.projects.get, project_id)
    if record.current_version is None and record.status is not ProjectStatus.GENERATING:
        raise InputError(
            "The project was never built, because its run failed or was cancelled.",
            code="project_not_ready",
            status=409,
            ids={"project_id": project_id},
            next_step="Start a new run.",
        )
    await check_remix(call, body.remix_actions)
    await refuse_when_full(call)
    started = await asyncio.to_thread(
        lambda: engine.store.starts.remix(
            project_id,
            [action.to_wire_json().decode() for action in body.remix_actions],
            save_as_new=body.save_as_new_project,
            idempotency_key=call.idempotency_key(),
        )
    )
    call.mark_replayed(started.replayed)
    for job in started.jobs:
        await engine.queue.submit(job.job_id)
    return RemixProjectResponse(
        project_id=started.project_id,
        project_url=project_url(call, started.project_id),
        remix_action_ids=[job.job_id for job in started.jobs],
    )


async def list_project_remix_actions(call: Call) -> WireModel:
    query = call.query(PageQuery)
    project_id = call.id("projectId")
    store = call.engine.store
    await asyncio.to_thread(store.projects.get, project_id)
    page = await asyncio.to_thread(
        lambda: store.jobs.list(JobKind.REMIX_ACTION, cursor=query.cursor, limit=query.limit, project_id=project_id)
    )
    return RemixActionPage(
        remix_actions=[remix_action_run(call, job) for job in page.items],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


REMIX = {
    "remixProject": remix_project,
    "listProjectRemixActions": list_project_remix_actions,
}
