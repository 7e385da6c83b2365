"""get_file: what a file is, and its bytes at a path or a URL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import Field

from videogen_agents.config import Backend
from videogen_agents.contract import FileInfo
from videogen_agents.errors import AskUserError, InputError, RetryLaterError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.file_names import file_stem
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import FileLink, NextCall, ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.transfer_desk import OnPercent

EXAMPLE = json.dumps({"fileId": "vg_file_…", "savePath": "film.mp4"}, ensure_ascii=False)
#: Endings that a file of each type may be saved under, the usual one first. Media never land on a name that a program
#: would run or read as its settings.
ENDINGS: dict[str, tuple[str, ...]] = {
    "VIDEO": (".mp4", ".mov", ".m4v", ".webm", ".mkv"),
    "IMAGE": (".png", ".jpg", ".jpeg", ".webp", ".gif"),
    "AUDIO": (".wav", ".mp3", ".m4a", ".aac", ".flac", ".ogg"),
    "PDF": (".pdf",),
    "SLIDESHOW": (".pptx", ".ppt"),
    "TEXT": (".txt", ".srt", ".vtt", ".otio", ".fcpxml", ".xml", ".zip"),
}
_MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".mkv": "video/matroska",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".otio": "application/json",
    ".fcpxml": "application/xml",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


class GetFileInput(ToolInput):
    file_id: str = Field(min_length=1, max_length=200)
    save_path: str | None = Field(default=None, min_length=1, max_length=1000)


class FileResult(ToolResult):
    """``path`` is absolute, on this machine, once the file is whole; ``saving`` is how far it is until then (0–100).
    ``downloadUrl`` expires."""

    file_id: str
    backend: str
    type: str | None = None
    display_name: str | None = None
    duration_seconds: float | None = None
    size_bytes: int | None = None
    path: str | None = None
    download_url: str | None = None
    saving: float | None = None
    next: NextCall | None = None


def parse_get_file(arguments: dict[str, Any]) -> GetFileInput:
    return parse_model(GetFileInput, arguments, example=EXAMPLE)


async def get_file(call: GetFileInput, ctx: ToolContext) -> ToolOutcome:
    if call.save_path is not None and not ctx.may_save:
        raise AskUserError(
            "This server is read-only: it saves no file.",
            code="tool_not_allowed",
            ids={"file_id": call.file_id},
            next_step="Leave savePath out, or ask the user to start the server without --read-only.",
        )
    info = await ctx.client.file(call.file_id)
    source = info.download_source
    url = (source.url if source is not None else None) or info.download_url
    if not url:
        raise RetryLaterError(
            "The file is not ready to be downloaded yet.",
            code="file_not_ready",
            ids={"file_id": call.file_id},
            next_step="Call get_file again in a few seconds.",
        )
    embedded = ctx.client.backend is Backend.EMBEDDED
    path: Path | None = None
    if call.save_path is not None or (embedded and ctx.may_save):
        destination = _destination(call, info, ctx)

        async def save(on_percent: OnPercent) -> Path:
            return await ctx.client.download(url, destination, lambda done, total: on_percent(_percent(done, total)))

        key = f"save {call.file_id} {destination}"
        ctx.report(0.0, "saving")
        moved = await ctx.transfers.move(key, save)
        ctx.transfers.drop(key)
        if moved.value is None:
            return _saving(call, ctx, moved.percent)
        path = moved.value
    # A link into the engine of this process opens nowhere else.
    link_url = None if path or embedded else url
    size = path.stat().st_size if path else (source.file_bytes if source is not None else None)
    data = FileResult(
        file_id=call.file_id,
        backend=ctx.client.backend.value,
        type=str(info.type) if info.type else None,
        display_name=info.display_name,
        duration_seconds=info.duration_seconds,
        size_bytes=size,
        path=str(path) if path else None,
        download_url=link_url,
    )
    name = one_line(info.display_name or call.file_id)
    if path is None and link_url is None:
        return ToolOutcome(
            f"{name} is in this machine's engine; this server is read-only and did not save it.\n"
            f"ids: file_id={call.file_id}",
            data,
        )
    where = f"saved at {path}" if path else f"at {link_url}"
    ending = _ending(info, path)
    link = FileLink(
        name=path.name if path else name,
        media_type=_MEDIA_TYPES.get(ending, "application/octet-stream"),
        path=path,
        url=link_url,
        size=size,
    )
    return ToolOutcome(f"{name}: {where}\nids: file_id={call.file_id}", data, links=(link,))


def _saving(call: GetFileInput, ctx: ToolContext, percent: float) -> ToolOutcome:
    arguments = json.dumps(call.model_dump(mode="json", by_alias=True, exclude_none=True), ensure_ascii=False)
    data = FileResult(
        file_id=call.file_id,
        backend=ctx.client.backend.value,
        saving=round(percent, 1),
        next=NextCall(tool="get_file", arguments=arguments),
    )
    return ToolOutcome(
        f"Saving the file: {percent:.0f} %. It goes on by itself; nothing is there before it is whole.\n"
        f"next: get_file {arguments} again.",
        data,
    )


def _destination(call: GetFileInput, info: FileInfo, ctx: ToolContext) -> Path:
    """Where the file goes: the path asked for, or one in the output folder named after it."""
    if call.save_path is None:
        stem = file_stem(Path(info.display_name or "file").stem)
        return ctx.settings.output_dir / f"{stem}-{file_stem(call.file_id[-6:])}{_ending(info, None)}"
    path = ctx.allowed_path(call.save_path)
    if path.is_dir():
        raise InputError(
            f"{path} is a folder.", code="path_is_folder", next_step=f"Add a file name. Example: {EXAMPLE}"
        )
    allowed = _endings(info)
    if not path.suffix:
        return path.with_name(path.name + allowed[0])
    if path.suffix.lower() not in allowed:
        raise InputError(
            f"This file cannot be saved as {path.suffix[:20]!r}.",
            code="wrong_file_ending",
            next_step=f"End savePath with one of: {', '.join(allowed)}.",
        )
    return path


def _endings(info: FileInfo) -> tuple[str, ...]:
    known = ENDINGS.get(str(info.type or ""))
    return known or tuple(ending for endings in ENDINGS.values() for ending in endings)


def _ending(info: FileInfo, path: Path | None) -> str:
    """Of the saved file, of its display name, or the usual one of its type."""
    allowed = _endings(info)
    shown = (path or Path(info.display_name or "")).suffix.lower()
    return shown if shown in allowed else allowed[0]


def _percent(done: int, total: int | None) -> float:
    return 100.0 * done / total if total else 0.0


_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "fileId": {"type": "string"},
        "savePath": {"type": "string", "description": "Absolute, or relative to the output folder."},
    },
    "required": ["fileId"],
}
GET_FILE = ToolSpec(
    name="get_file",
    title="Get a file",
    toolset="files",
    description="Save a file to disk, or get a fresh link.",
    schema=_SCHEMA,
    result=FileResult,
    parse=parse_get_file,
    run=get_file,
    flags=ToolFlags(saves=True, idempotent=True),
)
