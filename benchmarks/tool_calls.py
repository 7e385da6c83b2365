"""Run as a program: what one call costs by each way in, over the scripted server in this process; one JSON object."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, cast

import httpx
from agents.tool_context import ToolContext
from mcp.server.mcpserver import MCPServer

from mcp import Client
from videogen_agents.testing import ScriptedServer, scripted_toolbox
from videogen_agents.tools import Toolbox, call_tool
from videogen_agents_langchain import VideoToolkit
from videogen_agents_mcp import build_server
from videogen_agents_openai import video_tools

WARM_UP = 30
#: The tools' arguments, and the request that a program would make instead.
CALLS = {
    "find": ({"type": "voices"}, "/v1/resources/tts-voices?limit=10"),
    "get_job": ({"jobId": "vg_work_0001", "waitSeconds": 0}, "/v1/workflows/runs/vg_work_0001"),
}
Ways = dict[str, Callable[[], Awaitable[object]]]


class Instant:
    """A clock whose sleeps are over at once: the pace that hourly limits ask for is no cost of a call."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.time() + self._ahead

    async def sleep(self, seconds: float) -> None:
        self._ahead += seconds
        await asyncio.sleep(0)


async def ways(tool: str, toolbox: Toolbox, http: httpx.AsyncClient, stack: AsyncExitStack) -> Ways:
    """The same question by each way in, by name."""
    arguments, path = CALLS[tool]
    text = json.dumps(arguments)
    function = next(one for one in video_tools(toolbox) if one.name == tool)
    langchain = next(one for one in VideoToolkit(toolbox).get_tools() if one.name == tool)
    modern = await stack.enter_async_context(Client(build_server(toolbox), mode="auto"))
    legacy = await stack.enter_async_context(Client(build_server(toolbox), mode="legacy"))
    bare = await stack.enter_async_context(Client(_bare_server(), mode="legacy"))

    async def direct() -> object:
        return (await http.get(path)).raise_for_status().json()

    async def openai() -> object:
        context = ToolContext(context=None, tool_name=tool, tool_call_id="call", tool_arguments=text)
        return await function.on_invoke_tool(context, text)

    call: dict[str, Any] = {"type": "tool_call", "id": "call", "name": tool, "args": arguments}
    return {
        "direct": direct,
        "table": lambda: call_tool(toolbox, tool, arguments),
        "openai": openai,
        "langchain": lambda: langchain.ainvoke(call),
        "mcp": lambda: modern.call_tool(tool, arguments),
        "mcp_legacy": lambda: legacy.call_tool(tool, arguments),
        "mcp_bare": lambda: bare.call_tool("hello", {}),
    }


def _bare_server() -> MCPServer:
    server = MCPServer("hello", log_level="WARNING")

    @server.tool()
    async def hello() -> str:
        return "hello"

    return server


async def measured(rounds: int) -> dict[str, float]:
    """Milliseconds a call, ``cpu`` (all threads) and ``wall``, as medians of rounds in which the ways take turns."""
    server = ScriptedServer()
    said: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        toolbox = scripted_toolbox(Path(folder), server, cast("Any", Instant()))
        http = httpx.AsyncClient(transport=server, base_url="https://api.example")
        # The servers over the toolbox close it with them, so it is entered first.
        async with toolbox, http, AsyncExitStack() as stack:
            start = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
            await call_tool(toolbox, "run_workflow", start)
            server.stall()
            for tool in CALLS:
                taken: dict[str, list[tuple[float, float]]] = {}
                by_name = await ways(tool, toolbox, http, stack)
                for number in range(WARM_UP + rounds):
                    for name, way in by_name.items():
                        began = time.process_time(), time.perf_counter()
                        await way()
                        cpu, wall = time.process_time() - began[0], time.perf_counter() - began[1]
                        if number >= WARM_UP:
                            taken.setdefault(name, []).append((cpu, wall))
                for name, times in taken.items():
                    said[f"{tool} {name} cpu"] = 1000 * statistics.median(cpu for cpu, _ in times)
                    said[f"{tool} {name} wall"] = 1000 * statistics.median(wall for _, wall in times)
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measured(int(sys.argv[1])))) + "\n")
