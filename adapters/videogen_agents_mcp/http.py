"""The server over Streamable HTTP. Loopback unless the caller insists, and never without a bearer token elsewhere."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from socket import socket
from urllib.parse import urlsplit

import uvicorn
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager
from pydantic import SecretStr

from videogen_agents.errors import InputError
from videogen_agents.tools import Toolbox
from videogen_agents.tools.toolbox_pool import ToolboxPool
from videogen_agents_mcp.admission import ClientKeys, StaticToken, allowed_addresses
from videogen_agents_mcp.application import application
from videogen_agents_mcp.callers import KeyedToolboxes, OneToolbox
from videogen_agents_mcp.ending import Ending
from videogen_agents_mcp.listening import is_loopback, listen, shown_host
from videogen_agents_mcp.server import PROGRESS_SECONDS, build_server

#: Seconds that calls under way may still take when the server ends, and then the end of their streams.
_GRACE_SECONDS = 1
_LAST_SECONDS = 3


@dataclass(frozen=True)
class HttpOptions:
    """Where and how to serve. Port 0 takes a free one.

    ``token`` is demanded as the bearer token when it is set. ``allowed_hosts`` and ``allowed_origins`` are answered
    beside this machine's own names. ``public_url`` is the endpoint's address as its clients know it. Sizes in bytes.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    path: str = "/mcp"
    token: SecretStr | None = None
    allowed_hosts: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    public_url: str | None = None
    max_body: int = 2 * 1024 * 1024
    max_sessions: int = 1000
    session_idle_seconds: float = 1800.0


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the event loop."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def serve_http(
    toolbox: Toolbox | ToolboxPool, options: HttpOptions, *, tasks: bool = False, on_ready: Callable[[str], None]
) -> None:
    """Serve until SIGINT or SIGTERM. ``on_ready`` is told the endpoint's URL once it answers. Jobs are kept."""

    async def run() -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, ended.set)
            except NotImplementedError:
                # Windows has no signal handlers on the loop.
                signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(ended.set))
        async with serving_http(toolbox, options, tasks=tasks) as url:
            on_ready(url)
            await ended.wait()

    asyncio.run(run())


@asynccontextmanager
async def serving_http(
    toolbox: Toolbox | ToolboxPool,
    options: HttpOptions,
    *,
    tasks: bool = False,
    progress_seconds: float = PROGRESS_SECONDS,
) -> AsyncGenerator[str]:
    """Serve until the block ends, and close the toolbox then. Yields the endpoint's URL.

    With a pool the bearer token is the caller's own key. Raises InputError for an address that other machines reach
    without a token, and BusyError when the port is taken.
    """
    pooled = isinstance(toolbox, ToolboxPool)
    verifier = ClientKeys(toolbox) if pooled else StaticToken(options.token) if options.token else None
    if verifier is None and not is_loopback(options.host):
        raise InputError(
            f"The address {options.host!r} can be reached from other machines.",
            code="token_required",
            next_step="Serve on 127.0.0.1, or with a bearer token.",
        )
    listener = listen(options.host, options.port)
    url = f"http://{shown_host(options.host)}:{listener.getsockname()[1]}{options.path}"
    callers = KeyedToolboxes(toolbox) if isinstance(toolbox, ToolboxPool) else OneToolbox(toolbox)
    manager = StreamableHTTPSessionManager(
        build_server(callers, progress_seconds=progress_seconds, tasks=tasks),
        security_settings=allowed_addresses(
            options.host,
            options.allowed_hosts,
            options.allowed_origins,
            urlsplit(options.public_url).hostname if options.public_url else None,
        ),
        max_request_body_size=options.max_body,
        max_sessions=options.max_sessions,
        session_idle_timeout=options.session_idle_seconds,
    )
    ending = Ending(application(StreamableHTTPASGIApp(manager), verifier, options.path, options.public_url or url))
    config = uvicorn.Config(
        ending,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        # A session may hold a stream and some calls; beyond that is nobody's need.
        limit_concurrency=max(100, 4 * options.max_sessions),
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    server = _Server(config)
    task = asyncio.create_task(_serve(server, manager, listener))
    try:
        while not server.started:
            if task.done():
                await task
            await asyncio.sleep(0.01)
        yield url
    finally:
        server.should_exit = True
        last_words = asyncio.get_running_loop().call_later(_GRACE_SECONDS, ending.end)
        await task
        last_words.cancel()
        listener.close()


async def _serve(server: uvicorn.Server, manager: StreamableHTTPSessionManager, listener: socket) -> None:
    """Sessions, and the toolbox behind them, end after the last answer."""
    async with manager.run():
        await server.serve(sockets=[listener])
