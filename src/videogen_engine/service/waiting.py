"""Holding a GET until its job has moved, so that a client learns of it at once and asks seldom."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.requests import Request

from videogen_engine.store.records import JobRecord

#: Seconds between looks at the jobs table.
_LOOK = 0.25


async def job_after_change(read: Callable[[], JobRecord], seconds: float, request: Request) -> JobRecord:
    """The job once its status, progress or stage differs from now, or after ``seconds``; at once if it has ended.

    Gives up early when the caller has gone.
    """
    first = job = await asyncio.to_thread(read)
    end = time.monotonic() + seconds
    while not job.is_terminal and _face(job) == _face(first):
        left = end - time.monotonic()
        if left <= 0 or await request.is_disconnected():
            break
        await asyncio.sleep(min(_LOOK, left))
        job = await asyncio.to_thread(read)
    return job


def _face(job: JobRecord) -> tuple[str, float, str | None, int]:
    return job.status.value, job.progress, job.stage, job.attempt_index
