"""Contract models as the one flat JSON schema that every host accepts.

One object; a discriminator enum where there are variants; optional fields; no ``$ref``, root union, ``const``, type
arrays or maps. It is for the model's eyes: validation is by the true models.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from pydantic import BaseModel, JsonValue

Schema = dict[str, JsonValue]

_KEPT = ("description", "enum", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "default")


def flat_schema(model: type[BaseModel], *, mode_serialization: bool = False) -> Schema:
    """The schema of one model, references resolved and noise dropped."""
    schema = model.model_json_schema(by_alias=True, mode="serialization" if mode_serialization else "validation")
    return _flatten(cast("Schema", schema), _definitions(schema))


def shown_variants(
    discriminator: str,
    variants: Mapping[str, type[BaseModel]],
    *,
    notes: Mapping[str, str],
    replaced: Mapping[str, JsonValue],
    left_out: Iterable[str] = (),
    extra: Mapping[str, JsonValue] | None = None,
) -> Schema:
    """One object for several variants: the discriminator, then every field of every variant, optional and spare.

    ``notes`` are the only descriptions: every word is paid for by every conversation. ``replaced`` has the shorter
    forms of nested values (see ``forms``); what is in ``left_out`` is read but not shown.
    """
    skipped = {discriminator, *left_out}
    merged: dict[str, Schema] = {}
    for model in variants.values():
        properties = cast("dict[str, Schema]", flat_schema(model).get("properties", {}))
        for key, value in properties.items():
            if key not in skipped:
                merged[key] = _merge(merged[key], value) if key in merged else value
    shown: dict[str, JsonValue] = {discriminator: {"type": "string", "enum": list(variants)}}
    for key, value in merged.items():
        if key in replaced:
            shown[key] = replaced[key]
        else:
            note = {"description": notes[key]} if key in notes else {}
            shown[key] = {**cast("Schema", spare(value)), **cast("Schema", note)}
    return {"type": "object", "properties": {**shown, **(extra or {})}, "required": [discriminator]}


def spare(schema: JsonValue) -> JsonValue:
    """The schema without defaults, descriptions and bounds: what is left is names, types, enums and what is required.

    A value out of bounds is answered with the bounds.
    """
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: value
        for key, value in schema.items()
        if key not in ("default", "description", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum")
    }
    if isinstance(properties := kept.get("properties"), dict):
        kept["properties"] = {name: spare(value) for name, value in properties.items()}
    if "items" in kept:
        kept["items"] = spare(kept["items"])
    return kept


def properties_of(schema: Schema) -> dict[str, JsonValue]:
    """The schema's properties, as a copy."""
    return dict(cast("dict[str, JsonValue]", schema["properties"]))


def _definitions(schema: Mapping[str, object]) -> Mapping[str, Schema]:
    return cast("Mapping[str, Schema]", schema.get("$defs", {}))


def _flatten(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    if isinstance(reference := schema.get("$ref"), str):
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        return _flatten({**definitions[reference.rpartition("/")[2]], **rest}, definitions)
    for union in ("anyOf", "oneOf"):
        if isinstance(options := schema.get(union), list):
            return _flatten_union(schema, cast("list[Schema]", options), definitions)
    if isinstance(parts := schema.get("allOf"), list):
        merged: Schema = {key: value for key, value in schema.items() if key != "allOf"}
        for part in cast("list[Schema]", parts):
            merged = {**_flatten(part, definitions), **merged}
        return _flatten(merged, definitions)
    flat: Schema = {}
    if "const" in schema:
        return {"type": "string", "enum": [schema["const"]]}
    if "type" in schema:
        flat["type"] = schema["type"]
    elif "enum" in schema:
        flat["type"] = "string"
    for key in _KEPT:
        if key in schema and schema[key] is not None:
            flat[key] = schema[key]
    # Gemini refuses a tool with an enum of numbers, and with it every other tool of the request.
    if flat.get("type") in ("integer", "number") and isinstance(values := flat.pop("enum", None), list):
        numbers = cast("list[int]", values)
        flat["minimum"], flat["maximum"] = min(numbers), max(numbers)
    # Models often show more of their docstring than a caller needs; field descriptions are what is kept.
    if flat.get("type") == "object":
        flat.pop("description", None)
    for key, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if key in schema:
            flat[bound] = schema[key]
    if isinstance(items := schema.get("items"), dict):
        flat["items"] = _flatten(items, definitions)
    if isinstance(properties := schema.get("properties"), dict):
        flat["properties"] = {key: _flatten(cast("Schema", value), definitions) for key, value in properties.items()}
        if schema.get("required"):
            flat["required"] = schema["required"]
    return flat


def _flatten_union(schema: Schema, options: list[Schema], definitions: Mapping[str, Schema]) -> Schema:
    shown = [_flatten(option, definitions) for option in options if option.get("type") != "null"]
    outer = {key: schema[key] for key in ("description", "default") if schema.get(key) is not None}
    if len(shown) == 1:
        return {**shown[0], **outer}
    if all(option.get("type") == "object" for option in shown):
        return {**_merge_objects(shown), **outer}
    kinds = {str(option.get("type")) for option in shown}
    kind = "number" if kinds <= {"number", "integer"} else "string"
    enums = [value for option in shown for value in cast("list[JsonValue]", option.get("enum", []))]
    # A text that is open for newer values must not be narrowed to the known ones.
    open_text = any(option.get("type") == "string" and "enum" not in option for option in shown)
    return {"type": kind, **({"enum": enums} if enums and not open_text else {}), **outer}


def _merge(first: Schema, second: Schema) -> Schema:
    """One schema that admits what either does, as far as a flat schema can say it."""
    if first.get("type") == "object" == second.get("type"):
        kept = {key: value for key, value in first.items() if key != "required"}
        return {**kept, **_merge_objects([first, second])}
    if first.get("type") == "array" == second.get("type"):
        items = _merge(cast("Schema", first["items"]), cast("Schema", second["items"]))
        return {**first, "items": items}
    if isinstance(values := first.get("enum"), list) and isinstance(more := second.get("enum"), list):
        return {**first, "enum": [*values, *(value for value in more if value not in values)]}
    return first


def _merge_objects(objects: list[Schema]) -> Schema:
    properties: dict[str, JsonValue] = {}
    for one in objects:
        for key, value in cast("dict[str, Schema]", one.get("properties", {})).items():
            known = cast("Schema | None", properties.get(key))
            properties[key] = value if known is None else _merge(known, value)
    always = set(properties)
    for one in objects:
        always &= set(cast("list[str]", one.get("required", [])))
    required: list[JsonValue] = [*sorted(always)]
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}
