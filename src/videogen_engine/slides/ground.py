"""The colour around pages: one for the whole film, deep, and of the hue that the pages use most."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from videogen_engine.visuals.colour import Rgb, hex_code, oklch, to_oklch
from videogen_engine.visuals.pixels import Pixels

_BINS = 36
#: Below this share of coloured pixels a document counts as black and white.
_COLOURED = 0.004
_PLAIN: Rgb = (62, 74, 92)
#: Lightness of pages, from which on they count as dark.
_DARK = 0.36


def ground_for(pages: Sequence[Pixels]) -> str:
    """``#rrggbb`` for small BGR pictures of the pages."""
    seen = np.concatenate([page.reshape(-1, 3) for page in pages])
    hsv = np.asarray(cv2.cvtColor(seen.reshape(1, -1, 3), cv2.COLOR_BGR2HSV), dtype=np.float32)[0]
    weight = np.where((hsv[:, 1] > 70) & (hsv[:, 2] > 50), hsv[:, 1] * hsv[:, 2], 0.0)
    middle = seen[weight > 0]
    colour = _PLAIN
    if len(middle) > _COLOURED * len(seen):
        bins = (hsv[:, 0] / 180 * _BINS).astype(np.int64) % _BINS
        counts = np.bincount(bins, weights=weight, minlength=_BINS)
        around = counts + 0.5 * (np.roll(counts, 1) + np.roll(counts, -1))
        chosen = seen[(bins == int(np.argmax(around))) & (weight > 0)].mean(axis=0)
        colour = (round(float(chosen[2])), round(float(chosen[1])), round(float(chosen[0])))
    blue, green, red = (round(float(part)) for part in np.median(seen, axis=0))
    return hex_code(ground_around(colour, (red, green, blue)))


def ground_around(colour: Rgb, page: Rgb) -> Rgb:
    """The ground of ``colour``'s hue around pages of that colour."""
    _, chroma, hue = to_oklch(colour)
    # Dark pages would sink into a dark ground.
    depth = 0.44 if to_oklch(page)[0] < _DARK else 0.27
    return oklch(depth, min(chroma * 0.75, 0.09), hue)
