"""The user's own picture, or a still of the user's clip, as a scene's background."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
from av.error import FFmpegError

from videogen_engine.stage import StageContext
from videogen_engine.visuals.model import FeaturedFile
from videogen_engine.visuals.pixels import Pixels, resized

#: Up to this difference of ratios a picture is cut to fill the frame; beyond, it stands whole before its own blur.
_CUT_UP_TO = 1.45
_MOST_PIXELS = 100_000_000


def featured_background(featured: FeaturedFile, width: int, height: int, ctx: StageContext) -> Pixels | None:
    """The file filling ``width`` × ``height`` px as BGR, or None when it cannot be read as a picture."""
    path = ctx.store.path(featured.media)
    image = _still(path) if featured.duration is None else _poster(path)
    return None if image is None else _fitted(image, width, height)


def is_readable_picture(path: Path) -> bool:
    """Whether a still can be read; the pixels are not decoded."""
    return bool(cv2.haveImageReader(str(path)))


def _still(path: Path) -> Pixels | None:
    data = np.fromfile(path, dtype=np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None or image.size > 3 * _MOST_PIXELS:
        return None
    return np.asarray(image, dtype=np.uint8)


def _poster(path: Path) -> Pixels | None:
    """The frame one second in, or the first one."""
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            chosen = None
            for frame in container.decode(stream):
                chosen = frame
                if frame.pts is None or frame.time >= 1.0:
                    break
            if chosen is None:
                return None
            return np.asarray(chosen.to_ndarray(format="bgr24"), dtype=np.uint8)
    except (FFmpegError, IndexError, ValueError):
        return None


def _fitted(image: Pixels, width: int, height: int) -> Pixels:
    rows, columns = image.shape[:2]
    stretch = (columns / rows) / (width / height)
    cover = max(width / columns, height / rows)
    if 1 / _CUT_UP_TO <= stretch <= _CUT_UP_TO:
        return _cut(image, cover, width, height)
    # Its own colours, far out of focus and a little darker, fill what the picture leaves free.
    small = _cut(image, max(width / 8 / columns, height / 8 / rows), width // 8, height // 8)
    soft = np.asarray(cv2.GaussianBlur(small, (0, 0), max(2.0, min(width, height) / 8 / 12)), dtype=np.uint8)
    canvas = np.asarray(cv2.convertScaleAbs(resized(soft, width, height, smooth=False), alpha=0.72), dtype=np.uint8)
    whole = min(width / columns, height / rows)
    wide, tall = max(1, round(columns * whole)), max(1, round(rows * whole))
    left, top = (width - wide) // 2, (height - tall) // 2
    canvas[top : top + tall, left : left + wide] = resized(image, wide, tall)
    return canvas


def _cut(image: Pixels, scale: float, width: int, height: int) -> Pixels:
    """The image scaled and cut to size, a little above the middle kept: heads are there."""
    wide, tall = max(width, round(image.shape[1] * scale)), max(height, round(image.shape[0] * scale))
    large = resized(image, wide, tall)
    left, top = (wide - width) // 2, round((tall - height) * 0.42)
    return np.ascontiguousarray(large[top : top + height, left : left + width])
