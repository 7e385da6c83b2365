"""Frame sizes in pixels from an aspect ratio and a number of lines."""

from __future__ import annotations

from math import gcd

from videogen_agents.errors import LimitError

#: Width × height; 8K at 16:9 and its like.
MAX_PIXELS = 7680 * 4320
_SMALLEST_SIDE = 2
#: Longest side over shortest side; beyond it neither captions nor layouts can work.
_MAX_RATIO = 4.0


def frame_size(ratio_width: int, ratio_height: int, lines: int, max_pixels: int = MAX_PIXELS) -> tuple[int, int]:
    """Width and height, both even, of a frame whose short side has ``lines`` pixels.

    16:9 at 1080 lines is 1920 × 1080, 9:16 is 1080 × 1920, 4:5 is 1080 × 1350. Raises LimitError for a
    ratio flatter than 4:1 and for more than ``max_pixels``.
    """
    if ratio_width < 1 or ratio_height < 1 or lines < _SMALLEST_SIDE:
        raise LimitError(f"A frame of {ratio_width}:{ratio_height} at {lines} lines has no size.")
    common = gcd(ratio_width, ratio_height)
    shape = f"{ratio_width // common}:{ratio_height // common}"
    short, long = sorted((ratio_width, ratio_height))
    if long > short * _MAX_RATIO:
        raise LimitError(
            f"The aspect ratio {shape} is too narrow.",
            code="aspect_ratio_too_narrow",
            next_step="Choose a ratio between 1:4 and 4:1, for example 16:9, 9:16, 1:1 or 4:5.",
        )
    even = lines // 2 * 2
    other = round(even * long / short / 2) * 2
    if even * other > max_pixels:
        raise LimitError(
            f"A {shape} film of {lines} lines has {even * other} pixels per frame; at most {max_pixels} work.",
            code="frame_too_large",
            next_step="Choose a lower quality.",
        )
    return (other, even) if ratio_width >= ratio_height else (even, other)
