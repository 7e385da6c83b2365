"""One request over a transport: pacing, safe retries, and errors of our own tree."""

from __future__ import annotations

import email.utils
import json
import random
import re
from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

import httpx
from pydantic import (
    BaseModel,
    ConfigDict,
    JsonValue,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from videogen_agents.client.clock import Clock
from videogen_agents.client.pacing import Pacer
from videogen_agents.config import Backend
from videogen_agents.contract import ApiRequirement
from videogen_agents.errors import (
    AskUserError,
    AuthError,
    ConnectionLostError,
    CreditsError,
    InputError,
    NotFoundError,
    RateLimitedError,
    RetryLaterError,
    UnavailableError,
    VideoError,
)

#: Times a read, or a request that surely did nothing, is tried in all.
ATTEMPTS = 6
FIRST_BACKOFF_SECONDS = 0.5
LONGEST_BACKOFF_SECONDS = 30.0
#: A pause that the server asks for is waited out up to this long; a longer one is the caller's to know of.
LONGEST_PAUSE_SECONDS = 30.0
#: Characters of a server's message that are passed on.
LONGEST_MESSAGE = 2000
#: Bytes of a JSON body that we are willing to parse.
MAX_BODY_BYTES = 32 * 1024 * 1024

#: Where credits and plans are bought, unless the server names another page.
APP_URL = "https://app.videogen.io"
_LINK = re.compile(r"https://[^\s\"'<>]{4,300}[^\s\"'<>.,;:)]")

_JSON = TypeAdapter[JsonValue](JsonValue)


class Delivery(StrEnum):
    """What is known about a request that got no usable reply. ``pending``: no answer in time, so that the server may
    still be at work on it. ``accepted``: a 2xx status line was seen."""

    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    PENDING = "pending"
    ACCEPTED = "accepted"


class LostReplyError(ConnectionLostError):
    """The reply to a request that starts work was lost. ``delivery`` says what is known."""

    def __init__(self, message: str, delivery: Delivery) -> None:
        super().__init__(message)
        self.delivery = delivery


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


class HttpSession:
    """Wraps an open ``httpx.AsyncClient``. Raises only VideoErrors (and cancellation)."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        api_headers: Mapping[str, str],
        backend: Backend,
        clock: Clock,
        pacer: Pacer,
    ) -> None:
        self.http = http
        self._api_headers = dict(api_headers)
        self.backend = backend
        self._clock = clock
        self._pacer = pacer
        # Jitter only spreads load; it never shapes a result.
        self._jitter = random.Random()  # noqa: S311

    async def get_json(
        self, path: str, params: Mapping[str, str | int | bool | None] | None = None, *, wait: float = 0.0
    ) -> JsonValue:
        """GET with retries. ``wait`` asks a server of ours to hold the reply until something changes (seconds)."""
        headers = {"Prefer": f"wait={int(wait)}"} if wait >= 1 else dict[str, str]()
        query = {name: _query_value(value) for name, value in (params or {}).items() if value is not None}
        return await self._retrying("GET", path, query, headers, None)

    async def post_json(self, path: str, body: JsonValue | None = None) -> JsonValue:
        """POST of something that may safely be sent twice (cancel, hydrate, archive), with retries."""
        return await self._retrying("POST", path, {}, {}, body)

    async def _retrying(
        self, method: str, path: str, query: dict[str, str], headers: dict[str, str], body: JsonValue | None
    ) -> JsonValue:
        failure: VideoError | None = None
        for attempt in range(ATTEMPTS):
            if failure is not None and not isinstance(failure, RateLimitedError):
                await self._back_off(attempt, failure.retry_after)
            await self._pacer.turn(method, path)
            try:
                async with self.http.stream(
                    method, path, params=query, headers={**self._api_headers, **headers}, json=body
                ) as response:
                    content = await _read_body(response)
            except httpx.TransportError as error:
                failure = ConnectionLostError(
                    f"The connection to the {self.backend.value} backend was lost: {_plain(error)}",
                    next_step="Call again; reading twice is safe.",
                )
                continue
            if response.is_success:
                try:
                    return parse_json(content)
                except ConnectionLostError as error:
                    failure = error
                    continue
            failure = error_from_response(response, content)
            if isinstance(failure, RateLimitedError):
                self._pause(method, path, failure, attempt)
            elif not isinstance(failure, RetryLaterError) or response.status_code == HTTPStatus.CONFLICT:
                raise failure
        assert failure is not None
        raise failure

    async def post_once(self, path: str, body: JsonValue, *, idempotency_key: str) -> JsonValue:
        """POST that starts work: sent at most once. Raises LostReplyError when it is not known to have failed.

        A pause that the server asks for (``rate_limited``) surely started nothing, so it is waited out here.
        """
        headers = {**self._api_headers, "Idempotency-Key": idempotency_key}
        for attempt in range(ATTEMPTS):
            await self._pacer.turn("POST", path)
            request = self.http.build_request("POST", path, json=body, headers=headers)
            try:
                response = await self.http.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
                raise LostReplyError(
                    f"The {self.backend.value} backend could not be reached: {_plain(error)}",
                    Delivery.NOT_SENT,
                ) from error
            except httpx.ReadTimeout as error:
                raise LostReplyError("The server gave no reply in time.", Delivery.PENDING) from error
            except httpx.TransportError as error:
                raise LostReplyError(f"The reply was lost: {_plain(error)}", Delivery.UNKNOWN) from error
            try:
                content = await _read_body(response)
            except httpx.TransportError as error:
                delivery = Delivery.ACCEPTED if response.is_success else Delivery.UNKNOWN
                raise LostReplyError(f"Half a reply arrived: {_plain(error)}", delivery) from error
            finally:
                await response.aclose()
            if response.is_success:
                try:
                    return parse_json(content)
                except ConnectionLostError as error:
                    raise LostReplyError(error.message, Delivery.ACCEPTED) from error
            failure = error_from_response(response, content)
            if isinstance(failure, RateLimitedError):
                self._pause("POST", path, failure, attempt)
                continue
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(failure, UnavailableError):
                # A gateway may answer 502 or 504 for a request that the server behind it has carried out.
                raise LostReplyError(failure.message, Delivery.UNKNOWN) from failure
            raise failure
        raise AssertionError("unreachable")

    def _pause(self, method: str, path: str, failure: RateLimitedError, attempt: int) -> None:
        """Hold back this class of requests. Raises ``failure`` when the pause is not ours to wait out."""
        pause = failure.retry_after if failure.retry_after is not None else FIRST_BACKOFF_SECONDS * 2**attempt
        self._pacer.pause(method, path, pause)
        if pause > LONGEST_PAUSE_SECONDS or attempt + 1 >= ATTEMPTS:
            failure.retry_after = pause
            failure.next_step = f"Nothing is wrong with the request: call again in {pause:.0f} seconds."
            raise failure

    async def _back_off(self, attempt: int, asked: float | None) -> None:
        delay = min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** (attempt - 1))
        pause = min(asked, LONGEST_BACKOFF_SECONDS) if asked is not None else delay * self._jitter.uniform(0.5, 1.0)
        await self._clock.sleep(pause)


def parse_json(content: bytes) -> JsonValue:
    """The body as JSON, None when empty. Raises ConnectionLostError for half a document."""
    if not content.strip():
        return None
    try:
        return _JSON.validate_json(content)
    except ValidationError as error:
        raise ConnectionLostError("The reply is not whole JSON.", next_step="Call again.") from error


def error_from_response(response: httpx.Response, content: bytes) -> VideoError:
    """The contract's ApiError as the error of our tree that tells the caller what to do."""
    try:
        body = _ErrorBody.model_validate_json(content)
    except ValidationError:
        body = _ErrorBody()
    status = response.status_code
    message = (body.message or "")[:LONGEST_MESSAGE] or f"The server answered {status}."
    code = body.code
    requirement = body.requirement.type if body.requirement else None
    request_id = response.headers.get("x-request-id")

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


async def _read_body(response: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MAX_BODY_BYTES:
            raise InputError("The server's reply is larger than 32 MiB.", code="reply_too_large")
    return bytes(content)


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after")
    if value is None:
        return None
    if value.isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value).timestamp()
        sent = email.utils.parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return None
    return max(0.0, when - sent)


def _query_value(value: str | int | bool) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _plain(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()
