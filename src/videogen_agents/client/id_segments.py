"""Ids in paths: opaque, but never able to lead to another path."""

from __future__ import annotations

from urllib.parse import quote

from videogen_agents.errors import InputError

#: Far above any id that was seen.
LONGEST_ID = 200


def is_id(value: str) -> bool:
    """Whether a text can be an id: one word without slashes, and not only dots."""
    plain = value.isprintable() and not any(character.isspace() or character in "/\\" for character in value)
    return plain and bool(value.strip(".")) and len(value) <= LONGEST_ID


def segment(value: str) -> str:
    """The id, escaped, as one segment of a path. Raises InputError with code ``invalid_id`` for text that is none."""
    if not is_id(value):
        shown = value if len(value) <= 40 else f"{value[:40]}…"
        raise InputError(
            f"{shown!r} is not an id.",
            code="invalid_id",
            next_step="Take the id from a result, unchanged, or look it up with find.",
        )
    return quote(value, safe="")
