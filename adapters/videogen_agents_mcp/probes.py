"""Stdio for hosts that probe: a probe for the newer protocol era must not cost a host the older one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.lowlevel import Server
from mcp.server.runner import serve_dual_era_loop
from mcp.shared.message import SessionMessage
from mcp_types import JSONRPCRequest

Frame = SessionMessage | Exception
#: Serves one connection: reads from the first stream, writes to the second, and returns when the first ends.
Serve = Callable[[MemoryObjectReceiveStream[Frame], MemoryObjectSendStream[SessionMessage]], Awaitable[None]]


async def serve_probing(server: Server[None], reading: Any, writing: Any) -> None:
    """Serve the frames of ``reading`` until it ends, as ``server.run`` does.

    A host of both eras asks ``server/discover`` first and, when that was not answered in time (the AI SDK waits one
    second, as long as a start may take), sends ``initialize`` instead. The library binds a connection to the era of
    its first request and would refuse that. Here a probe binds nothing: ``initialize`` after nothing but probes opens
    a connection of its own.
    """
    async with server.lifespan(server) as state:
        options = server.create_initialization_options()

        async def serve(read: MemoryObjectReceiveStream[Frame], write: MemoryObjectSendStream[SessionMessage]) -> None:
            await serve_dual_era_loop(server, read, write, lifespan_state=state, init_options=options)

        await _serve(serve, reading, writing)


async def _serve(serve: Serve, reading: Any, writing: Any) -> None:
    only_probes, probed = True, False
    async with anyio.create_task_group() as tasks:
        connection = _Connection(serve, writing)
        tasks.start_soon(connection.run)
        async for frame in reading:
            method = _request_method(frame)
            if method == "initialize" and only_probes and probed:
                await connection.end()
                connection = _Connection(serve, writing)
                tasks.start_soon(connection.run)
            probed = probed or method == "server/discover"
            only_probes = only_probes and method in (None, "server/discover")
            await connection.send(frame)
        await connection.end()


class _Connection:
    """One connection as the library sees it; its end leaves the real streams open."""

    def __init__(self, serve: Serve, writing: Any) -> None:
        self._serve = serve
        self._writing = writing
        self._frames, self._received = anyio.create_memory_object_stream[Frame]()
        self._ended = anyio.Event()

    async def send(self, frame: Frame) -> None:
        await self._frames.send(frame)

    async def end(self) -> None:
        await self._frames.aclose()
        await self._ended.wait()

    async def run(self) -> None:
        answers, answered = anyio.create_memory_object_stream[SessionMessage]()

        async def pass_on() -> None:
            async for message in answered:
                await self._writing.send(message)

        try:
            async with answered, anyio.create_task_group() as tasks:
                tasks.start_soon(pass_on)
                await self._serve(self._received, answers)
                await answers.aclose()
        finally:
            self._ended.set()


def _request_method(frame: Frame) -> str | None:
    message = frame.message if isinstance(frame, SessionMessage) else None
    return message.method if isinstance(message, JSONRPCRequest) else None
