"""Replies of a server as the contract's models."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, JsonValue, TypeAdapter, ValidationError

from videogen_agents.errors import ConnectionLostError

ReplyT = TypeVar("ReplyT", bound=BaseModel)

JsonObject = dict[str, JsonValue]

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


def json_object(body: JsonValue) -> JsonObject:
    """The reply as an object. Raises ConnectionLostError with code ``unexpected_reply`` for anything else."""
    if not isinstance(body, dict):
        raise ConnectionLostError("The server's reply is not a JSON object.", code="unexpected_reply")
    return body


def objects_in(body: JsonValue, collection: str) -> list[JsonObject]:
    """The items of a list reply. Raises ConnectionLostError with code ``unexpected_reply`` when there is no such
    list."""
    try:
        return _OBJECTS.validate_python(body.get(collection) if isinstance(body, dict) else None)
    except ValidationError as error:
        raise ConnectionLostError(
            f"The server's reply has no list of {collection}.",
            code="unexpected_reply",
            next_step="Check that VIDEOGEN_BASE_URL points at a server of the VideoGen contract.",
        ) from error


def text_of(item: JsonObject, key: str) -> str:
    """A string field of a reply; empty when missing."""
    value = item.get(key)
    return value if isinstance(value, str) else ""
