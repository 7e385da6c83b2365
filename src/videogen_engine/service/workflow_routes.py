"""Starting, following, listing and cancelling workflow runs."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    AspectRatio,
    OwnedPageQuery,
    ScriptToVideoRequest,
    WireModel,
    WorkflowRunPage,
)
from videogen_agents.errors import NotFoundError
from videogen_engine.planning.first_title import first_title
from videogen_engine.planning.language import detect_language
from videogen_engine.service.answers import workflow_run
from videogen_engine.service.call import Call
from videogen_engine.service.entity_styles import with_style_words
from videogen_engine.service.export_size import check_ratio
from videogen_engine.service.film_start import start_answer, start_film
from videogen_engine.service.narrating_actor import check_narrator
from videogen_engine.service.start_rules import (
    check_featured,
    check_script_to_video,
    fields_without_effect,
)
from videogen_engine.service.waiting import job_after_change
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.store.records import JobKind, JobRecord

#: The contract names no default shape; a film that nobody asked to be tall is wide.
DEFAULT_RATIO = AspectRatio(width=16, height=9)


async def script_to_video(call: Call) -> WireModel:
    body = await call.body(ScriptToVideoRequest)
    engine = call.engine
    check_script_to_video(body, engine.settings.limits)
    await check_narrator(call, body)
    # Raises now what the speech stage would raise only once the job runs.
    choose_voice([body.script], body.language or detect_language(body.script), body.voice_id)
    if body.featured_b_roll_file_ids:
        found = await asyncio.to_thread(engine.store.files.get_many, body.featured_b_roll_file_ids)
        check_featured(body.featured_b_roll_file_ids, found)
    body = body.model_copy(update={"visual_style": await with_style_words(call, body.visual_style)})
    call.ignore(*fields_without_effect(body))
    ratio = check_ratio(body.aspect_ratio or DEFAULT_RATIO)
    return await start_film(call, "script_to_video", body, title=first_title(body.script), ratio=ratio)


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
    return await start_answer(call, job)


def _run(call: Call, run_id: str) -> JobRecord:
    job = call.engine.store.jobs.find(run_id, JobKind.WORKFLOW_RUN)
    if job is None:
        raise NotFoundError(
            f"There is no workflow run {run_id!r}.",
            ids={"workflow_run_id": run_id},
            next_step="Use the workflowRunId that the start returned, or list the runs.",
        )
    return job


WORKFLOWS = {
    "scriptToVideo": script_to_video,
    "getWorkflowRun": get_workflow_run,
    "listWorkflowRuns": list_workflow_runs,
    "cancelWorkflowRun": cancel_workflow_run,
}
