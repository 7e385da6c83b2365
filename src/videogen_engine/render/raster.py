"""Pixels as 8-bit NV12 planes in BT.709, limited range: what the encoder eats, so that no frame is converted.

A picture is a luma plane ``[height, width]`` and a chroma plane ``[height / 2, width / 2, 2]`` (Cb, Cr).
Whatever is laid over it is a ``Tile``: premultiplied planes, and beside each the share of the ground that
stays visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InputError

Plane: TypeAlias = NDArray[np.uint8]

# The workers of the pool fill the cores already; more threads inside one call would only fight with them.
cv2.setNumThreads(1)

#: Rows Y, Cb, Cr of BT.709 (8-bit, limited range) for columns B, G, R and a constant that scales with alpha.
_MATRIX: Final = np.array(
    [
        [0.0722 * 219 / 255, 0.7152 * 219 / 255, 0.2126 * 219 / 255, 16 / 255],
        [0.5 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, -0.2126 / 1.8556 * 224 / 255, 128 / 255],
        [-0.0722 / 1.5748 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, 0.5 * 224 / 255, 128 / 255],
    ],
    np.float32,
)
_OPAQUE_MATRIX: Final = _MATRIX * np.array([1, 1, 1, 255], np.float32)


@dataclass(frozen=True)
class Planes:
    """A picture. Both arrays may be views with padded rows; writing to them writes to the picture."""

    y: Plane
    uv: Plane

    @property
    def width(self) -> int:
        return self.y.shape[1]

    @property
    def height(self) -> int:
        return self.y.shape[0]

    def crop(self, x: int, y: int, width: int, height: int) -> Planes:
        """A view of a rectangle whose four numbers are even."""
        return Planes(
            self.y[y : y + height, x : x + width],
            self.uv[y // 2 : (y + height) // 2, x // 2 : (x + width) // 2],
        )

    def copy_from(self, other: Planes) -> None:
        np.copyto(self.y, other.y)
        np.copyto(self.uv, other.uv)


@dataclass(frozen=True)
class Tile:
    """Premultiplied ``ink`` at even ``x``, ``y``; ``rest`` is 255 minus alpha for each value of ``ink``."""

    x: int
    y: int
    ink: Planes
    rest: Planes

    @property
    def width(self) -> int:
        return self.ink.width

    @property
    def height(self) -> int:
        return self.ink.height

    def crop(self, x: int, y: int, width: int, height: int) -> Tile:
        """The part at ``x``, ``y`` of the tile (even numbers), still at its place in the frame."""
        return Tile(
            self.x + x,
            self.y + y,
            self.ink.crop(x, y, width, height),
            self.rest.crop(x, y, width, height),
        )

    def moved(self, x: int, y: int) -> Tile:
        return Tile(x, y, self.ink, self.rest)


def blank(width: int, height: int, luma: int = 0, chroma: int = 0) -> Planes:
    """A picture of one colour; width and height are even."""
    return Planes(np.full((height, width), luma, np.uint8), np.full((height // 2, width // 2, 2), chroma, np.uint8))


def decode(data: bytes, what: str) -> Plane:
    """An image file as ``[height, width, 3 or 4]`` in the order B, G, R, alpha (straight).

    Raises InputError, naming ``what``, for bytes that are no image.
    """
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if image is None:
        raise InputError(f"{what} is not a readable image.", code="unreadable_image")
    pixels = _plane(cv2.convertScaleAbs(image, alpha=1 / 257) if image.dtype == np.uint16 else image)
    if pixels.ndim == 2:
        return _plane(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR))
    if pixels.shape[2] == 2:
        return np.dstack([pixels[..., 0], pixels[..., 0], pixels[..., 0], pixels[..., 1]])
    return pixels


def opaque(bgr: Plane) -> Planes:
    """The picture of B, G, R (alpha, if any, is dropped); an odd last row or column is dropped."""
    height, width = bgr.shape[0] & ~1, bgr.shape[1] & ~1
    even = bgr[:height, :width, :3]
    y = _plane(cv2.transform(even, _OPAQUE_MATRIX[:1]))
    return Planes(y, _plane(cv2.transform(_halved(even), _OPAQUE_MATRIX[1:])))


def tile(bgra: Plane, x: int, y: int, *, margin: int = 0) -> Tile:
    """The tile of straight-alpha pixels whose top left is at ``x``, ``y``, padded to even edges.

    ``margin`` (even) adds that many clear rows above and below.
    """
    height, width = bgra.shape[:2]
    left, top = x & 1, (y & 1) + margin
    padded = np.zeros(((top + height + margin + 1) & ~1, (left + width + 1) & ~1, 4), np.uint8)
    inner = padded[top : top + height, left : left + width]
    inner[..., : bgra.shape[2]] = bgra
    if bgra.shape[2] == 3:
        inner[..., 3] = 255
    full = _plane(cv2.cvtColor(padded, cv2.COLOR_RGBA2mRGBA))
    half = _halved(full)
    ink = Planes(_plane(cv2.transform(full, _MATRIX[:1])), _plane(cv2.transform(half, _MATRIX[1:])))
    alpha = half[..., 3]
    rest = Planes(255 - full[..., 3], np.dstack([255 - alpha, 255 - alpha]))
    return Tile(x - left, y - top, ink, rest)


def blend(ground: Planes, over: Tile) -> None:
    """Lay ``over`` on ``ground``; what sticks out of the ground is cut off."""
    left, top = max(0, -over.x), max(0, -over.y)
    right, bottom = min(over.width, ground.width - over.x), min(over.height, ground.height - over.y)
    if right <= left or bottom <= top:
        return
    if (left, top, right, bottom) != (0, 0, over.width, over.height):
        over = over.crop(left, top, right - left, bottom - top)
    under = ground.crop(over.x, over.y, over.width, over.height)
    for below, ink, rest in ((under.y, over.ink.y, over.rest.y), (under.uv, over.ink.uv, over.rest.uv)):
        cv2.multiply(below, rest, dst=below, scale=1 / 255)
        cv2.add(below, ink, dst=below)


def stack(lower: Tile, upper: Tile) -> None:
    """Lay ``upper`` on ``lower``, itself a tile that covers it, so that both can be blended at once."""
    blend(lower.ink.crop(0, 0, lower.width, lower.height), upper.moved(upper.x - lower.x, upper.y - lower.y))
    rest = lower.rest.crop(upper.x - lower.x, upper.y - lower.y, upper.width, upper.height)
    cv2.multiply(rest.y, upper.rest.y, dst=rest.y, scale=1 / 255)
    cv2.multiply(rest.uv, upper.rest.uv, dst=rest.uv, scale=1 / 255)


def mix(first: Planes, second: Planes, share: float, target: Planes) -> None:
    """``share`` of the second picture and the rest of the first."""
    cv2.addWeighted(first.y, 1 - share, second.y, share, 0, dst=target.y)
    cv2.addWeighted(first.uv, 1 - share, second.uv, share, 0, dst=target.uv)


def blend_partly(ground: Planes, over: Tile, opacity: float) -> None:
    """Lay ``over`` on ``ground`` at a part of its opacity."""
    left, top = max(0, over.x), max(0, over.y)
    width = min(over.x + over.width, ground.width) - left
    height = min(over.y + over.height, ground.height) - top
    if width <= 0 or height <= 0:
        return
    under = ground.crop(left, top, width, height)
    full = Planes(under.y.copy(), under.uv.copy())
    blend(full, over.moved(over.x - left, over.y - top))
    mix(under, full, opacity, under)


def resized(planes: Planes, width: int, height: int, *, fine: bool = False) -> Planes:
    """At another even size, linearly; ``fine`` averages areas when shrinking and is cubic when growing."""
    shrinking = width < planes.width or height < planes.height
    kernel = (cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC) if fine else cv2.INTER_LINEAR
    return Planes(
        _plane(cv2.resize(planes.y, (width, height), interpolation=kernel)),
        _plane(cv2.resize(planes.uv, (width // 2, height // 2), interpolation=kernel)),
    )


def stretched(plane: Plane, width: int, height: int) -> Plane:
    """One plane at another size, by linear interpolation."""
    return _plane(cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR))


def filtered(plane: Plane, taps: Sequence[float], *, across: bool) -> Plane:
    """One plane through a four-tap filter along x (``across``) or y; the second tap is the pixel itself."""
    kernel = np.array([taps] if across else [[tap] for tap in taps], np.float32)
    anchor = (1, 0) if across else (0, 1)
    return _plane(cv2.filter2D(plane, -1, kernel, anchor=anchor, borderType=cv2.BORDER_REPLICATE))


def weighted(first: Plane, share: float, second: Plane, other: float, constant: float, target: Plane) -> None:
    """``first * share + second * other + constant``, rounded and kept within 0–255."""
    cv2.addWeighted(first, share, second, other, constant, dst=target)


def product(first: Plane, second: Plane) -> Plane:
    """Both planes multiplied, 255 being one."""
    return _plane(cv2.multiply(first, second, scale=1 / 255))


def to_bgr(planes: Planes) -> Plane:
    """B, G, R of a picture, in floating point: for stills, not for films."""
    chroma = stretched(planes.uv, planes.width, planes.height)
    values = np.dstack([planes.y, chroma]).astype(np.float32) - np.array([16, 128, 128], np.float32)
    inverse = np.linalg.inv(_MATRIX[:, :3].astype(np.float64)).astype(np.float32)
    return np.clip(np.rint(values @ inverse.T), 0, 255).astype(np.uint8)


def _halved(pixels: Plane) -> Plane:
    return _plane(cv2.resize(pixels, (pixels.shape[1] // 2, pixels.shape[0] // 2), interpolation=cv2.INTER_AREA))


def _plane(pixels: cv2.typing.MatLike) -> Plane:
    return np.asarray(pixels, np.uint8)
