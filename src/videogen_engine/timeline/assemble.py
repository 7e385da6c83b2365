"""The timeline stage: what was planned, spoken and designed becomes one document."""

from __future__ import annotations

from videogen_agents.contract import CaptionStyle
from videogen_agents.errors import InternalError, LimitError
from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import ScenePlan
from videogen_engine.speech.model import Narration
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Logo, MusicTrack, Scene, Timeline
from videogen_engine.timeline.pace import lead_seconds, scene_frames
from videogen_engine.timeline.staging import motion_for, scene_ids, transition_for
from videogen_engine.visuals.model import FeaturedFile, PictureSet, StyleRequest


class AssembleRequest(Frozen):
    """The results of the stages before, scene by scene in the same order.

    ``title`` None takes the plan's. ``caption_style`` None hides the captions; its unset fields mean the
    default look. ``ratio_*`` are the aspect ratio's integers, ``max_seconds`` the longest film allowed.
    ``voice_speed``, ``featured`` and ``directions`` (by scene, or empty) are kept for later edits.
    """

    plan: ScenePlan
    narration: Narration
    pictures: PictureSet
    style: StyleRequest = StyleRequest()
    caption_style: CaptionStyle | None = CaptionStyle()
    ratio_width: int = 16
    ratio_height: int = 9
    title: str | None = None
    music: MusicTrack | None = None
    logo: Logo | None = None
    max_seconds: float | None = None
    voice_speed: float = 1.0
    featured: tuple[FeaturedFile, ...] = ()
    directions: tuple[str | None, ...] = ()


def assemble(request: AssembleRequest, ctx: StageContext) -> Timeline:
    """The timeline of the film.

    Raises LimitError when it is longer than ``max_seconds``, InternalError when the stages before disagree
    about the number of scenes.
    """
    plan, narration, pictures = request.plan, request.narration, request.pictures
    counts = {len(plan.scenes), len(narration.scenes), len(pictures.pictures)}
    if len(counts) != 1 or not plan.scenes:
        raise InternalError(
            f"{len(plan.scenes)} scenes were planned, {len(narration.scenes)} spoken and "
            f"{len(pictures.pictures)} designed."
        )
    ids = scene_ids(scene.text for scene in plan.scenes)
    scenes: list[Scene] = []
    for index, (planned, speech, picture) in enumerate(
        zip(plan.scenes, narration.scenes, pictures.pictures, strict=True)
    ):
        ctx.check()
        frames = scene_frames(speech, last=index == len(plan.scenes) - 1)
        scenes.append(
            Scene(
                scene_id=ids[index],
                plan=planned,
                frames=frames,
                speech=speech,
                speech_offset=lead_seconds(),
                picture=picture,
                motion=motion_for(ids[index]),
                transition=transition_for(index, frames),
                direction=request.directions[index] if index < len(request.directions) else None,
            )
        )
    timeline = Timeline(
        title=request.title or plan.title,
        language=plan.language,
        script=plan.script,
        ratio_width=request.ratio_width,
        ratio_height=request.ratio_height,
        style=request.style,
        caption_style=request.caption_style,
        voice_id=narration.voice_id,
        voice_provider=narration.provider,
        scenes=tuple(scenes),
        music=request.music,
        logo=request.logo,
        warnings=tuple(dict.fromkeys((*narration.warnings, *pictures.warnings))),
        voice_speed=request.voice_speed,
        featured=request.featured,
    )
    if request.max_seconds is not None and timeline.duration > request.max_seconds:
        raise LimitError(
            f"The film would last {timeline.duration:.0f} s; at most {request.max_seconds:.0f} s are allowed.",
            code="film_too_long",
            next_step="Shorten the script or split it into several films.",
        )
    return timeline
