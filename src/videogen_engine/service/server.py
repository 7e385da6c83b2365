"""The engine on a socket. Loopback unless the caller insists, and never without the key."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from types import FrameType

import uvicorn
from pydantic import SecretStr

from videogen_agents.errors import BusyError, InputError
from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import EngineSettings

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 4010
_GRACE_SECONDS = 3


@dataclass(frozen=True)
class Serving:
    """A server that accepts requests: what clients need as ``VIDEOGEN_BASE_URL`` and ``VIDEOGEN_API_KEY``."""

    url: str
    api_key: SecretStr


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the event loop."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@asynccontextmanager
async def serving(
    engine: Engine, *, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT, allow_remote: bool = False
) -> AsyncGenerator[Serving]:
    """Serve ``engine`` until the block ends. Port 0 takes a free one.

    Raises InputError for an address that other machines reach, unless ``allow_remote``, and BusyError when the
    port is taken.
    """
    listener = _listen(host, port, allow_remote)
    config = uvicorn.Config(
        create_app(engine),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            if task.done():
                await task
            await asyncio.sleep(0.01)
        bound = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        yield Serving(url=f"http://{shown}:{bound}", api_key=engine.settings.api_key())
    finally:
        server.should_exit = True
        await task
        listener.close()


def serve(
    *,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    settings: EngineSettings | None = None,
    allow_remote: bool = False,
    on_ready: Callable[[Serving], None] | None = None,
) -> None:
    """Open the engine and serve it until SIGINT or SIGTERM. ``on_ready`` is called once it accepts requests."""

    async def run() -> None:
        ended = asyncio.Event()
        async with await Engine.open(settings) as engine:
            _on_signals(asyncio.get_running_loop(), ended)
            async with serving(engine, host=host, port=port, allow_remote=allow_remote) as served:
                if on_ready is not None:
                    on_ready(served)
                await ended.wait()

    asyncio.run(run())


def _on_signals(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    def on_signal(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(ended.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:
            # Windows has no signal handlers on the loop.
            signal.signal(number, on_signal)


def _listen(host: str, port: int, allow_remote: bool) -> socket.socket:
    if not _is_loopback(host) and not allow_remote:
        raise InputError(
            f"The address {host!r} can be reached from other machines.",
            code="remote_bind_refused",
            next_step="Serve on 127.0.0.1, or allow remote access explicitly and keep the key secret.",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise BusyError(
            f"The engine cannot listen on {host}, port {port}: {error}.",
            code="port_unavailable",
            next_step="Choose another port, or stop the program that has this one.",
        ) from error
    return listener


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
