"""One request over a transport: pacing, safe retries, and errors of our own tree."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus

import httpx
from pydantic import JsonValue, TypeAdapter, ValidationError

from videogen_agents.client.clock import Clock
from videogen_agents.client.error_replies import error_from_response
from videogen_agents.client.pacing import Pacer
from videogen_agents.config import Backend
from videogen_agents.errors import (
    AuthError,
    ConnectionLostError,
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
#: Bytes of a JSON body that we are willing to parse.
MAX_BODY_BYTES = 32 * 1024 * 1024

#: Seconds for one request and its whole reply, however slowly it drips. Above any hold that a long-poll asks for.
EXCHANGE_SECONDS = 120.0

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

    def __init__(self, message: str, delivery: Delivery, *, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.delivery = delivery


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

    async def post_json(
        self, path: str, body: JsonValue | None = None, *, when_gone: JsonValue | None = None
    ) -> JsonValue:
        """POST of something that may safely be sent twice (cancel, hydrate, archive), with retries.

        Of what takes something away, ``when_gone`` is the answer when a repeat after a lost reply finds it gone.
        """
        return await self._retrying("POST", path, {}, {}, body, when_gone)

    async def _retrying(
        self,
        method: str,
        path: str,
        query: dict[str, str],
        headers: dict[str, str],
        body: JsonValue | None,
        when_gone: JsonValue | None = None,
    ) -> JsonValue:
        failure: VideoError | None = None
        lost = False
        for attempt in range(ATTEMPTS):
            if failure is not None and not isinstance(failure, RateLimitedError):
                await self._back_off(attempt, failure.retry_after)
            await self._pacer.turn(method, path)
            request = self.http.build_request(
                method, path, params=query, headers={**self._api_headers, **headers}, json=body
            )
            try:
                response, content = await self._exchange(request)
                if response.is_success:
                    return parse_json(content)
            except ConnectionLostError as error:
                if error.code != ConnectionLostError.default_code:
                    raise
                error.next_step = "Call again; sending this twice is safe."
                failure = error
                lost = True
                continue
            failure = error_from_response(response, content)
            if lost and when_gone is not None and isinstance(failure, NotFoundError):
                return when_gone
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
            response, content = await self._exchange(request)
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
                late = response.status_code == HTTPStatus.GATEWAY_TIMEOUT
                raise LostReplyError(failure.message, Delivery.PENDING if late else Delivery.UNKNOWN) from failure
            raise failure
        raise AssertionError("unreachable")

    async def _exchange(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """The reply and its whole body, within a time and a size. Raises LostReplyError."""
        response: httpx.Response | None = None
        try:
            async with asyncio.timeout(EXCHANGE_SECONDS):
                response = await self.http.send(request, stream=True)
                return response, await _read_body(response)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise LostReplyError(
                f"The {self.backend.value} backend could not be reached: {_plain(error)}", Delivery.NOT_SENT
            ) from error
        except httpx.LocalProtocolError as error:
            # Its text may quote a header, and with it the key.
            raise AuthError(
                "The request could not be written: the API key or the base URL holds characters that no request can.",
                next_step="Set VIDEOGEN_API_KEY and VIDEOGEN_BASE_URL again, without stray characters.",
            ) from error
        except (httpx.ReadTimeout, TimeoutError) as error:
            raise LostReplyError(
                "The server gave no whole reply in time.", _known(response, Delivery.PENDING)
            ) from error
        except httpx.RequestError as error:
            raise LostReplyError(
                f"The connection to the {self.backend.value} backend was lost: {_plain(error)}",
                _known(response, Delivery.UNKNOWN),
            ) from error
        except _TooLargeError as error:
            raise LostReplyError(
                f"The server's reply is larger than {MAX_BODY_BYTES // 2**20} MiB.",
                _known(response, Delivery.UNKNOWN),
                code="reply_too_large",
            ) from error
        finally:
            if response is not None:
                await response.aclose()

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
    """The body as JSON, None when empty.

    Raises ConnectionLostError: for half a document, and with code ``unexpected_reply`` for something else than JSON.
    """
    if not content.strip():
        return None
    if content.lstrip()[:1] not in (b"{", b"["):
        raise ConnectionLostError(
            "The server's reply is not JSON.",
            code="unexpected_reply",
            next_step="Check that VIDEOGEN_BASE_URL points at a server of the VideoGen contract.",
        )
    try:
        return _JSON.validate_json(content)
    except ValidationError as error:
        raise ConnectionLostError("The reply is not whole JSON.", next_step="Call again.") from error


class _TooLargeError(Exception):
    """A reply beyond ``MAX_BODY_BYTES``."""


async def _read_body(response: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MAX_BODY_BYTES:
            raise _TooLargeError
    return bytes(content)


def _known(response: httpx.Response | None, otherwise: Delivery) -> Delivery:
    """What a reply that broke off tells: a status line that was seen says more than any guess."""
    if response is None:
        return otherwise
    return Delivery.ACCEPTED if response.is_success else Delivery.UNKNOWN


def _query_value(value: str | int | bool) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _plain(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()
