"""Follow jobs: one poller per job, however many wait for it. Ending a wait never ends the job."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from videogen_agents.client.clock import Clock
from videogen_agents.client.jobs import Job
from videogen_agents.errors import RateLimitedError, VideoError

#: Seconds between two reads of a job on a server without long-poll, growing while the job is old.
SHORTEST_POLL = 2.0
LONGEST_POLL = 10.0
#: Seconds that a server of ours may hold a read until something changes.
LONG_POLL = 10.0

#: Reads a job once; the argument is how long the server may hold the reply (seconds).
ReadJob = Callable[[float], Awaitable[Job]]
OnProgress = Callable[[Job], None]


class _Poller:
    """Reads one job until it ends. ``update`` resolves at the next read and is then replaced."""

    def __init__(self) -> None:
        self.update: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.newest: Job | None = None
        self.failure: VideoError | None = None
        self.watchers = 0
        self.task: asyncio.Task[None] | None = None

    def publish(self) -> None:
        done, self.update = self.update, asyncio.get_running_loop().create_future()
        done.set_result(None)


class Waiter:
    """Shared by all waits of a client."""

    def __init__(self, clock: Clock, *, long_poll: bool) -> None:
        self._clock = clock
        self._long_poll = long_poll
        self._pollers: dict[str, _Poller] = {}

    async def follow(
        self, job_id: str, read: ReadJob, *, timeout: float | None, on_progress: OnProgress | None = None
    ) -> Job:
        """The job once it ended, waits for a person, or ``timeout`` seconds are over: then its newest snapshot.

        Raises what reading the job raises. Cancelling this call leaves the job running.
        """
        job = await read(0.0)
        if on_progress is not None:
            on_progress(job)
        if job.finished or job.waiting_for_person or (timeout is not None and timeout <= 0):
            return job
        poller = self._pollers.setdefault(job_id, _Poller())
        poller.watchers += 1
        if poller.task is None:
            poller.task = asyncio.create_task(self._poll(poller, read))
        expiry = None if timeout is None else asyncio.create_task(self._clock.sleep(timeout))
        try:
            while expiry is None or not expiry.done():
                await asyncio.wait(
                    {poller.update} if expiry is None else {poller.update, expiry},
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if poller.failure is not None:
                    raise poller.failure
                if poller.newest is not None and poller.newest != job:
                    job = poller.newest
                    if on_progress is not None:
                        on_progress(job)
                if job.finished or job.waiting_for_person:
                    break
            return job
        finally:
            poller.watchers -= 1
            if expiry is not None:
                expiry.cancel()
            if poller.watchers == 0:
                self._pollers.pop(job_id, None)
                poller.task.cancel()

    async def _poll(self, poller: _Poller, read: ReadJob) -> None:
        pause = SHORTEST_POLL
        while True:
            if not self._long_poll:
                await self._clock.sleep(pause)
                pause = min(LONGEST_POLL, pause * 1.2)
            try:
                job = await read(LONG_POLL if self._long_poll else 0.0)
            except RateLimitedError as error:
                # The job goes on: so does the wait, after the pause.
                await self._clock.sleep(error.retry_after or LONGEST_POLL)
                continue
            except VideoError as error:
                poller.failure = error
                poller.publish()
                return
            poller.newest = job
            poller.publish()
            if job.finished or job.waiting_for_person:
                return
