"""What all filters work with: the frame's size, the video's own colours, and operations that several share."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.pixels import Pixels, resized

Field: TypeAlias = NDArray[np.float32]
#: A frame (BGR) and its number in the video become the styled frame. Equal input, equal output.
Brush: TypeAlias = Callable[[Pixels, int], Pixels]
#: Short side (px) at which shapes are smoothed; larger frames are scaled down to it for that.
_SMOOTH_LINES: Final = 480
#: Line widths and cell sizes are given for this short side.
_UNIT_LINES: Final = 720.0
_LEVELS: Final = np.arange(256, dtype=np.float32)


@dataclass(frozen=True)
class Canvas:
    """``samples`` are colours from all over the video (BGR, [n, 3]). ``strength`` is 1 or more here: weaker styles
    are laid over the frame with less cover."""

    width: int
    height: int
    samples: Pixels
    strength: float = 1.0

    @property
    def unit(self) -> float:
        return min(self.width, self.height) / _UNIT_LINES

    def rng(self, name: str) -> np.random.Generator:
        """Always the same numbers for the same name."""
        return np.random.default_rng(list(name.encode()))


def pixels(image: object) -> Pixels:
    return np.asarray(image, dtype=np.uint8)


def gray(image: Pixels) -> Pixels:
    return pixels(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))


def wide(one: Pixels) -> Pixels:
    """One channel as three."""
    return pixels(cv2.cvtColor(one, cv2.COLOR_GRAY2BGR))


def blur(image: Pixels, sigma: float) -> Pixels:
    """Gaussian; wide ones on a smaller copy."""
    if sigma < 0.3:
        return image
    shrink = max(1, int(sigma / 3))
    if shrink == 1:
        return pixels(cv2.GaussianBlur(image, (0, 0), sigma))
    height, width = image.shape[:2]
    small = resized(image, max(2, width // shrink), max(2, height // shrink))
    return resized(pixels(cv2.GaussianBlur(small, (0, 0), sigma / shrink)), width, height, smooth=False)


def curve(image: Pixels, values: NDArray[np.floating]) -> Pixels:
    """Each code replaced by ``values`` at it, which are clipped to codes."""
    return pixels(cv2.LUT(image, np.clip(np.rint(values), 0, 255).astype(np.uint8)))


def contrast(amount: float, middle: float = 118.0) -> Field:
    """A curve through ``middle`` that is steeper there by ``amount`` (1 leaves all as it is) and flat at the ends."""
    at = (_LEVELS - middle) / 128.0
    return np.asarray(middle + 128.0 * np.tanh(at * amount) / math.tanh(amount), np.float32)


def saturated(image: Pixels, factor: float) -> Pixels:
    """Colour times ``factor`` around each pixel's own luma."""
    luma = np.array([0.0722, 0.7152, 0.2126], np.float32)
    matrix = (1 - factor) * np.tile(luma, (3, 1)) + factor * np.eye(3, dtype=np.float32)
    return pixels(cv2.transform(image, matrix.astype(np.float32)))


def mixed(below: Pixels, above: Pixels, share: float) -> Pixels:
    return pixels(cv2.addWeighted(below, 1 - share, above, share, 0))


def screened(below: Pixels, light: Pixels) -> Pixels:
    """Light added as two projectors add it."""
    return pixels(cv2.bitwise_not(multiplied(pixels(cv2.bitwise_not(below)), pixels(cv2.bitwise_not(light)))))


def multiplied(one: Pixels, two: Pixels) -> Pixels:
    return pixels(cv2.multiply(one, two, scale=1 / 255))


def smoothed(image: Pixels, rounds: int = 3, colour: float = 34.0) -> Pixels:
    """Flat areas, kept edges (bilateral), at a size at which it is affordable."""
    height, width = image.shape[:2]
    scale = min(1.0, _SMOOTH_LINES / min(width, height))
    small = resized(image, max(2, round(width * scale)), max(2, round(height * scale)))
    for _ in range(rounds):
        small = pixels(cv2.bilateralFilter(small, 5, colour, 4))
    return resized(small, width, height, smooth=False)


def dabbed(image: Pixels, radius: int) -> Pixels:
    """Dabs of one colour with clean rims: each pixel takes the calmest of the four squares it is a corner of
    (Kuwahara). ``radius`` in pixels of a picture of 540 lines."""
    height, width = image.shape[:2]
    scale = min(1.0, _SMOOTH_LINES / min(width, height))
    small = resized(image, max(2, round(width * scale)), max(2, round(height * scale))).astype(np.float32)
    side = radius + 1
    light = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.float32)
    total: Field | None = None
    weights: Field | None = None
    for x, y in ((0, 0), (radius, 0), (0, radius), (radius, radius)):
        mean = np.asarray(cv2.boxFilter(small, -1, (side, side), anchor=(x, y)), np.float32)
        first = np.asarray(cv2.boxFilter(light, -1, (side, side), anchor=(x, y)), np.float32)
        square = np.asarray(cv2.boxFilter(light * light, -1, (side, side), anchor=(x, y)), np.float32)
        # A soft choice, so that noise does not make a pixel jump from one square to another.
        weight = np.asarray(1.0 / (1.0 + np.maximum(square - first * first, 0.0)) ** 4, np.float32)
        part = np.asarray(mean * weight[..., None], np.float32)
        total = part if total is None else total + part
        weights = weight if weights is None else weights + weight
    assert total is not None
    assert weights is not None
    painted = np.clip(total / weights[..., None], 0, 255).astype(np.uint8)
    return resized(painted, width, height)


def inked(light: Pixels, sigma: float, *, keen: float = 20.0, floor: float = 0.86, steep: float = 9.0) -> Pixels:
    """Line drawing of a grey picture, 255 paper and 0 ink: an extended difference of Gaussians.

    ``floor`` (0-1) is how much darker than its surroundings a place must be, ``steep`` how hard lines are.
    After Winnemöller, Kyprianidis, Olsen: XDoG, 2012.
    """
    near = np.asarray(cv2.GaussianBlur(light, (0, 0), sigma), np.float32)
    far = np.asarray(cv2.GaussianBlur(light, (0, 0), sigma * 1.6), np.float32)
    edge = ((1 + keen) * near - keen * far) / 255.0
    tone = np.where(edge >= floor, 1.0, 1.0 + np.tanh(steep * (edge - floor)))
    return np.clip(tone * 255.0, 0, 255).astype(np.uint8)


def outlines(image: Pixels, sigma: float, *, strength: float = 1.0) -> Pixels:
    """Dark lines where colours meet, 255 elsewhere: local differences alone, whatever the brightness."""
    light = gray(image)
    near = np.asarray(cv2.GaussianBlur(light, (0, 0), sigma), np.float32)
    far = np.asarray(cv2.GaussianBlur(light, (0, 0), sigma * 1.8), np.float32)
    dark = np.clip((far - near - 2.2) * (26.0 * strength), 0, 255)
    return (255 - dark).astype(np.uint8)


def stepped(steps: int, softness: float = 3.2) -> Field:
    """A curve of ``steps`` levels with soft rises, so that noise does not flicker between two of them."""
    size = 255.0 / steps
    base = np.floor(_LEVELS / size)
    inside = (_LEVELS / size - base - 0.5) * 2
    return np.asarray((base + 0.5 + 0.5 * np.tanh(inside * softness) / math.tanh(softness)) * size, np.float32)


def light_stepped(image: Pixels, steps: int) -> Pixels:
    """Lightness in steps, colour as it is."""
    lab = cv2.cvtColor(image, cv2.COLOR_BGR2LAB)
    light, a, b = cv2.split(lab)
    return pixels(cv2.cvtColor(cv2.merge([curve(pixels(light), stepped(steps)), a, b]), cv2.COLOR_LAB2BGR))


def paper(canvas: Canvas, name: str, depth: float, fine: float = 1.0) -> Pixels:
    """Grain of paper, which lies still, as three channels around 255 - ``depth``."""
    noise = canvas.rng(name).normal(0, 1, (canvas.height, canvas.width)).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), max(0.6, 1.1 * fine * canvas.unit)), np.float32)
    large = np.asarray(cv2.GaussianBlur(noise, (0, 0), max(1.0, 9.0 * canvas.unit)), np.float32)
    field = soft / max(float(soft.std()), 1e-6) + 0.6 * large / max(float(large.std()), 1e-6)
    return wide(np.clip(255 - depth + field * depth * 0.5, 0, 255).astype(np.uint8))


def palette_of(samples: Pixels, count: int) -> Pixels:
    """The video's ``count`` main colours (BGR), by k-means in CIE Lab."""
    lab = np.asarray(cv2.cvtColor(samples.reshape(1, -1, 3), cv2.COLOR_BGR2LAB), np.float32)[0]
    # Few colourful pixels are worth as much as many grey ones.
    away = np.abs(lab[:, 1:] - 128).sum(axis=1)
    lab = np.concatenate([lab, lab[away > 24], np.repeat(lab[away > 48], 3, axis=0)])
    cv2.setRNGSeed(7)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 24, 0.5)
    least = min(count, len(np.unique(lab, axis=0)))
    _, _, centres = cv2.kmeans(lab, least, np.zeros((len(lab), 1), np.int32), stop, 3, cv2.KMEANS_PP_CENTERS)
    found = np.clip(np.rint(centres), 0, 255).astype(np.uint8).reshape(1, -1, 3)
    return pixels(cv2.cvtColor(found, cv2.COLOR_LAB2BGR))[0]


def nearest_table(palette: Pixels) -> Pixels:
    """For each colour of five bits a channel, in the order ``b << 10 | g << 5 | r``, the nearest of the palette."""
    axis = (np.arange(32, dtype=np.uint8) << 3) + 4
    cube = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(1, -1, 3)
    lab = np.asarray(cv2.cvtColor(cube, cv2.COLOR_BGR2LAB), np.float32)[0]
    goal = np.asarray(cv2.cvtColor(palette.reshape(1, -1, 3), cv2.COLOR_BGR2LAB), np.float32)[0]
    distance = ((lab[:, None, :] - goal[None, :, :]) ** 2).sum(axis=2)
    return palette[distance.argmin(axis=1)]


def looked_up(image: Pixels, table: Pixels) -> Pixels:
    codes = image.astype(np.uint16) >> 3
    return table[(codes[..., 0] << 10) | (codes[..., 1] << 5) | codes[..., 2]]
