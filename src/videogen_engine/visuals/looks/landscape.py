"""Landscape: layered scenery under a wide sky, with a shaded icon before the sun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, glow, ramp
from videogen_engine.visuals.looks.base import Art, Ground, Look, Tones, plain_panel
from videogen_engine.visuals.looks.glass import soft_letters
from videogen_engine.visuals.looks.scenery import (
    Land,
    city,
    desert,
    forest,
    hills,
    meadow,
    mountains,
    sea,
    snow,
    space,
    valley,
)
from videogen_engine.visuals.palette import Palette
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance
from videogen_engine.visuals.text_fitting import TextStyle


@dataclass(frozen=True)
class Sky:
    """OKLCH lightness and hue turn from top to horizon, and where the sun stands (share of the height)."""

    stops: tuple[tuple[float, float, float, float | None], ...]
    horizon: float
    sun: float
    sun_size: float
    land: Callable[[Land], None]


# Stops: place (share of the horizon's height), lightness, chroma, hue (None: the palette's main hue).
# Stops: place (share of the horizon's height), lightness, chroma, hue (None: the palette's main hue). Lettering
# stands in the upper two thirds of the sky, which therefore stay dark.
SKIES: dict[str, Sky] = {
    "sea": Sky(
        (
            (0, 0.26, 0.10, None),
            (0.55, 0.42, 0.15, None),
            (0.78, 0.58, 0.15, 20),
            (0.9, 0.74, 0.14, 42),
            (1, 0.86, 0.10, 72),
        ),
        0.68,
        0.63,
        0.21,
        sea,
    ),
    "mountains": Sky(
        ((0, 0.28, 0.09, None), (0.58, 0.44, 0.11, None), (0.80, 0.64, 0.11, 8), (1, 0.86, 0.08, 55)),
        0.74,
        0.56,
        0.10,
        mountains,
    ),
    "forest": Sky(
        ((0, 0.27, 0.06, None), (0.60, 0.43, 0.08, None), (0.85, 0.64, 0.08, 150), (1, 0.80, 0.07, 112)),
        0.74,
        0.50,
        0.10,
        forest,
    ),
    "desert": Sky(
        ((0, 0.29, 0.10, None), (0.55, 0.44, 0.13, 5), (0.78, 0.62, 0.15, 42), (1, 0.86, 0.10, 76)),
        0.70,
        0.60,
        0.17,
        desert,
    ),
    "city": Sky(
        ((0, 0.20, 0.07, None), (0.55, 0.34, 0.12, None), (0.85, 0.52, 0.15, 345), (1, 0.70, 0.13, 38)),
        0.78,
        0.15,
        0.06,
        city,
    ),
    "snow": Sky(
        ((0, 0.30, 0.08, None), (0.60, 0.47, 0.09, None), (1, 0.80, 0.045, 230)),
        0.72,
        0.17,
        0.06,
        snow,
    ),
    "space": Sky(
        ((0, 0.14, 0.05, None), (0.55, 0.22, 0.10, None), (1, 0.34, 0.13, 330)),
        0.80,
        0.30,
        0.0,
        space,
    ),
    "hills": Sky(
        ((0, 0.27, 0.10, None), (0.58, 0.43, 0.13, None), (0.82, 0.62, 0.14, 5), (1, 0.84, 0.10, 50)),
        0.72,
        0.62,
        0.13,
        hills,
    ),
    "valley": Sky(
        ((0, 0.29, 0.08, None), (0.58, 0.45, 0.10, None), (0.84, 0.66, 0.11, 25), (1, 0.86, 0.08, 65)),
        0.70,
        0.57,
        0.11,
        valley,
    ),
    "meadow": Sky(
        ((0, 0.33, 0.115, 252), (0.58, 0.45, 0.125, 243), (0.85, 0.64, 0.10, 225), (1, 0.84, 0.06, 205)),
        0.70,
        0.14,
        0.075,
        meadow,
    ),
}


class Landscape(Look):
    name = "landscape"
    hero_fill = 0.88
    headline = TextStyle(Face("Inter", 800), tracking=-0.02, leading=1.13)
    label = TextStyle(Face("Inter", 700), leading=1.2)
    kicker = TextStyle(Face("Inter", 600), tracking=0.06, upper=True)
    figure = TextStyle(Face("Inter", 800), tracking=-0.035)
    quote = TextStyle(Face("Inter", 700), tracking=-0.012, leading=1.24)
    layouts: Mapping[str, tuple[str, ...]] = {
        "statement": ("crown", "sky-start", "panel", "sky-end"),
        "quote": ("quote-high", "quote-pull", "quote-card", "quote-centred"),
        "question": ("sky-question", "sky-question-start", "question-card", "question-giant"),
        "opening": ("title-sky", "title-sky-start", "title-panel", "title-wide"),
        "closing": ("title-sky",),
        "step": ("step-sky", "step-sky-end", "step-card", "step-centred"),
        "statistic": ("figure-sky", "figure-sky-end", "figure-beside", "figure-ring"),
    }
    sceneries = ("sea", "mountains", "forest", "desert", "city", "snow", "space", "meadow", "hills", "valley")

    def background(self, ground: Ground) -> Pixels:
        width, height, palette = ground.width, ground.height, ground.palette
        sky = SKIES[ground.scenery]
        rng = ground.rng(3)
        stops = self._stops(sky, palette)
        field = ramp(width, height, stops)
        low = sky.horizon - sky.sun < 0.25
        sun_x = 0.5 + (0.20 if low else 0.41) * (ground.side or (0 if low else 1)) + float(rng.uniform(-0.04, 0.04))
        shine = mix(stops[-1][1], WHITE, 0.35)
        if sky.sun_size:
            field = glow(field, width, height, (sun_x, sky.sun), sky.sun_size * 2.2, shine, 0.36)
        image = developed(field, width, height)
        sky.land(Land(image, ground, rng, sky.horizon, (sun_x, sky.sun), sky.sun_size * ground.short, stops[-1][1]))
        return image

    def _stops(self, sky: Sky, palette: Palette) -> list[tuple[float, Rgb]]:
        """The sky's colours, finely stepped in OKLCH: from a cold top to a warm horizon by way of purple, not grey."""
        coarse = [
            (place, light, chroma * min(1.0, palette.chroma + 0.25), _sky_hue(palette) if hue is None else float(hue))
            for place, light, chroma, hue in sky.stops
        ]
        result: list[tuple[float, Rgb]] = []
        for (p0, l0, c0, h0), (p1, l1, c1, h1) in pairwise(coarse):
            turn = (h1 - h0 + 180) % 360 - 180
            if 100 <= h0 <= 330 and (h1 < 100 or h1 > 330):
                turn = (h1 - h0) % 360
            for step in range(5):
                t = step / 5
                colour = oklch(
                    round(l0 + (l1 - l0) * t, 4), round(c0 + (c1 - c0) * t, 4), round((h0 + turn * t) % 360, 2)
                )
                result.append(((p0 + (p1 - p0) * t) * sky.horizon, colour))
        last = coarse[-1]
        result.append((sky.horizon, oklch(last[1], round(last[2], 4), last[3])))
        return result

    def tones(self, ground: Ground) -> Tones:
        return Tones(WHITE, ground.palette.tone(0.91, 0.10, "spark"), ground.palette.tone(0.94, 0.04, "second"))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        return plain_panel(
            width,
            height,
            ground.short * 0.026,
            ground.palette.tone(0.24, 0.07, "main"),
            opacity=0.68,
            border=WHITE,
            border_width=max(1.2, ground.short / 700),
            border_opacity=0.28,
            shadow=0.25,
            spread=ground.short * 0.02,
        )

    def halo(self, size: int, ground: Ground) -> Art:
        """Light around the icon, as from the sun behind it."""
        canvas = clear(size, size)
        distance = circle_distance(size, size, size / 2, size / 2, 0.0)
        light = np.exp(-((distance / (size * 0.27)) ** 2)) * np.clip((size * 0.5 - distance) / (size * 0.15), 0, 1)
        lay_over(canvas, tinted(light, (255, 246, 226), 0.38), 0, 0)
        return Art(canvas)

    def letters(self, layer: Pixels, size: float, ground: Ground) -> Art:
        return soft_letters(layer, size, ground.palette.tone(0.16, 0.06, "main"), 0.34)


def _sky_hue(palette: Palette) -> float:
    """A hue that a sky can have: the palette's own when it is cyan to magenta, else blue."""
    return next((hue for hue in (palette.main, palette.second) if 195 <= hue <= 345), 245.0)
