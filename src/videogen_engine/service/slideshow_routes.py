"""Starting films of slides."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import AspectRatio, SlideshowToVideoRequest, WireModel
from videogen_engine.planning.first_title import first_title
from videogen_engine.planning.language import detect_language
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import check_ratio
from videogen_engine.service.film_start import start_film
from videogen_engine.service.narrating_actor import check_narrator
from videogen_engine.service.slideshow_rules import check_document, check_logo, check_slideshow
from videogen_engine.service.slideshow_themes import theme_source
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.workflows.slideshow_theme import SlideshowRun

_WIDE = AspectRatio(width=16, height=9)


async def slideshow_to_video(call: Call) -> WireModel:
    body = await call.body(SlideshowToVideoRequest)
    check_slideshow(body, call.engine.settings.limits)
    await check_narrator(call, body)
    ids = [body.file_id, *([body.logo_file_id] if body.logo_file_id else [])]
    found = await asyncio.to_thread(call.engine.store.files.get_many, ids)
    file = check_document(body.file_id, found.get(body.file_id))
    check_logo(body.logo_file_id, found)
    said = [script for script in body.slide_scripts or () if script.strip()]
    if said or body.voice_id:
        # Raises now what the speech stage would raise only once the job runs.
        choose_voice(said, body.language or detect_language("\n".join(said)), body.voice_id)
    run = SlideshowRun.model_validate(body.to_wire())
    if body.slideshow_theme_entity_id:
        run = run.model_copy(update={"theme": await theme_source(call, body.slideshow_theme_entity_id)})
    ratio = check_ratio(body.aspect_ratio or _WIDE)
    return await start_film(call, "slideshow_to_video", run, title=first_title(file.display_name), ratio=ratio)


SLIDESHOW = {"slideshowToVideo": slideshow_to_video}
