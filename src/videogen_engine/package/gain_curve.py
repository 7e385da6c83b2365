"""A gain for every block of samples becomes one for every sample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Gains = NDArray[np.float32]


def over_samples(curve: Gains, block: int, start: int, count: int) -> Gains:
    """Gains of ``count`` samples from ``start`` on: straight lines between the middles of the blocks, level before
    the first and behind the last. ``block`` is even; ``start`` is a block's first sample."""
    first, behind = start // block, -(-(start + count) // block)
    padded = curve[np.clip(np.arange(first - 1, behind + 1), 0, len(curve) - 1)]
    knots = np.empty(2 * (behind - first) + 1, np.float32)
    knots[1::2] = padded[1:-1]
    knots[::2] = (padded[:-1] + padded[1:]) / 2
    ramp = (np.arange(block // 2) / (block // 2)).astype(np.float32)
    lines = knots[:-1, None] + np.diff(knots)[:, None] * ramp
    return np.asarray(lines.reshape(-1)[:count], np.float32)
