"""``export_schemas``: every dialect is what its API's own package takes, on both surfaces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from agents.strict_schema import ensure_strict_json_schema
from anthropic.types import ToolParam
from google.genai import types as google
from jsonschema import Draft202012Validator
from openai.types.chat import ChatCompletionFunctionToolParam
from openai.types.responses import FunctionToolParam
from pydantic import TypeAdapter
from pydantic_ai import Tool

from videogen_agents.config import load_settings
from videogen_agents.errors import InputError
from videogen_agents.tools import Policy, SchemaStyle, Surface, Toolbox, export_schemas, listed_tools

STYLES: tuple[SchemaStyle, ...] = get_args(SchemaStyle)
SURFACES: tuple[Surface, ...] = get_args(Surface)
BOTH = pytest.mark.parametrize("surface", SURFACES)
#: OpenAI's documented limits of strict schemas.
MAX_PROPERTIES, MAX_LEVELS, MAX_ENUM_VALUES = 5000, 10, 1000


def nodes(schema: dict[str, Any], level: int = 0) -> Iterator[tuple[dict[str, Any], int]]:
    """Every schema inside a schema, with its level."""
    yield schema, level
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    inner += [schema["items"]] if "items" in schema else []
    for one in inner:
        yield from nodes(one, level + (0 if "anyOf" in schema else 1))


@BOTH
@pytest.mark.parametrize("style", STYLES)
def test_every_tool_is_there_in_table_order_under_a_name_that_every_api_takes(
    style: SchemaStyle, surface: Surface
) -> None:
    tools = listed_tools(surface)
    exported: list[Any] = export_schemas(style, tools)
    functions = [one.get("function", one) for one in exported]
    assert [one["name"] for one in functions] == [tool.name for tool in tools]
    assert [one["description"] for one in functions] == [tool.description for tool in tools]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,63}", one["name"]) for one in functions)
    json.dumps(exported)


@BOTH
@pytest.mark.parametrize("style", ["openai", "anthropic", "gemini", "json"])
def test_plain_dialects_use_nothing_that_a_host_might_refuse(style: SchemaStyle, surface: Surface) -> None:
    exported: list[Any] = export_schemas(style, listed_tools(surface))
    for tool in exported:
        function = tool.get("function", tool)
        schema = function.get("parameters") or function["input_schema"]
        assert schema["type"] == "object"
        Draft202012Validator.check_schema(schema)
        for node, _ in nodes(schema):
            assert isinstance(node["type"], str)
            assert not {"$ref", "$defs", "anyOf", "oneOf", "allOf", "const", "additionalProperties"} & set(node)
            assert "enum" not in node or node["type"] == "string"
            assert set(node.get("required", [])) <= set(node.get("properties", {}))


@BOTH
@pytest.mark.parametrize("style", ["openai-strict", "openai-responses"])
def test_strict_dialects_are_what_the_agents_sdk_makes_of_them_and_within_the_limits(
    style: SchemaStyle, surface: Surface
) -> None:
    exported: list[Any] = export_schemas(style, listed_tools(surface))
    for tool in exported:
        function = tool.get("function", tool)
        assert function["strict"] is True
        schema = function["parameters"]
        assert ensure_strict_json_schema(json.loads(json.dumps(schema))) == schema
        inner = list(nodes(schema))
        assert sum(len(node.get("properties", {})) for node, _ in inner) <= MAX_PROPERTIES
        assert sum(len(node.get("enum", [])) for node, _ in inner) <= MAX_ENUM_VALUES
        assert max(level for _, level in inner) <= MAX_LEVELS


@BOTH
def test_the_packages_of_the_apis_take_their_dialect(surface: Surface) -> None:
    tools = listed_tools(surface)
    TypeAdapter(list[ChatCompletionFunctionToolParam]).validate_python(export_schemas("openai", tools))
    TypeAdapter(list[ChatCompletionFunctionToolParam]).validate_python(export_schemas("openai-strict", tools))
    TypeAdapter(list[FunctionToolParam]).validate_python(export_schemas("openai-responses", tools))
    TypeAdapter(list[ToolParam]).validate_python(export_schemas("anthropic", tools))
    for declaration in export_schemas("gemini", tools):
        # Google's models refuse every key that the API does not know.
        read = google.FunctionDeclaration.model_validate(declaration)
        assert read.parameters is not None and read.parameters.type is google.Type.OBJECT
    for plain in export_schemas("json", tools):
        schema: Any = plain["parameters"]
        tool = Tool.from_schema(print, str(plain["name"]), str(plain["description"]), schema)
        assert tool.tool_def.parameters_json_schema == schema


def test_a_policy_limits_what_is_exported(tmp_path: Path) -> None:
    toolbox = Toolbox(settings=load_settings(home=tmp_path, environ={}), policy=Policy(tools=frozenset({"get_job"})))
    assert [tool["name"] for tool in export_schemas("anthropic", toolbox.tools())] == ["get_job"]


def test_an_unknown_style_is_refused_with_the_known_ones() -> None:
    unknown: Any = "cohere"
    with pytest.raises(InputError, match="cohere") as refused:
        export_schemas(unknown)
    assert "anthropic" in str(refused.value.next_step)
