"""Arguments from a model: lenient in form, strict in meaning, and errors that show how to call correctly."""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from videogen_agents.contract import explain_validation
from videogen_agents.contract.base import WireModel, accepted_names
from videogen_agents.errors import InputError, LimitError

ModelT = TypeVar("ModelT", bound=BaseModel)

#: Characters of one call's arguments as JSON, and levels of nesting.
MAX_ARGUMENT_CHARS = 200_000
MAX_DEPTH = 12


class ToolInput(BaseModel):
    """Base of the inputs that are not contract models. Null means not given; camelCase and snake_case are read."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


def check_size(arguments: Mapping[str, Any]) -> None:
    """Raise LimitError for arguments beyond any honest call, and InputError for text that is none."""
    _check_depth(arguments, 0)
    try:
        size = len(json.dumps(arguments, ensure_ascii=False))
        json.dumps(arguments, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise InputError(
            "The arguments are not valid Unicode JSON (a lone surrogate, or a value JSON does not have).",
            code="invalid_text",
            next_step="Send plain text.",
        ) from error
    if size > MAX_ARGUMENT_CHARS:
        raise LimitError(
            f"The arguments have {size} characters; at most {MAX_ARGUMENT_CHARS} are taken.",
            next_step="Shorten the text, or split the film.",
        )


def _check_depth(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise LimitError(f"The arguments are nested deeper than {MAX_DEPTH} levels.", next_step="Send flat arguments.")
    if isinstance(value, Mapping):
        for item in value.values():  # pyright: ignore[reportUnknownVariableType]  # arguments are any JSON
            _check_depth(item, depth + 1)  # pyright: ignore[reportUnknownArgumentType]  # same
    elif isinstance(value, list):
        for item in value:  # pyright: ignore[reportUnknownVariableType]  # same
            _check_depth(item, depth + 1)  # pyright: ignore[reportUnknownArgumentType]  # same


def undo_double_encoding(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """``arguments`` with JSON texts parsed where the schema wants no text: some hosts encode nested values twice."""
    wanted: Mapping[str, Any] = schema.get("properties", {})
    return {
        key: _decoded(value) if isinstance(value, str) and wanted.get(key, {}).get("type") in _NOT_TEXT else value
        for key, value in arguments.items()
    }


_NOT_TEXT = ("object", "array", "number", "integer", "boolean")


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
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
