"""The slow movement of a still background: frame number in, the pixels of that frame out.

A slide at constant zoom is cut from copies of the picture that were shifted by quarter pixels beforehand,
which costs a copy per frame. A zoom is one resize per axis pair: no rotation is involved, so each axis is
a whole span of source pixels stretched to a whole span of slightly more pixels than the frame has, and the
frame is cut from that. A search over those spans finds the ones that hit the wanted real scale and offset.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_engine.render.raster import Plane, Planes, blank, filtered, resized
from videogen_engine.timeline.document import Motion

#: Frames that movement goes on after the scene's end, so that the next scene's transition need not freeze it.
TAIL_FRAMES: Final = 30
#: How many pixels more than the frame the stretched span may have.
MARGIN: Final = 48
#: A picture this close to its wanted size is used pixel by pixel instead of being resampled.
_NATIVE: Final = 0.04
_PHASES: Final = 4
#: Source pixels per frame pixel that zooming may come down to: lowest, preferred when it has to be changed,
#: highest. Around 1 the spans cannot follow a slow zoom (whole pixels only), and far above it the linear
#: kernel would skip source pixels.
_ZOOM_SCALES: Final = (1.02, 1.03, 1.25)
#: Catmull-Rom at 1/4, 1/2 and 3/4 of a pixel; the second tap is the pixel itself.
_TAPS: Final = (
    (0.0, 1.0, 0.0, 0.0),
    (-0.0703125, 0.8671875, 0.2265625, -0.0234375),
    (-0.0625, 0.5625, 0.5625, -0.0625),
    (-0.0234375, 0.2265625, 0.8671875, -0.0703125),
)


class View(NamedTuple):
    """A rectangle of the source, in source pixels."""

    left: float
    top: float
    width: float
    height: float


class Ground(Protocol):
    """What lies under everything else in a scene."""

    def draw(self, target: Planes, frame: int, scratch: Planes) -> None:
        """Fill ``target`` with the scene's frame number ``frame``."""
        ...


def scratch_for(width: int, height: int) -> Planes:
    """Room for one stretched frame; each thread needs its own."""
    return blank(width + 2 * MARGIN, height + 2 * MARGIN)


def view(motion: Motion, source: Planes, width: int, height: int, progress: float) -> View:
    """What shows at ``progress`` 0–1: the largest such rectangle, zoomed and moved by the focus."""
    zoom = motion.zoom_from + (motion.zoom_to - motion.zoom_from) * progress
    shown = min(source.width, source.height * width / height) / max(zoom, 1.0)
    tall = shown * height / width
    across = motion.focus_from[0] + (motion.focus_to[0] - motion.focus_from[0]) * progress
    down = motion.focus_from[1] + (motion.focus_to[1] - motion.focus_from[1]) * progress
    return View(
        min(max(across, 0.0), 1.0) * (source.width - shown),
        min(max(down, 0.0), 1.0) * (source.height - tall),
        shown,
        tall,
    )


def still(source: Planes, motion: Motion, width: int, height: int, frames: int) -> Ground:
    """The ground for a painted background in a scene of ``frames`` frames."""
    turns = [abs(start - end) > 1e-9 for start, end in zip(motion.focus_from, motion.focus_to, strict=True)]
    if abs(motion.zoom_from - motion.zoom_to) > 1e-9 or all(turns):
        return _Zoom(source, motion, width, height, frames)
    return _Slide(source, motion, width, height, frames, across=turns[0])


class _Slide:
    """Constant zoom, movement along one axis at most."""

    def __init__(self, source: Planes, motion: Motion, width: int, height: int, frames: int, *, across: bool) -> None:
        scale = view(motion, source, width, height, 0.0).width / width
        roomy = source.width >= width and source.height >= height
        if not (roomy and abs(scale - 1) <= _NATIVE):
            source = resized(
                source,
                max(width, math.ceil(source.width / scale / 2) * 2),
                max(height, math.ceil(source.height / scale / 2) * 2),
                fine=True,
            )
        self._motion, self._frames, self._across = motion, frames, across
        self._width, self._height = width, height
        self._slack = (source.width if across else source.height) - (width if across else height)
        if across:
            offset = round(motion.focus_from[1] * (source.height - height) / 2) * 2
            self._band = source.crop(0, offset, source.width, height)
        else:
            offset = round(motion.focus_from[0] * (source.width - width) / 2) * 2
            self._band = source.crop(offset, 0, width, source.height)
        self._luma: dict[int, Plane] = {0: self._band.y}
        self._chroma: dict[int, Plane] = {0: self._band.uv}

    def draw(self, target: Planes, frame: int, scratch: Planes) -> None:
        axis = 0 if self._across else 1
        start, end = self._motion.focus_from[axis], self._motion.focus_to[axis]
        focus = min(max(start + (end - start) * _progress(frame, self._frames), 0.0), 1.0)
        luma = round(focus * self._slack * _PHASES)
        chroma = round(focus * self._slack / 2 * _PHASES)
        np.copyto(target.y, self._cut(self._luma, luma, self._width, self._height))
        np.copyto(target.uv, self._cut(self._chroma, chroma, self._width // 2, self._height // 2))

    def _cut(self, phases: dict[int, Plane], position: int, width: int, height: int) -> Plane:
        whole, phase = divmod(position, _PHASES)
        # Threads may make the same phase at once; they make equal planes, so either may stay.
        if (plane := phases.get(phase)) is None:
            plane = phases[phase] = filtered(phases[0], _TAPS[phase], across=self._across)
        return plane[:, whole : whole + width] if self._across else plane[whole : whole + height]


class _Zoom:
    """Any movement without rotation."""

    def __init__(self, source: Planes, motion: Motion, width: int, height: int, frames: int) -> None:
        closest = min(view(motion, source, width, height, at).width / width for at in (0.0, 1.0))
        low, wanted, high = _ZOOM_SCALES
        if not low <= closest <= high:
            factor = wanted / closest
            sides = (math.ceil(side * factor / 2) * 2 for side in (source.width, source.height))
            source = resized(source, *sides, fine=True)
        self._source, self._motion, self._frames = source, motion, frames

    def draw(self, target: Planes, frame: int, scratch: Planes) -> None:
        source = self._source
        seen = view(self._motion, source, target.width, target.height, _progress(frame, self._frames))
        _stretch(source.y, seen, target.y, scratch.y)
        half = View(*(side / 2 for side in seen))
        _stretch(source.uv, half, target.uv, scratch.uv)


def _progress(frame: int, frames: int) -> float:
    return min(1.0, max(0.0, frame / (frames + TAIL_FRAMES)))


def _stretch(source: Plane, seen: View, target: Plane, scratch: Plane) -> None:
    height, width = target.shape[:2]
    x, columns, wide, left = _spans(seen.left, seen.width, width, source.shape[1])
    y, rows, tall, top = _spans(seen.top, seen.height, height, source.shape[0])
    room = scratch[:tall, :wide]
    cv2.resize(source[y : y + rows, x : x + columns], (wide, tall), dst=room)
    np.copyto(target, room[top : top + height, left : left + width])


def _spans(start: float, length: float, count: int, limit: int) -> tuple[int, int, int, int]:
    """Source start, source span, stretched span and offset in it that show ``start … start + length`` best.

    The error is the larger of those at the frame's two edges, in source pixels.
    """
    wide, offset = _candidates(count)
    scale = length / count
    span = np.minimum(np.rint(scale * wide), limit)
    real = span / wide
    skipped = offset * real
    first = np.clip(np.rint(start - skipped), 0, limit - span)
    near = first + skipped - start
    far = near + (real - scale) * count
    best = int(np.argmin(np.maximum(np.abs(near), np.abs(far))))
    return int(first[best]), int(span[best]), int(wide[best]), int(offset[best])


@lru_cache(maxsize=16)
def _candidates(count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    extra, offset = np.tril_indices(MARGIN + 1)
    return (extra + count).astype(np.float64), offset.astype(np.float64)
