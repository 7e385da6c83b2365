"""People and things of the user's inside a picture: people as discs, things as cards or, when cut out, alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from videogen_engine.presenters.figure import Mouth, body_svg, head_svg
from videogen_engine.presenters.people import BY_KEY
from videogen_engine.stage import StageContext
from videogen_engine.visuals.colour import BLACK, WHITE, at_lightness, mix, rgb_of
from videogen_engine.visuals.featured_art import grounded, read_picture
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.looks.base import Art, Ground, shadow_under
from videogen_engine.visuals.model import Inset, SceneDesign
from videogen_engine.visuals.pixels import Mask, Pixels, clear, codes_of, lay_over, resized, tinted
from videogen_engine.visuals.shapes import fill_of, rounded_distance, stroke_of
from videogen_engine.visuals.svg_raster import raster

#: Where one, two and three stand in a square: left, top and size as shares of its side.
_PLACES: Final = {
    1: ((0.04, 0.04, 0.92),),
    2: ((0.0, 0.02, 0.60), (0.40, 0.38, 0.60)),
    3: ((0.24, 0.0, 0.52), (0.0, 0.47, 0.52), (0.48, 0.47, 0.52)),
}
#: Share of a tall picture's spare height that is cut off above: heads are near the top.
_ABOVE: Final = 0.12
_SHADOW: Final = 0.34
#: Side in px that presenters are drawn at, and the part of the figure that is seen.
_DRAWN: Final = 720
_BUST: Final = "20 0 360 360"


@dataclass(frozen=True)
class InsetPicture:
    """``pixels`` are BGR, or BGRA with straight alpha where they are see-through."""

    pixels: Pixels
    person: bool


def insets_of(design: SceneDesign, ctx: StageContext) -> tuple[InsetPicture, ...]:
    """The design's insets; those that cannot be read are left out."""
    found = ((_pixels(inset, ctx), inset.person) for inset in design.insets)
    return tuple(InsetPicture(pixels, person) for pixels, person in found if pixels is not None)


def _pixels(inset: Inset, ctx: StageContext) -> Pixels | None:
    if inset.file is not None:
        return read_picture(ctx.store.path(inset.file.media))
    person = BY_KEY.get(inset.drawn)
    if person is None:
        return None
    ground = mix(at_lightness(rgb_of(person.clothes), 0.86), WHITE, 0.35)
    canvas = np.empty((_DRAWN, _DRAWN, 3), dtype=np.uint8)
    canvas[...] = ground[::-1]
    svg = body_svg(person) + head_svg(person, Mouth.CLOSED, 0.0)
    lay_over(canvas, raster(svg, _DRAWN, _DRAWN, view=_BUST), 0, 0)
    return canvas


def places_for(count: int, box: Box) -> tuple[Box, ...]:
    """Squares for ``count`` insets (1–3) in ``box``, which is square."""
    return tuple(
        Box(box.x + left * box.w, box.y + top * box.h, size * box.w, size * box.w)
        for left, top, size in _PLACES[min(3, max(1, count))]
    )


def inset_art(picture: InsetPicture, size: int, ground: Ground) -> Art:
    """The picture in a square of ``size`` px."""
    if picture.person:
        return _disc(grounded(picture.pixels), size, ground)
    if picture.pixels.shape[2] == 4:
        return _alone(picture.pixels, size, ground)
    return _card(picture.pixels, size, ground)


def _disc(image: Pixels, size: int, ground: Ground) -> Art:
    rows, columns = image.shape[:2]
    side = min(rows, columns)
    top, left = round((rows - side) * _ABOVE), (columns - side) // 2
    face = resized(np.ascontiguousarray(image[top : top + side, left : left + side]), size, size)
    return _framed(face, rounded_distance(size, size, size / 2), size, size * 0.022, ground)


def _card(image: Pixels, size: int, ground: Ground) -> Art:
    """Whole, with rounded corners."""
    rows, columns = image.shape[:2]
    scale = size / max(rows, columns)
    wide, high = max(2, round(columns * scale)), max(2, round(rows * scale))
    distance = rounded_distance(wide, high, min(wide, high) * 0.07)
    return _framed(resized(image, wide, high), distance, size, size * 0.012, ground)


def _framed(image: Pixels, distance: Mask, size: int, line: float, ground: Ground) -> Art:
    """``image`` cut to the shape, in the middle of a square of ``size`` px, with a rim and a soft shadow."""
    shape = fill_of(distance)
    codes = codes_of(shape)
    share = (codes.astype(np.float32) / 255)[..., None]
    layer = np.ascontiguousarray(np.dstack([(image * share + 0.5).astype(np.uint8), codes]))
    lay_over(layer, tinted(stroke_of(distance, max(2.0, line)), WHITE, 0.94), 0, 0)
    return _standing(layer, shape, size, ground)


def _alone(image: Pixels, size: int, ground: Ground) -> Art:
    """Cut out as it is, without the empty margin around it."""
    filled = image[..., 3] > 8
    rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
    if not rows.size:
        return Art(clear(size, size))
    tight = np.ascontiguousarray(image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    alpha = cv2.cvtColor(np.ascontiguousarray(tight[..., 3]), cv2.COLOR_GRAY2BGRA)
    alpha[..., 3] = 255
    whole = np.asarray(cv2.multiply(tight, alpha, scale=1 / 255), dtype=np.uint8)
    scale = size / max(whole.shape[:2])
    layer = resized(whole, max(2, round(whole.shape[1] * scale)), max(2, round(whole.shape[0] * scale)))
    return _standing(layer, layer[..., 3].astype(np.float32) / 255, size, ground)


def _standing(layer: Pixels, shape: Mask, size: int, ground: Ground) -> Art:
    pad = max(4, round(size * 0.08))
    soft = shadow_under(shape, pad, size * 0.035, size * 0.03, _SHADOW, mix(ground.palette.ink, BLACK, 0.4))
    lay_over(soft, layer, pad, pad)
    canvas = clear(size + 2 * pad, size + 2 * pad)
    rows, columns = soft.shape[:2]
    lay_over(canvas, soft, (size + 2 * pad - columns) // 2, (size + 2 * pad - rows) // 2)
    return Art(canvas, pad)
