"""Which tools may be used: unknown names raise, the tightest source wins, nothing opens by accident."""

from __future__ import annotations

from typing import Any

import pytest

from videogen_agents.errors import ErrorKind, InputError
from videogen_agents.tools import TOOLS, Policy, Toolbox, call_tool, resolve_policy

from ..scripted_server import ScriptedServer


def allowed(**settings: Any) -> set[str]:
    policy = resolve_policy(TOOLS, **{"environ": {}, **settings})
    return {spec.name for spec in TOOLS if policy.allows(spec)}


ALL = {spec.name for spec in TOOLS}
READING = {"get_job", "get_file", "find", "inspect_project", "get_guide"}


def test_without_settings_everything_is_allowed() -> None:
    assert allowed() == ALL


@pytest.mark.parametrize(
    "settings",
    [
        {"tools": ["run_workflo"]},
        {"exclude": ["everything"]},
        {"environ": {"VIDEOGEN_AGENTS_TOOLS": "find,serch"}},
        {"environ": {"VIDEOGEN_AGENTS_EXCLUDE": "get_jobs"}},
    ],
)
def test_an_unknown_name_raises_and_lists_the_known_ones(settings: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        allowed(**settings)
    assert caught.value.code == "unknown_tool"
    assert "run_workflow" in (caught.value.next_step or "")


def test_toolsets_stand_for_their_tools() -> None:
    assert allowed(tools=["jobs", "library"]) == {"get_job", "cancel_job", "find", "inspect_project"}
    assert allowed(exclude=["films"]) == ALL - {"run_workflow", "export_project"}


def test_read_only_wins_over_naming_a_tool() -> None:
    assert "run_workflow" not in allowed(tools=["run_workflow", "find"], read_only=True)
    assert allowed(read_only=True) == READING


def test_exclude_wins_over_tools() -> None:
    assert allowed(tools=["find", "get_job"], exclude=["get_job"]) == {"find"}


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        ({}, {"VIDEOGEN_AGENTS_TOOLS": "find"}, {"find"}),
        ({"tools": ["find"]}, {"VIDEOGEN_AGENTS_TOOLS": "jobs,find"}, {"find"}),
        ({"tools": ["jobs", "find"]}, {"VIDEOGEN_AGENTS_TOOLS": "find"}, {"find"}),
        (
            {"exclude": ["films", "edits", "assets"]},
            {"VIDEOGEN_AGENTS_EXCLUDE": "jobs,files"},
            {"find", "inspect_project", "save_entity", "get_guide"},
        ),
        ({"read_only": False}, {"VIDEOGEN_AGENTS_READ_ONLY": "true"}, READING),
        ({"read_only": True}, {"VIDEOGEN_AGENTS_READ_ONLY": "false"}, READING),
    ],
)
def test_the_environment_and_the_arguments_only_tighten_one_another(
    arguments: dict[str, Any], environ: dict[str, str], expected: set[str]
) -> None:
    assert allowed(**arguments, environ=environ) == expected


@pytest.mark.parametrize(
    "settings",
    [
        {"tools": ["find"], "environ": {"VIDEOGEN_AGENTS_TOOLS": "jobs"}},
        {"tools": []},
        {"environ": {"VIDEOGEN_AGENTS_TOOLS": ""}},
        {"tools": ["run_workflow"], "read_only": True},
    ],
)
def test_a_policy_that_leaves_no_tool_raises(settings: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        allowed(**settings)
    assert caught.value.code == "no_tools"


def test_a_switch_that_is_neither_on_nor_off_raises() -> None:
    with pytest.raises(InputError):
        allowed(environ={"VIDEOGEN_AGENTS_READ_ONLY": "maybe"})


async def test_a_tool_that_is_switched_off_cannot_be_called_by_name(toolbox: Toolbox, server: ScriptedServer) -> None:
    toolbox.policy = Policy(read_only=True)
    outcome = await call_tool(toolbox, "run_workflow", {"workflow": "script_to_video", "script": "Water."})
    assert outcome.is_error and outcome.error is not None
    assert outcome.error.kind is ErrorKind.ASK_USER
    assert server.requests == []
