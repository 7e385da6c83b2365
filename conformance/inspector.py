"""The protocol's Inspector, as a command, over stdio and HTTP and in both protocol eras."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from conformance import node
from conformance.report import Check
from conformance.serving import environment, http_server, python
from videogen_agents.tools import listed_tools

INSPECTOR = "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"
ERAS = ("legacy", "modern")
#: A call that finds the server still loading is told to come again, which on a busy machine may happen.
TRIES = 5
GUIDE = json.dumps({"topic": "getting-started"})


def checks() -> Iterator[Check]:
    """What the Inspector says of each transport in each era."""
    with tempfile.TemporaryDirectory() as home:
        environ = environment(Path(home))
        target = ["--", python(), "-m", "videogen_agents", "mcp"]
        for era in ERAS:
            yield from _inspect(f"stdio, {era} era", ["--protocol-era", era], target, environ)
    with tempfile.TemporaryDirectory() as home:
        environ = environment(Path(home))
        with http_server(environ) as url:
            for era in ERAS:
                options = ["--protocol-era", era, "--transport", "http", "--server-url", url]
                yield from _inspect(f"HTTP, {era} era", options, [], environ)


def _inspect(where: str, options: list[str], target: list[str], environ: dict[str, str]) -> Iterator[Check]:
    def ask(what: str, fits: Callable[[dict[str, Any]], bool], *request: str) -> Check:
        command = ["--cli", *options, "--format", "json", *request, *target]
        for _ in range(TRIES):
            done = node.run(INSPECTOR, *command, environ=environ)
            if "still_starting" not in done.stdout:
                break
        fault = ""
        if done.returncode != 0:
            fault = f"it ended with {done.returncode}: {done.stderr.strip() or done.stdout.strip()}"
        elif not fits(json.loads(done.stdout)["result"]):
            fault = f"it said {done.stdout.strip()[:600]}"
        return Check(f"Inspector over {where}: {what}", fault)

    expected = [tool.name for tool in listed_tools()]
    yield ask(
        "--strict finds nothing to mend in the tools' schemas",
        lambda result: [tool["name"] for tool in result["tools"]] == expected,
        *("--method", "tools/list", "--strict"),
    )
    # Over stdio each command starts a server of its own, so the call is one that needs no engine.
    yield ask(
        "a call reads a guide",
        lambda result: not result.get("isError") and "structuredContent" in result,
        *("--method", "tools/call", "--tool-name", "get_guide", "--tool-args-json", GUIDE),
    )
    for method, field in (
        ("resources/list", "resources"),
        ("resources/templates/list", "resourceTemplates"),
        ("prompts/list", "prompts"),
    ):
        yield ask(f"{method} lists some", lambda result, field=field: bool(result[field]), "--method", method)
