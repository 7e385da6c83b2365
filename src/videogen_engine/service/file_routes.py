"""Files: announcing an upload, reading, listing, archiving. The bytes go to ``media_routes``."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    CreateFileUploadRequest,
    CreateFileUploadResponse,
    FilePage,
    FileScope,
    ListFilesQuery,
    WireModel,
)
from videogen_agents.errors import InputError, RateLimitedError
from videogen_engine.service.answers import file_info
from videogen_engine.service.call import Call
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.records import FileState, NewFile
from videogen_engine.store.signed_urls import UPLOAD_SECONDS

_MOST_NAME_CHARS = 255
_RETRY_AFTER = 60.0


async def create_file_upload(call: Call) -> WireModel:
    body = await call.body(CreateFileUploadRequest)
    limits = call.engine.settings.limits
    files = call.engine.store.files
    name = checked_name(body.display_name)
    if await asyncio.to_thread(files.open_uploads, UPLOAD_SECONDS * 1000) >= limits.max_open_uploads:
        raise RateLimitedError(
            f"{limits.max_open_uploads} announced uploads still wait for their bytes.",
            retry_after=_RETRY_AFTER,
            next_step="PUT the bytes of the uploads that were announced, or wait until they lapse.",
        )
    file_id = new_id(IdPrefix.FILE)
    await asyncio.to_thread(
        files.create,
        NewFile(
            file_id=file_id,
            scope=FileScope.TEMPORARY if body.is_temporary else FileScope.GLOBAL,
            display_name=name,
            state=FileState.AWAITING,
            declared_type=body.type,
            temporary=body.is_temporary,
            transcript=body.transcript,
        ),
    )
    path = call.signer.upload(upload_key(file_id), file_id=file_id, max_bytes=limits.max_upload_bytes)
    return CreateFileUploadResponse(file_id=file_id, upload_url=call.origin + path)


async def get_file(call: Call) -> WireModel:
    """Sources are signed afresh at every read, so hydrating is the same as getting."""
    return file_info(call, await asyncio.to_thread(call.engine.store.files.get, call.id("fileId")))


async def get_files(call: Call) -> WireModel:
    query = call.query(ListFilesQuery)
    scopes = [FileScope.GLOBAL, FileScope.TEMPORARY, FileScope.ENTITY]
    if query.include_export_files:
        scopes.append(FileScope.EXPORT)
    if query.include_project_files:
        scopes.append(FileScope.PROJECT)
    page = await asyncio.to_thread(lambda: call.engine.store.files.list(scopes, cursor=query.cursor, limit=query.limit))
    return FilePage(
        files=[file_info(call, record) for record in page.items],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


async def archive_file(call: Call) -> WireModel:
    return file_info(call, await asyncio.to_thread(call.engine.store.files.archive, call.id("fileId")))


def checked_name(given: str) -> str:
    """A display name without what cannot be printed. Raises InputError for one that is empty or too long."""
    name = "".join(character for character in given if character.isprintable()).strip()
    if not name or len(name) > _MOST_NAME_CHARS:
        raise InputError(f"displayName must have 1 to {_MOST_NAME_CHARS} printable characters.")
    return name


def upload_key(file_id: str) -> str:
    """Where an upload's bytes are kept. The suffix is not known before they have come."""
    return f"uploads/{file_id}/original.bin"


FILES = {
    "createFileUpload": create_file_upload,
    "getFile": get_file,
    "hydrateFile": get_file,
    "getFiles": get_files,
    "archiveFile": archive_file,
}
