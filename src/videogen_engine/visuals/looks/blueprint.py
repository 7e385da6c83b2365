"""Blueprint: white lines on blue grid paper."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, mesh, vignette
from videogen_engine.visuals.looks.base import AccentMark, Art, Ground, IconKind, Look, Tones
from videogen_engine.visuals.looks.drawing import line, ring
from videogen_engine.visuals.pixels import Mask, Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance, stroke_of
from videogen_engine.visuals.text_fitting import TextStyle


class Blueprint(Look):
    name = "blueprint"
    headline = TextStyle(Face("Space Grotesk", 700), tracking=-0.012, leading=1.14)
    label = TextStyle(Face("JetBrains Mono", 500), tracking=-0.02, leading=1.25)
    kicker = TextStyle(Face("JetBrains Mono", 500), tracking=0.04, upper=True)
    figure = TextStyle(Face("Space Grotesk", 700), tracking=-0.03)
    quote = TextStyle(Face("Space Grotesk", 500), leading=1.26)
    icon_kind = IconKind.LINE
    accent_mark = AccentMark.UNDERLINE
    sceneries = ("sheet", "arcs", "plan", "section", "axes", "contour")

    def _line(self, ground: Ground, lightness: float) -> Rgb:
        return ground.palette.tone(lightness, 0.09)

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        base = ground.palette.tone(0.37, 0.125)
        field = mesh(
            width,
            height,
            base,
            [(0.3, 0.25, 0.5, ground.palette.tone(0.41, 0.13)), (1.0, 1.0, 0.5, ground.palette.tone(0.32, 0.11))],
        )
        image = developed(vignette(field, width, height, 0.22), width, height)
        cell = short / 27
        minor, major = self._line(ground, 0.42), self._line(ground, 0.50)
        for axis, length in ((1, width), (0, height)):
            for number in range(int(length / cell) + 2):
                at = int(number * cell)
                strong = number % 5 == 0
                thick = max(1, round(short / (620 if strong else 1000)))
                colour = np.array((major if strong else minor)[::-1], dtype=np.uint8)
                if axis:
                    image[:, at : at + thick] = colour
                else:
                    image[at : at + thick] = colour
        self._drawing(image, ground, rng, self._line(ground, 0.60))
        return image

    def _drawing(self, image: Pixels, ground: Ground, rng: np.random.Generator, colour: Rgb) -> None:
        """A construction in the margins, faint enough to letter over."""
        width, height, short = ground.width, ground.height, ground.short
        thin = max(1, round(short / 620))
        if ground.scenery in {"arcs", "contour"}:
            x, y = (width, height) if rng.random() < 0.5 else (0, height)
            for i in range(3, 9):
                radius = short * (0.07 * i) if ground.scenery == "arcs" else short * (0.05 * i + 0.02 * math.sin(i))
                ring(image, x, y, radius, thin, colour)
        elif ground.scenery == "plan":
            left, top, cell = width * 0.80, height * 0.84, short / 27
            for a, b in (
                ((0, 0), (6, 0)),
                ((0, 0), (0, 4)),
                ((3, 0), (3, 2)),
                ((3, 2), (6, 2)),
                ((0, 4), (6, 4)),
                ((6, 0), (6, 4)),
            ):
                line(
                    image,
                    (left + a[0] * cell, top + a[1] * cell),
                    (left + b[0] * cell, top + b[1] * cell),
                    colour,
                    thin * 2,
                )
        elif ground.scenery == "section":
            for i in range(40):
                x = width * 0.0 + i * short * 0.03
                line(image, (x, height), (x + short * 0.10, height - short * 0.10), colour, thin)
            line(image, (0, height - short * 0.10), (width, height - short * 0.10), colour, thin * 2)
        elif ground.scenery == "axes":
            x, y = width * 0.04, height * 0.95
            line(image, (x, height * 0.06), (x, y), colour, thin * 2)
            line(image, (x, y), (width * 0.96, y), colour, thin * 2)
            for i in range(1, 30):
                at = x + i * short * 0.06
                line(image, (at, y), (at, y + short * (0.018 if i % 5 else 0.03)), colour, thin)
        edge = short * 0.028
        for (ax, ay), (bx, by) in (((0, 0), (1, 0)), ((0, 0), (0, 1)), ((1, 1), (1, 0)), ((1, 1), (0, 1))):
            line(
                image,
                (edge + ax * (width - 2 * edge), edge + ay * (height - 2 * edge)),
                (edge + bx * (width - 2 * edge), edge + by * (height - 2 * edge)),
                colour,
                thin,
            )

    def tones(self, ground: Ground) -> Tones:
        return Tones(WHITE, oklch(0.90, 0.11, 95.0), self._line(ground, 0.90))

    def icon_ink(self, ground: Ground, index: int) -> Rgb:
        return WHITE

    def icon_base(self, ground: Ground) -> Rgb | None:
        return ground.palette.tone(0.33, 0.115)

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        canvas = clear(width, height)
        thin = max(1, round(ground.short / 480))
        mask: Mask = np.ones((height, width), np.float32)
        lay_over(canvas, tinted(mask, ground.palette.tone(0.29, 0.10), 0.72), 0, 0)
        frame: Mask = np.zeros((height, width), np.float32)
        frame[:thin], frame[-thin:], frame[:, :thin], frame[:, -thin:] = 1, 1, 1, 1
        lay_over(canvas, tinted(frame, WHITE, 0.75), 0, 0)
        long, thick = round(min(width, height) * 0.10), thin * 3
        for rows in (slice(0, thick), slice(height - thick, height)):
            frame[rows, :long] = 2
            frame[rows, -long:] = 2
        for columns in (slice(0, thick), slice(width - thick, width)):
            frame[:long, columns] = 2
            frame[-long:, columns] = 2
        lay_over(canvas, tinted((frame > 1).astype(np.float32), WHITE), 0, 0)
        return Art(canvas)

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        thin = max(1.2, ground.short / 560)
        middle = size / 2
        distance = circle_distance(size, size, middle, middle, size * 0.43)
        axis = np.arange(size, dtype=np.float32) - np.float32(middle)
        turn = np.arctan2(axis[:, None], axis[None, :])
        dashes = (np.mod(turn / (2 * math.pi) * 72, 1.0) < 0.62).astype(np.float32)
        ringed = stroke_of(distance, thin * 1.5) * dashes
        inner = stroke_of(circle_distance(size, size, middle, middle, size * 0.345), thin) * 0.5
        cross = np.zeros((size, size), np.float32)
        half, thick = int(middle), max(1, round(thin))
        reach = int(size * 0.055)
        for a in (slice(0, 2 * reach), slice(size - 2 * reach, size)):
            cross[half : half + thick, a] = 1
            cross[a, half : half + thick] = 1
        lay_over(canvas, tinted(np.maximum(np.maximum(ringed, inner), cross), WHITE, 0.85), 0, 0)
        return Art(canvas)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return Art(layer)

    def mark_colour(self, ground: Ground) -> Rgb:
        return oklch(0.88, 0.13, 92.0)
