"""Pages of a list: the cursor is the number of items already shown, in words nobody should read."""

from __future__ import annotations

from typing import TypeVar

from videogen_agents.contract import PageQuery
from videogen_agents.testing.scripted_state import RefusedError, ScriptedCall

ItemT = TypeVar("ItemT")


def page(items: list[ItemT], query: PageQuery) -> tuple[list[ItemT], bool, str | None]:
    """The items of a page, whether there are more, and the cursor of the next."""
    shown = (query.cursor or "after-0").removeprefix("after-")
    if not shown.isdecimal():
        raise RefusedError(400, "cursor belongs to another list; leave it out.", "invalid_request")
    end = int(shown) + query.limit
    more = end < len(items)
    return items[int(shown) : end], more, f"after-{end}" if more else None


def page_query(call: ScriptedCall) -> PageQuery:
    """The paging of a listing."""
    assert isinstance(call.query, PageQuery)
    return call.query
