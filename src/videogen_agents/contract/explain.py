"""Validation errors as short sentences that name the wire field and the fix."""

import re
from collections.abc import Mapping

from pydantic import ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from videogen_agents.contract.base import RULE

#: At most this many errors of one body are told.
MOST_ERRORS = 20

_SENTENCES: Mapping[str, str] = {
    "missing": "{field} is required; add it.",
    "string_type": "{field} must be text.",
    "string_unicode": "{field} must be valid Unicode text; remove the broken characters.",
    "int_type": "{field} must be a whole number.",
    "int_parsing": "{field} must be a whole number.",
    "int_parsing_size": "{field} must be a whole number of sensible size.",
    "int_from_float": "{field} must be a whole number; round it.",
    "float_type": "{field} must be a number.",
    "float_parsing": "{field} must be a number.",
    "finite_number": "{field} must be a finite number.",
    "bool_type": "{field} must be true or false.",
    "bool_parsing": "{field} must be true or false.",
    "list_type": "{field} must be a list.",
    "model_type": "{field} must be a JSON object.",
    "model_attributes_type": "{field} must be a JSON object.",
    "dict_type": "{field} must be a JSON object.",
    "enum": "{field} must be {expected}.",
    "literal_error": "{field} must be {expected}.",
    "greater_than_equal": "{field} must be at least {ge:g}.",
    "greater_than": "{field} must be greater than {gt:g}.",
    "less_than_equal": "{field} must be at most {le:g}.",
    "less_than": "{field} must be less than {lt:g}.",
    "too_short": "{field} needs at least {min_length}; it has {actual_length}.",
    "too_long": "{field} takes at most {max_length}; shorten the list.",
    "string_too_short": "{field} must have at least {min_length} characters.",
    "string_too_long": "{field} must have at most {max_length} characters; shorten it.",
    "string_pattern_mismatch": "{field} does not have the required form.",
    "union_tag_invalid": "{field} must be one of {expected_tags}.",
    "union_tag_not_found": "{field} is required; it says which kind this is.",
    "extra_forbidden": "{field} is not known here; remove it.",
    "json_invalid": "{field} is not valid JSON.",
}
_ENUM_MEMBER = re.compile(r"<\w+\.\w+: ('[^']*'|\d+)>")
_FIELD_NAME = re.compile(r"[a-z][A-Za-z0-9_]*")
#: What pydantic puts into a location beside field names: union members and tags.
_NOT_FIELDS = frozenset({"str", "int", "float", "bool", "none", "user", "assistant"})


def explain_validation(error: ValidationError) -> list[tuple[str, str]]:
    """``(field path, sentence)`` for each thing wrong, at most 20.

    Paths are dotted wire names relative to the body (``remixActions.0.volume``), empty for the body itself.
    Sentences name the field and the fix, and never repeat what was sent.
    """
    told: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        path = _path(detail)
        if path not in told:
            told[path] = _sentence(detail, path)
        if len(told) == MOST_ERRORS:
            break
    return list(told.items())


def _path(detail: ErrorDetails) -> str:
    parts = [_wire(part) for part in detail["loc"] if _is_field(part)]
    context = detail.get("ctx", {})
    if detail["type"] == RULE:
        parts.append(str(context["field"]))
    elif detail["type"].startswith("union_tag"):
        parts.append(str(context["discriminator"]).strip("'"))
    return ".".join(part for part in parts if part)


def _is_field(part: int | str) -> bool:
    return isinstance(part, int) or (_FIELD_NAME.fullmatch(part) is not None and part not in _NOT_FIELDS)


def _wire(part: int | str) -> str:
    return to_camel(part) if isinstance(part, str) and "_" in part else str(part)


def _sentence(detail: ErrorDetails, path: str) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == RULE:
        return str(context["sentence"])
    if detail["type"] == "value_error":
        return str(context["error"])
    words = {key: _ENUM_MEMBER.sub(r"\1", value) if isinstance(value, str) else value for key, value in context.items()}
    template = _SENTENCES.get(detail["type"], "{field} is not valid.")
    return template.format(field=path or "The body", **words)
