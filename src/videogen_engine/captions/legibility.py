"""Contrast by WCAG 2.2: what a letter needs around it to be read over any picture."""

from __future__ import annotations

from collections.abc import Iterable

Rgb = tuple[int, int, int]

#: The ratio for text, with a little in hand for encoding.
WANTED = 4.6
BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)


def luminance(colour: Iterable[float]) -> float:
    """Relative luminance of an sRGB colour with components 0–255."""
    red, green, blue = (_linear(component / 255) for component in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Iterable[float], second: Iterable[float]) -> float:
    """The contrast ratio of two colours, 1–21."""
    one, two = luminance(first), luminance(second)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


def contrast_over(text: Rgb, ground: Rgb, opacity: float) -> float:
    """The least contrast of ``text`` on a ground of ``opacity`` (0–1) over any picture whatever.

    The picture shows through; its darkest and lightest are the extremes, and a ground whose range of
    luminance holds the text's own gives none at all.
    """
    through = 1 - opacity
    dark = tuple(component * opacity for component in ground)
    light = tuple(component * opacity + 255 * through for component in ground)
    own = luminance(text)
    if luminance(dark) <= own <= luminance(light):
        return 1.0
    return min(contrast(text, dark), contrast(text, light))


def outline_for(text: Rgb) -> Rgb:
    """Black or white, whichever stands out from ``text``; one of them always reaches 4.58."""
    return max((BLACK, WHITE), key=lambda colour: contrast(text, colour))


def _linear(component: float) -> float:
    return component / 12.92 if component <= 0.04045 else ((component + 0.055) / 1.055) ** 2.4
