"""A PowerPoint file's own theme: its colours, its fonts, and the colour that its slides stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pptx.opc.constants import RELATIONSHIP_TYPE

from videogen_engine.slides.powerpoint import opened
from videogen_engine.visuals.colour import Rgb

_COLOUR = re.compile(
    rb"<a:(dk1|lt1|dk2|lt2|accent[1-6])>\s*<a:(?:srgbClr val|sysClr\b[^>]*\blastClr)=\"([0-9A-Fa-f]{6})\""
)
_FONT = re.compile(rb"<a:(majorFont|minorFont)>\s*<a:latin\b[^>]*\btypeface=\"([^\"]{1,80})\"")
_BACKGROUND = re.compile(rb"<p:bg>(.*?)</p:bg>", re.DOTALL)
_FILL = re.compile(rb"<a:(srgbClr|schemeClr) val=\"(\w{3,8})\"")
#: What slides call the theme's colours, where a master does not say otherwise.
_MAPPED: Final = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_MAP = re.compile(rb"<p:clrMap\b([^>]*)>")
_PAIR = re.compile(rb"\b(bg1|tx1|bg2|tx2)=\"(\w+)\"")


@dataclass(frozen=True)
class DeckTheme:
    """``title`` and ``body`` are font names, None where the theme names none."""

    paper: Rgb
    ink: Rgb
    accents: tuple[Rgb, ...]
    title: str | None
    body: str | None


def deck_theme(path: Path) -> DeckTheme:
    """The theme of the first slide master. Raises InputError for a file that cannot be read, LimitError for one that
    unpacks to too much.
    """
    with opened(path) as presentation:
        master = presentation.slide_master.part
        theme = master.part_related_by(RELATIONSHIP_TYPE.THEME).blob
        pages = [slide.part.blob for slide in list(presentation.slides)[:1]]
        colours = {name.decode(): _rgb(code) for name, code in _COLOUR.findall(theme)}
        fonts = {kind: name.decode("utf-8", "replace") for kind, name in _FONT.findall(theme)}
        blob = master.blob
    mapped = _MAPPED | {
        name.decode(): value.decode() for found in _MAP.findall(blob)[:1] for name, value in _PAIR.findall(found)
    }
    paper = next((colour for part in (*pages, blob) if (colour := _background(part, colours, mapped))), None)
    paper = paper or colours.get(mapped["bg1"], (255, 255, 255))
    return DeckTheme(
        paper=paper,
        ink=colours.get(mapped["tx1"], (0, 0, 0)),
        accents=tuple(colours[name] for name in sorted(colours) if name.startswith("accent")),
        title=_named(fonts.get(b"majorFont")),
        body=_named(fonts.get(b"minorFont")),
    )


def _background(part: bytes, colours: dict[str, Rgb], mapped: dict[str, str]) -> Rgb | None:
    found = _BACKGROUND.search(part)
    fill = None if found is None else _FILL.search(found[1])
    if fill is None:
        return None
    value = fill[2].decode()
    if fill[1] == b"srgbClr":
        return _rgb(fill[2]) if len(value) == 6 else None
    return colours.get(mapped.get(value, value))


def _named(font: str | None) -> str | None:
    """Names that begin with a plus sign refer to the theme itself."""
    return None if font is None or font.startswith("+") else font


def _rgb(code: bytes) -> Rgb:
    value = int(code, 16)
    return value >> 16, value >> 8 & 255, value & 255
