"""The tools inside LangChain: sync and async, artifacts, errors, progress, and a program that just ends."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackHandler, BaseCallbackHandler
from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool

from videogen_agents.errors import InputError
from videogen_agents.testing import FILM_URL, LoopbackServer, ManualClock, ScriptedServer
from videogen_agents.tools import Toolbox, listed_tools
from videogen_agents_langchain import PROGRESS_EVENT, VideoToolError, VideoToolkit

from ..command import environment
from .doors import hosted_toolbox

FILM = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
CLIP = {"workflow": "prompt_to_video_clip", "prompt": "A red kite over a grey sea"}
FOLLOW = {"jobId": "vg_work_0001", "waitSeconds": 45}
NOW = {"jobId": "vg_work_0001", "waitSeconds": 0}


def tools_of(toolkit: VideoToolkit) -> dict[str, BaseTool]:
    return {tool.name: tool for tool in toolkit.get_tools()}


def tool_call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"type": "tool_call", "id": "1", "name": name, "args": arguments}


async def test_a_finished_film_comes_with_words_fields_a_link_and_a_picture(
    toolbox: Toolbox, server: ScriptedServer
) -> None:
    tools = tools_of(VideoToolkit(toolbox))
    await tools["run_workflow"].ainvoke(FILM)
    message = await tools["get_job"].ainvoke(tool_call("get_job", FOLLOW))
    assert isinstance(message, ToolMessage)
    assert FILM_URL in str(message.content)
    assert message.artifact["downloadUrl"] == FILM_URL
    assert [link["mediaType"] for link in message.artifact["links"]] == ["video/mp4"]
    picture = message.artifact["thumbnail"].removeprefix("data:image/jpeg;base64,")
    assert base64.b64decode(picture) == server.thumbnail
    # Checkpointers keep messages as JSON.
    assert json.loads(json.dumps(message.model_dump(mode="json")))["artifact"] == message.artifact


def test_sync_calls_share_one_loop_and_one_client(tmp_path: Path, server: ScriptedServer) -> None:
    server.polls_until_done = 0
    with server.serve() as served:
        toolkit = VideoToolkit(hosted_toolbox(tmp_path, served.url))
        tools = tools_of(toolkit)
        tools["run_workflow"].invoke(FILM)
        film = tools["get_job"].invoke(tool_call("get_job", NOW))
        loops = [thread.name for thread in threading.enumerate() if thread.name == "videogen-calls"]
        toolkit.close()
        assert loops == ["videogen-calls"]
        assert film.artifact["status"] == "succeeded"
        # Closed is not broken: the next call opens again.
        assert "1 job" in tools["find"].invoke({"type": "jobs"})
        toolkit.close()
    assert server.started == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "videogen-calls"]


async def test_a_sync_call_works_inside_a_running_loop(tmp_path: Path, server: ScriptedServer) -> None:
    with server.serve() as served:
        async with VideoToolkit(hosted_toolbox(tmp_path, served.url)) as toolkit:
            tools = tools_of(toolkit)
            assert "The film started" in tools["run_workflow"].invoke(FILM)
            assert "already started" in await tools["run_workflow"].ainvoke(FILM)
    assert server.started == 1


def test_spend_counts_across_sync_and_async(tmp_path: Path, served: LoopbackServer) -> None:
    toolkit = VideoToolkit(hosted_toolbox(tmp_path, served.url), max_spend=5)
    tools = tools_of(toolkit)
    assert "The film started" in tools["run_workflow"].invoke(FILM)

    async def again() -> str:
        text = await tools["run_workflow"].ainvoke({**FILM, "script": "Another film."})
        await toolkit.aclose()
        return text

    assert "spend_cap_reached" in asyncio.run(again())
    assert served.server.started == 1


async def test_an_error_reaches_the_model_and_its_fields_the_program(toolbox: Toolbox) -> None:
    tools = tools_of(VideoToolkit(toolbox))
    message = await tools["get_job"].ainvoke(tool_call("get_job", {"jobId": "vg_work_none"}))
    assert message.status == "error"
    assert "next: " in message.content
    seen: list[VideoToolError] = []

    def handle(error: VideoToolError) -> str:
        seen.append(error)
        return "handled"

    tools["get_job"].handle_tool_error = handle
    assert await tools["get_job"].ainvoke({"jobId": "vg_work_none"}) == "handled"
    assert seen[0].outcome.error is not None
    assert seen[0].outcome.error.kind == "fix_input"


async def test_a_dear_call_says_how_a_person_agrees_to_it(toolbox: Toolbox, server: ScriptedServer) -> None:
    tool = tools_of(VideoToolkit(toolbox))["run_workflow"]
    refused = await tool.ainvoke(CLIP)
    assert "confirmation_required" in refused
    token = refused.rpartition('"confirm": "')[2].partition('"')[0]
    assert server.started == 0
    assert "The film started" in await tool.ainvoke({**CLIP, "confirm": token})
    assert "confirmation_required" in await tool.ainvoke({**CLIP, "prompt": "Two kites", "confirm": token})
    assert server.started == 1


class Progress(BaseCallbackHandler):
    """Keeps the custom events of a run."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def on_custom_event(self, name: str, data: Any, **_: Any) -> None:
        assert name == PROGRESS_EVENT
        self.events.append(data)


class AsyncProgress(AsyncCallbackHandler):
    """The same, for async runs."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    async def on_custom_event(self, name: str, data: Any, **_: Any) -> None:
        assert name == PROGRESS_EVENT
        self.events.append(data)


async def test_progress_is_told_to_the_handlers_of_an_async_run(toolbox: Toolbox) -> None:
    tools = tools_of(VideoToolkit(toolbox))
    handler = AsyncProgress()
    await tools["run_workflow"].ainvoke(FILM)
    await tools["get_job"].ainvoke(FOLLOW, config={"callbacks": [handler]})
    assert handler.events[0] == {"tool": "get_job", "progress": 40.0, "message": "running"}
    streamed = [event async for event in tools["get_job"].astream_events(FOLLOW, version="v2")]
    assert PROGRESS_EVENT in {event["name"] for event in streamed if event["event"] == "on_custom_event"}


def test_progress_is_told_to_the_handlers_of_a_sync_run(tmp_path: Path, served: LoopbackServer) -> None:
    toolkit = VideoToolkit(hosted_toolbox(tmp_path, served.url))
    tools = tools_of(toolkit)
    handler = Progress()
    tools["run_workflow"].invoke(FILM)
    tools["get_job"].invoke(NOW, config={"callbacks": [handler]})
    toolkit.close()
    assert handler.events == [{"tool": "get_job", "progress": 40.0, "message": "running"}]


async def test_cancelling_a_call_leaves_the_job_running(
    toolbox: Toolbox, server: ScriptedServer, clock: ManualClock
) -> None:
    server.stall()
    tools = tools_of(VideoToolkit(toolbox))
    await tools["run_workflow"].ainvoke(FILM)
    waiting = asyncio.Event()

    class Waiting(AsyncCallbackHandler):
        async def on_custom_event(self, name: str, data: Any, **_: Any) -> None:
            waiting.set()

    call = asyncio.create_task(tools["get_job"].ainvoke(FOLLOW, config={"callbacks": [Waiting()]}))
    await waiting.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert server.cancelled == set()


def test_the_same_policy_keywords_hold_as_in_every_framework(toolbox: Toolbox, tmp_path: Path) -> None:
    assert list(tools_of(VideoToolkit(toolbox, tools=["jobs"], exclude=["cancel_job"]))) == ["get_job"]
    with pytest.raises(InputError, match="run_workflo"):
        VideoToolkit(toolbox, tools=["run_workflo"])
    granular = VideoToolkit(Toolbox(settings=toolbox.settings, surface="granular"))
    assert list(tools_of(granular)) == [tool.name for tool in listed_tools("granular")]


def test_a_rule_can_be_made_of_what_a_tool_does(toolbox: Toolbox) -> None:
    tools = tools_of(VideoToolkit(toolbox))
    assert {name for name, tool in tools.items() if (tool.metadata or {})["read_only"]} >= {"find", "get_guide"}
    assert (tools["run_workflow"].metadata or {})["paid"] is True


def test_a_program_that_closes_nothing_ends_by_itself(tmp_path: Path) -> None:
    code = (
        "from videogen_agents_langchain import VideoToolkit\n"
        "tools = {tool.name: tool for tool in VideoToolkit().get_tools()}\n"
        "print(tools['find'].invoke({'type': 'voices', 'query': 'flite'}).partition(' ')[0])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path / "home"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "4", "")
