"""The server as a process that a host starts: the protocol on standard output, everything else on standard error."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress

from mcp.server.stdio import stdio_server

from videogen_agents.tools import Toolbox
from videogen_agents_mcp.callers import OneToolbox
from videogen_agents_mcp.probes import serve_probing
from videogen_agents_mcp.server import build_server


class _Closing(OneToolbox):
    """Says when the toolbox, and an engine behind it, is closed."""

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__(toolbox)
        self.closed = asyncio.Event()

    async def aclose(self) -> None:
        try:
            await super().aclose()
        finally:
            self.closed.set()


async def serve_stdio(toolbox: Toolbox, *, tasks: bool = False) -> None:
    """Serve until the host closes stdin; on SIGTERM or SIGINT close the engine and leave. Jobs are kept."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    callers = _Closing(toolbox)
    serving = asyncio.create_task(_serve(callers, tasks))
    stopping = asyncio.create_task(_signalled())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        serving.cancel()
        closed = asyncio.create_task(callers.closed.wait())
        await asyncio.wait({serving, closed}, return_when=asyncio.FIRST_COMPLETED)
        sys.stderr.flush()
        # A thread waits for the host's next line and cannot be woken: all that is to be closed is closed.
        os._exit(0)
    stopping.cancel()
    await serving


async def _serve(callers: _Closing, tasks: bool) -> None:
    server = build_server(callers, tasks=tasks)
    async with stdio_server() as (read, write), read, write:
        await serve_probing(server, read, write)


async def _signalled() -> None:
    signalled = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows has no signal handlers on the loop; there the process is ended from outside.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, signalled.set)
    await signalled.wait()
