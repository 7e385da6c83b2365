"""Walk a list of the contract page by page, and end even when the server's list does not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from videogen_agents.client.http_session import HttpSession
from videogen_agents.client.replies import JsonObject, json_object, objects_in
from videogen_agents.errors import ConnectionLostError

#: Pages of one list that are read at most: 100 of 200 items each.
MAX_PAGES = 100


class EndlessListError(ConnectionLostError):
    """A list with more pages than we read, or whose pages go round in a circle."""

    default_code = "endless_list"


async def walk(
    session: HttpSession,
    path: str,
    collection: str,
    params: Mapping[str, str | int | bool | None],
    pages: int | None = None,
) -> AsyncIterator[JsonObject]:
    """The items of a list, in the server's order, from at most ``pages`` pages; None reads all of them.

    Raises ConnectionLostError with code ``unexpected_reply`` for a reply that is no such list, and EndlessListError
    for a list that repeats a cursor or has more than ``MAX_PAGES`` pages.
    """
    seen: set[str] = set()
    cursor: str | None = None
    for _ in range(MAX_PAGES if pages is None else pages):
        reply = json_object(await session.get_json(path, {**params, "cursor": cursor}))
        for item in objects_in(reply, collection):
            yield item
        following = reply.get("nextCursor")
        if not reply.get("hasMore") or not isinstance(following, str) or not following:
            return
        if following in seen:
            break
        seen.add(following)
        cursor = following
    if pages is None:
        raise EndlessListError(
            f"The server's list at {path} does not end.",
            next_step="Check that VIDEOGEN_BASE_URL points at a server of the VideoGen contract.",
        )
