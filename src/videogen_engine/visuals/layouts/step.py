"""Steps: the number, the headline, how far along we are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.badges import badge, dots
from videogen_engine.visuals.layouts.words import headline_block, hero_name, hero_over, hero_time
from videogen_engine.visuals.model import Entrance, Shown


def _number(c: Composer) -> tuple[str, float]:
    element = c.first(Shown.BADGE)
    return (element.text or "1", element.appear) if element else ("1", 0.1)


def _count(c: Composer) -> int:
    text, _ = _number(c)
    return int(text) if text.isdecimal() and int(text) < 100 else 1


def badge_start(c: Composer) -> None:
    """Number above the headline at the start, picture at the end."""
    safe = c.frame.safe
    number, when = _number(c)
    side = c.unit * 15
    if c.frame.wide:
        text, picture, align = safe.part(0, 0, 0.50, 1), safe.part(0.56, 0, 1, 1), 0.0
    else:
        text, picture, align = safe.part(0, 0, 1, 0.57), safe.part(0, 0.59, 1, 1), 0.5
        side = c.unit * 13
    c.hero(hero_name(c), picture.square(), hero_time(c))
    gap = c.unit * 3
    top = text.y + (text.h * 0.08 if c.frame.wide else 0)
    badge(c, Box(text.x + align * (text.w - side), top, side, side), number, when)
    low = top + side + gap
    block = headline_block(c, Box(text.x, low, text.w, text.bottom - low - c.unit * 6), align=align, down=0.15)
    dots(c, text.x + align * text.w, block.bottom + gap, _count(c), align)


def giant(c: Composer) -> None:
    """A giant figure at the start, headline and picture at the end."""
    safe = c.frame.safe
    number, when = _number(c)
    if c.frame.wide:
        left, right = safe.part(0, 0, 0.36, 1), safe.part(0.42, 0, 1, 1)
    else:
        left, right = safe.part(0.1, 0, 0.9, 0.27), safe.part(0, 0.30, 1, 1)
    fitted = c.fit(number, c.look.figure, left, c.unit * 58, c.unit * 10, 1)
    c.letters(fitted, left, align=0.5, down=0.5, appear=when, entrance=Entrance.POP)
    side = c.unit * 32
    if c.frame.wide:
        c.hero(hero_name(c), Box(right.x, right.y + right.h * 0.02, side, side), hero_time(c), fill=1.12)
        block = headline_block(
            c, Box(right.x, right.y + side + c.unit * 2, right.w, right.h - side - c.unit * 8), down=0.2
        )
        dots(c, right.x, block.bottom + c.unit * 3, _count(c))
    else:
        block = headline_block(c, right.part(0, 0, 1, 0.40), align=0.5, down=0.0)
        dots(c, right.cx, block.bottom + c.unit * 3, _count(c), 0.5)
        top = block.bottom + c.unit * 8
        c.hero(hero_name(c), Box(right.x, top, right.w, right.bottom - top).square(), hero_time(c))


def card(c: Composer) -> None:
    """Headline on a card with the number at its corner, picture beside it."""
    safe = c.frame.safe
    number, when = _number(c)
    if c.frame.wide:
        box, picture, align = safe.part(0.42, 0.12, 1, 0.92), safe.part(0, 0, 0.37, 1), 0.0
    else:
        box, picture, align = safe.part(0, 0.52, 1, 1), safe.part(0, 0, 1, 0.46), 0.5
    c.hero(hero_name(c), picture.square(), hero_time(c))
    place = c.frame.mirror(box)
    c.add(c.look.panel(round(place.w), round(place.h), c.ground, 0), place.x, place.y, 0.0, Entrance.FADE)
    saved = c.tones
    c.tones = c.look.panel_tones(c.ground, 0)
    inner = box.inset(box.w * 0.08, box.h * 0.16)
    headline_block(c, inner, align=align, down=0.5)
    c.tones = saved
    side = c.unit * 14
    x = box.x - side * 0.35 if c.frame.wide else box.cx - side / 2
    badge(c, Box(x, box.y - side * 0.45, side, side), number, when)


def centred(c: Composer) -> None:
    """Number, picture and headline on one axis."""
    safe = c.frame.safe
    number, when = _number(c)
    box = safe.part(0.05, 0.42, 0.95, 1)
    block = headline_block(
        c,
        Box(box.x, box.y, box.w, box.h - c.unit * 5),
        align=0.5,
        down=1.0 if c.frame.ratio >= 0.7 else 0.7,
        max_lines=2 if c.frame.wide else 3,
    )
    square = hero_over(c, block)
    side = square.w * 0.28
    badge(c, Box(square.x - side * 0.20, square.y + square.h * 0.04, side, side), number, when)
    dots(c, safe.cx, block.bottom + c.unit * 2.5, _count(c), 0.5)


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "step-start": badge_start,
    "step-giant": giant,
    "step-card": card,
    "step-centred": centred,
}
