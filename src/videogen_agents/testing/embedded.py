"""The embedded engine in this process at thumbnail size, on an event loop of its own.

Its thread outlives any test's loop, so that one engine serves a whole test session, from sync and async tests alike.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from anyio.from_thread import start_blocking_portal

from videogen_agents.client import EmbeddedTransport, VideoClient
from videogen_agents.config import Backend, load_settings
from videogen_agents.tools import Policy, Toolbox

#: Lines of every film: small pictures, quickly encoded, with everything in them.
THUMBNAIL_LINES = 144
SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": str(THUMBNAIL_LINES), "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}


@contextmanager
def _environment(variables: dict[str, str]) -> Generator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class EmbeddedEngine:
    """The engine over a data home of its own. Raises UnavailableError when the ``engine`` extra is not installed."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        """``environ`` are further settings of the engine, such as ``LoopbackLanguageModel.settings()``."""
        self.home = folder / "home"
        self._transport = EmbeddedTransport(load_settings(backend="embedded", home=self.home, environ={}))
        self._portal_context = start_blocking_portal()
        self._portal = self._portal_context.__enter__()
        try:
            with _environment(SMALL | dict(environ or {})):
                self._http = self._portal.call(self._transport.open)
        except BaseException:
            self._portal_context.__exit__(None, None, None)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the engine; unfinished films stay resumable in its home."""
        try:
            self._portal.call(self._transport.aclose)
        finally:
            self._portal_context.__exit__(None, None, None)

    def approve(self, job_id: str) -> None:
        """Let a job go on that awaits approval: with ``{"VIDEOGEN_AGENTS_ASK_APPROVAL": "1"}`` as ``environ`` every
        film and every tool does. Raises httpx.HTTPStatusError for any other job.
        """
        self._portal.call(self._http.post, f"/engine/v1/jobs/{job_id}/approve").raise_for_status()

    def client(self, folder: Path) -> VideoClient:
        """A client of this engine with its ledger and files under ``folder``; for one event loop, like any other."""
        settings = load_settings(backend="embedded", home=folder / "home", output_dir=folder / "videos", environ={})
        return VideoClient(settings, transport=_SharedTransport(self))

    def toolbox(self, folder: Path, policy: Policy | None = None) -> Toolbox:
        """The tools over ``client``."""
        client = self.client(folder)
        return Toolbox(settings=client.settings, client=client, policy=policy or Policy())

    async def respond(self, request: httpx.Request) -> httpx.Response:
        """Answer on the engine's own loop. The whole body is read first: a stream belongs to its loop."""
        import asyncio

        content = await request.aread()
        future = self._portal.start_task_soon(self._send, request, content)
        response, body = await asyncio.wrap_future(future)
        return httpx.Response(response.status_code, headers=response.headers.raw, content=body)

    async def _send(self, request: httpx.Request, content: bytes) -> tuple[httpx.Response, bytes]:
        copy = httpx.Request(request.method, request.url, headers=request.headers.raw, content=content)
        response = await self._http.send(copy)
        return response, response.content


class _SharedTransport(httpx.AsyncBaseTransport):
    """The client.Transport of one client of a shared engine; closing it leaves the engine running."""

    backend = Backend.EMBEDDED

    def __init__(self, engine: EmbeddedEngine) -> None:
        self._engine = engine

    @property
    def account(self) -> tuple[str, str | None]:
        return str(self._engine.home), None

    @property
    def api_headers(self) -> dict[str, str]:
        return {"Accept": "application/json"}

    async def open(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url="http://embedded.videogen.local", transport=self, timeout=60.0)

    async def aclose(self) -> None:
        return None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._engine.respond(request)
