"""The slow movement of a still background: frame number in, the pixels of that frame out.

Movement goes in steps of half a pixel, or finer ones where those would be seen one by one, so that frames
between two steps need not be drawn. A slide at constant zoom is cut from copies of the picture that were
shifted by parts of a pixel beforehand, which costs a copy per step. A zoom is one resize per plane: no
rotation is involved, so each axis is a whole span of source pixels stretched to a whole span of slightly more
pixels than the frame has, and the frame is cut from that. A search over those spans finds the ones that hit
the wanted real scale and offset.
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
#: Steps per frame below which movement is seen as steps (9 a second at 30 frames a second), and the size of
#: a step in pixels.
_SMOOTH: Final = 0.3
_STEP: Final = 0.5
#: Source pixels per frame pixel that zooming may come down to: lowest, preferred when it has to be changed,
#: highest. Around 1 the spans cannot follow a slow zoom (whole pixels only), and far above it the linear
#: kernel would skip source pixels.
_ZOOM_SCALES: Final = (1.02, 1.03, 1.25)


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

    def step(self, frame: int) -> int:
        """A number that is the same for two frames that look the same."""
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
        self._frames, self._across = frames, across
        self._slack = (source.width if across else source.height) - (width if across else height)
        if across:
            offset = round(motion.focus_from[1] * (source.height - height) / 2) * 2
            self._band = source.crop(0, offset, source.width, height)
        else:
            offset = round(motion.focus_from[0] * (source.width - width) / 2) * 2
            self._band = source.crop(offset, 0, width, source.height)
        axis = 0 if across else 1
        self._from, self._to = motion.focus_from[axis], motion.focus_to[axis]
        per_frame = abs(self._to - self._from) * self._slack / (frames + TAIL_FRAMES)
        #: Positions per pixel. All lie equally far from whole pixels, so that no step is sharper than the next.
        self._phases = 1 if per_frame == 0 else 2 if per_frame / _STEP >= _SMOOTH else 4
        self._luma: dict[int, Plane] = {}
        self._chroma: dict[int, Plane] = {}

    def step(self, frame: int) -> int:
        focus = min(max(self._from + (self._to - self._from) * _progress(frame, self._frames), 0.0), 1.0)
        return max(0, min(round(focus * self._slack * self._phases), self._slack * self._phases - 1))

    def draw(self, target: Planes, frame: int, scratch: Planes) -> None:
        step = self.step(frame)
        np.copyto(target.y, self._cut(self._luma, self._band.y, step, target.y.shape))
        # Half the movement in half the pixels: chroma takes every other step.
        np.copyto(target.uv, self._cut(self._chroma, self._band.uv, step // 2, target.uv.shape))

    def _cut(self, shifted: dict[int, Plane], band: Plane, step: int, shape: tuple[int, ...]) -> Plane:
        whole, phase = divmod(step, self._phases)
        # Threads may shift the same band at once; they make equal planes, so either may stay.
        if (plane := shifted.get(phase)) is None:
            share = (phase + 0.5) / self._phases if self._phases > 1 else 0.0
            plane = filtered(band, _taps(share), across=self._across) if share else band
            shifted[phase] = plane
        height, width = shape[:2]
        return plane[:, whole : whole + width] if self._across else plane[whole : whole + height]


def _taps(share: float) -> tuple[float, float, float, float]:
    """Catmull-Rom weights for a point that far behind a pixel; the second is the pixel's own."""
    square, cube = share * share, share * share * share
    return (
        (-cube + 2 * square - share) / 2,
        (3 * cube - 5 * square + 2) / 2,
        (-3 * cube + 4 * square + share) / 2,
        (cube - square) / 2,
    )


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
        length = frames + TAIL_FRAMES
        first, last = (view(motion, source, width, height, at) for at in (0.0, 1.0))
        wanted_steps = max(_travel(first, last, width, height) / _STEP, _SMOOTH * length)
        self._steps = max(1, min(math.ceil(wanted_steps), length))

    def step(self, frame: int) -> int:
        return round(_progress(frame, self._frames) * self._steps)

    def draw(self, target: Planes, frame: int, scratch: Planes) -> None:
        source, progress = self._source, self.step(frame) / self._steps
        seen = view(self._motion, source, target.width, target.height, progress)
        _stretch(source.y, seen, target.y, scratch.y)
        half = View(*(side / 2 for side in seen))
        _stretch(source.uv, half, target.uv, scratch.uv)


def _travel(first: View, last: View, width: int, height: int) -> float:
    """How many pixels of the frame the point that moves most moves between two views."""
    across = width / last.width
    down = height / last.height
    return max(
        abs(last.left - first.left) * across,
        abs(last.left + last.width - first.left - first.width) * across,
        abs(last.top - first.top) * down,
        abs(last.top + last.height - first.top - first.height) * down,
    )


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
