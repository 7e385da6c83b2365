"""Styles of light and of the medium: glow, dark corners, film, grain, printed dots, video tape."""

from __future__ import annotations

from collections.abc import Callable

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
    paper,
    pixels,
    saturated,
    screened,
    wide,
)
from videogen_engine.visuals.pixels import Pixels, resized

_LEVELS = np.arange(256, dtype=np.float32)
#: Sheets of noise; which one a frame gets, and how it lies, follows from its number.
_SHEETS = 5


def dots(canvas: Canvas, cell: float) -> Callable[[Pixels], Pixels]:
    """Grey levels as round dots on a slanted grid that lies still; ``cell`` in px at 720 lines."""
    rows, columns = np.mgrid[0 : canvas.height, 0 : canvas.width].astype(np.float32)
    turn = 2 * np.pi / max(3.0, cell * canvas.unit)
    c, s = float(np.cos(np.pi / 4)) * turn, float(np.sin(np.pi / 4)) * turn
    field = (np.cos(columns * c + rows * s) + np.cos(columns * s - rows * c)) / 4 + 0.5
    screen = np.clip(field * 235 + 10, 0, 255).astype(np.uint8)
    steep = max(1.5, min(7.0, 0.7 * cell * canvas.unit))

    def printed(light: Pixels) -> Pixels:
        return pixels(cv2.addWeighted(light, steep, screen, -steep, 128))

    return printed


def corners(canvas: Canvas, depth: float) -> Pixels:
    """A light that falls off towards the corners by ``depth`` (0-1), as three channels."""
    rows, columns = np.mgrid[0 : canvas.height, 0 : canvas.width].astype(np.float32)
    x, y = columns / canvas.width * 2 - 1, rows / canvas.height * 2 - 1
    away = np.clip((np.sqrt((x * x + y * y) / 2) - 0.42) / 0.58, 0, 1)
    fall = 1 - depth * away * away * (3 - 2 * away)
    return wide(np.clip(fall * 255, 0, 255).astype(np.uint8))


def noise(canvas: Canvas, name: str, deviation: float, size: float) -> Callable[[Pixels, int], Pixels]:
    """Adds grain of ``deviation`` codes and ``size`` px at 720 lines; every frame has another, the same every time."""
    rng = canvas.rng(name)
    sheets: list[Pixels] = []
    for _ in range(_SHEETS):
        field = rng.normal(0, 1, (canvas.height, canvas.width)).astype(np.float32)
        soft = np.asarray(cv2.GaussianBlur(field, (0, 0), max(0.35, size * canvas.unit)), np.float32)
        soft *= deviation / max(float(soft.std()), 1e-6)
        sheets.append(np.clip(128 + soft, 0, 255).astype(np.uint8))

    def grained(frame: Pixels, number: int) -> Pixels:
        # Small numbers from the frame's own, spread by an odd factor.
        mark = (number * 2654435761) & 0xFFFFFFFF
        sheet = sheets[(mark >> 7) % _SHEETS]
        flip = (mark >> 11) % 4
        turned = sheet if flip == 3 else pixels(cv2.flip(sheet, flip - 1))
        moved = np.roll(turned, (mark >> 14) % canvas.height, axis=0)
        # Grain is seen in the middle tones.
        return pixels(cv2.addWeighted(frame, 1.0, wide(moved), 1.0, -128))

    return grained


def dream(canvas: Canvas) -> Brush:
    def light(frame: Pixels, _number: int) -> Pixels:
        lifted = curve(frame, np.clip((_LEVELS - 40) * 1.05, 0, 255) * min(1.0, 0.62 * canvas.strength))
        near, far = blur(lifted, 9 * canvas.unit), blur(lifted, 26 * canvas.unit)
        soft = mixed(frame, blur(frame, 3.5 * canvas.unit), 0.4)
        return curve(screened(soft, mixed(near, far, 0.5)), contrast(0.7, 150) - 8)

    return light


def vignette(canvas: Canvas) -> Brush:
    dark = corners(canvas, min(0.95, 0.62 * canvas.strength))

    def light(frame: Pixels, _number: int) -> Pixels:
        return multiplied(frame, dark)

    return light


def vintage(canvas: Canvas) -> Brush:
    at = _LEVELS / 255
    dyes = np.stack([34 + 178 * at**1.05, 20 + 218 * at**1.0, 26 + 226 * at**0.88], axis=1)
    table = np.clip(dyes, 0, 255).astype(np.uint8).reshape(1, 256, 3)
    dark = corners(canvas, 0.42)
    grain = noise(canvas, "film", 6.5 * canvas.strength, 0.75)
    red = np.diag([0.12, 0.38, 1.0]).astype(np.float32)

    def film(frame: Pixels, number: int) -> Pixels:
        faded = pixels(cv2.LUT(saturated(frame, 0.78), table))
        halo = wide(curve(gray(frame), np.clip((_LEVELS - 170) * 2.0, 0, 170)))
        halo = pixels(cv2.transform(blur(halo, 11 * canvas.unit), red))
        # A projector's lamp is never quite steady.
        lamp = 1 + 0.012 * float(np.sin(number * 0.9) + np.sin(number * 0.37 + 1))
        shown = curve(multiplied(screened(faded, halo), dark), _LEVELS * np.float32(lamp))
        return grain(shown, number)

    return film


def film_grain(canvas: Canvas) -> Brush:
    return noise(canvas, "grain", 9.0 * canvas.strength, 0.6)


def halftone(canvas: Canvas) -> Brush:
    screen = dots(canvas, 7.5)
    sheet = multiplied(
        np.full((canvas.height, canvas.width, 3), (214, 236, 245), np.uint8), paper(canvas, "newsprint", 8)
    )
    shape = contrast(1.15) * 1.04 + 6

    def printed(frame: Pixels, _number: int) -> Pixels:
        return multiplied(
            sheet, wide(pixels(np.maximum(screen(curve(gray(frame), np.asarray(shape, np.float32))), 26)))
        )

    return printed


def vhs(canvas: Canvas) -> Brush:
    lines = np.full((canvas.height, canvas.width), 255, np.uint8)
    step = max(2, round(3 * canvas.unit))
    lines[::step] = 205
    scan = wide(lines)
    grain = noise(canvas, "tape", 9.0 * canvas.strength, 0.9)
    columns, rows = np.meshgrid(np.arange(canvas.width, dtype=np.float32), np.arange(canvas.height, dtype=np.float32))
    shift = round(7 * canvas.unit)

    def tape(frame: Pixels, number: int) -> Pixels:
        light, red, blue = cv2.split(cv2.cvtColor(frame, cv2.COLOR_BGR2YCrCb))
        small = max(8, round(canvas.width / (14 * canvas.unit))), max(8, canvas.height // 3)
        red, blue = (
            np.roll(resized(resized(pixels(part), *small), canvas.width, canvas.height), shift, axis=1)
            for part in (red, blue)
        )
        sharp = pixels(cv2.GaussianBlur(light, (0, 0), sigmaX=max(0.4, 1.7 * canvas.unit), sigmaY=0.01))
        sharp = pixels(cv2.addWeighted(sharp, 1.5, blur(sharp, 2.4 * canvas.unit), -0.5, 0))
        seen = pixels(cv2.cvtColor(cv2.merge([sharp, red, blue]), cv2.COLOR_YCrCb2BGR))
        seen = curve(saturated(seen, 1.18), 14 + _LEVELS * (232 / 255))
        return multiplied(grain(_torn(seen, number), number), scan)

    def _torn(frame: Pixels, number: int) -> Pixels:
        """Lines that come late: a little everywhere, much in a band that wanders up."""
        rng = np.random.default_rng(number)
        jitter = np.asarray(cv2.GaussianBlur(rng.normal(0, 1, (canvas.height, 1)), (1, 0), 0, sigmaY=2.0), np.float32)
        band = canvas.height * (1.15 - (number % 190) / 190 * 1.3)
        near = np.exp(-(((rows[:, :1] - band) / (14 * canvas.unit)) ** 2))
        offset = jitter * np.float32(1.6 * canvas.unit) + near * np.float32(26 * canvas.unit) * (0.6 + jitter)
        late = columns + offset.astype(np.float32)
        moved = pixels(cv2.remap(frame, late, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
        snow = (near * 90).astype(np.uint8)
        return screened(moved, wide(np.broadcast_to(snow, (canvas.height, canvas.width)).copy()))

    return tape
