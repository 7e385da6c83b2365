"""The tools as plain dicts in the dialect of each model API, for loops that need none of our adapters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, get_args

from pydantic import JsonValue

from videogen_agents.errors import InputError
from videogen_agents.tools.dialects import Schema, gemini_schema, strict_schema
from videogen_agents.tools.listing import ListedTool, listed_tools

SchemaStyle = Literal["openai", "openai-strict", "openai-responses", "anthropic", "gemini", "json"]


def export_schemas(style: SchemaStyle, tools: Iterable[ListedTool] | None = None) -> list[dict[str, JsonValue]]:
    """Each tool as ``style`` wants it, by default the whole default surface; ``toolbox.tools()`` gives another one.

    =====================  ===================================================================  ====================
    style                  shape                                                                schema
    =====================  ===================================================================  ====================
    ``openai``             ``{"type", "function": {"name", "description", "parameters"}}``      as hosts see it
    ``openai-strict``      the same with ``"strict": true`` in ``function``                     every field required
    ``openai-responses``   ``{"type", "name", "description", "parameters", "strict": true}``    every field required
    ``anthropic``          ``{"name", "description", "input_schema"}``                          as hosts see it
    ``gemini``             ``{"name", "description", "parameters"}``, a FunctionDeclaration     OpenAPI 3.0 subset
    ``json``               ``{"name", "description", "parameters"}``, as pydantic-ai takes it   as hosts see it
    =====================  ===================================================================  ====================

    Run what the model asks for with ``call_tool(toolbox, name, arguments)``: it reads all of these dialects.
    Raises InputError for an unknown style.
    """
    if style not in _STYLES:
        raise InputError(
            f"There is no schema style {str(style)[:40]!r}.",
            code="unknown_style",
            next_step=f"Use one of: {', '.join(get_args(SchemaStyle))}.",
        )
    return [_STYLES[style](tool) for tool in (listed_tools() if tools is None else tools)]


def _named(tool: ListedTool, key: str, schema: Schema) -> dict[str, JsonValue]:
    return {"name": tool.name, "description": tool.description, key: schema}


def _chat(tool: ListedTool) -> dict[str, JsonValue]:
    return {"type": "function", "function": _named(tool, "parameters", dict(tool.input_schema))}


def _chat_strict(tool: ListedTool) -> dict[str, JsonValue]:
    function = _named(tool, "parameters", strict_schema(tool.input_schema))
    return {"type": "function", "function": {**function, "strict": True}}


def _responses(tool: ListedTool) -> dict[str, JsonValue]:
    return {"type": "function", **_named(tool, "parameters", strict_schema(tool.input_schema)), "strict": True}


_STYLES: dict[str, Callable[[ListedTool], dict[str, JsonValue]]] = {
    "openai": _chat,
    "openai-strict": _chat_strict,
    "openai-responses": _responses,
    "anthropic": lambda tool: _named(tool, "input_schema", dict(tool.input_schema)),
    "gemini": lambda tool: _named(tool, "parameters", gemini_schema(tool.input_schema)),
    "json": lambda tool: _named(tool, "parameters", dict(tool.input_schema)),
}
