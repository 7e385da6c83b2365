"""What every request passes before any route sees it: an id, the key, and a body that is safe to parse.

Plain ASGI, so that uploads stream through untouched and every answer, errors of the framework included, gets
its request id.
"""

from __future__ import annotations

import hmac
import json
import logging
import re
import secrets
from typing import Any, NoReturn, cast

from pydantic import SecretStr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from videogen_agents.errors import AuthError, InputError, InternalError, LimitError, VideoError
from videogen_engine.service.errors import error_response
from videogen_engine.settings import Limits

logger = logging.getLogger(__name__)

_GUARDED = ("/v1/", "/engine/")
_BODY_METHODS = {"POST", "PUT", "PATCH"}
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Edge:
    """Wraps the application. ``key`` None lets everyone in: only for calls that never leave this process."""

    def __init__(self, app: ASGIApp, *, key: SecretStr | None, limits: Limits) -> None:
        self._app = app
        self._key = None if key is None else key.get_secret_value().encode()
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = f"req_{secrets.token_hex(12)}"
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        try:
            if str(scope["path"]).startswith(_GUARDED):
                headers = Headers(scope=scope)
                self._authorize(headers)
                if scope["method"] in _BODY_METHODS:
                    receive = _replay(await self._body(headers, receive), receive)
            await self._app(scope, receive, send_with_id)
        except VideoError as error:
            await error_response(error)(scope, receive, send_with_id)
        except Exception:
            logger.exception("Request %s failed.", request_id)
            if started:
                raise
            fault = InternalError(
                "The engine failed to answer this request.",
                next_step=f"Look for {request_id} in the log, and report it as a bug.",
            )
            await error_response(fault)(scope, receive, send_with_id)

    def _authorize(self, headers: Headers) -> None:
        if self._key is None:
            return
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise AuthError(
                "This request has no API key.",
                code="missing_api_key",
                next_step="Send it as `Authorization: Bearer <key>`.",
            )
        if not hmac.compare_digest(token.strip().encode("utf-8", "surrogatepass"), self._key):
            raise AuthError(
                "The API key is not this server's.",
                code="invalid_api_key",
                next_step="Use the key that `videogen-agents serve` prints.",
            )

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        most = self._limits.max_body_bytes
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > most:
            raise _too_large(most)
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise InputError("The request ended before its body did.")
            parts.append(cast("bytes", message.get("body", b"")))
            size += len(parts[-1])
            if size > most:
                raise _too_large(most)
            if not message.get("more_body", False):
                break
        body = b"".join(parts)
        if body:
            media_type = headers.get("content-type", "application/json").partition(";")[0].strip().lower()
            if media_type != "application/json" and not media_type.endswith("+json"):
                raise InputError(
                    f"A body of type {media_type[:80]!r} is not understood here.",
                    code="unsupported_media_type",
                    status=415,
                    next_step="Send JSON with the header `Content-Type: application/json`.",
                )
            check_json(body, self._limits.max_json_depth)
        return body


def check_json(body: bytes, max_depth: int) -> None:
    """Raises InputError unless ``body`` is JSON, nested at most ``max_depth`` deep, of storable text."""
    depth = 0
    for token in _TOKENS.finditer(body):
        match token.group():
            case b"[" | b"{":
                depth += 1
                if depth > max_depth:
                    raise LimitError(
                        f"The JSON body is nested more than {max_depth} levels deep.",
                        code="invalid_request",
                        next_step="Send the fields of this request directly; none of them nests that deep.",
                    )
            case b"]" | b"}":
                depth -= 1
            case _:
                pass
    try:
        parsed: object = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except ValueError as error:
        raise InputError(
            f"The body is not valid JSON: {str(error)[:160]}.",
            next_step="Send one JSON object, encoded as UTF-8.",
        ) from error
    _check_text(parsed, "")


def _check_text(value: object, path: str) -> None:
    match value:
        case str():
            if "\x00" in value:
                raise _bad_text(path, "a NUL character", "Remove it")
            if _SURROGATE.search(value):
                raise _bad_text(path, "half of a surrogate pair, which is no character", "Send whole characters")
        case dict():
            for key, item in cast("dict[str, object]", value).items():
                _check_text(key, path)
                _check_text(item, f"{path}.{key}" if path else key)
        case list():
            for index, item in enumerate(cast("list[object]", value)):
                _check_text(item, f"{path}[{index}]")
        case _:
            pass


def _bad_text(path: str, what: str, fix: str) -> InputError:
    shown = path.encode("ascii", "backslashreplace").decode()[:80] or "The body"
    return InputError(f"{shown} contains {what}.", next_step=f"{fix} and send the request again.")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _too_large(most: int) -> LimitError:
    return LimitError(
        f"The body is larger than {most} bytes.",
        code="body_too_large",
        status=413,
        next_step="Send large media with POST /v1/files/upload and a PUT to the URL it returns.",
    )


def _replay(body: bytes, receive: Receive) -> Receive:
    """A receive that gives ``body`` once, then whatever comes after it."""
    given = False

    async def replayed() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
