"""Arguments of a tool with variants as the variant's true model, with errors that show the corrected call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pydantic import ValidationError

from videogen_agents.contract.base import WireModel
from videogen_agents.errors import InputError
from videogen_agents.tools.arguments import explain, known_names, nearest, reject_value, unread_values

ModelT = TypeVar("ModelT", bound=WireModel)

#: Characters of a text that an example repeats.
MAX_SHOWN = 40


@dataclass(frozen=True)
class Variants(Generic[ModelT]):
    """The variants of a tool. ``discriminator`` is the argument that names one; ``examples`` has a call for each."""

    discriminator: str
    models: Mapping[str, type[ModelT]]
    examples: Mapping[str, Mapping[str, object]]

    def named(self, name: object) -> str:
        """The variant called ``name``, in any case. Raises InputError with the nearest."""
        if isinstance(name, str):
            plain = name.strip().lower().replace("-", "_")
            for known in self.models:
                if known.lower() == plain:
                    return known
        if name is None:
            first = next(iter(self.models))
            raise InputError(
                f"{self.discriminator} is required; it is one of {', '.join(self.models)}.",
                code="invalid_arguments",
                next_step=f"Call again like this: {self.example(first)}",
            )
        near = nearest(str(name)[:100], self.models)
        raise reject_value(self.discriminator, name, self.models, example=self.example(near or next(iter(self.models))))

    def example(self, name: str) -> str:
        """A right call of the variant as JSON."""
        return json.dumps({self.discriminator: name, **self.examples[name]}, ensure_ascii=False)

    def read(self, name: str, values: dict[str, object]) -> tuple[ModelT, tuple[str, ...]]:
        """The variant's model, and a sentence for each argument without effect.

        ``values`` are in the contract's form. Raises InputError for an argument that this variant does not have.
        """
        self.check_names(name, values)
        model = self.models[name]
        example = self.example(name)
        return read_model(model, values, example=example), unread_values(model, values, example=example)

    def check_names(self, name: str, values: Mapping[str, object]) -> None:
        """Raise InputError for the first argument that this variant does not have."""
        known = known_names(self.models[name])
        for key in values:
            if key not in known:
                raise self._unknown(name, key, values, sorted(word for word in known if "_" not in word))

    def _unknown(self, name: str, key: str, values: Mapping[str, object], known: list[str]) -> InputError:
        users = [other for other, model in self.models.items() if key in known_names(model)]
        if users:
            return InputError(
                f"{key} is for {', '.join(users)}, not for {name}.",
                code="unknown_argument",
                next_step=f"Leave it out, or change {self.discriminator}. {name} reads: {', '.join(known)}.",
            )
        near = nearest(key, [*known, self.discriminator])
        hint = f"Did you mean {near}?" if near else f"Known: {', '.join(known)}."
        if near is None or near == self.discriminator:
            fixed = self.example(name)
        else:
            fixed = corrected({self.discriminator: name, **values}, key, near)
        return InputError(
            f"There is no argument {key[:60]!r}. {hint}",
            code="unknown_argument",
            next_step=f"Call again like this: {fixed}",
        )


def read_model(model: type[ModelT], values: Mapping[str, object], *, example: str) -> ModelT:
    """``values`` as ``model``. Raises InputError with sentences and an example."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise explain(error, example=example) from error


def corrected(values: Mapping[str, object], wrong: str, right: str) -> str:
    """The caller's own call with one name mended and long texts shortened, as JSON."""
    return json.dumps(
        {right if key == wrong else key: shortened(value) for key, value in values.items()}, ensure_ascii=False
    )


def shortened(value: object) -> object:
    """A value as an example shows it."""
    if isinstance(value, str) and len(value) > MAX_SHOWN:
        return value[:MAX_SHOWN] + "…"
    if isinstance(value, Mapping):
        return {
            str(key)[:60]: shortened(item) for key, item in list(cast("Mapping[object, object]", value).items())[:8]
        }
    if isinstance(value, list):
        return [shortened(item) for item in cast("list[object]", value)[:3]]
    return value


def taken_switch(values: dict[str, Any], name: str, *, example: str) -> bool:
    """A true-or-false argument that is ours, not the contract's; it is removed from ``values``."""
    value = values.pop(name, None)
    if value is None:
        return False
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise reject_value(name, value, ("true", "false"), example=example)
    return value


def taken_id(values: dict[str, Any], name: str, what: str, *, example: str) -> str:
    """A required id, which is removed from ``values``. Ids are opaque: only that there is one is checked."""
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    value = values.pop(name, None) or values.pop(snake, None)
    if not isinstance(value, str) or not 0 < len(value) <= 200 or not value.strip("."):
        raise InputError(
            f"{name} is required; it is the id of {what}.",
            code="invalid_arguments",
            next_step=f"Call again like this: {example}",
        )
    return value
