"""Every word of a cue gets its place in the frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from videogen_agents.contract import CaptionBackgroundType, TextJustification, VerticalAlignment
from videogen_engine.captions.cues import Cue
from videogen_engine.captions.style import ResolvedStyle
from videogen_engine.captions.typefaces import has_ltr, is_rtl
from videogen_engine.captions.words import ShownWord

#: Letters reach at least this far above and below the baseline (em), so that boxes keep their height.
_ASCENT, _DESCENT = 0.76, 0.22
#: Distance between the ink of two lines, in em.
_LEADING = 0.24
#: Lines whose ends differ by less than this share of a letter get boxes of equal width.
_SNAP = 0.55

_RTL_LANGUAGES = frozenset({"ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})


@dataclass(frozen=True)
class Rect:
    """Pixels; ``right`` and ``bottom`` are behind the last pixel."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PlacedWord:
    """Word ``index`` of the scene with its origin on the baseline, from the tile's top left."""

    index: int
    x: int
    y: int
    box: Rect


@dataclass(frozen=True)
class CueLayout:
    """``x``, ``y`` is the tile's place in the frame; ``lines`` are the boxes around the letters of each line."""

    x: int
    y: int
    width: int
    height: int
    words: tuple[PlacedWord, ...]
    lines: tuple[Rect, ...]


@dataclass(frozen=True)
class LineMetrics:
    """Pixels above and below the baseline that every line of the scene reserves; ``space`` between words."""

    ascent: float
    descent: float
    space: float


def line_metrics(words: Sequence[ShownWord], style: ResolvedStyle, space: float) -> LineMetrics:
    """One height for all lines of a scene, so that boxes do not jump from cue to cue."""
    above = max((word.art.above - style.stroke for word in words if word.art.fill.size), default=0.0)
    below = max((word.art.below - style.stroke for word in words if word.art.fill.size), default=0.0)
    return LineMetrics(max(_ASCENT * style.size, above), max(_DESCENT * style.size, below), space)


def lay_out(
    cue: Cue, words: Sequence[ShownWord], style: ResolvedStyle, metrics: LineMetrics, frame_width: int, language: str
) -> CueLayout:
    """The cue's tile, tight around boxes and ink and inside the style's area."""
    rtl = _runs_rtl([words[index].text for index in range(cue.first, cue.behind)], language)
    widths = [_line_width(words, line, metrics.space) for line in cue.lines]
    height = metrics.ascent + metrics.descent
    pitch = height + _LEADING * style.size
    outer_x = style.padding_x + style.stroke
    outer_y = style.padding_y + style.stroke
    block = height + pitch * (len(cue.lines) - 1)
    left = _left(style, max(widths), frame_width, outer_x)
    top = _top(style, block, outer_y)
    # The area's edges are even, so the tile's corner is even as well, which its colour planes need.
    tile_x = max(style.area.left, int(left - outer_x) // 2 * 2)
    tile_y = max(style.area.top, int(top - outer_y) // 2 * 2)
    placed: list[PlacedWord] = []
    lines: list[Rect] = []
    for number, (line, width) in enumerate(zip(cue.lines, widths, strict=True)):
        shift = {TextJustification.LEFT: 0.0, TextJustification.CENTER: 0.5, TextJustification.RIGHT: 1.0}
        x = left - tile_x + (max(widths) - width) * shift[style.justification]
        y = top - tile_y + number * pitch + metrics.ascent
        lines.append(Rect(x, y - metrics.ascent, x + width, y + metrics.descent))
        placed.extend(_placed(words, line, x, round(y), metrics, rtl=rtl))
    lines = _snapped(lines, style)
    right = max(math.ceil(max(rect.right for rect in lines) + outer_x), *(math.ceil(word.box.right) for word in placed))
    bottom = math.ceil(lines[-1].bottom + outer_y)
    width, height_px = _inside(style, tile_x, tile_y, right, bottom)
    return CueLayout(tile_x, tile_y, width, height_px, tuple(placed), tuple(lines))


def _placed(
    words: Sequence[ShownWord], line: tuple[int, int], x: float, y: int, metrics: LineMetrics, *, rtl: bool
) -> list[PlacedWord]:
    placed: list[PlacedWord] = []
    order = _visual_order([words[index].text for index in range(*line)], rtl=rtl)
    for number, offset in enumerate(order):
        index = line[0] + offset
        word = words[index]
        if number:
            before = line[0] + order[number - 1]
            later = words[max(index, before)]
            adjacent = abs(index - before) == 1
            x += 0.0 if adjacent and later.glued else metrics.space
        box = Rect(x, y - metrics.ascent, x + word.art.advance, y + metrics.descent)
        placed.append(PlacedWord(index, round(x), y, box))
        x += word.art.advance
    return sorted(placed, key=lambda item: item.index)


def _visual_order(texts: Sequence[str], *, rtl: bool) -> list[int]:
    """Indices from left to right. Runs of words of the other direction keep their own order.

    A number takes the direction of the word before it, as the Unicode bidirectional algorithm has it.
    """
    other: list[bool] = []
    for text in texts:
        turns = has_ltr(text) if rtl else is_rtl(text)
        follows = bool(other) and other[-1] and not has_ltr(text) and not is_rtl(text)
        other.append(turns or (follows and any(char.isdecimal() for char in text)))
    order = list(range(len(texts)))[:: -1 if rtl else 1]
    result: list[int] = []
    for turned, run in groupby(order, key=other.__getitem__):
        members = list(run)
        result.extend(members[::-1] if turned else members)
    return result


def _runs_rtl(texts: Sequence[str], language: str) -> bool:
    for text in texts:
        if is_rtl(text):
            return True
        if has_ltr(text):
            return _base(language) in _RTL_LANGUAGES
    return _base(language) in _RTL_LANGUAGES


def _base(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def _line_width(words: Sequence[ShownWord], line: tuple[int, int], space: float) -> float:
    width = 0.0
    for number, word in enumerate(words[line[0] : line[1]]):
        width += word.art.advance + (0.0 if word.glued or not number else space)
    return width


def _left(style: ResolvedStyle, width: float, frame_width: int, outer: float) -> float:
    area = style.area
    if style.justification is TextJustification.LEFT:
        return area.left + outer
    if style.justification is TextJustification.RIGHT:
        return area.right - outer - width
    return max(area.left + outer, (frame_width - width) / 2)


def _top(style: ResolvedStyle, block: float, outer: float) -> float:
    area = style.area
    if style.alignment is VerticalAlignment.TOP:
        return area.top + outer
    if style.alignment is VerticalAlignment.MIDDLE:
        return (area.top + area.bottom - block) / 2
    return area.bottom - outer - block


def _snapped(lines: Sequence[Rect], style: ResolvedStyle) -> list[Rect]:
    """Boxes of nearly equal lines get equal sides: small steps look like mistakes."""
    box = style.background
    if len(lines) != 2 or box is None or box.kind is not CaptionBackgroundType.WRAPPED:
        return list(lines)
    near = _SNAP * style.size
    one, two = lines
    left = (min(one.left, two.left),) * 2 if abs(one.left - two.left) < near else (one.left, two.left)
    right = (max(one.right, two.right),) * 2 if abs(one.right - two.right) < near else (one.right, two.right)
    return [Rect(left[0], one.top, right[0], one.bottom), Rect(left[1], two.top, right[1], two.bottom)]


def _inside(style: ResolvedStyle, x: int, y: int, right: int, bottom: int) -> tuple[int, int]:
    """Width and height of the tile, which never leaves the area."""
    return max(1, min(right, style.area.right - x)), max(1, min(bottom, style.area.bottom - y))
