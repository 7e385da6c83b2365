"""Ink: brush washes and line drawings in black on white, with one red seal."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import Rgb, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, fibre, mesh, shaded
from videogen_engine.visuals.looks.base import AccentMark, Art, Ground, IconKind, Look, Tones
from videogen_engine.visuals.looks.drawing import grain, rough, soak
from videogen_engine.visuals.looks.watercolour import wash
from videogen_engine.visuals.pixels import Mask, Pixels, clear, lay_over, resized_mask, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, rounded_distance, stroke_of
from videogen_engine.visuals.text_fitting import TextStyle

_INK: Rgb = (28, 28, 32)
_SEAL = oklch(0.53, 0.19, 28.0)


class Ink(Look):
    name = "ink"
    headline = TextStyle(Face("Playfair", 700), tracking=-0.004, leading=1.2)
    label = TextStyle(Face("Playfair", 700), leading=1.2)
    kicker = TextStyle(Face("Inter", 600), tracking=0.08, upper=True)
    figure = TextStyle(Face("Playfair", 700), tracking=-0.01)
    quote = TextStyle(Face("Playfair", 700), leading=1.28)
    icon_kind = IconKind.LINE
    accent_mark = AccentMark.COLOUR
    sceneries = ("peaks", "mist", "stroke", "moon", "reeds", "shore")

    def background(self, ground: Ground) -> Pixels:
        width, height = ground.width, ground.height
        white = (250, 248, 243)
        image = developed(mesh(width, height, white, [(0.8, 0.9, 0.5, (243, 240, 233))]), width, height)
        rng = ground.rng(1)
        w, h = width // 3, height // 3
        x = np.arange(w, dtype=np.float32)[None, :] / min(w, h)
        y = np.arange(h, dtype=np.float32)[:, None] / h
        layers: list[tuple[Mask, float]] = []

        def ridge(top: float, swing: float, phase: float) -> Mask:
            edge = top - swing * (0.6 * np.sin(x * 2.3 + phase) + 0.4 * np.abs(np.sin(x * 3.9 + 2 * phase)))
            return ((edge - y) * h).astype(np.float32)

        if ground.scenery in {"peaks", "mist", "shore"}:
            for i, strength in enumerate((0.16, 0.26, 0.42)):
                swing = {"peaks": 0.12, "mist": 0.05, "shore": 0.02}[ground.scenery] * (1 - 0.2 * i)
                edge = ridge(0.82 + 0.065 * i, swing, rng.uniform(0, 6))
                fade = np.clip(1 - np.clip(-edge, 0, None) / (h * 0.16), 0.1, 1)
                layers.append(
                    ((wash(edge, ground.seed + i, float(min(w, h)) * 0.5) * fade).astype(np.float32), strength * 1.5)
                )
        elif ground.scenery == "stroke":
            line = np.abs((y - 0.90) * h + 3 * np.sin(x * 3)) - h * 0.035 * (1.1 - 0.25 * x)
            dry = resized_mask(grain(w, max(8, h // 6), 5), w, h)
            layers.append(
                (np.clip(0.5 - rough(line.astype(np.float32), ground.seed, 3, w / 6), 0, 1) * (0.45 + 0.55 * dry), 0.75)
            )
        elif ground.scenery == "moon":
            distance = circle_distance(w, h, w * (0.93 if rng.random() < 0.5 else 0.07), h * 0.14, min(w, h) * 0.17)
            layers.append((wash(distance, ground.seed, float(min(w, h)) * 0.5), 0.42))
        else:
            for _ in range(9):
                foot, lean, tall = (
                    rng.choice([rng.uniform(0, 0.1), rng.uniform(0.9, 1)]) * w,
                    rng.uniform(-0.3, 0.3),
                    rng.uniform(0.15, 0.5),
                )
                axis = np.arange(w, dtype=np.float32)[None, :]
                away = np.abs(axis - foot - lean * (1 - y) * h * 0.8) - 1.4 * (y - (1 - tall)) / tall
                stalk = np.clip(0.7 - away, 0, 1) * (y > 1 - tall)
                layers.append((stalk.astype(np.float32), float(rng.uniform(0.3, 0.7))))
        for density, strength in layers:
            soak(image, density, _INK, strength)
        return shaded(image, fibre(width, height, 17, 1.1))

    def tones(self, ground: Ground) -> Tones:
        return Tones(_INK, _SEAL, (74, 72, 72))

    def icon_ink(self, ground: Ground, index: int) -> Rgb:
        return _INK

    def icon_base(self, ground: Ground) -> Rgb | None:
        return (252, 250, 246)

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        canvas = clear(width, height)
        distance = rough(
            rounded_distance(width, height, 3, ground.short * 0.007),
            ground.seed + index,
            ground.short * 0.0025,
            width / 4,
        )
        lay_over(canvas, tinted(fill_of(distance), (255, 254, 250), 0.88), 0, 0)
        brush = stroke_of(distance, ground.short * 0.0052) * (0.55 + 0.45 * grain(width, height, index))
        lay_over(canvas, tinted(brush.astype(np.float32), _INK, 0.92), 0, 0)
        return Art(canvas)

    def halo(self, size: int, ground: Ground) -> Art:
        """A brushed ring that does not quite close, and the seal."""
        canvas = clear(size, size)
        distance = circle_distance(size, size, size / 2, size / 2, size * 0.40)
        axis = np.arange(size, dtype=np.float32) - np.float32(size / 2)
        turn = np.mod(np.arctan2(axis[:, None], axis[None, :]) / (2 * np.pi) + 0.30, 1.0).astype(np.float32)
        thick = size * 0.052 * (1 - 0.78 * turn)
        band = np.abs(rough(distance, ground.seed, size * 0.006, size / 4)) - thick / 2
        streaks = 0.55 + 0.45 * resized_mask(grain(max(8, size // 2), max(8, size // 10), 2), size, size)
        mask = np.clip(0.5 - band / 1.5, 0, 1) * np.clip((0.97 - turn) * 60, 0, 1) * np.clip(streaks + 0.9 - turn, 0, 1)
        half = max(16, size // 2)
        wet = wash(circle_distance(half, half, half * 0.5, half * 0.52, half * 0.33), ground.seed, half * 0.9)
        lay_over(canvas, tinted(resized_mask(wet, size, size), _INK, 0.13), 0, 0)
        lay_over(canvas, tinted(mask.astype(np.float32), _INK, 0.92), 0, 0)
        side = round(size * 0.09)
        seal = fill_of(rough(rounded_distance(side, side, side * 0.14, 1), 3, side * 0.03, side / 3)) * (
            0.75 + 0.25 * grain(side, side, 8)
        )
        lay_over(canvas, tinted(seal.astype(np.float32), _SEAL), round(size * 0.82), round(size * 0.80))
        return Art(canvas)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return Art(layer)

    def mark_colour(self, ground: Ground) -> Rgb:
        return _SEAL
