"""Poster and retro: bold condensed capitals, few inks, halftone, hard shadows, sunbursts."""

from __future__ import annotations

import math

import cv2
import numpy as np

from videogen_engine.visuals.colour import Rgb, mix, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import shaded
from videogen_engine.visuals.looks.base import Art, Ground, IconKind, Look, Tones
from videogen_engine.visuals.looks.drawing import arc_points, disc, fill, grain_factor, halftone, hard_shadow, soak
from videogen_engine.visuals.pixels import Mask, Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, polygon, rounded_distance, stroke_of
from videogen_engine.visuals.text_fitting import TextStyle


class Poster(Look):
    name = "poster"
    headline = TextStyle(Face("Anton", 400), tracking=0.004, leading=1.16, upper=True)
    label = TextStyle(Face("Inter", 800), leading=1.18)
    kicker = TextStyle(Face("Inter", 800), tracking=0.09, upper=True)
    figure = TextStyle(Face("Anton", 400))
    quote = TextStyle(Face("Anton", 400), leading=1.28)
    icon_kind = IconKind.FLAT
    headline_scale = 1.16
    sceneries = ("sun", "dots", "diagonal", "block", "stripes", "corner")

    def _cream(self, ground: Ground) -> Rgb:
        return oklch(0.945, 0.035, 85.0) if ground.palette.warm_paper else ground.palette.tone(0.95, 0.012)

    def _main(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.62, 0.20)

    def _on_colour(self, ground: Ground) -> bool:
        return ground.scenery in {"dots", "block"}

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        cream, main = self._cream(ground), self._main(ground)
        deep = ground.palette.tone(0.40, 0.15)
        image = np.empty((height, width, 3), dtype=np.uint8)
        image[:] = (deep if self._on_colour(ground) else cream)[::-1]
        side = (ground.side > 0) * 1.0 if ground.side else round(rng.random()) * 1.0
        if ground.scenery == "sun":
            self._dots(image, ground, mix(cream, main, 0.30), side, 0.75)
            disc(image, width * (0.06 if side else 0.94), height * 0.98, short * 0.34, main)
        elif ground.scenery == "dots":
            self._dots(image, ground, ground.palette.tone(0.47, 0.17), side, 1.0)
        elif ground.scenery == "diagonal":
            for i, colour in enumerate((mix(cream, main, 0.16), main)):
                at = width * (0.80 + 0.10 * i)
                fill(
                    image,
                    [(at, height + 4), (at + height * 0.35, -4), (width + 4, -4), (width + 4, height + 4)],
                    colour,
                )
        elif ground.scenery == "block":
            fill(image, [(0, height * 0.86), (width, height * 0.80), (width, height + 4), (0, height + 4)], main)
            self._dots(image, ground, ground.palette.tone(0.46, 0.16), side, 0.55)
        elif ground.scenery == "stripes":
            step = short * 0.045
            for i in range(int(width / step) + 1):
                if i % 2 == 0:
                    fill(
                        image,
                        [
                            (i * step, height * 0.87),
                            ((i + 1) * step, height * 0.87),
                            ((i + 1) * step, height + 4),
                            (i * step, height + 4),
                        ],
                        main,
                    )
        else:
            fill(image, arc_points(width * side, 0, short * 0.42, 0.0, 1.0, 96), main)
            self._dots(image, ground, mix(cream, main, 0.26), 1 - side, 0.6)
        return shaded(image, grain_factor(width, height, 0.985, 1.015))

    def _dots(self, image: Pixels, ground: Ground, colour: Rgb, side: float, reach: float) -> None:
        """Halftone that swells towards a lower corner."""
        half_w, half_h = ground.width // 2, ground.height // 2
        x = np.linspace(0, 1, 64, dtype=np.float32)[None, :]
        y = np.linspace(0, 1, 48, dtype=np.float32)[:, None]
        x = x if side else 1 - x
        shade = np.clip((x * 0.55 + y * 0.75 - 0.62) * reach, 0, 0.9).astype(np.float32)
        soak(image, halftone(half_w, half_h, shade, max(4.0, ground.short / 84)), colour, 1.0)

    def tones(self, ground: Ground) -> Tones:
        if self._on_colour(ground):
            return Tones(self._cream(ground), ground.palette.tone(0.86, 0.15, "spark"), self._cream(ground))
        return Tones(ground.palette.tone(0.22, 0.05), ground.palette.tone(0.50, 0.20), ground.palette.tone(0.35, 0.08))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        offset = max(4, round(ground.short * 0.013))
        body: Mask = np.ones((height, width), np.float32)
        ink = ground.palette.tone(0.22, 0.05)
        canvas = hard_shadow(body, offset, ink)
        lay_over(canvas, tinted(body, self._panel_fill(ground, index)), offset, offset)
        frame = stroke_of(rounded_distance(width, height, 0.5), max(2.0, ground.short / 260))
        lay_over(canvas, tinted(frame, ink), offset, offset)
        return Art(canvas, offset)

    def _panel_fill(self, ground: Ground, index: int) -> Rgb:
        palette = ground.palette
        return (
            mix(self._cream(ground), (255, 255, 255), 0.5),
            palette.tone(0.86, 0.13, "spark"),
            palette.tone(0.84, 0.08, "second"),
            palette.tone(0.86, 0.07),
        )[index % 4]

    def panel_tones(self, ground: Ground, index: int) -> Tones:
        ink = ground.palette.tone(0.22, 0.05)
        return Tones(ink, ground.palette.tone(0.46, 0.18), ink)

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        body = fill_of(circle_distance(size, size, size * 0.5, size * 0.5, size * 0.40))
        shade = np.tile(np.linspace(0.0, 0.55, 32, dtype=np.float32)[:, None], (1, 32))
        echo = fill_of(circle_distance(size, size, size * 0.54, size * 0.54, size * 0.44))
        mask = halftone(size, size, np.full((4, 4), 0.32, np.float32), max(4.0, ground.short / 72)) * echo
        fore = self._cream(ground) if self._on_colour(ground) else self._main(ground)
        lay_over(canvas, tinted(mask, fore if self._on_colour(ground) else ground.palette.tone(0.3, 0.06), 0.75), 0, 0)
        colour = ground.palette.tone(0.85, 0.14, "spark") if self._on_colour(ground) else self._main(ground)
        lay_over(canvas, tinted(body, colour), 0, 0)
        dots = halftone(size, size, shade, max(4.0, ground.short / 90)) * body
        lay_over(canvas, tinted(dots, mix(colour, ground.palette.ink, 0.35), 0.55), 0, 0)
        return Art(canvas)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return sticker(layer, ground, (255, 255, 255))

    def mark_colour(self, ground: Ground) -> Rgb:
        if self._on_colour(ground):
            return ground.palette.tone(0.86, 0.15, "spark")
        return self._main(ground)


def sticker(layer: Pixels, ground: Ground, rim: Rgb) -> Art:
    """An icon cut out like a sticker, with a hard shadow."""
    size = layer.shape[0]
    edge = max(2, round(size * 0.022))
    offset = max(2, round(size * 0.03))
    pad = edge + offset
    alpha = np.pad(layer[..., 3], pad)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * edge + 1, 2 * edge + 1))
    grown = np.asarray(cv2.dilate(alpha, kernel), dtype=np.uint8).astype(np.float32) / 255
    canvas = tinted(np.roll(grown, (offset, offset), axis=(0, 1)), ground.palette.tone(0.22, 0.05))
    lay_over(canvas, tinted(grown, rim), 0, 0)
    lay_over(canvas, layer, pad, pad)
    return Art(canvas, pad)


class Retro(Poster):
    name = "retro"
    headline = TextStyle(Face("Bebas Neue", 400), tracking=0.012, leading=1.02, upper=True)
    figure = TextStyle(Face("Bebas Neue", 400))
    quote = TextStyle(Face("Playfair", 700), leading=1.22)
    headline_scale = 1.32
    sceneries = ("burst-low", "burst-side", "bands", "burst-mid", "rainbow", "burst-high")

    def _on_colour(self, ground: Ground) -> bool:
        return False

    def _cream(self, ground: Ground) -> Rgb:
        return oklch(0.925, 0.048, 85.0)

    def _main(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.63, 0.16)

    def _inks(self, ground: Ground) -> tuple[Rgb, ...]:
        return (
            oklch(0.78, 0.135, 75.0),
            oklch(0.66, 0.165, 45.0),
            oklch(0.55, 0.16, 30.0),
            ground.palette.tone(0.50, 0.09, "spark" if ground.palette.spark > 150 else "main"),
        )

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        cream = self._cream(ground)
        image = np.empty((height, width, 3), dtype=np.uint8)
        image[:] = cream[::-1]
        ray = mix(cream, self._inks(ground)[0], 0.30)
        if ground.scenery.startswith("burst"):
            centres = {
                "burst-low": (0.5, 1.02),
                "burst-side": (0.98 if rng.random() < 0.5 else 0.02, 0.5),
                "burst-mid": (0.5, 0.45),
                "burst-high": (0.12, -0.02),
            }
            cx, cy = centres[ground.scenery]
            self._rays(image, cx * width, cy * height, ray, rng.uniform(0, 1))
            if ground.scenery == "burst-low":
                for i, colour in enumerate(self._inks(ground)[:3]):
                    disc(image, cx * width, height * 1.10, short * (0.40 - 0.09 * i), colour)
        elif ground.scenery == "bands":
            for i, colour in enumerate(self._inks(ground)):
                top = height * (0.845 + 0.042 * i)
                image[int(top) :] = colour[::-1]
        else:
            right = ground.side > 0 if ground.side else rng.random() < 0.5
            for i, colour in enumerate((*self._inks(ground), cream)):
                fill(
                    image, arc_points(width if right else 0, height, short * (0.60 - 0.085 * i), 0.0, 1.0, 120), colour
                )
        return shaded(image, grain_factor(width, height, 0.965, 1.035))

    def _rays(self, image: Pixels, x: float, y: float, colour: Rgb, phase: float) -> None:
        count, far = 18, float(np.hypot(image.shape[0], image.shape[1]) * 1.2)
        for i in range(count):
            start, end = (i + phase) / count, (i + phase + 0.5) / count
            points = [(x, y)]
            for turn in (start, end):
                points.append((x + far * math.cos(2 * math.pi * turn), y + far * math.sin(2 * math.pi * turn)))
            fill(image, points, colour)

    def tones(self, ground: Ground) -> Tones:
        return Tones(oklch(0.27, 0.045, 40.0), oklch(0.50, 0.165, 35.0), oklch(0.38, 0.06, 45.0))

    def _panel_fill(self, ground: Ground, index: int) -> Rgb:
        return (oklch(0.965, 0.025, 85.0), oklch(0.86, 0.10, 80.0), oklch(0.80, 0.09, 50.0), oklch(0.86, 0.05, 190.0))[
            index % 4
        ]

    def panel_tones(self, ground: Ground, index: int) -> Tones:
        return self.tones(ground)

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        turn = np.linspace(0, 2 * math.pi, 720, endpoint=False)
        inks = self._inks(ground)
        for reach, colour, scallop in (
            (0.46, inks[2], 0.028),
            (0.405, oklch(0.95, 0.035, 85.0), 0.0),
            (0.375, inks[0], 0.0),
        ):
            radius = size * (reach + scallop * 0.5 * np.cos(turn * 22))
            points = np.stack([size / 2 + radius * np.cos(turn), size / 2 + radius * np.sin(turn)], axis=1)
            lay_over(canvas, tinted(polygon(size, size, points), colour), 0, 0)
        return Art(canvas)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return sticker(layer, ground, oklch(0.965, 0.025, 85.0))

    def mark_colour(self, ground: Ground) -> Rgb:
        return self._inks(ground)[1]
