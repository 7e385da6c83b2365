"""Stored bytes as an answer: whole or a range of them, with headers under which no browser runs anything."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from videogen_agents.errors import NotFoundError
from videogen_engine.service.byte_ranges import RangeNotSatisfiableError, wanted_range
from videogen_engine.service.errors import error_response
from videogen_engine.service.ports import EngineFacade
from videogen_engine.store.media_store import MediaInfo

_CHUNK = 1 << 18
#: Shown by a browser in place. Everything else, SVG and HTML among it, is only ever saved.
_SHOWN = ("video/", "audio/", "image/")


async def media_response(
    engine: EngineFacade,
    request: Request,
    key: str,
    *,
    media_type: str,
    file_name: str | None = None,
    extra: Mapping[str, str] | None = None,
) -> Response:
    """The object at ``key``; ``extra`` headers win. Raises NotFoundError when it is no longer stored."""
    info = await asyncio.to_thread(engine.media.head, key)
    if info is None:
        raise NotFoundError(
            "These media are no longer stored.", next_step="Export the project again, or upload the file again."
        )
    headers = _headers(info, media_type, file_name) | dict(extra or {})
    if headers["etag"] in (request.headers.get("if-none-match") or ""):
        return Response(status_code=304, headers=headers)
    fresh = request.headers.get("if-range", headers["etag"]) == headers["etag"]
    try:
        part = wanted_range(request.headers.get("range") if fresh else None, info.size)
    except RangeNotSatisfiableError as error:
        refused = error_response(error)
        refused.headers["content-range"] = f"bytes */{info.size}"
        return refused
    start, end = part or (0, info.size)
    headers["content-length"] = str(end - start)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{info.size}"
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=media_type)
    chunks = await asyncio.to_thread(engine.media.read, key, start, end, chunk=_CHUNK)
    return StreamingResponse(_stream(chunks), status_code=status, headers=headers, media_type=media_type)


async def _stream(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (chunk := await asyncio.to_thread(next, chunks, b"")) != b"":
        yield chunk


def _headers(info: MediaInfo, media_type: str, file_name: str | None) -> dict[str, str]:
    """Objects never change, so their key is their tag."""
    shown = media_type.startswith(_SHOWN) and media_type != "image/svg+xml"
    disposition = "inline" if shown else "attachment"
    if file_name:
        plain = file_name.encode("ascii", "replace").decode().translate(str.maketrans('"\\?', "'__"))
        disposition += f"; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
    return {
        "accept-ranges": "bytes",
        "cache-control": "private, max-age=86400, immutable",
        "content-disposition": disposition,
        "content-security-policy": "sandbox; default-src 'none'; media-src 'self'; img-src 'self'",
        "etag": f'"{hashlib.sha256(info.key.encode()).hexdigest()[:32]}"',
        "x-content-type-options": "nosniff",
    }
