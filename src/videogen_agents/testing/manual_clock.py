"""Time that a test owns."""

from __future__ import annotations

import asyncio
import heapq
import itertools


class ManualClock:
    """A ``client.Clock`` whose time moves only by sleeping, so that an hour of waiting takes no time.

    The sleep that ends first jumps to its end once everything else has run. ``slept`` sums up the jumps (seconds).
    """

    def __init__(self, start: float = 1_800_000_000.0) -> None:
        """``start`` is in seconds since the epoch."""
        self.time = start
        self.slept = 0.0
        self._order = itertools.count()
        self._sleeps: list[tuple[float, int, asyncio.Event]] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        mine = (self.time + seconds, next(self._order), asyncio.Event())
        heapq.heappush(self._sleeps, mine)
        try:
            while not await self._is_first(mine):
                pass
            self.time = max(self.time, mine[0])
            self.slept += seconds
        finally:
            self._sleeps.remove(mine)
            heapq.heapify(self._sleeps)
            if self._sleeps:
                self._sleeps[0][2].set()

    async def _is_first(self, mine: tuple[float, int, asyncio.Event]) -> bool:
        """Whether no other sleep ends before, now that everything else has run. Only the first one looks."""
        if self._sleeps[0] is not mine:
            mine[2].clear()
            await mine[2].wait()
        for _ in range(20):
            await asyncio.sleep(0)
        return self._sleeps[0] is mine
