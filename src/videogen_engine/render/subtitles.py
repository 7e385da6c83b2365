"""Burned-in captions: the painted state of each moment, cut from its sheet."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

import numpy as np

from videogen_engine.captions.model import CaptionPatch, CaptionState, PaintedCaptions
from videogen_engine.render.raster import Plane, Planes, Tile, decode, tile
from videogen_engine.stage import ArtifactStore

#: Seconds; a state that begins this little after a frame's time belongs to the frame.
_SLACK: Final = 1e-6


@dataclass(frozen=True)
class LoadedCaptions:
    """The states of one scene in order of time, and their decoded sheets; threads may share it."""

    states: tuple[CaptionState, ...]
    sheets: dict[str, Plane]


def load_captions(painted: PaintedCaptions, store: ArtifactStore) -> LoadedCaptions:
    """Read the sheets. Raises InputError when one is no image."""
    images = {state.image.key: state.image for state in painted.states}
    return LoadedCaptions(
        tuple(sorted(painted.states, key=lambda state: state.start)),
        {key: decode(store.path(image).read_bytes(), "A caption sheet") for key, image in images.items()},
    )


class Subtitles:
    """One scene's captions, frame after frame. Each thread needs its own."""

    def __init__(self, captions: LoadedCaptions, rate: int) -> None:
        self._captions, self._rate = captions, rate
        self._starts = [state.start for state in captions.states]
        self._base: tuple[tuple[object, ...], Tile] | None = None
        self._shown: tuple[tuple[object, ...], Tile] | None = None

    def moment(self, frame: int) -> tuple[object, ...] | None:
        """Equal for two frames with the same captions; None where there are none."""
        state = self._state(frame)
        return None if state is None else (state.x, state.y, _place(state), state.patch)

    def tile(self, frame: int) -> Tile | None:
        """The state of scene frame ``frame`` at its place, if there is one."""
        if (state := self._state(frame)) is None:
            return None
        key = (_place(state), state.patch)
        if self._shown is None or self._shown[0] != key:
            self._shown = (key, self._cut(state))
        return self._shown[1].moved(state.x & ~1, state.y & ~1)

    def _state(self, frame: int) -> CaptionState | None:
        seconds = frame / self._rate + _SLACK
        index = bisect_right(self._starts, seconds) - 1
        if index < 0 or seconds >= self._captions.states[index].end:
            return None
        return self._captions.states[index]

    def _cut(self, state: CaptionState) -> Tile:
        place = _place(state)
        if self._base is None or self._base[0] != place:
            self._base = (place, tile(self._pixels(state), state.x, state.y))
        base = self._base[1]
        return base if state.patch is None else self._patched(base, state, state.patch)

    def _pixels(self, state: CaptionState) -> Plane:
        sheet = self._captions.sheets[state.image.key]
        return sheet[state.sheet_y : state.sheet_y + state.height, state.sheet_x : state.sheet_x + state.width]

    def _patched(self, base: Tile, state: CaptionState, patch: CaptionPatch) -> Tile:
        """The tile with one word replaced. Only the pixels around it are converted again."""
        across, down = state.x & 1, state.y & 1
        left, top = (patch.x + across) & ~1, (patch.y + down) & ~1
        right = min(base.width, (patch.x + across + patch.width + 1) & ~1)
        bottom = min(base.height, (patch.y + down + patch.height + 1) & ~1)
        # An even cut-out of the whole tile, so that each chroma value is made from its own four pixels.
        whole = np.zeros((base.height, base.width, 4), np.uint8)
        pixels = self._pixels(state)
        whole[down : down + state.height, across : across + state.width] = pixels
        sheet = self._captions.sheets[state.image.key]
        lit = sheet[patch.sheet_y : patch.sheet_y + patch.height, patch.sheet_x : patch.sheet_x + patch.width]
        row, column = patch.y + down, patch.x + across
        whole[row : row + patch.height, column : column + patch.width] = lit
        piece = tile(whole[top:bottom, left:right], base.x + left, base.y + top)
        ink = Planes(base.ink.y.copy(), base.ink.uv.copy())
        rest = Planes(base.rest.y.copy(), base.rest.uv.copy())
        ink.crop(left, top, piece.width, piece.height).copy_from(piece.ink)
        rest.crop(left, top, piece.width, piece.height).copy_from(piece.rest)
        return Tile(base.x, base.y, ink, rest)


def _place(state: CaptionState) -> tuple[object, ...]:
    """What the unpatched tile is made from; it is padded to even edges, so an odd position counts."""
    corner = (state.sheet_x, state.sheet_y, state.width, state.height)
    return (state.image.key, *corner, state.x & 1, state.y & 1)
