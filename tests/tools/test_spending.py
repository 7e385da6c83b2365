"""Spend: dear calls are quoted first, a session's cap holds whatever the arguments say, and a repeat costs nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from videogen_agents.config import Settings, load_settings
from videogen_agents.tools import Policy, Toolbox, call_tool, declined, quote_call, resolve_policy
from videogen_agents.tools.table import TOOLS

from ..scripted_server import Fault, ScriptedServer
from .conftest import Call

CLIP: dict[str, Any] = {"workflow": "prompt_to_video_clip", "prompt": "A red kite"}
FILM: dict[str, Any] = {"workflow": "script_to_video", "script": "Water."}


async def test_a_dear_call_is_quoted_and_goes_through_with_its_own_token_alone(
    call: Call, server: ScriptedServer
) -> None:
    quoted = await call("run_workflow", **CLIP)
    assert quoted.is_error and "confirmation_required, ask_user" in quoted.text
    assert "20 units" in quoted.text and len(quoted.text.splitlines()) <= 3
    assert server.started == 0
    found = re.search(r'"confirm": "(\w+)"', quoted.text)
    assert found is not None
    other = await call("run_workflow", **{**CLIP, "prompt": "A blue kite"}, confirm=found[1])
    assert other.is_error and server.started == 0
    assert not (await call("run_workflow", **CLIP, confirm=found[1])).is_error
    assert server.started == 1
    # What was agreed to once may be asked for again: the job exists.
    again = await call("run_workflow", **CLIP)
    assert "already started" in again.text and server.started == 1


@pytest.mark.parametrize("confirm", ["", "yes", True, 1, "0" * 12, "\u00e9" * 12])
async def test_no_made_up_token_confirms(confirm: object, call: Call, server: ScriptedServer) -> None:
    assert (await call("run_workflow", **CLIP, confirm=confirm)).is_error
    assert server.started == 0


async def test_a_token_of_another_session_confirms_nothing(
    toolbox: Toolbox, settings: Settings, server: ScriptedServer
) -> None:
    quoted = quote_call(toolbox, "run_workflow", CLIP)
    assert quoted is not None
    async with Toolbox(settings=settings, client=toolbox.client) as other:
        outcome = await call_tool(other, "run_workflow", {**CLIP, "confirm": quoted.confirm})
    assert outcome.is_error and server.started == 0


async def test_an_adapter_can_ask_first_and_declining_starts_nothing(toolbox: Toolbox, server: ScriptedServer) -> None:
    quoted = quote_call(toolbox, "run_workflow", CLIP)
    assert quoted is not None and quoted.spend_class == "high" and "\n" not in quoted.question
    assert "declined" in declined(quoted).text and declined(quoted).is_error
    assert not (await call_tool(toolbox, "run_workflow", {**CLIP, "confirm": quoted.confirm})).is_error
    assert quote_call(toolbox, "run_workflow", CLIP) is None
    assert quote_call(toolbox, "run_workflow", FILM) is None
    assert quote_call(toolbox, "run_workflow", {"workflow": "prompt_to_video_clip"}) is None
    assert quote_call(toolbox, "get_job", {"jobId": "x"}) is None


async def test_a_cap_holds_whatever_is_confirmed(call: Call, toolbox: Toolbox, server: ScriptedServer) -> None:
    toolbox.policy = Policy(max_spend=11, confirm_above=1000)
    assert not (await call("run_workflow", **FILM)).is_error
    assert "already started" in (await call("run_workflow", **FILM)).text
    assert not (await call("run_workflow", **{**FILM, "script": "Milk."})).is_error
    refused = await call("run_workflow", **{**FILM, "script": "Tea."}, new=True, confirm="x", maxSpend=None)
    assert refused.is_error and "spend_cap_reached, ask_user" in refused.text
    assert "10 of 11" in refused.text
    assert server.started == 2
    # One unit is left: an export costs one.
    assert not (await call("export_project", projectId="vg_proj_0001")).is_error


async def test_what_was_not_started_is_not_counted(call: Call, toolbox: Toolbox, server: ScriptedServer) -> None:
    toolbox.policy = Policy(max_spend=5)
    server.faults.append(Fault.NO_CREDITS)
    assert (await call("run_workflow", **FILM)).is_error
    assert toolbox.session.spend.spent == 0
    assert not (await call("run_workflow", **FILM)).is_error
    assert toolbox.session.spend.spent == 5


async def test_one_cap_holds_for_all_views_of_a_session(toolbox: Toolbox, server: ScriptedServer) -> None:
    toolbox.policy = Policy(max_spend=9)
    view = toolbox.tightened(Policy(max_spend=9))
    assert not (await call_tool(view, "run_workflow", FILM)).is_error
    outcome = await call_tool(toolbox, "run_workflow", {**FILM, "script": "Milk."})
    assert "spend_cap_reached" in outcome.text


async def test_the_embedded_engine_costs_nothing_and_never_asks(settings: Settings) -> None:
    own = load_settings(home=settings.home, output_dir=settings.output_dir, environ={})
    box = Toolbox(settings=own, policy=Policy(max_spend=0, confirm_above=0))
    assert quote_call(box, "run_workflow", CLIP) is None
    outcome = await call_tool(box, "run_workflow", CLIP)
    while outcome.error is not None and outcome.error.code == "still_starting":
        outcome = await call_tool(box, "run_workflow", CLIP)
    assert not outcome.is_error, outcome.text
    assert box.session.spend.spent == 0
    stopped = await call_tool(box, "cancel_job", {"jobId": outcome.data.model_dump()["job_id"]})
    await box.aclose()
    assert not stopped.is_error, stopped.text


@pytest.mark.parametrize(
    ("arguments", "environ", "headers", "expected"),
    [
        ({}, {}, {}, (None, 10)),
        ({"max_spend": 50}, {}, {}, (50, 10)),
        ({"max_spend": 50}, {"VIDEOGEN_AGENTS_MAX_SPEND": "20"}, {}, (20, 10)),
        ({"max_spend": 50}, {}, {"X-Videogen-Max-Spend": "90"}, (50, 10)),
        ({}, {"VIDEOGEN_AGENTS_MAX_SPEND": "20"}, {"x-videogen-max-spend": "0"}, (0, 10)),
        ({"confirm_above": 100}, {}, {"X-Videogen-Confirm-Above": "5"}, (None, 5)),
        ({"confirm_above": 3}, {"VIDEOGEN_AGENTS_CONFIRM_ABOVE": "100"}, {}, (None, 3)),
    ],
)
def test_of_several_caps_the_lowest_counts(
    arguments: dict[str, int], environ: dict[str, str], headers: dict[str, str], expected: tuple[int | None, int]
) -> None:
    policy = resolve_policy(TOOLS, **arguments, environ=environ, headers=headers)
    assert (policy.max_spend, policy.confirm_above) == expected


async def test_each_edit_counts_and_free_ones_are_free(toolbox: Toolbox, server: ScriptedServer) -> None:
    toolbox.policy = Policy(confirm_above=1000)
    await call_tool(toolbox, "run_workflow", FILM)
    spent = toolbox.session.spend.spent
    edit = {"projectId": "vg_proj_0001", "remixActions": ["ADD_ZOOM", "DISABLE_CAPTIONS"]}
    await call_tool(toolbox, "remix_project", edit)
    assert toolbox.session.spend.spent == spent
    dear = {"projectId": "vg_proj_0001", "remixActions": ["UPSCALE_ASSETS", "ADD_ZOOM"]}
    await call_tool(toolbox, "remix_project", dear)
    assert toolbox.session.spend.spent == spent + 20
