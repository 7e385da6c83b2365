"""What starting any workflow has in common: the tail is checked, everything is written at once, the run is queued."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import StartWorkflowRunResponse
from videogen_agents.contract.workflows import WorkflowExport, WorkflowTail
from videogen_agents.errors import RateLimitedError
from videogen_engine.service.answers import project_url
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import new_export
from videogen_engine.service.remix_rules import check_remix
from videogen_engine.service.start_rules import check_export
from videogen_engine.store.records import JobKind, JobRecord

#: Seconds after which a full queue may have room.
_RETRY_AFTER = 30.0


async def start_film(
    call: Call, workflow: str, body: WorkflowExport, *, title: str, ratio: tuple[int, int]
) -> StartWorkflowRunResponse:
    """A project and the run of ``workflow`` that builds it, with the export and the remix actions of ``body``.

    ``ratio`` is the aspect ratio's integers, checked. Raises what the rules of exports and actions raise,
    RateLimitedError when too much is waiting, InputError (409) for a reused idempotency key.
    """
    engine = call.engine
    if body.export_options is not None and body.auto_export:
        check_export(body.export_options, "exportOptions.")
    actions = (body.remix_actions or []) if isinstance(body, WorkflowTail) else []
    await check_remix(call, actions)
    export = None
    if body.auto_export:
        export = new_export(engine.settings, ratio, body.export_options, temporary=body.is_output_temporary)
    await refuse_when_full(call)
    started = await asyncio.to_thread(
        lambda: engine.store.starts.run(
            workflow=workflow,
            request_json=body.to_wire_json().decode(),
            title=title,
            ratio=ratio,
            export=export,
            export_request_json="{}" if body.export_options is None else body.export_options.to_wire_json().decode(),
            remix=[action.to_wire_json().decode() for action in actions],
            idempotency_key=call.idempotency_key(),
            asked_json=call.asked_json,
            held=engine.settings.ask_approval,
        )
    )
    call.mark_replayed(started.replayed)
    await engine.queue.submit(started.job.job_id)
    return await start_answer(call, started.job)


async def start_answer(call: Call, job: JobRecord) -> StartWorkflowRunResponse:
    """The ids of a run and of the actions that are part of it."""
    assert job.project_id is not None
    children = await asyncio.to_thread(call.engine.store.jobs.children, [job.job_id])
    return StartWorkflowRunResponse(
        workflow_run_id=job.job_id,
        project_id=job.project_id,
        project_url=project_url(call, job.project_id),
        remix_action_ids=[child.job_id for child in children if child.kind is JobKind.REMIX_ACTION],
    )


async def refuse_when_full(call: Call) -> None:
    """Raises RateLimitedError while too many jobs wait or run, unless this is the repeat of an earlier start."""
    limit = call.engine.settings.limits.max_queue_depth
    if await asyncio.to_thread(call.engine.store.jobs.open_count) < limit:
        return
    key = call.idempotency_key()
    if key is not None and await asyncio.to_thread(call.engine.store.jobs.knows_key, key):
        return
    raise RateLimitedError(
        f"{limit} jobs are waiting or running already.",
        retry_after=_RETRY_AFTER,
        next_step="Wait until some have finished, or cancel one.",
    )
