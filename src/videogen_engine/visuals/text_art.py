"""Fitted lines to pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from videogen_engine.visuals.colour import Rgb, hex_code
from videogen_engine.visuals.faces import advance, glyph_places, is_rtl, is_shaped, sized
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.pixels import Pixels, lay_over, tinted
from videogen_engine.visuals.svg_raster import escaped, raster
from videogen_engine.visuals.text_fitting import Fitted

#: Embedding marks: the rasteriser lays every line out left to right unless told otherwise.
_RTL_OPEN, _RTL_CLOSE = "\u202b", "\u202c"


@dataclass(frozen=True)
class TextArt:
    """Drawn text; ``dx``, ``dy`` is where its top left lies from the top left of the fitted block."""

    pixels: Pixels
    dx: int
    dy: int


def bare(word: str) -> str:
    """A word without the punctuation around it, in lower case, for comparing."""
    return word.strip(".,;:!?…\"'“”‘’«»()[]–—-¿¡、。").casefold()


def draw_text(fitted: Fitted, align: float, colour: Rgb, accents: frozenset[str], accent: Rgb) -> TextArt:
    """The lines with ``align`` 0 (left), 0.5 or 1 (right); words in ``accents`` are drawn in ``accent``."""
    pad = math.ceil(fitted.size * (0.30 if fitted.lettering.tall else 0.12)) + 2
    if fitted.lettering.tall or any(is_shaped(line) for line in fitted.lines):
        return _shaped(fitted, align, colour, accents, accent, pad)
    return _plain(fitted, align, colour, accents, accent, pad)


def _plain(fitted: Fitted, align: float, colour: Rgb, accents: frozenset[str], accent: Rgb, pad: int) -> TextArt:
    """Glyph by glyph, for scripts that are a row of letters."""
    width, height = math.ceil(fitted.width) + 2 * pad, math.ceil(fitted.height) + 2 * pad
    inks = [Image.new("L", (width, height)) for _ in range(2 if accents else 1)]
    pens = [ImageDraw.Draw(ink) for ink in inks]
    for number, line in enumerate(fitted.lines):
        places = glyph_places(line, fitted.lettering, fitted.tracking)
        left = pad + (fitted.width - places[-1][2] * fitted.size) * align
        base = pad + fitted.baseline(number)
        marked = _marked(line, accents)
        for index, (path, char, x) in enumerate(places[:-1]):
            if char != " ":
                pen = pens[1 if index in marked else 0]
                pen.text((left + x * fitted.size, base), char, fill=255, font=sized(path, fitted.size), anchor="ls")
    canvas = ink_layer(inks[0], colour)
    if len(inks) > 1:
        lay_over(canvas, ink_layer(inks[1], accent), 0, 0)
    return TextArt(canvas, -pad, -pad)


def ink_layer(ink: Image.Image, colour: Rgb) -> Pixels:
    return tinted(np.asarray(ink, dtype=np.float32) / 255, colour)


def _marked(line: str, accents: frozenset[str]) -> frozenset[int]:
    """Indices of the characters of ``line`` that belong to accented words."""
    found: set[int] = set()
    place = 0
    for word in line.split(" "):
        if bare(word) in accents:
            found.update(range(place, place + len(word)))
        place += len(word) + 1
    return frozenset(found)


def _shaped(fitted: Fitted, align: float, colour: Rgb, accents: frozenset[str], accent: Rgb, pad: int) -> TextArt:
    """As SVG, whose rasteriser joins and reorders letters."""
    width = math.ceil(fitted.width) + 2 * pad
    height = math.ceil(fitted.height) + 2 * pad
    anchor = {0.0: "start", 0.5: "middle", 1.0: "end"}[align]
    x = pad + fitted.width * align
    family, weight = fitted.lettering.families[0], fitted.lettering.weights[0]
    rows: list[str] = []
    for number, line in enumerate(fitted.lines):
        parts = [
            f'<tspan fill="{hex_code(accent)}">{escaped(word)}</tspan>' if bare(word) in accents else escaped(word)
            for word in line.split(" ")
        ]
        content = " ".join(parts)
        if is_rtl(line):
            content = f"{_RTL_OPEN}{content}{_RTL_CLOSE}"
        rows.append(f'<text x="{x:.2f}" y="{pad + fitted.baseline(number):.2f}">{content}</text>')
    body = (
        f'<g font-family="\'{escaped(family)}\'" font-weight="{weight}" '
        f'font-size="{fitted.size:.3f}" text-anchor="{anchor}" fill="{hex_code(colour)}" '
        f'xml:space="preserve">{"".join(rows)}</g>'
    )
    return TextArt(raster(body, width, height, fonts=fitted.lettering.paths), -pad, -pad)


def word_boxes(fitted: Fitted, align: float, wanted: frozenset[str]) -> tuple[tuple[str, Box], ...]:
    """Where the wanted words stand, from the top left of the block: baseline-tight boxes of cap height."""
    found: list[tuple[str, Box]] = []
    space = advance(" ", fitted.lettering, fitted.tracking)
    for number, line in enumerate(fitted.lines):
        words = line.split(" ")
        widths = [advance(word, fitted.lettering, fitted.tracking) for word in words]
        if is_rtl(line):
            words, widths = words[::-1], widths[::-1]
        total = (sum(widths) + space * (len(words) - 1)) * fitted.size
        x = (fitted.width - total) * align
        for word, width in zip(words, widths, strict=True):
            if bare(word) in wanted:
                top = fitted.baseline(number) - 0.72 * fitted.size
                found.append((bare(word), Box(x, top, width * fitted.size, 0.72 * fitted.size)))
            x += (width + space) * fitted.size
    return tuple(found)
