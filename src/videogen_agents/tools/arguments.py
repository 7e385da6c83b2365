"""Arguments from a model: lenient in form, strict in meaning, and errors that show how to call correctly."""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from videogen_agents.contract import explain_validation, ignored_keys
from videogen_agents.contract.base import WireModel, accepted_names
from videogen_agents.errors import InputError, LimitError
from videogen_agents.tools.flat_schema import flat_schema

ModelT = TypeVar("ModelT", bound=BaseModel)

#: Characters of one call's arguments as JSON, and levels of nesting.
MAX_ARGUMENT_CHARS = 200_000
MAX_DEPTH = 12


class ToolInput(BaseModel):
    """Base of the inputs that are not contract models. Null means not given; camelCase and snake_case are read."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


def readable_arguments(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """``arguments`` as plain JSON of an honest size, with JSON texts parsed where ``schema`` wants no text.

    Some hosts encode nested values twice. Raises LimitError for what is too long or too deep, InputError for what is
    no text.
    """
    _check(arguments)
    wanted: Mapping[str, Any] = schema.get("properties", {})
    decoded = {
        key: _decoded(value) if isinstance(value, str) and wanted.get(key, {}).get("type") in _NOT_TEXT else value
        for key, value in arguments.items()
    }
    _check(decoded)
    return decoded


_NOT_TEXT = ("object", "array", "number", "integer", "boolean")


def _check(arguments: Mapping[str, Any]) -> None:
    _walk(arguments, 0)
    try:
        text = json.dumps(arguments, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError) as error:
        raise InputError(
            "The arguments are not plain JSON (half of a surrogate pair, or a value JSON does not have).",
            code="invalid_text",
            next_step="Remove the broken characters and call again.",
        ) from error
    if len(text) > MAX_ARGUMENT_CHARS:
        raise LimitError(
            f"The arguments have {len(text)} characters; at most {MAX_ARGUMENT_CHARS} are taken.",
            next_step="Shorten the text, or split the film.",
        )


def _walk(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise LimitError(f"The arguments are nested deeper than {MAX_DEPTH} levels.", next_step="Send flat arguments.")
    if isinstance(value, Mapping):
        for key, item in cast("Mapping[object, object]", value).items():
            _walk(key, depth + 1)
            _walk(item, depth + 1)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            _walk(item, depth + 1)
    elif isinstance(value, str) and "\x00" in value:
        raise InputError(
            "The arguments hold a NUL character.", code="invalid_text", next_step="Remove it and call again."
        )


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def parse_model(model: type[ModelT], arguments: dict[str, Any], *, example: str) -> ModelT:
    """``arguments`` as ``model``. Raises InputError naming the field, the reason and a corrected example."""
    reject_unknown(arguments, known_names(model), example=example)
    try:
        return model.model_validate({key: value for key, value in arguments.items() if value is not None})
    except ValidationError as error:
        raise explain(error, example=example) from error


def explain(error: ValidationError, *, example: str) -> InputError:
    """The first problems as sentences; never the library's own text."""
    problems = explain_validation(error)[:3]
    said = " ".join(sentence for _, sentence in problems)
    return InputError(said, code="invalid_arguments", next_step=f"Call again like this: {example}")


def known_names(model: type[BaseModel]) -> set[str]:
    """Every name a field may have in arguments."""
    names: set[str] = set()
    for name, field in model.model_fields.items():
        if issubclass(model, WireModel):
            names.update(accepted_names(name, field))
        else:
            names.update({name, field.alias or name})
    if issubclass(model, WireModel):
        names.update(model.folded_names)
    return names


def reject_unknown(arguments: Mapping[str, Any], known: Iterable[str], *, example: str) -> None:
    """Raise InputError for the first unknown key, with the nearest one that exists."""
    names = set(known)
    wire_names = sorted(name for name in names if "_" not in name)
    for key in arguments:
        if key not in names:
            near = nearest(key, wire_names)
            hint = f" Did you mean {near}?" if near else f" Known: {', '.join(wire_names)}."
            raise InputError(
                f"There is no argument {key[:60]!r}.{hint}",
                code="unknown_argument",
                next_step=f"Call again like this: {example}",
            )


def unread_values(model: type[WireModel], values: Mapping[str, Any], *, example: str) -> tuple[str, ...]:
    """A sentence for each argument that has no effect beside the others.

    Raises InputError, with the nearest name, for one inside another argument that does not exist at all.
    """
    paths = ignored_keys(model, values)
    for path in paths:
        parent, _, key = path.rpartition(".")
        names = _names_at(flat_schema(model), parent) if parent else None
        if names is not None and (to_camel(key) if "_" in key else key) not in names:
            near = nearest(key, names)
            hint = f" Did you mean {near}?" if near else f" Known: {', '.join(names)}."
            raise InputError(
                f"There is no argument {key[:60]!r} in {parent[:120]}.{hint}",
                code="unknown_argument",
                next_step=f"Call again like this: {example}",
            )
    return tuple(f"{path} has no effect beside the other arguments." for path in paths)


def _names_at(schema: Mapping[str, Any], path: str) -> list[str]:
    """The property names of the object at ``path`` (``scenes.0.generation``)."""
    for part in path.split("."):
        schema = schema.get("items", {}) if part.isdigit() else schema.get("properties", {}).get(part, {})
    return list(schema.get("properties", {}))


def nearest(word: str, choices: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The choice that ``word`` was probably meant to be. A shared beginning counts: typos are mostly later."""

    def likeness(choice: str) -> float:
        pairs = zip(word.lower(), choice.lower(), strict=False)
        shared = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))
        return difflib.SequenceMatcher(None, word.lower(), choice.lower()).ratio() + 0.02 * shared

    best = max(choices, key=likeness, default=None)
    return best if best is not None and likeness(best) >= cutoff else None


def reject_value(name: str, value: object, allowed: Iterable[str], *, example: str) -> InputError:
    """The error for a value that is not one of ``allowed``, with the nearest that is."""
    choices = list(allowed)
    near = nearest(str(value)[:200], choices)
    hint = f" Did you mean {near!r}?" if near else ""
    return InputError(
        f"{name} is {str(value)[:60]!r}; it must be one of {', '.join(choices)}.{hint}",
        code="invalid_arguments",
        next_step=f"Call again like this: {example}",
    )
