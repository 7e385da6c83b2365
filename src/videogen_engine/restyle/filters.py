"""A choice of styles as one filter: each of the catalogue's has its maker here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from videogen_engine.restyle import drawing, grading, painting, printing
from videogen_engine.restyle.canvas import Brush, Canvas, mixed
from videogen_engine.restyle.catalogue import STYLES, Turn
from videogen_engine.restyle.model import Treatment
from videogen_engine.visuals.pixels import Pixels

MAKERS: Final[Mapping[str, Callable[[Canvas], Brush]]] = {
    "cartoon": drawing.cartoon,
    "comic": drawing.comic,
    "anime": drawing.anime,
    "pencil sketch": drawing.pencil,
    "ink drawing": drawing.ink,
    "charcoal": drawing.charcoal,
    "watercolour": painting.watercolour,
    "oil painting": painting.oil,
    "pixel art": drawing.pixel_art,
    "poster": drawing.poster,
    "pop art": drawing.pop_art,
    "blueprint": drawing.blueprint,
    "neon": painting.neon,
    "thermal": drawing.thermal,
    "black and white": grading.black_and_white,
    "noir": grading.noir,
    "sepia": grading.sepia,
    "cinematic": grading.cinematic,
    "warm": grading.warm,
    "cool": grading.cool,
    "pastel": grading.pastel,
    "vivid": grading.vivid,
    "muted": grading.muted,
    "high contrast": grading.high_contrast,
    "night": grading.night,
    "dream": printing.dream,
    "vignette": printing.vignette,
    "vintage film": printing.vintage,
    "film grain": printing.film_grain,
    "halftone": printing.halftone,
    "vhs": printing.vhs,
}


def brush_of(treatments: Sequence[Treatment], canvas: Canvas) -> Brush:
    """All of them, one after the other. Threads may share it."""
    brushes = [_brush(treatment, canvas) for treatment in treatments]

    def paint(frame: Pixels, number: int) -> Pixels:
        for brush in brushes:
            frame = brush(frame, number)
        return frame

    return paint


def draws(treatments: Sequence[Treatment]) -> bool:
    """Whether any of them draws, which noise would make flicker."""
    return any(STYLES[treatment.style].turn is Turn.DRAW for treatment in treatments)


def _brush(treatment: Treatment, canvas: Canvas) -> Brush:
    brush = MAKERS[treatment.style](replace(canvas, strength=max(1.0, treatment.strength)))
    if treatment.strength >= 1:
        return brush
    cover = treatment.strength

    def lightly(frame: Pixels, number: int) -> Pixels:
        return mixed(frame, brush(frame, number), cover)

    return lightly
