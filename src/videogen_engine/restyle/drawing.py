"""Styles that draw: cartoon, comic, anime, pencil, ink, charcoal, blueprint, pop art, posters, pixels."""

from __future__ import annotations

import cv2
import numpy as np

from videogen_engine.restyle.canvas import (
    Brush,
    Canvas,
    blur,
    contrast,
    curve,
    gray,
    inked,
    light_stepped,
    looked_up,
    mixed,
    multiplied,
    nearest_table,
    outlines,
    palette_of,
    paper,
    pixels,
    saturated,
    screened,
    smoothed,
    wide,
)
from videogen_engine.restyle.printing import dots
from videogen_engine.visuals.pixels import Pixels, resized

_POSTER_COLOURS = 7
_PIXEL_COLOURS = 24


def cartoon(canvas: Canvas) -> Brush:
    def draw(frame: Pixels, _number: int) -> Pixels:
        flat = smoothed(frame, 4, 40)
        lines = outlines(flat, 1.3 * canvas.unit, strength=canvas.strength)
        areas = saturated(light_stepped(flat, 7), 1.0 + 0.4 * canvas.strength)
        return multiplied(areas, wide(lines))

    return draw


def comic(canvas: Canvas) -> Brush:
    screen = dots(canvas, 6.5)

    def draw(frame: Pixels, _number: int) -> Pixels:
        flat = smoothed(frame, 4, 40)
        light = gray(flat)
        lines = outlines(flat, 1.7 * canvas.unit, strength=1.3 * canvas.strength)
        # Deep shadows are solid ink, the half dark is dots.
        solid = curve(blur(light, 1.5 * canvas.unit), (np.arange(256, dtype=np.float32) - 34) * 9)
        shade = curve(light, np.clip(np.arange(256, dtype=np.float32) * 1.55 + 40, 0, 255))
        printed = screen(shade)
        areas = saturated(curve(light_stepped(flat, 5), contrast(1.25)), 1.15 + 0.35 * canvas.strength)
        areas = multiplied(areas, wide(curve(printed, np.linspace(120, 255, 256, dtype=np.float32))))
        return multiplied(areas, wide(np.minimum(lines, solid)))

    return draw


def anime(canvas: Canvas) -> Brush:
    def draw(frame: Pixels, _number: int) -> Pixels:
        flat = smoothed(frame, 3, 30)
        lines = outlines(flat, 0.9 * canvas.unit, strength=0.6 * canvas.strength)
        bright = curve(flat, np.asarray(255 * (np.arange(256, dtype=np.float32) / 255) ** 0.86, np.float32))
        areas = saturated(light_stepped(bright, 12), 1.2 + 0.3 * canvas.strength)
        ink = multiplied(areas, wide(curve(lines, np.linspace(70, 255, 256, dtype=np.float32))))
        glow = curve(blur(ink, 16 * canvas.unit), (np.arange(256, dtype=np.float32) - 120) * 0.75)
        return screened(ink, glow)

    return draw


def pencil(canvas: Canvas) -> Brush:
    grain = paper(canvas, "pencil paper", 9)
    hatch = _hatching(canvas)

    def draw(frame: Pixels, _number: int) -> Pixels:
        light = gray(frame)
        soft = blur(light, 7 * canvas.unit)
        # Dodged: what is darker than its surroundings remains.
        lines = pixels(cv2.divide(light, np.maximum(soft, 1), scale=255))
        lines = curve(lines, 255 - (255 - np.arange(256, dtype=np.float32)) * (2.1 * canvas.strength))
        # Hatching fills what is dark, denser the darker it is.
        dark = curve(soft, np.clip((np.arange(256, dtype=np.float32) - 20) * 1.35, 0, 255))
        shade = pixels(cv2.addWeighted(dark, 2.2, hatch, -2.2, 225))
        shade = curve(shade, np.linspace(118, 255, 256, dtype=np.float32))
        return multiplied(wide(multiplied(lines, shade)), grain)

    return draw


def _hatching(canvas: Canvas) -> Pixels:
    """Slanted strokes of uneven pressure: a threshold for each pixel."""
    rng = canvas.rng("hatching")
    rows, columns = np.mgrid[0 : canvas.height, 0 : canvas.width].astype(np.float32)
    period = 6.0 * canvas.unit
    small = rng.normal(0, 1, (canvas.height // 24 + 2, canvas.width // 24 + 2)).astype(np.float32)
    bend = cv2.resize(small, (canvas.width, canvas.height), interpolation=cv2.INTER_CUBIC)
    wave = np.cos((columns + rows * 0.9) * (2 * np.pi / (period * 1.35)) + bend * 0.9)
    cross = np.cos((columns * 0.9 - rows) * (2 * np.pi / (period * 1.5)) + bend * 0.7)
    value = 96 + 44 * wave + 30 * np.minimum(cross, 0)
    return np.clip(value, 0, 255).astype(np.uint8)


def ink(canvas: Canvas) -> Brush:
    def draw(frame: Pixels, _number: int) -> Pixels:
        light = curve(gray(smoothed(frame, 2, 30)), contrast(1.1))
        drawn = inked(light, 1.25 * canvas.unit, keen=18 * canvas.strength, floor=0.42, steep=14)
        return wide(pixels(np.maximum(drawn, 14)))

    return draw


def charcoal(canvas: Canvas) -> Brush:
    rough = paper(canvas, "charcoal paper", 40, fine=1.6)
    tooth = rough[..., 0]

    def draw(frame: Pixels, _number: int) -> Pixels:
        light = gray(smoothed(frame, 2, 34))
        soft = blur(light, 15 * canvas.unit)
        lines = pixels(cv2.divide(light, np.maximum(soft, 1), scale=255))
        lines = curve(lines, 255 - (255 - np.arange(256, dtype=np.float32)) * (2.6 * canvas.strength))
        tone = curve(blur(light, 3 * canvas.unit), np.clip(np.arange(256, dtype=np.float32) * 1.05 + 22, 0, 255))
        # Charcoal stays on the teeth of the paper: dark tones cover them, light ones do not.
        rubbed = pixels(cv2.addWeighted(multiplied(lines, tone), 1.5, tooth, 1.0, -225))
        return pixels(cv2.transform(wide(rubbed), np.diag([0.93, 0.965, 0.98]).astype(np.float32)))

    return draw


def blueprint(canvas: Canvas) -> Brush:
    grid = np.zeros((canvas.height, canvas.width), np.uint8)
    step = max(8, round(36 * canvas.unit))
    thin = max(1, round(canvas.unit))
    for place in range(0, max(canvas.height, canvas.width), step):
        bright = 62 if place // step % 5 == 0 else 30
        grid[place : place + thin] = np.maximum(grid[place : place + thin], bright)
        grid[:, place : place + thin] = np.maximum(grid[:, place : place + thin], bright)
    sheet = np.empty((canvas.height, canvas.width, 3), np.uint8)
    sheet[:] = (138, 74, 22)
    sheet = multiplied(screened(sheet, wide(grid)), paper(canvas, "blueprint paper", 10))

    def draw(frame: Pixels, _number: int) -> Pixels:
        flat = smoothed(frame, 2, 30)
        lines = pixels(cv2.bitwise_not(outlines(flat, 1.1 * canvas.unit, strength=0.8 * canvas.strength)))
        faint = curve(gray(flat), np.clip((np.arange(256, dtype=np.float32) - 90) * 0.28, 0, 255))
        return screened(sheet, wide(pixels(np.maximum(lines, faint))))

    return draw


def pop_art(canvas: Canvas) -> Brush:
    screen = dots(canvas, 10)
    inks = np.array([[96, 30, 40], [150, 40, 200], [40, 60, 240], [60, 150, 255], [70, 225, 255]], np.uint8)
    places = np.linspace(30, 215, len(inks))
    ramp = np.stack([np.interp(np.arange(256), places, inks[:, part]) for part in range(3)], axis=1)
    table = np.clip(ramp, 0, 255).astype(np.uint8).reshape(1, 256, 3)

    def draw(frame: Pixels, _number: int) -> Pixels:
        flat = smoothed(frame, 4, 44)
        light = curve(gray(flat), contrast(1.5))
        areas = light_stepped(pixels(cv2.LUT(wide(light), table)), 6)
        # The subject's own colours still tell one thing from another.
        areas = saturated(mixed(areas, saturated(flat, 1.8), 0.34), 1.25)
        printed = screen(curve(light, np.clip(np.arange(256, dtype=np.float32) * 1.1 + 45, 0, 255)))
        areas = multiplied(areas, wide(curve(printed, np.linspace(150, 255, 256, dtype=np.float32))))
        return multiplied(areas, wide(outlines(flat, 1.7 * canvas.unit, strength=1.3 * canvas.strength)))

    return draw


def poster(canvas: Canvas) -> Brush:
    palette = palette_of(canvas.samples, _POSTER_COLOURS)
    table = nearest_table(saturated(palette.reshape(1, -1, 3), 1.4)[0])

    def draw(frame: Pixels, _number: int) -> Pixels:
        flat = smoothed(frame, 4, 46)
        printed = looked_up(pixels(cv2.medianBlur(flat, 5)), table)
        return blur(pixels(cv2.medianBlur(printed, 5)), 0.6)

    return draw


def pixel_art(canvas: Canvas) -> Brush:
    table = nearest_table(palette_of(saturated(canvas.samples.reshape(1, -1, 3), 1.25)[0], _PIXEL_COLOURS))
    cell = max(3, round(7.5 * canvas.unit * canvas.strength))
    across, down = max(8, round(canvas.width / cell)), max(8, round(canvas.height / cell))

    def draw(frame: Pixels, _number: int) -> Pixels:
        small = resized(saturated(curve(frame, contrast(1.1)), 1.25), across, down)
        coarse = looked_up(small, table)
        return pixels(cv2.resize(coarse, (canvas.width, canvas.height), interpolation=cv2.INTER_NEAREST))

    return draw


def thermal(_canvas: Canvas) -> Brush:
    def draw(frame: Pixels, _number: int) -> Pixels:
        light = curve(gray(smoothed(frame, 2, 40)), contrast(1.2))
        return pixels(cv2.applyColorMap(light, cv2.COLORMAP_INFERNO))

    return draw
