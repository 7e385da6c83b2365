"""A page of a document in the frame: whole, sharp, on a ground that fits its colours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np

from videogen_engine.slides.layouts import SLIDE_FULL
from videogen_engine.slides.pdf import draw_page, is_pdf, pdf_document
from videogen_engine.slides.powerpoint import deck_content
from videogen_engine.slides.redesign import draw_slide
from videogen_engine.stage import StageContext
from videogen_engine.visuals.colour import BLACK, WHITE, Rgb, oklch, to_oklch
from videogen_engine.visuals.geometry import CAPTION_LINE_TALL, CAPTION_LINE_WIDE
from videogen_engine.visuals.model import PageFile, SceneDesign
from videogen_engine.visuals.pixels import Mask, Pixels, blurred, lay_over, tinted

#: A page whose ratio is this near to the frame's fills it.
_SAME_SHAPE: Final = 0.02
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
        drawn = draw_slide(deck_content(path), page.page, *size, design.language)
    ctx.check()
    rows, columns = drawn.shape[:2]
    if (columns, rows) == (width, height):
        return drawn
    canvas = _ground(design.palette, design.seed, width, height).copy()
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


@lru_cache(maxsize=1)
def _ground(palette: str, seed: int, width: int, height: int) -> Pixels:
    """A deep colour with two soft lights of neighbouring hues, finely dithered so that it shows no bands.

    All pages of a film share it, and it costs more than drawing most of them.
    """
    colour = _colour(palette)
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


def _colour(text: str) -> Rgb:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _bgr(colour: Rgb) -> Mask:
    return np.array(colour[::-1], dtype=np.float32)


def small_picture(page: Pixels) -> Pixels:
    """The page at the size that colours are judged by."""
    rows, columns = page.shape[:2]
    factor = 96 / max(rows, columns)
    size = (max(1, round(columns * factor)), max(1, round(rows * factor)))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
