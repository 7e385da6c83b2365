"""A scene whose words are said at other times: its pictures keep their design and follow the words."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from videogen_engine.speech.model import SceneSpeech
from videogen_engine.timeline.document import Scene
from videogen_engine.timeline.pace import scene_frames
from videogen_engine.visuals.model import Element, SceneDesign

#: Seconds an element comes before its word, as the visuals stage has it, and must be seen before the scene ends.
_LEAD = 0.12
_TAIL = 0.9


def respoken(scene: Scene, speech: SceneSpeech, *, last: bool, rate: int, offset: float | None = None) -> Scene:
    """The scene with other speech of the same words, or of some of them.

    It lasts as long as the speech needs; time that it had beyond that stays. What appears with a word
    appears with it still. ``offset`` is where the new speech begins, None where the old one did.
    """
    old = scene.speech
    if old is None or old == speech:
        return scene
    spare = max(0, scene.frames - scene_frames(old, last=last))
    return _said_anew(scene, old, speech, scene_frames(speech, last=last) + spare, rate, offset)


def sliced_anew(scene: Scene, speech: SceneSpeech, *, rate: int) -> Scene:
    """The scene with less of the same recording: it lasts as long as its slice, for nothing stands between slices."""
    old = scene.speech
    if old is None or old == speech:
        return scene
    spare = max(0, scene.frames - _whole_frames(old, rate))
    return _said_anew(scene, old, speech, max(1, _whole_frames(speech, rate) + spare), rate, None)


def _whole_frames(speech: SceneSpeech, rate: int) -> int:
    # Clip lengths are whole samples; without the slack, rounding noise could cost a frame.
    return math.ceil(speech.duration * rate - 1e-4)


def _said_anew(
    scene: Scene, old: SceneSpeech, speech: SceneSpeech, frames: int, rate: int, offset: float | None
) -> Scene:
    offset = scene.speech_offset if offset is None else offset
    anchors = _anchors(old, speech, scene, offset, frames / rate, scene.frames / rate)
    design = _retimed(scene.picture.design, anchors, frames / rate)
    transition = scene.transition.model_copy(update={"frames": min(scene.transition.frames, frames // 3)})
    return scene.model_copy(
        update={
            "speech": speech,
            "speech_offset": offset,
            "frames": frames,
            "transition": transition,
            "picture": scene.picture.model_copy(update={"design": design}),
        }
    )


def _anchors(
    old: SceneSpeech, new: SceneSpeech, scene: Scene, later: float, duration: float, before: float
) -> list[tuple[float, float]]:
    """Pairs of rising scene times that mean the same moment: both ends, and the starts of all words."""
    starts = {word.char_start: word.start for word in new.words}
    offset = scene.speech_offset
    found = [(0.0, 0.0)]
    pairs = [(word.start + offset, starts[word.char_start] + later) for word in old.words if word.char_start in starts]
    if old.words and new.words:
        pairs.append((old.words[-1].end + offset, new.words[-1].end + later))
    for then, now in [*pairs, (before, duration)]:
        if then > found[-1][0] and now >= found[-1][1]:
            found.append((then, now))
    return found


def _moved(time: float, anchors: Sequence[tuple[float, float]]) -> float:
    at = bisect_right(anchors, (time, float("inf")))
    if at >= len(anchors):
        return anchors[-1][1]
    (then, now), (later, after) = anchors[at - 1], anchors[at]
    return now + (time - then) * (after - now) / (later - then)


def _retimed(design: SceneDesign, anchors: Sequence[tuple[float, float]], duration: float) -> SceneDesign:
    def appear(time: float) -> float:
        if time <= 0:
            return time
        moved = _moved(time + _LEAD, anchors) - _LEAD
        return round(max(0.0, min(moved, max(duration - _TAIL, 0.3 * duration))), 3)

    def element(one: Element) -> Element:
        accents = tuple(accent.model_copy(update={"appear": appear(accent.appear)}) for accent in one.accents)
        return one.model_copy(update={"appear": appear(one.appear), "accents": accents})

    return design.model_copy(update={"elements": tuple(map(element, design.elements))})
