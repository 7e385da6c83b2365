"""Where a film's presenter sits: a disc in a bottom corner, clear of the captions."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
#: What stays free beside the disc as a share of the short side, and the width that captions need there at least.
_BESIDE: Final = 0.02
_LEAST_ROOM: Final = 0.55


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


@dataclass(frozen=True)
class _Seat:
    """The disc's top left and diameter in px, and the columns that are left to captions when they must be fewer."""

    x: int
    y: int
    size: int
    columns: tuple[int, int] | None = None


def appearance(timeline: Timeline, scene: Scene, width: int, height: int) -> Appearance | None:
    """The presenter in ``scene`` of a frame of ``width`` × ``height``; None when there is none or nothing is said."""
    if timeline.presenter is None or scene.speech is None:
        return None
    seat = _seat(timeline, width, height)
    return Appearance(
        person=timeline.presenter,
        x=seat.x,
        y=seat.y,
        size=seat.size,
        sound=scene.speech.clip,
        offset=scene.speech_offset,
        frames=scene.frames,
    )


def caption_columns(timeline: Timeline, scene: Scene, width: int, height: int) -> tuple[int, int] | None:
    """The columns of the frame that captions keep to beside the presenter; None where they do not meet."""
    if timeline.presenter is None or scene.speech is None:
        return None
    return _seat(timeline, width, height).columns


def _seat(timeline: Timeline, width: int, height: int) -> _Seat:
    """One for the whole film, whatever its scenes say."""
    short = min(width, height)
    size, inset = round(short * _SIZE / 2) * 2, round(short * _INSET)
    style = timeline.caption_style
    logo = "" if timeline.logo is None else timeline.logo.position
    to_the_right = style is not None and style.text_justification is TextJustification.RIGHT
    left = logo == "BOTTOM_RIGHT" or (to_the_right and logo != "BOTTOM_LEFT")
    low = _Seat(inset if left else width - inset - size, height - inset - size, size)
    if style is None or not _meets(style, width, height, low):
        return low
    gap = round(short * _BESIDE)
    columns = (low.x + size + gap, width) if left else (0, low.x - gap)
    if safe_area(width, height).within(*columns).width >= _LEAST_ROOM * width:
        return replace(low, columns=columns)
    resolved = resolve(style, width, height)
    above = resolved.area.bottom - (_TWO_LINES + _GAP) * resolved.size - 2 * (resolved.padding_y + resolved.stroke)
    return replace(low, y=max(inset, round(above) - size))


def _meets(style: CaptionStyle, width: int, height: int, seat: _Seat) -> bool:
    """Whether captions may reach into the disc at the bottom of the frame."""
    resolved = resolve(style, width, height)
    area = resolved.area
    if resolved.alignment is not VerticalAlignment.BOTTOM or seat.y >= area.bottom:
        return False
    wide = resolved.line_width + 2 * (resolved.padding_x + resolved.stroke)
    left = {
        TextJustification.LEFT: float(area.left),
        TextJustification.RIGHT: area.right - wide,
        TextJustification.CENTER: (width - wide) / 2,
    }[resolved.justification]
    return left < seat.x + seat.size and left + wide > seat.x
