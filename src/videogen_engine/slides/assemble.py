"""The timeline of a film of pages."""

from __future__ import annotations

import math
from typing import Final

from videogen_agents.errors import InternalError, LimitError
from videogen_engine.slides.layouts import SLIDE, SLIDE_FULL
from videogen_engine.slides.model import SlideTimelineRequest
from videogen_engine.slides.theme_around import captions_with, ground_with
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import FRAMES_PER_SECOND, Scene, Timeline
from videogen_engine.timeline.pace import NOBODY, lead_seconds, scene_frames
from videogen_engine.timeline.staging import scene_ids, transition_for
from videogen_engine.visuals.model import PageFile, Picture, SceneDesign, Source, StyleRequest

#: A page is on screen for two seconds at least, however short the words over it are.
_SHORTEST_FRAMES: Final = 2 * FRAMES_PER_SECOND


def assemble_slides(request: SlideTimelineRequest, ctx: StageContext) -> Timeline:
    """Pages stand still, on one ground, and fade into each other.

    Raises LimitError when the film is longer than ``max_seconds``.
    """
    plan, narration = request.slides.plan, request.narration
    spoken = [] if narration is None else list(narration.scenes)
    if len(spoken) != request.slides.silent_seconds.count(None) or len(plan.scenes) != len(request.deck.pages):
        raise InternalError(f"{len(spoken)} pages were spoken of {len(plan.scenes)}, which is not what was planned.")
    speeches = iter(spoken)
    # Captions need room below the pages. All pages of a film are alike, spoken over or not.
    layout = SLIDE if spoken and request.caption_style is not None else SLIDE_FULL
    scenes: list[Scene] = []
    ids = scene_ids(f"page {index}" for index in range(len(plan.scenes)))
    last = len(plan.scenes) - 1
    for index, (planned, silent) in enumerate(zip(plan.scenes, request.slides.silent_seconds, strict=True)):
        ctx.check()
        speech = next(speeches) if silent is None else None
        if speech is None:
            frames = math.ceil((silent or 0.0) * FRAMES_PER_SECOND)
        else:
            frames = max(_SHORTEST_FRAMES, scene_frames(speech, last=index == last))
        scenes.append(
            Scene(
                scene_id=ids[index],
                plan=planned,
                frames=frames,
                speech=speech,
                speech_offset=0.0 if speech is None else lead_seconds(),
                picture=_picture(request, index, layout),
                transition=transition_for(index, frames),
                own_picture=True,
            )
        )
    warnings = (*request.deck.warnings, *(() if narration is None else narration.warnings))
    timeline = Timeline(
        title=plan.title,
        language=plan.language,
        script=plan.script,
        ratio_width=request.ratio_width,
        ratio_height=request.ratio_height,
        style=StyleRequest(),
        caption_style=captions_with(request.caption_style, request.theme),
        voice_id=request.voice_id if narration is None else narration.voice_id,
        voice_provider=NOBODY if narration is None else narration.provider,
        scenes=tuple(scenes),
        logo=request.logo,
        warnings=tuple(dict.fromkeys(warnings)),
        voice_speed=request.voice_speed,
    )
    if request.max_seconds is not None and timeline.duration > request.max_seconds:
        raise LimitError(
            f"The film would last {timeline.duration:.0f} s; at most {request.max_seconds:.0f} s are allowed.",
            code="film_too_long",
            next_step="Shorten the scripts, or split the document into several films.",
        )
    return timeline


def _picture(request: SlideTimelineRequest, index: int, layout: str) -> Picture:
    design = SceneDesign(
        look="minimal",
        layout=layout,
        palette=ground_with(request.deck, request.theme),
        seed=0,
        language=request.slides.plan.language,
        ratio_width=request.ratio_width,
        ratio_height=request.ratio_height,
        elements=(),
        page=PageFile(
            file_id=request.file_id,
            media=request.deck.media,
            page=index,
            display_name=request.display_name,
            theme=request.theme,
        ),
    )
    return Picture(
        design=design,
        reason=f"page {index + 1} of your file “{request.display_name}”",
        sources=(Source(name=request.display_name, licence="user"),),
    )
