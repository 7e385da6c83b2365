"""Landscape: layered scenery under a wide sky, with a shaded icon before the sun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from videogen_engine.visuals.colour import WHITE, mix, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, glow, ramp
from videogen_engine.visuals.looks.base import Art, Ground, Look, Tones, plain_panel
from videogen_engine.visuals.looks.glass import soft_letters
from videogen_engine.visuals.looks.scenery import (
    Land,
    city,
    desert,
    forest,
    meadow,
    mountains,
    sea,
    snow,
    space,
)
from videogen_engine.visuals.pixels import Pixels
from videogen_engine.visuals.text_fitting import TextStyle


@dataclass(frozen=True)
class Sky:
    """OKLCH lightness and hue turn from top to horizon, and where the sun stands (share of the height)."""

    stops: tuple[tuple[float, float, float, float | None], ...]
    horizon: float
    sun: float
    sun_size: float
    day: bool
    land: Callable[[Land], None]


# Stops: place (share of the horizon's height), lightness, chroma, hue (None: the palette's main hue).
SKIES: dict[str, Sky] = {
    "sea": Sky(((0, 0.29, 0.10, None), (0.42, 0.46, 0.15, None), (0.66, 0.70, 0.14, 38), (1, 0.86, 0.10, 70)), 0.66, 0.60, 0.24, False, sea),
    "mountains": Sky(((0, 0.34, 0.09, None), (0.45, 0.50, 0.10, None), (0.75, 0.74, 0.10, 15), (1, 0.90, 0.06, 60)), 0.70, 0.50, 0.13, False, mountains),
    "forest": Sky(((0, 0.31, 0.06, None), (0.5, 0.48, 0.08, None), (0.8, 0.68, 0.08, 150), (1, 0.84, 0.06, 110)), 0.72, 0.42, 0.12, False, forest),
    "desert": Sky(((0, 0.33, 0.10, None), (0.45, 0.50, 0.13, 10), (0.75, 0.74, 0.13, 50), (1, 0.88, 0.09, 78)), 0.68, 0.54, 0.20, False, desert),
    "city": Sky(((0, 0.23, 0.07, None), (0.5, 0.38, 0.12, None), (0.82, 0.58, 0.15, 345), (1, 0.74, 0.12, 40)), 0.74, 0.22, 0.075, False, city),
    "snow": Sky(((0, 0.36, 0.08, None), (0.5, 0.54, 0.08, None), (1, 0.86, 0.035, 230)), 0.68, 0.28, 0.09, False, snow),
    "space": Sky(((0, 0.15, 0.05, None), (0.55, 0.24, 0.10, None), (1, 0.36, 0.13, 330)), 0.80, 0.30, 0.0, False, space),
    "meadow": Sky(((0, 0.50, 0.11, 245), (0.5, 0.66, 0.10, 235), (1, 0.90, 0.05, 200)), 0.66, 0.22, 0.10, True, meadow),
}


class Landscape(Look):
    name = "landscape"
    headline = TextStyle(Face("Inter", 800), tracking=-0.02, leading=1.13)
    label = TextStyle(Face("Inter", 700), leading=1.2)
    kicker = TextStyle(Face("Inter", 600), tracking=0.06, upper=True)
    figure = TextStyle(Face("Inter", 800), tracking=-0.035)
    quote = TextStyle(Face("Inter", 700), tracking=-0.012, leading=1.24)
    sceneries = ("sea", "mountains", "forest", "desert", "city", "snow", "space", "meadow")

    def background(self, ground: Ground) -> Pixels:
        width, height, palette = ground.width, ground.height, ground.palette
        sky = SKIES[ground.scenery]
        rng = ground.rng(3)
        stops = [
            (
                place * sky.horizon,
                palette.tone(light, chroma) if hue is None else mix(
                    palette.tone(light, chroma, "second"), oklch(light, chroma, hue), 0.8
                ),
            )
            for place, light, chroma, hue in sky.stops
        ]
        field = ramp(width, height, stops)
        sun_x = float(rng.uniform(0.40, 0.60)) if sky.horizon - sky.sun < 0.2 else float(rng.uniform(0.66, 0.82))
        shine = mix(stops[-1][1], WHITE, 0.35)
        if sky.sun_size:
            field = glow(field, width, height, (sun_x, sky.sun), sky.sun_size * 2.2, shine, 0.5)
        image = developed(field, width, height)
        sky.land(Land(image, ground, rng, sky.horizon, (sun_x, sky.sun), sky.sun_size * ground.short, stops[-1][1]))
        return image

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

    def letters(self, layer: Pixels, size: float, ground: Ground) -> Art:
        return soft_letters(layer, size, ground.palette.tone(0.16, 0.06, "main"), 0.45)

