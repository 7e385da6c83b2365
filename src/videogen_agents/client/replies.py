"""Replies of a server as the contract's models."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, JsonValue, TypeAdapter, ValidationError

from videogen_agents.errors import ConnectionLostError

ReplyT = TypeVar("ReplyT", bound=BaseModel)

_OBJECTS = TypeAdapter(list[dict[str, JsonValue]])


def parse(model: type[ReplyT], body: JsonValue) -> ReplyT:
    """The reply as ``model``. Raises ConnectionLostError with code ``unexpected_reply`` when it is none."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise unexpected(model, error) from error


def unexpected(model: type[BaseModel], error: ValidationError) -> ConnectionLostError:
    """The error for a reply that is not what the contract says."""
    where = ".".join(str(part) for part in error.errors()[0]["loc"])
    return ConnectionLostError(
        f"The server's reply is not a {model.__name__} of the contract (at {where or 'the top'}).",
        code="unexpected_reply",
        next_step="Check that VIDEOGEN_BASE_URL points at a server of the VideoGen contract.",
    )


def objects_in(body: JsonValue, collection: str) -> list[dict[str, JsonValue]]:
    """The items of a list reply as plain objects; none when there is no such list."""
    return _OBJECTS.validate_python(body.get(collection, []) if isinstance(body, dict) else [])
