"""Where tiles are and which of them meet; those that do can be merged into one that looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videogen_engine.render.raster import Tile, blank, stack


@dataclass(frozen=True)
class Box:
    """Pixels of the frame; ``right`` and ``bottom`` are behind the last one."""

    left: int
    top: int
    right: int
    bottom: int

    @staticmethod
    def of(tile: Tile) -> Box:
        return Box(tile.x, tile.y, tile.x + tile.width, tile.y + tile.height)

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def around(self, others: Sequence[Box]) -> Box:
        every = [self, *others]
        return Box(
            min(box.left for box in every),
            min(box.top for box in every),
            max(box.right for box in every),
            max(box.bottom for box in every),
        )


def merge(tiles: Sequence[Tile]) -> list[Tile]:
    """Fewer tiles that look the same: those that overlap become one, in paint order."""
    groups: list[tuple[Box, list[Tile]]] = []
    for tile in tiles:
        box, members = Box.of(tile), [tile]
        # Joining two groups can make the box reach a third one, so look again after each.
        while touching := [group for group in groups if group[0].meets(box)]:
            groups = [group for group in groups if group not in touching]
            box = box.around([other for other, _ in touching])
            members = [member for _, some in touching for member in some] + members
        groups.append((box, members))
    order = {id(tile): index for index, tile in enumerate(tiles)}
    return [_flat(box, sorted(members, key=lambda tile: order[id(tile)])) for box, members in groups]


def _flat(box: Box, members: Sequence[Tile]) -> Tile:
    if len(members) == 1:
        return members[0]
    width, height = box.right - box.left, box.bottom - box.top
    flat = Tile(box.left, box.top, blank(width, height), blank(width, height, 255, 255))
    for member in members:
        stack(flat, member)
    return flat
