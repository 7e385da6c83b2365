"""The same flat schema in the dialect of a framework that wants another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pydantic import JsonValue

Schema = dict[str, JsonValue]

#: What Gemini's ``Schema`` knows of what our schemas use; anything else is refused by its API.
_GEMINI_KEYS = frozenset(
    {"type", "description", "enum", "items", "properties", "required", "default"}
    | {"minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength"}
)


def strict_schema(schema: Mapping[str, JsonValue]) -> Schema:
    """For OpenAI's strict mode: every property is required, an optional one may be null, objects are closed.

    A null means "not given" everywhere in the tool table, so nothing is lost. Defaults are dropped: a model that must
    send every field would copy them.
    """
    closed: Schema = {key: value for key, value in schema.items() if key != "default"}
    if isinstance(items := schema.get("items"), dict):
        closed["items"] = strict_schema(items)
    if schema.get("type") == "object":
        properties = cast("dict[str, Schema]", schema.get("properties", {}))
        required = cast("list[str]", schema.get("required", []))
        closed["properties"] = {
            name: strict_schema(value) if name in required else _or_null(strict_schema(value))
            for name, value in properties.items()
        }
        closed["required"] = list(properties)
        closed["additionalProperties"] = False
    return closed


def gemini_schema(schema: Mapping[str, JsonValue]) -> Schema:
    """For Google's ``FunctionDeclaration.parameters``: the keys that it knows, enums of texts only."""
    kept: Schema = {key: value for key, value in schema.items() if key in _GEMINI_KEYS}
    if schema.get("type") != "string":
        kept.pop("enum", None)
    if isinstance(items := schema.get("items"), dict):
        kept["items"] = gemini_schema(items)
    if isinstance(properties := schema.get("properties"), dict):
        kept["properties"] = {name: gemini_schema(cast("Schema", value)) for name, value in properties.items()}
    return kept


def _or_null(schema: Schema) -> Schema:
    description = schema.pop("description", None)
    nullable: Schema = {"anyOf": [schema, {"type": "null"}]}
    return {**nullable, "description": description} if description else nullable
