"""Burned-in captions: the painted state of each moment, cut from its sheet and laid over the frame."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from videogen_engine.captions.model import CaptionState
from videogen_engine.render.raster import Plane, Planes, Tile, blend, decode, tile
from videogen_engine.stage import ArtifactStore

#: Seconds; a state that begins this little after a frame's time belongs to the frame.
_SLACK: Final = 1e-6


class Subtitles:
    """The caption states of one scene. Holds one decoded sheet and one tile at a time."""

    def __init__(self, states: Sequence[CaptionState], store: ArtifactStore, rate: int) -> None:
        self._states = sorted(states, key=lambda state: state.start)
        self._starts = [state.start for state in self._states]
        self._store, self._rate = store, rate
        self._sheet: tuple[str, Plane] | None = None
        self._tile: tuple[CaptionState, Tile] | None = None

    def draw(self, target: Planes, frame: int) -> None:
        """Lay the state of scene frame ``frame`` on ``target``, if there is one."""
        seconds = frame / self._rate
        index = bisect_right(self._starts, seconds + _SLACK) - 1
        if index < 0 or seconds + _SLACK >= self._states[index].end:
            return
        state = self._states[index]
        if self._tile is None or not _same_pixels(self._tile[0], state):
            self._tile = (state, self._cut(state))
        blend(target, self._tile[1].moved(state.x & ~1, state.y & ~1))

    def _cut(self, state: CaptionState) -> Tile:
        if self._sheet is None or self._sheet[0] != state.image.key:
            data = self._store.path(state.image).read_bytes()
            self._sheet = (state.image.key, decode(data, "A caption sheet"))
        sheet = self._sheet[1]
        rows = slice(state.sheet_y, state.sheet_y + state.height)
        columns = slice(state.sheet_x, state.sheet_x + state.width)
        pixels = sheet[rows, columns]
        if (patch := state.patch) is not None:
            pixels = pixels.copy()
            lit = sheet[
                patch.sheet_y : patch.sheet_y + patch.height, patch.sheet_x : patch.sheet_x + patch.width
            ]
            pixels[patch.y : patch.y + patch.height, patch.x : patch.x + patch.width] = lit
        return tile(pixels, state.x, state.y)


def _same_pixels(first: CaptionState, second: CaptionState) -> bool:
    def place(state: CaptionState) -> tuple[object, ...]:
        # The tile is padded to even edges, so an odd position is part of its pixels.
        corner = (state.sheet_x, state.sheet_y, state.width, state.height)
        return (state.image.key, *corner, state.patch, state.x & 1, state.y & 1)

    return place(first) == place(second)
