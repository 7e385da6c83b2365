"""From the colours that are seen to those that a theme is made of: what reads and stands out stays so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from videogen_engine.slides.ground import ground_around
from videogen_engine.visuals.colour import BLACK, WHITE, Rgb, at_lightness, contrast, luminance, oklch, to_oklch
from videogen_engine.visuals.pixels import Pixels

#: What lettering and what shapes need against the paper (WCAG 2.2).
INK: Final = 4.5
SHAPE: Final = 3.0
_MOST_ACCENTS: Final = 4
#: Two colours this near in CIELAB count as one.
_NEAR: Final = 14.0
_MOST_COLOURS: Final = 10
_BINS: Final = (12, 24, 24)
#: A colour that covers this much, and is this light or dark, is what a page is written on.
_PAPER_SHARE: Final = 0.28
_LIGHT, _DARK = 0.84, 0.34
#: Chroma from which a colour is one, and degrees of hue that tell two of them apart.
_COLOURED: Final = 0.055
_APART: Final = 26.0
#: A slate blue for references without any colour.
_PLAIN: Rgb = (72, 92, 122)


@dataclass(frozen=True)
class Seen:
    """A colour, and the share (0–1) of the picture that has it."""

    colour: Rgb
    share: float


@dataclass(frozen=True)
class ThemeColours:
    paper: Rgb
    ink: Rgb
    accents: tuple[Rgb, ...]
    ground: Rgb


def seen_in(pictures: Sequence[Pixels]) -> tuple[Seen, ...]:
    """The colours of small BGR pictures, at most ten, the most frequent first."""
    pixels = np.concatenate([picture.reshape(-1, 3) for picture in pictures])
    lab = np.asarray(
        cv2.cvtColor(pixels.reshape(1, -1, 3).astype(np.float32) / 255, cv2.COLOR_BGR2Lab), dtype=np.float32
    )[0]
    scaled = (lab + np.array([0, 128, 128], np.float32)) / np.array([100, 256, 256], np.float32)
    cells = np.clip((scaled * np.array(_BINS, np.float32)).astype(np.int64), 0, np.array(_BINS) - 1)
    flat = (cells[:, 0] * _BINS[1] + cells[:, 1]) * _BINS[2] + cells[:, 2]
    keys, inverse, counts = np.unique(flat, return_inverse=True, return_counts=True)
    means = np.stack(
        [np.bincount(inverse, weights=lab[:, part], minlength=len(keys)) / counts for part in range(3)], axis=1
    )
    found: list[tuple[np.ndarray[tuple[int], np.dtype[np.float64]], int]] = []
    for place in np.argsort(-counts, kind="stable"):
        near = next((i for i, (mean, _) in enumerate(found) if np.linalg.norm(mean - means[place]) < _NEAR), None)
        if near is not None:
            mean, weight = found[near]
            both = weight + int(counts[place])
            found[near] = ((mean * weight + means[place] * int(counts[place])) / both, both)
        elif len(found) < 4 * _MOST_COLOURS:
            found.append((means[place], int(counts[place])))
    found.sort(key=lambda item: -item[1])
    total = len(pixels)
    return tuple(Seen(_rgb(mean), weight / total) for mean, weight in found[:_MOST_COLOURS])


def theme_from(seen: Sequence[Seen]) -> ThemeColours:
    """The theme of a picture or of pages with these colours."""
    paper = _paper(seen)
    wanted = sorted(
        (one for one in seen if to_oklch(one.colour)[1] >= _COLOURED),
        key=lambda one: -to_oklch(one.colour)[1] * math.sqrt(one.share),
    )
    inks = [one.colour for one in seen if one.share > 0.002 and contrast(one.colour, paper) >= 7]
    ink = max(inks, key=lambda colour: contrast(colour, paper), default=None)
    return colours_of(paper, ink, [one.colour for one in wanted])


def colours_of(paper: Rgb, ink: Rgb | None, accents: Sequence[Rgb], ground: Rgb | None = None) -> ThemeColours:
    """A theme of these colours, each moved in lightness as far as it must to be seen on ``paper``."""
    chosen: list[Rgb] = []
    for colour in accents:
        hue = to_oklch(colour)[2]
        if all(_turn(hue, to_oklch(other)[2]) >= _APART for other in chosen):
            chosen.append(colour)
    chosen = chosen[:_MOST_ACCENTS] or [_PLAIN]
    readable = ink if ink is not None and contrast(ink, paper) >= INK else _ink_for(paper, chosen[0])
    return ThemeColours(
        paper=paper,
        ink=readable,
        accents=tuple(told_from(colour, paper, SHAPE) for colour in chosen),
        ground=ground_around(chosen[0] if ground is None else ground, paper),
    )


def told_from(colour: Rgb, ground: Rgb, wanted: float) -> Rgb:
    """The colour, as much lighter or darker as it must be to reach the contrast ``wanted`` on ``ground``."""
    darker = luminance(ground) > 0.18
    lightness = to_oklch(colour)[0]
    shade = colour
    while contrast(shade, ground) < wanted:
        lightness += -0.03 if darker else 0.03
        if not 0.0 < lightness < 1.0:
            return BLACK if darker else WHITE
        shade = at_lightness(colour, lightness)
    return shade


def _paper(seen: Sequence[Seen]) -> Rgb:
    """The page's own, when there is one; else a tint (or, of dark pictures, a shade) of what is seen most."""
    most = seen[0]
    lightness, chroma, hue = to_oklch(most.colour)
    if most.share >= _PAPER_SHARE and not _DARK < lightness < _LIGHT:
        return most.colour
    dark = sum(to_oklch(one.colour)[0] * one.share for one in seen) / sum(one.share for one in seen) < 0.42
    return oklch(0.2, min(chroma, 0.04), hue) if dark else oklch(0.975, min(chroma, 0.012), hue)


def _ink_for(paper: Rgb, accent: Rgb) -> Rgb:
    """Nearly black, or nearly white, with a breath of the accent."""
    _, chroma, hue = to_oklch(accent)
    dark, light = oklch(0.24, min(chroma, 0.04), hue), oklch(0.96, min(chroma, 0.015), hue)
    return max((dark, light), key=lambda colour: contrast(colour, paper))


def _turn(first: float, second: float) -> float:
    away = abs(first - second) % 360
    return min(away, 360 - away)


def _rgb(lab: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Rgb:
    bgr = cv2.cvtColor(lab.astype(np.float32).reshape(1, 1, 3), cv2.COLOR_Lab2BGR).reshape(3)
    blue, green, red = (int(np.clip(round(float(part) * 255), 0, 255)) for part in bgr)
    return red, green, blue
