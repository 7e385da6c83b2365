"""Starting films of recordings."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import AspectRatio, VoiceoverToVideoRequest, WireModel
from videogen_engine.planning.first_title import first_title
from videogen_engine.service.call import Call
from videogen_engine.service.entity_styles import with_style_words
from videogen_engine.service.export_size import check_ratio
from videogen_engine.service.film_start import start_film
from videogen_engine.service.narrating_actor import check_narrator
from videogen_engine.service.slideshow_rules import check_logo
from videogen_engine.service.voiceover_rules import (
    check_recording_file,
    voiceover_fields_without_effect,
)

_WIDE = AspectRatio(width=16, height=9)


async def voiceover_to_video(call: Call) -> WireModel:
    body = await call.body(VoiceoverToVideoRequest)
    await check_narrator(call, body)
    ids = [body.file_id, *([body.logo_file_id] if body.logo_file_id else [])]
    found = await asyncio.to_thread(call.engine.store.files.get_many, ids)
    file = check_recording_file(body.file_id, found.get(body.file_id))
    check_logo(body.logo_file_id, found)
    body = body.model_copy(update={"visual_style": await with_style_words(call, body.visual_style)})
    call.ignore(*voiceover_fields_without_effect(body))
    ratio = check_ratio(body.aspect_ratio or _WIDE)
    return await start_film(call, "voiceover_to_video", body, title=first_title(file.display_name), ratio=ratio)


VOICEOVER = {"voiceoverToVideo": voiceover_to_video}
