"""Transfers that outlive a call: a host's patience ends long before a large file has moved."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

#: Seconds that a call waits for its transfer; then it answers how far it is, and the next call goes on waiting.
PATIENCE = 3.0
#: Finished transfers that are remembered, so that the same call again moves nothing.
REMEMBERED = 200

#: Progress 0–100.
OnPercent = Callable[[float], None]


@dataclass
class _Transfer:
    task: asyncio.Task[Any]
    percent: float = 0.0


@dataclass(frozen=True)
class Moved(Generic[T]):
    """``value`` when the transfer is over, else how far it is (0–100)."""

    percent: float
    value: T | None = None


@dataclass
class TransferDesk:
    """One per session. The same key is the same transfer, however many calls ask for it."""

    patience: float = PATIENCE
    _transfers: dict[str, _Transfer] = field(default_factory=dict[str, "_Transfer"])

    async def move(self, key: str, start: Callable[[OnPercent], Coroutine[Any, Any, T]]) -> Moved[T]:
        """Start the transfer called ``key``, or join the one that runs. Raises what the transfer raised, once."""
        transfer = self._transfers.get(key)
        if transfer is None:
            box: list[_Transfer] = []

            def on_percent(percent: float) -> None:
                if box:
                    box[0].percent = percent

            transfer = _Transfer(asyncio.create_task(start(on_percent)))
            box.append(transfer)
            self._transfers[key] = transfer
            self._forget()
        await asyncio.wait({transfer.task}, timeout=self.patience)
        if not transfer.task.done():
            return Moved(transfer.percent)
        if transfer.task.cancelled() or transfer.task.exception() is not None:
            self._transfers.pop(key, None)
        return Moved(100.0, cast("T", transfer.task.result()))

    def drop(self, key: str) -> None:
        """Forget a finished transfer: what it brought is no longer there."""
        transfer = self._transfers.get(key)
        if transfer is not None and transfer.task.done():
            del self._transfers[key]

    async def aclose(self) -> None:
        """End what is still moving. Nothing half-written stays."""
        tasks: list[Awaitable[Any]] = []
        for transfer in self._transfers.values():
            transfer.task.cancel()
            tasks.append(transfer.task)
        self._transfers.clear()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self) -> None:
        done = [key for key, transfer in self._transfers.items() if transfer.task.done()]
        for key in done[: max(0, len(self._transfers) - REMEMBERED)]:
            del self._transfers[key]
