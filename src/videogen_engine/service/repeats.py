"""A start that is sent again is answered as it was the first time, before anything is looked up for it.

An entity or a file that the request names may have been changed or archived since; what was started stays started.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from videogen_agents.contract import StartToolResponse, WireModel
from videogen_agents.contract.operations import Operation, OperationGroup
from videogen_engine.service.call import Call
from videogen_engine.service.film_start import start_answer
from videogen_engine.store.records import JobKind, JobRecord

#: None answers with no body.
Handler: TypeAlias = Callable[[Call], Awaitable[WireModel | None]]

_KINDS: Mapping[OperationGroup, JobKind] = {
    OperationGroup.WORKFLOWS: JobKind.WORKFLOW_RUN,
    OperationGroup.TOOLS: JobKind.TOOL_EXECUTION,
}


def once(operation: Operation, handler: Handler) -> Handler:
    """``handler``, if it starts a film or a tool, behind a look at what its Idempotency-Key has started."""
    kind = _KINDS.get(operation.group)
    model = operation.request
    if kind is None or model is None or not operation.starts_work:
        return handler

    async def start(call: Call) -> WireModel | None:
        key = call.idempotency_key()
        if key is not None:
            body = await call.body(model)
            asked = json.dumps([operation.id, body.to_wire()])
            call.asked_json = asked
            job = await asyncio.to_thread(call.engine.store.starts.repeated, kind, key, asked)
            if job is not None:
                return await _again(call, job)
        return await handler(call)

    return start


async def _again(call: Call, job: JobRecord) -> WireModel:
    call.mark_replayed(True)
    # The process that answered first may have died before it submitted.
    await call.engine.queue.submit(job.job_id)
    if job.kind is JobKind.TOOL_EXECUTION:
        return StartToolResponse(tool_execution_id=job.job_id)
    return await start_answer(call, job)
