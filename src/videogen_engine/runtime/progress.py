"""A job's progress from the progress of its steps, written to its row at most twice a second."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from videogen_engine.runtime.stage_registry import ASSEMBLE, PACKAGE, PICTURE, PLAN, RENDER, SPEAK
from videogen_engine.store.jobs import Jobs

_SECONDS_BETWEEN_WRITES = 0.5


@dataclass(frozen=True)
class Share:
    """``weight`` is a step's usual part of a film's time; ``title`` is what a person reads meanwhile."""

    weight: float
    title: str


#: Measured on a film of 60 s at 1080 lines; see docs/durability.md.
SHARES: Mapping[str, Share] = {
    PLAN: Share(0.02, "Planning scenes"),
    SPEAK: Share(0.10, "Recording the narration"),
    PICTURE: Share(0.08, "Designing pictures"),
    ASSEMBLE: Share(0.01, "Assembling the timeline"),
    RENDER: Share(0.70, "Rendering"),
    PACKAGE: Share(0.10, "Packaging"),
}


def share_of(step: str) -> Share:
    return SHARES.get(step) or Share(0.1, step.replace("_", " ").capitalize())


def _weight(steps: Counter[str]) -> float:
    return sum(share_of(step).weight * times for step, times in steps.items())


class ProgressLine:
    """One job's row. Steps that nobody expected are counted as they come."""

    def __init__(self, jobs: Jobs, job_id: str, steps: tuple[str, ...] = ()) -> None:
        self._jobs = jobs
        self._job_id = job_id
        self._expected = Counter(steps)
        self._done: Counter[str] = Counter()
        self._latest: tuple[float, str] | None = None
        self._writer: asyncio.Task[None] | None = None

    def expect(self, steps: tuple[str, ...]) -> None:
        """Name steps to come, each as often as it will run; what is named already is not added again."""
        self._expected |= Counter(steps)

    def report(self, step: str, fraction: float, message: str) -> None:
        """``fraction`` of ``step``. Call it as often as you like, from the event loop."""
        share = share_of(step)
        self._expected[step] = max(self._expected[step], self._done[step] + 1)
        before = _weight(self._done)
        overall = (before + share.weight * min(max(fraction, 0.0), 1.0)) / _weight(self._expected)
        self._latest = (overall, f"{share.title}: {message}" if message else share.title)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.get_running_loop().create_task(self._write())

    async def finish(self, step: str) -> None:
        """Write at once that ``step`` is done: a job that dies in the next one must be seen to have got here."""
        self.report(step, 1.0, "")
        self._done[step] += 1
        await self.close()
        await self._write_latest()

    async def close(self) -> None:
        """Stop writing; what was not written yet stays unwritten."""
        if self._writer is not None and not self._writer.done():
            self._writer.cancel()
            await asyncio.wait({self._writer})

    async def _write(self) -> None:
        while self._latest is not None:
            await self._write_latest()
            await asyncio.sleep(_SECONDS_BETWEEN_WRITES)

    async def _write_latest(self) -> None:
        if self._latest is not None:
            (fraction, stage), self._latest = self._latest, None
            await asyncio.to_thread(self._jobs.report_progress, self._job_id, fraction, stage)
