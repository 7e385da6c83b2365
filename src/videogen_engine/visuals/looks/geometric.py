"""Minimal and Bauhaus: composed of plain geometry on light grounds."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, fibre, mesh, shaded
from videogen_engine.visuals.looks.base import AccentMark, Art, Ground, IconKind, Look, Tones, plain_panel
from videogen_engine.visuals.looks.drawing import arc_points, disc, fill, ring
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, polygon, rounded_distance
from videogen_engine.visuals.text_fitting import TextStyle


class Minimal(Look):
    name = "minimal"
    headline = TextStyle(Face("Inter", 800), tracking=-0.032, leading=1.08)
    label = TextStyle(Face("Inter", 600), tracking=-0.01, leading=1.2)
    kicker = TextStyle(Face("Inter", 700), tracking=0.02)
    figure = TextStyle(Face("Inter", 800), tracking=-0.05)
    quote = TextStyle(Face("Inter", 600), tracking=-0.02, leading=1.24)
    headline_scale = 1.06
    sceneries = ("plain", "block", "circle", "line", "quarter", "strip")

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        palette = ground.palette
        base = palette.tone(0.975, 0.006)
        tint = palette.tone(0.925, 0.032)
        image = developed(mesh(width, height, base, [(0.9, 0.9, 0.5, palette.tone(0.955, 0.012))]), width, height)
        strong = palette.tone(0.60, 0.20, "accent")
        right = ground.side > 0 if ground.side else rng.random() < 0.5
        if ground.scenery == "block":
            if ground.side and width > height:
                edge = round(width * 0.58)
                image[:, edge if ground.side > 0 else 0 : width if ground.side > 0 else width - edge] = tint[::-1]
            else:
                image[: round(height * 0.045)] = tint[::-1]
                image[round(height * 0.84) :] = tint[::-1]
        elif ground.scenery == "circle":
            disc(image, width * (0.98 if right else 0.02), height * 0.98, short * 0.42, tint)
        elif ground.scenery == "quarter":
            disc(image, width * (1.0 if right else 0.0), 0, short * 0.50, tint)
        elif ground.scenery == "strip":
            image[round(height * 0.86) :] = tint[::-1]
        elif ground.scenery == "line":
            image[:, round(width * 0.035) : round(width * 0.035) + max(1, short // 500)] = palette.tone(0.86, 0.02)[
                ::-1
            ]
            image[round(height * 0.90) : round(height * 0.90) + max(1, short // 500)] = palette.tone(0.86, 0.02)[::-1]
        side = short * 0.022
        x, y = width * (0.965 if right else 0.035), height * 0.055
        fill(image, [(x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)], strong)
        return image

    def tones(self, ground: Ground) -> Tones:
        palette = ground.palette
        return Tones(palette.tone(0.21, 0.025), palette.tone(0.53, 0.20, "accent"), palette.tone(0.50, 0.18, "accent"))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        return plain_panel(
            width, height, ground.short * 0.014, WHITE, border=ground.palette.tone(0.88, 0.015),
            border_width=max(1.0, ground.short / 700), shadow=0.10, spread=ground.short * 0.014,
        )  # fmt: skip

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        body = fill_of(rounded_distance(size, size, size * 0.5, size * 0.085))
        lay_over(canvas, tinted(body, ground.palette.tone(0.90, 0.055)), 0, 0)
        return Art(canvas)

    def mark_colour(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.60, 0.20, "accent")


class Bauhaus(Look):
    name = "bauhaus"
    headline = TextStyle(Face("Space Grotesk", 700), tracking=-0.02, leading=1.1)
    label = TextStyle(Face("Space Grotesk", 700), leading=1.18)
    kicker = TextStyle(Face("Space Grotesk", 700), tracking=0.05, upper=True)
    figure = TextStyle(Face("Space Grotesk", 700), tracking=-0.035)
    quote = TextStyle(Face("Space Grotesk", 700), leading=1.24)
    icon_kind = IconKind.FLAT
    accent_mark = AccentMark.UNDERLINE
    sceneries = ("frieze", "tower", "corner", "footing", "scatter", "bars")

    def _inks(self, ground: Ground) -> tuple[Rgb, Rgb, Rgb, Rgb]:
        palette = ground.palette
        return (
            palette.tone(0.50, 0.17),
            palette.tone(0.80, 0.15, "spark"),
            palette.tone(0.62, 0.20, "spark", -50),
            palette.tone(0.27, 0.05),
        )

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        cream = oklch(0.955, 0.018, 88.0)
        image = np.empty((height, width, 3), dtype=np.uint8)
        image[:] = cream[::-1]
        tile = short * 0.115
        cells: list[tuple[float, float]] = []
        if ground.scenery == "frieze":
            cells = [(i * tile, height - tile) for i in range(int(width / tile) + 1)]
        elif ground.scenery == "tower":
            left = width - tile * 0.75 if rng.random() < 0.5 else -tile * 0.25
            cells = [(left, i * tile) for i in range(int(height / tile) + 1)]
        elif ground.scenery == "corner":
            left = width - 3 * tile if rng.random() < 0.5 else 0.0
            cells = [(left + i * tile, height - (j + 1) * tile) for i in range(3) for j in range(2) if i + j < 3]
        elif ground.scenery == "footing":
            cells = [(i * tile, height - tile) for i in range(int(width / tile) + 1) if rng.random() < 0.6]
            cells += [(x, y - tile) for x, y in cells if rng.random() < 0.22]
        elif ground.scenery == "bars":
            inks = self._inks(ground)
            for i in range(4):
                top = height * 0.865 + i * short * 0.036
                image[int(top) : int(top + short * 0.026), int(width * 0.06 * i) :] = inks[i][::-1]
        else:
            for i in range(5):
                x, y = rng.choice([rng.uniform(0, 0.06), rng.uniform(0.94, 1.0)]) * width, rng.uniform(0.02, 1) * height
                self._cell(
                    image, x - tile * 0.4, y - tile * 0.4, tile * 0.8, ground, int(rng.integers(1 << 30)) + i, bare=True
                )
        for x, y in cells:
            self._cell(image, x, y, tile, ground, int(rng.integers(1 << 30)))
        return shaded(image, fibre(width, height, 5, 0.5))

    def _cell(
        self, image: Pixels, x: float, y: float, size: float, ground: Ground, seed: int, bare: bool = False
    ) -> None:
        rng = np.random.default_rng(seed)
        inks = self._inks(ground)
        first, second = (int(i) for i in rng.permutation(4)[:2])
        pale = mix(oklch(0.955, 0.018, 88.0), inks[first], 0.18)
        if not bare:
            fill(
                image,
                [(x, y), (x + size, y), (x + size, y + size), (x, y + size)],
                inks[first] if rng.random() < 0.6 else pale,
            )
        colour = inks[second]
        kind = int(rng.integers(5))
        if kind == 0:
            disc(image, x + size / 2, y + size / 2, size * 0.36, colour)
        elif kind == 1:
            corner = int(rng.integers(4))
            cx, cy = x + size * (corner % 2), y + size * (corner // 2)
            start = {0: 0.0, 1: 0.25, 3: 0.5, 2: 0.75}[corner]
            fill(image, np.concatenate([[[cx, cy]], arc_points(cx, cy, size, start, start + 0.25, 24)]), colour)
        elif kind == 2:
            half = 0.0 if rng.random() < 0.5 else 0.5
            fill(image, arc_points(x + size / 2, y + size / 2, size * 0.5, half, half + 0.5, 32), colour)
        elif kind == 3:
            fill(image, [(x, y + size), (x + size, y + size), (x + (size if rng.random() < 0.5 else 0), y)], colour)
        else:
            ring(image, x + size / 2, y + size / 2, size * 0.30, size * 0.13, colour)

    def tones(self, ground: Ground) -> Tones:
        palette = ground.palette
        return Tones(palette.tone(0.23, 0.04), palette.tone(0.50, 0.17), palette.tone(0.48, 0.17, "spark", -50))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        return plain_panel(width, height, 1.0, self._panel_fill(ground, index), shadow=0)

    def _panel_fill(self, ground: Ground, index: int) -> Rgb:
        inks = self._inks(ground)
        return (
            mix(WHITE, inks[0], 0.20),
            mix(WHITE, inks[1], 0.55),
            mix(WHITE, inks[2], 0.30),
            mix(WHITE, inks[3], 0.16),
        )[index % 4]

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        inks = self._inks(ground)
        unit = size * 0.46
        middle = size / 2
        square = np.array(
            [
                (middle - unit, middle - unit * 0.1),
                (middle, middle - unit * 0.1),
                (middle, middle + unit * 0.9),
                (middle - unit, middle + unit * 0.9),
            ]
        )
        lay_over(canvas, tinted(polygon(size, size, square), inks[1]), 0, 0)
        quarter = np.concatenate(
            [
                [[middle + unit * 0.95, middle - unit * 0.95]],
                arc_points(middle + unit * 0.95, middle - unit * 0.95, unit * 0.9, 0.25, 0.5, 40),
            ]
        )
        lay_over(canvas, tinted(polygon(size, size, quarter), inks[2]), 0, 0)
        body = fill_of(circle_distance(size, size, middle, middle, size * 0.36))
        lay_over(canvas, tinted(body, mix(WHITE, inks[0], 0.16)), 0, 0)
        return Art(canvas)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return Art(layer)

    def mark_colour(self, ground: Ground) -> Rgb:
        return self._inks(ground)[2]
