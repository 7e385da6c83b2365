"""Every answer fits the schema that hosts were shown, suffices without it, and never shows failure as success."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from videogen_agents.tools import Policy, Toolbox, ToolOutcome, call_tool, listed_tools
from videogen_agents.tools.job_tools import JobResult
from videogen_agents.tools.remix_tools import EXAMPLES
from videogen_agents.tools.result import NextCall
from videogen_agents.tools.workflow_tools import WORKFLOWS

from ..scripted_server import ScriptedServer

SHOWN = {tool.name: dict(tool.result_schema) for tool in listed_tools()}
FILM = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
PROJECT = {"projectId": "vg_proj_0001"}
CALLS: list[tuple[str, dict[str, Any]]] = [
    *[("run_workflow", {"workflow": name, **example}) for name, example in WORKFLOWS.examples.items()],
    *[("remix_project", {**PROJECT, "remixActions": [{"type": kind.value, **EXAMPLES[kind]}]}) for kind in EXAMPLES],
    ("export_project", PROJECT),
    ("export_project", {**PROJECT, "format": "OTIO"}),
    ("generate_asset", {"asset": "generate_image", "prompt": "A kite", "numResults": 3}),
    ("get_job", {"jobId": "vg_work_0001", "waitSeconds": 0}),
    ("get_job", {"jobId": "vg_work_0001", "waitSeconds": 45}),
    ("add_file", {"url": "https://example.org/a.mp4"}),
    ("get_file", {"fileId": "vg_file_0001"}),
    ("get_file", {"fileId": "vg_file_0001", "savePath": "film.mp4"}),
    ("find", {"type": "voices"}),
    ("find", {"type": "jobs"}),
    ("inspect_project", PROJECT),
    ("save_entity", {"entityType": "ACTOR", "name": "Ada"}),
    ("get_guide", {}),
    ("get_guide", {"topic": "scripts"}),
    ("cancel_job", {"jobId": "vg_work_0001"}),
]


def check(name: str, outcome: ToolOutcome) -> dict[str, Any]:
    """What a host does with a result: structured content without nulls, against the schema it was shown, closed."""
    data = outcome.data.model_dump(mode="json", by_alias=True, exclude_none=True)
    closed = {**SHOWN[name], "additionalProperties": False}
    jsonschema.validate(data, closed)
    return data


@pytest.fixture
async def box(toolbox: Toolbox) -> AsyncIterator[Toolbox]:
    toolbox.policy = Policy(confirm_above=10_000)
    await call_tool(toolbox, "run_workflow", FILM)
    yield toolbox


@pytest.mark.parametrize(("name", "arguments"), CALLS, ids=[f"{name}-{index}" for index, (name, _) in enumerate(CALLS)])
async def test_a_real_result_has_the_declared_fields_and_a_short_text(
    name: str, arguments: dict[str, Any], box: Toolbox, server: ScriptedServer
) -> None:
    await call_tool(box, "get_job", {"jobId": "vg_work_0001", "waitSeconds": 45})
    outcome = await call_tool(box, name, arguments)
    assert not outcome.is_error, outcome.text
    data = check(name, outcome)
    if name != "get_guide":
        assert len(outcome.text.splitlines()) <= 3
        for key, value in data.items():
            # Hosts drop structured content: an id that is only there would be lost.
            if key.endswith("Id") and value:
                assert str(value) in outcome.text, key
    if "next" in data:
        following = NextCall.model_validate(data["next"])
        assert following.tool in SHOWN and isinstance(json.loads(following.arguments), dict)
        assert following.tool in outcome.text


@given(
    status=st.sampled_from(["pending", "running", "succeeded", "failed", "cancelled", "awaiting_approval"]),
    polls=st.integers(0, 3),
    wait=st.sampled_from([0, 1, 45]),
    kind=st.sampled_from(["workflow_run", "export", "tool_execution", "remix_action", "timeline_interchange"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_job_is_shown_as_succeeded_only_when_it_did(
    status: str, polls: int, wait: int, kind: str, box: Toolbox, server: ScriptedServer
) -> None:
    server.polls_until_done, server.final_status = 0, "succeeded"
    starts: dict[str, tuple[str, dict[str, Any]]] = {
        "workflow_run": ("run_workflow", FILM),
        "export": ("export_project", PROJECT),
        "tool_execution": ("generate_asset", {"asset": "generate_music", "prompt": "piano"}),
        "remix_action": ("remix_project", {**PROJECT, "remixActions": ["ADD_ZOOM"]}),
        "timeline_interchange": ("export_project", {**PROJECT, "format": "SRT"}),
    }
    tool, arguments = starts[kind]
    started = (await call_tool(box, tool, {**arguments, "new": True})).data.model_dump(by_alias=True)
    server.polls_until_done, server.final_status = polls, status
    outcome = await call_tool(box, "get_job", {**json.loads(started["next"]["arguments"]), "waitSeconds": wait})
    if outcome.is_error:
        assert status in ("failed", "cancelled", "awaiting_approval")
        assert "succeeded" not in outcome.text and started["jobId"] in outcome.text
    else:
        data = check("get_job", outcome)
        assert outcome.text.startswith("succeeded") == (data["status"] == "succeeded")
        assert isinstance(outcome.data, JobResult)
        if data["status"] != "succeeded":
            assert not outcome.links and "next" in data
