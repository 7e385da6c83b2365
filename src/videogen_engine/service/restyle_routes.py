"""Starting restyled videos."""

from __future__ import annotations

import asyncio
from urllib.parse import urldefrag

from videogen_agents.contract import AspectRatio, FileType, VideoToVideoRequest, WireModel
from videogen_agents.errors import InputError, LimitError
from videogen_engine.planning.first_title import first_title
from videogen_engine.public_address import check_url
from videogen_engine.restyle.model import LONGEST_SECONDS
from videogen_engine.restyle.words import LONGEST_PROMPT, read_prompt
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import check_ratio
from videogen_engine.service.film_start import start_film
from videogen_engine.service.slideshow_rules import ready_file
from videogen_engine.store.records import FileRecord, Rendition

#: Of an export asked for before the video is there; it is made in the video's own shape.
_WIDE = AspectRatio(width=16, height=9)
_SLACK_SECONDS = 0.5


async def video_to_video(call: Call) -> WireModel:
    """What the request alone shows to be impossible is refused at once: a prompt without a style among it."""
    body = await call.body(VideoToVideoRequest)
    if len(body.prompt) > LONGEST_PROMPT:
        raise LimitError(f"prompt has {len(body.prompt)} characters; at most {LONGEST_PROMPT} are read.")
    asked = read_prompt(body.prompt)
    shape, title = body.aspect_ratio, f"Restyled video: {asked.told}"
    if body.video_url:
        hosts = frozenset(call.engine.settings.import_hosts)
        check_url(urldefrag(str(body.video_url).strip()).url, private_hosts=hosts)
    else:
        file_id = body.video_file_id or ""
        found = await asyncio.to_thread(call.engine.store.files.get_many, [file_id])
        file = check_video_file(file_id, found.get(file_id))
        shape, title = shape or _shape(file), first_title(file.display_name)
    return await start_film(call, "video_to_video", body, title=title, ratio=check_ratio(shape or _WIDE))


def check_video_file(file_id: str, file: FileRecord | None) -> FileRecord:
    """The file. Raises NotFoundError for an unknown one, InputError for no video, LimitError for one too long."""
    file = ready_file("videoFileId", file_id, file)
    if file.type is not FileType.VIDEO:
        raise InputError(
            f"The file {file_id!r} is {'of no known type' if file.type is None else file.type.value}, not VIDEO.",
            ids={"file_id": file_id},
            next_step="Upload a video, for example as MP4.",
        )
    if file.duration_seconds is not None and file.duration_seconds > LONGEST_SECONDS + _SLACK_SECONDS:
        raise LimitError(
            f"The video is {file.duration_seconds:.0f} s long; at most {LONGEST_SECONDS:.0f} s are restyled at once.",
            code="video_too_long",
            ids={"file_id": file_id},
            next_step="Cut it into parts, and restyle each.",
        )
    return file


def _shape(file: FileRecord) -> AspectRatio | None:
    source = file.source(Rendition.DOWNLOAD)
    if source is None or not source.width or not source.height:
        return None
    # As small as a ratio's integers are to be; the film itself takes the exact shape from the frames.
    scale = 1000 / max(source.width, source.height)
    return AspectRatio(width=max(1, round(source.width * scale)), height=max(1, round(source.height * scale)))


RESTYLE = {"videoToVideo": video_to_video}
