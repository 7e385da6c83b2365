"""Anti-aliased masks of simple shapes, in float32 (0–1)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.pixels import Mask

_SHIFT = 4


def rounded_distance(width: int, height: int, radius: float, inset: float = 0.0) -> Mask:
    """Signed distance (px, negative inside) to a rounded rectangle ``inset`` from the array's edge."""
    half_w, half_h = width / 2 - inset, height / 2 - inset
    radius = min(radius, half_w, half_h)
    across = np.abs(np.arange(width, dtype=np.float32) + 0.5 - width / 2) - np.float32(half_w - radius)
    down = np.abs(np.arange(height, dtype=np.float32) + 0.5 - height / 2) - np.float32(half_h - radius)
    outside = np.hypot(np.maximum(across, 0)[None, :], np.maximum(down, 0)[:, None])
    inside = np.minimum(np.maximum(across[None, :], down[:, None]), 0)
    return (outside + inside - np.float32(radius)).astype(np.float32)


def fill_of(distance: Mask) -> Mask:
    """Coverage of the shape with this signed distance."""
    return np.clip(0.5 - distance, 0.0, 1.0).astype(np.float32)


def stroke_of(distance: Mask, thickness: float) -> Mask:
    """Coverage of a line of ``thickness`` px just inside the shape's edge."""
    return np.clip(0.5 + thickness / 2 - np.abs(distance + thickness / 2), 0.0, 1.0).astype(np.float32)


def circle_distance(width: int, height: int, cx: float, cy: float, radius: float) -> Mask:
    across = np.arange(width, dtype=np.float32) + 0.5 - np.float32(cx)
    down = np.arange(height, dtype=np.float32) + 0.5 - np.float32(cy)
    return (np.hypot(across[None, :], down[:, None]) - np.float32(radius)).astype(np.float32)


def polygon(width: int, height: int, points: Sequence[tuple[float, float]] | NDArray[np.float64]) -> Mask:
    """Coverage of a closed polygon given in pixels."""
    canvas = np.zeros((height, width), dtype=np.uint8)
    fixed = np.round(np.asarray(points, dtype=np.float64) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(canvas, [fixed], 255, lineType=cv2.LINE_AA, shift=_SHIFT)
    return canvas.astype(np.float32) / 255


def ring_arc(size: int, thickness: float, share: float, inset: float = 1.0) -> Mask:
    """Coverage of a ring's arc from the top, clockwise, over ``share`` (0–1) of the turn, with round ends."""
    radius = size / 2 - inset - thickness / 2
    canvas = np.zeros((size, size), dtype=np.uint8)
    count = max(3, int(360 * share) + 1)
    turn = np.linspace(0, 2 * math.pi * min(1.0, share), count)
    points = np.stack([size / 2 + radius * np.sin(turn), size / 2 - radius * np.cos(turn)], axis=1)
    fixed = np.round(points * (1 << _SHIFT)).astype(np.int32)
    cv2.polylines(canvas, [fixed], False, 255, max(1, round(thickness)), cv2.LINE_AA, _SHIFT)
    return canvas.astype(np.float32) / 255


def blob(seed: int, size: int, wobble: float = 0.16, corners: int = 7) -> NDArray[np.float64]:
    """Points of a smooth closed organic outline around (0, 0), within ±1."""
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * math.pi, size, endpoint=False)
    radius = np.ones(size)
    for wave in range(2, corners):
        radius += wobble / wave * 1.4 * rng.normal() * np.cos(wave * turn + rng.uniform(0, 2 * math.pi))
    radius /= radius.max()
    return np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
