"""Calls on an event loop of their own, for callers without one, or with one loop after the other.

An embedded engine works on the loop it was opened on. A program that uses ``asyncio.run`` for each question, or no
loop at all, would leave it standing still between its calls.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from contextvars import copy_context
from typing import Any, TypeVar

from videogen_agents.tools.call import Toolbox, call_tool
from videogen_agents.tools.result import ToolOutcome
from videogen_agents.tools.spec import ReportProgress

T = TypeVar("T")


class BackgroundCalls:
    """Has a client of its own, because a client belongs to one loop; policy and spend are the toolbox's.

    The loop starts with the first call, in a thread that never keeps a program from ending.
    """

    def __init__(self, toolbox: Toolbox) -> None:
        self._source = toolbox
        self._lock = threading.Lock()
        self._opened: tuple[_LoopThread, Toolbox] | None = None

    def call(self, name: str, arguments: Mapping[str, Any], report: ReportProgress) -> ToolOutcome:
        """See ``call_tool``. ``report`` is called in the loop's thread."""
        future = self._begin(name, arguments, report)
        try:
            return future.result()
        except BaseException:
            # Ctrl-C ends the wait, and so the call; never the job.
            future.cancel()
            raise

    async def call_async(self, name: str, arguments: Mapping[str, Any], report: ReportProgress) -> ToolOutcome:
        """See ``call_tool``. ``report`` is called on the caller's loop, in its context."""
        loop, context = asyncio.get_running_loop(), copy_context()

        def report_there(progress: float, message: str) -> None:
            # The caller's loop may be closed by now: then there is nobody to tell.
            if not loop.is_closed():
                loop.call_soon_threadsafe(report, progress, message, context=context)

        return await asyncio.wrap_future(self._begin(name, arguments, report_there))

    def close(self) -> None:
        """Close the client and end the loop. Jobs go on; another call opens both again."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            thread, toolbox = opened
            thread.begin(toolbox.aclose()).result()
            thread.end()

    def _begin(self, name: str, arguments: Mapping[str, Any], report: ReportProgress) -> Future[ToolOutcome]:
        with self._lock:
            if self._opened is None:
                self._opened = _LoopThread(), self._source.with_own_client()
            thread, toolbox = self._opened
        return thread.begin(call_tool(toolbox, name, arguments, report))


class _LoopThread:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # Not anyio's portal: one that nobody closed waits for its dead thread when the interpreter ends.
        self._thread = threading.Thread(target=self._loop.run_forever, name="videogen-calls", daemon=True)
        self._thread.start()

    def begin(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def end(self) -> None:
        self.begin(self._loop.shutdown_default_executor()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
