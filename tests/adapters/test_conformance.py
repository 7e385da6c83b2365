"""MCP, the OpenAI Agents SDK and LangChain give a model the same tools, the same answers and the same errors."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain_core.utils.function_calling import convert_to_openai_tool

from mcp import Client
from videogen_agents.tools import Surface, listed_tools
from videogen_agents.tools.dialects import strict_schema
from videogen_agents_langchain import VideoToolkit
from videogen_agents_mcp import build_server
from videogen_agents_openai import video_tools

from .doors import DOORS, PICTURE, Answer, Call, answers_of, hosted_toolbox

FILM = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
OTHER_FILM = {"workflow": "script_to_video", "script": "Compost turns peelings into soil."}
WORKS: list[Call] = [
    ("find", {"type": "voices"}),
    ("run_workflow", FILM),
    ("run_workflow", FILM),
    ("get_job", {"jobId": "vg_work_0001", "waitSeconds": 0}),
    ("get_job", {"jobId": "vg_work_0001", "waitSeconds": 0}),
    ("get_job", {"jobId": "vg_work_0001", "waitSeconds": 0}),
    ("inspect_project", {"projectId": "vg_proj_0001"}),
    ("remix_project", {"projectId": "vg_proj_0001", "remixActions": [{"type": "ADD_ZOOM"}]}),
    ("export_project", {"projectId": "vg_proj_0001", "quality": "HIGH"}),
    ("export_project", {"projectId": "vg_proj_0001", "format": "SRT"}),
    ("generate_asset", {"asset": "generate_image", "prompt": "a red kite"}),
    ("run_workflow", OTHER_FILM),
    ("cancel_job", {"jobId": "vg_work_0002"}),
    ("add_file", {"path": PICTURE}),
    ("get_file", {"fileId": "vg_file_0001"}),
    ("get_file", {"fileId": "vg_file_0001", "savePath": "film.mp4"}),
    ("save_entity", {"entityType": "ACTOR", "name": "Ada"}),
    ("find", {"type": "jobs"}),
    ("get_guide", {"topic": "scripts"}),
]
REFUSED: list[Call] = [
    ("run_workflow", {"workflow": "script_to_vide", "script": "x"}),
    ("run_workflow", {**FILM, "visualPase": "FAST"}),
    ("run_workflow", {**FILM, "script": 5}),
    ("run_workflow", {**FILM, "self": "x"}),
    ("remix_project", {"projectId": "vg_proj_none", "remixActions": [{"type": "ADD_ZOOM"}]}),
    ("export_project", {}),
    ("generate_asset", {"asset": "generate_image"}),
    ("get_job", {"jobId": "vg_work_none"}),
    ("get_job", {}),
    ("cancel_job", {"jobId": "vg_proj_0001"}),
    ("add_file", {"path": "/etc/hostname"}),
    ("get_file", {"fileId": "vg_file_none"}),
    ("find", {"type": "voice"}),
    ("inspect_project", {"projectId": "vg_proj_none"}),
    ("save_entity", {"entityId": "vg_enti_none", "name": "Ada"}),
    ("get_guide", {"topic": "script"}),
]
FRAMEWORKS = [door for door in DOORS if door != "table"]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """What the table itself answers."""
    return asyncio.run(answers_of("table", [*WORKS, *REFUSED], tmp_path_factory.mktemp("table") / "work"))


def test_the_calls_reach_every_tool_in_success_and_in_error(expected: list[Answer]) -> None:
    names = {tool.name for tool in listed_tools()}
    assert {name for name, _ in WORKS} == names == {name for name, _ in REFUSED}
    assert [answer.is_error for answer in expected] == [False] * len(WORKS) + [True] * len(REFUSED), expected


@pytest.mark.parametrize("framework", FRAMEWORKS)
async def test_every_framework_gives_the_model_and_the_program_the_same(
    framework: str, expected: list[Answer], tmp_path: Path
) -> None:
    calls = [*WORKS, *REFUSED]
    answers = await answers_of(framework, calls, tmp_path / "work")
    for call, answer, same in zip(calls, answers, expected, strict=True):
        assert (answer.text, answer.is_error) == (same.text, same.is_error), call
        assert answer.data == same.data or (answer.data is None and same.is_error), call
        assert answer.picture == same.picture, call
        assert answer.links == same.links or (not answer.links and (same.is_error or framework == "openai")), call
    assert any(answer.picture for answer in expected) and any(answer.links for answer in expected)


@pytest.mark.parametrize("surface", ["flat", "granular"])
async def test_every_framework_shows_the_same_names_descriptions_and_schemas(surface: Surface, tmp_path: Path) -> None:
    table = {tool.name: tool for tool in listed_tools(surface)}
    toolbox = hosted_toolbox(tmp_path, "http://127.0.0.1:9")
    toolbox.surface = surface
    openai = {tool.name: tool for tool in video_tools(toolbox)}
    langchain = {tool.name: tool for tool in VideoToolkit(toolbox).get_tools()}
    async with Client(build_server(toolbox)) as client:
        mcp = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert list(table) == list(openai) == list(langchain) == list(mcp)
    for name, listed in table.items():
        assert listed.description == openai[name].description == langchain[name].description == mcp[name].description
        assert openai[name].strict_json_schema
        assert openai[name].params_json_schema == strict_schema(listed.input_schema)
        assert langchain[name].args == listed.input_schema.get("properties", {})
        shown: dict[str, Any] = convert_to_openai_tool(langchain[name])["function"]
        assert (shown["name"], shown["parameters"]["properties"]) == (name, listed.input_schema["properties"])
        assert mcp[name].input_schema == listed.input_schema


def test_the_langchain_adapter_does_not_import_mcp() -> None:
    code = "import sys, videogen_agents_langchain; sys.exit('mcp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
