"""One file from the web: redirects followed and checked one by one, sizes and times capped, contents looked at."""

from __future__ import annotations

import asyncio
import re
import ssl
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx

from videogen_agents.contract import FileType
from videogen_agents.errors import ConnectionLostError, InputError, LimitError, RetryLaterError, VideoError
from videogen_engine import ENGINE_VERSION
from videogen_engine.fetching.model import FetchRequest
from videogen_engine.fetching.pages import PAGE_BYTES, file_of_page, is_page
from videogen_engine.frozen import Frozen
from videogen_engine.media_kinds import ACCEPTED, HEAD_BYTES, MediaKind, kind_of
from videogen_engine.public_address import PublicTransport, Resolve, resolve

MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LOGIN: Final = frozenset({401, 402, 403, 407, 451})
_GONE: Final = frozenset({404, 410})
_MOST_NAME: Final = 200
#: The two ways of RFC 6266 to name a file; the first is exact.
_NAME_ENCODED: Final = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)
_NAME_PLAIN: Final = re.compile(r"filename\s*=\s*(?:\"([^\"]*)\"|([^;\s]+))", re.IGNORECASE)
_UNPACKED: Final = 1 << 18
#: Seconds to connect, and the longest that a server may say nothing.
_IDLE: Final = httpx.Timeout(30.0, connect=15.0)

#: Called with the bytes that came and the bytes that were announced (None when they were not); may raise to stop.
OnBytes = Callable[[int, int | None], None]


class Download(Frozen):
    """What lies at the target now: its kind by its own bytes, its name, and whether a page led to it."""

    media_type: str
    suffix: str
    name: str
    from_page: bool = False


class _Elsewhere(Frozen):
    """A page was there, and it names this address as that of its file."""

    url: str


async def download(request: FetchRequest, target: Path, on_bytes: OnBytes, *, resolve: Resolve = resolve) -> Download:
    """Write the file at the request's URL to ``target``, which is of no use to anybody before this returns.

    Raises InputError for an address that may not be fetched, for a web page and for contents of no accepted kind,
    LimitError when it is too large, ConnectionLostError when it does not come, or not whole, or not in time.
    """
    transport = PublicTransport(private_hosts=frozenset(request.allowed_hosts), resolve=resolve)
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": f"videogen-agents/{ENGINE_VERSION}"}
    try:
        # The whole of it has one deadline: a server that trickles cannot stretch it.
        async with (
            asyncio.timeout(request.max_seconds),
            httpx.AsyncClient(transport=transport, headers=headers, timeout=_IDLE, trust_env=False) as client,
        ):
            return await _follow(client, request, target, on_bytes)
    except TimeoutError as error:
        raise ConnectionLostError(
            f"The file did not arrive within {request.max_seconds:.0f} s.",
            code="fetch_too_slow",
            next_step="Try again later, or download the file and upload it.",
        ) from error
    except httpx.InvalidURL as error:
        raise InputError("The URL redirects to a malformed one.", code="url_not_allowed") from error
    except httpx.TransportError as error:
        raise _broken(error) from error


async def _follow(client: httpx.AsyncClient, request: FetchRequest, target: Path, on_bytes: OnBytes) -> Download:
    url, from_page = urldefrag(request.url.strip()).url, False
    for _ in range(MOST_REDIRECTS + 1):
        async with client.stream("GET", url) as response:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                url = urldefrag(urljoin(url, location)).url
                continue
            if response.status_code != 200:
                raise _refusal(response.status_code)
            found = await _receive(response, url, request, target, on_bytes)
        if isinstance(found, Download):
            return found.model_copy(update={"from_page": from_page})
        if from_page:
            raise _only_a_page(url)
        url, from_page = urldefrag(found.url).url, True
    raise InputError(
        f"The URL redirects more than {MOST_REDIRECTS} times.",
        code="too_many_redirects",
        next_step="Give the address that it leads to in the end.",
    )


async def _receive(
    response: httpx.Response, url: str, request: FetchRequest, target: Path, on_bytes: OnBytes
) -> Download | _Elsewhere:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    packed = encoding not in {"", "identity"}
    announced = None if packed else _announced(response.headers.get("content-length", ""), request.max_bytes)
    raw = response.aiter_raw()
    chunks = _unpacked(raw, encoding) if packed else raw
    head = await _first(chunks, b"", HEAD_BYTES)
    if not head:
        raise InputError("The file at the URL is empty.", code="file_empty", next_step="Check the URL.")
    if is_page(head[:HEAD_BYTES]):
        page = await _first(chunks, head, PAGE_BYTES)
        inside = file_of_page(page[:PAGE_BYTES], url, request.declared)
        if inside is None:
            raise _only_a_page(url)
        return _Elsewhere(url=inside)
    kind = _kind(head[:HEAD_BYTES], request.declared)
    size = 0
    with target.open("wb") as stream:
        part: bytes | None = head
        while part is not None:
            size += len(part)
            if size > request.max_bytes:
                raise _too_large(request.max_bytes)
            stream.write(part)
            on_bytes(size, announced)
            part = await anext(chunks, None)
    name = _name(response.headers.get("content-disposition", ""), url)
    return Download(media_type=kind.media_type, suffix=kind.suffix, name=name)


async def _first(chunks: AsyncIterator[bytes], begun: bytes, least: int) -> bytes:
    """``begun`` and what follows, until it is ``least`` bytes long or ends."""
    parts, size = [begun], len(begun)
    while size < least and (chunk := await anext(chunks, None)) is not None:
        parts.append(chunk)
        size += len(chunk)
    return b"".join(parts)


async def _unpacked(chunks: AsyncIterator[bytes], encoding: str) -> AsyncIterator[bytes]:
    """The bytes themselves, of a server that packs them although it was asked not to; a little at a time."""
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise InputError(
            f"The server sends the file in an encoding that is not read ({encoding[:40]!r}).",
            code="unsupported_encoding",
            next_step="Download the file and upload it.",
        )
    reader = zlib.decompressobj(zlib.MAX_WBITS if encoding == "deflate" else zlib.MAX_WBITS | 16)
    try:
        async for chunk in chunks:
            waiting = chunk
            while waiting:
                if part := reader.decompress(waiting, _UNPACKED):
                    yield part
                waiting = reader.unconsumed_tail
    except zlib.error as error:
        raise _incomplete() from error
    if not reader.eof:
        raise _incomplete()


def _kind(head: bytes, declared: FileType | None) -> MediaKind:
    kind = kind_of(head)
    if kind is None:
        raise InputError(
            "The file at the URL is of no accepted kind.",
            code="unsupported_media_type",
            next_step=f"Accepted are {ACCEPTED}.",
        )
    if declared is not None and declared not in kind.types:
        raise InputError(
            f"The file was announced as {declared.value}, but what is at the URL is {kind.name}.",
            code="unsupported_media_type",
            next_step="Import it again with the right type, or without `type`.",
        )
    return kind


def _announced(text: str, most: int) -> int | None:
    if not text.isdecimal():
        return None
    if int(text) > most:
        raise _too_large(most)
    return int(text)


def _name(disposition: str, url: str) -> str:
    """What the server calls the file, else the last part of its path, else its host."""
    parts = urlsplit(url)
    told = ""
    if (found := _NAME_ENCODED.search(disposition)) is not None:
        told = unquote(found[1])
    elif (found := _NAME_PLAIN.search(disposition)) is not None:
        told = found[1] or found[2]
    for raw in (told, unquote(parts.path.rstrip("/").rpartition("/")[2])):
        name = PurePosixPath(raw.replace("\\", "/")).name
        name = "".join(character for character in name if character.isprintable()).strip()
        if name.strip("."):
            return name if len(name) <= _MOST_NAME else name[: _MOST_NAME - 12] + name[-12:]
    return parts.hostname or "file"


def _refusal(status: int) -> VideoError:
    if status in _LOGIN:
        return InputError(
            f"The server does not give this file to everybody (HTTP {status}).",
            code="url_needs_login",
            next_step="Ask the user for the file itself, or for an address that needs no login.",
        )
    if status in _GONE:
        return InputError(
            f"There is nothing at this URL (HTTP {status}).",
            code="url_not_found",
            next_step="Check the URL; links that were signed may have expired.",
        )
    if status == 429 or status >= 500:
        return RetryLaterError(
            f"The server cannot give the file now (HTTP {status}).",
            code="source_unavailable",
            next_step="Try again in a few minutes.",
        )
    return InputError(
        f"The server did not give the file (HTTP {status}).", code="url_not_usable", next_step="Check the URL."
    )


def _broken(error: httpx.TransportError) -> ConnectionLostError:
    if isinstance(error, (httpx.RemoteProtocolError, httpx.ReadError)):
        return _incomplete()
    if isinstance(error, httpx.TimeoutException):
        reason = "did not answer in time"
    elif _has_bad_certificate(error):
        reason = "has a certificate that cannot be trusted"
    else:
        reason = "cannot be reached"
    return ConnectionLostError(
        f"The server of the URL {reason}.",
        code="source_unreachable",
        next_step="Check the URL; if it is right, try again later, or download the file and upload it.",
    )


def _has_bad_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _incomplete() -> ConnectionLostError:
    return ConnectionLostError(
        "The server broke off before the whole file had come.",
        code="fetch_incomplete",
        next_step="Try again; if it happens again, download the file and upload it.",
    )


def _too_large(most: int) -> LimitError:
    return LimitError(
        f"The file at the URL is larger than {most} bytes.",
        code="media_too_large",
        next_step="Compress or cut it, and give that.",
    )


def _only_a_page(url: str) -> InputError:
    return InputError(
        f"The URL is that of a web page on {urlsplit(url).hostname}, which names no media file of its own.",
        code="url_is_a_page",
        next_step="Give the file's own address (it usually ends in .mp4, .mp3, .png or .pdf), or ask the user for the "
        "file.",
    )
