"""A page of a document in the frame: whole, sharp, on a ground that fits its colours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from videogen_engine.slides.layouts import SLIDE_FULL
from videogen_engine.slides.pdf import draw_page, is_pdf, pdf_document
from videogen_engine.slides.powerpoint import deck_content
from videogen_engine.slides.redesign import draw_slide
from videogen_engine.stage import StageContext
from videogen_engine.visuals.colour import BLACK, WHITE, Rgb, luminance_map, oklch, rgb_of, to_oklch
from videogen_engine.visuals.featured_art import grounded, read_picture
from videogen_engine.visuals.geometry import CAPTION_LINE_TALL, CAPTION_LINE_WIDE
from videogen_engine.visuals.model import PageFile, SceneDesign, SlideTheme
from videogen_engine.visuals.pixels import Mask, Pixels, blurred, lay_over, resized, tinted

#: A page whose ratio is this near to the frame's fills it.
_SAME_SHAPE: Final = 0.02
#: How much smaller than the frame a backdrop is blurred.
_WASH: Final = 8
#: Width to height of slides that are set anew.
_WIDEST, _TALLEST = 16 / 9, 0.86


@dataclass(frozen=True)
class Room:
    """Where the page may stand, in px, and the share of the spare height that goes above it."""

    left: int
    top: int
    width: int
    height: int
    above: float = 0.5


def page_background(design: SceneDesign, page: PageFile, width: int, height: int, ctx: StageContext) -> Pixels:
    """The page on its ground as BGR, exactly ``width`` × ``height`` px, so that it is never scaled again.

    Raises InputError for a document that can no longer be read.
    """
    ctx.check()
    path = ctx.store.path(page.media)
    if is_pdf(path):
        with pdf_document(path) as document:
            across, down = document[page.page].get_size()
            room = room_for(design.layout, width, height, across / down)
            drawn = draw_page(document, page.page, room.width, room.height)
    else:
        # Slides that are set anew can have any shape: the one that the frame has room for.
        room = room_for(design.layout, width, height, width / height)
        ratio = min(_WIDEST, max(_TALLEST, room.width / room.height))
        size = (min(room.width, round(room.height * ratio)), min(room.height, round(room.width / ratio)))
        wash = _backdrop(page.theme, *size, ctx)
        drawn = draw_slide(deck_content(path), page.page, *size, design.language, page.theme, wash)
    ctx.check()
    rows, columns = drawn.shape[:2]
    if (columns, rows) == (width, height):
        return drawn
    canvas = _ground(design.palette, design.seed, width, height).copy()
    wash = _backdrop(page.theme, width, height, ctx)
    if wash is not None:
        canvas = _under(wash, canvas)
    left = room.left + (room.width - columns) // 2
    top = room.top + round((room.height - rows) * room.above)
    _place(canvas, drawn, left, top)
    return canvas


def room_for(layout: str, width: int, height: int, ratio: float) -> Room:
    """The room for a page of ``ratio`` (width to height) in a frame of that size."""
    tall = width / height < 0.7
    if layout == SLIDE_FULL:
        if abs(ratio / (width / height) - 1) <= _SAME_SHAPE:
            return Room(0, 0, width, height)
        margin = round(min(width, height) * 0.04)
        return Room(margin, margin, width - 2 * margin, height - 2 * margin)
    side = round(width * 0.04)
    top = round(height * (0.1 if tall else 0.045))
    bottom = round(height * (CAPTION_LINE_TALL - 0.02 if tall else CAPTION_LINE_WIDE - 0.015))
    return Room(side, top, width - 2 * side, bottom - top, 0.62 if tall else 0.5)


def _backdrop(theme: SlideTheme | None, width: int, height: int, ctx: StageContext) -> Pixels | None:
    """The colours of the theme's picture, far out of focus; None without one that can be read."""
    if theme is None or theme.backdrop is None:
        return None
    return _washed(ctx.store.path(theme.backdrop), width, height)


@lru_cache(maxsize=4)
def _washed(path: Path, width: int, height: int) -> Pixels | None:
    layer = read_picture(path)
    if layer is None:
        return None
    image = grounded(layer)
    scale = max(width / image.shape[1], height / image.shape[0]) / _WASH
    wide, high = max(2, round(image.shape[1] * scale)), max(2, round(image.shape[0] * scale))
    small = resized(image, wide, high)
    needed = (max(2, round(width / _WASH)), max(2, round(height / _WASH)))
    left, top = max(0, (wide - needed[0]) // 2), max(0, (high - needed[1]) // 2)
    cut = np.ascontiguousarray(small[top : top + needed[1], left : left + needed[0]])
    soft = np.asarray(cv2.GaussianBlur(cut, (0, 0), min(cut.shape[:2]) * 0.11), dtype=np.uint8)
    return resized(soft, width, height, smooth=False)


def _under(wash: Pixels, ground: Pixels) -> Pixels:
    """The wash, as deep as the ground that it takes the place of, and finely dithered like it."""
    light = float(luminance_map(np.ascontiguousarray(wash[::8, ::8])).mean())
    wanted = float(luminance_map(np.ascontiguousarray(ground[::8, ::8])).mean())
    alpha = min(1.0, ((wanted * 1.6 + 0.002) / (light + 0.002)) ** (1 / 2.2))
    dark = wash.astype(np.float32) * alpha
    noise = ground.astype(np.float32) - cv2.blur(ground, (9, 9)).astype(np.float32)
    return np.ascontiguousarray(np.clip(dark + noise + 0.5, 0, 255).astype(np.uint8))


@lru_cache(maxsize=1)
def _ground(palette: str, seed: int, width: int, height: int) -> Pixels:
    """A deep colour with two soft lights of neighbouring hues, finely dithered so that it shows no bands.

    All pages of a film share it, and it costs more than drawing most of them.
    """
    colour = rgb_of(palette)
    lightness, chroma, hue = to_oklch(colour)
    down = np.linspace(0.0, 1.0, height, dtype=np.float32)[:, None]
    across = np.linspace(0.0, 1.0, width, dtype=np.float32)[None, :]
    base = _bgr(oklch(lightness * 0.78, chroma * 0.9, hue))
    field = np.tile(base, (height, width, 1))
    short = min(width, height)
    for x, y, reach, tone in (
        (0.16, 0.02, 1.05, oklch(lightness * 1.42, chroma * 1.35, hue)),
        (0.92, 0.96, 0.9, oklch(lightness * 1.2, chroma * 1.25, (hue + 24) % 360)),
    ):
        far = np.sqrt(((across - x) * width) ** 2 + ((down - y) * height) ** 2) / (short * reach)
        light = np.exp(-2.2 * far * far)[..., None]
        field += light * (_bgr(tone) - base)
    noise = np.random.default_rng([seed & 0xFFFFFFFF, 11]).normal(0.0, 0.6, (height, width, 1))
    return np.ascontiguousarray(np.clip(field + noise + 0.5, 0, 255).astype(np.uint8))


def _place(canvas: Pixels, page: Pixels, left: int, top: int) -> None:
    """The page with a soft shadow and a hairline that parts it from a ground of its own colour."""
    height, width = canvas.shape[:2]
    rows, columns = page.shape[:2]
    short = min(width, height)
    shape: Mask = np.zeros((height, width), dtype=np.float32)
    drop = round(short * 0.012)
    shape[max(0, top + drop) : top + rows + drop, left : left + columns] = 1.0
    lay_over(canvas, tinted(blurred(shape, short * 0.02), BLACK, 0.42), 0, 0)
    line = max(1, round(short / 720))
    rim: Mask = np.zeros((rows + 2 * line, columns + 2 * line), dtype=np.float32)
    rim[...] = 1.0
    lay_over(canvas, tinted(rim, WHITE, 0.16), left - line, top - line)
    canvas[top : top + rows, left : left + columns] = page


def _bgr(colour: Rgb) -> Mask:
    return np.array(colour[::-1], dtype=np.float32)


def small_picture(page: Pixels) -> Pixels:
    """The page at the size that colours are judged by."""
    rows, columns = page.shape[:2]
    factor = 96 / max(rows, columns)
    size = (max(1, round(columns * factor)), max(1, round(rows * factor)))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
