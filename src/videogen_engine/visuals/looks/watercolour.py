"""Watercolour: washes that pool at their edges on rough white paper."""

from __future__ import annotations

import cv2
import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix
from videogen_engine.visuals.faces import Face
from videogen_engine.visuals.fields import clouds, developed, fibre, mesh, shaded
from videogen_engine.visuals.looks.base import AccentMark, Art, Ground, IconKind, Look, Tones
from videogen_engine.visuals.looks.drawing import grain, rough
from videogen_engine.visuals.pixels import Mask, Pixels, blurred, clear, lay_over, resized, resized_mask, tinted
from videogen_engine.visuals.shapes import circle_distance, rounded_distance
from videogen_engine.visuals.text_fitting import TextStyle


def wash(distance: Mask, seed: int, scale: float) -> Mask:
    """Pigment density (0–1) of a wash inside a signed distance field: blooms within, a dark rim."""
    uneven = rough(distance, seed, scale * 0.16, scale * 0.5)
    height, width = distance.shape
    soft = np.clip(0.5 - uneven / max(2.0, scale * 0.016), 0, 1)
    rim = np.exp(-((uneven + scale * 0.016) ** 2) / (2 * (scale * 0.013) ** 2))
    small_w, small_h = max(8, width // 3), max(8, height // 3)
    bloom = resized_mask(clouds(small_w, small_h, seed + 9, max(6.0, scale / 5), 4), width, height)
    return (soft * (0.42 + 0.46 * bloom) + 0.20 * rim * soft).astype(np.float32)


class Watercolour(Look):
    name = "watercolour"
    headline = TextStyle(Face("Fraunces", 600), tracking=-0.008, leading=1.2)
    label = TextStyle(Face("Fraunces", 600), leading=1.22)
    kicker = TextStyle(Face("Inter", 600), tracking=0.07, upper=True)
    figure = TextStyle(Face("Fraunces", 700), tracking=-0.02)
    quote = TextStyle(Face("Fraunces", 600), leading=1.28)
    icon_kind = IconKind.FLAT
    accent_mark = AccentMark.MARKER
    sceneries = ("corners", "sky", "pool", "drift", "shore", "bloom")

    def _hues(self, ground: Ground) -> tuple[Rgb, Rgb, Rgb]:
        palette = ground.palette
        return palette.tone(0.72, 0.12), palette.tone(0.76, 0.11, "second"), palette.tone(0.80, 0.12, "spark", -14)

    def background(self, ground: Ground) -> Pixels:
        width, height = ground.width, ground.height
        paper = (252, 250, 245)
        image = developed(mesh(width, height, paper, [(0.5, 0.5, 0.6, paper)]), width, height)
        third_w, third_h = width // 3, height // 3
        x = np.arange(third_w, dtype=np.float32)[None, :] / third_w
        y = np.arange(third_h, dtype=np.float32)[:, None] / third_h
        short = float(min(third_w, third_h))
        rng = ground.rng(4)
        first, second, third = self._hues(ground)

        def spot(cx: float, cy: float, radius: float, stretch: float = 1.0) -> Mask:
            cx, cy = cx + rng.uniform(-0.03, 0.03), cy + rng.uniform(-0.03, 0.03)
            away = np.hypot((x - cx) * third_w / stretch, (y - cy) * third_h) - radius * short
            return away.astype(np.float32)

        def band(top: float, bottom: float) -> Mask:
            return (np.maximum(top - y, y - bottom) * third_h + 0 * x).astype(np.float32)

        plans: dict[str, tuple[tuple[Mask, Rgb, float], ...]] = {
            "corners": (
                (spot(0.0, 0.02, 0.44), first, 0.62),
                (spot(1.0, 1.0, 0.55, 1.3), second, 0.62),
                (spot(0.90, 0.04, 0.20), third, 0.5),
            ),
            "sky": (
                (band(-0.3, 0.20), first, 0.50),
                (spot(0.88, 0.16, 0.19), third, 0.55),
                (band(0.88, 1.4), second, 0.5),
            ),
            "pool": ((band(0.80, 1.4), first, 0.70), (spot(0.25, 0.86, 0.26, 2.0), second, 0.5)),
            "drift": (
                (spot(0.02, 0.60, 0.34, 0.9), second, 0.5),
                (spot(1.0, 0.35, 0.42, 0.8), first, 0.55),
                (spot(0.60, 1.02, 0.26, 1.5), third, 0.45),
            ),
            "shore": (
                (band(0.84, 1.4), third, 0.5),
                (band(0.74, 0.90), second, 0.55),
                (spot(0.1, 0.05, 0.3, 1.8), first, 0.45),
            ),
            "bloom": (
                (spot(0.5, 0.46, 0.62, 1.5), first, 0.22),
                (spot(0.98, 0.96, 0.34), third, 0.5),
                (spot(0.02, 0.08, 0.28), second, 0.5),
            ),
        }
        for number, (distance, colour, strength) in enumerate(plans[ground.scenery]):
            density = wash(distance, ground.seed + 31 * number, short) * np.float32(strength)
            self._soak(image, density, colour)
        return shaded(image, fibre(width, height, 23, 1.5))

    def _soak(self, image: Pixels, density: Mask, colour: Rgb) -> None:
        """Pigment multiplies the paper."""
        keep = np.empty((*density.shape, 3), dtype=np.uint8)
        for channel, value in enumerate(colour[::-1]):
            keep[..., channel] = np.clip(255 * (1 - density * (1 - value / 255) * 1.5), 0, 255).astype(np.uint8)
        large = cv2.resize(keep, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
        cv2.multiply(image, large, dst=image, scale=1 / 255)

    def tones(self, ground: Ground) -> Tones:
        palette = ground.palette
        return Tones(palette.tone(0.27, 0.05), palette.tone(0.46, 0.14), palette.tone(0.42, 0.06))

    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        pad = round(ground.short * 0.014)
        distance = rounded_distance(width + 2 * pad, height + 2 * pad, ground.short * 0.03, pad)
        uneven = rough(distance, ground.seed + index, ground.short * 0.006, ground.short * 0.09)
        body = np.clip(0.5 - uneven / 1.6, 0, 1).astype(np.float32)
        canvas = tinted(body, (255, 254, 250), 0.80)
        colour = self._hues(ground)[index % 3]
        density = wash(distance, ground.seed + 7 * index, ground.short * 0.20)
        lay_over(canvas, tinted(np.clip(density * body, 0, 1), colour, 0.40), 0, 0)
        rim = np.exp(-((uneven + 2) ** 2) / (2 * (ground.short * 0.0030) ** 2)) * body
        lay_over(canvas, tinted(rim.astype(np.float32), mix(colour, ground.palette.ink, 0.3), 0.55), 0, 0)
        return Art(canvas, pad)

    def halo(self, size: int, ground: Ground) -> Art:
        # Washes have no sharp edge that would need full resolution.
        full, size = size, max(32, size // 2)
        canvas = clear(size, size)
        first, second, third = self._hues(ground)
        distance = circle_distance(size, size, size * 0.5, size * 0.5, size * 0.37)
        lay_over(canvas, tinted(wash(distance, ground.seed, float(size) * 0.8), first, 0.72), 0, 0)
        small = circle_distance(size, size, size * 0.80, size * 0.24, size * 0.105)
        lay_over(canvas, tinted(wash(small, ground.seed + 5, float(size) * 0.3), third, 0.75), 0, 0)
        low = circle_distance(size, size, size * 0.20, size * 0.80, size * 0.075)
        lay_over(canvas, tinted(wash(low, ground.seed + 8, float(size) * 0.25), second, 0.7), 0, 0)
        return Art(resized(canvas, full, full))

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        """Pigment settles unevenly, and a pale rim keeps the icon off the wash."""
        size = layer.shape[0]
        pad = max(3, round(size * 0.05))
        alpha = layer[..., 3].astype(np.float32) / 255
        rim = np.clip(blurred(np.pad(alpha, pad), size * 0.012) * 2.2, 0, 1)
        canvas = tinted(rim, WHITE, 0.85)
        keep = ((0.80 + 0.20 * grain(size, size, 3)) * 255).astype(np.uint8)
        paint = layer.copy()
        paint[..., :3] = cv2.multiply(layer[..., :3], cv2.cvtColor(keep, cv2.COLOR_GRAY2BGR), scale=1 / 255)
        lay_over(canvas, paint, pad, pad)
        return Art(canvas, pad)

    def mark_colour(self, ground: Ground) -> Rgb:
        return ground.palette.tone(0.86, 0.11, "spark")
