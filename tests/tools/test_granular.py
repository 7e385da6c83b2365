"""The granular surface: one tool for each workflow, edit and asset, doing what its flat neighbour does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from videogen_agents.contract import OPERATIONS, RemixActionType
from videogen_agents.tools import Policy, Toolbox, call_tool, listed_tools, resolve_policy
from videogen_agents.tools.asset_tools import ASSETS
from videogen_agents.tools.flat_schema import flat_schema
from videogen_agents.tools.remix_tools import ACTIONS, EXAMPLES
from videogen_agents.tools.table import TOOLS, table_of
from videogen_agents.tools.workflow_tools import LEFT_OUT, WORKFLOWS

from ..scripted_server import ScriptedServer
from .test_schemas import nodes

GRANULAR = listed_tools("granular")


@pytest.fixture
def granular(toolbox: Toolbox) -> Toolbox:
    toolbox.surface = "granular"
    toolbox.policy = Policy(confirm_above=1000)
    return toolbox


def calls() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, example in WORKFLOWS.examples.items():
        yield name, dict(example)
    for name, example in ASSETS.examples.items():
        yield name, dict(example)
    for kind, example in EXAMPLES.items():
        yield f"remix_{kind.value.lower()}", {"projectId": "vg_proj_0001", **example}


def test_every_start_of_the_contract_has_a_tool_of_its_own() -> None:
    names = {tool.name for tool in GRANULAR}
    starts = [operation for operation in OPERATIONS.values() if operation.starts_work]
    paths = {operation.path.rsplit("/", 1)[-1].replace("-", "_") for operation in starts if "{" not in operation.path}
    assert (paths - {"import_url", "assistants"}) <= names
    assert {f"remix_{kind.value.lower()}" for kind in RemixActionType} <= names
    assert {spec.name for spec in TOOLS} - {"run_workflow", "remix_project", "generate_asset"} <= names


@pytest.mark.parametrize("tool", GRANULAR, ids=[tool.name for tool in GRANULAR])
def test_a_granular_schema_holds_nothing_that_some_host_refuses(tool: Any) -> None:
    for node in nodes(dict(tool.input_schema)):
        assert isinstance(node["type"], str)
        assert not {"$ref", "anyOf", "oneOf", "allOf", "const"} & set(node)
        assert node["type"] != "object" or node["properties"]
    assert len(tool.name) <= 64


@pytest.mark.parametrize(("name", "arguments"), list(calls()), ids=[name for name, _ in calls()])
async def test_each_example_starts_its_job(
    name: str, arguments: dict[str, Any], granular: Toolbox, server: ScriptedServer
) -> None:
    if name.startswith("remix_"):
        await call_tool(granular, "script_to_video", {"script": "Water."})
    before = server.started
    outcome = await call_tool(granular, name, arguments)
    assert not outcome.is_error, outcome.text
    assert server.started == before + 1


async def test_both_surfaces_start_the_same_job(toolbox: Toolbox, server: ScriptedServer) -> None:
    await call_tool(toolbox, "run_workflow", {"workflow": "script_to_video", "script": "Water."})
    toolbox.surface = "granular"
    outcome = await call_tool(toolbox, "script_to_video", {"script": "Water."})
    assert "already started" in outcome.text and server.started == 1
    unknown = await call_tool(toolbox, "run_workflow", {"workflow": "script_to_video", "script": "Water."})
    assert unknown.is_error and "unknown_tool" in unknown.text


def test_policies_know_granular_tools_by_name_and_toolset() -> None:
    rows = listed_tools("granular")
    films = resolve_policy(rows, tools=["films"], environ={})
    assert {row.name for row in rows if films.allows(row)} == {*WORKFLOWS.models, "export_project"}
    reading = resolve_policy(rows, read_only=True, environ={})
    assert {row.name for row in rows if reading.allows(row)} == {
        "get_job",
        "get_file",
        "find",
        "inspect_project",
        "get_guide",
    }


def test_the_flat_tools_show_every_field_or_leave_it_out_on_purpose() -> None:
    shown = set(json.loads(json.dumps(dict(TOOLS[0].schema)))["properties"])
    fields = {key for model in WORKFLOWS.models.values() for key in flat_schema(model)["properties"]}
    assert fields - shown == set(LEFT_OUT)
    action = dict(TOOLS[1].schema)["properties"]["remixActions"]["items"]["properties"]
    wanted = {key for model in ACTIONS.models.values() for key in flat_schema(model)["properties"]}
    assert wanted - set(action) == {"avatarQuality"}
    assert len(table_of("granular")) == len(GRANULAR)
