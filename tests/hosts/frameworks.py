"""Hosts: a framework, its scripted model, and a limit for each call that the host itself enforces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents import Agent, FunctionTool, RunConfig, Runner
from agents.items import ToolCallOutputItem
from agents.testing import ScriptedModel, assistant_message, function_call
from agents.testing.model import ModelCall
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import BaseTool
from mcp_types import TextContent

from mcp import Client, StdioServerParameters
from videogen_agents.config import load_settings
from videogen_agents.tools import Toolbox
from videogen_agents.tools.call import HOST_PATIENCE
from videogen_agents_langchain import VideoToolkit
from videogen_agents_openai import video_agent, video_mcp_server

from ..command import COMMAND, environment
from .maker import MAX_CALLS, Maker, Talk


@dataclass(frozen=True)
class Told:
    """What the user is told in the end, and the program's fields of the last result."""

    answer: str
    made_by: list[str]


#: Carries out a brief.
Host = Callable[[str], Awaitable[Told]]
QUIET = RunConfig(tracing_disabled=True)


@asynccontextmanager
async def mcp_host(home: Path, limit: float) -> AsyncGenerator[Host]:
    """A host that starts our server as a process and ends each request after ``limit`` seconds."""
    command, *arguments = COMMAND
    server = StdioServerParameters(command=command, args=[*arguments, "mcp"], env=environment(home), cwd=home.parent)
    async with Client(server, read_timeout_seconds=limit) as client:
        talk = Talk()

        async def host(brief: str) -> Told:
            model = Maker(brief, limit, talk)
            data: dict[str, Any] = {}
            text: str | None = None
            while not isinstance(move := model.step(text), str):
                result = await client.call_tool(move.tool, move.arguments)
                text = "".join(part.text for part in result.content if isinstance(part, TextContent))
                data = result.structured_content or {}
            return Told(move, data["madeBy"])

        yield host


@asynccontextmanager
async def agents_sdk_host(home: Path, limit: float) -> AsyncGenerator[Host]:
    """The ready agent of the Agents SDK; a tool that takes longer than ``limit`` seconds ends the run."""
    async with _toolbox(home) as toolbox:
        agent = video_agent(toolbox=toolbox)
        for tool in agent.tools:
            assert isinstance(tool, FunctionTool)
            tool.timeout_seconds = limit
            tool.timeout_behavior = "raise_exception"
        talk = Talk()
        yield lambda brief: _run(agent, brief, limit, talk)


@asynccontextmanager
async def agents_sdk_mcp_host(home: Path, limit: float) -> AsyncGenerator[Host]:
    """The Agents SDK over our MCP server; it tells the model of a call that took longer than ``limit`` seconds."""
    async with video_mcp_server(call_seconds=limit, use_structured_content=False) as server:
        agent = Agent[Any](name="host", mcp_servers=[server])
        talk = Talk()
        yield lambda brief: _run(agent, brief, limit, talk)


async def _run(agent: Agent[Any], brief: str, limit: float, talk: Talk) -> Told:
    maker = Maker(brief, limit, talk)

    def answer(call: ModelCall) -> Any:
        newest = call.input[-1] if isinstance(call.input, list) else {}
        output = newest.get("output")
        text = output if isinstance(output, str) or output is None else "".join(p.get("text", "") for p in output)
        move = maker.step(text)
        if isinstance(move, str):
            return [assistant_message(move)]
        return [function_call(move.tool, move.arguments, call_id=f"c{len(model.calls)}")]

    model = ScriptedModel([{"responder": answer}] * MAX_CALLS)
    agent.model = model
    result = await Runner.run(agent, brief, max_turns=MAX_CALLS, run_config=QUIET)
    items = [item for item in result.new_items if isinstance(item, ToolCallOutputItem)]
    return Told(str(result.final_output), (items[-1].custom_data or {}).get("madeBy", []))


@asynccontextmanager
async def langchain_host(home: Path, limit: float) -> AsyncGenerator[Host]:
    """A loop over LangChain's messages that cancels a tool after ``limit`` seconds."""
    async with VideoToolkit(_toolbox(home)) as toolkit:
        tools = {tool.name: tool for tool in toolkit.get_tools()}
        talk = Talk()
        yield lambda brief: _loop(tools, brief, limit, talk)


async def _loop(tools: dict[str, BaseTool], brief: str, limit: float, talk: Talk) -> Told:
    maker = Maker(brief, limit, talk)
    message: ToolMessage | None = None
    while True:
        move = maker.step(None if message is None else str(message.content))
        if isinstance(move, str):
            assert message is not None
            return Told(move, message.artifact["madeBy"])
        call = {"type": "tool_call", "id": "1", "name": move.tool, "args": move.arguments}
        async with asyncio.timeout(limit):
            message = await tools[move.tool].ainvoke(AIMessage("", tool_calls=[call]).tool_calls[0])


def _toolbox(home: Path) -> Toolbox:
    settings = load_settings(backend="embedded", home=home, environ={})
    return Toolbox(settings=settings, starting_patience=HOST_PATIENCE)


HOSTS = {
    "mcp": mcp_host,
    "agents sdk": agents_sdk_host,
    "agents sdk over mcp": agents_sdk_mcp_host,
    "langchain": langchain_host,
}
