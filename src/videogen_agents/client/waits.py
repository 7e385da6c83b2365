"""Follow jobs: one poller per job, however many wait for it. Ending a wait never ends the job.

Our own engine holds a read until something changes. Any other server is asked every few seconds, at a pace that the
hourly limits allow; with a WebhookInbox, when a delivery says that the job ended, and otherwise once in a long while.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from videogen_agents.client.clock import Clock
from videogen_agents.client.jobs import Job, JobKind
from videogen_agents.errors import RateLimitedError, VideoError
from videogen_agents.webhooks import WebhookInbox

#: Seconds between two reads of a job on a server without long-poll, growing while the job is old.
SHORTEST_POLL = 2.0
LONGEST_POLL = 10.0
#: Seconds between two reads of a job whose end a webhook will tell, growing: a delivery may get lost, and none is sent
#: when a job starts to wait for a person.
SHORTEST_SAFETY_POLL = 60.0
LONGEST_SAFETY_POLL = 300.0
#: Kinds whose end the contract tells by webhook.
TOLD = frozenset({JobKind.WORKFLOW_RUN, JobKind.TOOL_EXECUTION, JobKind.EXPORT})
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

    def __init__(self, clock: Clock, *, long_poll: bool, inbox: WebhookInbox | None = None) -> None:
        self._clock = clock
        self._long_poll = long_poll
        self._inbox = None if long_poll else inbox
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
            poller.task = asyncio.create_task(self._poll(poller, job, read))
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

    async def _poll(self, poller: _Poller, job: Job, read: ReadJob) -> None:
        if self._inbox is None or job.kind not in TOLD:
            await self._poll_until_end(poller, read, None)
            return
        with self._inbox.listen(job.job_id) as told:
            await self._poll_until_end(poller, read, told)

    async def _poll_until_end(self, poller: _Poller, read: ReadJob, told: asyncio.Event | None) -> None:
        often = (SHORTEST_POLL, LONGEST_POLL)
        pause, longest = often if told is None else (SHORTEST_SAFETY_POLL, LONGEST_SAFETY_POLL)
        while True:
            if told is not None and await self._told_within(pause, told):
                # It ended, says the delivery. Should the read not show it yet, it will in a moment.
                told = None
                pause, longest = often
            elif not self._long_poll:
                if told is None:
                    await self._clock.sleep(pause)
                pause = min(longest, pause * 1.2)
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

    async def _told_within(self, seconds: float, told: asyncio.Event) -> bool:
        """Sleep, or less when the job's end is delivered."""
        sleep = asyncio.create_task(self._clock.sleep(seconds))
        delivery = asyncio.create_task(told.wait())
        try:
            await asyncio.wait({sleep, delivery}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            delivery.cancel()
            await asyncio.wait({sleep, delivery})
        return told.is_set()
