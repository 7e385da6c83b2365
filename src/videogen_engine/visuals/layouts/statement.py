"""Statements: a headline and a picture, arranged in several ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.words import headline_block, hero_name, hero_over, hero_time
from videogen_engine.visuals.model import Entrance, Shown


def _halves(c: Composer, text_first: bool, share: float = 0.47) -> tuple[Box, Box]:
    """Text and picture boxes: side by side in wide frames, stacked in others."""
    safe = c.frame.safe
    if c.frame.wide:
        gap = 0.05
        text, picture = safe.part(0, 0, share, 1), safe.part(share + gap, 0, 1, 1)
        if not text_first:
            text, picture = safe.part(1 - share, 0, 1, 1), safe.part(0, 0, 1 - share - gap, 1)
        return text, picture
    cut = 0.40 if c.frame.ratio < 0.7 else 0.42
    if text_first:
        return safe.part(0, 0, 1, cut), safe.part(0, cut + 0.03, 1, 1)
    return safe.part(0, 1 - cut, 1, 1), safe.part(0, 0, 1, 1 - cut - 0.03)


def _picture(c: Composer, box: Box, across: float = 0.5, limit: float | None = None) -> Box:
    square = box.square(across, 0.5, limit)
    c.hero(hero_name(c), square, hero_time(c))
    return square


def split_start(c: Composer) -> None:
    text, picture = _halves(c, text_first=True)
    _picture(c, picture)
    headline_block(c, text, align=0.0 if c.frame.wide else 0.5, down=0.5 if c.frame.wide else 0.8)


def split_end(c: Composer) -> None:
    text, picture = _halves(c, text_first=False)
    _picture(c, picture)
    headline_block(c, text, align=0.0 if c.frame.wide else 0.5, down=0.5 if c.frame.wide else 0.2)


def centre(c: Composer) -> None:
    """Headline below, the picture in all the room above it, both centred."""
    box = c.frame.safe.part(0.06, 0.44, 0.94, 1)
    block = headline_block(
        c, box, align=0.5, down=1.0 if c.frame.ratio >= 0.7 else 0.7, max_lines=2 if c.frame.wide else 3
    )
    hero_over(c, block)


def crown(c: Composer) -> None:
    """Headline above, picture below, both centred."""
    safe = c.frame.safe
    cut = 0.38 if c.frame.ratio >= 0.7 else 0.36
    block = headline_block(
        c, safe.part(0.05, 0.02, 0.95, cut), align=0.5, down=0.35, max_lines=2 if c.frame.wide else 3
    )
    top = block.bottom + c.unit * 3
    _picture(c, Box(safe.x, top, safe.w, safe.bottom - top))


def trio(c: Composer) -> None:
    """The main picture with smaller companions around it."""
    text, picture = _halves(c, text_first=True)
    square = picture.square()
    c.hero(hero_name(c), square, hero_time(c), fill=0.92)
    places = ((0.03, 0.08), (0.74, 0.66), (0.02, 0.70))
    for number, (element, (x, y)) in enumerate(zip(c.every(Shown.ICON)[1:], places, strict=False)):
        side = square.w * 0.235
        c.icon(
            element.icon,
            Box(square.x + x * square.w, square.y + y * square.h, side, side),
            element.appear,
            index=number + 1,
        )
    headline_block(c, text, align=0.0 if c.frame.wide else 0.5, down=0.5 if c.frame.wide else 0.8)


def low_start(c: Composer) -> None:
    """A large headline at the lower start, the picture at the upper end."""
    safe = c.frame.safe
    if not c.frame.wide:
        split_end(c)
        return
    _picture(c, safe.part(0.54, 0, 1, 0.96), across=1.0)
    headline_block(c, safe.part(0, 0.2, 0.56, 1), down=1.0, scale=1.12)


def panel(c: Composer) -> None:
    """The headline on a card of the look, the picture beside or above it."""
    text, picture = _halves(c, text_first=False, share=0.52)
    if c.frame.wide:
        text = text.part(0, 0.10, 1, 0.90)
    place = c.frame.mirror(text)
    c.add(c.look.panel(round(place.w), round(place.h), c.ground, 0), place.x, place.y, 0.0, Entrance.FADE)
    _picture(c, picture)
    saved = c.tones
    c.tones = c.look.panel_tones(c.ground, 0)
    headline_block(c, text.inset(text.w * 0.09, text.h * 0.12), align=0.0 if c.frame.wide else 0.5)
    c.tones = saved


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "split-start": split_start,
    "trio": trio,
    "centre": centre,
    "low-start": low_start,
    "panel": panel,
    "crown": crown,
    "split-end": split_end,
}
