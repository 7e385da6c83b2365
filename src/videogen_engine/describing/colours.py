"""Names of the colours that a picture mostly has."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.colour import to_oklch

#: Shares below this are not worth a word.
_LEAST_SHARE: Final = 0.12
_MOST_NAMES: Final = 3
#: Hues in OKLCH (degrees) up to which a name goes.
_HUES: Final = (
    (15.0, "pink"),
    (45.0, "red"),
    (80.0, "orange"),
    (115.0, "yellow"),
    (165.0, "green"),
    (215.0, "turquoise"),
    (285.0, "blue"),
    (320.0, "purple"),
    (360.0, "pink"),
)


def colour_names(rgb: NDArray[np.uint8]) -> tuple[str, ...]:
    """Of the pixels ``[n, 3]``, the most frequent colours first; at most three."""
    coarse = (rgb >> 4).astype(np.int32)
    keys, counts = np.unique((coarse[:, 0] << 8) | (coarse[:, 1] << 4) | coarse[:, 2], return_counts=True)
    shares: Counter[str] = Counter()
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        red, green, blue = ((key >> shift & 15) * 17 for shift in (8, 4, 0))
        shares[_name(red, green, blue)] += count
    total = max(1, len(rgb))
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    names = [name for name, count in ranked if count / total >= _LEAST_SHARE][:_MOST_NAMES]
    return tuple(names or [name for name, _ in ranked[:1]])


def _name(red: int, green: int, blue: int) -> str:
    light, chroma, hue = to_oklch((red, green, blue))
    if light < 0.22:
        return "black"
    if chroma < 0.035:
        return "white" if light > 0.93 else "grey"
    if 20 <= hue <= 105:
        if light < 0.55 and chroma < 0.14:
            return "brown"
        if chroma < 0.07 and light > 0.7:
            return "beige"
    if light > 0.96 and chroma < 0.06:
        return "white"
    return next(name for limit, name in _HUES if hue <= limit)
