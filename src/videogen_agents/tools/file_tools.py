"""get_file: what a file is, and its bytes at a path or a URL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import Field

from videogen_agents.config import Backend
from videogen_agents.contract import FileInfo
from videogen_agents.errors import InputError, RetryLaterError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.flat_schema import flat_schema
from videogen_agents.tools.job_tools import file_stem
from videogen_agents.tools.result import FileLink, ToolOutcome, ToolResult
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec

EXAMPLE = json.dumps({"fileId": "vg_file_…", "savePath": "film.mp4"}, ensure_ascii=False)
_SUFFIXES = {"VIDEO": ".mp4", "IMAGE": ".png", "AUDIO": ".wav", "PDF": ".pdf", "SLIDESHOW": ".pptx", "TEXT": ".txt"}
_MEDIA_TYPES = {"VIDEO": "video/mp4", "IMAGE": "image/png", "AUDIO": "audio/wav", "PDF": "application/pdf"}


class GetFileInput(ToolInput):
    file_id: str = Field(min_length=1, max_length=200)
    save_path: str | None = Field(
        default=None,
        max_length=1000,
        description="Where to save: absolute, or relative to the output folder.",
    )


class FileResult(ToolResult):
    """``path`` is absolute, on this machine; ``downloadUrl`` expires."""

    file_id: str
    backend: str
    type: str | None = None
    display_name: str | None = None
    duration_seconds: float | None = None
    size_bytes: int | None = None
    path: str | None = None
    download_url: str | None = None


def parse_get_file(arguments: dict[str, Any]) -> GetFileInput:
    return parse_model(GetFileInput, arguments, example=EXAMPLE)


async def get_file(call: GetFileInput, ctx: ToolContext) -> ToolOutcome:
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
    kind = str(info.type or "")
    path: Path | None = None
    if call.save_path is not None or ctx.client.backend is Backend.EMBEDDED:
        path = _destination(call, info, kind, ctx)
        path = await ctx.client.download(url, path, lambda done, total: ctx.report(_percent(done, total), "saving"))
    size = path.stat().st_size if path else (source.file_bytes if source is not None else None)
    where = f"saved at {path}" if path else f"at {url}"
    name = info.display_name or call.file_id
    text = f"{name}: {where}\nids: file_id={call.file_id}"
    link = FileLink(
        name=path.name if path else name,
        media_type=_MEDIA_TYPES.get(kind, "application/octet-stream"),
        path=path,
        url=None if path else url,
        size=size,
    )
    data = FileResult(
        file_id=call.file_id,
        backend=ctx.client.backend.value,
        type=kind or None,
        display_name=info.display_name,
        duration_seconds=info.duration_seconds,
        size_bytes=size,
        path=str(path) if path else None,
        download_url=None if path else url,
    )
    return ToolOutcome(text, data, links=(link,))


def _destination(call: GetFileInput, info: FileInfo, kind: str, ctx: ToolContext) -> Path:
    if call.save_path is not None:
        path = ctx.writable_path(call.save_path)
        if path.is_dir():
            raise InputError(
                f"{path} is a folder.", code="path_is_folder", next_step=f"Add a file name. Example: {EXAMPLE}"
            )
        return path
    name = Path(info.display_name or "file")
    suffix = name.suffix if 1 < len(name.suffix) <= 6 else _SUFFIXES.get(kind, "")
    return ctx.settings.output_dir / f"{file_stem(name.stem)}-{call.file_id[-6:]}{suffix}"


def _percent(done: int, total: int | None) -> float:
    return 100.0 * done / total if total else 0.0


GET_FILE = ToolSpec(
    name="get_file",
    title="Get a file",
    toolset="files",
    description="Save a file to disk and get its absolute path, or get a fresh download link.",
    schema=flat_schema(GetFileInput),
    result=FileResult,
    parse=parse_get_file,
    run=get_file,
    flags=ToolFlags(idempotent=True),
)
