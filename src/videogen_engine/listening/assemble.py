"""The timeline of a film of a recording: scenes last exactly as long as their slices of it."""

from __future__ import annotations

from videogen_agents.errors import InternalError
from videogen_engine.listening.model import VoiceoverTimelineRequest
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.staging import motion_for, scene_ids, transition_for


def assemble_voiceover(request: VoiceoverTimelineRequest, ctx: StageContext) -> Timeline:
    """Captions are hidden where no words are known; ``hidden_caption_style`` keeps what was asked for."""
    plan, narration = request.cut.plan, request.cut.narration
    if len(request.pictures.pictures) != len(plan.scenes):
        raise InternalError(f"{len(request.pictures.pictures)} pictures were designed for {len(plan.scenes)} scenes.")
    worded = any(speech.words for speech in narration.scenes)
    ids = scene_ids(scene.text or f"part {scene.index}" for scene in plan.scenes)
    scenes: list[Scene] = []
    for index, (planned, speech, frames, picture) in enumerate(
        zip(plan.scenes, narration.scenes, request.cut.frames, request.pictures.pictures, strict=True)
    ):
        ctx.check()
        scenes.append(
            Scene(
                scene_id=ids[index],
                plan=planned,
                frames=frames,
                speech=speech,
                picture=picture,
                motion=motion_for(ids[index]),
                transition=transition_for(index, frames),
                direction=request.directions[index] if index < len(request.directions) else None,
                # Scenes without words would all look alike.
                variant=0 if worded else index,
            )
        )
    return Timeline(
        title=plan.title,
        language=plan.language,
        script=plan.script,
        ratio_width=request.ratio_width,
        ratio_height=request.ratio_height,
        style=request.style,
        caption_style=request.caption_style if worded else None,
        voice_id=narration.voice_id,
        voice_provider=narration.provider,
        scenes=tuple(scenes),
        logo=request.logo,
        warnings=tuple(dict.fromkeys((*request.warnings, *request.pictures.warnings))),
        hidden_caption_style=None if worded else request.caption_style,
    )
