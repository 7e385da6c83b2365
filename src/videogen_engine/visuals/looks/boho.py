"""Boho: arches, suns and leaves in earthen colours."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, fibre, mesh, shaded
from videogen_engine.visuals.looks.base import Art, Ground, Tones, plain_panel
from videogen_engine.visuals.looks.drawing import arc_points, disc, fill, wave_points
from videogen_engine.visuals.looks.geometric import Bauhaus
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import polygon
from videogen_engine.visuals.text_fitting import TextStyle


class Boho(Bauhaus):
    name = "boho"
    headline = TextStyle(Face("Fraunces", 600), tracking=-0.008, leading=1.18)
    label = TextStyle(Face("Fraunces", 600), leading=1.2)
    kicker = TextStyle(Face("Inter", 600), tracking=0.08, upper=True)
    figure = TextStyle(Face("Fraunces", 700), tracking=-0.02)
    quote = TextStyle(Face("Fraunces", 600), leading=1.28)
    sceneries = ("arches", "suns", "hills", "leaves", "rainbow", "dunes")

    def _inks(self, ground: Ground) -> tuple[Rgb, Rgb, Rgb, Rgb]:
        return (
            oklch(0.62, 0.115, 42.0),
            oklch(0.80, 0.09, 75.0),
            ground.palette.tone(0.60, 0.07, "main", 0) if ground.palette.spark > 150 else oklch(0.60, 0.06, 150.0),
            oklch(0.48, 0.085, 30.0),
        )

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        base = oklch(0.935, 0.028, 75.0)
        image = developed(
            mesh(
                width,
                height,
                base,
                [(0.2, 0.2, 0.5, oklch(0.95, 0.022, 80.0)), (0.9, 0.9, 0.5, oklch(0.91, 0.038, 65.0))],
            ),
            width,
            height,
        )
        inks = [mix(base, ink, 0.62) for ink in self._inks(ground)]
        right = ground.side > 0 if ground.side else rng.random() < 0.5
        x = width * (0.93 if right else 0.07)
        if ground.scenery in {"arches", "rainbow"}:
            for i, colour in enumerate((inks[0], base, inks[1], base, inks[3], base)):
                radius = short * (0.30 - 0.045 * i)
                disc(image, x, height, radius, colour)
        elif ground.scenery == "suns":
            disc(image, x, height * 0.10, short * 0.17, inks[1])
            for i in range(28):
                turn = i / 28 * 2 * math.pi
                a, b = short * 0.195, short * 0.245
                fill(
                    image,
                    [(x + a * math.cos(turn + s), height * 0.10 + a * math.sin(turn + s)) for s in (-0.03, 0.03)]
                    + [(x + b * math.cos(turn), height * 0.10 + b * math.sin(turn))],
                    inks[0],
                )
        elif ground.scenery in {"hills", "dunes"}:
            for i, colour in enumerate((inks[1], inks[0], inks[3])):
                top = height * (0.84 + 0.055 * i)
                fill(image, wave_points(width, height, top, short * 0.03, 0.9 + 0.2 * i, rng.uniform(0, 6)), colour)
        else:
            for side in (-1, 1):
                base_x = width * (0.5 + side * 0.5)
                for i in range(5):
                    turn = -math.pi / 2 - side * (0.15 + 0.26 * i)
                    tip = (base_x + short * 0.34 * math.cos(turn), height + short * 0.34 * math.sin(turn))
                    normal = (-math.sin(turn), math.cos(turn))
                    mid = ((base_x + tip[0]) / 2, (height + tip[1]) / 2)
                    fill(
                        image,
                        [
                            (base_x, height),
                            (mid[0] + normal[0] * short * 0.03, mid[1] + normal[1] * short * 0.03),
                            tip,
                            (mid[0] - normal[0] * short * 0.03, mid[1] - normal[1] * short * 0.03),
                        ],
                        inks[2],
                    )
        return shaded(image, fibre(width, height, 5, 1.2))

    def tones(self, ground: Ground) -> Tones:
        return Tones(oklch(0.32, 0.05, 40.0), oklch(0.47, 0.12, 38.0), oklch(0.45, 0.07, 45.0))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        return plain_panel(
            width, height, min(width, height) * 0.16, oklch(0.972, 0.016, 80.0), border=self._inks(ground)[index % 3],
            border_width=max(1.5, ground.short / 420), shadow=0.10, spread=ground.short * 0.012,
        )  # fmt: skip

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        inks = self._inks(ground)
        middle = size / 2
        for reach, colour in ((0.46, inks[0]), (0.405, oklch(0.955, 0.02, 78.0)), (0.375, mix(WHITE, inks[1], 0.75))):
            half = size * reach
            arch = np.concatenate(
                [
                    arc_points(middle, middle, half, 0.5, 1.0, 60),
                    [[middle + half, size * 0.955], [middle - half, size * 0.955]],
                ]
            )
            lay_over(canvas, tinted(polygon(size, size, arch), colour), 0, 0)
        return Art(canvas)

    def mark_colour(self, ground: Ground) -> Rgb:
        return oklch(0.66, 0.12, 45.0)
