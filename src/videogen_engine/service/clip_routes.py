"""Starting short clips from a prompt."""

from __future__ import annotations

import asyncio
from typing import Final

from videogen_agents.contract import AspectRatio, FileType, PromptToVideoClipRequest, WireModel
from videogen_agents.errors import InputError, LimitError
from videogen_engine.planning.first_title import first_title
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import check_ratio
from videogen_engine.service.film_start import start_film
from videogen_engine.service.slideshow_rules import ready_file

_WIDE: Final = AspectRatio(width=16, height=9)
_LONGEST_PROMPT: Final = 4000


async def prompt_to_video_clip(call: Call) -> WireModel:
    body = await call.body(PromptToVideoClipRequest)
    if not any(char.isalnum() for char in body.prompt):
        raise InputError("prompt is empty.", next_step="Say what the clip shall show.")
    if len(body.prompt) > _LONGEST_PROMPT:
        raise LimitError(f"prompt has {len(body.prompt)} characters; at most {_LONGEST_PROMPT} are read.")
    ids = body.image_file_ids or []
    found = await asyncio.to_thread(call.engine.store.files.get_many, ids)
    for file_id in ids:
        if ready_file("imageFileIds", file_id, found.get(file_id)).type is not FileType.IMAGE:
            raise InputError(
                f"The file {file_id!r} is not an image.",
                ids={"file_id": file_id},
                next_step="imageFileIds takes pictures, for example PNG or JPEG.",
            )
    if "quality" in body.model_fields_set:
        call.ignore("quality")
    ratio = check_ratio(body.aspect_ratio or _WIDE)
    return await start_film(call, "prompt_to_video_clip", body, title=first_title(body.prompt), ratio=ratio)


CLIPS = {"promptToVideoClip": prompt_to_video_clip}
