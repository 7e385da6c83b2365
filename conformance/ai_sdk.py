"""The AI SDK's MCP client (Node) makes films with our server, over stdio and over HTTP, on the embedded engine."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av

from conformance import node
from conformance.report import Check
from conformance.serving import ROOT, environment, http_server, python
from videogen_agents.tools import listed_tools

EXAMPLE = ROOT / "examples" / "ai-sdk"
#: A module's packages are looked for in the folders above it, so the example runs from a copy below the packages.
COPY = node.MODULES / ".examples" / "ai-sdk"
STDIO = ("-m", "videogen_agents", "mcp")


def checks() -> Iterator[Check]:
    """What the client says of each transport, and whether each film is one."""
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(EXAMPLE, COPY, ignore=shutil.ignore_patterns("node_modules"))
    expected = [tool.name for tool in listed_tools()]
    with tempfile.TemporaryDirectory() as home:
        environ = environment(Path(home))
        server = {"command": python(), "args": list(STDIO), "env": environ, "tools": expected}
        yield from _client("stdio", server, environ)
    with tempfile.TemporaryDirectory() as home:
        environ = environment(Path(home))
        with http_server(environ) as url:
            yield from _client("HTTP", {"url": url, "tools": expected}, environ)


def _client(over: str, server: dict[str, Any], environ: dict[str, str]) -> Iterator[Check]:
    done = node.run("ai_sdk.mjs", str(COPY), stdin=json.dumps(server), environ=environ, seconds=600)
    films = 0
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if "film" in said:
            films += 1
            yield Check(f"AI SDK over {over}: film {films} has pictures and sound", _film_fault(Path(said["film"])))
        else:
            yield Check(said["what"], said["fault"])
    ended = "" if done.returncode == 0 and films == 2 else f"ended with {done.returncode}, {films} films: {done.stderr}"
    yield Check(f"AI SDK over {over}: two films were made", ended)


def _film_fault(path: Path) -> str:
    """What is wrong with the film; empty when nothing is."""
    if not path.is_file():
        return f"there is no file {path}"
    with av.open(str(path)) as film:
        kinds = {stream.type for stream in film.streams}
        seconds = (film.duration or 0) / 1e6
    return "" if {"video", "audio"} <= kinds and seconds > 1 else f"streams {kinds}, {seconds:.1f} s"
