"""Round badges with a word, a number or an arrow; rows of progress dots."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import BLACK, WHITE
from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.contrast import legible
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.looks.base import Art, shadow_under
from videogen_engine.visuals.model import Entrance
from videogen_engine.visuals.pixels import Mask, Pixels, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, polygon, rounded_distance
from videogen_engine.visuals.text_art import draw_text


def badge(c: Composer, box: Box, text: str | None, appear: float) -> None:
    """A disc in the look's mark colour; ``text`` None draws an arrow in reading direction (down in stacks)."""
    place = c.frame.mirror(box)
    size = round(place.w)
    body = fill_of(circle_distance(size, size, size / 2, size / 2, size / 2 - 0.5))
    pad = max(3, round(size * 0.14))
    canvas = shadow_under(body, pad, size * 0.05, size * 0.04, 0.28)
    colour = c.look.mark_colour(c.ground)
    lay_over(canvas, tinted(body, colour), pad, pad)
    flat = np.full((8, 8, 3), colour[::-1], dtype=np.uint8)
    ink = legible(c.ground.palette.tone(0.22, 0.05), flat) or legible(WHITE, flat) or BLACK
    if text is None:
        lay_over(
            canvas,
            tinted(_arrow(size, down=not c.frame.wide and c.frame.ratio < 0.95, back=c.frame.rtl), ink),
            pad,
            pad,
        )
    elif c.lettering:
        lay_over(canvas, _centred(c, text, size, ink), pad, pad)
    c.add(Art(canvas, pad), place.x, place.y, appear, Entrance.POP)


def _centred(c: Composer, text: str, size: int, ink: tuple[int, int, int]) -> Pixels:
    inner = Box(0, 0, size * 0.72, size * 0.60)
    fitted = c.fit(text, c.look.figure, inner, size * 0.62, size * 0.1, 1)
    art = draw_text(fitted, 0.5, ink, frozenset(), ink)
    canvas = np.zeros((size, size, 4), dtype=np.uint8)
    # Digits and capitals have no descenders: centre on the cap height.
    top = size / 2 - fitted.baseline(0) + fitted.size * 0.36
    lay_over(canvas, art.pixels, round((size - fitted.width) / 2) + art.dx, round(top) + art.dy)
    return canvas


def _arrow(size: int, *, down: bool, back: bool) -> Mask:
    points = np.array(
        [(0.24, 0.44), (0.52, 0.44), (0.52, 0.29), (0.78, 0.50), (0.52, 0.71), (0.52, 0.56), (0.24, 0.56)]
    )
    if down:
        points = points[:, ::-1]
    elif back:
        points = points * np.array([-1, 1]) + np.array([1, 0])
    return polygon(size, size, points * size)


def dots(c: Composer, x: float, y: float, number: int, align: float = 0.0) -> None:
    """``number`` progress dots at logical ``x``, ``y``, the last one long: this step, after those before it."""
    shown = min(number, 9)
    side, gap = c.unit * 1.7, c.unit * 1.3
    long = side * 2.8
    width = (shown - 1) * (side + gap) + long
    left = x - align * width
    for i in range(shown):
        last = i == shown - 1
        box = Box(left + i * (side + gap), y, long if last else side, side)
        place = c.frame.mirror(box)
        w, h = max(2, round(place.w)), max(2, round(place.h))
        mask = np.minimum(1.0, _capsule(w, h))
        colour = c.look.mark_colour(c.ground) if last else c.tones.ink
        c.add(Art(tinted(mask, colour, 1.0 if last else 0.38)), place.x, place.y, 0.15 + 0.05 * i, Entrance.FADE)


def _capsule(width: int, height: int) -> Mask:
    return fill_of(rounded_distance(width, height, height / 2))
