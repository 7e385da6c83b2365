"""Time that a test owns."""

from __future__ import annotations

import asyncio


class ManualClock:
    """A ``client.Clock`` whose time moves only by sleeping, so that an hour of waiting takes no time.

    The sleep that ends first jumps to its end once everything else has run. ``slept`` sums up the jumps (seconds).
    """

    def __init__(self) -> None:
        self.time = 1_800_000_000.0
        self.slept = 0.0
        self._ends: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        end = self.time + seconds
        self._ends.append(end)
        try:
            while True:
                for _ in range(20):
                    await asyncio.sleep(0)
                if end <= min(self._ends):
                    break
            self.time = max(self.time, end)
            self.slept += seconds
        finally:
            self._ends.remove(end)
