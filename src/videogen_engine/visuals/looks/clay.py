"""Clay: pillowy pastel shapes with soft light, as if modelled."""

from __future__ import annotations

import numpy as np

from videogen_engine.visuals.colour import BLACK, WHITE, Rgb
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import developed, mesh
from videogen_engine.visuals.looks.base import Art, Ground, Look, Tones, shadow_under
from videogen_engine.visuals.pixels import Mask, Pixels, blurred, clear, lay_over, resized, tinted
from videogen_engine.visuals.shapes import blob, circle_distance, fill_of, polygon, rounded_distance
from videogen_engine.visuals.text_fitting import TextStyle


def pillow(mask: Mask, colour: Rgb, depth: float, pad: int, shadow: float = 0.22) -> Pixels:
    """A shape with a lit upper left, a shaded lower right and a soft shadow, padded by ``pad``."""
    wide = np.pad(mask, pad)
    canvas = shadow_under(mask, pad, depth * 0.9, depth * 0.8, shadow)
    lay_over(canvas, tinted(wide, colour), 0, 0)
    soft = blurred(wide, depth * 0.55)
    shift = max(1, round(depth * 0.45))
    light = np.clip(soft - np.roll(soft, (shift, shift), axis=(0, 1)), 0, 1) * wide
    shade = np.clip(soft - np.roll(soft, (-shift, -shift), axis=(0, 1)), 0, 1) * wide
    lay_over(canvas, tinted(light, WHITE, 0.85), 0, 0)
    lay_over(canvas, tinted(shade, BLACK, 0.22), 0, 0)
    return canvas


class Clay(Look):
    name = "clay"
    headline = TextStyle(Face("Inter", 800), tracking=-0.02, leading=1.13)
    label = TextStyle(Face("Inter", 700), leading=1.2)
    kicker = TextStyle(Face("Inter", 700), tracking=0.05, upper=True)
    figure = TextStyle(Face("Inter", 900), tracking=-0.03)
    quote = TextStyle(Face("Inter", 700), tracking=-0.012, leading=1.24)
    sceneries = ("hill", "balls", "ribbon", "puddle", "clouds", "pebbles")

    def background(self, ground: Ground) -> Pixels:
        width, height, short, rng = ground.width, ground.height, ground.short, ground.rng(1)
        palette = ground.palette
        turn = {"hill": 0.0, "balls": 14.0, "ribbon": -14.0, "puddle": 26.0, "clouds": -24.0, "pebbles": 8.0}[
            ground.scenery
        ]
        base = palette.tone(0.915, 0.05, "main", turn)
        field = mesh(
            width,
            height,
            base,
            [
                (0.15, 0.1, 0.4, palette.tone(0.95, 0.03, "main", turn)),
                (0.95, 0.9, 0.4, palette.tone(0.87, 0.07, "second", turn)),
            ],
        )
        image = developed(field, width, height)
        colours = [
            palette.tone(0.80, 0.10, "main", turn),
            palette.tone(0.82, 0.10, "second", turn),
            palette.tone(0.86, 0.11, "spark"),
        ]
        plans: dict[str, list[tuple[float, float, float, float, int]]] = {
            # x, y (shares), width and height (short sides), colour
            "hill": [(0.22, 1.12, 1.3, 0.55, 0), (0.85, 1.16, 1.1, 0.62, 1)],
            "balls": [(0.02, 0.92, 0.26, 0.26, 0), (0.98, 0.06, 0.30, 0.30, 1), (0.93, 0.95, 0.15, 0.15, 2)],
            "ribbon": [(0.5, 1.06, 2.6, 0.34, 1), (0.05, 0.98, 0.24, 0.24, 2)],
            "puddle": [(0.95, 1.0, 0.85, 0.36, 0), (0.02, 0.05, 0.34, 0.26, 1), (0.68, 0.97, 0.12, 0.12, 2)],
            "clouds": [
                (0.08, 0.10, 0.36, 0.14, 0),
                (0.92, 0.93, 0.52, 0.18, 0),
                (0.97, 0.88, 0.26, 0.18, 0),
                (0.15, 0.97, 0.40, 0.15, 1),
            ],
            "pebbles": [(0.04 + 0.16 * i, 0.97, 0.13 + 0.05 * (i % 3), 0.10 + 0.03 * (i % 2), i % 3) for i in range(7)],
        }
        for x, y, w, h, which in plans[ground.scenery]:
            # Modelled at a third of the size: it is all soft light.
            wide, tall = max(8, int(w * short / 3)), max(8, int(h * short / 3))
            if ground.scenery in {"balls", "clouds", "pebbles", "hill"} or which == 2:
                mask = fill_of(rounded_distance(wide, tall, min(wide, tall) / 2))
                if ground.scenery == "hill":
                    axis = (
                        np.linspace(-1, 1, wide, dtype=np.float32)[None, :] ** 2
                        + np.linspace(-1, 1, tall, dtype=np.float32)[:, None] ** 2
                    )
                    mask = np.clip((1 - axis) * min(wide, tall) / 4, 0, 1).astype(np.float32)
            else:
                points = blob(int(rng.integers(1 << 30)), 120, 0.10) * np.array(
                    [wide / 2 - 2, tall / 2 - 2]
                ) + np.array([wide / 2, tall / 2])
                mask = polygon(wide, tall, points)
            depth = max(3.0, min(wide, tall) * 0.16)
            pad = round(depth * 2)
            art = pillow(mask, colours[which], depth, pad, 0.16)
            large = resized(art, art.shape[1] * 3, art.shape[0] * 3)
            lay_over(image, large, round(x * width - large.shape[1] / 2), round(y * height - large.shape[0] / 2))
        return image

    def tones(self, ground: Ground) -> Tones:
        palette = ground.palette
        return Tones(palette.tone(0.28, 0.09), palette.tone(0.48, 0.20, "main", 30), palette.tone(0.43, 0.12))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        depth = ground.short * 0.014
        pad = round(depth * 2)
        mask = fill_of(rounded_distance(width, height, min(width, height) * 0.18))
        colour = (
            ground.palette.tone(0.985, 0.008),
            ground.palette.tone(0.965, 0.02),
            ground.palette.tone(0.97, 0.02, "second"),
        )[index % 3]
        return Art(pillow(mask, colour, depth, pad, 0.20), pad)

    def halo(self, size: int, ground: Ground) -> Art:
        # A soft disc needs no full resolution, and its shadow stays inside the halo's square.
        small = max(16, size // 2)
        depth = small * 0.055
        pad = round(depth * 2)
        side = small - 2 * pad
        mask = fill_of(circle_distance(side, side, side / 2, side / 2, side * 0.49))
        art = pillow(mask, ground.palette.tone(0.975, 0.018), depth, pad, 0.20)
        canvas = clear(size, size)
        lay_over(canvas, resized(art, size, size), 0, 0)
        return Art(canvas)

    def mark_colour(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.80, 0.14, "spark", -8)
