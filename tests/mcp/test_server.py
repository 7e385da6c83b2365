"""The tools as an MCP host sees them, in the era of handshakes and in the one after it."""

from __future__ import annotations

import asyncio
import base64
import itertools
from typing import Any, Literal

import jsonschema
import pytest
from mcp_types import CallToolResult, ImageContent, ResourceLink, TextContent

from mcp import Client
from videogen_agents import __version__
from videogen_agents.tools import TOOLS, Policy, Toolbox
from videogen_agents_mcp import build_server

from ..scripted_server import FILM_URL, ScriptedServer

Era = Literal["auto", "legacy"]
BOTH_ERAS = pytest.mark.parametrize("era", ["auto", "legacy"])
ERROR_META = "videogen-agents/error"
FILM = {"workflow": "script_to_video", "script": "Water keeps you sharp. Drink a glass now."}
JOB = "vg_work_0001"


def text_of(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


@BOTH_ERAS
async def test_a_host_sees_the_table_with_its_version_and_true_hints(era: Era, toolbox: Toolbox) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert client.server_info.name == "videogen-agents"
        assert client.server_info.version == __version__
    assert list(listed) == [spec.name for spec in TOOLS]
    for spec in TOOLS:
        tool = listed[spec.name]
        assert tool.input_schema == spec.schema
        assert tool.output_schema is not None and tool.output_schema["additionalProperties"] is True
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is spec.flags.read_only
        assert tool.annotations.destructive_hint is spec.flags.destructive
        assert tool.annotations.idempotent_hint is spec.flags.idempotent
        assert tool.annotations.open_world_hint is spec.flags.open_world


@BOTH_ERAS
async def test_a_film_is_started_followed_and_linked(era: Era, toolbox: Toolbox, server: ScriptedServer) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        started = await client.call_tool("run_workflow", FILM)
        assert not started.is_error
        assert started.structured_content is not None
        finished = await client.call_tool("get_job", {"jobId": started.structured_content["jobId"], "waitSeconds": 45})
    assert not finished.is_error, text_of(finished)
    links = [part for part in finished.content if isinstance(part, ResourceLink)]
    assert [str(link.uri) for link in links] == [FILM_URL]
    assert links[0].mime_type == "video/mp4"
    images = [part for part in finished.content if isinstance(part, ImageContent)]
    assert base64.b64decode(images[0].data) == server.thumbnail
    assert FILM_URL in text_of(finished)
    assert server.started == 1


@BOTH_ERAS
async def test_every_structured_result_holds_exactly_what_its_schema_declares(
    era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("run_workflow", FILM),
        ("run_workflow", {**FILM, "quality": "MAX"}),
        ("get_job", {"jobId": JOB, "waitSeconds": 0}),
        ("get_job", {"jobId": JOB, "waitSeconds": 45}),
        ("cancel_job", {"jobId": JOB}),
        ("export_project", {"projectId": "vg_proj_0001"}),
        ("get_job", {"jobId": "vg_expo_0001", "waitSeconds": 0}),
        ("get_job", {"jobId": "vg_expo_0001", "waitSeconds": 45}),
        ("get_file", {"fileId": "vg_file_0001"}),
        ("get_file", {"fileId": "vg_file_0001", "savePath": "film.mp4"}),
        *(("find", {"type": kind}) for kind in ("projects", "jobs", "files", "voices", "languages")),
        ("find", {"type": "voices", "query": "nobody at all"}),
    ]
    async with Client(build_server(toolbox), mode=era) as client:
        schemas = {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}
        for name, arguments in calls:
            result = await client.call_tool(name, arguments)
            assert not result.is_error, text_of(result)
            schema = schemas[name]
            assert schema is not None
            jsonschema.validate(result.structured_content, schema)
            closed = {**schema, "additionalProperties": False}
            jsonschema.validate(result.structured_content, closed)
            assert len(text_of(result).splitlines()) <= 3


@BOTH_ERAS
@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("run_workflow", {**FILM, "scrpt": "x"}, "fix_input"),
        ("run_workflow", {**FILM, "script": "Water.\x00"}, "fix_input"),
        ("run_workflow", {"workflow": "script_to_video"}, "fix_input"),
        ("run_workflow", {}, "fix_input"),
        ("get_job", {"jobId": "vg_proj_0001"}, "fix_input"),
        ("get_job", {"jobId": 5}, "fix_input"),
        ("get_file", {"fileId": "vg_file_none"}, "fix_input"),
        ("run_workflo", FILM, "fix_input"),
        ("find", {"type": "voice"}, "fix_input"),
    ],
)
async def test_a_refused_call_says_what_kind_of_error_it_is_and_what_to_do(
    name: str, arguments: dict[str, Any], kind: str, era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        result = await client.call_tool(name, arguments)
    assert result.is_error
    said = text_of(result)
    assert kind in said and "next: " in said
    assert "Error executing tool" not in said and "pydantic" not in said
    assert len(said.splitlines()) <= 3
    # Hosts check structured content against the tool's schema even for errors, and would hide the error itself.
    assert result.structured_content is None
    assert result.meta is not None and result.meta[ERROR_META]["kind"] == kind
    assert server.started == 0


@BOTH_ERAS
@pytest.mark.parametrize("status", ["failed", "cancelled", "awaiting_approval"])
async def test_a_job_that_did_not_succeed_is_an_error(
    status: str, era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    server.final_status = status
    async with Client(build_server(toolbox), mode=era) as client:
        await client.call_tool("run_workflow", FILM)
        result = await client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45})
    assert result.is_error
    assert "succeeded" not in text_of(result)
    assert not [part for part in result.content if isinstance(part, ResourceLink)]


@BOTH_ERAS
async def test_progress_rises_on_a_clock_and_never_claims_the_end(
    era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    server.polls_until_done = 15
    seen: list[float] = []
    messages: set[str | None] = set()

    async def note(progress: float, total: float | None, message: str | None) -> None:
        assert total == 100
        seen.append(progress)
        messages.add(message)

    async with Client(build_server(toolbox, progress_seconds=0), mode=era) as client:
        await client.call_tool("run_workflow", FILM)
        await client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45}, progress_callback=note)
    assert len(seen) >= 3
    assert all(later > earlier for earlier, later in itertools.pairwise(seen))
    assert seen[-1] < 100
    assert "running" in messages


@BOTH_ERAS
async def test_cancelling_a_call_leaves_the_job_running(era: Era, toolbox: Toolbox, server: ScriptedServer) -> None:
    server.polls_until_done = 1_000_000
    waiting = asyncio.Event()

    async def note(progress: float, total: float | None, message: str | None) -> None:
        waiting.set()

    async with Client(build_server(toolbox, progress_seconds=0), mode=era) as client:
        await client.call_tool("run_workflow", FILM)
        call = asyncio.create_task(
            client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45}, progress_callback=note)
        )
        await waiting.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        state = await client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 0})
    assert text_of(state).startswith("running")
    assert not any("cancel" in request for request in server.requests)


@BOTH_ERAS
async def test_a_read_only_server_shows_only_what_changes_nothing(era: Era, toolbox: Toolbox) -> None:
    toolbox.policy = Policy(read_only=True)
    async with Client(build_server(toolbox), mode=era) as client:
        tools = (await client.list_tools()).tools
        refused = await client.call_tool("run_workflow", FILM)
    assert {tool.name for tool in tools} == {"get_job", "get_file", "find", "inspect_project", "get_guide"}
    assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools)
    assert refused.is_error and "ask_user" in text_of(refused)


@BOTH_ERAS
async def test_arguments_encoded_twice_are_understood(era: Era, toolbox: Toolbox, server: ScriptedServer) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        result = await client.call_tool("run_workflow", {**FILM, "aspectRatio": '{"width": 9, "height": 16}'})
    assert not result.is_error, text_of(result)
    assert server.runs[0]["body"]["aspectRatio"] == {"width": 9, "height": 16}
