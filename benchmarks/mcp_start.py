"""How long a host waits for our server's tools, against a bare ``mcp`` server with one tool."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Options, Row

HELLO = (
    "from mcp.server.mcpserver import MCPServer\n"
    "server = MCPServer('hello', log_level='WARNING')\n"
    "@server.tool()\n"
    "def hello() -> str:\n"
    "    return 'hello'\n"
    "server.run('stdio')\n"
)
OURS = [sys.executable, "-m", "videogen_agents", "mcp"]
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}},
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {}}


@dataclass(frozen=True)
class Start:
    """Seconds until the tools were listed, processor seconds, resident MB then, and bytes of the listing."""

    wall: float
    cpu: float
    resident_mb: float
    listing: int


def rows(options: Options) -> list[Row]:
    """Ours and the bare server take turns, so that both meet the same weather."""
    ours: list[Start] = []
    bare: list[Start] = []
    repeats = max(5, options.repeats)
    for _ in range(repeats + 1):
        bare.append(asyncio.run(_start([sys.executable, "-c", HELLO])))
        ours.append(asyncio.run(_start(OURS)))
    # The first round fills the file cache and compiles bytecode; it is no part of the medians.
    ours, bare = ours[1:], bare[1:]
    cpu = _median(ours, "cpu") / _median(bare, "cpu")
    wall = _median(ours, "wall") / _median(bare, "wall")
    more = _median(ours, "resident_mb") - _median(bare, "resident_mb")
    return [
        Row("bare `mcp` hello server, until its tool is listed", f"{_median(bare, 'wall'):.2f} s wall"),
        Row("our server, until its tools are listed", f"{_median(ours, 'wall'):.2f} s wall"),
        Row("our start / hello, CPU", f"{cpu:.2f}×", "≤ 1.15×", cpu <= 1.15),
        Row("our start / hello, wall", f"{wall:.2f}×", "≤ 1.15×", wall <= 1.15),
        Row("resident memory beyond hello, before the engine starts", f"{more:.1f} MB", "≤ 8 MB", more <= 8),
        Row("tools/list", f"{ours[0].listing} bytes"),
    ]


async def _start(command: list[str]) -> Start:
    with tempfile.TemporaryDirectory() as home:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "VIDEOGEN_AGENTS_HOME": home},
            limit=1 << 24,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(INITIALIZE).encode() + b"\n")
        await child.stdout.readline()
        child.stdin.write(json.dumps(INITIALIZED).encode() + b"\n" + json.dumps(LIST).encode() + b"\n")
        listing = await child.stdout.readline()
        wall = time.monotonic() - began
        if b'"tools"' not in listing:
            raise RuntimeError(f"{' '.join(command[:4])} listed no tools: {listing[:300]!r}")
        resident = _resident_mb(child.pid)
        child.stdin.close()
        await child.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Start(wall, cpu, resident, len(listing))


def _resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _median(starts: list[Start], what: str) -> float:
    return statistics.median(getattr(start, what) for start in starts)
