"""Paper: a serif on fibrous stock, a marker under the words that matter, an organic blob."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, fibre, mesh, shaded, vignette
from videogen_engine.visuals.looks.base import AccentMark, Art, Ground, Look, Tones, plain_panel
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import blob, circle_distance, fill_of, polygon
from videogen_engine.visuals.text_fitting import TextStyle


class Paper(Look):
    name = "paper"
    headline = TextStyle(Face("Fraunces", 600), tracking=-0.008, leading=1.2)
    label = TextStyle(Face("Inter", 600), leading=1.22)
    kicker = TextStyle(Face("Inter", 700), tracking=0.07, upper=True)
    figure = TextStyle(Face("Fraunces", 700), tracking=-0.02)
    quote = TextStyle(Face("Fraunces", 600), leading=1.28)
    accent_mark = AccentMark.MARKER
    sceneries = ("plain", "corner", "band", "arch", "sheet", "dots")

    def background(self, ground: Ground) -> Pixels:
        width, height, palette = ground.width, ground.height, ground.palette
        base = palette.paper
        warm = mix(base, palette.tone(0.93, 0.03, "second"), 0.5)
        field = mesh(width, height, base, [(0.2, 0.1, 0.5, base), (0.9, 0.9, 0.4, warm)])
        image = developed(vignette(field, width, height, 0.10), width, height)
        self._shapes(image, ground)
        return shaded(image, fibre(width, height, 11))

    def _shapes(self, image: Pixels, ground: Ground) -> None:
        width, height, palette, rng = ground.width, ground.height, ground.palette, ground.rng(2)
        tint = palette.tone(0.905, 0.045, "second")
        rose = palette.tone(0.90, 0.05, "accent")
        scenery = ground.scenery
        if scenery == "corner":
            size = int(ground.short * 0.9)
            points = blob(ground.seed, 120, 0.12) * size * 0.5 + size / 2
            x = width - round(size * 0.55) if ground.side > 0 else -round(size * 0.45)
            lay_over(image, tinted(polygon(size, size, points), rose, 0.8), x, height - round(size * 0.5))
        elif scenery == "band":
            top = round(height * 0.83)
            wave = np.arange(0, width + 9, 8)
            edge = top + ground.short * 0.02 * np.sin(wave / width * 5 + rng.uniform(0, 6))
            points = np.concatenate([np.stack([wave, edge], 1), [[width + 9, height + 2], [-2, height + 2]]])
            lay_over(image, tinted(polygon(width, height, points.astype(np.float64)), tint), 0, 0)
        elif scenery == "arch":
            radius = ground.short * 0.48
            side = int(radius * 2 + 4)
            ring = fill_of(circle_distance(side, side, side / 2, side / 2, radius))
            lay_over(image, tinted(ring, tint, 0.75), round(width * 0.5 - side / 2), round(height * 0.9 - side * 0.35))
        elif scenery == "sheet":
            lay_over(image, tinted(np.ones((height, round(width * 0.035)), np.float32), tint), 0, 0)
            lay_over(image, tinted(np.ones((height, round(width * 0.007)), np.float32), rose), round(width * 0.042), 0)
        elif scenery == "dots":
            self._dots(image, ground, palette.tone(0.83, 0.05, "main"))

    def _dots(self, image: Pixels, ground: Ground, colour: Rgb) -> None:
        step = ground.short * 0.036
        radius = ground.short * 0.0042
        side = int(2 * radius + 4)
        dot = tinted(fill_of(circle_distance(side, side, side / 2, side / 2, radius)), colour)
        columns, rows = 9, 5
        for corner in (0, 1):
            left = ground.width * 0.03 if corner else ground.width * 0.97 - step * columns
            top = ground.height * 0.9 - step * rows if corner else ground.height * 0.06
            for row in range(rows):
                for column in range(columns):
                    lay_over(image, dot, round(left + column * step), round(top + row * step))

    def tones(self, ground: Ground) -> Tones:
        palette = ground.palette
        return Tones(palette.tone(0.25, 0.035), palette.strong, palette.tone(0.45, 0.05))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        return plain_panel(
            width,
            height,
            ground.short * 0.022,
            mix(WHITE, ground.palette.paper, 0.25),
            border=ground.palette.tone(0.88, 0.02),
            border_width=max(1.0, ground.short / 900),
            shadow=0.16,
            spread=ground.short * 0.018,
        )

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        points = blob(ground.seed, 160, 0.13) * size * np.array([0.47, 0.43]) + size / 2
        tint = ground.palette.tone(0.87, 0.062, "second")
        lay_over(canvas, tinted(polygon(size, size, points), tint), 0, 0)
        radius = size * 0.068
        spot = fill_of(circle_distance(size, size, size * 0.85, size * 0.13, radius))
        lay_over(canvas, tinted(spot, ground.palette.tone(0.80, 0.14, "spark", -12)), 0, 0)
        return Art(canvas)

    def mark_colour(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.87, 0.13, "spark")
