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
CUT_UP_TO = 1.45
_MOST_PIXELS = 100_000_000
#: How PNG and WebP files begin.
_MAY_BE_SEE_THROUGH = frozenset({b"\x89PNG", b"RIFF"})
_GROUND = 244


def featured_background(featured: FeaturedFile, width: int, height: int, ctx: StageContext) -> Pixels | None:
    """The file filling ``width`` × ``height`` px as BGR, or None when it cannot be read as a picture."""
    path = ctx.store.path(featured.media)
    image = _still(path) if featured.duration is None else _poster(path)
    return None if image is None else _fitted(image, width, height)


def is_readable_picture(path: Path) -> bool:
    """Whether a still can be read; the pixels are not decoded."""
    return bool(cv2.haveImageReader(str(path)))


def _still(path: Path) -> Pixels | None:
    layer = read_picture(path)
    return None if layer is None else grounded(layer)


def read_picture(path: Path) -> Pixels | None:
    """The still's pixels as BGR, or as BGRA with straight alpha where some are see-through; None when it cannot be
    read, or is larger than 100 megapixels.
    """
    data = np.fromfile(path, dtype=np.uint8)
    if not data.size:
        return None
    if data[:4].tobytes() in _MAY_BE_SEE_THROUGH:
        layer = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
        if layer is not None and layer.dtype == np.uint8 and layer.ndim == 3 and layer.shape[2] == 4:
            seen = np.asarray(layer, dtype=np.uint8)
            if seen.size > 4 * _MOST_PIXELS:
                return None
            return seen if int(seen[..., 3].min()) < 250 else np.ascontiguousarray(seen[..., :3])
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if image is None or image.size > 3 * _MOST_PIXELS:
        return None
    return np.asarray(image, dtype=np.uint8)


def grounded(layer: Pixels) -> Pixels:
    """BGR of a picture that may be cut out: on a light ground, as what is hidden in its holes is not to be seen."""
    if layer.shape[2] == 3:
        return layer
    alpha = cv2.cvtColor(np.ascontiguousarray(layer[..., 3]), cv2.COLOR_GRAY2BGR)
    ground = np.full_like(alpha, _GROUND)
    shown = cv2.multiply(np.ascontiguousarray(layer[..., :3]), alpha, scale=1 / 255)
    rest = cv2.multiply(ground, cv2.bitwise_not(alpha), scale=1 / 255)
    return np.asarray(cv2.add(shown, rest), dtype=np.uint8)


def fills_frame(path: Path, ratio: float) -> bool:
    """Whether the still is a picture without holes that fills a frame of ``ratio`` (width to height) when cut."""
    layer = read_picture(path)
    if layer is None or layer.shape[2] == 4:
        return False
    return 1 / CUT_UP_TO <= layer.shape[1] / layer.shape[0] / ratio <= CUT_UP_TO


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
    if 1 / CUT_UP_TO <= stretch <= CUT_UP_TO:
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
