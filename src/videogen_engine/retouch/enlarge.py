"""The enlarging stages: twice the pixels by Lanczos, with the detail that is there brought out and noise left alone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from videogen_agents.errors import LimitError
from videogen_engine.render.encoder import SegmentWriter
from videogen_engine.render.model import Encoding
from videogen_engine.render.raster import opaque
from videogen_engine.restyle.footage import Footage, open_footage, pictures, steady
from videogen_engine.restyle.stage import through
from videogen_engine.restyle.survey import survey
from videogen_engine.retouch.model import (
    ENLARGED_SECONDS,
    ENLARGED_SIDE,
    ENLARGED_VIDEO_LINES,
    Retouched,
    RetouchRequest,
)
from videogen_engine.retouch.picture_file import kept, read_picture, write_png
from videogen_engine.retouch.sound_track import with_sound
from videogen_engine.stage import StageContext
from videogen_engine.visuals.pixels import Pixels

VERSION: Final = "1"
_FACTOR: Final = 2
#: How much of the detail is added again, and how many codes a pixel may move by it.
_DETAIL: Final = 0.55
_MOST_CODES: Final = 22
#: Codes of difference that are noise and not sharpened.
_NOISE: Final = 3.0


def enlarge_image(request: RetouchRequest, ctx: StageContext) -> Retouched:
    """Twice as wide and high. Raises LimitError for a picture that is as large as it may get."""

    def make(path: Path) -> tuple[Pixels, tuple[int, int], None, tuple[str, ...]]:
        image = read_picture(ctx.store.path(request.media))
        height, width = image.shape[:2]
        size = _enlarged_size(width, height)
        ctx.report(0.3, "Enlarging")
        larger = enlarged(np.ascontiguousarray(image[..., :3]), *size)
        if image[..., 3].min() < 255:
            alpha = cv2.resize(np.ascontiguousarray(image[..., 3]), size, interpolation=cv2.INTER_CUBIC)
            larger = np.dstack([larger, np.asarray(alpha, dtype=np.uint8)])
        write_png(path, larger)
        return larger, size, None, (f"{width} × {height} became {size[0]} × {size[1]} pixels.",)

    return kept("enlarged", VERSION, {"media": request.media.key}, ".png", "image/png", make, ctx)


def enlarge_video(request: RetouchRequest, ctx: StageContext) -> Retouched:
    """Twice as wide and high, at the same pace and with its sound.

    Raises InputError for what cannot be decoded, LimitError for a video that is too long or large enough.
    """

    def make(path: Path) -> tuple[Pixels, tuple[int, int], float, tuple[str, ...]]:
        footage = open_footage(ctx.store.path(request.media))
        lines = min(footage.width, footage.height)
        if lines * 1.05 >= ENLARGED_VIDEO_LINES:
            raise _large_enough(footage.width, footage.height)
        wanted = min(_FACTOR * lines, request.lines or ENLARGED_VIDEO_LINES, ENLARGED_VIDEO_LINES)
        size = _even(footage, wanted)
        seen = survey(footage, ENLARGED_SECONDS, ctx)
        silent = ctx.temporary(".mp4")
        shown: Pixels | None = None
        frames = steady(pictures(footage, footage.size(lines), ctx), footage.rate, seen.frames)
        try:
            with SegmentWriter(silent, *size, footage.rate, Encoding.HIGH) as writer:
                for number, frame in enumerate(through(lambda frame, _: enlarged(frame, *size), frames, ctx)):
                    shown = frame if shown is None or number == seen.frames // 3 else shown
                    writer.planes.copy_from(opaque(frame))
                    writer.encode()
                    ctx.report(0.1 + 0.85 * (number + 1) / seen.frames, f"{number + 1} of {seen.frames} frames")
            with_sound(silent, footage, seen.frames, path, ctx)
        finally:
            silent.unlink(missing_ok=True)
        assert shown is not None
        note = f"{footage.width} × {footage.height} became {size[0]} × {size[1]} pixels."
        return shown, size, float(Fraction(seen.frames, footage.rate)), (note,)

    inputs = {"media": request.media.key, "lines": request.lines}
    return kept("enlarged-video", VERSION, inputs, ".mp4", "video/mp4", make, ctx)


def enlarged(image: Pixels, width: int, height: int) -> Pixels:
    """BGR, larger. What is sharpened stays between the darkest and the lightest of its neighbours, so nothing rings."""
    larger = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_LANCZOS4), dtype=np.uint8)
    scale = width / image.shape[1]
    soft = np.asarray(cv2.GaussianBlur(larger, (0, 0), 0.75 * scale), np.float32)
    detail = larger.astype(np.float32) - soft
    strong = np.clip((np.abs(detail) - _NOISE) / (3 * _NOISE), 0, 1)
    added = np.clip(detail * strong * _DETAIL * 2, -_MOST_CODES, _MOST_CODES)
    near = np.ones((3, 3), np.uint8)
    high = np.asarray(cv2.resize(cv2.dilate(image, near), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    low = np.asarray(cv2.resize(cv2.erode(image, near), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return np.rint(np.clip(larger + added, np.minimum(low, high), np.maximum(low, high))).astype(np.uint8)


def _enlarged_size(width: int, height: int) -> tuple[int, int]:
    scale = min(float(_FACTOR), ENLARGED_SIDE / max(width, height))
    if scale < 1.05:
        raise _large_enough(width, height)
    return round(width * scale), round(height * scale)


def _even(footage: Footage, lines: int) -> tuple[int, int]:
    scale = lines / min(footage.width, footage.height)
    return round(footage.width * scale / 2) * 2, round(footage.height * scale / 2) * 2


def _large_enough(width: int, height: int) -> LimitError:
    return LimitError(
        f"{width} × {height} pixels are as large as it gets here.",
        code="media_too_large",
        next_step="Use it as it is.",
    )
