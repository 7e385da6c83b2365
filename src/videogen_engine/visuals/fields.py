"""Smooth and textured fields that backgrounds are made of. Colours blend in linear light."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.colour import Rgb, encode_srgb, linear_table
from videogen_engine.visuals.pixels import Mask, Pixels, blurred, resized_mask

#: Across and down of the small grid that gradients are computed on.
_GRID = 96


def linear(colour: Rgb) -> NDArray[np.float32]:
    """Linear-light BGR of a colour."""
    return linear_table()[np.array(colour[::-1])]


@lru_cache(maxsize=1)
def _dither(width: int, height: int) -> NDArray[np.uint16]:
    tile = np.random.default_rng(7).integers(0, 256, (256, 256), dtype=np.uint16)
    rows, columns = -(-height // 256), -(-width // 256)
    grey = np.tile(tile, (rows, columns))[:height, :width]
    return np.repeat(grey[..., None], 3, axis=2)


def grid(width: int, height: int) -> tuple[Mask, Mask]:
    """x and y (0–1 of width and height) of a small grid with the frame's proportions."""
    columns = _GRID if width >= height else max(24, round(_GRID * width / height))
    rows = _GRID if height > width else max(24, round(_GRID * height / width))
    x = (np.arange(columns, dtype=np.float32) + 0.5) / columns
    y = (np.arange(rows, dtype=np.float32) + 0.5) / rows
    return np.broadcast_to(x[None, :], (rows, columns)), np.broadcast_to(y[:, None], (rows, columns))


def developed(field: NDArray[np.float32], width: int, height: int) -> Pixels:
    """A small linear-light BGR field as a full-size dithered image: no banding, no blocks."""
    codes = (encode_srgb(field) * 65280).astype(np.uint16)
    large = cv2.resize(codes, (width, height), interpolation=cv2.INTER_CUBIC)
    shown = cv2.add(large, _dither(width, height))
    return np.asarray(cv2.convertScaleAbs(shown, alpha=1 / 256, beta=-0.5), dtype=np.uint8)


def mesh(width: int, height: int, base: Rgb, spots: Sequence[tuple[float, float, float, Rgb]]) -> NDArray[np.float32]:
    """A gradient mesh (small, linear light): ``spots`` are x, y, radius (shares of the frame) and colour."""
    x, y = grid(width, height)
    stretch = min(1.0, height / width), min(1.0, width / height)
    weight = np.full(x.shape, 0.16, dtype=np.float32)
    total = weight[..., None] * linear(base)
    for at_x, at_y, radius, colour in spots:
        across = (x - at_x) / max(stretch[0], 0.45)
        down = (y - at_y) / max(stretch[1], 0.45)
        near = np.exp(-(across**2 + down**2) / (2 * radius**2)).astype(np.float32)
        total = total + near[..., None] * linear(colour)
        weight = weight + near
    return (total / weight[..., None]).astype(np.float32)


def ramp(width: int, height: int, stops: Sequence[tuple[float, Rgb]]) -> NDArray[np.float32]:
    """A vertical gradient (small, linear light) through ``stops`` (share of the height, colour)."""
    _, y = grid(width, height)
    places = [place for place, _ in stops]
    colours = np.stack([linear(colour) for _, colour in stops])
    channels = [np.interp(y, places, colours[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).astype(np.float32)


def glow(
    field: NDArray[np.float32],
    width: int,
    height: int,
    at: tuple[float, float],
    radius: float,
    colour: Rgb,
    strength: float,
) -> NDArray[np.float32]:
    """``field`` with light of ``colour`` around ``at`` (shares); ``radius`` is a share of the short side."""
    x, y = grid(width, height)
    short = min(width, height)
    distance = np.hypot((x - at[0]) * width, (y - at[1]) * height) / (radius * short)
    light = np.exp(-(distance**2) * 0.9)[..., None] * np.float32(strength)
    return (field * (1 - light) + linear(colour) * light).astype(np.float32)


def clouds(width: int, height: int, seed: int, scale: float, octaves: int = 4, detail: float = 0.55) -> Mask:
    """Soft noise in 0–1; ``scale`` is the size (px) of the largest features."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width), dtype=np.float32)
    amplitude, reach = 1.0, 0.0
    for _ in range(octaves):
        rows, columns = max(3, round(height / scale) + 2), max(3, round(width / scale) + 2)
        total += np.float32(amplitude) * resized_mask(rng.random((rows, columns), dtype=np.float32), width, height)
        reach += amplitude
        amplitude *= detail
        scale = max(2.0, scale / 2.1)
    total = (total / reach - 0.5) * 1.7 + 0.5
    return np.clip(total, 0.0, 1.0).astype(np.float32)


def shaded(image: Pixels, shade: Pixels) -> Pixels:
    """``image`` times a full-size factor made by ``factor``."""
    return np.asarray(cv2.multiply(image, shade, scale=1 / 128), dtype=np.uint8)


def factor(field: Mask) -> Pixels:
    """A field around 1 (0.9 darkens, 1.05 lightens) as a three-channel factor for ``shaded``."""
    codes = np.clip(field * 128, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(codes, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


@lru_cache(maxsize=2)
def fibre(width: int, height: int, seed: int, strength: float = 1.0) -> Pixels:
    """The unevenness of paper as a factor: soft mottling with faint fibres. The same for every sheet of a stock."""
    rng = np.random.default_rng(seed)
    third_w, third_h = max(8, width // 3), max(8, height // 3)
    fine = blurred(rng.standard_normal((third_h, third_w), dtype=np.float32), 1.0)
    along = np.asarray(cv2.blur(rng.standard_normal((third_h, third_w), dtype=np.float32), (9, 1)), dtype=np.float32)
    coarse = clouds(third_w, third_h, seed + 1, third_h / 2.2, 3) - 0.5
    small = 0.010 * fine / max(1e-3, float(fine.std())) + 0.006 * along / max(1e-3, float(along.std())) + 0.035 * coarse
    large = cv2.resize(1 + strength * small, (width, height), interpolation=cv2.INTER_LINEAR)
    return factor(np.asarray(large, dtype=np.float32))


def vignette(field: NDArray[np.float32], width: int, height: int, strength: float) -> NDArray[np.float32]:
    """A small linear-light field darkened towards its corners."""
    x, y = grid(width, height)
    far = ((x - 0.5) * 2) ** 2 * 0.5 + ((y - 0.5) * 2) ** 2 * 0.5
    return (field * (1 - np.float32(strength) * far[..., None])).astype(np.float32)
