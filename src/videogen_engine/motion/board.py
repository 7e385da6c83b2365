"""The surface that graphics are drawn on: panels, lettering and shapes as premultiplied layers, moved by easing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, mix
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.looks.catalogue import look_named
from videogen_engine.visuals.palette import Palette
from videogen_engine.visuals.pixels import Pixels, clear, faded, lay_over, resized, tinted
from videogen_engine.visuals.shapes import fill_of, rounded_distance
from videogen_engine.visuals.text_art import draw_text
from videogen_engine.visuals.text_fitting import TextStyle, fit

#: Draws what is to be seen at a time (s) into a premultiplied BGRA frame.
Painter: TypeAlias = Callable[[Pixels, float], None]
_FINE: Final = 4
_PANEL: Final = 0.94


def eased(at: float) -> float:
    """0–1, fast at first."""
    return 1 - (1 - min(1.0, max(0.0, at))) ** 3


def smooth(at: float) -> float:
    at = min(1.0, max(0.0, at))
    return at * at * (3 - 2 * at)


def sprung(at: float) -> float:
    """0–1 with a little more on the way."""
    past = min(1.0, max(0.0, at)) - 1
    return 1 + past * past * (2.6 * past + 1.6)


@dataclass(frozen=True)
class Layer:
    """Premultiplied pixels whose top left is at ``x``, ``y`` of the frame."""

    pixels: Pixels
    x: float
    y: float

    def draw(self, frame: Pixels, *, alpha: float = 1.0, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> None:
        """Faded, moved, and scaled about its middle."""
        if alpha <= 0.003 or scale <= 0.01:
            return
        pixels, x, y = self.pixels, self.x + dx, self.y + dy
        if abs(scale - 1) > 0.002:
            width, height = (max(1, round(side * scale)) for side in (pixels.shape[1], pixels.shape[0]))
            x += (pixels.shape[1] - width) / 2
            y += (pixels.shape[0] - height) / 2
            pixels = resized(pixels, width, height, smooth=False)
        if alpha < 0.997:
            pixels = faded(pixels, alpha)
        lay_over(frame, np.ascontiguousarray(pixels), round(x), round(y))

    def wiped(self, frame: Pixels, share: float, *, upwards: bool = False) -> None:
        """Only the first ``share`` of it, from the left or from below."""
        height, width = self.pixels.shape[:2]
        if upwards:
            rows = round(height * min(1.0, max(0.0, share)))
            if rows:
                lay_over(
                    frame,
                    np.ascontiguousarray(self.pixels[height - rows :]),
                    round(self.x),
                    round(self.y) + height - rows,
                )
            return
        columns = round(width * min(1.0, max(0.0, share)))
        if columns:
            lay_over(frame, np.ascontiguousarray(self.pixels[:, :columns]), round(self.x), round(self.y))


@dataclass(frozen=True)
class Board:
    """``safe`` keeps away from the edges. ``seconds`` is how long the graphic lasts."""

    width: int
    height: int
    palette: Palette
    seconds: float

    @property
    def unit(self) -> float:
        """1 % of the short side (px)."""
        return min(self.width, self.height) / 100

    @property
    def safe(self) -> Box:
        return Box(0, 0, self.width, self.height).inset(7 * self.unit, 7 * self.unit)

    @property
    def ground(self) -> Rgb:
        """Of panels."""
        return self.palette.tone(0.19, 0.045)

    @property
    def accent(self) -> Rgb:
        return self.palette.tone(0.78, 0.14, "accent")

    @property
    def soft(self) -> Rgb:
        """Of lesser words on a panel."""
        return mix(WHITE, self.ground, 0.28)

    def colour(self, index: int) -> Rgb:
        """Of the part with that number, told apart from its neighbours."""
        return self.palette.tone(0.76, 0.13, "main", (0.0, 165.0, 75.0, 240.0, 120.0, 300.0, 35.0, 200.0)[index % 8])

    def panel(self, box: Box, fill: Rgb | None = None, opacity: float = _PANEL, radius: float | None = None) -> Layer:
        width, height = max(2, round(box.w)), max(2, round(box.h))
        round_ = min(3.2 * self.unit, min(width, height) / 2) if radius is None else radius
        mask = fill_of(rounded_distance(width, height, round_))
        return Layer(tinted(mask, fill or self.ground, opacity), box.x, box.y)

    def text(
        self,
        words: str,
        box: Box,
        size: float,
        *,
        ink: Rgb = WHITE,
        align: float = 0.0,
        down: float = 0.5,
        lines: int = 2,
        style: str = "headline",
    ) -> tuple[Layer, Box]:
        """Lettering at most ``size`` units tall in ``box``; the layer, and where its letters are."""
        faces = look_named("flat")
        chosen: TextStyle = {
            "headline": faces.headline,
            "label": faces.label,
            "figure": faces.figure,
            "quote": faces.quote,
        }[style]
        largest = size * self.unit
        fitted = fit(
            words, chosen, box.w, box.h, largest=largest, smallest=min(largest, 2.2 * self.unit), max_lines=lines
        )
        art = draw_text(fitted, align, ink, frozenset(), ink)
        place = Box(
            box.x + align * (box.w - fitted.width), box.y + down * (box.h - fitted.height), fitted.width, fitted.height
        )
        return Layer(art.pixels, place.x + art.dx, place.y + art.dy), place

    def shape(self, box: Box, colour: Rgb, draw: Callable[[Pixels, float, float], None], opacity: float = 1.0) -> Layer:
        """What ``draw(mask, dx, dy)`` fills with 255: a mask of ``box`` whose top left is at ``dx``, ``dy``."""
        x, y = math.floor(box.x), math.floor(box.y)
        mask = np.zeros((math.ceil(box.h) + 2, math.ceil(box.w) + 2), np.uint8)
        draw(mask, x, y)
        return Layer(tinted(mask.astype(np.float32) / 255, colour, opacity), x, y)


def stroke(mask: Pixels, points: Sequence[tuple[float, float]], width: float, dx: float, dy: float) -> None:
    """A line through points with round joints."""
    scale = 1 << _FINE
    line = np.array([[round((x - dx) * scale), round((y - dy) * scale)] for x, y in points], np.int32)
    cv2.polylines(
        mask, [line], isClosed=False, color=255, thickness=max(1, round(width)), lineType=cv2.LINE_AA, shift=_FINE
    )


def wedge(mask: Pixels, centre: tuple[float, float], radius: float, start: float, end: float) -> None:
    """A sector; angles in degrees clockwise from the top."""
    steps = max(2, math.ceil(abs(end - start) / 3))
    angles = np.radians(np.linspace(start, end, steps) - 90)
    scale = 1 << _FINE
    rim = np.stack([centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)], axis=1)
    points = np.concatenate([np.array([centre]), rim]) * scale
    cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], 255, cv2.LINE_AA, _FINE)


def disc(mask: Pixels, centre: tuple[float, float], radius: float, fill: int = 255) -> None:
    scale = 1 << _FINE
    cv2.circle(
        mask, (round(centre[0] * scale), round(centre[1] * scale)), round(radius * scale), fill, -1, cv2.LINE_AA, _FINE
    )


def blank(board: Board) -> Pixels:
    return clear(board.width, board.height)
