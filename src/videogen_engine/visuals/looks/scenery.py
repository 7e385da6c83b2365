"""The lands under the landscape look's skies, painted from far to near."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.colour import WHITE, Rgb, mix, oklch
from videogen_engine.visuals.looks.base import Ground
from videogen_engine.visuals.pixels import Mask, Pixels, lay_over, tinted
from videogen_engine.visuals.shapes import circle_distance, fill_of, rounded_distance

_SHIFT = 4


@dataclass
class Land:
    """``horizon`` and ``sun`` in shares, ``sun_radius`` in pixels, ``haze`` is the colour at the horizon."""

    image: Pixels
    ground: Ground
    rng: np.random.Generator
    horizon: float
    sun: tuple[float, float]
    sun_radius: float
    haze: Rgb

    @property
    def width(self) -> int:
        return self.ground.width

    @property
    def height(self) -> int:
        return self.ground.height

    def fill(self, points: NDArray[np.float64], colour: Rgb) -> None:
        fixed = np.round(points * (1 << _SHIFT)).astype(np.int32)
        cv2.fillPoly(self.image, [fixed], colour[::-1], lineType=cv2.LINE_AA, shift=_SHIFT)

    def below(self, edge: Callable[[NDArray[np.float64]], NDArray[np.float64]], colour: Rgb, step: int = 6) -> None:
        """Fill everything below ``edge`` (x in shares of the short side → y in px)."""
        x = np.arange(-step, self.width + 2 * step, step, dtype=np.float64)
        y = edge(x / self.ground.short)
        closing = np.array([[x[-1], self.height + 4.0], [x[0], self.height + 4.0]])
        self.fill(np.concatenate([np.stack([x, y], axis=1), closing]), colour)

    def hills(self, top: float, swing: float, waves: float, colour: Rgb, sharp: float = 0.0) -> None:
        """A rolling (or with ``sharp`` jagged) ridge at ``top`` (share of the height)."""
        phase = self.rng.uniform(0, 2 * math.pi, 5)
        weight = self.rng.uniform(0.6, 1.0, 5)
        base, reach = top * self.height, swing * self.ground.short

        def edge(x: NDArray[np.float64]) -> NDArray[np.float64]:
            y = np.zeros_like(x)
            for i in range(5):
                turn = x * waves * (1.0 + 0.83 * i) * 2 * math.pi + phase[i]
                wave = np.sin(turn) if sharp <= 0 else (1 - sharp) * np.sin(turn) + sharp * _triangle(turn)
                y += weight[i] / (1.0 + i) ** (1.35 if sharp <= 0 else 1.0) * wave
            return base - reach * y * 0.6

        self.below(edge, colour, 6 if sharp <= 0 else 3)

    def disc(self, x: float, y: float, radius: float, colour: Rgb, opacity: float = 1.0) -> None:
        side = int(2 * radius + 4)
        mask = fill_of(circle_distance(side, side, side / 2, side / 2, radius))
        lay_over(self.image, tinted(mask, colour, opacity), round(x - side / 2), round(y - side / 2))

    def draw_sun(self, colour: Rgb) -> None:
        if self.sun_radius > 1:
            self.disc(self.sun[0] * self.width, self.sun[1] * self.height, self.sun_radius, colour)

    def stars(self, count: int, lowest: float) -> None:
        for _ in range(count):
            x, y = self.rng.uniform(0, self.width), self.rng.uniform(0, lowest * self.height)
            radius = self.ground.short * self.rng.uniform(0.0008, 0.0019)
            self.disc(
                x, y, radius + 0.4, WHITE, float(self.rng.uniform(0.35, 0.9)) * (1 - 0.6 * y / (lowest * self.height))
            )

    def cloud(self, x: float, y: float, size: float, opacity: float) -> None:
        """A cloud of stacked capsules around ``x``, ``y`` (px)."""
        for across, up, share, tall in ((0, 0, 1.0, 0.16), (-0.06, 0.085, 0.66, 0.17), (0.10, 0.15, 0.40, 0.17)):
            width, height = int(size * share), int(size * tall)
            if width < 4 or height < 3:
                continue
            mask = fill_of(rounded_distance(width, height, height / 2))
            lay_over(
                self.image,
                tinted(mask, WHITE, opacity),
                round(x + across * size - width / 2),
                round(y - up * size - height / 2),
            )

    def clouds(self, count: int, top: float, bottom: float, opacity: float) -> None:
        for i in range(count):
            x = (i + self.rng.uniform(0.15, 0.85)) / count * self.width
            y = self.rng.uniform(top, bottom) * self.height
            self.cloud(x, y, self.ground.short * self.rng.uniform(0.16, 0.38), opacity)

    def tone(self, lightness: float, chroma: float, hue: float | None = None) -> Rgb:
        return self.ground.palette.tone(lightness, chroma) if hue is None else oklch(lightness, chroma, hue)


def _triangle(turn: NDArray[np.float64]) -> NDArray[np.float64]:
    return 2 / math.pi * np.arcsin(np.sin(turn))


def sea(land: Land) -> None:
    land.stars(46, 0.34)
    land.clouds(3, 0.34, 0.50, 0.10)
    land.draw_sun(mix(land.haze, WHITE, 0.45))
    far = land.tone(0.46, 0.11)
    land.hills(land.horizon - 0.01, 0.055, 0.28, mix(far, land.haze, 0.30))
    land.hills(land.horizon + 0.01, 0.040, 0.40, mix(land.tone(0.40, 0.11), land.haze, 0.10))
    water = [
        land.tone(light, chroma)
        for light, chroma in ((0.47, 0.12), (0.42, 0.12), (0.365, 0.11), (0.31, 0.095), (0.26, 0.08))
    ]
    depth = (1.0 - land.horizon) / len(water)
    for i, colour in enumerate(water):
        land.hills(land.horizon + 0.02 + i * depth * 0.92, 0.010 + 0.004 * i, 0.55 - 0.05 * i, colour)
    _glints(land)


def _glints(land: Land) -> None:
    """Light on the water below the sun, wider towards the viewer."""
    colour = mix(land.haze, WHITE, 0.4)
    top = (land.horizon + 0.045) * land.height
    for i in range(34):
        depth = (i + land.rng.uniform(0, 1)) / 34
        y = top + depth * (land.height - top)
        spread = land.ground.short * (0.08 + 0.22 * depth)
        x = land.sun[0] * land.width + land.rng.normal() * spread * 0.55
        length = int(land.ground.short * land.rng.uniform(0.05, 0.15))
        thick = max(2, round(land.ground.short * 0.0042))
        mask: Mask = fill_of(rounded_distance(length, thick, thick / 2))
        lay_over(land.image, tinted(mask, colour, 0.42 - 0.22 * depth), round(x - length / 2), round(y))


def mountains(land: Land) -> None:
    land.stars(22, 0.22)
    land.draw_sun(mix(land.haze, WHITE, 0.6))
    land.clouds(3, 0.40, 0.56, 0.12)
    shades = ((0.60, 0.07, 0.55), (0.50, 0.08, 0.36), (0.41, 0.08, 0.18), (0.33, 0.07, 0.06))
    for i, (light, chroma, haze) in enumerate(shades):
        colour = mix(land.tone(light, chroma), land.haze, haze)
        land.hills(land.horizon - 0.10 + 0.085 * i, 0.15 - 0.022 * i, 0.34 + 0.06 * i, colour, sharp=0.9)
    _pines(land, 0.90, 0.10, land.tone(0.25, 0.055), 0.45)
    land.hills(0.93, 0.02, 0.5, land.tone(0.22, 0.05))


def _pines(land: Land, base: float, size: float, colour: Rgb, density: float) -> None:
    """A row of firs whose feet are near ``base`` (share of the height); ``size`` in shares of the short side."""
    step = land.ground.short * size * density
    x = -step
    while x < land.width + step:
        tall = land.ground.short * size * land.rng.uniform(0.65, 1.25)
        foot = base * land.height + land.rng.uniform(0, 0.02) * land.height
        half = tall * 0.24
        points = [(x, foot - tall)]
        for level in range(1, 5):
            y = foot - tall * (1 - level / 4)
            reach = half * (0.38 + 0.62 * level / 4)
            points += [(x + reach, y), (x + reach * 0.55, y - tall * 0.015)]
        left = [(2 * x - px, py) for px, py in points[:0:-1]]
        land.fill(np.array(points + left, dtype=np.float64), colour)
        x += step * land.rng.uniform(0.7, 1.3)


def forest(land: Land) -> None:
    land.draw_sun(mix(land.haze, WHITE, 0.65))
    land.hills(land.horizon - 0.13, 0.07, 0.3, mix(land.tone(0.60, 0.06, 165), land.haze, 0.55))
    rows = ((0.72, 0.13, 0.52, 0.06, 0.42), (0.80, 0.17, 0.43, 0.07, 0.22), (0.89, 0.23, 0.34, 0.065, 0.08))
    for base, size, light, chroma, haze in rows:
        colour = mix(mix(land.tone(light, chroma, 165), land.tone(light, chroma), 0.35), land.haze, haze)
        _pines(land, base, size, colour, 0.36)
        land.hills(base + 0.005, 0.02, 0.5, colour)
    near = mix(land.tone(0.23, 0.045, 165), land.tone(0.22, 0.05), 0.4)
    _pines(land, 1.02, 0.30, near, 0.36)
    land.hills(0.985, 0.015, 0.6, near)


def desert(land: Land) -> None:
    land.stars(18, 0.2)
    land.draw_sun(mix(land.haze, WHITE, 0.35))
    land.clouds(2, 0.42, 0.54, 0.11)
    far = mix(land.tone(0.56, 0.10, 30), land.haze, 0.35)
    left = land.rng.uniform(0.02, 0.12)
    for start, wide, high in ((left, 0.16, 0.15), (left + 0.10, 0.20, 0.08), (0.80, 0.14, 0.12)):
        x, y = start * land.width, land.horizon * land.height
        run, rise = wide * land.ground.short * 1.6, high * land.ground.short
        slope = rise * 0.22
        land.fill(np.array([(x, y + 9), (x + slope, y - rise), (x + run - slope, y - rise), (x + run, y + 9)]), far)
    dunes = ((0.69, 0.66, 0.115, 48), (0.76, 0.58, 0.115, 42), (0.84, 0.49, 0.105, 36), (0.92, 0.39, 0.085, 30))
    for i, (top, light, chroma, hue) in enumerate(dunes):
        land.hills(top - 0.01, 0.035 + 0.004 * i, 0.34 + 0.04 * i, land.tone(light, chroma, hue))


def city(land: Land) -> None:
    land.stars(60, 0.42)
    if land.sun_radius > 1:
        land.disc(land.sun[0] * land.width, land.sun[1] * land.height, land.sun_radius, oklch(0.95, 0.03, 95))
    for base, low, high, light, haze in (
        (0.80, 0.10, 0.26, 0.42, 0.34),
        (0.88, 0.08, 0.24, 0.32, 0.14),
        (1.0, 0.10, 0.26, 0.22, 0.0),
    ):
        colour = mix(land.tone(light, 0.085), land.haze, haze)
        window = mix(oklch(0.86, 0.12, 80), colour, 0.25 if haze < 0.2 else 0.6)
        _houses(land, base, low, high, colour, window)


def _houses(land: Land, base: float, low: float, high: float, colour: Rgb, window: Rgb) -> None:
    short, x = land.ground.short, -0.02 * land.width
    foot = land.height + 4
    while x < land.width:
        wide = short * land.rng.uniform(0.055, 0.12)
        top = base * land.height - short * land.rng.uniform(low, high)
        land.fill(np.array([(x, foot), (x, top), (x + wide, top), (x + wide, foot)]), colour)
        if land.rng.random() < 0.3:
            mast = x + wide * 0.5
            land.fill(np.array([(mast - 2, top), (mast, top - short * 0.045), (mast + 2, top)]), colour)
        cell = short * 0.0155
        columns = int((wide - cell) / (cell * 1.35))
        for row in range(int((base * land.height - top) / (cell * 1.7)) + 3):
            for column in range(columns):
                if land.rng.random() < 0.36:
                    left, up = int(x + cell * (0.8 + 1.35 * column)), int(top + cell * (0.9 + 1.7 * row))
                    cv2.rectangle(
                        land.image, (left, up), (left + int(cell * 0.6), up + int(cell * 0.85)), window[::-1], -1
                    )
        x += wide + short * land.rng.uniform(0.0, 0.014)


def snow(land: Land) -> None:
    land.draw_sun(mix(land.haze, WHITE, 0.7))
    shades = ((0.66, 0.045, 0.42), (0.74, 0.035, 0.2), (0.84, 0.022, 0.0))
    for i, (light, chroma, haze) in enumerate(shades):
        colour = mix(land.tone(light, chroma, 245), land.haze, haze)
        land.hills(land.horizon - 0.10 + 0.07 * i, 0.14 - 0.03 * i, 0.36 + 0.06 * i, colour, sharp=0.9)
    _pines(land, 0.86, 0.12, land.tone(0.40, 0.05, 215), 0.85)
    land.hills(0.87, 0.022, 0.42, land.tone(0.93, 0.012, 245))
    land.hills(0.94, 0.02, 0.5, land.tone(0.89, 0.018, 245))
    for _ in range(70):
        x, y = land.rng.uniform(0, land.width), land.rng.uniform(0, land.height)
        land.disc(x, y, land.ground.short * land.rng.uniform(0.0015, 0.004), WHITE, float(land.rng.uniform(0.25, 0.7)))


def space(land: Land) -> None:
    land.stars(150, 0.95)
    short = land.ground.short
    for count, size in ((2, 0.055), (1, 0.10)):
        for _ in range(count):
            x, y = land.rng.uniform(0.05, 0.95) * land.width, land.rng.uniform(0.05, 0.3) * land.height
            hue = float(land.rng.uniform(0, 360))
            radius = short * size * land.rng.uniform(0.5, 1.0)
            land.disc(x, y, radius, oklch(0.50, 0.11, round(hue)), 0.9)
            land.disc(x + radius * 0.22, y - radius * 0.22, radius * 0.70, oklch(0.60, 0.12, round(hue)), 0.45)
    radius = land.width * 0.95 + short * 0.2
    for grow, light, opacity in ((1.022, 0.62, 0.16), (1.011, 0.68, 0.26), (1.0, 0.36, 1.0)):
        _limb(land, radius * grow, land.tone(light, 0.13), opacity)
    _limb(land, radius * 0.975, land.tone(0.29, 0.10), 1.0)


def _limb(land: Land, radius: float, colour: Rgb, opacity: float) -> None:
    """The edge of a planet that fills the bottom of the frame."""
    centre = land.height * 0.83 + land.width * 0.95 + land.ground.short * 0.2
    if opacity >= 1:
        turn = np.linspace(math.pi * 1.15, math.pi * 1.85, 90)
        x = land.width * 0.5 + radius * np.cos(turn)
        y = centre + radius * np.sin(turn)
        land.fill(np.stack([x, y], axis=1), colour)
        return
    top = max(0, int(centre - radius) - 2)
    strip = fill_of(circle_distance(land.width, land.height - top, land.width / 2, centre - top, radius))
    lay_over(land.image, tinted(strip, colour, opacity), 0, top)


def meadow(land: Land) -> None:
    land.draw_sun(oklch(0.96, 0.06, 95))
    land.clouds(4, 0.36, 0.54, 0.20)
    far = mix(land.tone(0.62, 0.08, 180), land.haze, 0.45)
    land.hills(land.horizon - 0.06, 0.09, 0.3, far)
    for i, (light, chroma, hue) in enumerate(
        ((0.70, 0.13, 128), (0.62, 0.135, 135), (0.53, 0.125, 142), (0.44, 0.105, 147))
    ):
        land.hills(land.horizon + 0.075 * i, 0.045 - 0.004 * i, 0.30 + 0.05 * i, land.tone(light, chroma, hue))
    for _ in range(26):
        x, y = land.rng.uniform(0, land.width), land.rng.uniform(0.87, 0.99) * land.height
        land.disc(
            x,
            y,
            land.ground.short * land.rng.uniform(0.004, 0.008),
            oklch(0.88, 0.13, float(round(land.rng.uniform(20, 100)))),
            0.95,
        )


def hills(land: Land) -> None:
    """Rolling hills, one behind the other, into the haze."""
    land.stars(30, 0.25)
    land.draw_sun(mix(land.haze, WHITE, 0.5))
    land.clouds(2, 0.40, 0.55, 0.11)
    for i, (light, haze) in enumerate(((0.56, 0.5), (0.48, 0.30), (0.40, 0.14), (0.32, 0.0))):
        colour = mix(land.tone(light, 0.095), land.haze, haze)
        land.hills(land.horizon - 0.04 + 0.075 * i, 0.065 - 0.006 * i, 0.32 + 0.07 * i, colour)


#: A river's banks from far to near, in shares of the frame.
_RIVER = ((0.50, 0.795), (0.53, 0.84), (0.45, 0.89), (0.36, 1.01), (0.80, 1.01), (0.60, 0.89), (0.575, 0.84))


def valley(land: Land) -> None:
    """A river between wooded slopes."""
    land.draw_sun(mix(land.haze, WHITE, 0.55))
    land.hills(land.horizon - 0.10, 0.13, 0.34, mix(land.tone(0.58, 0.07), land.haze, 0.5), sharp=0.85)
    land.hills(land.horizon - 0.01, 0.09, 0.42, mix(land.tone(0.47, 0.08), land.haze, 0.28), sharp=0.6)
    land.hills(0.80, 0.018, 0.4, mix(land.tone(0.44, 0.07, 150), land.tone(0.40, 0.08), 0.4))
    banks = np.array([*_RIVER, (0.512, 0.795)]) * np.array([float(land.width), float(land.height)])
    land.fill(banks, mix(land.haze, land.tone(0.62, 0.09), 0.45))
    _pines(land, 0.85, 0.11, mix(land.tone(0.33, 0.05, 160), land.tone(0.30, 0.06), 0.4), 0.9)
    _pines(land, 1.0, 0.20, mix(land.tone(0.25, 0.045, 160), land.tone(0.23, 0.05), 0.4), 0.75)
