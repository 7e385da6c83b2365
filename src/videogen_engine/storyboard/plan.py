"""What each scene of a storyboard says, shows, and how long it is on screen at least."""

from __future__ import annotations

import math
import re
from typing import Final

from videogen_engine.planning.model import PlannedScene, ScenePlan
from videogen_engine.planning.moved import moved_scene
from videogen_engine.planning.speakable import speakable
from videogen_engine.planning.stage import plan_as_one
from videogen_engine.planning.title import shortened
from videogen_engine.stage import StageContext
from videogen_engine.storyboard.model import StoryLine, StoryPlan, StoryPlanRequest
from videogen_engine.storyboard.prompt import label_of, lettering_in, subject_of
from videogen_engine.visuals.icon_matching import match_icons

_BREAK: Final = "\n\n"
#: Seconds that a silent scene is shown: long enough to find one's way, longer for a prompt that has more to see.
_SHORTEST, _LONGEST = 3.0, 8.0
_LOOKING: Final = 2.5
_WORDS_PER_SECOND: Final = 5.0
_SIGNS_PER_SECOND: Final = 12.0
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff]")
_UNTITLED: Final = "Storyboard"


def plan_storyboard(request: StoryPlanRequest, ctx: StageContext) -> StoryPlan:
    """A scene per line, in order. Offsets count in what is said, joined by blank lines.

    Raises StageCancelledError when cancelled.
    """
    script = ""
    scenes: list[PlannedScene] = []
    directions: list[str] = []
    for index, line in enumerate(request.lines):
        ctx.check()
        subject = subject_of(line.prompt)
        directions.append(subject)
        said = speakable(line.said)
        at = len(script) + len(_BREAK) if said and script else len(script)
        if said:
            planned = _entitled(moved_scene(plan_as_one(said, request.language, ctx), at, index), line)
            # The scene's text is all of what was given, so that the script is these texts and blank lines.
            planned = planned.model_copy(update={"text": said, "start": at, "end": at + len(said)})
            script += (_BREAK if script else "") + said
        else:
            headline = line.title or lettering_in(line.prompt) or _fallback(line, subject)
            planned = PlannedScene(index=index, text="", start=at, end=at, sentences=(), headline=headline)
        scenes.append(planned)
        ctx.report((index + 1) / len(request.lines), "Reading the storyboard")
    title = next((scene.headline for scene in scenes if scene.headline), "") or label_of(directions[0]) or _UNTITLED
    plan = ScenePlan(script=script, language=request.language, title=shortened(title), scenes=tuple(scenes))
    seconds = tuple(map(_seconds, request.lines))
    return StoryPlan(plan=plan, directions=tuple(directions), seconds=seconds)


def looking_seconds(prompt: str) -> float:
    """3–8 s for a scene in which nobody speaks, by the length of what it shows; whole halves of a second."""
    signs = len(_UNSPACED.findall(prompt))
    words = len(_UNSPACED.sub(" ", prompt).split())
    wanted = _LOOKING + words / _WORDS_PER_SECOND + signs / _SIGNS_PER_SECOND
    return math.ceil(2 * min(_LONGEST, max(_SHORTEST, wanted))) / 2


def _seconds(line: StoryLine) -> float | None:
    if line.seconds is not None or speakable(line.said):
        return line.seconds
    return looking_seconds(line.prompt)


def _entitled(planned: PlannedScene, line: StoryLine) -> PlannedScene:
    headline = line.title or lettering_in(line.prompt)
    return planned.model_copy(update={"headline": headline, "kicker": None}) if headline else planned


def _fallback(line: StoryLine, subject: str) -> str:
    """Words only where there is nothing to see: the picture is to say what the prompt says."""
    if line.shows or any(match.word for match in match_icons(subject, [subject], 1)):
        return ""
    return label_of(subject)
