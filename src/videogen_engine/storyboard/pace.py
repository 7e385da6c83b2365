"""How long the scenes of a storyboard last."""

from __future__ import annotations

import math
from collections.abc import Iterator

from videogen_agents.errors import InternalError
from videogen_engine.planning.model import PlannedScene
from videogen_engine.speech.model import Narration, SceneSpeech
from videogen_engine.storyboard.model import StoryPlan
from videogen_engine.timeline.document import FRAMES_PER_SECOND
from videogen_engine.timeline.pace import lead_seconds, scene_frames, words_in_scene
from videogen_engine.visuals.model import PictureScene


def timed(story: StoryPlan, narration: Narration | None) -> Iterator[tuple[PlannedScene, SceneSpeech | None, int]]:
    """Each scene with what is said in it and its frames: as long as asked for, longer when more is said.

    Raises InternalError when ``narration`` is that of another plan.
    """
    speeches = iter(() if narration is None else narration.scenes)
    last = len(story.plan.scenes) - 1
    for index, (planned, seconds) in enumerate(zip(story.plan.scenes, story.seconds, strict=True)):
        speech = next(speeches, None) if planned.sentences else None
        if bool(planned.sentences) != (speech is not None):
            raise InternalError("Fewer scenes were spoken than were planned.")
        asked = math.ceil((seconds or 0.0) * FRAMES_PER_SECOND - 1e-6)
        spoken = 0 if speech is None else scene_frames(speech, last=index == last and seconds is None)
        yield planned, speech, max(asked, spoken)


def pictured_scenes(story: StoryPlan, narration: Narration | None) -> tuple[PictureScene, ...]:
    """What the visuals stage needs of each scene. Scenes without words would all look alike but for ``variant``."""
    return tuple(
        PictureScene(
            plan=planned,
            duration=frames / FRAMES_PER_SECOND,
            words=() if speech is None else words_in_scene(speech, lead_seconds()),
            direction=story.directions[index] or None,
            variant=0 if planned.text else index,
        )
        for index, (planned, speech, frames) in enumerate(timed(story, narration))
    )
