"""Calls from threads without an event loop: one loop in a thread of its own, for as long as the toolkit lives."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from videogen_agents.tools import Toolbox, ToolOutcome, call_tool
from videogen_agents.tools.spec import ReportProgress

T = TypeVar("T")


class SyncCalls:
    """Has a client of its own, because a client belongs to one loop; policy and spend are the toolbox's.

    The loop starts with the first call and lives on between calls: an embedded engine goes on working there. Its
    thread never keeps a program from ending.
    """

    def __init__(self, toolbox: Toolbox) -> None:
        self._source = toolbox
        self._lock = threading.Lock()
        self._opened: tuple[_LoopThread, Toolbox] | None = None

    def call(self, name: str, arguments: Mapping[str, Any], report: ReportProgress) -> ToolOutcome:
        """See ``call_tool``. ``report`` is called in the loop's thread."""
        with self._lock:
            if self._opened is None:
                self._opened = _LoopThread(), self._source.with_own_client()
            thread, toolbox = self._opened
        return thread.run(call_tool(toolbox, name, arguments, report))

    def close(self) -> None:
        """Close the client and end the loop. Jobs go on; another call opens both again."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            thread, toolbox = opened
            thread.run(toolbox.aclose())
            thread.end()


class _LoopThread:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # Not anyio's portal: one that nobody closed waits for its dead thread when the interpreter ends.
        self._thread = threading.Thread(target=self._loop.run_forever, name="videogen-sync-calls", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            # Ctrl-C ends the wait, and so the call; never the job.
            future.cancel()
            raise

    def end(self) -> None:
        self.run(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
