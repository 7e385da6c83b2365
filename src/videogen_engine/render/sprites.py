"""Foreground elements: each enters in its own way, and what has settled is merged so that it costs little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from videogen_engine.render.entrances import Stroke, reach, strokes
from videogen_engine.render.overlay import Box, merge
from videogen_engine.render.raster import Planes, Tile, blend
from videogen_engine.visuals.model import Entrance


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

    def __init__(self, actors: Sequence[Actor], short_side: int) -> None:
        self._actors, self._short_side = tuple(actors), short_side
        self._state: tuple[bool | None, ...] = ()
        self._still: list[_Layer] = []
        self._moving: list[Actor] = []

    def progress(self, frame: int) -> tuple[float | None, ...]:
        """How far each sprite has entered."""
        return tuple(actor.progress(frame) for actor in self._actors)

    def still(self, frame: int) -> tuple[object, ...]:
        """Equal for two frames for which ``draw_still`` draws the same."""
        self._arrange(frame)
        entangled = any(isinstance(layer, Actor) for layer in self._still)
        settled = tuple(index for index, done in enumerate(self._state) if done)
        return (settled, frame if entangled else None)

    def draw_still(self, target: Planes, frame: int) -> None:
        """Lay what has settled on ``target``, with whatever has to be drawn before some of it."""
        self._arrange(frame)
        for layer in self._still:
            if isinstance(layer, Tile):
                blend(target, layer)
            else:
                for stroke in self._strokes(layer, frame):
                    stroke.draw(target)

    def moving(self, frame: int) -> list[Stroke]:
        """What enters over all that, in paint order."""
        self._arrange(frame)
        return [stroke for actor in self._moving for stroke in self._strokes(actor, frame)]

    def _strokes(self, actor: Actor, frame: int) -> list[Stroke]:
        return strokes(actor.tile, actor.entrance, actor.progress(frame) or 0.0, self._short_side)

    def _arrange(self, frame: int) -> None:
        """Settled sprites become few tiles, and those on their way are drawn after them wherever that
        looks the same; otherwise they stay between them."""
        state = tuple(None if at is None else at >= 1.0 for at in self.progress(frame))
        if state == self._state:
            return
        self._state = state
        moving = [index for index, settled in enumerate(state) if settled is False]
        settled = [index for index, settled in enumerate(state) if settled]
        if any(self._covers(upper, lower) for lower in moving for upper in settled if upper > lower):
            self._still, self._moving = self._interleaved(state), []
        else:
            self._still = list(self._merge(settled))
            self._moving = [self._actors[index] for index in moving]

    def _covers(self, upper: int, lower: int) -> bool:
        return Box.of(self._actors[upper].tile).meets(reach(self._actors[lower].tile, self._short_side))

    def _interleaved(self, state: Sequence[bool | None]) -> list[_Layer]:
        layers: list[_Layer] = []
        row: list[int] = []
        for index, settled in enumerate(state):
            if settled:
                row.append(index)
            elif settled is not None:
                layers += [*self._merge(row), self._actors[index]]
                row = []
        return [*layers, *self._merge(row)]

    def _merge(self, row: Sequence[int]) -> list[Tile]:
        return merge([self._actors[index].tile for index in row])
