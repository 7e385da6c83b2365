"""Where a film's presenter sits: a disc in a bottom corner, clear of the captions."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import CaptionStyle, TextJustification, VerticalAlignment
from videogen_engine.captions.areas import safe_area
from videogen_engine.captions.style import resolve
from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Scene, Timeline

#: The disc's diameter and its distance from the frame's edges as shares of the frame's short side.
_SIZE: Final = 0.24
_INSET: Final = 0.03
#: Height of a caption of two lines in em, boxes apart, and what stays free above it in em.
_TWO_LINES: Final = 2.3
_GAP: Final = 0.3


class Appearance(Frozen):
    """Everything that decides how a presenter looks in one scene.

    ``person`` is the key of a drawn presenter. The disc of ``size`` px has its top left at ``x``, ``y``. ``sound``
    is what is said, 48 kHz mono PCM16 WAV that begins ``offset`` seconds into the scene of ``frames`` frames.
    """

    person: str
    x: int
    y: int
    size: int
    sound: MediaRef
    offset: float
    frames: int


def appearance(timeline: Timeline, scene: Scene, width: int, height: int) -> Appearance | None:
    """The presenter in ``scene`` of a frame of ``width`` × ``height``; None when there is none or nothing is said."""
    if timeline.presenter is None or scene.speech is None:
        return None
    x, y, size = _place(timeline, width, height)
    return Appearance(
        person=timeline.presenter,
        x=x,
        y=y,
        size=size,
        sound=scene.speech.clip,
        offset=scene.speech_offset,
        frames=scene.frames,
    )


def _place(timeline: Timeline, width: int, height: int) -> tuple[int, int, int]:
    """One place for the whole film, whatever its scenes say."""
    short = min(width, height)
    size, inset = round(short * _SIZE / 2) * 2, round(short * _INSET)
    style = timeline.caption_style
    logo = "" if timeline.logo is None else timeline.logo.position
    to_the_right = style is not None and style.text_justification is TextJustification.RIGHT
    left = logo == "BOTTOM_RIGHT" or (to_the_right and logo != "BOTTOM_LEFT")
    x = inset if left else width - inset - size
    y = height - inset - size
    top = None if style is None else _captions_top(style, width, height, x, y, size)
    return x, (y if top is None else max(inset, top - size)), size


def _captions_top(style: CaptionStyle, width: int, height: int, x: int, y: int, size: int) -> int | None:
    """The line that the disc must end at when captions would reach into it at the bottom; None when they do not."""
    resolved = resolve(style, width, height)
    if resolved.alignment is not VerticalAlignment.BOTTOM or y >= safe_area(width, height).bottom:
        return None
    area = resolved.area
    wide = resolved.line_width + 2 * (resolved.padding_x + resolved.stroke)
    left = {
        TextJustification.LEFT: float(area.left),
        TextJustification.RIGHT: area.right - wide,
        TextJustification.CENTER: (width - wide) / 2,
    }[resolved.justification]
    if left >= x + size or left + wide <= x:
        return None
    return round(area.bottom - (_TWO_LINES + _GAP) * resolved.size - 2 * (resolved.padding_y + resolved.stroke))
