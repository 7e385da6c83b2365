"""The cutting-out stage: a picture without its background, as PNG with soft edges."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import cv2
import numpy as np

from videogen_engine.retouch.model import MOST_SIDE, Retouched, RetouchRequest
from videogen_engine.retouch.picture_file import kept, opaque_on, read_picture, within, write_png
from videogen_engine.retouch.subject import Cover, find_subject
from videogen_engine.stage import StageContext
from videogen_engine.visuals.pixels import Pixels

VERSION: Final = "1"


def cut_out(request: RetouchRequest, ctx: StageContext) -> Retouched:
    """Raises InputError when the picture cannot be read or has no subject that can be told."""

    def make(path: Path) -> tuple[Pixels, tuple[int, int], None, tuple[str, ...]]:
        source = within(read_picture(ctx.store.path(request.media)), MOST_SIDE)
        ctx.report(0.2, "Finding the subject")
        if source[..., 3].min() < 128 and float((source[..., 3] < 16).mean()) > 0.01:
            # There is none to be found where most of it is gone already.
            picture, how = source, "The picture was transparent already."
        else:
            subject = find_subject(opaque_on(source, (255, 255, 255)))
            ctx.check()
            bgr = clean_edges(source[..., :3], subject.alpha)
            codes = np.rint(subject.alpha * 255).astype(np.uint8)
            picture, how = np.dstack([bgr, np.minimum(codes, source[..., 3])]), subject.how
        write_png(path, picture)
        return picture, (picture.shape[1], picture.shape[0]), None, (how,)

    return kept("cut-out", VERSION, {"media": request.media.key}, ".png", "image/png", make, ctx)


def clean_edges(image: Pixels, alpha: Cover) -> Pixels:
    """Colours of half-covered places without the ground that shows in them: spread out from where all is subject."""
    sure = (alpha > 0.96).astype(np.float32)
    colour = image.astype(np.float32)
    result = colour.copy()
    known = sure
    for sigma in (2.0, 5.0, 11.0):
        weight = np.asarray(cv2.GaussianBlur(sure, (0, 0), sigma), np.float32)
        spread = np.asarray(cv2.GaussianBlur(colour * sure[..., None], (0, 0), sigma), np.float32)
        reach = (weight > 0.02) & (known < 0.5)
        result[reach] = (spread / np.maximum(weight, 1e-4)[..., None])[reach]
        known = np.maximum(known, reach.astype(np.float32))
    return np.clip(np.rint(result), 0, 255).astype(np.uint8)
