"""MCP, the OpenAI Agents SDK and LangChain give a model the same tools, the same answers and the same errors."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from agents import ToolOutputText
from agents.strict_schema import ensure_strict_json_schema
from agents.tool_context import ToolContext
from langchain_core.messages import ToolMessage
from mcp_types import TextContent

from mcp import Client
from videogen_agents.tools import Toolbox, listed_tools
from videogen_agents.tools.dialects import strict_schema
from videogen_agents_langchain import VideoToolkit
from videogen_agents_mcp import build_server
from videogen_agents_openai import video_tools

Say = Callable[[str, dict[str, Any]], Awaitable[tuple[str, bool]]]

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("run_workflow", {"workflow": "script_to_video", "script": "Water keeps you sharp."}),
    ("run_workflow", {"workflow": "script_to_video", "script": "Water keeps you sharp."}),
    ("get_job", {"jobId": "vg_work_0001", "waitSeconds": 0}),
    ("find", {"type": "jobs"}),
    ("run_workflow", {"workflow": "script_to_vide", "script": "x"}),
    ("run_workflow", {"workflow": "script_to_video", "script": "x", "visualPase": "FAST"}),
    ("get_job", {"jobId": "vg_work_none"}),
    ("get_job", {}),
]


def openai_call(toolbox: Toolbox) -> Say:
    tools = {tool.name: tool for tool in video_tools(toolbox)}

    async def say(name: str, arguments: dict[str, Any]) -> tuple[str, bool]:
        # The strict dialect sends every field; what the model does not want to say is null.
        properties = tools[name].params_json_schema["properties"]
        text = json.dumps({**dict.fromkeys(properties), **arguments})
        context = ToolContext(context=None, tool_name=name, tool_call_id="1", tool_arguments=text)
        output = await tools[name].on_invoke_tool(context, text)
        first = output[0] if isinstance(output, list) else output
        assert isinstance(first, ToolOutputText)
        return first.text, "_input]" in first.text or "_later]" in first.text or "_user]" in first.text

    return say


def langchain_call(toolbox: Toolbox) -> Say:
    tools = {tool.name: tool for tool in VideoToolkit(toolbox=toolbox).get_tools()}

    async def say(name: str, arguments: dict[str, Any]) -> tuple[str, bool]:
        message = await tools[name].ainvoke({"type": "tool_call", "id": "1", "name": name, "args": arguments})
        assert isinstance(message, ToolMessage)
        assert (message.artifact is None) == (message.status == "error")
        return str(message.content), message.status == "error"

    return say


@asynccontextmanager
async def connected(framework: str, toolbox: Toolbox) -> AsyncGenerator[Say]:
    if framework == "openai":
        yield openai_call(toolbox)
    elif framework == "langchain":
        yield langchain_call(toolbox)
    else:
        async with Client(build_server(toolbox)) as client:

            async def ask(name: str, arguments: dict[str, Any]) -> tuple[str, bool]:
                result = await client.call_tool(name, arguments)
                first = result.content[0]
                assert isinstance(first, TextContent)
                return first.text, bool(result.is_error)

            yield ask


EXPECTED = [
    ("The film started", False),
    ("The film was already started", False),
    ("running: 40 %", False),
    ("1 job", False),
    ("workflow is 'script_to_vide'", True),
    ("Did you mean visualPacing?", True),
    ("There is no job 'vg_work_none'", True),
    ("jobId", True),
]


@pytest.mark.parametrize("framework", ["mcp", "openai", "langchain"])
async def test_every_framework_gives_the_model_the_same_words(framework: str, toolbox: Toolbox) -> None:
    async with connected(framework, toolbox) as say:
        answers = [await say(name, arguments) for name, arguments in CALLS]
    for (text, is_error), (words, expected_error) in zip(answers, EXPECTED, strict=True):
        assert words in text
        assert is_error is expected_error
        assert len(text.splitlines()) <= 3


async def test_every_framework_shows_the_same_names_and_descriptions(toolbox: Toolbox) -> None:
    expected = {tool.name: tool.description for tool in listed_tools()}
    assert {tool.name: tool.description for tool in video_tools(toolbox)} == expected
    assert {tool.name: tool.description for tool in VideoToolkit(toolbox=toolbox).get_tools()} == expected
    async with Client(build_server(toolbox)) as client:
        shown = (await client.list_tools()).tools
    assert {tool.name: tool.description for tool in shown} == expected


@pytest.mark.parametrize("name", [tool.name for tool in listed_tools()])
def test_every_schema_is_strict_as_the_agents_sdk_demands(name: str) -> None:
    tool = next(tool for tool in listed_tools() if tool.name == name)
    strict = strict_schema(tool.input_schema)
    assert ensure_strict_json_schema(json.loads(json.dumps(strict))) == strict


async def test_arguments_that_are_no_json_do_not_end_an_agents_run(toolbox: Toolbox) -> None:
    tool = video_tools(toolbox)[0]
    context = ToolContext(context=None, tool_name=tool.name, tool_call_id="1", tool_arguments="{")
    output = await tool.on_invoke_tool(context, "{")
    assert isinstance(output, ToolOutputText)
    assert "not a JSON object" in output.text


def test_the_langchain_adapter_does_not_import_mcp() -> None:
    code = "import sys, videogen_agents_langchain; sys.exit('mcp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
