"""Colours as sRGB triples (0–255), with OKLCH for making them and WCAG 2 for judging them.

OKLab matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).
Contrast: WCAG 2.2, relative luminance and contrast ratio.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Rgb: TypeAlias = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)


def _to_linear(value: float) -> float:
    value /= 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _from_linear(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _oklch_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


@lru_cache(maxsize=4096)
def oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """The sRGB colour nearest to OKLCH (0–1, about 0–0.37, degrees): chroma gives way, hue stays."""
    low, high = 0.0, chroma
    linear = _oklch_linear(lightness, chroma, hue)
    if not all(-0.0005 <= part <= 1.0005 for part in linear):
        for _ in range(14):
            middle = (low + high) / 2
            if all(-0.0005 <= part <= 1.0005 for part in _oklch_linear(lightness, middle, hue)):
                low = middle
            else:
                high = middle
        linear = _oklch_linear(lightness, low, hue)
    red, green, blue = (round(255 * min(1.0, max(0.0, _from_linear(max(0.0, part))))) for part in linear)
    return red, green, blue


def to_oklch(colour: Rgb) -> tuple[float, float, float]:
    """OKLCH (lightness, chroma, hue in degrees) of an sRGB colour."""
    red, green, blue = (_to_linear(part) for part in colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def at_lightness(colour: Rgb, lightness: float) -> Rgb:
    """The same hue and chroma (as far as sRGB goes) at another OKLCH lightness."""
    _, chroma, hue = to_oklch(colour)
    return oklch(round(lightness, 4), round(chroma, 4), round(hue, 2))


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """``first`` with ``share`` (0–1) of ``second``."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def hex_code(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def rgb_of(code: str) -> Rgb:
    """The colour written as ``#rrggbb``."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def luminance(colour: Rgb) -> float:
    red, green, blue = (_to_linear(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Rgb, second: Rgb) -> float:
    """WCAG contrast ratio, 1–21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


_LINEAR = np.array([_to_linear(value) for value in range(256)], dtype=np.float32)


def luminance_map(bgr: NDArray[np.uint8]) -> NDArray[np.floating]:
    """Relative luminance of every pixel of a BGR image."""
    return 0.0722 * _LINEAR[bgr[..., 0]] + 0.7152 * _LINEAR[bgr[..., 1]] + 0.2126 * _LINEAR[bgr[..., 2]]


def linear_table() -> NDArray[np.float32]:
    """Linear light (0–1) of each of the 256 sRGB codes."""
    return _LINEAR


def encode_srgb(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """sRGB codes (0–1) of linear light (0–1), elementwise."""
    clipped = np.clip(linear, 0.0, 1.0)
    return np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055).astype(np.float32)
