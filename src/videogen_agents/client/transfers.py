"""Move media: streamed, resumed, its length verified, and never half a file at the destination."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

import httpx

from videogen_agents.client.clock import Clock
from videogen_agents.client.processes import alive
from videogen_agents.errors import AskUserError, ConnectionLostError, InputError, LimitError, NotFoundError

#: Bytes asked for at once. Bounded ranges keep memory flat on every transport and make a resume cheap.
CHUNK_BYTES = 8 * 1024 * 1024
#: Largest file that is fetched or sent.
MAX_FILE_BYTES = 8 * 1024**3
ATTEMPTS_PER_CHUNK = 5
LAST_PORT = 65535

Progress = Callable[[int, int | None], None]


def _silent(_done: int, _total: int | None) -> None:
    return None


class Transfers:
    """Downloads and uploads over the client's own HTTP client, which carries no key: the URLs are signed."""

    def __init__(self, http: httpx.AsyncClient, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    async def download(self, url: str, destination: Path, progress: Progress = _silent) -> Path:
        """Fetch ``url`` to ``destination`` and return its absolute path.

        Bytes gather in a hidden neighbour and move into place when whole. Raises NotFoundError for an expired or
        unknown URL, LimitError beyond 8 GiB, ConnectionLostError when the connection keeps breaking, AskUserError when
        the disk does not take it.
        """
        check_link(url)
        destination = destination.expanduser().absolute()
        # The process, so that what a killed one left can be told; a word of chance, since two tasks may fetch at once.
        partial = destination.with_name(f".{destination.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
        try:
            destination.parent.mkdir(parents=True, exist_ok=True)
            _sweep(destination)
            try:
                await self._fetch(url, partial, progress)
                partial.replace(destination)
            finally:
                partial.unlink(missing_ok=True)
        except OSError as error:
            raise AskUserError(
                f"{destination} cannot be written: {error.strerror or type(error).__name__}.",
                code="cannot_write",
                next_step="Choose another place, or make room there.",
            ) from error
        return destination

    async def _fetch(self, url: str, partial: Path, progress: Progress) -> None:
        done, total, tag = 0, None, None
        failures = 0
        with partial.open("wb") as file:
            while total is None or done < total:
                try:
                    done, total, tag = await self._fetch_range(url, file, done, total, tag)
                    failures = 0
                except httpx.RequestError as error:
                    # What reached the disk before the cut counts: go on from there.
                    done = file.tell()
                    failures += 1
                    if failures >= ATTEMPTS_PER_CHUNK:
                        raise ConnectionLostError(
                            f"The download broke off {failures} times: {type(error).__name__}.",
                            next_step="Call again; nothing half-written was left behind.",
                        ) from error
                    await self._clock.sleep(0.5 * 2**failures)
                progress(done, total)
            file.flush()
            os.fsync(file.fileno())

    async def _fetch_range(
        self, url: str, file: BinaryIO, done: int, total: int | None, tag: str | None
    ) -> tuple[int, int, str | None]:
        headers = {"Range": f"bytes={done}-{done + CHUNK_BYTES - 1}", "Accept-Encoding": "identity"}
        if tag is not None and done:
            headers["If-Range"] = tag
        async with self._http.stream("GET", url, headers=headers, follow_redirects=True) as response:
            if response.status_code in (401, 403, 404, 410):
                raise NotFoundError(
                    "The media link has expired or is unknown.",
                    code="media_link_expired",
                    next_step="Read the job or the file again: it carries a fresh link.",
                )
            if response.status_code == HTTPStatus.PARTIAL_CONTENT:
                _, _, size = response.headers.get("content-range", "").rpartition("/")
                expected = int(size) if size.isdigit() else None
            elif response.is_success:
                # No range support, or the file changed: from the start.
                done = 0
                file.seek(0)
                file.truncate()
                length = response.headers.get("content-length", "")
                expected = int(length) if length.isdigit() else None
            else:
                raise ConnectionLostError(f"The media server answered {response.status_code}.")
            if expected is not None and expected > MAX_FILE_BYTES:
                raise LimitError(f"The file has {expected} bytes; at most {MAX_FILE_BYTES} are fetched.")
            if total is not None and expected is not None and expected != total:
                raise ConnectionLostError("The file changed while it was fetched.", next_step="Call again.")
            async for chunk in response.aiter_bytes():
                file.write(chunk)
                done += len(chunk)
                if done > MAX_FILE_BYTES:
                    raise LimitError(f"The file is larger than {MAX_FILE_BYTES} bytes.")
            if expected is None:
                expected = done
            elif response.status_code != HTTPStatus.PARTIAL_CONTENT and done != expected:
                raise httpx.ReadError(f"{done} of {expected} bytes arrived")
            return done, expected, response.headers.get("etag")

    async def upload(self, path: Path, url: str, media_type: str | None, progress: Progress = _silent) -> None:
        """PUT the bytes of ``path`` to an upload URL. Sending the same bytes again is harmless, so it retries."""
        check_link(url)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise LimitError(f"{path.name} has {size} bytes; at most {MAX_FILE_BYTES} are sent.")
        headers = {"Content-Length": str(size)}
        if media_type:
            headers["Content-Type"] = media_type
        failure = "no reply"
        for attempt in range(ATTEMPTS_PER_CHUNK):
            if attempt:
                await self._clock.sleep(0.5 * 2**attempt)
            try:
                response = await self._http.put(url, content=_chunks(path, progress, size), headers=headers)
            except httpx.RequestError as error:
                failure = f"{type(error).__name__} {error}".strip()
                continue
            if response.is_success:
                return
            if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise InputError(
                    f"The upload was refused with status {response.status_code}.",
                    code="upload_refused",
                    next_step="Check the file's type and size, then add it again.",
                )
            failure = f"status {response.status_code}"
        raise ConnectionLostError(f"The upload kept failing: {failure}.", next_step="Call again.")


def check_link(url: str) -> None:
    """Raise InputError with code ``invalid_media_link`` unless this is a whole http or https address."""
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        # Half a surrogate pair ends in a UnicodeEncodeError.
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.host or (parts.port or 0) > LAST_PORT:
        raise InputError(
            "The media link is not an http or https address.",
            code="invalid_media_link",
            next_step="Read the job or the file again: it carries the link.",
        )


async def _chunks(path: Path, progress: Progress, size: int) -> AsyncIterator[bytes]:
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            done += len(chunk)
            progress(done, size)
            yield chunk


def _sweep(destination: Path) -> None:
    """Remove what processes that were killed had gathered for ``destination``."""
    prefix = f".{destination.name}."
    for neighbour in destination.parent.iterdir():
        if neighbour.name.startswith(prefix) and neighbour.suffix == ".part":
            owner = neighbour.name.removeprefix(prefix).partition(".")[0]
            if owner.isdecimal() and not alive(int(owner)):
                neighbour.unlink(missing_ok=True)
