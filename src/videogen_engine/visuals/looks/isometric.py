"""Isometric: cuboids and plates seen from above on a pale ground."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, mesh
from videogen_engine.visuals.looks.base import Art, Ground, Look, Tones
from videogen_engine.visuals.looks.drawing import fill, line
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import fill_of, polygon, rounded_distance
from videogen_engine.visuals.text_fitting import TextStyle


class Isometric(Look):
    name = "isometric"
    headline = TextStyle(Face("Inter", 800), tracking=-0.022, leading=1.12)
    label = TextStyle(Face("Inter", 700), leading=1.2)
    kicker = TextStyle(Face("Inter", 700), tracking=0.05, upper=True)
    figure = TextStyle(Face("Inter", 800), tracking=-0.035)
    quote = TextStyle(Face("Inter", 700), leading=1.24)
    sceneries = ("blocks", "steps", "tiles", "towers", "plates", "sky")

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        palette = ground.palette
        base = palette.tone(0.955, 0.018)
        image = developed(
            mesh(
                width,
                height,
                base,
                [(0.1, 0.1, 0.4, palette.tone(0.975, 0.01)), (0.95, 0.9, 0.5, palette.tone(0.90, 0.045, "second"))],
            ),
            width,
            height,
        )
        edge = short * 0.075
        right = ground.side > 0 if ground.side else rng.random() < 0.5
        kind = ground.scenery
        if kind in {"tiles", "plates"}:
            self._net(image, ground, mix(base, palette.tone(0.7, 0.08), 0.22), edge * 1.6)
        if kind != "sky":
            spread = {"blocks": 7, "steps": 6, "tiles": 4, "towers": 6, "plates": 5}[kind]
            for i in range(spread):
                tall = {"steps": 0.5 + 0.42 * i, "towers": rng.uniform(0.8, 3.2)}.get(
                    kind, rng.uniform(0.5, 1.7)
                ) * edge
                x = width * (0.965 if right else 0.035) + (-1 if right else 1) * (i * edge * 0.95 - edge)
                y = height * 0.985 + (i % 2) * edge * 0.35
                self._box(image, x, y, edge, tall, ("main", "second", "spark")[int(rng.integers(3))], ground)
        return image

    def _net(self, image: Pixels, ground: Ground, colour: Rgb, step: float) -> None:
        slope = math.tan(math.radians(30))
        reach = int((ground.height + ground.width * slope) / step) + 2
        for i in range(reach):
            y = i * step
            line(image, (0, y), (ground.width, y - ground.width * slope), colour, max(1, ground.short // 700))
            line(image, (ground.width, y), (0, y - ground.width * slope), colour, max(1, ground.short // 700))

    def _box(self, image: Pixels, x: float, y: float, edge: float, tall: float, hue: str, ground: Ground) -> None:
        """A cuboid whose front corner stands at ``x``, ``y``."""
        dx, dy = edge * math.cos(math.radians(30)), edge * 0.5
        chroma = 0.12
        top, left, right = (ground.palette.tone(light, chroma, hue) for light in (0.86, 0.72, 0.60))
        fill(image, [(x, y), (x - dx, y - dy), (x - dx, y - dy - tall), (x, y - tall)], left)
        fill(image, [(x, y), (x + dx, y - dy), (x + dx, y - dy - tall), (x, y - tall)], right)
        fill(image, [(x, y - tall), (x - dx, y - dy - tall), (x, y - 2 * dy - tall), (x + dx, y - dy - tall)], top)

    def tones(self, ground: Ground) -> Tones:
        palette = ground.palette
        return Tones(palette.tone(0.27, 0.075), palette.tone(0.50, 0.19), palette.tone(0.46, 0.10))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        depth = max(3, round(ground.short * 0.012))
        radius = ground.short * 0.024
        body = fill_of(rounded_distance(width, height, radius))
        hue = ("main", "second", "spark")[index % 3]
        pad = depth * 2
        canvas = clear(width + 2 * pad, height + 2 * pad)
        for i in range(depth, 0, -1):
            lay_over(canvas, tinted(body, ground.palette.tone(0.66, 0.12, hue)), pad + i // 2, pad + i)
        lay_over(canvas, tinted(body, WHITE), pad, pad)
        return Art(canvas, pad)

    def halo(self, size: int, ground: Ground) -> Art:
        """A plate that the icon stands on."""
        canvas = clear(size, size)
        middle, low, half, thick = size / 2, size * 0.80, size * 0.46, size * 0.05
        rise = half * math.tan(math.radians(30))
        top = [(middle, low - rise), (middle + half, low), (middle, low + rise), (middle - half, low)]
        shift = size * 0.0 - max(0.0, low + rise + thick - size)
        points = np.array(top) + np.array([0, shift])
        left = np.array([points[3], points[2], points[2] + (0, thick), points[3] + (0, thick)])
        right = np.array([points[1], points[2], points[2] + (0, thick), points[1] + (0, thick)])
        palette = ground.palette
        inner = (points - points.mean(axis=0)) * 0.78 + points.mean(axis=0)
        for shape, colour in (
            (left, palette.tone(0.66, 0.12)),
            (right, palette.tone(0.56, 0.13)),
            (points, palette.tone(0.86, 0.075)),
            (inner, palette.tone(0.91, 0.05)),
        ):
            lay_over(canvas, tinted(polygon(size, size, shape), colour), 0, 0)
        return Art(canvas)

    def mark_colour(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.66, 0.17, "spark", -15)
