"""Which keys of a request body have no effect, so that a typo can be seen."""

from collections.abc import Iterator, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, cast, get_args, get_origin

from pydantic.alias_generators import to_camel

from videogen_agents.contract.base import WireModel, accepted_names
from videogen_agents.contract.remix import OLDER_ACTION_TYPES


def ignored_keys(model: type[WireModel], body: Mapping[str, object]) -> list[str]:
    """Dotted paths of the keys in ``body`` that ``model`` does not read, in body order, list items by index.

    Listed are unknown keys, an old name beside the newer one that wins, and known keys that have no effect next
    to the others (``aiStyle`` under STOCK). ``body`` is the raw JSON object; what is malformed is passed over,
    since validation reports it. At most 100 paths are listed.
    """
    found: list[str] = []
    for path in _unread(model, body, ""):
        found.append(path)
        if len(found) == 100:
            break
    return found


def _unread(model: type[WireModel], body: Mapping[str, object], prefix: str) -> Iterator[str]:
    readers: dict[str, object] = {}
    for name, field in model.model_fields.items():
        names = [key for key in accepted_names(name, field) if key in body]
        if names:
            readers[names[0]] = field.annotation
    for old, new in model.folded_names.items():
        field_name = next(name for name, field in model.model_fields.items() if new in accepted_names(name, field))
        if old in body and not any(body.get(key) is not None for key in (new, field_name)):
            readers[old] = str
    without_effect = model.ignored_by_rule({_camel(key): value for key, value in body.items()})
    for key, value in body.items():
        path = f"{prefix}{key}"
        if key not in readers or _camel(key) in without_effect:
            yield path
        else:
            yield from _inside(readers[key], value, path)


def _camel(key: str) -> str:
    return to_camel(key) if "_" in key else key


def _inside(annotation: object, value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        body = cast("Mapping[str, object]", value)
        if (model := _model_for(annotation, body)) is not None:
            yield from _unread(model, body, f"{path}.")
    elif isinstance(value, list):
        item = _item_type(annotation)
        for index, entry in enumerate(cast("list[object]", value)):
            yield from _inside(item, entry, f"{path}.{index}")


def _members(annotation: object) -> Iterator[object]:
    """The alternatives of an annotation, without notes and None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    elif annotation is not NoneType:
        yield annotation


def _item_type(annotation: object) -> object:
    for member in _members(annotation):
        if get_origin(member) is list:
            return get_args(member)[0]
    return None


def _model_for(annotation: object, body: Mapping[str, object]) -> type[WireModel] | None:
    models = [member for member in _members(annotation) if isinstance(member, type) and issubclass(member, WireModel)]
    if len(models) == 1:
        return models[0]
    return next((model for model in models if _is_told_by(model, body)), None)


def _is_told_by(model: type[WireModel], body: Mapping[str, object]) -> bool:
    for name in ("type", "role", "event"):
        field = model.model_fields.get(name)
        if field is None or get_origin(field.annotation) is not Literal:
            continue
        value = body.get(name)
        newest = OLDER_ACTION_TYPES.get(value, value) if isinstance(value, str) else value
        choices = [choice.value if isinstance(choice, Enum) else choice for choice in get_args(field.annotation)]
        return newest in choices
    return False
