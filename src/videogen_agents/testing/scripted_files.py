"""The scripted server's files: upload, hydrate, search, archive, public preview, URL import, and the media host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from videogen_agents.contract import (
    CreateFileUploadRequest,
    CreateFileUploadResponse,
    CreateFileUrlImportRequest,
    CreateFileUrlImportResponse,
    FileInfo,
    FilePage,
    FileUrlImport,
    JobStatus,
    ListFilesQuery,
    SearchFilesRequest,
    SearchFilesResponse,
)
from videogen_agents.testing.paging import page
from videogen_agents.testing.reply import Reply, refusal
from videogen_agents.testing.scripted_state import (
    LINKS_END_AT,
    Handler,
    Record,
    RefusedError,
    ScriptedCall,
    ScriptedState,
    found,
    new_id_of,
)

FILM_PATH = "/film.mp4"
THUMBNAIL_PATH = "/thumbnail.jpg"
_TYPES = {
    "IMAGE": ("png", "jpg", "jpeg", "webp", "gif", "svg"),
    "VIDEO": ("mp4", "mov", "webm", "mkv"),
    "AUDIO": ("mp3", "wav", "m4a", "ogg", "flac"),
    "PDF": ("pdf",),
    "SLIDESHOW": ("pptx", "ppt", "key"),
    "TEXT": ("txt", "md", "srt", "xml", "fcpxml", "otio"),
}


def type_by_name(name: str) -> str:
    """A file type by its name's ending; VIDEO when that says nothing."""
    suffix = name.rpartition(".")[2].lower()
    return next((kind for kind, suffixes in _TYPES.items() if suffix in suffixes), "VIDEO")


def content_of(state: ScriptedState, record: Record) -> bytes | None:
    """The bytes behind a file; None while they are still to be sent."""
    return state.film if record["path"] == FILM_PATH else record["content"]


def file_info(state: ScriptedState, record: Record, *, fresh: bool = False) -> FileInfo:
    """The file as the contract shows it. ``fresh`` signs its links again."""
    if fresh:
        record["linkAge"] = state.link_age
    content = content_of(state, record)
    ready = content is not None and record["hydrations"] >= state.hydrations_until_ready
    moving = record["type"] in ("VIDEO", "AUDIO")
    pictured = record["type"] in ("VIDEO", "IMAGE")
    age = record["linkAge"]
    url = state.link(record["path"], age) if ready else None
    thumbnail = state.link(THUMBNAIL_PATH, age) if ready and pictured else None
    source: Record = {"status": "pending"}
    if ready and content is not None:
        source = {"status": "ready", "url": url, "expiresAt": LINKS_END_AT, "fileBytes": len(content)}
    body: Record = {
        "fileId": record["fileId"],
        "scope": record["scope"],
        "type": record["type"],
        "displayName": record["displayName"],
        "description": None,
        "durationSeconds": 12.5 if moving else None,
        "transcript": record.get("transcript"),
        "downloadUrl": url,
        "downloadUrlExpiresAt": LINKS_END_AT if url else None,
        "thumbnailUrl": thumbnail,
        "thumbnailUrlExpiresAt": LINKS_END_AT if thumbnail else None,
        "downloadSource": source,
        "isPublicPreviewEnabled": record["isPublicPreviewEnabled"],
    }
    if record["isPublicPreviewEnabled"] and ready:
        # Permanent: it never ages.
        public = f"{state.media_origin}/public{record['path']}"
        body["staticPublicPreviewSource"] = {"status": "ready", "url": public, "expiresAt": None}
        body["publicPlaybackId"] = f"vg_play_{record['fileId']}" if moving else None
    body |= {name: record[name] for name in ("sourceToolType", "sourceToolExecutionId") if name in record}
    return FileInfo.model_validate(body)


def get_files(state: ScriptedState, call: ScriptedCall) -> FilePage:
    query = call.query
    assert isinstance(query, ListFilesQuery)
    hidden = {"EXPORT"} if not query.include_export_files else set[str]()
    hidden |= {"PROJECT"} if not query.include_project_files else set[str]()
    shown = [one for one in reversed(state.files) if not one["archived"] and one["scope"] not in hidden]
    records, more, cursor = page(shown, query)
    return FilePage(files=[file_info(state, one) for one in records], has_more=more, next_cursor=cursor)


def search_files(state: ScriptedState, call: ScriptedCall) -> SearchFilesResponse:
    """Files with any of the words in their names; the more words, the more similar."""
    request = call.request
    assert isinstance(request, SearchFilesRequest)
    words = request.query.casefold().split()
    scored: list[tuple[float, Record]] = []
    for record in state.files:
        hits = sum(word in record["displayName"].casefold() for word in words)
        if hits and not record["archived"] and content_of(state, record) is not None:
            scored.append((round(hits / len(words), 3), record))
    scored.sort(key=lambda pair: -pair[0])
    results = [{"similarity": score, "file": file_info(state, one)} for score, one in scored[: request.num_results]]
    return SearchFilesResponse.model_validate({"results": results})


def get_file(state: ScriptedState, call: ScriptedCall) -> FileInfo:
    return file_info(state, state.file(call.ids["fileId"]), fresh=True)


def create_upload(state: ScriptedState, call: ScriptedCall) -> CreateFileUploadResponse:
    request = call.request
    assert isinstance(request, CreateFileUploadRequest)
    record = state.add_file(
        request.display_name,
        request.type.value if request.type else type_by_name(request.display_name),
        None,
        scope="TEMPORARY" if request.is_temporary else "GLOBAL",
        transcript=call.body.get("transcript"),
        body=call.body,
    )
    url = f"{state.media_origin}/uploads/{record['fileId']}"
    return CreateFileUploadResponse(file_id=record["fileId"], upload_url=url)


def hydrate(state: ScriptedState, call: ScriptedCall) -> FileInfo:
    record = state.file(call.ids["fileId"])
    info = file_info(state, record, fresh=True)
    if content_of(state, record) is not None:
        record["hydrations"] += 1
    return info


def archive(state: ScriptedState, call: ScriptedCall) -> FileInfo:
    record = found(state.files, "fileId", call.ids["fileId"], "file")
    record["archived"] = True
    return file_info(state, record)


def enable_preview(state: ScriptedState, call: ScriptedCall) -> FileInfo:
    record = state.file(call.ids["fileId"])
    record["isPublicPreviewEnabled"] = True
    return file_info(state, record, fresh=True)


def disable_preview(state: ScriptedState, call: ScriptedCall) -> FileInfo:
    record = state.file(call.ids["fileId"])
    record["isPublicPreviewEnabled"] = False
    return file_info(state, record, fresh=True)


def import_url(state: ScriptedState, call: ScriptedCall) -> CreateFileUrlImportResponse:
    request = call.request
    assert isinstance(request, CreateFileUrlImportRequest)
    import_id = new_id_of("fimp", len(state.imports))
    state.imports.append({"fileImportId": import_id, "url": request.url, "fileId": None, "body": call.body})
    return CreateFileUrlImportResponse(file_import_id=import_id)


def get_import(state: ScriptedState, call: ScriptedCall) -> FileUrlImport:
    record = found(state.imports, "fileImportId", call.ids["fileImportId"], "import")
    status = state.read_job(record["fileImportId"])
    done = status is JobStatus.SUCCEEDED
    if done and record["fileId"] is None:
        body: Record = record["body"]
        name = body.get("displayName") or urlsplit(str(record["url"])).path.rpartition("/")[2] or "import"
        kind = body.get("type") or type_by_name(name)
        scope = "TEMPORARY" if body.get("isTemporary") else "GLOBAL"
        record["fileId"] = state.add_file(name, kind, b"imported " * 50, scope=scope)["fileId"]
    error = state.job_error(status)
    return FileUrlImport(
        file_import_id=record["fileImportId"],
        status=status,
        progress_percentage=100 if done else 40,
        file_id=record["fileId"],
        file=file_info(state, state.file(record["fileId"]), fresh=True) if done else None,
        error=error,
        message=error.message if error else None,
    )


def read_media(state: ScriptedState, url: str, headers: Mapping[str, str]) -> Reply:
    """The media host's answer to a GET; one Range is honoured. ``headers`` are in lower case."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    public = path.startswith("/public/")
    path = path.removeprefix("/public") if public else path
    age = parse_qs(parts.query).get("link", ["0"])[0]
    if not public and (not age.isdigit() or int(age) != state.link_age):
        return refusal(403, "The link has expired.", None)
    content: bytes | None = None
    for record in state.files:
        wanted = record["path"] == path and not record["archived"]
        if wanted and (record["isPublicPreviewEnabled"] or not public):
            content = content_of(state, record)
    content = {FILM_PATH: state.film, THUMBNAIL_PATH: state.thumbnail}.get(path, content)
    if content is None:
        return refusal(404, "There is no such file.", None)
    tag = {"etag": '"a"', "accept-ranges": "bytes"}
    ranged = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("range", ""))
    if ranged is None:
        return Reply(200, content, {"content-type": "application/octet-stream", **tag})
    start, end = int(ranged[1]), min(int(ranged[2] or len(content)), len(content) - 1)
    if start > end:
        return Reply(416, b"", {"content-range": f"bytes */{len(content)}"})
    span = {"content-range": f"bytes {start}-{end}/{len(content)}", "content-type": "application/octet-stream"}
    return Reply(206, content[start : end + 1], span | tag)


def put_upload(state: ScriptedState, path: str, content: bytes) -> Reply:
    """The upload target's answer to a PUT: the bytes become the file's, however often they are sent."""
    try:
        record = state.file(path.removeprefix("/uploads/"))
    except RefusedError as error:
        return refusal(error.status, error.message, error.code)
    record["content"] = content
    return Reply(200, b"stored", {"content-type": "text/plain"})


HANDLERS: dict[str, Handler] = {
    "getFiles": get_files,
    "searchFiles": search_files,
    "getFile": get_file,
    "createFileUpload": create_upload,
    "hydrateFile": hydrate,
    "archiveFile": archive,
    "enablePublicPreview": enable_preview,
    "disablePublicPreview": disable_preview,
    "createFileUrlImport": import_url,
    "getFileUrlImport": get_import,
}
