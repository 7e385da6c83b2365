"""Every error this project raises on purpose, in one tree.

VideoError                     code, message, kind, ids, next_step, retry_after
├── InputError                 fix_input    the request is wrong; change it and call again
│   ├── NotFoundError          fix_input    no such job, project, file, voice …
│   └── LimitError             fix_input    too long, too large, too many
├── RetryLaterError            retry_later  nothing is wrong with the request
│   ├── RateLimitedError       retry_later  the backend asked for a pause
│   ├── ConnectionLostError    retry_later  no reply, or half of one
│   └── BusyError              retry_later  the queue or a lock is taken
├── AskUserError               ask_user     only a person can mend this
│   ├── AuthError              ask_user     missing, wrong or insufficient key
│   ├── CreditsError           ask_user     the hosted account is out of credits
│   ├── UnavailableError       ask_user     this backend cannot do it; names what would enable it
│   └── JobFailedError         ask_user     a job ended without a result
└── InternalError              bug          a fault in this project

The same object becomes the REST ``ApiError``, the MCP tool error, the LangChain ``ToolException``,
the Agents SDK text and the command line's message with its exit code.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar


class ErrorKind(StrEnum):
    """What the reader can do about an error."""

    FIX_INPUT = "fix_input"
    RETRY_LATER = "retry_later"
    ASK_USER = "ask_user"
    BUG = "bug"


#: Exit code of the command line for each kind of error; 0 is success and 2 is left to usage errors.
EXIT_CODES: Mapping[ErrorKind, int] = {
    ErrorKind.FIX_INPUT: 3,
    ErrorKind.RETRY_LATER: 4,
    ErrorKind.ASK_USER: 5,
    ErrorKind.BUG: 1,
}


class VideoError(Exception):
    """Base of the tree.

    ``message`` is one sentence, ``next_step`` is what to do now, ``ids`` are the ids already known
    (``{"workflow_run_id": "vg_work_…"}``), ``retry_after`` is in seconds, ``status`` is the HTTP status
    that the error has, or had, on the wire.
    """

    kind: ClassVar[ErrorKind] = ErrorKind.BUG
    default_code: ClassVar[str] = "internal_error"
    default_status: ClassVar[int] = 500

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        next_step: str | None = None,
        ids: Mapping[str, str] | None = None,
        retry_after: float | None = None,
        status: int | None = None,
        requirement: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.next_step = next_step
        self.ids: dict[str, str] = dict(ids or {})
        self.retry_after = retry_after
        self.status = status if status is not None else self.default_status
        #: What would fix it, as the contract's ``requirement.type`` (``upgrade_plan``, ``install_extra`` …).
        self.requirement = requirement
        self.request_id = request_id

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.kind]

    def text(self) -> str:
        """The error as at most three lines for a model or a person: what, ids, next step."""
        lines = [f"{self.message} [{self.code}, {self.kind.value}]"]
        if self.ids:
            lines.append("ids: " + ", ".join(f"{name}={value}" for name, value in sorted(self.ids.items())))
        if self.next_step:
            lines.append(f"next: {self.next_step}")
        return "\n".join(lines)


class InputError(VideoError):
    kind = ErrorKind.FIX_INPUT
    default_code = "invalid_request"
    default_status = 400


class NotFoundError(InputError):
    default_code = "not_found"
    default_status = 404


class LimitError(InputError):
    default_code = "limit_exceeded"
    default_status = 400


class RetryLaterError(VideoError):
    kind = ErrorKind.RETRY_LATER
    default_code = "unavailable"
    default_status = 503


class RateLimitedError(RetryLaterError):
    default_code = "rate_limited"
    default_status = 429


class ConnectionLostError(RetryLaterError):
    default_code = "connection_lost"
    default_status = 503


class BusyError(RetryLaterError):
    default_code = "busy"
    default_status = 503


class AskUserError(VideoError):
    kind = ErrorKind.ASK_USER
    default_code = "not_authorized"
    default_status = 403


class AuthError(AskUserError):
    default_code = "invalid_api_key"
    default_status = 401


class CreditsError(AskUserError):
    default_code = "insufficient_credits"
    default_status = 429


class UnavailableError(AskUserError):
    """The backend cannot do this. ``requirement`` and ``next_step`` name what would enable it."""

    default_code = "not_available"
    default_status = 501


class JobFailedError(AskUserError):
    default_code = "job_failed"
    default_status = 500


class InternalError(VideoError):
    """A fault in this project; worth a bug report."""
