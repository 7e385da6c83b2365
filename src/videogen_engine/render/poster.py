"""A still that stands for the film: its thumbnail."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from videogen_agents.errors import InternalError
from videogen_engine.render.raster import Planes, resized, to_bgr

LONG_SIDE: Final = 640
MAX_BYTES: Final = 100_000
_QUALITIES: Final = (88, 80, 70, 60, 50, 40, 30, 20)


def poster_jpeg(planes: Planes) -> bytes:
    """A JPEG of at most ``MAX_BYTES`` whose long side has ``LONG_SIDE`` pixels, or the frame's own if fewer."""
    scale = min(1.0, LONG_SIDE / max(planes.width, planes.height))
    width, height = (max(2, round(side * scale / 2) * 2) for side in (planes.width, planes.height))
    pixels = to_bgr(resized(planes, width, height, fine=True))
    data: bytes = b""
    for quality in _QUALITIES:
        done, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if not done:
            raise InternalError("The thumbnail could not be encoded.")
        data = np.asarray(encoded, np.uint8).tobytes()
        if len(data) <= MAX_BYTES:
            break
    return data
