"""Scenes without a word on them, and scenes with people or things of the user's: the picture carries them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts import statement
from videogen_engine.visuals.layouts.words import hero_name, hero_time
from videogen_engine.visuals.model import Entrance, Shown


def _companions(c: Composer, square: Box, places: tuple[tuple[float, float], ...], share: float) -> None:
    """The further icons around the main one, at centres given as shares of its square's side from its middle."""
    for number, (element, (x, y)) in enumerate(zip(c.every(Shown.ICON)[1:], places, strict=False)):
        side = square.w * share
        box = Box(square.cx + x * square.w - side / 2, square.cy + y * square.h - side / 2, side, side)
        c.icon(element.icon, box, element.appear, index=number + 1)


def solo(c: Composer) -> None:
    """The picture large in the middle, its companions on either side."""
    if len(c.every(Shown.ICON)) == 2:
        row(c)
        return
    safe = c.frame.safe
    # Companions above and below need their room too.
    most = c.unit * 68 if c.frame.wide else min(c.unit * 68, safe.h / 1.64)
    square = safe.square(0.5, 0.5, most)
    c.hero(hero_name(c), square, hero_time(c), fill=0.96)
    if c.frame.wide:
        _companions(c, square, ((0.86, 0.10), (-0.86, 0.10), (0.84, -0.34)), 0.34)
    else:
        _companions(c, square, ((0.32, 0.62), (-0.32, 0.62), (0.0, -0.66)), 0.30)


def aside(c: Composer) -> None:
    """The picture at the start of the frame, companions trailing off from it."""
    safe = c.frame.safe
    if not c.frame.wide or len(c.every(Shown.ICON)) < 3:
        solo(c)
        return
    square = safe.square(0.16, 0.5)
    c.hero(hero_name(c), square, hero_time(c), fill=0.96)
    _companions(c, square, ((0.82, 0.22), (1.18, -0.14), (1.46, 0.28)), 0.32)


def row(c: Composer) -> None:
    """Pictures of one size beside each other, or below each other in tall frames."""
    icons = [element for element in c.every(Shown.ICON) if element.icon][:3]
    if len(icons) < 2:
        solo(c)
        return
    safe, gap = c.frame.safe, c.unit * 6
    boxes = safe.columns(len(icons), gap) if c.frame.wide else safe.rows(len(icons), gap)
    for index, (element, box) in enumerate(zip(icons, boxes, strict=True)):
        square = box.square(0.5, 0.5, c.unit * 46)
        halo = c.look.halo(round(square.w), c.ground)
        place = c.frame.mirror(square)
        if halo is not None:
            c.add(halo, place.x, place.y, 0.05 + 0.18 * index, Entrance.FADE)
        inner = square.w * (0.62 if halo is not None else 0.9)
        c.icon(element.icon, square.inset((square.w - inner) / 2), 0.25 + 0.22 * index, index=index)


#: The last two of each are kept for breaking ties between neighbours.
WORDLESS: Mapping[str, Callable[[Composer], None]] = {
    "picture-row": row,
    "picture-solo": solo,
    "picture-aside": aside,
}
INSETS: Mapping[str, Callable[[Composer], None]] = {
    "split-start": statement.split_start,
    "split-end": statement.split_end,
    "centre": statement.centre,
    "crown": statement.crown,
}
