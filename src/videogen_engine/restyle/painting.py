"""Styles that paint: watercolour, oil, neon light."""

from __future__ import annotations

import cv2
import numpy as np

from videogen_engine.restyle.canvas import (
    Brush,
    Canvas,
    Field,
    blur,
    contrast,
    curve,
    dabbed,
    gray,
    multiplied,
    outlines,
    paper,
    pixels,
    saturated,
    screened,
    smoothed,
    wide,
)
from videogen_engine.visuals.pixels import Pixels, resized

_LEVELS = np.arange(256, dtype=np.float32)


def watercolour(canvas: Canvas) -> Brush:
    sheet = paper(canvas, "watercolour paper", 8, fine=1.5)
    clouds = _clouds(canvas, "washes")

    def draw(frame: Pixels, _number: int) -> Pixels:
        washes = dabbed(smoothed(frame, 2, 30), 3 + round(2 * canvas.strength))
        light = gray(washes)
        # Pigment gathers at the rims of a wash.
        across = cv2.Sobel(light, cv2.CV_16S, 1, 0)
        along = cv2.Sobel(light, cv2.CV_16S, 0, 1)
        rim = cv2.addWeighted(cv2.convertScaleAbs(across), 0.5, cv2.convertScaleAbs(along), 0.5, 0)
        rims = curve(blur(pixels(rim), 1.2 * canvas.unit), 255 - np.clip((_LEVELS - 3) * 2.2, 0, 80))
        pale = curve(washes, 255 * (_LEVELS / 255) ** 0.6 * 0.93 + 18)
        pale = multiplied(saturated(pale, 1.7), clouds)
        return multiplied(multiplied(pale, wide(rims)), sheet)

    return draw


def _clouds(canvas: Canvas, name: str) -> Pixels:
    """Uneven washes, which lie still: light and dark patches of all sizes."""
    rng = canvas.rng(name)
    total = np.zeros((canvas.height, canvas.width), np.float32)
    for cells, share in ((5, 1.0), (11, 0.6), (24, 0.35)):
        small = rng.normal(0, 1, (cells, cells)).astype(np.float32)
        total += share * np.asarray(
            cv2.resize(small, (canvas.width, canvas.height), interpolation=cv2.INTER_CUBIC), np.float32
        )
    return wide(np.clip(247 + 6 * total, 0, 255).astype(np.uint8))


def oil(canvas: Canvas) -> Brush:
    scale = min(1.0, 540 / min(canvas.width, canvas.height))
    size = max(2, round(canvas.width * scale)), max(2, round(canvas.height * scale))
    bristles = canvas.rng("bristles").normal(0, 1, (size[1], size[0])).astype(np.float32)
    bristles = np.asarray(cv2.GaussianBlur(bristles, (0, 0), 1.0), np.float32)
    bristles /= max(float(bristles.std()), 1e-6)
    columns, rows = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))

    def draw(frame: Pixels, _number: int) -> Pixels:
        paint = dabbed(frame, 3 + round(canvas.strength))
        small = resized(gray(paint), *size)
        strokes = _along_shapes(bristles, small, columns, rows)
        relief = np.asarray(cv2.Sobel(strokes, cv2.CV_32F, 1, 1, ksize=3), np.float32)
        grooves = np.clip(128 + 10 * canvas.strength * strokes + 7 * relief, 0, 255).astype(np.uint8)
        rich = saturated(curve(paint, contrast(1.12)), 1.3)
        return pixels(
            cv2.addWeighted(rich, 1.0, wide(resized(grooves, canvas.width, canvas.height)), 0.62, -0.62 * 128)
        )

    return draw


def _along_shapes(noise: Field, light: Pixels, columns: Field, rows: Field) -> Field:
    """Noise smeared along the edges of the picture, as a brush is led (line integral convolution)."""
    soft = np.asarray(cv2.GaussianBlur(light, (0, 0), 2.0), np.float32)
    across, along = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    # The smoothed structure tensor's minor direction.
    xx = cv2.GaussianBlur(across * across, (0, 0), 6)
    xy = cv2.GaussianBlur(across * along, (0, 0), 6)
    yy = cv2.GaussianBlur(along * along, (0, 0), 6)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy + 60.0) + np.pi / 2
    dx, dy = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    total = noise.copy()
    for step in (-6.0, -4.0, -2.0, 2.0, 4.0, 6.0):
        total += np.asarray(
            cv2.remap(noise, columns + step * dx, rows + step * dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT),
            np.float32,
        )
    return total / 2.4


def neon(canvas: Canvas) -> Brush:
    inks = np.array([[34, 6, 8], [70, 16, 26], [120, 20, 70], [170, 30, 130], [235, 90, 225]], np.float32)
    places = np.array([0, 80, 160, 225, 255], np.float32)
    table = np.stack([np.interp(_LEVELS, places, inks[:, part]) for part in range(3)], axis=1)
    ramp = np.clip(table, 0, 255).astype(np.uint8).reshape(1, 256, 3)

    def draw(frame: Pixels, _number: int) -> Pixels:
        flat = smoothed(frame, 2, 34)
        light = curve(gray(flat), contrast(1.25))
        base = pixels(cv2.LUT(wide(curve(light, _LEVELS * 0.78)), ramp))
        lines = pixels(cv2.bitwise_not(outlines(flat, 1.3 * canvas.unit, strength=canvas.strength)))
        # What is blue glows cyan, what is red glows pink.
        blue, _, red = cv2.split(flat)
        cool = curve(pixels(cv2.addWeighted(blue, 2.0, red, -2.0, 118)), _LEVELS)
        tube = cv2.merge(
            [wide(lines)[..., 0], multiplied(lines, cool), multiplied(lines, pixels(cv2.bitwise_not(cool)))]
        )
        glow = pixels(tube)
        lit = screened(curve(base, _LEVELS * 0.9), glow)
        for sigma, gain in ((4.0, 0.9), (14.0, 1.3)):
            lit = screened(lit, curve(blur(glow, sigma * canvas.unit), _LEVELS * gain * canvas.strength))
        bright = curve(blur(base, 18 * canvas.unit), np.clip(_LEVELS - 110, 0, 255) * 0.6)
        return screened(lit, bright)

    return draw
