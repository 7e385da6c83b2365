"""From a job's row to its end: runs the workflow's body and writes how it went."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from videogen_agents.errors import InternalError, VideoError
from videogen_engine.api_errors import api_error
from videogen_engine.runtime.attempts import JOB, Happening
from videogen_engine.runtime.job_context import StepContext, StepRoom
from videogen_engine.runtime.port import StaleRecordError, Workflows
from videogen_engine.store.jobs import Jobs
from videogen_engine.store.records import JobRecord

logger = logging.getLogger(__name__)


class JobRunner:
    """Runs jobs in one event loop. Whatever a body raises ends its job; only a stop leaves it unfinished."""

    def __init__(self, jobs: Jobs, workflows: Workflows, room: Callable[[], StepRoom]) -> None:
        self._jobs = jobs
        self._workflows = workflows
        self._room = room
        self._tasks: dict[str, asyncio.Task[object]] = {}

    @property
    def running(self) -> tuple[str, ...]:
        return tuple(self._tasks)

    async def run(self, workflow: str, job_id: str) -> None:
        """Run the job by the body registered as ``workflow``. A job that has ended is left alone.

        Raises StaleRecordError, and CancelledError when the runtime stops.
        """
        task = asyncio.current_task()
        assert task is not None
        self._tasks[job_id] = task
        try:
            await self._attempt(workflow, job_id)
        except asyncio.CancelledError:
            if self._room().stopping.is_set() or not await self._was_cancelled(job_id):
                raise
            task.uncancel()
            await asyncio.to_thread(self._jobs.mark_cancelled, job_id)
        except StaleRecordError:
            raise
        except VideoError as error:
            await asyncio.to_thread(self._jobs.fail, job_id, api_error(error))
        except Exception as error:
            logger.exception("Job %s failed.", job_id)
            fault = InternalError(f"The job failed: {type(error).__name__}: {error}", code="job_failed")
            await asyncio.to_thread(self._jobs.fail, job_id, api_error(fault))
        finally:
            del self._tasks[job_id]

    def cancel(self, job_id: str) -> bool:
        """Stop the job if it runs here; its row must say already that it is to be cancelled."""
        task = self._tasks.get(job_id)
        return task is not None and (task.cancelling() > 0 or task.cancel())

    async def stop(self) -> tuple[str, ...]:
        """Interrupt every job; the ids of those that stay unfinished. The room must say that it is stopping."""
        interrupted = dict(self._tasks)
        for task in interrupted.values():
            task.cancel()
        if interrupted:
            await asyncio.wait(interrupted.values())
        return tuple(interrupted)

    async def _attempt(self, workflow: str, job_id: str) -> None:
        job = await asyncio.to_thread(self._begin, job_id)
        if job is None:
            return
        context = StepContext(self._room(), job_id)
        try:
            outcome = await self._workflows[workflow].body(job, context)
        finally:
            await context.close()
        await asyncio.to_thread(self._jobs.succeed, job_id, outcome)

    def _begin(self, job_id: str) -> JobRecord | None:
        job = self._jobs.get(job_id)
        if job.is_terminal:
            return None
        if job.cancel_requested:
            self._jobs.mark_cancelled(job_id)
            return None
        self._room().log.write(Happening.STARTED, job_id=job_id, step=JOB, progress=job.progress)
        started = self._jobs.start_attempt(job_id)
        return None if started.is_terminal else started

    async def _was_cancelled(self, job_id: str) -> bool:
        return (await asyncio.to_thread(self._jobs.get, job_id)).cancel_requested
