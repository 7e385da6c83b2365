"""Neon and night: dark grounds, light that glows."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, glow, grid, linear, mesh, ramp
from videogen_engine.visuals.looks.base import Art, Ground, IconKind, Look, Tones, plain_panel
from videogen_engine.visuals.looks.drawing import disc, line, ring
from videogen_engine.visuals.looks.glass import Glass
from videogen_engine.visuals.pixels import Mask, Pixels, blurred, clear, lay_over, resized_mask, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, rounded_distance, stroke_of
from videogen_engine.visuals.text_fitting import TextStyle


class Neon(Look):
    name = "neon"
    headline = TextStyle(Face("Space Grotesk", 700), tracking=-0.008, leading=1.14)
    label = TextStyle(Face("Space Grotesk", 700), leading=1.2)
    kicker = TextStyle(Face("JetBrains Mono", 500), tracking=0.06, upper=True)
    figure = TextStyle(Face("Space Grotesk", 700), tracking=-0.03)
    quote = TextStyle(Face("Space Grotesk", 700), leading=1.26)
    icon_kind = IconKind.LINE
    sceneries = ("floor", "tubes", "haze", "rings", "skyline", "rain")

    def _hot(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.72, 0.25, "main", 50)

    def _cool(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.82, 0.15, "main", -90)

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        palette = ground.palette
        base = palette.tone(0.16, 0.055)
        spots = [
            (0.15, 0.1, 0.4, palette.tone(0.21, 0.09)),
            (0.9, 0.85, 0.35, palette.tone(0.24, 0.12, "main", 40)),
            (0.7, 0.1, 0.3, palette.tone(0.17, 0.06, "main", -40)),
        ]
        field = mesh(width, height, base, spots)
        if ground.scenery == "floor":
            field = glow(field, width, height, (0.5, 0.86), 0.30, palette.tone(0.50, 0.22, "main", 50), 0.55)
        elif ground.scenery == "haze":
            field = glow(field, width, height, (0.85, 0.25), 0.45, palette.tone(0.38, 0.17, "main", -60), 0.6)
            field = glow(field, width, height, (0.1, 0.9), 0.40, palette.tone(0.40, 0.18, "main", 50), 0.6)
        image = developed(field, width, height)
        hot, cool = palette.tone(0.48, 0.20, "main", 50), palette.tone(0.46, 0.11, "main", -90)
        thin = max(1, round(short / 540))
        if ground.scenery == "floor":
            self._floor(image, ground, hot, thin)
        elif ground.scenery == "tubes":
            for i, colour in enumerate((hot, cool, hot)):
                x = width * (0.90 + 0.035 * i)
                self._tube(image, ground, (x, -10), (x - height * 0.28, height + 10), colour, thin * 3)
        elif ground.scenery == "rings":
            for i in range(4):
                colour = mix(hot if i % 2 else cool, base, 0.12 + 0.16 * i)
                ring(image, width, height, short * (0.30 + 0.12 * i), thin * 2, colour)
        elif ground.scenery == "skyline":
            x = 0.0
            while x < width:
                wide, tall = short * rng.uniform(0.05, 0.11), short * rng.uniform(0.06, 0.17)
                top = height - tall
                colour = hot if rng.random() < 0.4 else cool
                for a, b in (
                    ((x, height), (x, top)),
                    ((x, top), (x + wide, top)),
                    ((x + wide, top), (x + wide, height)),
                ):
                    line(image, a, b, colour, thin)
                x += wide + short * 0.012
        elif ground.scenery == "rain":
            for _ in range(90):
                x, y, long = rng.uniform(0, width), rng.uniform(0, height), short * rng.uniform(0.03, 0.10)
                line(
                    image,
                    (x, y),
                    (x - long * 0.12, y + long),
                    palette.tone(0.30 + 0.1 * rng.random(), 0.11, "main", -60),
                    thin,
                )
        return image

    def _tube(
        self,
        image: Pixels,
        ground: Ground,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: Rgb,
        thick: int,
    ) -> None:
        line(image, start, end, colour, thick)

    def _floor(self, image: Pixels, ground: Ground, colour: Rgb, thin: int) -> None:
        width, height = ground.width, ground.height
        horizon = height * 0.86
        for i in range(-22, 23):
            line(
                image,
                (width / 2 + i * width * 0.035, horizon),
                (width / 2 + i * width * 0.21, height + 4),
                colour,
                thin,
            )
        for i in range(7):
            y = horizon + (height - horizon) * (i / 6) ** 1.9
            line(image, (0, y), (width, y), colour, thin)

    def tones(self, ground: Ground) -> Tones:
        return Tones(WHITE, self._cool(ground), ground.palette.tone(0.88, 0.09, "main", 40))

    def icon_ink(self, ground: Ground, index: int) -> Rgb:
        return (self._cool(ground), self._hot(ground), oklch(0.88, 0.16, 105.0), self._cool(ground))[index % 4]

    def _glowing(self, layer: Pixels, reach: float, colour: Rgb, strength: float) -> Art:
        pad = max(3, round(reach * 2.2))
        alpha = np.pad(layer[..., 3].astype(np.float32) / 255, pad)
        near, far = blurred(alpha, reach * 0.35), blurred(alpha, reach)
        canvas = tinted(np.clip(far * 0.9 + near * 0.45, 0, 1), colour, strength)
        lay_over(canvas, layer, pad, pad)
        return Art(canvas, pad)

    def icon_base(self, ground: Ground) -> Rgb | None:
        return ground.palette.tone(0.19, 0.07)

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        colour = self.icon_ink(ground, index)
        radius = ground.short * 0.026
        distance = rounded_distance(width, height, radius, 2)
        frame = tinted(stroke_of(distance, max(2.0, ground.short / 360)), colour)
        art = self._glowing(frame, ground.short * 0.014, colour, 0.55)
        body = tinted(fill_of(distance), ground.palette.tone(0.17, 0.06), 0.86)
        under = clear(art.pixels.shape[1], art.pixels.shape[0])
        lay_over(under, body, art.pad, art.pad)
        lay_over(under, art.pixels, 0, 0)
        return Art(under, art.pad)

    def panel_tones(self, ground: Ground, index: int) -> Tones:
        return Tones(WHITE, self.icon_ink(ground, index), WHITE)

    def halo(self, size: int, ground: Ground) -> Art:
        distance = circle_distance(size, size, size / 2, size / 2, size * 0.40)
        canvas = tinted(
            np.clip(1 - distance / (size * 0.1), 0, 1) * (distance < 0) * 1.0, ground.palette.tone(0.20, 0.08), 0.65
        )
        for radius, colour, thick in ((0.42, self._hot(ground), 0.011), (0.375, self._cool(ground), 0.005)):
            ring = tinted(
                stroke_of(circle_distance(size, size, size / 2, size / 2, size * radius), max(2.0, size * thick)),
                colour,
            )
            art = self._glowing(ring, size * 0.022, colour, 0.7)
            lay_over(canvas, art.pixels, -art.pad, -art.pad)
        return Art(canvas)

    def letters(self, layer: Pixels, size: float, ground: Ground) -> Art:
        return self._glowing(layer, size * 0.16, self._hot(ground), 0.42)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        size = layer.shape[0]
        filled = layer[layer[..., 3] > 200]
        colour: Rgb = tuple(int(v) for v in filled[:, 2::-1].mean(axis=0)) if filled.size else WHITE  # type: ignore[assignment]
        return self._glowing(layer, size * 0.035, colour, 0.6)

    def mark_colour(self, ground: Ground) -> Rgb:
        return self._hot(ground)


class Night(Glass):
    name = "night"
    sceneries = ("aurora", "stars", "moon", "haze", "milky", "glow")

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        palette = ground.palette
        field = ramp(
            width,
            height,
            [
                (0, palette.tone(0.155, 0.05)),
                (0.6, palette.tone(0.225, 0.075)),
                (1, palette.tone(0.30, 0.085, "second")),
            ],
        )
        if ground.scenery == "aurora":
            field = self._curtains(field, ground, rng)
        elif ground.scenery in {"haze", "glow"}:
            at = (0.15, 0.95) if ground.scenery == "haze" else (0.9, 0.15)
            field = glow(field, width, height, at, 0.7, palette.tone(0.42, 0.13, "second", -30), 0.65)
        elif ground.scenery == "milky":
            x, y = grid(width, height)
            away = np.abs((y - 0.5) + (x - 0.5) * 0.55 + 0.05 * np.sin(x * 9))
            band = np.exp(-((away / 0.13) ** 2))[..., None] * 0.5
            field = (field * (1 - band) + linear(palette.tone(0.40, 0.09, "main", 30)) * band).astype(np.float32)
        image = developed(field, width, height)
        for _ in range(130 if ground.scenery != "moon" else 70):
            x, y = rng.uniform(0, width), rng.uniform(0, height)
            disc(image, x, y, short * rng.uniform(0.0009, 0.0021) + 0.4, WHITE, float(rng.uniform(0.2, 0.85)))
        if ground.scenery == "moon":
            x, y, radius = width * (0.07 if ground.side < 0 else 0.93), height * 0.12, short * 0.075
            light = np.exp(
                -np.clip(circle_distance(width // 4, height // 4, x / 4, y / 4, radius / 4), 0, None) / (radius * 0.22)
            )
            lay_over(image, tinted(resized_mask(light.astype(np.float32), width, height), (255, 250, 230), 0.22), 0, 0)
            disc(image, x, y, radius, (250, 246, 230))
            disc(image, x + radius * 0.3, y - radius * 0.2, radius * 0.16, (232, 226, 208))
            disc(image, x - radius * 0.2, y + radius * 0.3, radius * 0.22, (234, 228, 211))
        return image

    def _curtains(self, field: Mask, ground: Ground, rng: np.random.Generator) -> Mask:
        x, y = grid(ground.width, ground.height)
        for turn, base in ((0.0, 0.34), (-50.0, 0.48), (60.0, 0.22)):
            phase = rng.uniform(0, 2 * math.pi)
            edge = base + 0.10 * np.sin(x * 5.2 + phase) + 0.04 * np.sin(x * 13 + 2 * phase)
            up = np.clip((edge - y) / 0.40, 0, 1)
            light = np.where(y < edge, np.exp(-up * 3.2), np.exp(-(((y - edge) / 0.035) ** 2)))
            rays = 0.7 + 0.3 * np.sin(x * 60 + 5 * np.sin(x * 7 + phase))
            strength = (light * rays * 0.30)[..., None]
            field = field * (1 - strength) + linear(ground.palette.tone(0.62, 0.15, "second", turn - 30)) * strength
        return field.astype(np.float32)

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        return plain_panel(
            width, height, ground.short * 0.026, ground.palette.tone(0.20, 0.06), opacity=0.72,
            border=ground.palette.tone(0.80, 0.08, "second"),
            border_width=max(1.2, ground.short / 640), border_opacity=0.45, shadow=0.35, spread=ground.short * 0.02,
        )  # fmt: skip
