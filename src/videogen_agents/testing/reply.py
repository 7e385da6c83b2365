"""An answer before it becomes bytes on a socket or an httpx response."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from videogen_agents.contract.base import WireModel
from videogen_agents.testing.faults import Fault


@dataclass(frozen=True)
class Reply:
    """``body`` is whole; a cut happens on the way."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict[str, str])


def json_reply(status: int, model: WireModel | None) -> Reply:
    """A model as its JSON; nothing at all for None."""
    if model is None:
        return Reply(status, b"")
    return Reply(status, model.to_wire_json(), {"content-type": "application/json"})


def refusal(status: int, message: str, code: str | None, headers: dict[str, str] | None = None) -> Reply:
    """An ApiError."""
    body = json.dumps({"message": message, "code": code}).encode()
    return Reply(status, body, {"content-type": "application/json", **(headers or {})})


def fault_reply(fault: Fault) -> Reply | None:
    """The answer that a fault is, or None for one that breaks the connection."""
    match fault:
        case Fault.BAD_GATEWAY_AFTER_START | Fault.BAD_GATEWAY_BEFORE_START:
            return Reply(502, b"<html>bad gateway</html>", {"content-type": "text/html"})
        case Fault.SERVER_ERROR:
            return refusal(500, "Something broke.", None)
        case Fault.RATE_LIMITED:
            return refusal(429, "Slow down.", "rate_limited", {"retry-after": "7"})
        case Fault.NO_CREDITS:
            return refusal(429, "No credits left.", "insufficient_credits")
        case Fault.UNAVAILABLE:
            return refusal(501, "This server cannot do that.", "not_available")
        case Fault.FORBIDDEN:
            return refusal(403, "The plan does not allow this.", "not_authorized")
        case _:
            return None
