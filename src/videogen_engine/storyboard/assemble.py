"""The timeline of a film of a storyboard."""

from __future__ import annotations

from videogen_agents.errors import InternalError, LimitError
from videogen_engine.stage import StageContext
from videogen_engine.storyboard.model import StoryTimelineRequest
from videogen_engine.storyboard.pace import timed
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.pace import NOBODY, lead_seconds
from videogen_engine.timeline.staging import motion_for, scene_ids, transition_for


def assemble_storyboard(request: StoryTimelineRequest, ctx: StageContext) -> Timeline:
    """A scene per section, in order. Raises LimitError when the film is longer than ``max_seconds``."""
    plan, narration, pictures = request.story.plan, request.narration, request.pictures
    if not len(plan.scenes) == len(pictures.pictures) == len(request.styles):
        raise InternalError(f"{len(pictures.pictures)} pictures were designed for {len(plan.scenes)} scenes.")
    directions = request.story.directions
    ids = scene_ids(scene.text or direction for scene, direction in zip(plan.scenes, directions, strict=True))
    scenes: list[Scene] = []
    for index, (planned, speech, frames) in enumerate(timed(request.story, narration)):
        ctx.check()
        scenes.append(
            Scene(
                scene_id=ids[index],
                plan=planned,
                frames=frames,
                speech=speech,
                speech_offset=0.0 if speech is None else lead_seconds(),
                picture=pictures.pictures[index],
                motion=motion_for(ids[index]),
                transition=transition_for(index, frames),
                direction=directions[index] or None,
                style=request.styles[index],
                variant=0 if planned.text else index,
            )
        )
    timeline = Timeline(
        title=plan.title,
        language=plan.language,
        script=plan.script,
        ratio_width=request.ratio_width,
        ratio_height=request.ratio_height,
        style=request.style,
        caption_style=request.caption_style,
        voice_id=request.voice_id if narration is None else narration.voice_id,
        voice_provider=NOBODY if narration is None else narration.provider,
        scenes=tuple(scenes),
        warnings=tuple(dict.fromkeys((*(narration.warnings if narration else ()), *pictures.warnings))),
    )
    if request.max_seconds is not None and timeline.duration > request.max_seconds:
        raise LimitError(
            f"The film would last {timeline.duration:.0f} s; at most {request.max_seconds:.0f} s are allowed.",
            code="film_too_long",
            next_step="Use fewer or shorter scenes, or make several films.",
        )
    return timeline
