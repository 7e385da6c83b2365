"""The viewer's mark in a corner of every frame."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from videogen_engine.render.raster import Tile, decode, tile
from videogen_engine.stage import ArtifactStore
from videogen_engine.timeline.document import Logo

#: Distance from the frame's edges as a share of its short side.
_INSET: Final = 0.04
#: No logo is higher than this share of the frame, whatever its shape.
_TALLEST: Final = 0.25


def logo_tile(logo: Logo, store: ArtifactStore, width: int, height: int) -> Tile:
    """The logo at its size and place in a frame of ``width`` × ``height``.

    ``logo.position`` is one of the contract's six (``TOP_LEFT`` … ``BOTTOM_RIGHT``), ``size_percent`` is
    its width in percent of the frame's. Raises InputError when the file is no image.
    """
    pixels = decode(store.path(logo.media).read_bytes(), "The logo")
    if pixels.shape[2] == 3:
        pixels = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    scale = min(width * logo.size_percent / 100 / pixels.shape[1], height * _TALLEST / pixels.shape[0])
    wide, tall = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    kernel = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    # Resizing premultiplied pixels keeps the colour of invisible ones out of the edge.
    ink = cv2.cvtColor(pixels, cv2.COLOR_RGBA2mRGBA)
    ink = cv2.resize(ink, (wide, tall), interpolation=kernel)
    straight = np.asarray(cv2.cvtColor(ink, cv2.COLOR_mRGBA2RGBA), np.uint8)
    inset = round(min(width, height) * _INSET)
    row, _, column = logo.position.partition("_")
    x = {"LEFT": inset, "CENTER": (width - wide) // 2}.get(column, width - inset - wide)
    return tile(straight, x, inset if row == "TOP" else height - inset - tall)
