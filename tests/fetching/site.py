"""A web server on this machine that answers just as it is told, byte by byte, and notes what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Site:
    """``answers`` are whole replies, head and body, by path; None never answers."""

    port: int = 0
    answers: dict[str, bytes | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def put(self, path: str, body: bytes, *, status: str = "200 OK", length: int | None = None, **headers: str) -> None:
        """Answer ``path`` with ``body``; ``length`` is what the reply claims when that is not true."""
        fields = {"Content-Length": str(len(body) if length is None else length), "Connection": "close"}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self.answers[path] = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body

    def redirect(self, path: str, to: str) -> None:
        self.put(path, b"", status="302 Found", Location=to)


@asynccontextmanager
async def opened_site() -> AsyncIterator[Site]:
    site = Site()
    waiting: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        waiting.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            site.asked.append(head)
            answer = site.answers.get(head.split(" ", 2)[1], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if answer is None:
                await reader.read()
            else:
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            waiting.discard(task)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await server.wait_closed()
