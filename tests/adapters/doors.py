"""The ways in: the same tool calls through the table itself and through each framework, as its users make them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio.to_thread
from agents import Agent, RunConfig, Runner, ToolOutputText
from agents.items import ToolCallOutputItem
from agents.testing import ScriptedModel, assistant_message, function_call
from langchain_core.messages import ToolMessage
from mcp_types import ImageContent, ResourceLink, TextContent

from mcp import Client
from videogen_agents.config import load_settings
from videogen_agents.testing import ScriptedServer
from videogen_agents.tools import Toolbox, call_tool
from videogen_agents_langchain import VideoToolkit
from videogen_agents_mcp import build_server
from videogen_agents_openai import video_tools

Call = tuple[str, dict[str, Any]]
QUIET = RunConfig(tracing_disabled=True)
ERROR_META = "videogen-agents/error"
#: A file that calls may add, in the output folder.
PICTURE = "kite.png"


@dataclass(frozen=True)
class Answer:
    """What the model reads and sees, whether it is an error, what a program reads, and the files it is pointed to.

    LangChain keeps no data for errors, the Agents SDK no links: there they are None.
    """

    text: str
    is_error: bool
    data: dict[str, Any] | None
    picture: bytes | None = None
    links: list[str] | None = None


def hosted_toolbox(folder: Path, url: str) -> Toolbox:
    """The tools over a hosted server at ``url``, with its ledger and files in ``folder``."""
    settings = load_settings(
        api_key="sk_test", base_url=url, home=folder / "home", output_dir=folder / "videos", environ={}
    )
    return Toolbox(settings=settings)


async def through_table(toolbox: Toolbox, calls: Sequence[Call]) -> list[Answer]:
    outcomes = [await call_tool(toolbox, name, arguments) for name, arguments in calls]
    return [
        Answer(
            one.text,
            one.is_error,
            one.data.model_dump(mode="json", by_alias=True, exclude_none=True),
            one.thumbnail.data if one.thumbnail else None,
            [link.uri for link in one.links],
        )
        for one in outcomes
    ]


async def through_mcp(toolbox: Toolbox, calls: Sequence[Call]) -> list[Answer]:
    answers: list[Answer] = []
    async with Client(build_server(toolbox)) as client:
        for name, arguments in calls:
            result = await client.call_tool(name, arguments)
            first = result.content[0]
            assert isinstance(first, TextContent)
            data = result.meta[ERROR_META] if result.is_error and result.meta else result.structured_content
            pictures = [b64decode(part.data) for part in result.content if isinstance(part, ImageContent)]
            links = [str(part.uri) for part in result.content if isinstance(part, ResourceLink)]
            answers.append(Answer(first.text, bool(result.is_error), data, next(iter(pictures), None), links))
    return answers


async def through_openai(toolbox: Toolbox, calls: Sequence[Call]) -> list[Answer]:
    """A whole run of the SDK: its model asks for one call after the other."""
    tools = video_tools(toolbox)
    # A strict schema makes the model send every field; what it does not want to say is null.
    fields = {tool.name: tool.params_json_schema["properties"] for tool in tools}
    asked = [(name, {**dict.fromkeys(fields[name]), **arguments}) for name, arguments in calls]
    steps = [[function_call(name, arguments, call_id=f"c{n}")] for n, (name, arguments) in enumerate(asked)]
    model = ScriptedModel([*steps, [assistant_message("done")]])
    agent = Agent[Any](name="maker", model=model, tools=[*tools])
    result = await Runner.run(agent, "go", max_turns=len(calls) + 1, run_config=QUIET)
    model.assert_complete()
    items = [item for item in result.new_items if isinstance(item, ToolCallOutputItem)]
    answers: list[Answer] = []
    for item in items:
        first, *images = item.output if isinstance(item.output, list) else [item.output]
        assert isinstance(first, ToolOutputText)
        assert item.custom_data is not None
        is_error = {"code", "kind", "message"} <= set(item.custom_data)
        picture = _bytes_in(images[0].image_url) if images else None
        answers.append(Answer(first.text, is_error, item.custom_data, picture))
    return answers


async def through_langchain(toolbox: Toolbox, calls: Sequence[Call]) -> list[Answer]:
    tools = {tool.name: tool for tool in VideoToolkit(toolbox).get_tools()}
    return [_message(await tools[name].ainvoke(_tool_call(name, arguments))) for name, arguments in calls]


async def through_langchain_sync(toolbox: Toolbox, calls: Sequence[Call]) -> list[Answer]:
    toolkit = VideoToolkit(toolbox)
    tools = {tool.name: tool for tool in toolkit.get_tools()}

    def all_calls() -> list[Answer]:
        return [_message(tools[name].invoke(_tool_call(name, arguments))) for name, arguments in calls]

    answers = await anyio.to_thread.run_sync(all_calls)
    await toolkit.aclose()
    return answers


def _tool_call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"type": "tool_call", "id": "1", "name": name, "args": arguments}


def _message(message: object) -> Answer:
    assert isinstance(message, ToolMessage)
    text = str(message.content)
    if message.artifact is None:
        return Answer(text, message.status == "error", None)
    json.dumps(message.artifact)
    data = {key: value for key, value in message.artifact.items() if key not in ("links", "thumbnail")}
    links = [link["uri"] for link in message.artifact.get("links", [])]
    return Answer(text, message.status == "error", data, _bytes_in(message.artifact.get("thumbnail")), links)


def _bytes_in(data_url: str | None) -> bytes | None:
    return b64decode(data_url.partition(";base64,")[2]) if data_url else None


DOORS = {
    "table": through_table,
    "mcp": through_mcp,
    "openai": through_openai,
    "langchain": through_langchain,
    "langchain sync": through_langchain_sync,
}


async def answers_of(door: str, calls: Sequence[Call], folder: Path) -> list[Answer]:
    """The calls through one door to a server of its own. Paths and origins, which differ, are named alike."""
    server = ScriptedServer()
    (folder / "videos").mkdir(parents=True)
    (folder / "videos" / PICTURE).write_bytes(b"\x89PNG\r\n\x1a\n" + b"picture" * 10)
    with server.serve() as served:
        async with hosted_toolbox(folder, served.url) as toolbox:
            answers = await DOORS[door](toolbox, calls)
        known = {str(folder): "FOLDER", served.url: "ORIGIN"}
    return [_renamed(answer, known) for answer in answers]


def _renamed(answer: Answer, known: dict[str, str]) -> Answer:
    told = json.dumps([answer.text, answer.data, answer.links])
    for value, name in known.items():
        told = told.replace(value, name)
    text, data, links = json.loads(told)
    return Answer(text, answer.is_error, data, answer.picture, links)
