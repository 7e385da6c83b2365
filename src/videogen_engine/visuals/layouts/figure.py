"""Statistics: the figure, large, with a drawing that says the same when it is a percentage."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.words import hero_name, hero_time
from videogen_engine.visuals.looks.base import Art
from videogen_engine.visuals.model import Entrance, Shown
from videogen_engine.visuals.pixels import clear, lay_over, tinted
from videogen_engine.visuals.shapes import fill_of, ring_arc, rounded_distance


def _label_size(c: Composer) -> float:
    return (8.4 if c.frame.wide else 7.2) * min(1.15, c.look.headline_scale)


def figure_block(c: Composer, box: Box, *, align: float, down: float = 0.5, scale: float = 1.0) -> Box:
    figure = c.first(Shown.FIGURE)
    if figure is None or not figure.text:
        return Box(box.x, box.y, box.w, 0)
    fitted = c.fit(figure.text, c.look.figure, box, c.unit * 27 * scale, c.unit * 6, 2)
    return c.letters(fitted, box, align=align, down=down, appear=figure.appear, entrance=Entrance.POP)


def label_block(c: Composer, box: Box, *, align: float, down: float = 0.0) -> Box:
    label = c.first(Shown.LABEL) or c.first(Shown.HEADLINE)
    if label is None or not label.text:
        return Box(box.x, box.y, box.w, 0)
    fitted = c.fit(label.text, c.look.headline, box, c.unit * _label_size(c), c.unit * 4.0, 3)
    return c.letters(fitted, box, align=align, down=down, accents=label.accents, appear=label.appear)


def _kicker(c: Composer, box: Box, align: float) -> Box:
    kicker = c.first(Shown.KICKER)
    if kicker is None or not kicker.text:
        return Box(box.x, box.y, box.w, 0)
    fitted = c.fit(kicker.text, c.look.kicker, box, c.unit * 3.1, c.unit * 2.2, 1)
    return c.letters(fitted, box, align=align, soft=True, appear=0.05, entrance=Entrance.FADE)


def _column(c: Composer, box: Box, align: float, scale: float = 1.0) -> None:
    """Figure above label, the pair centred down the box."""
    figure, label = c.first(Shown.FIGURE), c.first(Shown.LABEL) or c.first(Shown.HEADLINE)
    gap = c.unit * 2.6
    tall = (
        c.fit(figure.text, c.look.figure, Box(0, 0, box.w, box.h * 0.58), c.unit * 27 * scale, c.unit * 6, 2).height
        if figure and figure.text
        else 0.0
    )
    low = (
        c.fit(
            label.text, c.look.headline, Box(0, 0, box.w, box.h * 0.36), c.unit * _label_size(c), c.unit * 4.0, 3
        ).height
        if label and label.text
        else 0.0
    )
    top = box.y + max(0.0, box.h - tall - gap - low) / 2
    _kicker(c, Box(box.x, max(c.frame.safe.y, top - c.unit * 6), box.w, c.unit * 6), align)
    figure_block(c, Box(box.x, top, box.w, box.h * 0.58), align=align, down=0.0, scale=scale)
    label_block(c, Box(box.x, top + tall + gap, box.w, box.h * 0.36), align=align)


def _areas(c: Composer) -> tuple[Box, Box]:
    safe = c.frame.safe
    if c.frame.wide:
        return safe.part(0, 0, 0.52, 1), safe.part(0.56, 0, 1, 1)
    return safe.part(0, 0, 1, 0.44), safe.part(0, 0.47, 1, 1)


def ring(c: Composer) -> None:
    """A ring filled by the percentage with the figure inside; other figures get the picture instead."""
    figure = c.first(Shown.FIGURE)
    if figure is None or figure.share is None:
        beside(c)
        return
    safe = c.frame.safe
    if c.frame.wide:
        left, right = safe.part(0, 0, 0.42, 1), safe.part(0.47, 0, 1, 1)
    else:
        left, right = safe.part(0, 0, 1, 0.60), safe.part(0, 0.64, 1, 1)
    square = left.square(0.5, 0.5, c.unit * 60)
    _ring(c, square, figure.share, figure.appear)
    inner = square.inset(square.w * 0.20, square.h * 0.30)
    figure_block(c, inner, align=0.5, scale=0.9)
    if c.frame.wide:
        label_block(c, right, align=0.0, down=0.5)
        _kicker(c, Box(right.x, safe.y, right.w, c.unit * 6), 0.0)
    else:
        label_block(c, right, align=0.5)


def _ring(c: Composer, square: Box, share: float, appear: float) -> None:
    place = c.frame.mirror(square)
    size = round(place.w)
    thick = size * 0.085
    track, colour = c.tones.ink, c.look.mark_colour(c.ground)
    c.add(Art(tinted(ring_arc(size, thick, 1.0), track, 0.16)), place.x, place.y, 0.1, Entrance.FADE)
    if share > 0:
        arc = tinted(ring_arc(size, thick, min(1.0, share)), colour)
        c.add(Art(arc), place.x, place.y, max(0.3, appear - 0.1), Entrance.WIPE)


def bar(c: Composer) -> None:
    """A bar filled by the percentage below the figure; other figures stand centred."""
    figure = c.first(Shown.FIGURE)
    if figure is None or figure.share is None:
        centred(c)
        return
    safe = c.frame.safe
    top = safe.part(0.02, 0, 0.98, 0.62)
    align = 0.0 if c.frame.wide else 0.5
    block = figure_block(c, top, align=align, down=0.7, scale=1.15 if c.frame.wide else 0.9)
    height = c.unit * 4.4
    line = Box(top.x, block.bottom + c.unit * 3.5, top.w, height)
    place = c.frame.mirror(line)
    width = round(place.w)
    body = fill_of(rounded_distance(width, round(height), height / 2))
    c.add(Art(tinted(body, c.tones.ink, 0.16)), place.x, place.y, 0.1, Entrance.FADE)
    if figure.share > 0:
        long = max(round(height), round(width * min(1.0, figure.share)))
        done = tinted(fill_of(rounded_distance(long, round(height), height / 2)), c.look.mark_colour(c.ground))
        x = place.x + (width - long if c.frame.rtl else 0)
        c.add(Art(done), x, place.y, max(0.3, figure.appear - 0.1), Entrance.WIPE)
    low = line.bottom + c.unit * 3.5
    label_block(c, Box(top.x, low, top.w, safe.bottom - low), align=align)


def pictogram(c: Composer) -> None:
    """Ten icons of what is counted, as many in full colour as the share has tenths; other shares are a ring."""
    figure = c.first(Shown.FIGURE)
    name = None if figure is None else figure.icon
    if figure is None or figure.share is None or name is None or not _is_tenths(figure.share):
        ring(c)
        return
    text, picture = _areas(c)
    if c.frame.wide:
        text, picture = c.frame.safe.part(0, 0, 0.42, 1), c.frame.safe.part(0.46, 0, 1, 1)
    _column(c, text, 0.0 if c.frame.wide else 0.5, scale=0.86)
    gap = c.unit * 2.2
    side = min((picture.w - 4 * gap) / 5, (picture.h - gap) / 2, c.unit * 19)
    width, height = 5 * side + 4 * gap, 2 * side + gap
    left, top = picture.x + (picture.w - width) / 2, picture.y + (picture.h - height) / 2
    place = c.frame.mirror(Box(left, top, width, height))
    cell = round(side)
    bright = c.look.icon(c.icon_layer(name, cell), c.ground)
    dim = tinted(c.icon_layer(name, cell)[..., 3].astype(np.float32) / 255, c.tones.ink, 0.20)
    full = round(figure.share * 10)
    rest, lit = clear(round(width), round(height)), clear(round(width) + 2 * bright.pad, round(height) + 2 * bright.pad)
    for i in range(10):
        column = i % 5 if not c.frame.rtl else 4 - i % 5
        x, y = round(column * (side + gap)), round(i // 5 * (side + gap))
        lay_over(rest, dim, x, y) if i >= full else lay_over(lit, bright.pixels, x, y)
    c.add(Art(rest), place.x, place.y, 0.2, Entrance.FADE)
    c.add(Art(lit, bright.pad), place.x, place.y, max(0.3, figure.appear - 0.1), Entrance.WIPE)


def _is_tenths(share: float) -> bool:
    """Whether ten icons show the share as it is: 2 % would light none of them, 97 % all."""
    tenths = round(share * 10)
    return tenths > 0 and abs(share * 10 - tenths) <= 0.25


def beside(c: Composer) -> None:
    """Figure and label beside (or above) the picture."""
    text, picture = _areas(c)
    c.hero(hero_name(c), picture.square(), hero_time(c))
    _column(c, text, 0.0 if c.frame.wide else 0.5)


def centred(c: Composer) -> None:
    """The figure across the frame, the picture small above it."""
    safe = c.frame.safe
    side = min(safe.h * 0.24, c.unit * 18)
    c.hero(hero_name(c), Box(safe.cx - side / 2, safe.y, side, side), hero_time(c), fill=1.2)
    _column(c, Box(safe.x, safe.y + side + c.unit * 2, safe.w, safe.h - side - c.unit * 2), 0.5, scale=1.1)


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "figure-ring": ring,
    "figure-pictogram": pictogram,
    "figure-bar": bar,
    "figure-beside": beside,
}
