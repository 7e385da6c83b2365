"""Keyset pages: ordered by (time, id), newest first, so that equal times neither repeat nor skip a row."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from sqlalchemy import ColumnElement, and_, or_

from videogen_agents.errors import InputError

ItemT = TypeVar("ItemT")

#: Any time a row can have is below this, and the database can compare it.
_MOST_MS = 2**53


@dataclass(frozen=True)
class Page(Generic[ItemT]):
    """``next_cursor`` is None on the last page."""

    items: tuple[ItemT, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class Position:
    """Where the page before ended."""

    time_ms: int
    row_id: str


def encode_cursor(listing: str, position: Position) -> str:
    """Opaque text that only ``listing`` accepts back."""
    body = json.dumps([listing, position.time_ms, position.row_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def decode_cursor(listing: str, cursor: str | None) -> Position | None:
    """Raises InputError for anything this listing did not issue."""
    if cursor is None:
        return None
    try:
        parsed: object = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        parsed = None
    if isinstance(parsed, list):
        match cast("list[object]", parsed):
            case [str(name), int(time_ms), str(row_id)] if (
                name == listing and 0 <= time_ms < _MOST_MS and row_id.isascii()
            ):
                return Position(time_ms, row_id)
            case _:
                pass
    raise InputError(
        "The cursor was not issued by this list.",
        next_step="Leave `cursor` out for the first page, then pass each `nextCursor` back unchanged.",
    )


def after(time_column: ColumnElement[int], id_column: ColumnElement[str], position: Position) -> ColumnElement[bool]:
    """Rows that come after ``position`` when newest come first."""
    return or_(time_column < position.time_ms, and_(time_column == position.time_ms, id_column < position.row_id))


def page_of(listing: str, rows: list[tuple[Position, ItemT]], limit: int) -> Page[ItemT]:
    """A page from up to ``limit + 1`` rows; the extra row only says that there are more."""
    kept = rows[:limit]
    more = len(rows) > limit and bool(kept)
    return Page(tuple(item for _, item in kept), encode_cursor(listing, kept[-1][0]) if more else None)
