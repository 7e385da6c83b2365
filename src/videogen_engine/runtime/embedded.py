"""The runtime of one machine: one process owns the data home and runs its jobs, the others stand by.

The jobs table is the only way in. A job whose row was written is found there by the owner, whoever wrote it, and
handed to the durable queue under its own id, which makes that idempotent: nothing is lost and nothing runs twice.
Requests to cancel travel the same way. When the owner ends, however it ends, a process standing by gets the lock
and recovers what was running.

All of it lives on a thread with an event loop of its own, so any program may use it: its loop is left alone, may
be another one at every call, and may be blocked without holding up a job. The durable queue is opened when there
is work and closed some time after, so an idle engine costs one small query now and then.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import shutil
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from videogen_agents.contract import JobStatus
from videogen_agents.errors import InternalError, VideoError
from videogen_engine.api_errors import api_error
from videogen_engine.runtime.attempts import AttemptLog
from videogen_engine.runtime.engine_log import close_engine_log, open_engine_log
from videogen_engine.runtime.job_context import StepRoom
from videogen_engine.runtime.job_runner import JobRunner
from videogen_engine.runtime.outside_steps import OutsideSteps
from videogen_engine.runtime.port import Workflows, newest_version
from videogen_engine.runtime.stage_process import StageLimits, StagePool, StageRoom
from videogen_engine.runtime.stage_registry import STAGES_REFERENCE, load_registry
from videogen_engine.settings import EngineSettings
from videogen_engine.stage import MediaRef
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import ORDERED_KINDS, JobRecord

if TYPE_CHECKING:
    from videogen_engine.runtime.dbos_runtime import DbosQueue

logger = logging.getLogger(__name__)

#: Work beside the jobs; it ends soon after the event is set.
Beside = Callable[[asyncio.Event], Coroutine[object, object, None]]

_FILMS = "films"
_QUICK = "quick"
_BACKGROUND = "background"
#: How often the owner looks for what other processes wrote, with and without unfinished jobs, and how often a
#: process standing by tries the lock. What this process writes is seen at once.
_BUSY_SECONDS = 0.5
_QUIET_SECONDS = 1.0
_STANDBY_SECONDS = 1.0
#: How often the durable queue polls; a poll costs 3 ms, and 0.4 ms while every slot is taken.
_POLL_SECONDS = {_FILMS: 0.25, _QUICK: 0.5, _BACKGROUND: 0.5}
#: How often its records are compared with the jobs table.
_COMPARE_SECONDS = 2.0
_IDLE_SECONDS = 60.0

#: DBOS exists once per process, so runtimes on different homes take turns.
_dbos_of_this_process = threading.Lock()
_turn_wanted = threading.Event()


class EmbeddedRuntime:
    """The ``Runtime`` of the embedded engine. Every method may be called from any event loop."""

    def __init__(
        self,
        settings: EngineSettings,
        metadata: Metadata,
        workflows: Workflows,
        *,
        registry: str = STAGES_REFERENCE,
        limits: StageLimits | None = None,
        beside: Sequence[Beside] = (),
    ) -> None:
        """``beside`` is run in every process on the home, on the runtime's thread, from start to stop."""
        self._keeper = _Keeper(settings, metadata, workflows, registry, limits, beside)
        self._metadata = metadata
        self._thread: threading.Thread | None = None

    async def start(self) -> None:
        if self._thread is not None:
            return
        await asyncio.to_thread(self._keeper.prepare)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._keeper.run, args=(ready,), name="videogen-runtime", daemon=True)
        self._thread.start()
        await asyncio.to_thread(ready.wait)

    async def submit(self, job_id: str) -> None:
        self._keeper.wake()

    async def cancel(self, job_id: str) -> None:
        await asyncio.to_thread(self._metadata.jobs.request_cancel, job_id)
        self._keeper.wake()

    async def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._keeper.stop()
            await asyncio.to_thread(thread.join)

    @property
    def is_owner(self) -> bool:
        """This process runs the home's jobs."""
        return self._keeper.is_owner


class _Keeper:
    """The thread's side. Only ``wake``, ``stop`` and ``is_owner`` may be used from outside of it."""

    def __init__(
        self,
        settings: EngineSettings,
        metadata: Metadata,
        workflows: Workflows,
        registry: str,
        limits: StageLimits | None,
        beside: Sequence[Beside],
    ) -> None:
        self._settings = settings
        self._jobs = metadata.jobs
        self._workflows = workflows
        self._registry = registry
        self._limits = limits
        self._beside = beside
        self._logs = settings.home / "logs"
        self._lock = FileLock(settings.home / "runtime.lock", timeout=0, thread_local=False)
        self._media = MediaStore(settings.media_url)
        self._attempts = AttemptLog(self._logs / "attempts.jsonl")
        self._runner = JobRunner(metadata.jobs, workflows, self._step_room)
        self._room: StepRoom | None = None
        self._queue: DbosQueue | None = None
        self._has_turn = False
        self._queued: dict[str, str] = {}
        self._restarted: set[str] = set()
        self._compared = 0.0
        self._worked = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._woken = asyncio.Event()

    @property
    def is_owner(self) -> bool:
        return self._lock.is_locked

    def prepare(self) -> None:
        """Raises OSError when the data home cannot be written."""
        self._logs.mkdir(parents=True, exist_ok=True)

    def run(self, ready: threading.Event) -> None:
        log = open_engine_log(self._logs / "engine.log")
        try:
            asyncio.run(self._main(ready))
        finally:
            ready.set()
            close_engine_log(log)

    def wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def stop(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._loop.call_soon_threadsafe(self._woken.set)

    async def _main(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._woken = asyncio.Event()
        beside = [asyncio.create_task(work(self._stopping)) for work in self._beside]
        try:
            while not self._stopping.is_set():
                self._woken.clear()
                pause = await self._round(ready)
                try:
                    await asyncio.wait_for(self._woken.wait(), pause)
                except TimeoutError:
                    continue
        finally:
            try:
                await self._close()
                for ended in await asyncio.gather(*beside, return_exceptions=True):
                    if isinstance(ended, Exception):
                        logger.error("What ran beside the jobs failed.", exc_info=ended)
            finally:
                self._lock.release()

    async def _round(self, ready: threading.Event) -> float:
        """See what the jobs table asks for and have it done; how long to pause then, in seconds."""
        try:
            owner = self._own()
            ready.set()
            return await self._tend() if owner else _STANDBY_SECONDS
        except Exception:
            # The next round tries again; giving up would leave every job waiting for ever.
            logger.exception("A round of the runtime failed.")
            return _STANDBY_SECONDS

    def _own(self) -> bool:
        if not self._lock.is_locked:
            try:
                self._lock.acquire()
            except Timeout:
                return False
        return True

    async def _tend(self) -> float:
        found = await asyncio.to_thread(self._jobs.pending_or_running)
        # A job that is part of another runs inside that one.
        jobs = [job for job in found if job.parent_job_id is None]
        now = asyncio.get_running_loop().time()
        if jobs:
            self._worked = now
            if await self._open():
                await self._serve(jobs, now)
            return _BUSY_SECONDS
        if self._queue is not None and (now - self._worked > _IDLE_SECONDS or _turn_wanted.is_set()):
            await self._close()
        return _QUIET_SECONDS

    async def _serve(self, jobs: Sequence[JobRecord], now: float) -> None:
        waiting = behind_others(jobs)
        for job in jobs:
            if job.job_id in waiting:
                continue
            if job.cancel_requested:
                if not self._runner.cancel(job.job_id):
                    await asyncio.to_thread(self._jobs.mark_cancelled, job.job_id)
            elif job.job_id not in self._queued and job.status is not JobStatus.AWAITING_APPROVAL:
                await self._enqueue(job)
        if now - self._compared >= _COMPARE_SECONDS:
            self._compared = now
            await self._compare(jobs)

    async def _enqueue(self, job: JobRecord) -> None:
        assert self._queue is not None
        try:
            workflow = newest_version(self._workflows, job.workflow)
        except VideoError as error:
            await asyncio.to_thread(self._jobs.fail, job.job_id, api_error(error))
            return
        body = self._workflows[workflow]
        queue = _QUICK if body.quick else _BACKGROUND if body.background else _FILMS
        await self._queue.enqueue(job.job_id, workflow, queue)
        self._queued[job.job_id] = queue

    async def _compare(self, jobs: Sequence[JobRecord]) -> None:
        """End or restart the jobs that the durable queue holds for ended while their rows are open."""
        from videogen_engine.runtime.dbos_runtime import MOST_RECOVERIES, QueueState

        assert self._queue is not None
        running = self._runner.running
        waiting = [job for job in jobs if job.job_id in self._queued and job.job_id not in running]
        states = await self._queue.states(job.job_id for job in waiting)
        for job in waiting:
            state = states.get(job.job_id)
            if state is QueueState.WAITING:
                continue
            # The row may have been ended between the two reads.
            row = await asyncio.to_thread(self._jobs.get, job.job_id)
            if row.is_terminal:
                continue
            if state is QueueState.CANCELLED:
                await asyncio.to_thread(self._jobs.mark_cancelled, job.job_id)
            elif state is QueueState.EXHAUSTED and not self._attempts.has_advanced(
                job.job_id, row.progress, MOST_RECOVERIES
            ):
                await self._give_up(job, f"It took the engine down {MOST_RECOVERIES + 1} times.")
            elif state is QueueState.BROKEN and job.job_id in self._restarted:
                await self._give_up(job, "The record of its steps does not fit its workflow.")
            else:
                # Finished steps are in the artifact store, so starting over repeats none of them.
                self._restarted.add(job.job_id)
                await self._queue.forget(job.job_id)
                await self._enqueue(row)

    async def _give_up(self, job: JobRecord, reason: str) -> None:
        error = InternalError(
            f"The job was given up. {reason}",
            code="job_given_up",
            next_step="Look into the logs folder of the data home; the same request can be sent again, "
            "and what was finished is kept.",
        )
        await asyncio.to_thread(self._jobs.fail, job.job_id, api_error(error))

    async def _open(self) -> bool:
        """Open the durable queue and the stage processes; False while another home has this process's turn."""
        if self._queue is not None:
            return True
        if not _dbos_of_this_process.acquire(blocking=False):
            _turn_wanted.set()
            return False
        self._has_turn = True
        _turn_wanted.clear()
        try:
            # What a killed process left half made; its stage processes are gone with it.
            scratch = self._settings.scratch / "stages"
            await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)
            slots = {_FILMS: 2 if (os.cpu_count() or 1) >= 4 else 1, _QUICK: 1, _BACKGROUND: 2}
            artifacts = MediaArtifactStore(self._media)
            pool = StagePool(
                StageRoom(self._settings.media_url, scratch, self._logs / "stages.log", self._registry),
                artifacts,
                limits=self._limits,
                processes=sum(slots.values()),
            )
            # Loading DBOS takes about as long as loading the first stages does in their process.
            registry = load_registry(self._registry)
            _, dbos_runtime = await asyncio.gather(
                pool.warm(tuple(name for name, spec in registry.items() if not spec.outside)),
                asyncio.to_thread(importlib.import_module, "videogen_engine.runtime.dbos_runtime"),
            )
            self._room = StepRoom(
                pool=pool,
                outside=OutsideSteps(self._settings, artifacts, registry),
                registry=registry,
                artifacts=artifacts,
                exists=self._is_stored,
                log=self._attempts,
                jobs=self._jobs,
                record=dbos_runtime.record_step,
                stopping=self._stopping,
            )
            self._queue = await dbos_runtime.DbosQueue.open(
                self._settings.engine_database,
                workflows=tuple(self._workflows),
                run=self._run,
                slots=slots,
                poll_seconds=_POLL_SECONDS,
            )
        except BaseException:
            await self._close()
            raise
        return True

    async def _close(self) -> None:
        """Interrupt what runs, kill the stage processes, give up this process's turn."""
        if not self._has_turn:
            return
        interrupted = await self._runner.stop()
        if self._room is not None:
            await self._room.pool.close()
        if self._queue is not None:
            await self._queue.close({job_id: self._queued[job_id] for job_id in interrupted})
        self._room = self._queue = None
        self._queued.clear()
        self._restarted.clear()
        self._has_turn = False
        _dbos_of_this_process.release()

    async def _run(self, workflow: str, job_id: str) -> None:
        try:
            await self._runner.run(workflow, job_id)
        finally:
            # The next edit of the same project may begin now.
            self._woken.set()

    def _step_room(self) -> StepRoom:
        if self._room is None:
            raise InternalError("A job was started while its runtime was closing.")
        return self._room

    def _is_stored(self, media: MediaRef) -> bool:
        return self._media.head(media.key) is not None


def behind_others(jobs: Sequence[JobRecord]) -> frozenset[str]:
    """Of the open jobs, oldest first: those behind one of their kind that a project still has under way."""
    busy: set[tuple[str, int]] = set()
    waiting: set[str] = set()
    for job in jobs:
        for order, kinds in enumerate(ORDERED_KINDS):
            if job.kind in kinds and job.project_id is not None:
                if (job.project_id, order) in busy:
                    waiting.add(job.job_id)
                busy.add((job.project_id, order))
    return frozenset(waiting)
