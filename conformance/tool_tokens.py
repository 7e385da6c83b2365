"""What the tools cost a model's context, in o200k_base tokens, as hosts hand them to models."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conformance import node

ROOT = Path(__file__).resolve().parent.parent
LISTING = ROOT / "src" / "videogen_agents" / "tools" / "listing.json"
FIGURES = ROOT / "docs" / "tool-budget.json"
#: Tokens: all tools together, each one, the tools/list result, the text of a finished film.
LIMITS = {"tools": 12, "surface": 2_500, "tool": 600, "tools_list": 4_500, "finished_film": 300}


def compact(value: Any) -> str:
    """JSON as hosts send it to models: no spaces, no escapes beyond the necessary."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shown() -> dict[str, str]:
    """What a model is shown of each tool, by name."""
    return {
        tool["name"]: compact(
            {"name": tool["name"], "description": tool["description"], "inputSchema": tool["input_schema"]}
        )
        for tool in json.loads(LISTING.read_text(encoding="utf-8"))
    }


def fingerprint() -> str:
    """Changes with every name, description and schema, those of results included."""
    return hashlib.sha256(LISTING.read_bytes()).hexdigest()


def count(texts: Sequence[str]) -> list[int]:
    """Tokens of each text. Raises NodeError when the tokeniser cannot run."""
    done = node.run("count_tokens.mjs", stdin=json.dumps(list(texts)))
    if done.returncode != 0:
        raise node.NodeError(f"count_tokens.mjs ended with code {done.returncode}.\n{done.stderr}")
    return json.loads(done.stdout)


def figures() -> dict[str, Any]:
    """The figures of ``docs/tool-budget.json``, measured now."""
    tools = shown()
    counts = count([*tools.values(), compact(tools_list()), finished_film()])
    each = dict(zip(tools, counts[: len(tools)], strict=True))
    return {
        "encoding": "o200k_base",
        "limits": LIMITS,
        "listing_sha256": fingerprint(),
        "tools": len(tools),
        "surface": sum(each.values()),
        "tool": each,
        "tools_list": counts[-2],
        "finished_film": counts[-1],
    }


def over_limits(measured: dict[str, Any]) -> list[str]:
    """A sentence for each limit that is exceeded."""
    pairs = [(name, measured[name], LIMITS[name]) for name in ("tools", "surface", "tools_list", "finished_film")]
    pairs += [(f"the tool {name}", tokens, LIMITS["tool"]) for name, tokens in measured["tool"].items()]
    return [f"{what} is {value}, more than {limit}" for what, value, limit in pairs if value > limit]


def tools_list() -> dict[str, Any]:
    """The result of tools/list of our server over stdio."""
    client = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "budget", "version": "1"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {}},
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIDEOGEN_")}
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(
            [sys.executable, "-m", "videogen_agents", "mcp"],
            env={**kept, "VIDEOGEN_AGENTS_HOME": home},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as server,
    ):
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write("".join(json.dumps(message) + "\n" for message in messages))
        server.stdin.flush()
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        server.stdin.close()
    return answers[1]["result"]


def finished_film() -> str:
    """What get_job says of a finished hosted film: its text, and its links as hosts put them into text."""
    return asyncio.run(_finished_film())


async def _finished_film() -> str:
    # Lazy: the table of the tools alone needs no client.
    from videogen_agents.testing import ScriptedServer, scripted_toolbox
    from videogen_agents.tools import call_tool

    with tempfile.TemporaryDirectory() as folder:
        async with scripted_toolbox(Path(folder), ScriptedServer()) as toolbox:
            arguments = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
            started = await call_tool(toolbox, "run_workflow", arguments)
            job = {"jobId": started.data.model_dump(by_alias=True)["jobId"], "waitSeconds": 45}
            done = await call_tool(toolbox, "get_job", job)
            while not done.is_error and not done.text.startswith("succeeded"):
                done = await call_tool(toolbox, "get_job", job)
        if done.is_error:
            raise RuntimeError(f"the scripted film failed: {done.text}")
        links = [
            compact({"type": "resource_link", "name": link.name, "uri": link.uri, "mimeType": link.media_type})
            for link in done.links
        ]
        return "\n".join([done.text.replace(folder, "/home/me"), *links])
