"""The second surface: one tool for each workflow, edit and asset, from the same variant models.

For hosts that load tools on demand, and for people who want the contract's exact shapes. Each tool calls what its flat
neighbour calls.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from videogen_agents.contract import RemixProjectRequest
from videogen_agents.tools.asset_tools import ASSETS, GENERATE_ASSET, read_asset
from videogen_agents.tools.flat_schema import Schema, flat_schema, properties_of
from videogen_agents.tools.remix_tools import ACTIONS, REMIX_PROJECT, RemixCall, parse_remix
from videogen_agents.tools.spec import ToolSpec
from videogen_agents.tools.started import CONTROLS
from videogen_agents.tools.workflow_tools import RUN_WORKFLOW, WORKFLOWS, read_workflow

_HIDDEN = ("hideFromUi",)
_REMIX_ARGUMENTS = ("projectId", "project_id", "saveAsNewProject", "save_as_new_project", "new")


def granular_rows(flat: Iterable[ToolSpec[Any]]) -> tuple[ToolSpec[Any], ...]:
    """The rows of the granular surface: variants in place of the tools that bundle them."""
    rows: list[ToolSpec[Any]] = []
    for spec in flat:
        if spec.name == RUN_WORKFLOW.name:
            rows += [_workflow(name, model) for name, model in WORKFLOWS.models.items()]
        elif spec.name == REMIX_PROJECT.name:
            rows += [_action(name, model) for name, model in ACTIONS.models.items()]
        elif spec.name == GENERATE_ASSET.name:
            rows += [_asset(name, model) for name, model in ASSETS.models.items()]
        else:
            rows.append(spec)
    return tuple(rows)


def _workflow(name: str, model: type[BaseModel]) -> ToolSpec[Any]:
    def parse(arguments: dict[str, Any]) -> Any:
        return read_workflow(name, arguments)

    return replace(
        RUN_WORKFLOW,
        name=name,
        title=_words(name),
        description=f"{_words(name)}: start it and get a job id; then get_job. Example: {_example(WORKFLOWS, name)}",
        schema=_schema(model, {"exportQuality": {"type": "string"}}),
        parse=parse,
    )


def _asset(name: str, model: type[BaseModel]) -> ToolSpec[Any]:
    def parse(arguments: dict[str, Any]) -> Any:
        return read_asset(name, arguments)

    return replace(
        GENERATE_ASSET,
        name=name,
        title=_words(name),
        description=f"{_words(name)}: start it and get a job id; then get_job. Example: {_example(ASSETS, name)}",
        schema=_schema(model, {}),
        parse=parse,
    )


def _action(name: str, model: type[BaseModel]) -> ToolSpec[Any]:
    def parse(arguments: dict[str, Any]) -> RemixCall:
        outer = {key: value for key, value in arguments.items() if key in _REMIX_ARGUMENTS}
        action = {key: value for key, value in arguments.items() if key not in _REMIX_ARGUMENTS and key != "type"}
        return parse_remix({**outer, "remixActions": [{**action, "type": name}]})

    title = _words(name)
    copied = properties_of(flat_schema(RemixProjectRequest))["saveAsNewProject"]
    schema = _schema(model, {"saveAsNewProject": copied}, dropped=("type",), first={"projectId": {"type": "string"}})
    return replace(
        REMIX_PROJECT,
        name=f"remix_{name.lower()}",
        title=title,
        description=f"{title}: edit a project; then get_job, then export_project. Example: {_example(ACTIONS, name)}",
        schema={**schema, "required": ["projectId", *_required(schema)]},
        parse=parse,
    )


def _schema(
    model: type[BaseModel],
    extra: Mapping[str, Any],
    *,
    dropped: Iterable[str] = (),
    first: Mapping[str, Any] | None = None,
) -> Schema:
    schema = flat_schema(model)
    hidden = {*_HIDDEN, *dropped}
    properties: Schema = {
        **(first or {}),
        **{key: value for key, value in properties_of(schema).items() if key not in hidden},
        **extra,
        **CONTROLS,
    }
    required: list[Any] = [key for key in _required(schema) if key not in hidden]
    # A style may be left out here: the tools then take the library's pictures.
    return {"type": "object", "properties": properties, "required": [key for key in required if key != "visualStyle"]}


def _required(schema: Schema) -> list[Any]:
    found = schema.get("required", [])
    return list(found) if isinstance(found, list) else []


def _example(variants: Any, name: str) -> str:
    read: Callable[[str], str] = variants.example
    values = json.loads(read(name))
    del values[variants.discriminator]
    return json.dumps(values, ensure_ascii=False)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
