"""How a sprite enters: what has to be laid on the frame while it is on its way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from videogen_engine.render.overlay import Box
from videogen_engine.render.raster import Planes, Tile, blend, blend_partly, product, resized, weighted
from videogen_engine.visuals.model import Entrance

#: How far a rising sprite travels, and how small a popping one begins, as shares of the frame and of itself.
_RISE: Final = 0.04
_POP: Final = 0.86
#: How much larger than itself a popping sprite gets, at most.
_OVERSHOOT: Final = 0.04
#: Share of a rising or popping entrance after which the sprite is opaque.
_OPAQUE_AFTER: Final = 0.6
#: Clear rows that a rising sprite needs around it, for the fractions of its way.
RISE_MARGIN: Final = 2
#: Soft edge of a wipe as a share of the sprite's width.
_EDGE: Final = 0.12


@dataclass(frozen=True)
class Stroke:
    """A tile to be laid on the frame at a part of its opacity."""

    tile: Tile
    opacity: float = 1.0

    def draw(self, target: Planes) -> None:
        if self.opacity >= 1.0:
            blend(target, self.tile)
        else:
            blend_partly(target, self.tile, self.opacity)


def strokes(tile: Tile, entrance: Entrance, at: float, short_side: int) -> list[Stroke]:
    """The sprite at ``at`` 0–1 of its entrance, in a frame whose short side has that many pixels."""
    match entrance:
        case Entrance.RISE:
            offset = (1 - _eased(at)) * _RISE * short_side
            return [Stroke(_lowered(tile, offset, min(1.0, at / _OPAQUE_AFTER)))]
        case Entrance.POP:
            return [Stroke(_scaled(tile, _sprung(at)), min(1.0, at / _OPAQUE_AFTER))]
        case Entrance.WIPE:
            return [Stroke(part) for part in _wiped(tile, _eased(at))]
        case Entrance.FADE | Entrance.NONE:
            return [Stroke(tile, _smooth(at))]


def reach(tile: Tile, short_side: int) -> Box:
    """Everywhere that the sprite can be seen while it enters."""
    box = Box.of(tile)
    across, down = (math.ceil(side * _OVERSHOOT / 2) + 2 for side in (tile.width, tile.height))
    below = max(down, math.ceil(short_side * _RISE) + 2)
    return Box(box.left - across, box.top - down, box.right + across, box.bottom + below)


def _eased(at: float) -> float:
    """Fast, then slowing down."""
    return 1 - (1 - at) ** 3


def _smooth(at: float) -> float:
    return at * at * (3 - 2 * at)


def _sprung(at: float) -> float:
    """From ``_POP`` to slightly above 1 and back to it."""
    swing = 1.4
    past = at - 1
    return _POP + (1 - _POP) * (1 + past * past * ((swing + 1) * past + swing))


def _lowered(tile: Tile, offset: float, opacity: float) -> Tile:
    """The tile moved down by fractions of a pixel as well: each row is a mixture of two neighbours.

    The clear rows above and below it take up what is less than a whole chroma row.
    """
    whole = math.floor(offset / 2) * 2
    shift = offset - whole
    moved = Tile(tile.x, tile.y + whole, _like(tile.ink), _like(tile.rest))
    for source, clear, target, step in (
        (tile.ink.y, 0, moved.ink.y, shift),
        (tile.ink.uv, 0, moved.ink.uv, shift / 2),
        (tile.rest.y, 255, moved.rest.y, shift),
        (tile.rest.uv, 255, moved.rest.uv, shift / 2),
    ):
        down, share = int(step), step - int(step)
        rows = len(source) - down - 1
        target[: down + 1] = clear
        weighted(
            source[1 : 1 + rows],
            (1 - share) * opacity,
            source[:rows],
            share * opacity,
            clear * (1 - opacity),
            target[down + 1 :],
        )
    return moved


def _like(planes: Planes) -> Planes:
    return Planes(np.empty_like(planes.y), np.empty_like(planes.uv))


def _scaled(tile: Tile, factor: float) -> Tile:
    width = max(2, round(tile.width * factor / 2) * 2)
    height = max(2, round(tile.height * factor / 2) * 2)
    x = tile.x + math.floor((tile.width - width) / 4) * 2
    y = tile.y + math.floor((tile.height - height) / 4) * 2
    return Tile(x, y, resized(tile.ink, width, height), resized(tile.rest, width, height))


def _wiped(tile: Tile, at: float) -> list[Tile]:
    """What a wipe from the left has uncovered: the part that is all there, and the soft edge."""
    edge = max(2, round(tile.width * _EDGE / 2) * 2)
    reach = round((tile.width + edge) * at / 2) * 2
    full, end = min(max(0, reach - edge), tile.width), min(reach, tile.width)
    parts: list[Tile] = []
    if full:
        parts.append(tile.crop(0, 0, full, tile.height))
    if end > full:
        soft = tile.crop(full, 0, end - full, tile.height)
        ramp = np.clip((reach - np.arange(full, end) - 0.5) / edge * 255, 0, 255).astype(np.uint8)
        luma = np.ascontiguousarray(np.broadcast_to(ramp, soft.ink.y.shape))
        chroma = np.ascontiguousarray(np.broadcast_to(ramp[::2, None], soft.ink.uv.shape))
        ink = Planes(product(soft.ink.y, luma), product(soft.ink.uv, chroma))
        rest = Planes(255 - product(255 - soft.rest.y, luma), 255 - product(255 - soft.rest.uv, chroma))
        parts.append(Tile(soft.x, soft.y, ink, rest))
    return parts
