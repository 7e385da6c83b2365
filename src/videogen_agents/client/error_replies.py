"""A reply outside 2xx as the error of our tree that tells the caller what to do."""

from __future__ import annotations

import email.utils
import re
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urljoin, urlsplit

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from videogen_agents.contract import ApiRequirement
from videogen_agents.errors import (
    AskUserError,
    AuthError,
    CreditsError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RetryLaterError,
    UnavailableError,
    VideoError,
)

#: Where credits and plans are bought, unless the server names another page.
APP_URL = "https://app.videogen.io"
#: Characters of a server's message, and of its other texts, that are passed on.
LONGEST_MESSAGE = 2000
LONGEST_WORD = 200
#: Longest pause that a server can ask for: the limits are per hour (seconds).
LONGEST_RETRY_AFTER = 3600.0
_LINK = re.compile(r"https://[^\s\"'<>]{4,300}[^\s\"'<>.,;:)]")


def _or_none(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    try:
        return validate(value)
    except ValidationError:
        return None


class _ErrorBody(BaseModel):
    """An ApiError of which any part may be missing or malformed."""

    model_config = ConfigDict(extra="ignore")

    message: Annotated[str | None, WrapValidator(_or_none)] = None
    code: Annotated[str | None, WrapValidator(_or_none)] = None
    requirement: Annotated[ApiRequirement | None, WrapValidator(_or_none)] = None

    @property
    def link(self) -> str | None:
        """The page where a person can mend it, when the server names one."""
        details = (self.requirement.details if self.requirement else None) or {}
        named = _LINK.search(" ".join((*details.values(), self.message or "")))
        return named[0] if named else None


def error_from_response(response: httpx.Response, content: bytes) -> VideoError:
    """The contract's ApiError, or whatever else the server answered, as an error of our tree."""
    if response.is_redirect or response.has_redirect_location:
        return _redirected(response)
    try:
        body = _ErrorBody.model_validate_json(content)
    except ValidationError:
        body = _ErrorBody()
    status = response.status_code
    message = (body.message or "")[:LONGEST_MESSAGE] or f"The server answered {status}."
    code = body.code[:LONGEST_WORD] if body.code else None
    requirement = body.requirement.type[:LONGEST_WORD] if body.requirement else None
    request_id = response.headers.get("x-request-id", "")[:LONGEST_WORD] or None

    def make(cls: type[VideoError], next_step: str | None = None, retry_after: float | None = None) -> VideoError:
        return cls(
            message,
            code=code,
            status=status,
            requirement=requirement,
            request_id=request_id,
            next_step=next_step,
            retry_after=retry_after,
        )

    if status == HTTPStatus.TOO_MANY_REQUESTS:
        if code == "insufficient_credits":
            return make(CreditsError, f"Add credits at {body.link or APP_URL}, then call again.")
        return make(RateLimitedError, "Wait, then call again.", _retry_after(response))
    if status == HTTPStatus.UNAUTHORIZED:
        return make(AuthError, "Set VIDEOGEN_API_KEY to a valid key.")
    if status == HTTPStatus.NOT_FOUND:
        return make(NotFoundError, "Check the id with the find tool.")
    if status == HTTPStatus.NOT_IMPLEMENTED:
        return make(UnavailableError, "Use the hosted backend for this, or leave it out.")
    if status == HTTPStatus.FORBIDDEN:
        where = f" It can be changed at {body.link or APP_URL}." if requirement or body.link else ""
        return make(AskUserError, f"Ask the user: their plan or permissions do not allow this.{where}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return make(RetryLaterError, "Call again in a moment.", _retry_after(response))
    return make(InputError, "Change the named field and call again.")


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after", "")
    if value.isascii() and value.isdigit():
        return min(LONGEST_RETRY_AFTER, float(value[:12]))
    try:
        when = email.utils.parsedate_to_datetime(value).timestamp()
        sent = email.utils.parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, ValueError, OverflowError, TypeError):
        return None
    return min(LONGEST_RETRY_AFTER, max(0.0, when - sent))


def _redirected(response: httpx.Response) -> VideoError:
    """API calls are never redirected: the key would go to wherever the server points."""
    try:
        target = urlsplit(urljoin(str(response.request.url), response.headers.get("location", "")))
        named = f" to {target.scheme}://{target.hostname}" + (f":{target.port}" if target.port else "")
    except ValueError:
        named = ""
    return AskUserError(
        f"The server redirects API calls{named}; the key was not sent there.",
        code="redirected",
        status=response.status_code,
        next_step="Set VIDEOGEN_BASE_URL to the server's own address, if it can be trusted.",
    )
