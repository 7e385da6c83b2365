"""Words as coverage masks: plain scripts glyph by glyph with kerning, complex ones shaped by the SVG rasteriser.

The rasteriser carries its own shaping and bidirectional algorithm, so that every machine draws the same; Pillow
would need a system library for them. Plain scripts do not need either, and are ten times cheaper this way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import cv2
import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image, ImageDraw, ImageFont

from videogen_engine.captions.kerning import kerning_of
from videogen_engine.captions.typefaces import is_complex, is_rtl, lettering, runs

Mask = npt.NDArray[np.uint8]

#: Size at which advances are measured, so that hinting does not round them.
_RULER = 1000
#: Glyphs are placed to a quarter of a pixel.
_PHASES = 4
#: Room beside shaped letters whose own side bearings are not known, in em.
_BEARING = 0.03
#: Width of the canvas on which shaped words are drawn, in pixels at most.
_CANVAS = 2400
_RTL_OPEN, _RTL_CLOSE = "\u202b", "\u202c"


@dataclass(frozen=True)
class Hand:
    """How words are written: ``size`` and ``stroke`` in pixels, ``weight`` 100–900."""

    family: str
    weight: int
    size: float
    stroke: float
    language: str


@dataclass(frozen=True)
class WordArt:
    """``fill`` is the letters' coverage, ``outline`` that of letters and outline together (the same array when
    there is none). ``dx``, ``dy`` is where their top left lies from the word's origin on the baseline."""

    fill: Mask
    outline: Mask
    dx: int
    dy: int
    advance: float

    @property
    def above(self) -> int:
        """Pixels of ink above the baseline."""
        return -self.dy

    @property
    def below(self) -> int:
        return self.dy + self.fill.shape[0]


def measure(text: str, hand: Hand) -> float:
    """The advance in pixels of a plain text; for shaped text a width that it will not exceed."""
    cut = runs(text, hand.family, hand.weight, hand.language)
    if is_complex(text):
        return (
            sum(1.05 * _advance(run.font.path, char) * hand.size for run in cut for char in run.text) + 0.3 * hand.size
        )
    return sum(_run_advance(run.text, run.font.path, hand.size) for run in cut)


def write(texts: Sequence[str], hand: Hand) -> dict[str, WordArt]:
    """The art of each distinct text."""
    distinct = list(dict.fromkeys(texts))
    shaped = [text for text in distinct if is_complex(text)]
    art = dict(zip(shaped, _shaped(shaped, hand), strict=True))
    for text in distinct:
        if text not in art:
            art[text] = _plain(text, hand)
    return art


def _plain(text: str, hand: Hand) -> WordArt:
    """Glyphs side by side; each mask is drawn once per size, phase and stroke."""
    placed: list[tuple[Mask, Mask, int, int]] = []
    pen = 0.0
    for run in runs(text, hand.family, hand.weight, hand.language):
        kerning = kerning_of(run.font.path)
        before = ""
        for char in run.text:
            pen += kerning.em(before, char) * hand.size if before else 0.0
            whole = math.floor(pen)
            phase = min(_PHASES - 1, int((pen - whole) * _PHASES))
            fill, outline, left, top = _glyph(run.font.path, hand.size, char, phase, hand.stroke)
            placed.append((fill, outline, whole + left, top))
            pen += _advance(run.font.path, char) * hand.size
            before = char
    return _assembled(placed, pen)


def _assembled(placed: Sequence[tuple[Mask, Mask, int, int]], advance: float) -> WordArt:
    inked = [item for item in placed if item[1].size]
    if not inked:
        empty = np.zeros((0, 0), np.uint8)
        return WordArt(empty, empty, 0, 0, advance)
    left, top = min(item[2] for item in inked), min(item[3] for item in inked)
    right = max(item[2] + item[1].shape[1] for item in inked)
    bottom = max(item[3] + item[1].shape[0] for item in inked)
    fill = np.zeros((bottom - top, right - left), np.uint8)
    stroked = any(item[0] is not item[1] for item in inked)
    outline = np.zeros_like(fill) if stroked else fill
    for own, around, x, y in inked:
        rows = slice(y - top, y - top + around.shape[0])
        columns = slice(x - left, x - left + around.shape[1])
        np.maximum(fill[rows, columns], own, out=fill[rows, columns])
        if stroked:
            np.maximum(outline[rows, columns], around, out=outline[rows, columns])
    return WordArt(fill, outline, left, top, advance)


@lru_cache(maxsize=4096)
def _glyph(path: Path, size: float, char: str, phase: int, stroke: float) -> tuple[Mask, Mask, int, int]:
    """Fill and outline coverage of one glyph on a common canvas, and its offset from pen and baseline."""
    font = _font(path, size)
    start = (phase / _PHASES, 0.0)
    own, own_at = _mask(font, char, start, 0.0)
    if stroke <= 0 or not own.size:
        return own, own, own_at[0], own_at[1]
    around, at = _mask(font, char, start, stroke)
    y, x = own_at[1] - at[1], own_at[0] - at[0]
    fill = np.zeros((max(around.shape[0], y + own.shape[0]), max(around.shape[1], x + own.shape[1])), np.uint8)
    fill[y : y + own.shape[0], x : x + own.shape[1]] = own
    outline = np.zeros_like(fill)
    outline[: around.shape[0], : around.shape[1]] = around
    np.maximum(outline, fill, out=outline)
    return fill, outline, at[0], at[1]


def _mask(
    font: ImageFont.FreeTypeFont, char: str, start: tuple[float, float], stroke: float
) -> tuple[Mask, tuple[int, int]]:
    """Coverage of one glyph, and where its top left lies from the origin on the baseline."""
    left, top, right, bottom = font.getbbox(char, stroke_width=stroke, anchor="ls")
    x, y = math.floor(left) - 2, math.floor(top) - 2
    width, height = math.ceil(right) + 3 - x, math.ceil(bottom) + 3 - y
    canvas = Image.new("L", (width, height))
    ImageDraw.Draw(canvas).text(
        (start[0] - x, start[1] - y), char, fill=255, font=font, anchor="ls", stroke_width=stroke
    )
    mask = np.asarray(canvas, np.uint8)
    columns, rows = np.flatnonzero(mask.max(axis=0)), np.flatnonzero(mask.max(axis=1))
    if not columns.size:
        return np.zeros((0, 0), np.uint8), (0, 0)
    ink = mask[int(rows[0]) : int(rows[-1]) + 1, int(columns[0]) : int(columns[-1]) + 1]
    return np.ascontiguousarray(ink), (x + int(columns[0]), y + int(rows[0]))


def _shaped(texts: Sequence[str], hand: Hand) -> list[WordArt]:
    """All shaped words in one drawing: letters in green over their outline in red."""
    if not texts:
        return []
    pad = math.ceil(hand.size * 0.2 + hand.stroke)
    height = math.ceil(hand.size * 1.9) + 2 * pad
    baseline = math.ceil(hand.size * 1.2) + pad
    cells: list[tuple[int, int, int]] = []
    x = y = 0
    for text in texts:
        width = math.ceil(measure(text, hand)) + 2 * pad
        if x and x + width > _CANVAS:
            x, y = 0, y + height
        cells.append((x, y, width))
        x += width
    rows: list[str] = []
    paths: dict[str, None] = {}
    for text, (left, top, _) in zip(texts, cells, strict=True):
        fonts = lettering(text, hand.family, hand.weight, hand.language)
        paths.update(dict.fromkeys(str(font.path) for font in fonts))
        content = f"{_RTL_OPEN}{escape(text)}{_RTL_CLOSE}" if is_rtl(text) else escape(text)
        names = ", ".join(f"'{font.family}'" for font in fonts)
        rows.append(
            f'<text x="{left + pad}" y="{top + baseline}" font-family="{names}" '
            f'font-weight="{fonts[0].weight}">{content}</text>'
        )
    drawn = _draw("".join(rows), max(x + w for x, _, w in cells), y + height, hand, list(paths))
    return [
        _cut(drawn[top : top + height, left : left + width], hand, left_of_origin=pad, baseline=baseline)
        for left, top, width in cells
    ]


def _draw(body: str, width: int, height: int, hand: Hand, paths: list[str]) -> npt.NDArray[np.uint8]:
    stroke = (
        f'stroke="#ff0000" stroke-width="{2 * hand.stroke:.3f}" stroke-linejoin="round" paint-order="stroke"'
        if hand.stroke > 0
        else ""
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<g font-size="{hand.size:.3f}" fill="#00ff00" {stroke} xml:space="preserve">{body}</g></svg>'
    )
    data = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=paths)
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None:
        raise ValueError("The SVG rasteriser returned no picture.")
    return np.asarray(decoded, np.uint8)


def _cut(cell: npt.NDArray[np.uint8], hand: Hand, *, left_of_origin: int, baseline: int) -> WordArt:
    alpha = cell[..., 3]
    columns, rows = np.flatnonzero(alpha.max(axis=0)), np.flatnonzero(alpha.max(axis=1))
    bearing = _BEARING * hand.size
    if not columns.size:
        empty = np.zeros((0, 0), np.uint8)
        return WordArt(empty, empty, 0, 0, 2 * bearing)
    box = (slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1))
    outline = np.ascontiguousarray(alpha[box])
    fill = outline
    if hand.stroke > 0:
        fill = (cell[..., 1][box].astype(np.uint16) * outline.astype(np.uint16) // 255).astype(np.uint8)
    ink = outline.shape[1] - 2 * hand.stroke
    return WordArt(
        fill=fill,
        outline=outline,
        dx=round(bearing - hand.stroke),
        dy=int(rows[0]) - baseline,
        advance=max(ink, 0.0) + 2 * bearing,
    )


def _run_advance(text: str, path: Path, size: float) -> float:
    kerning = kerning_of(path)
    total = sum(_advance(path, char) for char in text) + sum(kerning.em(one, two) for one, two in pairwise(text))
    return total * size


@lru_cache(maxsize=8192)
def _advance(path: Path, char: str) -> float:
    """Em."""
    return _font(path, float(_RULER)).getlength(char) / _RULER


@lru_cache(maxsize=64)
def _font(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
