"""Starting, following, listing and cancelling workflow runs."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    AspectRatio,
    OwnedPageQuery,
    ScriptToVideoRequest,
    StartWorkflowRunResponse,
    WireModel,
    WorkflowRunPage,
)
from videogen_agents.errors import NotFoundError, RateLimitedError
from videogen_engine.service.answers import project_url, workflow_run
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import check_ratio, new_export
from videogen_engine.service.start_rules import (
    check_featured,
    check_script_to_video,
    fields_without_effect,
)
from videogen_engine.service.waiting import job_after_change
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.store.records import JobKind, JobRecord
from videogen_engine.workflows.language import detect_language

#: The contract names no default shape; a film that nobody asked to be tall is wide.
DEFAULT_RATIO = AspectRatio(width=16, height=9)
_TITLE_CHARS = 60
#: Seconds after which a full queue may have room.
_RETRY_AFTER = 30.0


async def script_to_video(call: Call) -> WireModel:
    body = await call.body(ScriptToVideoRequest)
    engine = call.engine
    check_script_to_video(body, engine.settings.limits)
    # Raises now what the speech stage would raise only once the job runs.
    choose_voice([body.script], body.language or detect_language(body.script), body.voice_id)
    if body.featured_b_roll_file_ids:
        found = await asyncio.to_thread(engine.store.files.get_many, body.featured_b_roll_file_ids)
        check_featured(body.featured_b_roll_file_ids, found)
    call.ignore(*fields_without_effect(body))
    ratio = check_ratio(body.aspect_ratio or DEFAULT_RATIO)
    export = None
    if body.auto_export:
        export = new_export(engine.settings, ratio, body.export_options, temporary=body.is_output_temporary)
    await refuse_when_full(call)
    started = await asyncio.to_thread(
        engine.store.starts.run,
        workflow="script_to_video",
        request_json=body.to_wire_json().decode(),
        title=first_title(body.script),
        ratio=ratio,
        export=export,
        export_request_json="{}" if body.export_options is None else body.export_options.to_wire_json().decode(),
        idempotency_key=call.idempotency_key(),
    )
    call.mark_replayed(started.replayed)
    await engine.queue.submit(started.job.job_id)
    return _start_answer(call, started.job)


async def get_workflow_run(call: Call) -> WireModel:
    run_id = call.id("workflowRunId")
    await asyncio.to_thread(_run, call, run_id)
    job = await job_after_change(lambda: _run(call, run_id), call.wait_seconds(), call.request)
    exports = await asyncio.to_thread(call.engine.store.exports.of_runs, [run_id])
    return workflow_run(call, job, exports.get(run_id))


async def list_workflow_runs(call: Call) -> WireModel:
    query = call.query(OwnedPageQuery)
    page = await asyncio.to_thread(
        lambda: call.engine.store.jobs.list(JobKind.WORKFLOW_RUN, cursor=query.cursor, limit=query.limit)
    )
    exports = await asyncio.to_thread(call.engine.store.exports.of_runs, [job.job_id for job in page.items])
    return WorkflowRunPage(
        workflow_runs=[workflow_run(call, job, exports.get(job.job_id)) for job in page.items],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


async def cancel_workflow_run(call: Call) -> WireModel:
    """Cancelling what has ended changes nothing and is no error."""
    job = await asyncio.to_thread(_run, call, call.id("workflowRunId"))
    if not job.is_terminal:
        await call.engine.queue.cancel(job.job_id)
    return _start_answer(call, job)


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


def first_title(script: str) -> str:
    """The script's first words, until the plan has found a better title."""
    line = " ".join(script.split())
    if len(line) <= _TITLE_CHARS:
        return line
    return line[: _TITLE_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _run(call: Call, run_id: str) -> JobRecord:
    job = call.engine.store.jobs.find(run_id, JobKind.WORKFLOW_RUN)
    if job is None:
        raise NotFoundError(
            f"There is no workflow run {run_id!r}.",
            ids={"workflow_run_id": run_id},
            next_step="Use the workflowRunId that the start returned, or list the runs.",
        )
    return job


def _start_answer(call: Call, job: JobRecord) -> StartWorkflowRunResponse:
    assert job.project_id is not None
    return StartWorkflowRunResponse(
        workflow_run_id=job.job_id,
        project_id=job.project_id,
        project_url=project_url(call, job.project_id),
        remix_action_ids=[],
    )


WORKFLOWS = {
    "scriptToVideo": script_to_video,
    "getWorkflowRun": get_workflow_run,
    "listWorkflowRuns": list_workflow_runs,
    "cancelWorkflowRun": cancel_workflow_run,
}
