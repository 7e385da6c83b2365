"""Input and output of the stages that make a film of a storyboard."""

from __future__ import annotations

from videogen_agents.contract import CaptionStyle
from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import ScenePlan
from videogen_engine.speech.model import Narration
from videogen_engine.visuals.model import PictureSet, StyleRequest


class StoryLine(Frozen):
    """A scene as asked for, without mentions. ``seconds`` None lets narration or prompt decide.

    ``said`` is empty where nobody speaks; ``title`` where the headline is to be found. ``shows`` says that the
    user's own picture is in the scene.
    """

    prompt: str
    said: str = ""
    title: str = ""
    seconds: float | None = None
    shows: bool = False


class StoryPlanRequest(Frozen):
    lines: tuple[StoryLine, ...]
    language: str


class StoryPlan(Frozen):
    """A scene per line. ``directions`` say what to show; ``seconds`` is how long at least, None as narrated."""

    plan: ScenePlan
    directions: tuple[str, ...]
    seconds: tuple[float | None, ...]


class StoryTimelineRequest(Frozen):
    """``narration`` has a scene for each that has sentences, in order; None when none has. ``styles`` are by scene,
    None where the film's is used. ``voice_id`` is the one that later edits speak with when nobody does yet.
    """

    story: StoryPlan
    narration: Narration | None
    pictures: PictureSet
    style: StyleRequest
    styles: tuple[StyleRequest | None, ...]
    voice_id: str
    caption_style: CaptionStyle | None = CaptionStyle()
    ratio_width: int = 16
    ratio_height: int = 9
    max_seconds: float | None = None
