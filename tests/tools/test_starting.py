"""Starting films: lenient in form, strict in meaning, and nothing starts on bad input."""

from __future__ import annotations

import json
from typing import Any

import pytest

from videogen_agents.tools import ToolOutcome

from ..scripted_server import Fault, ScriptedServer
from .conftest import Call

SCRIPT = "Water keeps you sharp. Drink a glass now."


def lines(outcome: ToolOutcome) -> int:
    return len(outcome.text.splitlines())


async def test_a_start_answers_with_its_ids_and_the_call_to_make_next(call: Call, server: ScriptedServer) -> None:
    outcome = await call("run_workflow", workflow="script_to_video", script=SCRIPT)
    assert not outcome.is_error
    assert "vg_work_0001" in outcome.text and "get_job" in outcome.text
    assert lines(outcome) <= 3
    data = outcome.data.model_dump(by_alias=True)
    assert (data["jobId"], data["kind"]) == ("vg_work_0001", "workflow_run")
    assert data["next"]["tool"] == "get_job"
    assert json.loads(data["next"]["arguments"]) == {"jobId": "vg_work_0001"}
    assert server.runs[0]["body"]["autoExport"] is True


async def test_the_same_call_again_returns_the_same_job_and_says_so(call: Call, server: ScriptedServer) -> None:
    await call("run_workflow", workflow="script_to_video", script=SCRIPT)
    outcome = await call("run_workflow", workflow="script_to_video", script=SCRIPT)
    assert "already started" in outcome.text
    assert server.started == 1
    await call("run_workflow", workflow="script_to_video", script=SCRIPT, new=True)
    assert server.started == 2


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        ({"aspectRatio": "9:16"}, "aspectRatio", {"width": 9, "height": 16}),
        ({"aspect_ratio": "9x16"}, "aspectRatio", {"width": 9, "height": 16}),
        ({"aspectRatio": '{"width": 1, "height": 1}'}, "aspectRatio", {"width": 1, "height": 1}),
        ({"visualStyle": "chalkboard"}, "visualStyle", {"type": "AI_IMAGE", "aiStyle": "chalkboard"}),
        ({"visual_style": "stock"}, "visualStyle", {"type": "STOCK"}),
        ({}, "visualStyle", {"type": "STOCK"}),
        ({"auto_export": False}, "autoExport", False),
        ({"voiceSpeed": "1.25"}, "voiceSpeed", 1.25),
        ({"voiceId": None}, "script", SCRIPT),
    ],
)
async def test_forms_that_models_like_are_understood(
    arguments: dict[str, Any], field: str, value: object, call: Call, server: ScriptedServer
) -> None:
    outcome = await call("run_workflow", workflow="script_to_video", script=SCRIPT, **arguments)
    assert not outcome.is_error, outcome.text
    assert server.runs[0]["body"][field] == value


async def test_an_argument_without_effect_is_named(call: Call) -> None:
    outcome = await call("run_workflow", workflow="script_to_video", script=SCRIPT, quality="MAX")
    assert "quality has no effect" in outcome.text
    assert lines(outcome) <= 3


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ({"scrpt": "Water."}, "Did you mean script?"),
        ({"aspectRation": "9:16"}, "Did you mean aspectRatio?"),
        ({"voice": "Ada"}, "Did you mean voiceId?"),
        ({"visualStyle": {"type": "AI_IMAGE", "aiStile": "chalk", "aiStyle": "chalk"}}, "Did you mean aiStyle?"),
        ({"workflow": "script_to_vidoe"}, "Did you mean 'script_to_video'?"),
        ({"visualPacing": "QUICK"}, "visualPacing"),
        ({"voiceSpeed": 9}, "voiceSpeed"),
        ({"visualStyle": "AI_IMAGE"}, "aiStyle"),
        ({"script": None}, "script is required"),
        ({"new": "perhaps"}, "new"),
    ],
)
async def test_a_wrong_argument_is_named_with_the_nearest_and_an_example(
    arguments: dict[str, Any], hint: str, call: Call, server: ScriptedServer
) -> None:
    outcome = await call("run_workflow", **{"workflow": "script_to_video", "script": SCRIPT, **arguments})
    assert outcome.is_error
    assert hint in outcome.text
    assert "fix_input" in outcome.text and '"workflow": "script_to_video"' in outcome.text
    assert lines(outcome) <= 3
    assert server.started == 0


def nested(levels: int) -> Any:
    value: Any = "deep"
    for _ in range(levels):
        value = [value]
    return value


BAD: dict[str, dict[str, Any]] = {
    "NUL": {"script": "Water\x00keeps you sharp."},
    "NUL in a nested value": {"visualStyle": {"type": "AI_IMAGE", "aiStyle": "chalk\x00"}},
    "half a surrogate pair": {"script": "Water \ud800 keeps you sharp."},
    "half a surrogate pair in a key": {"scr\ud800ipt": "Water."},
    "10 MB": {"script": "Water. " * 1_500_000},
    "10 MB in an unknown key": {"zzz": "x" * 10_000_000},
    "deep nesting": {"scenes": nested(5000)},
    "deep nesting in JSON text": {"scenes": "[" * 100_000},
    "deep nesting in JSON text that is whole": {"scenes": "[" * 500 + "]" * 500},
    "not a number": {"voiceSpeed": float("nan")},
    "infinite in JSON text": {"voiceSpeed": "Infinity"},
    "a number where text belongs": {"script": 12},
    "a list where text belongs": {"script": ["Water."]},
    "an object where an enum belongs": {"workflow": {"a": 1}},
    "a value JSON does not have": {"script": b"Water."},
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD.keys())
async def test_bad_input_starts_nothing_and_says_how_to_mend_it(
    arguments: dict[str, Any], call: Call, server: ScriptedServer
) -> None:
    outcome = await call("run_workflow", **{"workflow": "script_to_video", "script": SCRIPT, **arguments})
    assert outcome.is_error and outcome.error is not None
    assert outcome.error.kind.value == "fix_input", outcome.text
    assert outcome.data.model_dump()["next"]
    assert len(outcome.text) < 2000 and lines(outcome) <= 3
    assert server.started == 0


async def test_text_that_only_looks_like_an_escape_is_narrated(call: Call, server: ScriptedServer) -> None:
    outcome = await call("run_workflow", workflow="script_to_video", script="Write \\u0000 for a null character.")
    assert not outcome.is_error
    assert server.started == 1


async def test_an_export_starts_once_and_is_followed_by_its_id(call: Call, server: ScriptedServer) -> None:
    await call("run_workflow", workflow="script_to_video", script=SCRIPT)
    outcome = await call("export_project", projectId="vg_proj_0001", quality="STANDARD")
    assert outcome.data.model_dump(by_alias=True)["jobId"] == "vg_expo_0001"
    again = await call("export_project", project_id="vg_proj_0001", quality="STANDARD")
    assert "already started" in again.text
    assert len(server.exports) == 1
    followed = await call("get_job", jobId="vg_expo_0001", waitSeconds=45)
    assert followed.text.startswith("succeeded")


@pytest.mark.parametrize(
    "arguments",
    [{}, {"projectId": ""}, {"projectId": 7}, {"projectId": "vg_proj_none"}, {"projectId": "x" * 5000}],
)
async def test_an_export_of_no_project_starts_nothing(
    arguments: dict[str, Any], call: Call, server: ScriptedServer
) -> None:
    outcome = await call("export_project", **arguments)
    assert outcome.is_error and "fix_input" in outcome.text
    assert server.started == 0


async def test_out_of_credits_is_for_the_user_to_mend(call: Call, server: ScriptedServer) -> None:
    server.faults.append(Fault.NO_CREDITS)
    outcome = await call("run_workflow", workflow="script_to_video", script=SCRIPT)
    assert outcome.is_error and "ask_user" in outcome.text
    assert "https://app.videogen.io" in outcome.text


async def test_an_unknown_tool_names_the_nearest(call: Call) -> None:
    outcome = await call("run_worklow")
    assert outcome.is_error and "Did you mean run_workflow?" in outcome.text
