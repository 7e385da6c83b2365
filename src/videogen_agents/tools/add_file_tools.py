"""add_file: the user's own file, from a path or a public URL, for films to use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import Field

from videogen_agents.client import JobKind
from videogen_agents.config import Backend
from videogen_agents.contract import CreateFileUrlImportRequest, FileInfo, FileType, Transcript
from videogen_agents.errors import InputError, LimitError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.public_url import check_public_url
from videogen_agents.tools.result import NextCall, ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.transcript_files import transcript_from
from videogen_agents.tools.transfer_desk import OnPercent

EXAMPLE = json.dumps({"path": "slides.pdf"})
#: File endings that may be sent, each with its type. What is none of these never leaves the machine.
SENDABLE: dict[str, FileType] = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".heic", ".bmp", ".tiff"), FileType.IMAGE),
    **dict.fromkeys((".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi"), FileType.VIDEO),
    **dict.fromkeys((".wav", ".mp3", ".m4a", ".aac", ".flac", ".ogg", ".opus"), FileType.AUDIO),
    ".pdf": FileType.PDF,
    **dict.fromkeys((".pptx", ".ppt", ".odp"), FileType.SLIDESHOW),
    **dict.fromkeys((".txt", ".md", ".srt", ".vtt"), FileType.TEXT),
    **dict.fromkeys((".lottie", ".json"), FileType.LOTTIE),
}
MAX_TRANSCRIPT_BYTES = 5_000_000


class AddFileInput(ToolInput):
    path: str | None = Field(default=None, min_length=1, max_length=1000)
    url: str | None = Field(default=None, min_length=1, max_length=4000)
    display_name: str | None = Field(default=None, min_length=1, max_length=200)
    type: FileType | None = None
    transcript_path: str | None = Field(default=None, min_length=1, max_length=1000)
    is_temporary: bool = False


class AddedFileResult(ToolResult):
    """``fileId`` once it is there; while it is still moving, or being imported as ``jobId``, ``next`` says how to go
    on. ``progress`` is 0–100."""

    status: str
    backend: str
    file_id: str | None = None
    job_id: str | None = None
    type: str | None = None
    display_name: str | None = None
    progress: float = 100.0
    next: NextCall | None = None


def parse_add_file(arguments: dict[str, Any]) -> AddFileInput:
    call = parse_model(AddFileInput, arguments, example=EXAMPLE)
    if (call.path is None) == (call.url is None):
        raise InputError(
            "Give exactly one of path and url.",
            code="invalid_arguments",
            next_step=f"Call again like this: {EXAMPLE}",
        )
    if call.url is not None:
        check_public_url(call.url)
        if call.transcript_path is not None:
            raise InputError(
                "transcriptPath goes with path: an import takes no transcript.",
                code="invalid_arguments",
                next_step="Download the file and give its path.",
            )
    return call


async def add_file(call: AddFileInput, ctx: ToolContext) -> ToolOutcome:
    return await (_import(call, ctx) if call.url is not None else _upload(call, ctx))


async def _import(call: AddFileInput, ctx: ToolContext) -> ToolOutcome:
    request = CreateFileUrlImportRequest.model_validate(
        {"url": call.url, "displayName": call.display_name, "type": call.type, "isTemporary": call.is_temporary}
    )
    begun = await ctx.client.import_url(request)
    job_id = begun.reply.file_import_id
    arguments = {"jobId": job_id, "kind": JobKind.FILE_IMPORT.value}
    how = "was already started" if begun.reused else "started"
    data = AddedFileResult(
        status="started",
        backend=ctx.client.backend.value,
        job_id=job_id,
        progress=0.0,
        next=NextCall(tool="get_job", arguments=json.dumps(arguments)),
    )
    return ToolOutcome(f"The import {how}: job {job_id}.\nnext: get_job {json.dumps(arguments)} for the file id.", data)


async def _upload(call: AddFileInput, ctx: ToolContext) -> ToolOutcome:
    assert call.path is not None
    path = _readable(call.path, ctx)
    kind = _sendable(path, call.type)
    transcript = _transcript(call.transcript_path, ctx) if call.transcript_path is not None else None
    state = path.stat()

    async def send(on_percent: OnPercent) -> FileInfo:
        return await ctx.client.upload_file(
            path,
            display_name=call.display_name,
            file_type=kind,
            temporary=call.is_temporary,
            transcript=transcript,
            progress=lambda done, total: on_percent(100.0 * done / total if total else 0.0),
        )

    key = f"upload {path} {state.st_size} {state.st_mtime_ns} {call.model_dump_json()}"
    ctx.report(0.0, "sending")
    moved = await ctx.transfers.move(key, send)
    if moved.value is None:
        arguments = call.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        text = json.dumps(arguments, ensure_ascii=False)
        data = AddedFileResult(
            status="running",
            backend=ctx.client.backend.value,
            progress=round(moved.percent, 1),
            next=NextCall(tool="add_file", arguments=text),
        )
        return ToolOutcome(
            f"Sending {path.name}: {moved.percent:.0f} %. It goes on by itself.\n"
            f"next: add_file {text} again for its file id; it is not sent twice.",
            data,
        )
    info = moved.value
    name = one_line(info.display_name or path.name)
    data = AddedFileResult(
        status="succeeded",
        backend=ctx.client.backend.value,
        file_id=info.file_id,
        type=str(info.type or kind),
        display_name=name,
    )
    return ToolOutcome(f"Added {name} ({str(info.type or kind).lower()}).\nids: file_id={info.file_id}", data)


def _readable(wanted: str, ctx: ToolContext) -> Path:
    """The file, inside an allowed root. A relative path is looked up in each of them."""
    candidates = [wanted]
    if not Path(wanted).is_absolute() and not wanted.startswith("~"):
        candidates = [str(root / wanted) for root in ctx.settings.allowed_roots]
    found = next((path for path in (ctx.allowed_path(one) for one in candidates) if path.is_file()), None)
    if found is None:
        roots = ", ".join(str(root) for root in ctx.settings.allowed_roots)
        raise InputError(
            f"There is no file {one_line(wanted)!r} in the folders that may be read.",
            code="file_not_found",
            next_step=f"Give an absolute path, or one relative to {roots}.",
        )
    return found


def _sendable(path: Path, stated: FileType | None) -> FileType:
    kind = SENDABLE.get(path.suffix.lower())
    if path.name.startswith(".") or kind is None or (kind is FileType.LOTTIE and stated is not FileType.LOTTIE):
        raise InputError(
            f"{path.name[:80]!r} is no media file that a film can use.",
            code="wrong_file_ending",
            next_step="Give a picture, video, sound, PDF, PowerPoint, text or subtitle file (a Lottie .json needs "
            "type LOTTIE).",
        )
    return stated or kind


def _transcript(wanted: str, ctx: ToolContext) -> Transcript:
    path = _readable(wanted, ctx)
    if path.stat().st_size > MAX_TRANSCRIPT_BYTES:
        raise LimitError(f"The transcript is larger than {MAX_TRANSCRIPT_BYTES} bytes.")
    return transcript_from(path.name, path.read_bytes(), aligns=ctx.client.backend is Backend.EMBEDDED)


_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "path": {"type": "string", "description": "A local file."},
        "url": {"type": "string", "description": "Or a public URL."},
        "displayName": {"type": "string"},
        "transcriptPath": {"type": "string", "description": "Its words: timed JSON, SRT or text."},
        "isTemporary": {"type": "boolean"},
    },
}
ADD_FILE = ToolSpec(
    name="add_file",
    title="Add a file",
    toolset="files",
    description="Send the user's picture, clip, recording, PDF or PowerPoint; gives its fileId.",
    schema=_SCHEMA,
    result=AddedFileResult,
    parse=parse_add_file,
    run=add_file,
    flags=ToolFlags(open_world=True),
)
