"""The first and the last scene of a film, and scenes over the user's own pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.words import headline_block, hero_name, hero_over, hero_time
from videogen_engine.visuals.looks.base import Art
from videogen_engine.visuals.model import Entrance, Shown
from videogen_engine.visuals.pixels import tinted
from videogen_engine.visuals.shapes import fill_of, rounded_distance


def rule(c: Composer, x: float, y: float, align: float) -> None:
    """A short bar in the mark colour."""
    box = Box(x - align * c.unit * 13, y, c.unit * 13, c.unit * 1.1)
    place = c.frame.mirror(box)
    width, height = round(place.w), max(3, round(place.h))
    mask = fill_of(rounded_distance(width, height, height / 2))
    c.add(Art(tinted(mask, c.look.mark_colour(c.ground))), place.x, place.y, 0.45, Entrance.WIPE)


def title_centred(c: Composer) -> None:
    """Title below the middle, the picture in all the room above it, a rule at the foot."""
    safe = c.frame.safe
    foot = c.unit * 4.5
    box = safe.part(0.03, 0.40, 0.97, 1)
    block = headline_block(
        c,
        Box(box.x, box.y, box.w, box.h - foot),
        align=0.5,
        down=1.0 if c.frame.ratio >= 0.7 else 0.75,
        scale=1.16,
        max_lines=2 if c.frame.wide else 4,
    )
    hero_over(c, block)
    rule(c, safe.cx, block.bottom + c.unit * 2.6, 0.5)


def title_start(c: Composer) -> None:
    """Title large at the start, the picture running off towards the end."""
    safe = c.frame.safe
    if not c.frame.wide:
        title_centred(c)
        return
    side = safe.h * 1.02
    c.hero(hero_name(c), Box(safe.right - side * 0.96, safe.y + (safe.h - side) * 0.5, side, side), hero_time(c))
    block = headline_block(c, safe.part(0, 0, 0.53, 0.92), down=0.5, scale=1.22)
    rule(c, safe.x, block.bottom + c.unit * 3, 0.0)


def title_wide(c: Composer) -> None:
    """Title across the frame with a row of pictures above it."""
    safe = c.frame.safe
    icons = [element for element in c.every(Shown.ICON) if element.icon][:3]
    if len(icons) < 2:
        title_centred(c)
        return
    gap = c.unit * 3
    side = min(safe.h * 0.36, (safe.w - gap * (len(icons) - 1)) / len(icons), c.unit * 27)
    total = side * len(icons) + gap * (len(icons) - 1)
    top = safe.y + (0 if c.frame.wide else safe.h * 0.06)
    for index, element in enumerate(icons):
        box = Box(safe.cx - total / 2 + index * (side + gap), top, side, side)
        c.icon(element.icon, box.inset(side * 0.06), 0.25 + 0.18 * index, index=index)
    low = top + side + c.unit * 4
    block = headline_block(
        c, Box(safe.x, low, safe.w, safe.bottom - low - c.unit * 5), align=0.5, down=0.25, scale=1.2, max_lines=3
    )
    rule(c, safe.cx, min(block.bottom + c.unit * 3, safe.bottom - c.unit * 2), 0.5)


def title_panel(c: Composer) -> None:
    """Title on a card that spans the frame, the picture standing on its edge."""
    safe = c.frame.safe
    side = min(safe.h * 0.46, safe.w * 0.6)
    box = safe.part(0.06, 0.34, 0.94, 0.98) if c.frame.wide else safe.part(0, 0.30, 1, 0.86)
    place = c.frame.mirror(box)
    c.add(c.look.panel(round(place.w), round(place.h), c.ground, 0), place.x, place.y, 0.0, Entrance.FADE)
    saved = c.tones
    c.tones = c.look.panel_tones(c.ground, 0)
    headline_block(
        c,
        Box(box.x + box.w * 0.07, box.y + side * 0.32, box.w * 0.86, box.h - side * 0.32 - c.unit * 4),
        align=0.5,
        down=0.45,
        scale=1.08,
        max_lines=3,
    )
    c.tones = saved
    c.icon(hero_name(c), Box(safe.cx - side * 0.38, box.y - side * 0.50, side * 0.76, side * 0.76), hero_time(c))


def closing_centred(c: Composer) -> None:
    """The last words with the picture above them, a rule below."""
    title_centred(c)


def featured_low(c: Composer) -> None:
    """Over the user's picture: the words at the lower start, nothing else."""
    safe = c.frame.safe
    _over_picture(c, safe.part(0, 0.30, 0.72 if c.frame.wide else 1, 1), 0.0, 1.0)
    _insets(c, 1.0, 0.0)


def featured_high(c: Composer) -> None:
    safe = c.frame.safe
    _over_picture(c, safe.part(0, 0, 0.72 if c.frame.wide else 1, 0.6), 0.0, 0.0)
    _insets(c, 1.0, 1.0)


def featured_centre(c: Composer) -> None:
    safe = c.frame.safe
    _over_picture(c, safe.part(0.08, 0.1, 0.92, 0.95), 0.5, 0.6)
    _insets(c, 1.0, 0.0)


def _insets(c: Composer, across: float, down: float) -> None:
    """People and things, small, in a corner of the picture."""
    if c.insets:
        c.inset_pictures(c.frame.safe.square(across, down, c.unit * 24), 0.35)


def _over_picture(c: Composer, box: Box, align: float, down: float) -> None:
    figure = c.first(Shown.FIGURE)
    if figure is not None and figure.text:
        room = Box(box.x, box.y, box.w, box.h * 0.58)
        fitted = c.fit(figure.text, c.look.figure, room, c.unit * 22, c.unit * 6, 1)
        label = c.first(Shown.LABEL) or c.first(Shown.HEADLINE)
        low = (
            c.fit(label.text, c.look.headline, Box(0, 0, box.w, box.h * 0.34), c.unit * 6.4, c.unit * 4.4, 3)
            if label and label.text
            else None
        )
        gap = c.unit * 2.5
        total = fitted.height + (low.height + gap if low else 0)
        top = box.y + down * (box.h - total)
        c.letters(
            fitted, Box(box.x, top, box.w, fitted.height), align=align, appear=figure.appear, entrance=Entrance.POP
        )
        if low is not None and label is not None:
            c.letters(low, Box(box.x, top + fitted.height + gap, box.w, low.height), align=align, appear=label.appear)
        return
    headline_block(c, box, align=align, down=down, scale=0.92, max_lines=3)


OPENING: Mapping[str, Callable[[Composer], None]] = {
    "title-start": title_start,
    "title-wide": title_wide,
    "title-centred": title_centred,
    "title-panel": title_panel,
}
CLOSING: Mapping[str, Callable[[Composer], None]] = {"closing-centred": closing_centred}
FEATURED: Mapping[str, Callable[[Composer], None]] = {
    "featured-low": featured_low,
    "featured-high": featured_high,
    "featured-centre": featured_centre,
}
