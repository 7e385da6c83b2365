"""The ``io.modelcontextprotocol/tasks`` extension (SEP-2663): a started job as a task whose id is the job's id.

Only for clients that declare the extension, which the 2026-07-28 protocol alone can carry. Jobs are durable already,
so nothing is kept here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from mcp.server.lowlevel import Server
from mcp.server.mcpserver.server import require_client_extension
from mcp.shared.exceptions import MCPError
from mcp.shared.inbound import MCP_NAME_HEADER, decode_header_value
from mcp_types import (
    HEADER_MISMATCH,
    METHOD_NOT_FOUND,
    CallToolRequestParams,
    CallToolResult,
    InputResponses,
    RequestParams,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import BaseModel, Field
from starlette.requests import Request

from videogen_agents.errors import JobFailedError, RetryLaterError
from videogen_agents.tools import Toolbox, ToolOutcome, call_tool
from videogen_agents_mcp.answers import call_result, protocol_errors
from videogen_agents_mcp.callers import Callers, RequestContext

EXTENSION = "io.modelcontextprotocol/tasks"
#: Milliseconds: how long a task can surely be asked for, and how often asking is worth it.
TTL_MS = 24 * 3600 * 1000
POLL_MS = 2000


class TaskParams(RequestParams):
    task_id: str = Field(min_length=1, max_length=200)


class UpdateParams(TaskParams):
    input_responses: InputResponses | None = None


def add_tasks(server: Server[None], callers: Callers) -> None:
    """Answer starts with tasks, and serve ``tasks/get``, ``tasks/update`` and ``tasks/cancel``."""
    plain = server.get_request_handler("tools/call")
    assert plain is not None

    async def run(ctx: RequestContext, params: CallToolRequestParams) -> BaseModel | dict[str, Any] | None:
        result = await plain.handler(ctx, params)
        job_id = _started_job(result)
        if job_id is None or not _declared(ctx):
            return result
        async with callers.toolbox(ctx) as box:
            return {"resultType": "task", **await _task(box, job_id, "working", "started")}

    async def get(ctx: RequestContext, params: TaskParams) -> dict[str, Any]:
        _require(ctx, params.task_id)
        with protocol_errors(taskId=params.task_id):
            async with callers.toolbox(ctx) as box:
                outcome = await call_tool(box, "get_job", {"jobId": params.task_id, "waitSeconds": 0})
                status = _status(outcome)
                said = outcome.text.partition("\n")[0]
                task = await _task(box, params.task_id, status, said)
        if status != "completed":
            return task
        result = call_result(outcome).model_dump(mode="json", by_alias=True, exclude_none=True)
        return {**task, "result": result}

    async def update(ctx: RequestContext, params: UpdateParams) -> dict[str, Any]:
        # No job of ours asks anything while it runs; the task must exist all the same.
        await get(ctx, TaskParams(task_id=params.task_id))
        return {}

    async def cancel(ctx: RequestContext, params: TaskParams) -> dict[str, Any]:
        _require(ctx, params.task_id)
        with protocol_errors(taskId=params.task_id):
            async with callers.toolbox(ctx) as box:
                outcome = await call_tool(box, "cancel_job", {"jobId": params.task_id})
                if outcome.error is not None:
                    raise outcome.error
        return {}

    server.extensions[EXTENSION] = {}
    server.add_request_handler("tools/call", CallToolRequestParams, run)
    server.add_request_handler("tasks/get", TaskParams, get)
    server.add_request_handler("tasks/update", UpdateParams, update)
    server.add_request_handler("tasks/cancel", TaskParams, cancel)


def _declared(ctx: RequestContext) -> bool:
    capabilities = ctx.session.client_capabilities
    declared = capabilities.extensions if capabilities is not None else None
    return ctx.protocol_version in MODERN_PROTOCOL_VERSIONS and EXTENSION in (declared or {})


def _require(ctx: RequestContext, task_id: str) -> None:
    """Raise MCPError unless the client declared the extension and, over HTTP, its routing header names the task."""
    if ctx.protocol_version not in MODERN_PROTOCOL_VERSIONS:
        raise MCPError(METHOD_NOT_FOUND, "Method not found", ctx.method)
    require_client_extension(ctx, EXTENSION)
    request = ctx.request
    named = request.headers.get(MCP_NAME_HEADER) if isinstance(request, Request) else None
    # The library compares this header for its own methods only.
    if named is not None and decode_header_value(named) != task_id:
        raise MCPError(HEADER_MISMATCH, f"{MCP_NAME_HEADER} header does not match the request body's task id")


def _started_job(result: object) -> str | None:
    """The job that a call has started, if it has started one."""
    if not isinstance(result, CallToolResult) or not isinstance(result.structured_content, dict):
        return None
    data = cast("dict[str, object]", result.structured_content)
    job_id = data.get("jobId")
    return job_id if data.get("status") == "started" and isinstance(job_id, str) else None


def _status(outcome: ToolOutcome) -> str:
    """A job that failed is a task that completed, with a result that says so. Raises what is no state of a job."""
    if isinstance(outcome.error, RetryLaterError):
        # Whoever polls would take an error for the end.
        return "working"
    if outcome.error is not None and not isinstance(outcome.error, JobFailedError):
        raise outcome.error
    state = outcome.error.code if outcome.error is not None else str(getattr(outcome.data, "status", ""))
    if state in ("cancelled", "canceled", "job_cancelled", "job_canceled"):
        return "cancelled"
    ended = state == "succeeded" or (outcome.error is not None and state != "awaiting_approval")
    return "completed" if ended else "working"


async def _task(toolbox: Toolbox, job_id: str, status: str, said: str) -> dict[str, Any]:
    entry = (await toolbox.open_client()).ledger.entry_for(job_id)
    now = datetime.now(UTC)
    created = datetime.fromtimestamp(entry.created, UTC) if entry is not None else now
    return {
        "taskId": job_id,
        "status": status,
        "statusMessage": said,
        "createdAt": created.isoformat(timespec="milliseconds"),
        "lastUpdatedAt": max(created, now).isoformat(timespec="milliseconds"),
        "ttlMs": TTL_MS,
        "pollIntervalMs": POLL_MS,
    }
