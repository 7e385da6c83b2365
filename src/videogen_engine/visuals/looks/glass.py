"""Glass: a gradient mesh under translucent cards, rings around a shaded icon."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, mesh
from videogen_engine.visuals.looks.base import Art, Ground, Look, Tones, plain_panel, shadow_under
from videogen_engine.visuals.pixels import Pixels, clear, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, rounded_distance, stroke_of
from videogen_engine.visuals.text_fitting import TextStyle


class Glass(Look):
    name = "glass"
    headline = TextStyle(Face("Inter", 800), tracking=-0.02, leading=1.13)
    label = TextStyle(Face("Inter", 700), leading=1.2)
    kicker = TextStyle(Face("Inter", 600), tracking=0.06, upper=True)
    figure = TextStyle(Face("Inter", 800), tracking=-0.035)
    quote = TextStyle(Face("Inter", 700), tracking=-0.012, leading=1.24)
    sceneries = ("lagoon", "aurora", "dusk", "current", "orbit", "tide")

    def background(self, ground: Ground) -> Pixels:
        palette, rng = ground.palette, ground.rng(1)
        turn = {"lagoon": 0, "aurora": 24, "dusk": -26, "current": 10, "orbit": -12, "tide": 16}[ground.scenery]
        deep = palette.tone(0.30, 0.115, "main", turn)
        navy = palette.tone(0.25, 0.075, "main", turn + 8)
        blue = palette.tone(0.45, 0.155, "main", turn)
        mid = palette.tone(0.52, 0.12, "second", turn * 0.5)
        light = palette.tone(0.70, 0.115, "second", turn * 0.4)
        glow = palette.tone(0.79, 0.10, "second", -28)
        tall = ground.height > ground.width

        def at(x: float, y: float) -> tuple[float, float]:
            if tall:
                # In tall frames text stands above the picture, so light goes to the lower half.
                return 1 - y, 0.12 + 0.8 * x
            if ground.side == 0:
                # Text in the middle: light from below and from one upper corner.
                return (x if x < 0.7 else 1 - 0.1 * y), (y if x < 0.7 else 0.72 + 0.35 * (x - 0.7) + 0.3 * y)
            return (x if ground.side > 0 else 1 - x), y

        jitter = rng.uniform(-0.06, 0.06, size=(6, 2))
        plan: tuple[tuple[float, float, float, Rgb], ...] = (
            (0.06, 0.05, 0.30, navy),
            (0.20, 0.75, 0.34, deep),
            (0.40, 0.35, 0.24, blue),
            (0.62, 0.95, 0.26, blue),
            (0.78, 0.30, 0.26, mid),
            (0.96, 0.75, 0.30, glow if ground.scenery != "dusk" else light),
        )
        spots = [
            (*at(x + jitter[i, 0], y + jitter[i, 1]), radius, colour) for i, (x, y, radius, colour) in enumerate(plan)
        ]
        image = developed(mesh(ground.width, ground.height, deep, spots), ground.width, ground.height)
        self._bokeh(image, ground, rng)
        return image

    def _bokeh(self, image: Pixels, ground: Ground, rng: np.random.Generator) -> None:
        for _ in range(11):
            radius = ground.short * rng.uniform(0.02, 0.085)
            x, y = rng.uniform(0, ground.width), rng.uniform(0, ground.height)
            side = int(2 * radius + 6)
            distance = circle_distance(side, side, side / 2, side / 2, radius)
            opacity = float(rng.uniform(0.025, 0.085))
            disc = tinted(fill_of(distance) + 0.5 * stroke_of(distance, max(1.2, radius * 0.03)), WHITE, opacity)
            lay_over(image, disc, round(x - side / 2), round(y - side / 2))

    def tones(self, ground: Ground) -> Tones:
        return Tones(WHITE, ground.palette.tone(0.90, 0.10, "accent"), ground.palette.tone(0.93, 0.045, "second"))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        radius = min(width, height) * 0.12 + ground.short * 0.008
        line = max(1.2, ground.short / 620)
        art = plain_panel(
            width,
            height,
            radius,
            ground.palette.tone(0.35, 0.10, "main"),
            opacity=0.46,
            border=WHITE,
            border_width=line,
            border_opacity=0.50,
            shadow=0.26,
            spread=ground.short * 0.022,
        )
        sheen = np.linspace(0.17, 0.04, height, dtype=np.float32)[:, None] * fill_of(
            rounded_distance(width, height, radius)
        )
        canvas = art.pixels.copy()
        lay_over(canvas, tinted(sheen, WHITE), art.pad, art.pad)
        return Art(canvas, art.pad)

    def halo(self, size: int, ground: Ground) -> Art:
        canvas = clear(size, size)
        middle = size / 2
        distance = circle_distance(size, size, middle, middle, 0.0)
        light = np.exp(-((distance / (size * 0.27)) ** 2)).astype(np.float32)
        light *= np.clip((size * 0.5 - distance) / (size * 0.1), 0, 1)
        lay_over(canvas, tinted(light, ground.palette.tone(0.90, 0.06, "second"), 0.34), 0, 0)
        for radius, opacity in ((0.405, 0.42), (0.488, 0.24)):
            ring = stroke_of(distance - np.float32(size * radius), max(1.2, ground.short / 620))
            lay_over(canvas, tinted(ring, WHITE, opacity), 0, 0)
        return Art(canvas)

    def letters(self, layer: Pixels, size: float, ground: Ground) -> Art:
        return soft_letters(layer, size, ground.palette.tone(0.18, 0.06, "main"), 0.30)


def soft_letters(layer: Pixels, size: float, colour: Rgb, opacity: float) -> Art:
    """Lettering over a faint soft shadow, so that it stands off a lively ground."""
    pad = round(size * 0.22)
    alpha = layer[..., 3].astype(np.float32) / 255
    canvas = shadow_under(alpha, pad, size * 0.10, size * 0.03, opacity, colour)
    lay_over(canvas, layer, pad, pad)
    return Art(canvas, pad)
