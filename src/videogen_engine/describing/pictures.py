"""What pixels tell of a picture: its kind by how flat and how fine it is, its colours, how bright it is."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videogen_engine.describing.colours import colour_names
from videogen_engine.describing.model import PictureKind, PictureLook

#: Pictures are looked at in at most this many px a side, by leaving pixels out: mixing them would make grain.
_SIDE: Final = 1024
#: Of the steps from pixel to pixel: what is none, what is fine, what is an edge (of 255).
_SAME, _FINE, _EDGE = 2, 30, 60
#: The share of fine steps that only grain, paint and lenses make; and that a flat graphic has at most.
_GRAIN: Final = 0.22
_CLEAN: Final = 0.16
#: A line of a chart runs this share of the picture's width or height, and is at most this thick (px).
_LONG: Final = 0.45
_THICK: Final = 4
_ICON_SIDE: Final = 640
_PLAIN: Final = 0.05
_FEW_COLOURS: Final = 12
_SCREENSHOT_NAME: Final = re.compile(r"screen ?shot|screen ?capture|bildschirmfoto|captura|capture d|schermata", re.I)
#: Sizes of screens that films do not have.
_SCREENS: Final = frozenset(
    {
        (1280, 800), (1366, 768), (1440, 900), (1536, 864), (1680, 1050), (1920, 1200), (2048, 1536), (2160, 1620),
        (2266, 1488), (2360, 1640), (2388, 1668), (2560, 1600), (2732, 2048), (2880, 1800), (3024, 1964), (3440, 1440),
        (3456, 2234), (1334, 750), (1792, 828),
        (2208, 1242), (2340, 1080), (2400, 1080), (2436, 1125), (2532, 1170), (2556, 1179), (2688, 1242), (2778, 1284),
        (2796, 1290), (2868, 1320), (3088, 1440), (3120, 1440), (3200, 1440),
    }
)  # fmt: skip


def look_at(image: Image.Image, name: str) -> PictureLook:
    """``image`` as shown (rotation applied), at its own size. ``name`` may say that it is a screenshot."""
    size = image.size
    small = image.convert("RGBA")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.NEAREST)
    pixels = np.asarray(small, np.uint8)
    seen = pixels[..., 3] >= 128
    rgb = np.where(seen[..., None], pixels[..., :3], 255).astype(np.uint8)
    transparent = float(1 - seen.mean()) > 0.03
    shown = rgb[seen] if seen.any() else rgb.reshape(-1, 3)
    return PictureLook(
        kind=_kind(rgb, size, name, transparent=transparent),
        colours=colour_names(shown),
        light=round(float(np.mean(shown @ np.array([0.299, 0.587, 0.114])) / 255), 3),
        transparent=transparent,
    )


def _kind(rgb: NDArray[np.uint8], size: tuple[int, int], name: str, *, transparent: bool) -> PictureKind:
    wide = np.abs(np.diff(rgb.astype(np.int16), axis=1)).max(axis=2)
    high = np.abs(np.diff(rgb.astype(np.int16), axis=0)).max(axis=2)
    steps = np.concatenate([wide.ravel(), high.ravel()])
    if not steps.size:
        return PictureKind.PICTURE
    fine = float(np.mean((steps > _SAME) & (steps <= _FINE)))
    if fine >= _GRAIN:
        return PictureKind.PHOTO
    screen = tuple(sorted(size, reverse=True)) in _SCREENS
    edges = float(np.mean(steps > _EDGE))
    if _SCREENSHOT_NAME.search(name) or (screen and fine < _CLEAN and edges > 0.004):
        return PictureKind.SCREENSHOT
    if fine >= _CLEAN:
        return PictureKind.PICTURE
    if transparent or max(size) <= _ICON_SIDE // 4:
        return PictureKind.LOGO
    if _has_long_lines(rgb):
        return PictureKind.CHART
    plain = fine < _PLAIN and _colours(rgb) <= _FEW_COLOURS
    return PictureKind.LOGO if max(size) <= _ICON_SIDE and plain else PictureKind.GRAPHIC


def _colours(rgb: NDArray[np.uint8]) -> int:
    """How many colours there are, told apart coarsely and each on more than specks."""
    coarse = (rgb >> 4).astype(np.int32)
    counts = np.bincount(((coarse[..., 0] << 8) | (coarse[..., 1] << 4) | coarse[..., 2]).ravel())
    return int(np.sum(counts > counts.sum() * 0.002))


def _has_long_lines(rgb: NDArray[np.uint8]) -> bool:
    """Thin straight lines across and down, on one ground: axes, or the rules of a table."""
    coarse = (rgb >> 4).astype(np.int32)
    keys = (coarse[..., 0] << 8) | (coarse[..., 1] << 4) | coarse[..., 2]
    counts = np.bincount(keys.ravel())
    if counts.max() < 0.35 * keys.size:
        return False
    drawn = keys != int(counts.argmax())
    return _long_runs(drawn) and _long_runs(drawn.T)


def _long_runs(drawn: NDArray[np.bool_]) -> bool:
    """Whether some thin band of rows has a run of ``_LONG`` of the width, with next to nothing above and below."""
    least = int(_LONG * drawn.shape[1])
    rows = [_longest(row) >= least for row in drawn]
    start = 0
    while start < len(rows):
        if not rows[start]:
            start += 1
            continue
        end = start
        while end < len(rows) and rows[end]:
            end += 1
        if end - start <= _THICK:
            return True
        start = end
    return False


def _longest(row: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max()) if edges.size else 0
