"""What models are shown: one flat object for each tool, that every host accepts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from videogen_agents.tools import TOOLS, ToolSpec
from videogen_agents.tools.flat_schema import flat_schema

FORBIDDEN = {"$ref", "$defs", "anyOf", "oneOf", "allOf", "not", "const", "patternProperties", "propertyNames"}
NAMES = [spec.name for spec in TOOLS]


def every_schema() -> Iterator[tuple[str, dict[str, Any]]]:
    for spec in TOOLS:
        yield f"{spec.name} input", dict(spec.schema)
        yield f"{spec.name} output", flat_schema(spec.result, mode_serialization=True)


def nodes(schema: object) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema; names of properties are no schemas."""
    if not isinstance(schema, dict):
        return
    yield schema
    for value in schema.get("properties", {}).values():
        yield from nodes(value)
    yield from nodes(schema.get("items"))


@pytest.mark.parametrize(("name", "schema"), list(every_schema()), ids=lambda value: value if value is str else None)
def test_a_schema_holds_nothing_that_some_host_refuses(name: str, schema: dict[str, Any]) -> None:
    assert schema["type"] == "object"
    for node in nodes(schema):
        assert not FORBIDDEN & set(node), name
        assert isinstance(node["type"], str), f"{name}: {node}"
        assert not isinstance(node.get("additionalProperties", True), dict), f"{name} has a map"
        assert None not in node.get("enum", []), name
        if node["type"] == "object":
            assert node["properties"], f"{name} has an object without fields"
            assert set(node.get("required", ())) <= set(node["properties"]), name
        if node["type"] == "array":
            assert node["items"], name


@pytest.mark.parametrize("spec", TOOLS, ids=NAMES)
def test_a_tool_has_a_name_that_every_host_takes_and_says_what_it_does(spec: ToolSpec[Any]) -> None:
    assert re.fullmatch(r"[a-z][a-z_]{2,40}", spec.name)
    assert spec.title and spec.description
    assert len(spec.description) < 400


def test_the_table_stays_small_enough_to_be_shown_whole() -> None:
    assert len(TOOLS) <= 12
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("spec", TOOLS, ids=NAMES)
def test_hints_do_not_contradict_one_another(spec: ToolSpec[Any]) -> None:
    flags = spec.flags
    assert not (flags.read_only and (flags.destructive or flags.paid or flags.saves))
    assert not (flags.paid and flags.idempotent), "a call with new=true starts and pays again"
