"""Bytes: signed GET and HEAD with ranges, signed PUT for uploads. No key is asked for; the URL is the key."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from videogen_agents.errors import InputError, InternalError, LimitError
from videogen_engine.media_kinds import ACCEPTED, HEAD_BYTES, MediaKind, kind_of
from videogen_engine.service.media_reading import media_response
from videogen_engine.service.ports import EngineFacade
from videogen_engine.store.media_types import UNKNOWN, media_type_of
from videogen_engine.store.records import FileRecord, ProbeJob, Rendition, StoredSource
from videogen_engine.store.signed_urls import Grant
from videogen_engine.store.storage_errors import disk_error

#: One upload writes at a time per this many bytes read, so that the event loop stays free.
_WRITE_BYTES = 1 << 20


def media_routes(engine: EngineFacade) -> list[Route]:
    """``/media/{key}``."""

    async def read(request: Request) -> Response:
        return await _read(engine, request)

    async def write(request: Request) -> Response:
        return await _write(engine, request)

    path = "/media/{key:path}"
    return [
        Route(path, read, methods=["GET"], name="readMedia"),
        Route(path, write, methods=["PUT"], name="writeMedia"),
    ]


async def _read(engine: EngineFacade, request: Request) -> Response:
    grant = _grant(engine, request)
    media_type = await asyncio.to_thread(_media_type, engine, grant.key)
    return await media_response(engine, request, grant.key, media_type=media_type, file_name=grant.file_name)


async def _write(engine: EngineFacade, request: Request) -> Response:
    """Take an upload's bytes and have them checked. The same bytes may be sent again after a lost answer."""
    grant = _grant(engine, request)
    if grant.file_id is None or grant.max_bytes is None:
        raise InternalError("This upload URL names no file.")
    file = await asyncio.to_thread(engine.store.files.get, grant.file_id)
    temporary = engine.settings.scratch / f"upload-{secrets.token_hex(12)}"
    try:
        size = await _receive(request, temporary, grant.max_bytes)
        kind = await asyncio.to_thread(_sniff, temporary)
        _check_kind(kind, file)
        await asyncio.to_thread(_keep, engine, grant, temporary)
    finally:
        temporary.unlink(missing_ok=True)
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key=grant.key, media_type=kind.media_type, size=size)
    if await asyncio.to_thread(engine.store.files.mark_uploaded, file.file_id, source):
        request_json = ProbeJob(file_id=file.file_id).model_dump_json()
        started = await asyncio.to_thread(engine.store.starts.probe, request_json)
        await engine.queue.submit(started.job.job_id)
    return Response(status_code=200)


async def _receive(request: Request, target: Path, most: int) -> int:
    """Stream the body to ``target``; its size. Raises LimitError (413) as soon as it is too large."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise _too_large(most)
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    waiting = bytearray()
    with target.open("wb") as stream:
        try:
            async for chunk in request.stream():
                size += len(chunk)
                if size > most:
                    raise _too_large(most)
                waiting += chunk
                if len(waiting) >= _WRITE_BYTES:
                    await asyncio.to_thread(stream.write, bytes(waiting))
                    waiting.clear()
            await asyncio.to_thread(stream.write, bytes(waiting))
        except ClientDisconnect as error:
            raise InputError("The upload ended early.", next_step="PUT the whole file again.") from error
        except OSError as error:
            raise disk_error(error) from error
    if size == 0:
        raise InputError("The upload is empty.", next_step="PUT the file's bytes as the body.")
    return size


def _sniff(path: Path) -> MediaKind:
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None:
        raise InputError(
            "The upload is of no accepted kind.",
            code="unsupported_media_type",
            status=415,
            next_step=f"Accepted are {ACCEPTED}.",
        )
    return kind


def _check_kind(kind: MediaKind, file: FileRecord) -> None:
    if file.declared_type is not None and file.declared_type not in kind.types:
        raise InputError(
            f"The file was announced as {file.declared_type.value}, but its bytes are {kind.name}.",
            code="unsupported_media_type",
            status=415,
            ids={"file_id": file.file_id},
            next_step="Announce it again with the right type, or without `type`.",
        )


def _keep(engine: EngineFacade, grant: Grant, temporary: Path) -> None:
    """Publish the bytes. Raises InputError (409) when other bytes are there already."""
    digest = _digest(temporary)
    if not engine.media.publish(grant.key, temporary) and _digest(engine.media.path(grant.key)) != digest:
        raise InputError(
            "This file has its bytes already, and they are different.",
            code="already_uploaded",
            status=409,
            next_step="Announce a new upload for different bytes.",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _grant(engine: EngineFacade, request: Request) -> Grant:
    return engine.signer.verify(request.method, str(request.path_params["key"]), dict(request.query_params))


def _media_type(engine: EngineFacade, key: str) -> str:
    """By suffix; of an upload, which has none, what its bytes were found to be."""
    by_suffix = media_type_of(key)
    if by_suffix != UNKNOWN:
        return by_suffix
    return engine.store.files.media_type_of(key) or UNKNOWN


def _too_large(most: int) -> LimitError:
    return LimitError(
        f"The upload is larger than {most} bytes.",
        code="upload_too_large",
        status=413,
        next_step="Compress or cut it, and upload that.",
    )
