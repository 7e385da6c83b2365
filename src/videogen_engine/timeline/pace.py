"""How long scenes last: whole frames around what is said in them."""

from __future__ import annotations

import math
from typing import Final

from videogen_engine.planning.model import ScenePlan
from videogen_engine.speech.model import Narration, SceneSpeech, Word
from videogen_engine.timeline.document import FRAMES_PER_SECOND
from videogen_engine.visuals.model import PictureScene

#: What no scene of a film without a narrator is spoken by.
NOBODY: Final = "none"
#: Frames from a scene's start to its speech: the transition is half over when the voice sets in.
LEAD_FRAMES: Final = 6
#: Seconds that stay after the last word, counting the silence that the clip ends with.
_REST_SECONDS: Final = 0.3
#: Frames that the film's last picture stays when everything is said.
_CLOSING_FRAMES: Final = 24
#: No scene is shorter; a flash of a picture is worse than a pause.
_SHORTEST_FRAMES: Final = 30


def lead_seconds() -> float:
    """Seconds from a scene's start to its speech clip."""
    return LEAD_FRAMES / FRAMES_PER_SECOND


def scene_frames(speech: SceneSpeech, *, last: bool) -> int:
    """Frames of a scene that says ``speech``."""
    silence = max(0.0, speech.duration - max((word.end for word in speech.words), default=0.0))
    rest = max(0.0, _REST_SECONDS - silence)
    # Clip lengths are whole samples; without the slack, rounding noise could cost a frame.
    spoken = math.ceil((speech.duration + rest) * FRAMES_PER_SECOND - 1e-6)
    return max(_SHORTEST_FRAMES, LEAD_FRAMES + spoken) + (_CLOSING_FRAMES if last else 0)


def words_in_scene(speech: SceneSpeech, offset: float) -> tuple[Word, ...]:
    """The words with times from the scene's start instead of the clip's."""
    return tuple(
        word.model_copy(update={"start": round(word.start + offset, 6), "end": round(word.end + offset, 6)})
        for word in speech.words
    )


def picture_scenes(plan: ScenePlan, narration: Narration, direction: str | None = None) -> tuple[PictureScene, ...]:
    """What the visuals stage needs of each scene: the durations and word times the timeline will have.

    Raises ValueError when plan and narration have different numbers of scenes.
    """
    last = len(plan.scenes) - 1
    return tuple(
        PictureScene(
            plan=scene,
            duration=scene_frames(speech, last=index == last) / FRAMES_PER_SECOND,
            words=words_in_scene(speech, lead_seconds()),
            direction=direction,
        )
        for index, (scene, speech) in enumerate(zip(plan.scenes, narration.scenes, strict=True))
    )
