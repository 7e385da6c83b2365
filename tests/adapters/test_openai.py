"""The tools inside the OpenAI Agents SDK: what its runs, its approvals and its programs get."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from agents import Agent, Runner, RunResult, ToolOutputImage, ToolOutputText
from agents.items import ToolCallOutputItem
from agents.strict_schema import ensure_strict_json_schema
from agents.testing import ScriptedModel, assistant_message, function_call
from agents.tool_context import ToolContext

from videogen_agents.errors import InputError
from videogen_agents.guides import read_guide
from videogen_agents.testing import FILM_URL, ScriptedServer, scripted_client, scripted_toolbox
from videogen_agents.tools import Policy, Toolbox, call_tool, listed_tools
from videogen_agents_openai import video_agent, video_mcp_server, video_tools

from ..command import environment
from .doors import QUIET

FILM = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
FOLLOW = {"jobId": "vg_work_0001", "waitSeconds": 45}
CLIP = {"workflow": "prompt_to_video_clip", "prompt": "A red kite over a grey sea"}


def model_that_calls(*calls: tuple[str, dict[str, Any]]) -> ScriptedModel:
    steps = [[function_call(name, arguments, call_id=f"c{n}")] for n, (name, arguments) in enumerate(calls)]
    return ScriptedModel([*steps, [assistant_message("done")]])


async def run(
    toolbox: Toolbox | None, *calls: tuple[str, dict[str, Any]], context: object = None, **options: Any
) -> RunResult:
    agent = Agent[Any](name="maker", model=model_that_calls(*calls), tools=[*video_tools(toolbox, **options)])
    return await Runner.run(agent, "go", context=context, run_config=QUIET)


def outputs(result: RunResult) -> list[ToolCallOutputItem]:
    return [item for item in result.new_items if isinstance(item, ToolCallOutputItem)]


def text_of(item: ToolCallOutputItem) -> str:
    first = item.output[0] if isinstance(item.output, list) else item.output
    assert isinstance(first, ToolOutputText)
    return first.text


async def test_a_finished_film_is_told_shown_and_handed_to_the_program(
    toolbox: Toolbox, server: ScriptedServer
) -> None:
    film = outputs(await run(toolbox, ("run_workflow", FILM), ("get_job", FOLLOW)))[-1]
    assert FILM_URL in text_of(film)
    assert isinstance(film.output, list)
    image = film.output[1]
    assert isinstance(image, ToolOutputImage) and image.image_url is not None
    assert base64.b64decode(image.image_url.removeprefix("data:image/jpeg;base64,")) == server.thumbnail
    assert film.custom_data is not None
    assert film.custom_data["downloadUrl"] == FILM_URL
    # The model is sent the words and the picture, and nothing of the program's fields.
    assert isinstance(film.raw_item, dict)
    assert [part["type"] for part in film.raw_item["output"]] == ["input_text", "input_image"]
    assert "madeBy" not in json.dumps(film.raw_item)


async def test_results_are_json_where_a_program_reads_the_text(toolbox: Toolbox) -> None:
    started = outputs(await run(toolbox, ("run_workflow", FILM), results="json"))[0]
    said = json.loads(text_of(started))
    assert said["jobId"] == "vg_work_0001" and said["text"].startswith("The film started")
    refused = outputs(await run(toolbox, ("get_job", {"jobId": "vg_work_none"}), results="json"))[0]
    assert json.loads(text_of(refused))["kind"] == "fix_input"


async def test_a_call_that_costs_waits_for_approval_and_then_runs_once(
    toolbox: Toolbox, server: ScriptedServer
) -> None:
    model = model_that_calls(("run_workflow", FILM), ("run_workflow", CLIP), ("find", {"type": "jobs"}))
    agent = Agent[Any](name="maker", model=model, tools=[*video_tools(toolbox)])
    first = await Runner.run(agent, "go", run_config=QUIET)
    assert [item.name for item in first.interruptions] == ["run_workflow"]
    assert [run["body"].get("script") for run in server.runs] == [FILM["script"]]
    state = first.to_state()
    state.approve(first.interruptions[0])
    second = await Runner.run(agent, state, run_config=QUIET)
    assert not second.interruptions
    assert [run["body"].get("prompt") for run in server.runs] == [None, CLIP["prompt"]]
    assert "The film started" in text_of(outputs(second)[-2])


async def test_a_call_that_was_rejected_starts_nothing(toolbox: Toolbox, server: ScriptedServer) -> None:
    model = model_that_calls(("run_workflow", CLIP))
    agent = Agent[Any](name="maker", model=model, tools=[*video_tools(toolbox)])
    first = await Runner.run(agent, "go", run_config=QUIET)
    state = first.to_state()
    state.reject(first.interruptions[0])
    second = await Runner.run(agent, state, run_config=QUIET)
    assert second.final_output == "done"
    assert server.started == 0


@pytest.mark.parametrize(("limit", "asks"), [(4, True), (5, False)])
async def test_approval_begins_above_the_limit(limit: int, asks: bool, toolbox: Toolbox) -> None:
    result = await run(toolbox, ("run_workflow", FILM), approve_above=limit)
    assert bool(result.interruptions) is asks


async def test_what_was_not_approved_by_the_sdk_does_not_pass_the_table_either(
    toolbox: Toolbox, server: ScriptedServer
) -> None:
    tool = next(tool for tool in video_tools(toolbox) if tool.name == "run_workflow")
    arguments = json.dumps(CLIP)
    context = ToolContext(context=None, tool_name=tool.name, tool_call_id="c1", tool_arguments=arguments)
    output = await tool.on_invoke_tool(context, arguments)
    assert isinstance(output, ToolOutputText)
    assert "confirmation_required" in output.text
    assert server.started == 0


async def test_the_spend_cap_holds_whatever_was_approved(toolbox: Toolbox, server: ScriptedServer) -> None:
    model = model_that_calls(("run_workflow", CLIP))
    agent = Agent[Any](name="maker", model=model, tools=[*video_tools(toolbox, max_spend=19)])
    first = await Runner.run(agent, "go", run_config=QUIET)
    state = first.to_state()
    state.approve(first.interruptions[0])
    second = await Runner.run(agent, state, run_config=QUIET)
    assert "spend_cap_reached" in text_of(outputs(second)[-1])
    assert server.started == 0


async def test_nobody_is_asked_where_nothing_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tools = video_tools(tools=["films", "assets", "edits"])
    assert [tool.needs_approval for tool in tools] == [False] * len(tools)


@dataclass
class AppContext:
    """A context as applications have them."""

    user: str
    toolbox: Toolbox | None = None


@pytest.mark.parametrize("shape", ["toolbox", "client", "attribute", "mapping"])
async def test_the_runs_own_client_is_used_instead(shape: str, tmp_path: Path, toolbox: Toolbox) -> None:
    theirs = ScriptedServer()
    client = scripted_client(tmp_path / "theirs", theirs)
    async with Toolbox(settings=client.settings, client=client) as carried:
        context = {
            "toolbox": carried,
            "client": client,
            "attribute": AppContext("Ada", carried),
            "mapping": {"user": "Ada", "video_client": client},
        }[shape]
        await run(toolbox, ("run_workflow", FILM), ("get_job", FOLLOW), context=context)
    assert theirs.started == 1
    assert toolbox.session.client is not None
    assert (await toolbox.session.client.runs()).workflow_runs == []


async def test_a_context_without_a_client_uses_the_tools_own(toolbox: Toolbox, server: ScriptedServer) -> None:
    await run(toolbox, ("run_workflow", FILM), context=AppContext("Ada"))
    assert server.started == 1


async def test_a_client_in_the_context_cannot_loosen_the_tools_policy(tmp_path: Path, toolbox: Toolbox) -> None:
    theirs = ScriptedServer(polls_until_done=0)
    async with scripted_toolbox(tmp_path / "theirs", theirs) as carried:
        await call_tool(carried, "run_workflow", FILM)
        await call_tool(carried, "get_job", FOLLOW)
        save = ("get_file", {"fileId": "vg_file_0001", "savePath": "film.mp4"})
        refused = outputs(await run(toolbox, save, context=carried, read_only=True))[0]
        nothing = outputs(await run(toolbox, ("find", {"type": "jobs"}), context={"toolbox": carried}, tools=["find"]))
        carried.policy = Policy(exclude=frozenset({"find"}))
        none_left = outputs(await run(toolbox, ("find", {"type": "jobs"}), context=carried, tools=["find"]))[0]
    assert "tool_not_allowed" in text_of(refused)
    assert "1 job" in text_of(nothing[0])
    assert "no_tools" in text_of(none_left)


@pytest.mark.parametrize("arguments", ["{", "", "[]", "5", "null", '"text"', '{"a":1}{', "[" * 5000, "\ud800"])
async def test_arguments_that_are_no_object_do_not_end_a_run(arguments: str, toolbox: Toolbox) -> None:
    tool = next(tool for tool in video_tools(toolbox) if tool.name == "get_job")
    context = ToolContext(context=None, tool_name=tool.name, tool_call_id="1", tool_arguments=arguments)
    output = await tool.on_invoke_tool(context, arguments)
    assert isinstance(output, ToolOutputText)
    assert "fix_input" in output.text and "next: " in output.text


class Broken:
    @property
    def toolbox(self) -> Toolbox:
        raise RuntimeError("a secret")


async def test_a_context_that_breaks_does_not_end_a_run(toolbox: Toolbox, caplog: pytest.LogCaptureFixture) -> None:
    result = outputs(await run(toolbox, ("find", {"type": "jobs"}), context=Broken()))[0]
    assert "bug" in text_of(result) and "a secret" not in text_of(result)
    assert "a secret" in caplog.text


async def test_cancelling_a_run_leaves_the_job_running(toolbox: Toolbox, server: ScriptedServer) -> None:
    server.stall()
    waiting = asyncio.Event()
    tools = video_tools(toolbox, on_progress=lambda _percent, _message: waiting.set())
    agent = Agent[Any](name="m", model=model_that_calls(("run_workflow", FILM), ("get_job", FOLLOW)), tools=[*tools])
    going = asyncio.create_task(Runner.run(agent, "go", run_config=QUIET))
    await waiting.wait()
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert server.cancelled == set()


def test_a_name_that_no_tool_has_is_refused_at_once(tmp_path: Path, toolbox: Toolbox) -> None:
    with pytest.raises(InputError, match="run_workflo"):
        video_tools(toolbox, tools=["run_workflo"])
    with pytest.raises(InputError, match="flat tools"):
        video_tools(toolbox, granular=True)


def test_a_policy_is_only_ever_tightened(toolbox: Toolbox) -> None:
    toolbox.policy = Policy(exclude=frozenset({"jobs"}), max_spend=5, confirm_above=2)
    named = video_tools(toolbox, tools=["find", "jobs"])
    assert [tool.name for tool in named] == ["find"]
    assert {tool.name for tool in video_tools(toolbox, read_only=True)}.isdisjoint({"run_workflow", "get_job"})


def test_the_granular_tools_are_given_when_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    names = [tool.name for tool in video_tools(granular=True)]
    assert names == [tool.name for tool in listed_tools("granular")]


async def test_the_ready_agent_knows_the_guides_and_makes_a_film(toolbox: Toolbox, server: ScriptedServer) -> None:
    model = model_that_calls(("run_workflow", FILM), ("get_job", FOLLOW))
    agent = video_agent(model, toolbox=toolbox)
    result = await Runner.run(agent, "a film about water", run_config=QUIET)
    assert result.final_output == "done"
    assert server.started == 1
    said = model.calls[0].system_instructions
    assert said is not None
    assert read_guide("getting-started").strip() in said
    assert "`styles`:" in said


def test_the_ready_agent_takes_what_an_agent_takes(toolbox: Toolbox) -> None:
    more = video_tools(toolbox, tools=["find"])
    agent = video_agent("any-model", toolbox=toolbox, name="Film crew", instructions="Speak German.", tools=more)
    assert agent.name == "Film crew"
    assert isinstance(agent.instructions, str) and agent.instructions.startswith("Speak German.")
    assert len(agent.tools) == len(toolbox.tools()) + 1
    assert video_agent(toolbox=toolbox, instructions=None).instructions is None


@pytest.mark.parametrize("surface", ["flat", "granular"])
def test_every_schema_is_strict_as_the_sdk_demands(surface: Any, tmp_path: Path, toolbox: Toolbox) -> None:
    toolbox.surface = surface
    for tool in video_tools(toolbox):
        schema = json.loads(json.dumps(tool.params_json_schema))
        assert ensure_strict_json_schema(schema) == tool.params_json_schema


async def test_our_server_answers_the_sdk_within_a_time_limit_that_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: ScriptedServer
) -> None:
    server.polls_until_done = 0
    with server.serve() as served:
        for name, value in environment(tmp_path / "home").items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("VIDEOGEN_API_KEY", "sk_test")
        monkeypatch.setenv("VIDEOGEN_BASE_URL", served.url)
        async with video_mcp_server("--tools", "films,jobs") as mcp_server:
            assert mcp_server.client_session_timeout_seconds == 60
            agent = Agent[Any](
                name="maker",
                model=model_that_calls(("run_workflow", FILM), ("get_job", FOLLOW)),
                mcp_servers=[mcp_server],
                mcp_config={"convert_schemas_to_strict": True},
            )
            result = await Runner.run(agent, "go", run_config=QUIET)
            tools = [tool.name for tool in await mcp_server.list_tools()]
    assert tools == ["run_workflow", "export_project", "get_job", "cancel_job"]
    assert "film.mp4" in json.dumps(outputs(result)[-1].raw_item)
    assert server.started == 1
    assert sys.executable in str(mcp_server.params.command)
