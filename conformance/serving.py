"""Our MCP server over HTTP, in a process of its own, for as long as a block runs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Small pictures, quickly encoded: what is looked at is in them all the same.
SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}
START_SECONDS = 60.0


def environment(home: Path, **variables: str) -> dict[str, str]:
    """This process's environment without what configures ours, and with a data home of its own."""
    from conformance import node

    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIDEOGEN_")}
    # Node programs that start Node look for it in PATH.
    path = os.pathsep.join((str(Path(node.executable()).parent), kept.pop("PATH", "")))
    return {**kept, **SMALL, "PATH": path, "HOME": str(home), "VIDEOGEN_AGENTS_HOME": str(home / "data"), **variables}


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(command: Sequence[str], port: int, environ: dict[str, str]) -> Iterator[str]:
    """Run ``command``, which serves at ``port``; yields the address of its MCP endpoint.

    Raises RuntimeError with the server's errors when it ends or is silent for a minute.
    """
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            until = time.monotonic() + START_SECONDS
            while not _listens(port):
                if server.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    raise RuntimeError(f"{' '.join(command[:5])} … does not serve:\n{log.read()[-3000:]}")
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def http_server(environ: dict[str, str]) -> Iterator[str]:
    """The server as users start it; yields the address of its MCP endpoint."""
    port = free_port()
    command = [sys.executable, "-m", "videogen_agents", "mcp", "--http", "--port", str(port)]
    with served(command, port, environ) as url:
        yield url


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def python() -> str:
    """This interpreter: the one the package is installed for."""
    return sys.executable
