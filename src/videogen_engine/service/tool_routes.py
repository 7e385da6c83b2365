"""Starting, following, listing and cancelling the standalone tools."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from videogen_agents.contract import (
    ExecutedTool,
    FileInfo,
    OwnedPageQuery,
    StartToolResponse,
    ToolExecutionPage,
    ToolSuccessResult,
    WireModel,
)
from videogen_agents.errors import NotFoundError
from videogen_engine.assets.table import TOOLS, asset_of
from videogen_engine.service.answers import file_info
from videogen_engine.service.call import Call
from videogen_engine.service.film_start import refuse_when_full
from videogen_engine.service.ports import Links
from videogen_engine.service.tool_desk import ToolDesk
from videogen_engine.service.waiting import job_after_change
from videogen_engine.store.records import FileRecord, JobKind, JobRecord, ToolJob


async def start_tool(call: Call) -> WireModel:
    """Any of the 13. Raises UnavailableError for one that is not built here, and what its asset's check raises."""
    assert call.operation is not None
    tool, model = TOOLS[call.operation.id]
    body = await call.body(model)
    asset = asset_of(tool)
    desk = ToolDesk(call)
    await asset.check(body, desk)
    call.ignore(*(["hideFromUi"] if body.hide_from_ui else []), *asset.without_effect(body))
    await refuse_when_full(call)
    request = ToolJob(
        tool=tool, tool_request_json=body.to_wire_json().decode(), files=desk.files, entities=desk.entities
    )
    started = await asyncio.to_thread(
        lambda: call.engine.store.starts.tool(
            request,
            quick=asset.quick,
            idempotency_key=call.idempotency_key(),
            asked_json=call.asked_json,
            held=call.engine.settings.ask_approval,
        )
    )
    call.mark_replayed(started.replayed)
    await call.engine.queue.submit(started.job.job_id)
    return StartToolResponse(tool_execution_id=started.job.job_id)


async def get_tool_execution(call: Call) -> WireModel:
    execution_id = call.id("toolExecutionId")
    await asyncio.to_thread(_execution, call, execution_id)
    job = await job_after_change(lambda: _execution(call, execution_id), call.wait_seconds(), call.request)
    return (await executed_tools(call, [job]))[0]


async def list_tool_executions(call: Call) -> WireModel:
    query = call.query(OwnedPageQuery)
    page = await asyncio.to_thread(
        lambda: call.engine.store.jobs.list(JobKind.TOOL_EXECUTION, cursor=query.cursor, limit=query.limit)
    )
    return ToolExecutionPage(
        tool_executions=await executed_tools(call, page.items),
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


async def cancel_tool_execution(call: Call) -> WireModel:
    """Cancelling what has ended changes nothing and is no error."""
    job = await asyncio.to_thread(_execution, call, call.id("toolExecutionId"))
    if not job.is_terminal:
        await call.engine.queue.cancel(job.job_id)
    return StartToolResponse(tool_execution_id=job.job_id)


async def executed_tools(call: Call, jobs: Iterable[JobRecord]) -> list[ExecutedTool]:
    """The jobs as the contract's answers, with their files."""
    jobs = tuple(jobs)
    ids = [file_id for job in jobs if (outcome := job.outcome()) is not None for file_id in outcome.file_ids]
    files = await asyncio.to_thread(call.engine.store.files.get_many, ids)
    return [executed_tool(call, job, files) for job in jobs]


def executed_tool(links: Links, job: JobRecord, files: Mapping[str, FileRecord]) -> ExecutedTool:
    """``files`` are those that the job made, by id; any that are missing are left out."""
    outcome = job.outcome()
    made = () if outcome is None else outcome.file_ids
    return ExecutedTool(
        tool_execution_id=job.job_id,
        status=job.status,
        tool_type=ToolJob.model_validate_json(job.request_json).tool,
        progress_percentage=job.progress,
        attempt_index=job.attempt_index,
        results=[_result(links, files[file_id]) for file_id in made if file_id in files],
        error=job.error,
    )


def without_analysis(file: FileInfo) -> FileInfo:
    """The contract leaves the state of the analysis out of tools' results and of webhooks."""
    return file.model_copy(update={"file_analysis_metadata": None})


def _result(links: Links, record: FileRecord) -> ToolSuccessResult:
    file = without_analysis(file_info(links, record))
    assert record.type is not None
    return ToolSuccessResult(
        file_id=record.file_id,
        type=record.type,
        download_url=file.download_url,
        download_url_expires_at=file.download_url_expires_at,
        thumbnail_url=file.thumbnail_url,
        thumbnail_url_expires_at=file.thumbnail_url_expires_at,
        file=file,
    )


def _execution(call: Call, execution_id: str) -> JobRecord:
    job = call.engine.store.jobs.find(execution_id, JobKind.TOOL_EXECUTION)
    if job is None:
        raise NotFoundError(
            f"There is no tool execution {execution_id!r}.",
            ids={"tool_execution_id": execution_id},
            next_step="Use the toolExecutionId that the start returned, or list the executions.",
        )
    return job


TOOL_ROUTES = {
    **dict.fromkeys(TOOLS, start_tool),
    "getToolExecutionInfo": get_tool_execution,
    "listToolExecutions": list_tool_executions,
    "cancelToolExecution": cancel_tool_execution,
}
