"""Strokes and fills that several looks share, drawn in place on BGR images, and masks with a hand-made edge."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.colour import Rgb
from videogen_engine.visuals.fields import clouds, factor
from videogen_engine.visuals.pixels import Mask, Pixels, lay_over, resized_mask, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, rounded_distance, stroke_of

_SHIFT = 4


def fill(image: Pixels, points: NDArray[np.float64] | list[tuple[float, float]], colour: Rgb) -> None:
    """Fill a polygon (px) with an opaque colour."""
    fixed = np.round(np.asarray(points, dtype=np.float64) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(image, [fixed], colour[::-1], lineType=cv2.LINE_AA, shift=_SHIFT)


def line(image: Pixels, start: tuple[float, float], end: tuple[float, float], colour: Rgb, thickness: int) -> None:
    ends = [tuple(round(value * (1 << _SHIFT)) for value in point) for point in (start, end)]
    cv2.line(image, ends[0], ends[1], colour[::-1], max(1, thickness), cv2.LINE_AA, _SHIFT)


def disc(image: Pixels, x: float, y: float, radius: float, colour: Rgb, opacity: float = 1.0) -> None:
    """A filled circle; opaque ones are drawn without a mask."""
    if opacity >= 1:
        centre = (round(x * (1 << _SHIFT)), round(y * (1 << _SHIFT)))
        cv2.circle(image, centre, round(radius * (1 << _SHIFT)), colour[::-1], -1, cv2.LINE_AA, _SHIFT)
        return
    side = int(2 * radius + 4)
    mask = fill_of(circle_distance(side, side, side / 2, side / 2, radius))
    lay_over(image, tinted(mask, colour, opacity), round(x - side / 2), round(y - side / 2))


def ring(image: Pixels, x: float, y: float, radius: float, thickness: float, colour: Rgb) -> None:
    centre = (round(x * (1 << _SHIFT)), round(y * (1 << _SHIFT)))
    cv2.circle(
        image, centre, round(radius * (1 << _SHIFT)), colour[::-1], max(1, round(thickness)), cv2.LINE_AA, _SHIFT
    )


def arc_points(x: float, y: float, radius: float, start: float, end: float, count: int = 48) -> NDArray[np.float64]:
    """Points of an arc; angles in turns, clockwise from the right."""
    turn = np.linspace(start, end, count) * 2 * math.pi
    return np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)


def wave_points(width: int, height: int, top: float, swing: float, waves: float, phase: float) -> NDArray[np.float64]:
    """A region below a wavy edge at ``top`` px."""
    x = np.arange(-8, width + 17, 8, dtype=np.float64)
    y = (
        top
        + swing * np.sin(x / width * waves * 2 * math.pi + phase)
        + 0.4 * swing * np.sin(x / width * waves * 5.3 + phase * 2)
    )
    closing = np.array([[x[-1], height + 4.0], [x[0], height + 4.0]])
    return np.concatenate([np.stack([x, y], axis=1), closing])


@lru_cache(maxsize=8)
def grain_tile(seed: int, size: int = 256) -> Mask:
    """Noise in 0–1 that tiles without a seam."""
    rng = np.random.default_rng(seed)
    base = rng.random((size, size), dtype=np.float32)
    wrapped = np.pad(base, 8, mode="wrap")
    soft = np.asarray(cv2.GaussianBlur(wrapped, (0, 0), 0.9), dtype=np.float32)[8:-8, 8:-8]
    low, high = np.percentile(soft, (2, 98))
    return np.clip((soft - low) / (high - low), 0, 1).astype(np.float32)


def grain(width: int, height: int, seed: int) -> Mask:
    """The tile repeated over an area, shifted by ``seed``."""
    tile = np.roll(grain_tile(5), (seed * 37 % 256, seed * 91 % 256), axis=(0, 1))
    return np.tile(tile, (-(-height // 256), -(-width // 256)))[:height, :width]


@lru_cache(maxsize=2)
def grain_factor(width: int, height: int, low: float, high: float) -> Pixels:
    """The grain as a factor for ``shaded``, from ``low`` to ``high``."""
    return factor((low + (high - low) * grain(width, height, 3)).astype(np.float32))


def soak(image: Pixels, density: Mask, colour: Rgb, opacity: float) -> None:
    """Lay pigment over an image; ``density`` (0–1) may be small, and is enlarged as colour codes."""
    small = tinted(density, colour, opacity)
    large = cv2.resize(small, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    lay_over(image, np.asarray(large, dtype=np.uint8), 0, 0)


def chalked(layer: Pixels, seed: int, strength: float) -> Pixels:
    """A layer whose coverage is broken up as chalk on a rough board."""
    height, width = layer.shape[:2]
    keep = 1 - strength * np.clip((grain(width, height, seed) - 0.45) * 2.2, 0, 1)
    factor = (keep * 255).astype(np.uint8)
    wide = cv2.cvtColor(factor, cv2.COLOR_GRAY2BGRA)
    wide[..., 3] = factor
    return np.asarray(cv2.multiply(layer, wide, scale=1 / 255), dtype=np.uint8)


def rough(distance: Mask, seed: int, amount: float, scale: float) -> Mask:
    """A signed distance field with an uneven edge: ``amount`` px of wobble in features of ``scale`` px."""
    height, width = distance.shape
    small_w, small_h = max(8, width // 4), max(8, height // 4)
    wobble = clouds(small_w, small_h, seed, max(4.0, scale / 4), 3, 0.6) - 0.5
    return (distance + np.float32(2 * amount) * resized_mask(wobble, width, height)).astype(np.float32)


def hand_frame(width: int, height: int, radius: float, thickness: float, seed: int) -> Mask:
    """A rounded rectangle drawn twice by hand."""
    outer = rough(rounded_distance(width, height, radius, thickness * 2.2), seed, thickness * 0.8, width / 5)
    again = rough(rounded_distance(width, height, radius, thickness * 2.2), seed + 1, thickness * 1.3, width / 3)
    return np.maximum(stroke_of(outer, thickness), 0.55 * stroke_of(again, thickness * 0.7)).astype(np.float32)


def hard_shadow(mask: Mask, offset: int, colour: Rgb) -> Pixels:
    """A flat shadow layer to the lower right, padded by ``offset`` on every side."""
    wide = np.pad(mask, offset)
    moved = np.roll(wide, (round(offset * 0.9), round(offset * 0.9)), axis=(0, 1))
    return tinted(moved, colour)


def halftone(width: int, height: int, shade: Mask, cell: float) -> Mask:
    """Dots on a turned grid whose size follows ``shade`` (0–1, any size)."""
    away = _dot_grid(width, height, round(cell, 3))
    radius = resized_mask(np.sqrt(np.clip(shade, 0, 1)) * np.float32(0.62), width, height)
    return np.clip((radius - away) * np.float32(cell) + np.float32(0.5), 0, 1)


@lru_cache(maxsize=3)
def _dot_grid(width: int, height: int, cell: float) -> Mask:
    """Distance, in cells, from the nearest point of a grid turned by 0.4 rad."""
    x = np.arange(width, dtype=np.float32)[None, :] / np.float32(cell)
    y = np.arange(height, dtype=np.float32)[:, None] / np.float32(cell)
    across = x * np.float32(math.cos(0.4)) + y * np.float32(math.sin(0.4))
    down = y * np.float32(math.cos(0.4)) - x * np.float32(math.sin(0.4))
    return np.hypot(across - np.floor(across) - np.float32(0.5), down - np.floor(down) - np.float32(0.5))
