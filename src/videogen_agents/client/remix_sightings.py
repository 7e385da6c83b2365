"""Remix actions in a project's list, told apart by their types and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import JsonValue

from videogen_agents.client.replies import JsonObject, text_of


def remix_ids(reply: JsonObject) -> list[tuple[str, str]]:
    """The ids of a reply's remix actions, named for the ledger."""
    listed = reply.get("remixActionIds")
    return [("remix_action_id", item) for item in listed if isinstance(item, str)] if isinstance(listed, list) else []


def in_asked_order(actions: Sequence[JsonObject], wanted: Sequence[str]) -> list[JsonValue] | None:
    """The ids of ``actions`` (oldest first) in the order of the ``wanted`` types; None unless they are just those."""
    if Counter(text_of(action, "type") for action in actions) != Counter(wanted):
        return None
    left = list(actions)
    ids: list[JsonValue] = []
    for kind in wanted:
        action = next(item for item in left if text_of(item, "type") == kind)
        left.remove(action)
        ids.append(text_of(action, "remixActionId"))
    return ids


def outcome_of(statuses: Sequence[str]) -> str:
    """One status for several actions: running while any is, failed when none succeeded, else succeeded."""
    if any(status not in ("succeeded", "failed", "cancelled", "canceled") for status in statuses):
        return "running"
    return "succeeded" if "succeeded" in statuses else "failed"
