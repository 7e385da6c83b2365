"""Layouts for scenery: words high in the sky, the picture low over the land."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.badges import badge, dots
from videogen_engine.visuals.layouts.edges import rule
from videogen_engine.visuals.layouts.figure import figure_block, label_block
from videogen_engine.visuals.layouts.question import mark_of
from videogen_engine.visuals.layouts.quote import quote_words
from videogen_engine.visuals.layouts.words import headline_block, hero_name, hero_time
from videogen_engine.visuals.model import Shown


def _hero(c: Composer, across: float, top: float) -> Box:
    """The main picture between ``top`` (px) and the caption band."""
    safe = c.frame.safe
    room = Box(safe.x, top, safe.w, safe.bottom - top)
    square = room.square(across, 1.0, c.unit * (62 if c.frame.wide else 70))
    c.hero(hero_name(c), square, hero_time(c))
    return square


def _beside(c: Composer, across: float, scale: float = 1.0) -> Box:
    """Headline at one upper corner, picture low at the other. Gives where the headline stands."""
    safe = c.frame.safe
    align = 0.0 if c.frame.wide else 0.5
    if c.frame.wide:
        start = across > 0.5
        box = safe.part(0, 0, 0.58, 0.62) if start else safe.part(0.42, 0, 1, 0.62)
        block = headline_block(c, box, align=align, down=0.12, max_lines=3, scale=scale)
        side = min(safe.h * 0.78, c.unit * 56)
        left = safe.right - side if start else safe.x
        c.hero(hero_name(c), Box(left, safe.bottom - side, side, side), hero_time(c))
        return block
    block = headline_block(c, safe.part(0, 0, 1, 0.42), align=align, down=0.2, scale=scale)
    _hero(c, across, block.bottom + c.unit * 3)
    return block


def sky_start(c: Composer) -> None:
    _beside(c, 0.9)


def sky_end(c: Composer) -> None:
    _beside(c, 0.1)


def title_start(c: Composer) -> None:
    """Title large at the upper start, the picture low at the end."""
    block = _beside(c, 0.9, 1.2)
    rule(c, block.x + (0 if c.frame.wide else block.w / 2), block.bottom + c.unit * 1.6, 0.0 if c.frame.wide else 0.5)


def question_start(c: Composer) -> None:
    """The question at the upper start, a mark at the picture's shoulder."""
    safe = c.frame.safe
    _beside(c, 0.9)
    if c.frame.wide:
        side = c.unit * 14
        badge(c, Box(safe.right - side, safe.y + c.unit * 1, side, side), mark_of(c), hero_time(c) + 0.3)


def question(c: Composer) -> None:
    """The question in the sky, the picture with a mark below."""
    safe = c.frame.safe
    block = headline_block(c, safe.part(0.04, 0, 0.96, 0.42), align=0.5, down=0.25, max_lines=2 if c.frame.wide else 3)
    square = _hero(c, 0.5, block.bottom + c.unit * 1.5)
    side = square.w * 0.28
    badge(c, Box(square.x + square.w * 0.72, square.y + square.h * 0.10, side, side), mark_of(c), hero_time(c) + 0.3)


def title(c: Composer) -> None:
    """Title large in the sky, the picture low in the middle."""
    safe = c.frame.safe
    block = headline_block(
        c, safe.part(0.03, 0, 0.97, 0.46), align=0.5, down=0.15, scale=1.28, max_lines=2 if c.frame.wide else 4
    )
    rule(c, safe.cx, block.bottom + c.unit * 2.4, 0.5)
    _hero(c, 0.5, block.bottom + c.unit * 5)


def quote_high(c: Composer) -> None:
    quote_words(c, c.frame.safe.part(0.06, 0, 0.94, 0.78), 0.5, 0.1)


def step(c: Composer) -> None:
    """Number and headline in one line in the sky, the picture low."""
    safe = c.frame.safe
    element = c.first(Shown.BADGE)
    number = (element.text or "1") if element else "1"
    side = c.unit * 13
    if not c.frame.wide:
        badge(c, Box(safe.cx - side / 2, safe.y, side, side), number, 0.1)
        block = headline_block(c, Box(safe.x, safe.y + side + c.unit * 2.5, safe.w, safe.h * 0.30), align=0.5, down=0.0)
        low = block.bottom + c.unit * 2.5
        dots(c, safe.cx, low, int(number) if number.isdecimal() else 1, 0.5)
        _hero(c, 0.5, low + c.unit * 4)
        return
    badge(c, Box(safe.x, safe.y, side, side), number, 0.1)
    left = safe.x + side + c.unit * 4
    block = headline_block(c, Box(left, safe.y, safe.w * 0.60, safe.h * 0.50), down=0.0, max_lines=3)
    dots(c, left, block.bottom + c.unit * 2.5, int(number) if number.isdecimal() else 1)
    tall = min(safe.h * 0.74, c.unit * 54)
    c.hero(hero_name(c), Box(safe.right - tall, safe.bottom - tall, tall, tall), hero_time(c))


def figure(c: Composer, mirrored: bool = False) -> None:
    """The figure in the sky with its label, the picture low at the end (or at the start)."""
    safe = c.frame.safe
    if not c.frame.wide:
        block = figure_block(c, safe.part(0, 0, 1, 0.30), align=0.5, down=0.2)
        low = label_block(c, Box(safe.x, block.bottom + c.unit * 2, safe.w, safe.h * 0.20), align=0.5)
        _hero(c, 0.5, low.bottom + c.unit * 2)
        return
    column = safe.part(0.44, 0, 1, 1) if mirrored else safe.part(0, 0, 0.58, 1)
    block = figure_block(c, column.part(0, 0, 1, 0.44), align=0.0, down=0.0)
    label_block(c, Box(column.x, block.bottom + c.unit * 2, column.w, safe.h * 0.34), align=0.0)
    side = min(safe.h * 0.86, c.unit * 60)
    left = safe.x if mirrored else safe.right - side
    c.hero(hero_name(c), Box(left, safe.bottom - side, side, side), hero_time(c))


def figure_end(c: Composer) -> None:
    figure(c, mirrored=True)


def step_end(c: Composer) -> None:
    """The picture low at the start, number and headline above each other in the sky."""
    safe = c.frame.safe
    if not c.frame.wide:
        step(c)
        return
    element = c.first(Shown.BADGE)
    number = (element.text or "1") if element else "1"
    tall = min(safe.h * 0.78, c.unit * 56)
    c.hero(hero_name(c), Box(safe.x, safe.bottom - tall, tall, tall), hero_time(c))
    side, left = c.unit * 11, safe.x + safe.w * 0.42
    badge(c, Box(left, safe.y, side, side), number, 0.1)
    block = headline_block(
        c, Box(left, safe.y + side + c.unit * 2.5, safe.w * 0.58, safe.h * 0.42), down=0.0, max_lines=3
    )
    dots(c, left, block.bottom + c.unit * 2, int(number) if number.isdecimal() else 1)


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "sky-start": sky_start,
    "sky-end": sky_end,
    "sky-question": question,
    "sky-question-start": question_start,
    "title-sky": title,
    "title-sky-start": title_start,
    "quote-high": quote_high,
    "step-sky": step,
    "step-sky-end": step_end,
    "figure-sky": figure,
    "figure-sky-end": figure_end,
}
