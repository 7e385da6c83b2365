"""The depth stage: a still becomes a few seconds in which near and far move apart, as a camera sees them that moves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.render.encoder import SegmentWriter
from videogen_engine.render.model import Encoding
from videogen_engine.render.raster import opaque
from videogen_engine.restyle.stage import through
from videogen_engine.retouch.cut_out import clean_edges
from videogen_engine.retouch.model import DEPTH_SECONDS, Retouched, RetouchRequest
from videogen_engine.retouch.picture_file import kept, opaque_on, read_picture
from videogen_engine.retouch.subject import Cover, find_subject, guided
from videogen_engine.stage import StageContext
from videogen_engine.visuals.pixels import Pixels, resized

VERSION: Final = "1"
_RATE: Final = 30
_LINES: Final = 1080
#: The ratio of long to short side beyond which a picture is cut.
_MOST_ELONGATED: Final = 2.4
#: Size of the picture against the frame: room for the camera.
_ZOOM: Final = 1.075
#: Shares of the frame's short side that near and far go to either side, and how much near grows on the way.
_NEAR, _FAR = 0.022, 0.012
_GROWTH: Final = 0.022
#: Side (px) at which the ground behind the subject is made up.
_FILLED_SIDE: Final = 420
LAYERED: Final = "The subject and what is behind it move apart; what it hid was filled in from its surroundings."
GRADUAL: Final = "No single subject could be told, so depth was taken to grow from the bottom of the picture upwards."


@dataclass(frozen=True)
class _Layers:
    """BGR float32 pictures of the frame's size: what is far, and, premultiplied with cover, what is near."""

    far: NDArray[np.float32]
    near: NDArray[np.float32] | None
    cover: Cover | None


def add_depth(request: RetouchRequest, ctx: StageContext) -> Retouched:
    """A short MP4 without sound that ends as it begins, so that it may be looped. Raises InputError for no picture."""

    def make(path: Path) -> tuple[Pixels, tuple[int, int], float, tuple[str, ...]]:
        source = opaque_on(read_picture(ctx.store.path(request.media)), (255, 255, 255))
        image = _framed(source, min(request.lines or _LINES, _LINES))
        height, width = image.shape[:2]
        ctx.report(0.05, "Looking for near and far")
        try:
            layers, note = _layered(image, find_subject(image).alpha), LAYERED
        except InputError:
            layers, note = _Layers(image.astype(np.float32), None, None), GRADUAL
        ctx.check()
        depth = _gradient(image)
        frames = round(DEPTH_SECONDS * _RATE)

        def seen(_frame: Pixels, number: int) -> Pixels:
            return _view(layers, depth, number / frames, request.variant)

        shown = image
        with SegmentWriter(path, width, height, _RATE, Encoding.HIGH) as writer:
            still = (image for _ in range(frames))
            for number, frame in enumerate(through(seen, still, ctx)):
                shown = frame if number == frames // 4 else shown
                writer.planes.copy_from(opaque(frame))
                writer.encode()
                ctx.report(0.1 + 0.9 * (number + 1) / frames, f"{number + 1} of {frames} frames")
        return shown, (width, height), DEPTH_SECONDS, (note,)

    inputs = {"media": request.media.key, "lines": request.lines, "variant": request.variant}
    return kept("depth", VERSION, inputs, ".mp4", "video/mp4", make, ctx)


def _framed(image: Pixels, lines: int) -> Pixels:
    """Cut to a usable shape around its middle, with even sides."""
    height, width = image.shape[:2]
    wide, high = min(width, round(height * _MOST_ELONGATED)), min(height, round(width * _MOST_ELONGATED))
    left, top = (width - wide) // 2, (height - high) // 2
    scale = min(2.0, lines / min(wide, high))
    size = max(16, round(wide * scale / 2) * 2), max(16, round(high * scale / 2) * 2)
    return resized(np.ascontiguousarray(image[top : top + high, left : left + wide]), *size)


def _layered(image: Pixels, alpha: Cover) -> _Layers:
    near = clean_edges(image, alpha).astype(np.float32) * alpha[..., None]
    return _Layers(_without(image, alpha).astype(np.float32), np.asarray(near, np.float32), alpha)


def _without(image: Pixels, alpha: Cover) -> Pixels:
    """The picture with its surroundings grown into where the subject was."""
    height, width = alpha.shape
    scale = min(1.0, _FILLED_SIDE / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    small = resized(image, *size)
    hidden = (np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.float32) > 0.04).astype(np.uint8)
    reach = max(3, round(max(size) / 60)) | 1
    hidden = np.asarray(cv2.dilate(hidden, np.ones((reach, reach), np.uint8)), dtype=np.uint8)
    filled = np.asarray(cv2.inpaint(small, hidden, 5, cv2.INPAINT_TELEA), dtype=np.uint8)
    # Streaks of the filling are softened, most where they are far from what is known.
    away = np.asarray(cv2.distanceTransform(hidden, cv2.DIST_L2, 3), np.float32)[..., None]
    soft = np.asarray(cv2.GaussianBlur(filled, (0, 0), max(size) / 55), np.float32)
    part = np.clip(away / (max(size) / 30), 0, 1)
    filled = np.rint(filled * (1 - part) + soft * part).astype(np.uint8)
    large = resized(filled, width, height).astype(np.float32)
    cover = np.asarray(cv2.resize(hidden.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR))
    cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), max(1.0, max(height, width) / 400)), np.float32)[..., None]
    return np.rint(image * (1 - cover) + large * cover).astype(np.uint8)


def _gradient(image: Pixels) -> Cover:
    """0 far to 1 near: upwards farther, following the picture's own areas."""
    height, width = image.shape[:2]
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None].repeat(width, axis=1)
    ramp = np.clip((rows - 0.25) / 0.75, 0, 1)
    guide = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.float32) / 255
    return np.clip(guided(guide, ramp, max(9, height // 6) | 1, 0.02), 0, 1)


def _view(layers: _Layers, depth: Cover, at: float, variant: int) -> Pixels:
    """The frame at ``at`` (0-1) of the camera's round. Other variants go the other way, or up and down."""
    height, width = layers.far.shape[:2]
    short = min(height, width)
    turn = 2 * math.pi * at
    way = math.sin(turn) * (-1 if variant % 2 else 1)
    rise = (0.35 if variant % 4 < 2 else 1.0) * math.sin(2 * turn if variant % 4 < 2 else turn)
    sideways = way if variant % 4 < 2 else 0.4 * way
    closer = 0.5 - 0.5 * math.cos(turn)
    far = -_FAR * short
    if layers.near is None or layers.cover is None:
        offset = far + (depth - 0.5) * (_NEAR + _FAR) * short * 1.5
        columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        zoom = 1 / (_ZOOM + _GROWTH * closer * (0.4 + depth))
        x = (columns - width / 2) * zoom + width / 2 - sideways * offset
        y = (rows - height / 2) * zoom + height / 2 - 0.4 * rise * offset
        moved = cv2.remap(
            layers.far, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        return np.clip(np.rint(moved), 0, 255).astype(np.uint8)
    behind = _placed(layers.far, _ZOOM + 0.3 * _GROWTH * closer, sideways * far, 0.4 * rise * far, cv2.BORDER_REFLECT)
    # The subject grows from the frame's lower edge, so that what stands there keeps standing there.
    reach = _NEAR * short
    scale = _ZOOM + _GROWTH * closer + 0.004
    near = _placed(layers.near, scale, sideways * reach, abs(0.15 * rise * reach), cv2.BORDER_CONSTANT)
    cover = _placed(layers.cover, scale, sideways * reach, abs(0.15 * rise * reach), cv2.BORDER_CONSTANT)
    mixed = behind * (1 - cover[..., None]) + near
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8)


def _placed(layer: NDArray[np.float32], scale: float, across: float, down: float, border: int) -> NDArray[np.float32]:
    height, width = layer.shape[:2]
    matrix = np.array(
        [[scale, 0, width / 2 * (1 - scale) + across], [0, scale, height * 0.62 * (1 - scale) + down]], np.float32
    )
    return np.asarray(
        cv2.warpAffine(layer, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border), np.float32
    )
