"""Styles that grade: black and white, noir, sepia, cinematic, warm, cool, pastel, vivid, muted, contrast, night."""

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
    mixed,
    multiplied,
    pixels,
    saturated,
    screened,
    wide,
)
from videogen_engine.restyle.printing import corners
from videogen_engine.visuals.pixels import Pixels

_LEVELS = np.arange(256, dtype=np.float32)


def _balance(blue: float, green: float, red: float) -> Pixels:
    """A table for gains on the channels that leaves black and white where they are."""
    at = _LEVELS / 255
    table = np.stack([255 * at ** (1 / gain) for gain in (blue, green, red)], axis=1)
    return np.clip(np.rint(table), 0, 255).astype(np.uint8).reshape(1, 256, 3)


def black_and_white(canvas: Canvas) -> Brush:
    shape = contrast(0.9 + 0.25 * canvas.strength)

    def grade(frame: Pixels, _number: int) -> Pixels:
        # A yellow filter: skies darker, skin lighter, as black and white film is used.
        light = pixels(cv2.transform(frame, np.array([[0.06, 0.58, 0.36]], np.float32)))
        return wide(curve(light, shape))

    return grade


def noir(canvas: Canvas) -> Brush:
    dark = corners(canvas, 0.55 + 0.15 * canvas.strength)
    shape = contrast(1.7 + 0.5 * canvas.strength, 128)

    def grade(frame: Pixels, _number: int) -> Pixels:
        light = pixels(cv2.transform(frame, np.array([[0.02, 0.52, 0.46]], np.float32)))
        return multiplied(wide(curve(light, shape - 8)), dark)

    return grade


def sepia(canvas: Canvas) -> Brush:
    inks = np.array([[18, 26, 38], [66, 100, 140], [160, 200, 226], [222, 240, 250]], np.float32)
    ramp = np.stack([np.interp(_LEVELS, [0, 96, 190, 255], inks[:, part]) for part in range(3)], axis=1)
    table = ramp.astype(np.uint8).reshape(1, 256, 3)

    def grade(frame: Pixels, _number: int) -> Pixels:
        return pixels(cv2.LUT(wide(curve(gray(frame), contrast(0.8 + 0.3 * canvas.strength))), table))

    return grade


def cinematic(canvas: Canvas) -> Brush:
    # Chroma is stretched along the axis from teal to orange and squeezed across it.
    luma = np.array([0.0722, 0.7152, 0.2126], np.float32)
    orange = np.array([-0.62, 0.05, 0.78], np.float32)
    keep = 0.80 * np.eye(3, dtype=np.float32) + 0.36 * canvas.strength * np.outer(orange, orange) / float(
        orange @ orange
    )
    plain = np.eye(3, dtype=np.float32) - np.tile(luma, (3, 1))
    matrix = (np.tile(luma, (3, 1)) + keep @ plain).astype(np.float32)
    at = _LEVELS / 255
    shadow, glare = (1 - at) ** 1.6, at**1.4
    tint = canvas.strength * np.stack(
        [22 * shadow - 26 * glare, 7 * shadow + 1 * glare, -20 * shadow + 20 * glare], axis=1
    )
    table = np.clip(128 + tint * (4 * at * (1 - at) * 0.6 + 0.4)[:, None], 0, 255).astype(np.uint8).reshape(1, 256, 3)
    shape = contrast(1.15)

    def grade(frame: Pixels, _number: int) -> Pixels:
        graded = pixels(cv2.transform(curve(frame, shape), matrix))
        return pixels(cv2.addWeighted(graded, 1.0, cv2.LUT(wide(gray(graded)), table), 1.0, -128))

    return grade


def warm(canvas: Canvas) -> Brush:
    amount = canvas.strength
    table = _balance(1 - 0.26 * amount, 1 + 0.03 * amount, 1 + 0.30 * amount)

    def grade(frame: Pixels, _number: int) -> Pixels:
        return saturated(pixels(cv2.LUT(frame, table)), 1.08)

    return grade


def cool(canvas: Canvas) -> Brush:
    amount = canvas.strength
    table = _balance(1 + 0.34 * amount, 1 + 0.05 * amount, 1 - 0.24 * amount)

    def grade(frame: Pixels, _number: int) -> Pixels:
        return saturated(pixels(cv2.LUT(frame, table)), 0.92)

    return grade


def pastel(canvas: Canvas) -> Brush:
    lift = 255 * (_LEVELS / 255) ** 0.68
    shape = np.asarray(255 - (255 - lift) * (0.78 - 0.12 * (canvas.strength - 1)), np.float32)
    milk = np.full((1, 1, 3), (232, 214, 238), np.uint8)

    def grade(frame: Pixels, _number: int) -> Pixels:
        light = saturated(curve(frame, shape), 0.92)
        return mixed(light, np.broadcast_to(milk, light.shape).copy(), 0.10)

    return grade


def vivid(canvas: Canvas) -> Brush:
    factor = 1 + 0.75 * canvas.strength
    boost = np.clip(_LEVELS * factor, 0, 255) * (1 - _LEVELS / 255) + _LEVELS * (_LEVELS / 255)

    def grade(frame: Pixels, _number: int) -> Pixels:
        hue, depth, value = cv2.split(cv2.cvtColor(frame, cv2.COLOR_BGR2HSV))
        strong = cv2.cvtColor(cv2.merge([hue, curve(pixels(depth), boost), value]), cv2.COLOR_HSV2BGR)
        return curve(pixels(strong), contrast(0.6))

    return grade


def muted(canvas: Canvas) -> Brush:
    shape = 26 + _LEVELS * (218 / 255)

    def grade(frame: Pixels, _number: int) -> Pixels:
        return curve(saturated(frame, 1 - 0.42 * canvas.strength), np.asarray(shape, np.float32))

    return grade


def high_contrast(canvas: Canvas) -> Brush:
    shape = contrast(1.35 + 0.45 * canvas.strength)

    def grade(frame: Pixels, _number: int) -> Pixels:
        # Local contrast first: what differs from its surroundings differs more.
        local = pixels(cv2.addWeighted(frame, 1.35, blur(frame, 22 * canvas.unit), -0.35, 0))
        return saturated(curve(local, shape), 0.94)

    return grade


def night(canvas: Canvas) -> Brush:
    dark = 0.46 - 0.10 * (canvas.strength - 1)
    shape = np.asarray(255 * dark * (_LEVELS / 255) ** 1.25, np.float32)
    lamp = np.clip((_LEVELS - 205) * 3.2, 0, 190)
    cast = np.diag([1.32, 0.94, 0.66]).astype(np.float32)
    edges = corners(canvas, 0.45)

    def grade(frame: Pixels, _number: int) -> Pixels:
        shade = multiplied(pixels(cv2.transform(curve(saturated(frame, 0.45), shape), cast)), edges)
        # Only what is nearly white still shines, and warmly.
        lights = wide(curve(gray(frame), lamp * 0.55))
        glow = pixels(cv2.transform(blur(lights, 9 * canvas.unit), np.diag([0.55, 0.8, 1.0]).astype(np.float32)))
        return screened(shade, glow)

    return grade
