"""Headline blocks that the layouts share."""

from __future__ import annotations

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.model import Entrance, Shown


def headline_block(
    c: Composer, box: Box, *, align: float = 0.0, down: float = 0.5, scale: float = 1.0, max_lines: int = 4
) -> Box:
    """Kicker and headline in a logical box, the block placed ``down`` (0–1) its height. Gives where it stands."""
    headline = c.first(Shown.HEADLINE)
    kicker = c.first(Shown.KICKER)
    gap = c.unit * 2.2
    small = (
        c.fit(kicker.text, c.look.kicker, Box(0, 0, box.w, c.unit * 7), c.unit * 3.1, c.unit * 2.2, 1)
        if kicker and kicker.text
        else None
    )
    used = small.height + gap if small else 0.0
    if headline is None or not headline.text:
        return Box(box.x, box.y, box.w, 0)
    room = Box(box.x, box.y, box.w, max(c.unit * 6, box.h - used))
    short = len(headline.text.split()) <= 3 and len(headline.text) <= 24
    largest = c.unit * (12.6 if short else 10.6) * scale * c.look.headline_scale
    fitted = c.fit(headline.text, c.look.headline, room, largest, min(largest, c.unit * 4.3), max_lines)
    total = used + fitted.height
    top = box.y + down * max(0.0, box.h - total)
    if small is not None:
        c.letters(
            small, Box(box.x, top, box.w, small.height), align=align, soft=True, appear=0.05, entrance=Entrance.FADE
        )
    block = c.letters(
        fitted,
        Box(box.x, top + used, box.w, fitted.height),
        align=align,
        accents=headline.accents,
        appear=headline.appear,
    )
    return Box(block.x, top, block.w, total)


def hero_over(c: Composer, block: Box, fill: float = 1.0) -> Box:
    """The main picture centred in all the room above ``block``. Gives its square."""
    safe = c.frame.safe
    square = Box(safe.x, safe.y, safe.w, block.y - c.unit * 3 - safe.y).square(0.5, 0.5, c.unit * 66)
    c.hero(hero_name(c), square, hero_time(c), fill=fill)
    return square


def hero_name(c: Composer) -> str | None:
    icon = c.first(Shown.ICON)
    return icon.icon if icon else None


def hero_time(c: Composer) -> float:
    icon = c.first(Shown.ICON)
    return icon.appear if icon else 0.3
