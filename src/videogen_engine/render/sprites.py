"""Foreground elements: each enters in its own way, and what has settled is merged so that it costs little."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from videogen_engine.render.raster import (
    Planes,
    Tile,
    blank,
    blend,
    blend_partly,
    product,
    resized,
    stack,
    weighted,
)
from videogen_engine.visuals.model import Entrance

#: How far a rising sprite travels, and how small a popping one begins, as shares of the frame and of itself.
_RISE: Final = 0.04
_POP: Final = 0.86
#: Share of a rising or popping entrance after which the sprite is opaque.
_OPAQUE_AFTER: Final = 0.6
#: Clear rows that a rising sprite needs around it, for the fractions of its way.
RISE_MARGIN: Final = 2
#: Soft edge of a wipe as a share of the sprite's width.
_EDGE: Final = 0.12


@dataclass(frozen=True)
class Actor:
    """A sprite ready to be drawn. ``first`` is the frame it appears in, ``length`` its entrance in frames."""

    tile: Tile
    entrance: Entrance
    first: int
    length: int

    def progress(self, frame: int) -> float | None:
        """None before it appears, 0–1 while it enters, 1 once settled."""
        if frame < self.first:
            return None
        if self.entrance is Entrance.NONE or self.length <= 0:
            return 1.0
        return min(1.0, (frame - self.first + 1) / (self.length + 1))


_Layer: TypeAlias = "Tile | Actor"


class Cast:
    """The sprites of one scene, drawn frame after frame. Not shared between threads."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._actors = tuple(actors)
        self._state: tuple[bool | None, ...] = ()
        self._layers: list[_Layer] = []
        self._merged: dict[tuple[int, ...], list[Tile]] = {}

    def progress(self, frame: int) -> tuple[float | None, ...]:
        """How far each sprite has entered."""
        return tuple(actor.progress(frame) for actor in self._actors)

    def draw(self, target: Planes, frame: int) -> None:
        """Lay every sprite that shows in ``frame`` on ``target``, in paint order."""
        progress = self.progress(frame)
        state = tuple(None if at is None else at >= 1.0 for at in progress)
        if state != self._state:
            self._state, self._layers = state, self._arrange(state)
        for layer in self._layers:
            if isinstance(layer, Tile):
                blend(target, layer)
            else:
                _enter(target, layer, layer.progress(frame) or 0.0)

    def _arrange(self, state: Sequence[bool | None]) -> list[_Layer]:
        """Settled sprites in a row become one layer; those that move stay between them."""
        layers: list[_Layer] = []
        kept: dict[tuple[int, ...], list[Tile]] = {}

        def close(row: list[int]) -> None:
            if key := tuple(row):
                kept[key] = self._merged.get(key) or merge([self._actors[index].tile for index in key])
                layers.extend(kept[key])
            row.clear()

        row: list[int] = []
        for index, settled in enumerate(state):
            if settled:
                row.append(index)
            elif settled is not None:
                close(row)
                layers.append(self._actors[index])
        close(row)
        self._merged = kept
        return layers


def merge(tiles: Sequence[Tile]) -> list[Tile]:
    """Fewer tiles that look the same: those that overlap become one, in paint order."""
    groups: list[tuple[_Box, list[Tile]]] = []
    for tile in tiles:
        box, members = _Box.of(tile), [tile]
        # Joining two groups can make the box reach a third one, so look again after each.
        while touching := [group for group in groups if group[0].meets(box)]:
            groups = [group for group in groups if group not in touching]
            box = box.around([other for other, _ in touching])
            members = [member for _, some in touching for member in some] + members
        groups.append((box, members))
    order = {id(tile): index for index, tile in enumerate(tiles)}
    return [_flat(box, sorted(members, key=lambda tile: order[id(tile)])) for box, members in groups]


@dataclass(frozen=True)
class _Box:
    left: int
    top: int
    right: int
    bottom: int

    @staticmethod
    def of(tile: Tile) -> _Box:
        return _Box(tile.x, tile.y, tile.x + tile.width, tile.y + tile.height)

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def around(self, others: Sequence[_Box]) -> _Box:
        every = [self, *others]
        return _Box(
            min(box.left for box in every),
            min(box.top for box in every),
            max(box.right for box in every),
            max(box.bottom for box in every),
        )


def _flat(box: _Box, members: Sequence[Tile]) -> Tile:
    if len(members) == 1:
        return members[0]
    width, height = box.right - box.left, box.bottom - box.top
    flat = Tile(box.left, box.top, blank(width, height), blank(width, height, 255, 255))
    for member in members:
        stack(flat, member)
    return flat


def _enter(target: Planes, actor: Actor, at: float) -> None:
    tile = actor.tile
    match actor.entrance:
        case Entrance.RISE:
            offset = (1 - _eased(at)) * _RISE * min(target.width, target.height)
            blend(target, _lowered(tile, offset, min(1.0, at / _OPAQUE_AFTER)))
        case Entrance.POP:
            blend_partly(target, _scaled(tile, _sprung(at)), min(1.0, at / _OPAQUE_AFTER))
        case Entrance.WIPE:
            for part in _wiped(tile, _eased(at)):
                blend(target, part)
        case Entrance.FADE | Entrance.NONE:
            blend_partly(target, tile, _smooth(at))


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
