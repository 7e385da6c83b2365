"""Lettering colours that can be read on the ground they really stand on (WCAG 2.2, 4.5 : 1)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from videogen_engine.visuals.colour import BLACK, WHITE, Rgb, at_lightness, luminance, luminance_map, to_oklch
from videogen_engine.visuals.pixels import Pixels

#: The ratio that lettering must reach, with a little in hand for resampling and encoding.
WANTED = 4.75
#: The share of the ground that may fall short of a ratio: specks, glints, a hair line.
_WORST_SHARE = 4.0


def worst_contrast(colour: Rgb, ground: Pixels) -> float:
    """The contrast of ``colour`` against the least favourable 4 % of a BGR ground."""
    if ground.size == 0:
        return 21.0
    under = luminance_map(ground) + 0.05
    own = luminance(colour) + 0.05
    ratios = np.maximum(under, own) / np.minimum(under, own)
    return float(np.percentile(ratios, _WORST_SHARE))


def _shades(colour: Rgb) -> Iterable[Rgb]:
    """The colour itself, then lighter and darker ones of the same hue, the nearest first; never its opposite."""
    yield colour
    lightness = to_oklch(colour)[0]
    for step in (0.05, 0.10, 0.15, 0.20, 0.26):
        for wanted in (lightness + step, lightness - step):
            if 0.12 <= wanted <= 0.97:
                yield at_lightness(colour, wanted)


def legible(colour: Rgb, ground: Pixels, wanted: float = WANTED) -> Rgb | None:
    """``colour``, or the nearest shade of it that reaches ``wanted`` on ``ground``, or None."""
    return next((shade for shade in _shades(colour) if worst_contrast(shade, ground) >= wanted), None)


def best_of_extremes(ground: Pixels) -> Rgb:
    """White or black, whichever reads better."""
    return max((WHITE, BLACK), key=lambda colour: worst_contrast(colour, ground))
