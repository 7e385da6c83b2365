"""Coverage of rounded boxes, alone or flowing into one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from videogen_engine.captions.layout import Rect

Coverage = npt.NDArray[np.float32]


def rounded(rects: Sequence[Rect], radius: float, width: int, height: int) -> Coverage:
    """Coverage (0–1) of the union of rounded rectangles on a ``width`` × ``height`` canvas.

    ``radius`` is the share (0–1) of the largest possible. Where two boxes meet, the inner corner is rounded
    too (a smooth union of their distance fields).
    """
    x = np.arange(width, dtype=np.float32)[None, :] + np.float32(0.5)
    y = np.arange(height, dtype=np.float32)[:, None] + np.float32(0.5)
    joined: Coverage | None = None
    for rect in rects:
        half_w, half_h = (rect.right - rect.left) / 2, (rect.bottom - rect.top) / 2
        corner = max(0.0, min(half_w, half_h)) * radius
        distance = _distance(x, y, rect, half_w, half_h, corner)
        joined = distance if joined is None else _smooth_min(joined, distance, corner)
    if joined is None:
        return np.zeros((height, width), np.float32)
    return np.clip(np.float32(0.5) - joined, 0.0, 1.0)


def _distance(x: Coverage, y: Coverage, rect: Rect, half_w: float, half_h: float, corner: float) -> Coverage:
    """Signed distance to a rounded rectangle, negative inside; ``x`` is a row and ``y`` a column of places."""
    across = np.abs(x - np.float32(rect.left + half_w)) - np.float32(half_w - corner)
    down = np.abs(y - np.float32(rect.top + half_h)) - np.float32(half_h - corner)
    distance = np.maximum(across, down)
    near = (slice(None), np.flatnonzero(across[0] > 0))
    # Only beside the straight edges do both differences count; elsewhere the greater one is the distance.
    distance[near] = np.hypot(across[near], np.maximum(down, 0)) + np.minimum(distance[near], 0)
    return np.asarray(distance - np.float32(corner), np.float32)


def _smooth_min(one: Coverage, two: Coverage, reach: float) -> Coverage:
    """The lesser of two distances, blended over ``reach`` pixels where they are alike."""
    if reach < 0.5:
        return np.minimum(one, two)
    blend = np.maximum(np.float32(reach) - np.abs(one - two), 0) / np.float32(reach)
    # Only outside both: inside, blending would let the union grow beyond its own edges.
    blend = np.where((one > 0) & (two > 0), blend, np.float32(0))
    return np.asarray(np.minimum(one, two) - blend * blend * np.float32(reach / 4), np.float32)
