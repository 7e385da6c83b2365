"""What anybody may read: files whose preview is on, under addresses that nobody guesses, until it is switched off."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from videogen_agents.contract import WireModel
from videogen_agents.errors import InputError, NotFoundError, VideoError
from videogen_engine.service.answers import download_name, file_info
from videogen_engine.service.call import Call
from videogen_engine.service.errors import on_video_error
from videogen_engine.service.media_reading import media_response
from videogen_engine.service.ports import EngineFacade
from videogen_engine.store.ids import IdPrefix, derived_id
from videogen_engine.store.records import FileState, Rendition
from videogen_engine.streaming.model import PLAYLIST_NAME, STREAM_NAME

#: Players on any page may read them. Asked for anew each time, so that what was switched off is off.
_OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "accept-ranges, content-length, content-range, etag",
    "cache-control": "public, no-cache",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}
_PREFLIGHT = {
    "access-control-allow-headers": "range, if-range, if-none-match",
    "access-control-allow-methods": "GET, HEAD",
    "access-control-max-age": "86400",
}
_PLAYLIST_TYPE = "application/vnd.apple.mpegurl"


def public_routes(engine: EngineFacade) -> list[Route]:
    """``/public/files/{token}/{name}`` and ``/public/streams/{playbackId}/{part}``."""

    def route(path: str, answer: Callable[[EngineFacade, Request], Awaitable[Response]], name: str) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=_OPEN | _PREFLIGHT)
            try:
                return await answer(engine, request)
            except VideoError as error:
                refused = await on_video_error(request, error)
                refused.headers.update(_OPEN)
                return refused

        return Route(path, endpoint, methods=["GET", "OPTIONS"], name=name)

    return [
        # The name is for people and players; the token alone opens.
        route("/public/files/{token}/{name}", _file, "publicFile"),
        route("/public/streams/{playbackId}/{part}", _stream_part, "publicStream"),
    ]


async def _file(engine: EngineFacade, request: Request) -> Response:
    store = engine.store
    preview = await asyncio.to_thread(store.library.preview_by_token, str(request.path_params["token"]))
    file = await asyncio.to_thread(store.files.get, preview.file_id)
    source = file.source(Rendition.DOWNLOAD)
    if source is None:
        raise NotFoundError("This file has no bytes any more.")
    name = download_name(file, source)
    return await media_response(
        engine, request, source.media_key, media_type=source.media_type, file_name=name, extra=_OPEN
    )


async def _stream_part(engine: EngineFacade, request: Request) -> Response:
    preview = await asyncio.to_thread(engine.store.library.preview_by_playback, str(request.path_params["playbackId"]))
    parts = {PLAYLIST_NAME: (preview.playlist_key, _PLAYLIST_TYPE), STREAM_NAME: (preview.stream_key, "video/mp4")}
    key, media_type = parts.get(str(request.path_params["part"]), (None, ""))
    if key is None:
        raise NotFoundError("A stream has no such part.", next_step=f"Play {PLAYLIST_NAME}.")
    # A playlist is text that players fetch; nothing is to be saved.
    extra = _OPEN | {"content-disposition": "inline"}
    return await media_response(engine, request, key, media_type=media_type, extra=extra)


async def enable_public_preview(call: Call) -> WireModel:
    """Switching on what is on changes nothing: the addresses stay."""
    engine = call.engine
    file = await asyncio.to_thread(engine.store.files.get, call.id("fileId"))
    if file.state is not FileState.READY or file.archived_ms is not None or file.source(Rendition.DOWNLOAD) is None:
        raise InputError(
            "Only a file that is ready, and not archived, can be made public.",
            code="file_not_ready",
            status=409,
            ids={"file_id": file.file_id},
            next_step="Wait until its downloadSource is ready.",
        )
    _, job = await asyncio.to_thread(engine.store.library.enable_preview, file)
    if job is not None and not job.is_terminal:
        await engine.queue.submit(job.job_id)
    return file_info(call, await asyncio.to_thread(engine.store.files.get, file.file_id))


async def disable_public_preview(call: Call) -> WireModel:
    """From here on the addresses lead nowhere, and what was made for them is deleted."""
    engine = call.engine
    file = await asyncio.to_thread(engine.store.files.get, call.id("fileId"))
    preview = await asyncio.to_thread(engine.store.library.disable_preview, file.file_id)
    if preview is not None:
        for key in (preview.playlist_key, preview.stream_key):
            if key is not None:
                await asyncio.to_thread(engine.media.delete, key)
        if preview.playback_id is None and file.type is not None:
            await _stop_making(engine, derived_id(IdPrefix.STREAM, preview.token))
    return file_info(call, await asyncio.to_thread(engine.store.files.get, file.file_id))


async def _stop_making(engine: EngineFacade, job_id: str) -> None:
    try:
        await engine.queue.cancel(job_id)
    except NotFoundError:
        # Pictures and documents have no stream.
        return


PUBLIC = {"enablePublicPreview": enable_public_preview, "disablePublicPreview": disable_public_preview}
