"""What can go wrong between a client and a server, by name."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Where a request breaks, or what it is refused with."""

    NOT_CONNECTED = "not connected"
    CUT_BEFORE_SENDING = "cut before sending"
    CUT_WHILE_SENDING = "cut while sending"
    CUT_BEFORE_STATUS_LINE = "cut before the status line"
    CUT_IN_STATUS_LINE = "cut in the status line"
    CUT_IN_HEADERS = "cut in the headers"
    CUT_IN_BODY = "cut in the body"
    CUT_AFTER_BODY = "cut after the body"
    STALLED = "no reply for as long as the server lives"
    BAD_GATEWAY_AFTER_START = "502 after the start"
    BAD_GATEWAY_BEFORE_START = "502 before the start"
    SERVER_ERROR = "500"
    RATE_LIMITED = "429 rate_limited"
    NO_CREDITS = "429 insufficient_credits"
    UNAVAILABLE = "501"
    FORBIDDEN = "403"

    @property
    def before_work(self) -> bool:
        """The server has done nothing when this happens."""
        return self in _BEFORE_WORK

    @property
    def cuts_request(self) -> bool:
        """The request does not arrive whole."""
        return self in _CUT_REQUEST


_CUT_REQUEST = frozenset({Fault.NOT_CONNECTED, Fault.CUT_BEFORE_SENDING, Fault.CUT_WHILE_SENDING})
_BEFORE_WORK = _CUT_REQUEST | {
    Fault.BAD_GATEWAY_BEFORE_START,
    Fault.RATE_LIMITED,
    Fault.NO_CREDITS,
    Fault.UNAVAILABLE,
    Fault.FORBIDDEN,
}
#: The cuts, in the order in which a request and its reply pass them.
CUTS = (
    Fault.NOT_CONNECTED,
    Fault.CUT_BEFORE_SENDING,
    Fault.CUT_WHILE_SENDING,
    Fault.CUT_BEFORE_STATUS_LINE,
    Fault.CUT_IN_STATUS_LINE,
    Fault.CUT_IN_HEADERS,
    Fault.CUT_IN_BODY,
    Fault.CUT_AFTER_BODY,
)
