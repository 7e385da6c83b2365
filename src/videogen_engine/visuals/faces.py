"""Which bundled font writes which text, and how wide it is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

from videogen_engine.bundled_assets import FontFile, font_files, font_for, font_for_text
from videogen_engine.visuals.kerning import kerning_of
from videogen_engine.visuals.svg_raster import text_ink_width

#: Scripts whose letters join, stack or reorder: their width is measured by drawing them.
_SHAPED = ((0x0590, 0x08FF), (0x0900, 0x109F), (0x1780, 0x17FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
_RTL_CLASSES = {"R", "AL"}
#: Glyphs are measured at this size (px), where rounding no longer shows.
_MEASURE = 2000


@dataclass(frozen=True)
class Face:
    """A wanted face: family and weight (100–900)."""

    family: str
    weight: int


@dataclass(frozen=True)
class Lettering:
    """What a text is set in: the leading font first and, for characters it lacks, others.

    ``families``, ``weights`` and ``paths`` run in parallel. ``tall`` scripts have marks above and below.
    """

    families: tuple[str, ...]
    weights: tuple[int, ...]
    paths: tuple[str, ...]
    tall: bool = False


def is_rtl(text: str) -> bool:
    """True when the first strong character of ``text`` runs right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _RTL_CLASSES:
            return True
        if kind == "L":
            return False
    return False


def is_shaped(text: str) -> bool:
    return any(
        any(low <= ord(char) <= high for low, high in _SHAPED) or unicodedata.category(char) in {"Mn", "Mc", "Cf"}
        for char in text
        if char > "\u02ff"
    )


@lru_cache(maxsize=2048)
def lettering_for(text: str, face: Face, language: str | None) -> Lettering:
    """The fonts for ``text``: the wanted face when it can write it, else the best one and what it lacks."""
    letters = "".join(char for char in dict.fromkeys(text) if char.isalnum()) or text
    lead = font_for_text(letters, family=face.family, weight=face.weight, language=language)
    fonts: list[FontFile] = [lead]
    for char in lead.missing(text):
        if not any(font.covers(char) for font in fonts):
            helper = font_for_text(char, family="Inter", weight=lead.weight, language=language)
            if helper.covers(char):
                fonts.append(helper)
    return Lettering(
        tuple(font.family for font in fonts),
        tuple(font.weight for font in fonts),
        tuple(str(font.path) for font in fonts),
        is_shaped(text),
    )


def unwritable(text: str) -> str:
    """The letters and digits of ``text`` that no bundled font has, each once, in order of appearance."""
    rest = "".join(char for char in dict.fromkeys(text) if char.isalnum())
    inter = font_for("Inter", 700)
    rest = "".join(inter.missing(rest))
    for font in font_files():
        if not rest:
            break
        rest = "".join(font.missing(rest))
    return rest


@lru_cache(maxsize=256)
def sized(path: str, size: float) -> ImageFont.FreeTypeFont:
    """The font at ``size`` px, to be drawn glyph by glyph."""
    # Basic layout: the other one needs a system library that not every machine has, and designs must not differ.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1)
def _by_path() -> dict[str, FontFile]:
    return {str(font.path): font for font in font_files()}


@lru_cache(maxsize=4096)
def _glyph_advance(path: str, char: str) -> float:
    return sized(path, _MEASURE).getlength(char) / _MEASURE


@lru_cache(maxsize=4096)
def glyph_places(text: str, lettering: Lettering, tracking: float = 0.0) -> tuple[tuple[str, str, float], ...]:
    """Font path, character and x (em) of every glyph of one line in a script that needs no shaping.

    Ends with an entry of empty strings that holds the line's width.
    """
    places: list[tuple[str, str, float]] = []
    x, before, last = 0.0, "", ""
    lead, *others = lettering.paths
    for char in text:
        path = next((path for path in (lead, *others) if _by_path()[path].covers(char)), lead) if others else lead
        if before and path == last:
            x += kerning_of(path).between(before, char)
        places.append((path, char, x))
        x += _glyph_advance(path, char) + tracking
        before, last = char, path
    places.append(("", "", x))
    return tuple(places)


def line_width(places: tuple[tuple[str, str, float], ...]) -> float:
    """The width (em) that ``glyph_places`` ends with."""
    return next(reversed(places))[2]


@lru_cache(maxsize=8192)
def advance(text: str, lettering: Lettering, tracking: float = 0.0) -> float:
    """Width of one line of ``text`` in em, ``tracking`` (em) after each character included."""
    if not text:
        return 0.0
    if text != " " and is_shaped(text):
        return text_ink_width(text, lettering.families[0], lettering.weights[0], lettering.paths) + 0.06
    return line_width(glyph_places(text, lettering, tracking))
