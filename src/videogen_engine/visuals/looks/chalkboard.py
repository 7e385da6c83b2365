"""Chalkboard and whiteboard: hand lettering and line drawings."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix, oklch
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import clouds, developed, mesh, shaded
from videogen_engine.visuals.looks.base import AccentMark, Art, Ground, IconKind, Look, Tones
from videogen_engine.visuals.looks.drawing import chalked, grain, grain_factor, hand_frame, rough, soak
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, rounded_distance, stroke_of
from videogen_engine.visuals.text_fitting import TextStyle


class Chalkboard(Look):
    name = "chalkboard"
    headline = TextStyle(Face("Patrick Hand", 400), leading=1.1)
    label = TextStyle(Face("Patrick Hand", 400), leading=1.12)
    kicker = TextStyle(Face("Patrick Hand", 400), tracking=0.05, upper=True)
    figure = TextStyle(Face("Patrick Hand", 400))
    quote = TextStyle(Face("Caveat", 700), leading=1.12)
    icon_kind = IconKind.LINE
    accent_mark = AccentMark.COLOUR
    headline_scale = 1.14
    quote_scale = 1.25
    sceneries = ("wiped", "dusty", "sums", "corner", "streaked", "ruled")

    def background(self, ground: Ground) -> Pixels:
        width, height, palette, rng = ground.width, ground.height, ground.palette, ground.rng(1)
        green = 0.035 if palette.chroma > 0.5 else 0.012
        base = palette.tone(0.295, green)
        edge = palette.tone(0.245, green)
        field = mesh(
            width,
            height,
            base,
            [(0.5, 0.45, 0.5, palette.tone(0.325, green)), (0.0, 1.0, 0.3, edge), (1.0, 0.0, 0.3, edge)],
        )
        image = developed(field, width, height)
        quarter_w, quarter_h = width // 4, height // 4
        smear = clouds(quarter_w, quarter_h, ground.seed + 1, quarter_h / 1.6, 4) ** 2
        if ground.scenery in {"streaked", "wiped"}:
            angle = rng.uniform(-0.25, 0.25)
            rows = (
                np.arange(quarter_h, dtype=np.float32)[:, None]
                + angle * np.arange(quarter_w, dtype=np.float32)[None, :]
            )
            smear = smear * (0.6 + 0.4 * np.sin(rows / quarter_h * 26 + 6 * smear)).astype(np.float32)
        amount = {"dusty": 0.16, "streaked": 0.14, "wiped": 0.13}.get(ground.scenery, 0.09)
        soak(image, smear.astype(np.float32), WHITE, amount)
        image = shaded(image, grain_factor(width, height, 0.965, 1.04))
        self._drawn(image, ground, rng)
        return image

    def _drawn(self, image: Pixels, ground: Ground, rng: np.random.Generator) -> None:
        """Faint leftovers in the corners: rings, a ruled margin, plus and times signs."""
        short = ground.short
        if ground.scenery == "ruled":
            mask = np.zeros((ground.height, ground.width), np.float32)
            for y in np.arange(short * 0.12, ground.height, short * 0.105):
                mask[int(y) : int(y) + max(1, round(short / 700))] = 1
            lay_over(image, tinted(mask * grain(ground.width, ground.height, 4), WHITE, 0.10), 0, 0)
        elif ground.scenery in {"corner", "sums"}:
            for _ in range(3 if ground.scenery == "corner" else 5):
                size = int(short * rng.uniform(0.10, 0.22))
                x = rng.choice([rng.uniform(0.0, 0.05), rng.uniform(0.88, 0.96)]) * ground.width
                y = rng.choice([rng.uniform(-0.02, 0.05), rng.uniform(0.82, 0.9)]) * ground.height
                mask = stroke_of(
                    rough(
                        circle_distance(size, size, size / 2, size / 2, size * 0.42),
                        int(rng.integers(99)),
                        size * 0.02,
                        size / 3,
                    ),
                    short * 0.004,
                )
                lay_over(image, tinted(mask * grain(size, size, 6), WHITE, 0.16), round(x), round(y))

    def tones(self, ground: Ground) -> Tones:
        return Tones((250, 249, 244), self.mark_colour(ground), (226, 228, 222))

    def icon_ink(self, ground: Ground, index: int) -> Rgb:
        return (
            (250, 249, 244)
            if index == 0
            else (self.mark_colour(ground), oklch(0.86, 0.09, 350.0), oklch(0.86, 0.08, 220.0))[index % 3]
        )

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        canvas = clear(width, height)
        lay_over(canvas, tinted(fill_of(rounded_distance(width, height, ground.short * 0.03, 4)), WHITE, 0.045), 0, 0)
        frame = hand_frame(width, height, ground.short * 0.03, max(2.0, ground.short * 0.0042), ground.seed + index)
        lay_over(canvas, chalked(tinted(frame, self.icon_ink(ground, index)), index, 0.75), 0, 0)
        return Art(canvas)

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        thick = max(2.0, ground.short * 0.0042)
        for number, radius in enumerate((0.455, 0.44)):
            distance = circle_distance(size, size, size / 2, size / 2, size * radius)
            ring = stroke_of(rough(distance, ground.seed + number, size * 0.012, size / 2.5), thick)
            lay_over(canvas, chalked(tinted(ring, self.mark_colour(ground), 0.85 - 0.3 * number), number, 0.8), 0, 0)
        return Art(canvas)

    def letters(self, layer: Pixels, size: float, ground: Ground) -> Art:
        return Art(chalked(layer, 2, 0.30))

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return Art(chalked(layer, 1, 0.55))

    def mark_colour(self, ground: Ground) -> Rgb:
        return oklch(0.90, 0.115, 98.0)


class Whiteboard(Chalkboard):
    name = "whiteboard"
    accent_mark = AccentMark.UNDERLINE
    sceneries = ("plain", "squared", "dotted", "tray", "lined", "glare")

    def background(self, ground: Ground) -> Pixels:
        width, height, short = ground.width, ground.height, ground.short
        cool = (247, 249, 251)
        field = mesh(width, height, cool, [(0.15, 0.1, 0.4, (255, 255, 255)), (0.9, 0.9, 0.4, (236, 240, 245))])
        image = developed(field, width, height)
        rule: Rgb = ground.palette.tone(0.90, 0.03)
        step, thin = short * 0.05, max(1, round(short / 900))
        if ground.scenery in {"squared", "lined"}:
            for y in np.arange(step, height, step):
                image[int(y) : int(y) + thin] = rule[::-1]
            if ground.scenery == "squared":
                for x in np.arange(step, width, step):
                    image[:, int(x) : int(x) + thin] = rule[::-1]
        elif ground.scenery == "dotted":
            for y in np.arange(step, height, step):
                for x in np.arange(step, width, step):
                    image[int(y) - thin : int(y) + thin + 1, int(x) - thin : int(x) + thin + 1] = mix(
                        rule, ground.palette.ink, 0.12
                    )[::-1]
        elif ground.scenery == "tray":
            top = round(height * 0.90)
            image[top:] = (mix((214, 220, 227), ground.palette.ink, 0.08))[::-1]
            image[top : top + max(2, short // 250)] = (176, 184, 193)
        elif ground.scenery == "glare":
            x = (
                np.linspace(-1, 1, width, dtype=np.float32)[None, :]
                + np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
            )
            lay_over(image, tinted(np.exp(-((x - 0.3) ** 2) * 30), WHITE, 0.6), 0, 0)
        return image

    def tones(self, ground: Ground) -> Tones:
        palette = ground.palette
        return Tones(palette.tone(0.27, 0.05), palette.tone(0.50, 0.18), palette.tone(0.45, 0.06))

    def icon_ink(self, ground: Ground, index: int) -> Rgb:
        palette = ground.palette
        inks = (
            palette.tone(0.30, 0.06),
            palette.tone(0.48, 0.17),
            palette.tone(0.52, 0.17, "spark", -30),
            palette.tone(0.48, 0.14, "second"),
        )
        return inks[index % 4]

    def icon_base(self, ground: Ground) -> Rgb | None:
        return WHITE

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        canvas = clear(width, height)
        body = fill_of(rounded_distance(width, height, ground.short * 0.03, 5))
        lay_over(canvas, tinted(body, mix(WHITE, self.icon_ink(ground, index + 1), 0.05), 0.92), 0, 0)
        frame = hand_frame(width, height, ground.short * 0.03, max(2.0, ground.short * 0.005), ground.seed + index)
        lay_over(canvas, tinted(frame, self.icon_ink(ground, index + 1)), 0, 0)
        return Art(canvas)

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        distance = rough(
            circle_distance(size, size, size / 2, size / 2, size * 0.44), ground.seed, size * 0.012, size / 2.5
        )
        lay_over(canvas, tinted(fill_of(distance), ground.palette.tone(0.94, 0.04)), 0, 0)
        lay_over(canvas, tinted(stroke_of(distance, max(2.0, ground.short * 0.005)), self.icon_ink(ground, 1)), 0, 0)
        return Art(canvas)

    def letters(self, layer: Pixels, size: float, ground: Ground) -> Art:
        return Art(layer)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        return Art(layer)

    def mark_colour(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.66, 0.17, "spark", -20)
