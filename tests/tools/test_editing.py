"""Edits: every action of the contract, in the short forms that models are shown, each once and in order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from videogen_agents.contract import RemixActionType
from videogen_agents.tools import Policy
from videogen_agents.tools.remix_tools import EXAMPLES

from ..scripted_server import ScriptedServer
from .conftest import Call

SCRIPT = "Water keeps you sharp. Drink a glass now."
PROJECT = "vg_proj_0001"
#: Agrees to everything, so that a test sees the edit and not the question.
AGREED = Policy(confirm_above=1000)


@pytest.fixture(autouse=True)
async def film(call: Call) -> None:
    await call("run_workflow", policy=AGREED, workflow="script_to_video", script=SCRIPT)


def sent(server: ScriptedServer) -> list[dict[str, Any]]:
    return [action for remix in server.remixes for action in remix["body"]["remixActions"]]


@pytest.mark.parametrize("kind", list(RemixActionType), ids=[kind.value for kind in RemixActionType])
async def test_every_action_of_the_contract_can_be_started_and_followed(
    kind: RemixActionType, call: Call, server: ScriptedServer
) -> None:
    action = {"type": kind.value, **EXAMPLES[kind]}
    outcome = await call("remix_project", projectId=PROJECT, remixActions=[action])
    assert not outcome.is_error, outcome.text
    assert len(outcome.text.splitlines()) <= 3
    data = outcome.data.model_dump(by_alias=True)
    assert data["kind"] == "remix_action" and data["projectId"] == PROJECT
    followed = await call("get_job", **json.loads(data["next"]["arguments"]), waitSeconds=45)
    assert followed.text.startswith(f"succeeded: project {PROJECT} is edited")
    assert "export_project" in followed.text


async def test_several_edits_run_in_order_and_the_last_one_is_followed(call: Call, server: ScriptedServer) -> None:
    outcome = await call(
        "remix_project",
        projectId=PROJECT,
        remixActions=["ADD_ZOOM", {"type": "resize_project", "aspectRatio": "vertical"}, {"type": "DISABLE_CAPTIONS"}],
    )
    data = outcome.data.model_dump(by_alias=True)
    assert [str(action["type"]) for action in server.remix_actions] == [
        "ADD_ZOOM",
        "RESIZE_PROJECT",
        "DISABLE_CAPTIONS",
    ]
    assert len(data["jobIds"]) == 3 and data["jobId"] == data["jobIds"][-1]
    assert all(job_id in outcome.text for job_id in data["jobIds"])


@pytest.mark.parametrize(
    ("action", "field", "value"),
    [
        ({"type": "RESIZE_PROJECT", "aspectRatio": "4:5"}, "aspectRatio", {"width": 4, "height": 5}),
        ({"type": "SET_LOGO", "fileId": "none"}, "fileId", None),
        ({"type": "SET_BACKGROUND_MUSIC", "file_id": "vg_file_0001", "volume": "0.2"}, "volume", 0.2),
        (
            {"type": "ENABLE_CAPTIONS", "captionStyle": {"textColor": "#ffcc00", "strokeColor": "none"}},
            "captionStyle",
            {"textColor": {"red": 255, "green": 204, "blue": 0}, "strokeColor": None},
        ),
        ({"type": "VIDEO_EDITOR_AGENT", "prompt": "Shorten it."}, "prompt", "Shorten it."),
        (
            {"type": "ADD_TRANSITIONS", "sectionTransition": "FADE", "assetTransition": None},
            "sectionTransition",
            "FADE",
        ),
    ],
)
async def test_short_forms_arrive_as_the_contract_has_them(
    action: dict[str, Any], field: str, value: object, call: Call, server: ScriptedServer
) -> None:
    outcome = await call("remix_project", projectId=PROJECT, remixActions=[action])
    assert not outcome.is_error, outcome.text
    assert sent(server)[0][field] == value


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ({"remixActions": []}, "remixActions is required"),
        ({"remixActions": [{"type": "ADD_ZOOOM"}]}, "ADD_ZOOM"),
        ({"remixActions": [{"type": "ADD_ZOOM", "prompt": "slowly"}]}, "prompt is for"),
        ({"remixActions": [{"type": "GENERATE_MUSIC"}]}, "prompt is required"),
        ({"remixActions": [{"type": "CHANGE_NARRATOR", "voice": "Ada"}]}, "Did you mean voiceId?"),
        ({"remixActions": [{"type": "SET_BACKGROUND_MUSIC", "volume": 3}]}, "volume must be at most 1"),
        ({"remixActions": [{"type": "ENABLE_CAPTIONS", "captionStyle": {"textColr": "#fff000"}}]}, "textColor"),
        ({"remixActions": [{}]}, "type is required"),
        ({"remixActions": [7]}, "object with a type"),
        ({"remixActions": ["ADD_ZOOM"], "projectId": None}, "projectId is required"),
        ({"remixActions": ["ADD_ZOOM"], "saveAsNew": True}, "saveAsNewProject"),
        ({"remixActions": ["ADD_ZOOM"], "projectId": "vg_proj_none"}, "no such"),
    ],
)
async def test_a_wrong_edit_is_named_and_nothing_is_edited(
    arguments: dict[str, Any], hint: str, call: Call, server: ScriptedServer
) -> None:
    outcome = await call("remix_project", **{"projectId": PROJECT, **arguments})
    assert outcome.is_error and hint in outcome.text, outcome.text
    assert "fix_input" in outcome.text and len(outcome.text.splitlines()) <= 3
    assert server.remix_actions == []


async def test_the_same_edit_again_is_the_same_job(call: Call, server: ScriptedServer) -> None:
    for _ in range(2):
        outcome = await call("remix_project", projectId=PROJECT, remixActions=["ADD_ZOOM"])
    assert "already started" in outcome.text
    assert len(server.remix_actions) == 1


async def test_a_copy_is_edited_when_asked_for(call: Call, server: ScriptedServer) -> None:
    outcome = await call("remix_project", projectId=PROJECT, remixActions=["ADD_ZOOM"], saveAsNewProject=True)
    data = outcome.data.model_dump(by_alias=True)
    assert data["projectId"] != PROJECT and data["projectId"] in outcome.text


async def test_edits_and_a_quality_go_with_the_start_of_a_film(call: Call, server: ScriptedServer) -> None:
    outcome = await call(
        "run_workflow",
        workflow="script_to_video",
        script="Another film.",
        remixActions=["ADD_ZOOM", '{"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_ada"}'],
        exportQuality="HIGH",
    )
    assert not outcome.is_error, outcome.text
    body = dict(server.runs[-1]["body"])
    assert [action["type"] for action in body["remixActions"]] == ["ADD_ZOOM", "CHANGE_NARRATOR"]
    assert body["exportOptions"] == {"quality": "HIGH"}
    assert len(outcome.data.model_dump(by_alias=True)["jobIds"]) == 3


@pytest.mark.parametrize("form", ["SRT", "OTIO", "FCPXML", "PREMIERE_XML"])
async def test_a_timeline_is_exported_and_fetched(form: str, call: Call) -> None:
    outcome = await call("export_project", projectId=PROJECT, format=form, mediaDelivery="BUNDLE")
    assert not outcome.is_error, outcome.text
    arguments = json.loads(outcome.data.model_dump(by_alias=True)["next"]["arguments"])
    followed = await call("get_job", **arguments, waitSeconds=45)
    assert followed.text.startswith("succeeded") and "get_file" in followed.text


async def test_what_a_format_does_not_read_is_said(call: Call) -> None:
    outcome = await call("export_project", projectId=PROJECT, format="srt", quality="HIGH")
    assert outcome.is_error or "quality" in outcome.text
