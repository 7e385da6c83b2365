"""Calls from threads without an event loop: one loop in a thread of its own, for as long as the toolkit lives."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal

from videogen_agents.tools import Toolbox, ToolOutcome, call_tool
from videogen_agents.tools.spec import ReportProgress


class SyncCalls:
    """Has a client of its own, because a client belongs to one loop; policy and spend are the toolbox's.

    The loop starts with the first call and lives on between calls: an embedded engine goes on working there.
    """

    def __init__(self, toolbox: Toolbox) -> None:
        self._source = toolbox
        self._lock = threading.Lock()
        self._opened: tuple[BlockingPortal, Toolbox] | None = None
        self._stack = ExitStack()

    def call(self, name: str, arguments: Mapping[str, Any], report: ReportProgress) -> ToolOutcome:
        """See ``call_tool``. ``report`` is called in the loop's thread."""
        portal, toolbox = self._open()
        return portal.call(call_tool, toolbox, name, arguments, report)

    def close(self) -> None:
        """Close the client and end the loop. Jobs go on; another call opens both again."""
        with self._lock:
            self._opened = None
            self._stack.close()

    def _open(self) -> tuple[BlockingPortal, Toolbox]:
        with self._lock:
            if self._opened is None:
                portal = self._stack.enter_context(start_blocking_portal())
                toolbox = self._source.with_own_client()
                self._stack.callback(portal.call, toolbox.aclose)
                self._opened = portal, toolbox
            return self._opened
