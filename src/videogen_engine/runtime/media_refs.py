"""Every piece of media that a stage's result refers to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast, get_args

from pydantic import BaseModel

from videogen_engine.stage import MediaRef


def media_refs(document: BaseModel) -> Iterator[MediaRef]:
    """The references in ``document``, in the order of its fields."""
    if isinstance(document, MediaRef):
        yield document
        return
    for name in _fields_with_media(type(document)):
        yield from _inside(getattr(document, name))


def _inside(value: object) -> Iterator[MediaRef]:
    if isinstance(value, BaseModel):
        yield from media_refs(value)
    elif isinstance(value, (tuple, list)):
        for item in cast("tuple[object, ...]", value):
            yield from _inside(item)


@cache
def _fields_with_media(model: type[BaseModel]) -> tuple[str, ...]:
    """Fields that can hold a reference; the many words and phones of a narration cannot, and are skipped."""
    return tuple(name for name, info in model.model_fields.items() if _may_hold(info.annotation))


def _may_hold(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation is MediaRef or bool(_fields_with_media(annotation))
    return any(_may_hold(part) for part in get_args(annotation))
