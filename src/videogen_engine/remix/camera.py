"""CONVERT_IMAGES_TO_VIDEOS without a video model: the camera moves over the stills, and the result says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from videogen_agents.contract import ConvertImagesToVideosAction
from videogen_engine.remix.edit import Edited, simple_edit
from videogen_engine.remix.zoom import is_still
from videogen_engine.timeline.document import Motion, Timeline

#: Zoom factors. The picture is painted 4 % larger than the frame; beyond that it is magnified.
_WIDE: Final = 1.012
_PLAIN: Final = 0.12
#: How much farther or less far the camera goes when it is told to.
_STRENGTH: Final[Mapping[str, float]] = {
    r"dramatic\w*|fast|quick\w*|strong\w*|bold\w*": 1.6,
    r"slow\w*|gentl\w*|subtl\w*|slight\w*|soft\w*|calm\w*": 0.6,
}
#: What the camera does, by words of the prompt; the first row that matches decides.
_MOVES: Final[tuple[tuple[str, str], ...]] = (
    ("out", r"(?:zoom|pull|dolly|move|camera)\w*\s+(?:\w+\s+)?(?:out|back|away)|pull-?back|reveal\w*"),
    ("in", r"(?:zoom|push|dolly|move|camera)\w*\s+(?:\w+\s+)?(?:in|closer|forward|towards?)|push-?in|close-?up"),
    ("left", r"(?:pan|slide|move|track|truck|camera|drift)\w*\s+(?:\w+\s+){0,3}left"),
    ("right", r"(?:pan|slide|move|track|truck|camera|drift)\w*\s+(?:\w+\s+){0,3}right"),
    ("up", r"(?:pan|tilt|move|rise|crane|camera|drift)\w*\s+(?:\w+\s+){0,3}up(?:wards?)?"),
    ("down", r"(?:pan|tilt|move|lower|crane|camera|drift)\w*\s+(?:\w+\s+){0,3}down(?:wards?)?"),
    ("in", r"zoom\w*|push\w*|ken burns"),
    ("right", r"pan\w*|slid\w*"),
    ("up", r"tilt\w*"),
)
_FIGURES: Final[Mapping[str, tuple[tuple[float, float], tuple[float, float]]]] = {
    "left": ((0.95, 0.5), (0.05, 0.5)),
    "right": ((0.05, 0.5), (0.95, 0.5)),
    "up": ((0.5, 0.95), (0.5, 0.05)),
    "down": ((0.5, 0.05), (0.5, 0.95)),
}


def camera_move(prompt: str) -> str | None:
    """in, out, left, right, up or down, as the words say; None when they name no camera move."""
    text = prompt.lower()
    return next((move for move, words in _MOVES if re.search(rf"\b(?:{words})\b", text)), None)


def motion_of(move: str, prompt: str) -> Motion:
    """The camera's way over a still: by 12 % of the frame, less or more as the words say."""
    factors = [factor for words, factor in _STRENGTH.items() if re.search(rf"\b(?:{words})\b", prompt.lower())]
    reach = _PLAIN * (factors[0] if factors else 1.0)
    if move in _FIGURES:
        start, end = _FIGURES[move]
        return Motion(zoom_from=1 + reach, zoom_to=1 + reach, focus_from=start, focus_to=end)
    close = round(_WIDE + reach, 4)
    return Motion(zoom_from=close, zoom_to=_WIDE) if move == "out" else Motion(zoom_from=_WIDE, zoom_to=close)


def move_camera(timeline: Timeline, action: ConvertImagesToVideosAction) -> Edited:
    """Every still gets the camera move that the prompt names, a push in otherwise."""
    if not any(is_still(scene) for scene in timeline.scenes):
        return Edited(timeline=timeline, notes=("Every scene shows a clip already.",))
    prompt = (action.motion_prompt or "").strip()
    named = camera_move(prompt)
    motion = motion_of(named or "in", prompt)
    scenes = tuple(
        scene.model_copy(update={"motion": motion}) if is_still(scene) else scene for scene in timeline.scenes
    )
    degraded = [
        "No video model is configured, so nothing moves inside the pictures: the camera moves over them instead. "
        "VideoGen's hosted backend animates them (set VIDEOGEN_API_KEY)."
    ]
    if prompt and named is None:
        degraded.append(f"The words “{_short(prompt)}” name no camera move, so the camera pushes in slowly.")
    notes = ("quality had no effect on camera moves.",) if action.quality is not None else ()
    return Edited(timeline=timeline.model_copy(update={"scenes": scenes}), notes=notes, degraded=tuple(degraded))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


CONVERT_IMAGES_TO_VIDEOS = simple_edit(ConvertImagesToVideosAction, move_camera)
