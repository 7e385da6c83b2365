"""Asking an endpoint over HTTP: sizes and times bounded, pauses kept to, the key in one header and nowhere else."""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeAlias, cast

import httpx

from videogen_agents.errors import AskUserError, RetryLaterError, VideoError
from videogen_engine.providers.endpoint import Endpoint

#: A file of a form: its name, bytes and media type.
FormFile: TypeAlias = tuple[str, bytes, str]
_ATTEMPTS: Final = 4
_FIRST_PAUSE: Final = 1.0
#: Longest pause that is waited out here (seconds); the caller is told of longer ones.
_LONGEST_PAUSE: Final = 60.0
_CONNECT_SECONDS: Final = 10.0
_MOST_ANSWER_BYTES: Final = 4 * 1024**2
_MOST_SAID: Final = 300
_RETRIED: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_KEYLIKE: Final = re.compile(r"\b(?:sk|pk|key|Bearer)[-_ ][A-Za-z0-9_\-*.]{6,}")


class RefusedRequestError(Exception):
    """The endpoint answered that the request is wrong. ``said`` is its reason, cleaned of secrets."""

    def __init__(self, endpoint: Endpoint, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said
        self._endpoint = endpoint

    def error(self) -> VideoError:
        """What the caller's caller is told."""
        what, setting = self._endpoint.label, self._endpoint.setting
        if self.status in {401, 403}:
            step = f"Correct {setting}_API_KEY."
        elif self.status == 404:
            step = f"Correct {setting}_MODEL or {setting}_BASE_URL."
        else:
            step = f"Look at the reason; another model can be chosen by {setting}_MODEL."
        return AskUserError(
            f"{what} refused the request (HTTP {self.status}): {self.said}",
            code="provider_refused",
            status=502,
            next_step=step,
        )


class EndpointHttp:
    """One endpoint. ``report`` is told in a few words what is being waited for."""

    def __init__(self, endpoint: Endpoint, report: Callable[[str], None] = lambda _message: None) -> None:
        self._endpoint = endpoint
        self._report = report

    async def post_json(self, path: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        """The JSON object that answers ``body``. Raises RefusedRequestError, RetryLaterError and AskUserError."""
        return self._object(await self._post(path, {"json": body}))

    async def post_form(self, path: str, fields: Mapping[str, str], files: Mapping[str, FormFile]) -> Mapping[str, Any]:
        """The JSON object that answers a form with files. Raises as ``post_json``."""
        return self._object(await self._post(path, {"data": dict(fields), "files": dict(files)}))

    async def get_json(self, path: str) -> Mapping[str, Any]:
        """The JSON object at ``path``, asked for once. Raises as ``post_json``."""
        async with self._client() as client:
            return self._object(await self._once(client, client.build_request("GET", self._url(path))))

    async def _post(self, path: str, content: Mapping[str, Any]) -> bytes:
        async with self._client() as client:
            pause = _FIRST_PAUSE
            for left in reversed(range(_ATTEMPTS)):
                self._report(f"Asking {self._endpoint.label}")
                try:
                    return await self._once(client, client.build_request("POST", self._url(path), **content))
                except RetryLaterError as error:
                    wait = pause if error.retry_after is None else error.retry_after
                    if left == 0 or wait > _LONGEST_PAUSE or error.code == "provider_timeout":
                        raise
                    self._report(f"{self._endpoint.label} asked for a pause of {wait:.0f} s")
                    await asyncio.sleep(wait)
                    pause *= 2
        raise AssertionError("The last attempt returns or raises.")

    async def _once(self, client: httpx.AsyncClient, request: httpx.Request) -> bytes:
        what = self._endpoint.label
        try:
            async with asyncio.timeout(self._endpoint.timeout_seconds):
                response = await client.send(request, stream=True)
                try:
                    body = await self._read(response)
                finally:
                    await response.aclose()
        except (TimeoutError, httpx.ReadTimeout) as error:
            raise RetryLaterError(
                f"{what} did not answer within {self._endpoint.timeout_seconds:.0f} s.",
                code="provider_timeout",
                next_step=f"Ask for less, choose a faster model, or raise {self._endpoint.setting}_TIMEOUT_SECONDS.",
            ) from error
        except httpx.HTTPError as error:
            raise RetryLaterError(
                f"{what} cannot be reached ({type(error).__name__}).",
                code="provider_unreachable",
                next_step=f"See that the server at {self._endpoint.host} runs, or correct "
                f"{self._endpoint.setting}_BASE_URL.",
            ) from error
        if response.is_success:
            return body
        raise self._failure(response, body)

    async def _read(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > _MOST_ANSWER_BYTES:
                raise AskUserError(
                    f"{self._endpoint.label} answered with more than {_MOST_ANSWER_BYTES // 1024**2} MiB.",
                    code="provider_answer_unusable",
                    status=502,
                    next_step=f"See that {self._endpoint.setting}_BASE_URL is the right address.",
                )
        return bytes(body)

    def _failure(self, response: httpx.Response, body: bytes) -> Exception:
        said, code = self._reason(body)
        spent = code in {"insufficient_quota", "billing_hard_limit_reached"}
        if response.status_code not in _RETRIED or spent:
            if response.is_redirect:
                said = "it answers with a redirect, which is not followed"
            return RefusedRequestError(self._endpoint, response.status_code, said)
        return RetryLaterError(
            f"{self._endpoint.label} is not ready (HTTP {response.status_code}): {said}",
            code="provider_busy",
            retry_after=_pause(response.headers.get("retry-after")),
            next_step="Try again later.",
        )

    def _reason(self, body: bytes) -> tuple[str, str | None]:
        """What the endpoint says is wrong, and its code for it."""
        said, code = body.decode("utf-8", "replace"), None
        try:
            parsed: object = json.loads(body)
        except (ValueError, RecursionError):
            parsed = None
        if isinstance(parsed, dict):
            whole = cast("dict[str, object]", parsed)
            error = whole.get("error", whole)
            if isinstance(error, dict):
                fields = cast("dict[str, object]", error)
                said = str(fields.get("message", said))
                code = str(fields["code"]) if fields.get("code") is not None else None
            elif isinstance(error, str):
                said = error
        key = self._endpoint.api_key
        if key is not None:
            said = said.replace(key.get_secret_value(), "…")
        said = " ".join(_KEYLIKE.sub("…", said).split())
        return (said[:_MOST_SAID] or "no reason was given"), code

    def _object(self, body: bytes) -> Mapping[str, Any]:
        try:
            parsed: object = json.loads(body)
        except (ValueError, RecursionError):
            parsed = None
        if isinstance(parsed, dict):
            return cast("Mapping[str, Any]", parsed)
        raise AskUserError(
            f"{self._endpoint.label} did not answer with a JSON object.",
            code="provider_answer_unusable",
            status=502,
            next_step=f"See that {self._endpoint.setting}_BASE_URL is the right address; it usually ends in /v1.",
        )

    def _url(self, path: str) -> str:
        return self._endpoint.base_url + path

    def _client(self) -> httpx.AsyncClient:
        headers = {"Accept": "application/json"}
        if (key := self._endpoint.api_key) is not None:
            headers["Authorization"] = f"Bearer {key.get_secret_value()}"
        return httpx.AsyncClient(
            headers=headers,
            timeout=httpx.Timeout(self._endpoint.timeout_seconds, connect=_CONNECT_SECONDS),
            # A proxy of the environment does not lead to this machine.
            trust_env=not self._endpoint.is_on_this_machine,
        )


def _pause(header: str | None) -> float | None:
    """Seconds of a Retry-After header, which has a number or a date."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except ValueError:
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
