"""The timeline of a clip, made by the stages that make storyboards, with a camera that moves."""

from __future__ import annotations

import re
from typing import Final, Protocol, TypeVar

from pydantic import BaseModel

from videogen_engine.clips.shots import Shot
from videogen_engine.frozen import Frozen
from videogen_engine.music.model import LONGEST_SECONDS, SHORTEST_SECONDS, MusicBed, MusicRequest
from videogen_engine.remix.camera import motion_of
from videogen_engine.remix.zoom import is_still
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene
from videogen_engine.storyboard.model import StoryLine, StoryPlan, StoryPlanRequest, StoryTimelineRequest
from videogen_engine.storyboard.pace import pictured_scenes
from videogen_engine.timeline.document import FRAMES_PER_SECOND, MusicTrack, Timeline
from videogen_engine.visuals.model import FeaturedFile, PictureRequest, PictureSet, StyleKind, StyleRequest

ResultT = TypeVar("ResultT", bound=BaseModel)

#: The stages by their names in the registry, in order; what is spoken or composed comes between.
PLAN, PICTURE, ASSEMBLE = "plan_storyboard", "picture", "assemble_storyboard"
SPEAK, MUSIC = "speak", "music"
ILLUSTRATED = (
    "Drawn by the built-in illustrator, with a camera that moves over the pictures: neither filmed nor made by a video "
    "model. VideoGen's hosted backend makes such clips (set VIDEOGEN_API_KEY)."
)

#: The look that paints places.
_OUTDOORS: Final = "landscape"


class Stepper(Protocol):
    """What has stages run: a job's context, or a tool's bench."""

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT: ...


class ClipBrief(Frozen):
    """``files`` are shown by the first shots, one each. ``said`` is spoken by ``voice_id`` from the first shot on.

    ``music`` is what composed music should be like, ``track`` a recording to use instead. ``variant`` counts the
    results of one request.
    """

    prompt: str
    shots: tuple[Shot, ...]
    language: str
    voice_id: str
    ratio_width: int
    ratio_height: int
    files: tuple[FeaturedFile, ...] = ()
    said: str = ""
    music: str | None = None
    track: FeaturedFile | None = None
    variant: int = 0
    max_seconds: float | None = None


async def build_clip(brief: ClipBrief, stepper: Stepper) -> Timeline:
    """Raises what the stages raise. Captions are hidden: a clip is to be seen."""
    style = _style(brief.prompt)
    lines = tuple(
        StoryLine(
            prompt=_without(style, shot.prompt),
            said=brief.said if index == 0 else "",
            seconds=shot.frames / FRAMES_PER_SECOND,
            shows=index < len(brief.files),
        )
        for index, shot in enumerate(brief.shots)
    )
    story = await stepper.step(PLAN, StoryPlanRequest(lines=lines, language=brief.language), StoryPlan)
    spoken = tuple(SpokenScene(sentences=scene.sentences) for scene in story.plan.scenes if scene.sentences)
    narration = None
    if spoken:
        speech = SpeechRequest(scenes=spoken, language=brief.language, voice_id=brief.voice_id)
        narration = await stepper.step(SPEAK, speech, Narration)
    pictures = await stepper.step(
        PICTURE,
        PictureRequest(
            scenes=tuple(
                scene.model_copy(
                    update={
                        "pinned": brief.files[index] if index < len(brief.files) else None,
                        "variant": scene.variant + 3 * brief.variant,
                    }
                )
                for index, scene in enumerate(pictured_scenes(story, narration))
            ),
            language=brief.language,
            ratio_width=brief.ratio_width,
            ratio_height=brief.ratio_height,
            style=style,
            title=story.plan.title,
        ),
        PictureSet,
    )
    timeline = await stepper.step(
        ASSEMBLE,
        StoryTimelineRequest(
            story=story,
            narration=narration,
            pictures=pictures,
            style=style,
            styles=(None,) * len(lines),
            voice_id=brief.voice_id,
            caption_style=None,
            ratio_width=brief.ratio_width,
            ratio_height=brief.ratio_height,
            max_seconds=brief.max_seconds,
        ),
        Timeline,
    )
    return await _with_music(brief, _with_camera(brief, timeline), stepper)


def _style(prompt: str) -> StyleRequest:
    """The prompt's own words for a look, when it has any that the illustrator knows; a place has its landscape."""
    # Here, because where requests come in the table of assets is read, and this would load numpy with it.
    from videogen_engine.visuals.design import SCENERY_WORDS
    from videogen_engine.visuals.looks.catalogue import LOOKS
    from videogen_engine.visuals.style_words import read_style

    read = read_style(prompt)
    places = "|".join(words for name, words in SCENERY_WORDS if name in LOOKS[_OUTDOORS].sceneries)
    if read.look is None and re.search(rf"\b(?:{places})s?\b", prompt, re.I):
        # Colours of things are not those of skies.
        return StyleRequest(kind=StyleKind.AI_IMAGE, ai_style=_OUTDOORS)
    if read.look is None and read.palette is None:
        return StyleRequest()
    return StyleRequest(kind=StyleKind.AI_IMAGE, ai_style=prompt)


def _without(style: StyleRequest, prompt: str) -> str:
    """The prompt without the words that chose the look: they name nothing to be seen."""
    if style.ai_style is None:
        return prompt
    # As in ``_style``.
    from videogen_engine.visuals.style_words import read_style

    words = "|".join(re.escape(word).replace(r"\-", r"[-\s]") for word in read_style(style.ai_style).matched)
    left = " ".join(
        re.sub(
            rf"\b(?:{words})\b(?:\s+(?:painting|style|look|illustration|drawing)\b)?", " ", prompt, flags=re.I
        ).split()
    )
    return left if any(char.isalnum() for char in left) else prompt


def _with_camera(brief: ClipBrief, timeline: Timeline) -> Timeline:
    scenes = tuple(
        scene.model_copy(
            update={
                "motion": motion_of(shot.move, shot.prompt) if is_still(scene) else scene.motion,
                "variant": scene.variant + 3 * brief.variant,
            }
        )
        for scene, shot in zip(timeline.scenes, brief.shots, strict=True)
    )
    return timeline.model_copy(update={"scenes": scenes})


async def _with_music(brief: ClipBrief, timeline: Timeline, stepper: Stepper) -> Timeline:
    # Under a voice music steps back; alone it is all there is to hear.
    volume = 0.35 if brief.said else 1.0
    if brief.track is not None:
        track = MusicTrack(media=brief.track.media, volume=volume, name=brief.track.display_name, licence="user")
    elif brief.music is not None:
        seconds = min(LONGEST_SECONDS, max(SHORTEST_SECONDS, round(timeline.duration, 3)))
        bed = await stepper.step(MUSIC, MusicRequest(prompt=brief.music, seconds=seconds), MusicBed)
        track = MusicTrack(
            media=bed.media, volume=volume, name=bed.name, licence=bed.licence, form=bed.form, made_by=bed.made_by
        )
    else:
        return timeline
    return timeline.model_copy(update={"music": track})
