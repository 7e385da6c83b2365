"""Ids in paths: opaque, but never able to lead to another path."""

from __future__ import annotations

from urllib.parse import quote

from videogen_agents.errors import InputError

#: Far above any id that was seen.
LONGEST_ID = 200


def segment(value: str) -> str:
    """The id, escaped, as one segment of a path. Raises InputError with code ``invalid_id`` for text that is none."""
    printable = value.isprintable() and not any(character.isspace() for character in value)
    if not printable or not value.strip(".") or len(value) > LONGEST_ID:
        shown = value if len(value) <= 40 else f"{value[:40]}…"
        raise InputError(
            f"{shown!r} is not an id.",
            code="invalid_id",
            next_step="Take the id from a result, unchanged, or look it up with find.",
        )
    return quote(value, safe="")
