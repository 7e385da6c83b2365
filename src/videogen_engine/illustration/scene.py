"""Where the things of an illustration stand: some in the sky, one in front, the others around and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from videogen_engine.illustration.reading import Thing
from videogen_engine.visuals.geometry import Box

#: Where the main thing stands, by arrangement: its middle and its foot as shares of the frame, and its size.
_FRONTS = (
    (0.5, 0.86, 1.0),
    (0.33, 0.88, 1.08),
    (0.68, 0.87, 1.02),
    (0.5, 0.95, 1.32),
    (0.24, 0.84, 0.86),
    (0.77, 0.9, 1.12),
)

_WEATHER = re.compile(r"snowflake|cloud|sun|moon|star|rainbow|droplet|fog|lightning")


@dataclass(frozen=True)
class Placed:
    """``thing`` None is the user's picture number ``picture``. ``standing`` things have a shadow under them."""

    box: Box
    thing: Thing | None
    picture: int = 0
    standing: bool = True
    mirrored: bool = False


def placed(things: tuple[Thing, ...], pictures: int, width: int, height: int, variant: int, seed: int) -> list[Placed]:
    """Everything in paint order: far things first."""
    random = np.random.default_rng([seed & 0xFFFFFFFF, 7])
    middle, foot, scale = _FRONTS[variant % len(_FRONTS)]
    unit = min(width, height * 1.15)
    above = [thing for thing in things if thing.is_above]
    below = [thing for thing in things if not thing.is_above]
    out = _sky(above, width, height, unit, middle, random, alone=not below and not pictures)
    front: list[Placed] = []
    if pictures:
        size = unit * (0.62 if pictures == 1 else 0.44)
        for index in range(pictures):
            across = middle if pictures == 1 else (index + 0.8) / (pictures + 0.6)
            left = np.clip(across * width - size / 2, width * 0.03, width * 0.97 - size)
            front.append(Placed(Box(float(left), height * 0.5 - size * 0.5, size, size), None, index, standing=False))
    others: list[Placed] = []
    size = unit * (0.54 if len(below) < 3 else 0.46) * scale * (0.62 if pictures else 1.0)
    side = -1 if middle > 0.5 else 1
    for rank, thing in enumerate(below):
        each = size * (1.0 if rank == 0 else 0.62 - 0.05 * rank)
        beside = 0.29 if rank <= 2 else 0.43
        raised = 0.05 + 0.02 * rank
        if width < height:
            # Without room beside it, the others stand farther back.
            beside, raised = 0.25, 0.27 + 0.2 * ((rank - 1) // 2)
        centre = middle if rank == 0 and not pictures else middle + side * beside
        if rank:
            side = -side
        many = _many(
            thing,
            each,
            width,
            height,
            float(np.clip(centre, 0.09, 0.91)),
            foot - (0.0 if rank == 0 else raised),
            random,
        )
        (front if rank == 0 and not pictures else others).extend(many)
    standing = sorted(others, key=lambda one: one.box.bottom)
    if pictures:
        return [*out, *front, *standing]
    return [*out, *sorted([*standing, *front], key=lambda one: one.box.bottom)]


def _many(
    thing: Thing, size: float, width: int, height: int, centre: float, foot: float, random: np.random.Generator
) -> list[Placed]:
    """One, or a group of which no two are quite alike; the first is the largest and in front."""
    found: list[Placed] = []
    number = thing.number
    spread = 0.0 if number == 1 else min(0.36, 0.12 * number)
    for index in range(number):
        each = size * (1.0 if number == 1 else float(0.78 - 0.05 * index + 0.04 * random.normal()))
        slot = 0.0 if number == 1 else ((index + 0.5) / number - 0.5) * 2
        x = (centre + spread * slot) * width - each / 2
        x = float(np.clip(x, width * 0.01, width * 0.99 - each))
        y = (foot - (0.0 if number == 1 else 0.035 * (index % 3) * (1 + 0.2 * random.normal()))) * height - each
        found.append(Placed(Box(x, y, each, each), thing, mirrored=bool(index % 2 and number > 1)))
    return found


def _sky(
    things: list[Thing],
    width: int,
    height: int,
    unit: float,
    middle: float,
    random: np.random.Generator,
    *,
    alone: bool,
) -> list[Placed]:
    found: list[Placed] = []
    across = 0.78 if middle < 0.45 else 0.22 if middle > 0.55 else 0.76
    for rank, thing in enumerate(things):
        large = alone and rank == 0 and _WEATHER.search(thing.icon) is None
        size = unit * (0.5 if large else 0.24 - 0.02 * rank)
        centre = (middle if large else across if rank % 2 == 0 else 1 - across) + 0.04 * random.normal()
        for index in range(thing.number):
            each = size * (1.0 if thing.number == 1 else float(0.75 - 0.06 * index))
            x = centre + (0 if thing.number == 1 else (index - (thing.number - 1) / 2) * 0.17)
            y = (0.46 if large else 0.2 + 0.07 * (rank // 2)) + (0.07 * random.normal() if index else 0.0)
            box = Box(
                float(np.clip(x * width - each / 2, 0, width - each)),
                float(np.clip(y, 0.1, 0.6)) * height - each / 2,
                each,
                each,
            )
            found.append(Placed(box, thing, standing=False, mirrored=bool(index % 2)))
    return found
