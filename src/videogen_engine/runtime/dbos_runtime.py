"""DBOS on one SQLite file. This is the only module that imports it, and it is imported once there is work.

Named queues only: work that is started without one lands on DBOS's own, which every process serves.

DBOS exists once per process. ``DbosQueue`` is that one while it is open; opening again after closing, on the same
file or another, works. All of it belongs to the event loop that opened it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions
from dbos import error as dbos_error

from videogen_engine.runtime.job_context import StepOutcome
from videogen_engine.runtime.port import StaleRecordError

#: ``run(workflow, job_id)`` runs a job by the body of that versioned name.
RunJob = Callable[[str, str], Awaitable[None]]

_APPLICATION = "videogen-agents"
#: One value for ever: DBOS strands the jobs of every other version. What changes is the workflows' names.
_APPLICATION_VERSION = "1"
#: Recovery is by executor id; the lock on the data home sees to it that only one process has this one.
_EXECUTOR = "local"
#: A job that takes the engine itself down is started once and recovered this often.
MOST_RECOVERIES = 3


class QueueState(StrEnum):
    """What became of a job in DBOS's own records. ``EXHAUSTED``: it took the engine down too often."""

    WAITING = "waiting"
    ENDED = "ended"
    BROKEN = "broken"
    CANCELLED = "cancelled"
    EXHAUSTED = "exhausted"


_STATES = {
    "DELAYED": QueueState.WAITING,
    "ENQUEUED": QueueState.WAITING,
    "PENDING": QueueState.WAITING,
    "SUCCESS": QueueState.ENDED,
    "ERROR": QueueState.BROKEN,
    "CANCELLED": QueueState.CANCELLED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": QueueState.EXHAUSTED,
}

_registered: set[str] = set()
_current: RunJob | None = None


async def record_step(name: str, work: Callable[[], Awaitable[StepOutcome]]) -> StepOutcome:
    """Run ``work`` as the next durable step of the running job, or give its recorded outcome.

    Raises StaleRecordError when another step was recorded in its place.
    """

    async def recorded() -> dict[str, object]:
        return (await work()).model_dump(mode="json", exclude_none=True)

    try:
        outcome = await DBOS.run_step_async({"name": name, "preemptible": True}, recorded)
    except (dbos_error.DBOSUnexpectedStepError, dbos_error.DBOSStepNondeterminismError) as error:
        raise StaleRecordError(str(error)) from error
    return StepOutcome.model_validate(outcome)


class DbosQueue:
    def __init__(self, client: DBOSClient) -> None:
        self._client = client

    @classmethod
    async def open(
        cls,
        database: Path,
        *,
        workflows: Iterable[str],
        run: RunJob,
        slots: Mapping[str, int],
        poll_seconds: Mapping[str, float],
    ) -> DbosQueue:
        """Open the file, recover what a dead process left running and begin to run queued jobs.

        ``slots`` says how many jobs of each queue run at a time, ``poll_seconds`` how often it is looked at. The
        caller holds the data home's lock and this
        process's DBOS.
        """
        global _current
        url = f"sqlite:///{database.as_posix()}"
        client = await asyncio.to_thread(_prepare, database, url, slots, poll_seconds)
        for name in workflows:
            _register(name)
        _current = run
        DBOS(
            config=DBOSConfig(
                name=_APPLICATION,
                system_database_url=url,
                application_version=_APPLICATION_VERSION,
                executor_id=_EXECUTOR,
                serializer=DBOSPortableJSONSerializer(),
                log_level="WARNING",
                run_migrations=False,
                # Its thread only sleeps, as nothing here waits for DBOS's events; closing waits for it.
                notification_listener_polling_interval_sec=0.1,
                scheduler_polling_interval_sec=3600.0,
            )
        )
        # Launched inside the running loop, DBOS runs the workflows in it.
        DBOS.launch()
        return cls(client)

    async def enqueue(self, job_id: str, workflow: str, queue: str) -> None:
        """Queue the job. A job id that was queued before stays as it is."""
        options: EnqueueOptions = {
            "workflow_name": workflow,
            "queue_name": queue,
            "workflow_id": job_id,
            "app_version": _APPLICATION_VERSION,
        }
        await self._client.enqueue_async(options, job_id)

    async def states(self, job_ids: Iterable[str]) -> dict[str, QueueState]:
        """What DBOS knows of these jobs; jobs it has never seen are left out."""
        wanted = list(job_ids)
        if not wanted:
            return {}
        found = await self._client.list_workflows_async(workflow_ids=wanted, load_input=False, load_output=False)
        return {status.workflow_id: _STATES[status.status] for status in found}

    async def forget(self, job_id: str) -> None:
        """Drop every record of the job, so that it can be queued afresh."""
        await self._client.delete_workflow_async(job_id)

    async def close(self, interrupted: Mapping[str, str]) -> None:
        """Let go of the file. ``interrupted`` jobs go back into their queues, not counted as recovered."""
        global _current
        # DBOS made its own pool the loop's; that pool ends with it.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(thread_name_prefix="videogen"))
        await asyncio.to_thread(DBOS.destroy)
        _current = None
        for job_id, queue in interrupted.items():
            await self._client.resume_workflows_async([job_id], queue_name=queue)
        await asyncio.to_thread(self._client.destroy)


def _register(name: str) -> None:
    if name not in _registered:
        _registered.add(name)

        async def run_job(job_id: str) -> None:
            if _current is None:
                raise StaleRecordError("The job was started while its runtime was closing.")
            await _current(name, job_id)

        DBOS.workflow(name=name, max_recovery_attempts=MOST_RECOVERIES)(run_job)


def _prepare(database: Path, url: str, slots: Mapping[str, int], poll_seconds: Mapping[str, float]) -> DBOSClient:
    """The file in WAL mode, with DBOS's tables and our queues in it before DBOS looks for queues.

    DBOS looks only once a second, so a queue made after its launch would delay the first job by that.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    DBOS.migrate(url)
    client = DBOSClient(system_database_url=url, serializer=DBOSPortableJSONSerializer(), application_name=_APPLICATION)
    for queue, jobs in slots.items():
        client.register_queue(queue, worker_concurrency=jobs, polling_interval_sec=poll_seconds[queue])
    return client
