"""Flat: strong plain colours, big soft shapes, white cards, icons without shading."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.looks.base import Art, Ground, IconKind, Look, Tones, plain_panel
from videogen_engine.visuals.looks.drawing import arc_points, disc, fill, ring, wave_points
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import blob, circle_distance, fill_of
from videogen_engine.visuals.text_fitting import TextStyle


class Flat(Look):
    name = "flat"
    headline = TextStyle(Face("Inter", 800), tracking=-0.02, leading=1.13)
    label = TextStyle(Face("Inter", 700), leading=1.2)
    kicker = TextStyle(Face("Inter", 700), tracking=0.06, upper=True)
    figure = TextStyle(Face("Inter", 900), tracking=-0.035)
    quote = TextStyle(Face("Inter", 700), tracking=-0.012, leading=1.24)
    icon_kind = IconKind.FLAT
    sceneries = ("wave", "blobs", "arcs", "steps", "spots", "slope")

    def _hue(self, ground: Ground) -> tuple[str, float]:
        return {
            "wave": ("main", 0.0),
            "blobs": ("second", -10.0),
            "arcs": ("main", 28.0),
            "steps": ("main", -24.0),
            "spots": ("second", 18.0),
            "slope": ("main", 12.0),
        }[ground.scenery]

    def _base(self, ground: Ground, lightness: float, chroma: float, turn: float = 0.0) -> Rgb:
        hue, own = self._hue(ground)
        return ground.palette.tone(lightness, chroma, hue, own + turn)

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        image = np.empty((height, width, 3), dtype=np.uint8)
        image[:] = self._base(ground, 0.47, 0.145)[::-1]
        deep, deeper, lift = (
            self._base(ground, 0.43, 0.14),
            self._base(ground, 0.39, 0.13),
            self._base(ground, 0.51, 0.145),
        )
        spark = ground.palette.tone(0.80, 0.14, "spark")
        if ground.scenery == "wave":
            for i, colour in enumerate((deep, deeper)):
                top = height * (0.72 + 0.12 * i)
                fill(image, wave_points(width, height, top, short * 0.045, 1.3, rng.uniform(0, 6)), colour)
            disc(image, width * 0.96, height * 0.02, short * 0.26, lift)
        elif ground.scenery == "blobs":
            for x, y, size, colour in ((0.02, 0.95, 0.46, deep), (0.99, 0.08, 0.50, lift), (0.93, 0.98, 0.28, deeper)):
                points = blob(int(rng.integers(1 << 30)), 140, 0.16) * short * size
                fill(image, points + np.array([x * width, y * height]), colour)
        elif ground.scenery == "arcs":
            for radius, colour in ((0.78, deep), (0.58, lift), (0.38, deep)):
                fill(image, arc_points(width * 1.0, height * 1.0, short * radius, 0.25, 0.75 + 0.0001, 90), colour)
                disc(image, width, height, short * radius, colour)
        elif ground.scenery == "steps":
            for i in range(4):
                left = width * (0.62 + 0.1 * i)
                colour = deep if i % 2 else deeper
                fill(
                    image,
                    [
                        (left, height + 4),
                        (left, height * (0.92 - 0.07 * i)),
                        (width + 4, height * (0.92 - 0.07 * i)),
                        (width + 4, height + 4),
                    ],
                    colour,
                )
        elif ground.scenery == "spots":
            for _ in range(9):
                disc(
                    image,
                    rng.uniform(0, width),
                    rng.uniform(0, height),
                    short * rng.uniform(0.03, 0.13),
                    deep if rng.random() < 0.5 else lift,
                )
        else:
            fill(image, [(0, height * 0.86), (width, height * 0.60), (width, height + 4), (0, height + 4)], deep)
            fill(image, [(0, height * 1.0), (width, height * 0.78), (width, height + 4), (0, height + 4)], deeper)
        self._sparks(image, ground, spark, rng)
        return image

    def _sparks(self, image: Pixels, ground: Ground, colour: Rgb, rng: np.random.Generator) -> None:
        """Small rings, dots and crosses in the margins."""
        short = ground.short
        places = ((0.035, 0.30), (0.5, 0.035), (0.965, 0.55), (0.03, 0.78), (0.72, 0.92), (0.30, 0.93))
        for i, (x, y) in enumerate(places):
            px, py = (x + rng.uniform(-0.012, 0.012)) * ground.width, (y + rng.uniform(-0.012, 0.012)) * ground.height
            size = short * 0.012
            if i % 3 == 0:
                ring(image, px, py, size, short * 0.0045, colour)
            elif i % 3 == 1:
                disc(image, px, py, size * 0.6, WHITE)
            else:
                for a, b in ((size, size * 0.22), (size * 0.22, size)):
                    fill(image, [(px - a, py - b), (px + a, py - b), (px + a, py + b), (px - a, py + b)], colour)

    def tones(self, ground: Ground) -> Tones:
        return Tones(WHITE, ground.palette.tone(0.90, 0.13, "spark"), self._base(ground, 0.93, 0.05))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        return plain_panel(width, height, ground.short * 0.03, WHITE, shadow=0.18, spread=ground.short * 0.016)

    def panel_tones(self, ground: Ground, index: int) -> Tones:
        return Tones(self._base(ground, 0.28, 0.08), self._base(ground, 0.48, 0.17), self._base(ground, 0.45, 0.08))

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        middle = size / 2
        main = fill_of(circle_distance(size, size, middle, middle, size * 0.43))
        lay_over(canvas, tinted(main, self._base(ground, 0.92, 0.05)), 0, 0)
        small = fill_of(circle_distance(size, size, size * 0.86, size * 0.17, size * 0.075))
        lay_over(canvas, tinted(small, ground.palette.tone(0.82, 0.14, "spark")), 0, 0)
        tiny = fill_of(circle_distance(size, size, size * 0.10, size * 0.80, size * 0.04))
        lay_over(canvas, tinted(tiny, WHITE), 0, 0)
        return Art(canvas)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return Art(layer)

    def mark_colour(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.84, 0.14, "spark")
