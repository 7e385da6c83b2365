"""A timeline cut into parts: the pieces that are encoded, cached and joined.

A scene's transition is a part of its own, so that a scene's body depends on that scene alone: one changed
sentence costs its own frames and the few in which the next scene enters. Where parts begin depends on the
timeline only, never on how many workers there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final

from videogen_agents.contract import CaptionStyle
from videogen_engine.captions.model import CaptionRequest
from videogen_engine.frozen import Sparse
from videogen_engine.render.drift import TAIL_FRAMES
from videogen_engine.render.encoder import KEY_INTERVAL, OPTIONS
from videogen_engine.render.model import Encoding, RenderRequest
from videogen_engine.render.presenter_place import Appearance, appearance, caption_columns
from videogen_engine.render.scene import ScenePicture
from videogen_engine.speech.model import Word
from videogen_engine.timeline.document import Logo, Scene, Timeline, Transition, TransitionKind

#: Frames after which a scene's body is split, at a multiple of the key interval.
LONGEST_PART: Final = 2 * KEY_INTERVAL
#: What an element takes to settle after it appears.
_SETTLED_SECONDS: Final = 0.7


class Part(Sparse):
    """Everything that shapes the frames of one part: equal parts are equal bytes.

    ``first`` and ``frames`` count within the scene. ``before`` and ``transition`` are set for the part in
    which the scene enters over the one before.
    """

    unsaid: ClassVar[frozenset[str]] = frozenset({"presenter"})

    picture: ScenePicture
    before: ScenePicture | None
    transition: Transition | None
    captions: CaptionRequest | None
    logo: Logo | None
    width: int
    height: int
    rate: int
    encoding: Encoding
    settings: tuple[tuple[str, str], ...]
    painters: str
    first: int
    frames: int
    presenter: Appearance | None = None


@dataclass(frozen=True)
class PlacedPart:
    """A part and where it belongs."""

    part: Part
    scene_id: str
    number: int


def cut(request: RenderRequest, painters: str) -> list[PlacedPart]:
    """The parts of the film in order. ``painters`` names the versions of what paints scenes and captions."""
    timeline = request.timeline
    placed: list[PlacedPart] = []
    for index, scene in enumerate(timeline.scenes):
        before = timeline.scenes[index - 1] if index else None
        entering = entering_frames(scene, before)
        head = _head(scene, before)
        spans = [(0, head)] if head else []
        spans += _body(head, scene.frames)
        captions = caption_request(timeline, scene, request.width, request.height)
        for number, (first, frames) in enumerate(spans):
            enters = before is not None and first < entering
            part = Part(
                picture=_picture(scene),
                before=_picture(before) if enters and before is not None else None,
                transition=scene.transition if enters else None,
                captions=captions,
                logo=timeline.logo,
                width=request.width,
                height=request.height,
                rate=timeline.frames_per_second,
                encoding=request.encoding,
                settings=tuple(sorted(OPTIONS[request.encoding].items())),
                painters=painters,
                first=first,
                frames=frames,
                presenter=appearance(timeline, scene, request.width, request.height),
            )
            placed.append(PlacedPart(part, scene.scene_id, number))
    return placed


def still(request: RenderRequest, painters: str) -> Part:
    """The one frame that stands for the film: the first scene's, once everything in it has settled."""
    return _settled(cut(request, painters)[0].part)


def stills(request: RenderRequest, painters: str) -> list[Part]:
    """One frame for each scene: the scene alone, once everything in it has settled."""
    last: dict[int, Part] = {}
    scene = -1
    for item in cut(request, painters):
        scene += item.number == 0
        last[scene] = item.part.model_copy(update={"before": None, "transition": None})
    return [_settled(part) for part in last.values()]


def _settled(part: Part) -> Part:
    rate = part.rate
    appears = max((element.appear for element in part.picture.design.elements), default=0.0)
    wanted = max(part.picture.frames // 2, round((appears + _SETTLED_SECONDS) * rate))
    return part.model_copy(update={"first": max(0, min(wanted, part.picture.frames - rate // 3 - 1)), "frames": 1})


def entering_frames(scene: Scene, before: Scene | None) -> int:
    """How many of the scene's frames show the scene before it as well."""
    return 0 if scene.transition.kind is TransitionKind.NONE else _head(scene, before)


def _head(scene: Scene, before: Scene | None) -> int:
    """How many of the scene's first frames are a part of their own.

    They are that even when the scene just cuts in, so that another transition leaves its body as it is.
    """
    return 0 if before is None else max(0, min(scene.transition.frames, TAIL_FRAMES, scene.frames - 1))


def caption_request(timeline: Timeline, scene: Scene, width: int, height: int) -> CaptionRequest | None:
    """What the scene's captions are painted from; None when captions are hidden or nothing is said."""
    if timeline.caption_style is None:
        return None
    return subtitle_request(timeline, scene, width, height)


def subtitle_request(timeline: Timeline, scene: Scene, width: int, height: int) -> CaptionRequest | None:
    """The scene's words for subtitle files, shown or not; None when nothing is said.

    Word times count from the scene's start. Character spans count from its text, so that a change earlier
    in the script does not look like a change here.
    """
    if scene.speech is None or not scene.speech.words:
        return None
    return CaptionRequest(
        words=tuple(_shifted(word, scene) for word in scene.speech.words),
        language=timeline.language,
        style=timeline.caption_style or CaptionStyle(),
        width=width,
        height=height,
        scene_duration=scene.frames / timeline.frames_per_second,
        between=caption_columns(timeline, scene, width, height),
    )


def _shifted(word: Word, scene: Scene) -> Word:
    return word.model_copy(
        update={
            "char_start": word.char_start - scene.plan.start,
            "char_end": word.char_end - scene.plan.start,
            "start": round(word.start + scene.speech_offset, 6),
            "end": round(word.end + scene.speech_offset, 6),
        }
    )


def _picture(scene: Scene) -> ScenePicture:
    return ScenePicture(design=scene.picture.design, motion=scene.motion, frames=scene.frames)


def _body(first: int, end: int) -> list[tuple[int, int]]:
    """Start and length of the parts of ``first … end``, as equal as whole key intervals allow."""
    total = end - first
    if total <= LONGEST_PART:
        return [(first, total)]
    intervals = -(-total // KEY_INTERVAL)
    pieces = -(-total // LONGEST_PART)
    bounds = [first + round(piece * intervals / pieces) * KEY_INTERVAL for piece in range(pieces)] + [end]
    return [(start, stop - start) for start, stop in pairwise(bounds)]
