"""Pictures read upright with their transparency, and files written for people."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError, LimitError
from videogen_engine.media_kinds import HEAD_BYTES, kind_of
from videogen_engine.probe_model import Thumbnail
from videogen_engine.retouch.model import Retouched
from videogen_engine.stage import MediaRef, StageContext, content_key
from videogen_engine.visuals.pixels import Pixels, resized

_MOST_PIXELS: Final = 120_000_000
_THUMBNAIL_SIDE: Final = 640
#: What transparent places are shown on in thumbnails.
_LIGHT, _DARK = 250, 226


def read_picture(path: Path) -> Pixels:
    """BGRA with straight alpha, upright. Raises InputError for no picture, LimitError for one too large."""
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None or kind.types[0] is not FileType.IMAGE:
        raise _unreadable()
    try:
        with warnings.catch_warnings():
            # Pillow's own limit only warns; the one below refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=[kind.reader]) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise LimitError(
                        f"The picture has {image.width} × {image.height} pixels; at most {_MOST_PIXELS} are read.",
                        code="media_too_large",
                        next_step="Scale it down and upload it again.",
                    )
                shown = ImageOps.exif_transpose(image).convert("RGBA")
                rgba = np.asarray(shown, dtype=np.uint8)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _unreadable() from error
    return np.asarray(cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA), dtype=np.uint8)


def within(image: Pixels, side: int) -> Pixels:
    """The picture with a longest side of at most ``side``."""
    height, width = image.shape[:2]
    scale = min(1.0, side / max(height, width))
    return image if scale == 1.0 else resized(image, max(1, round(width * scale)), max(1, round(height * scale)))


def opaque_on(image: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """BGR over one colour."""
    alpha = image[..., 3:].astype(np.float32) / 255
    return np.asarray(np.rint(image[..., :3] * alpha + np.array(colour) * (1 - alpha)), dtype=np.uint8)


def write_png(path: Path, image: Pixels) -> None:
    done, data = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    if not done:
        raise ValueError("The picture could not be encoded.")
    path.write_bytes(data.tobytes())


def thumbnail_of(image: Pixels, key: str, ctx: StageContext) -> Thumbnail:
    """A small JPEG of BGR or BGRA; transparency is shown as a chequered ground."""
    small = within(image, _THUMBNAIL_SIDE)
    height, width = small.shape[:2]
    if small.shape[2] == 4:
        rows, columns = np.mgrid[0:height, 0:width] // 16
        board = np.where((rows + columns) % 2 == 0, _LIGHT, _DARK).astype(np.float32)[..., None]
        alpha = small[..., 3:].astype(np.float32) / 255
        small = np.asarray(np.rint(small[..., :3] * alpha + board * (1 - alpha)), dtype=np.uint8)
    path = ctx.temporary(".jpg")
    done, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 86])
    if not done:
        raise ValueError("The thumbnail could not be encoded.")
    path.write_bytes(data.tobytes())
    return Thumbnail(media=ctx.store.publish(key, path, "image/jpeg"), width=width, height=height)


def kept(
    kind: str,
    version: str,
    inputs: object,
    suffix: str,
    media_type: str,
    make: Callable[[Path], tuple[Pixels, tuple[int, int], float | None, tuple[str, ...]]],
    ctx: StageContext,
) -> Retouched:
    """The result from the store, or made now: ``make`` writes the file and gives a picture of it, its size, its
    seconds and notes."""

    def made() -> Retouched:
        path = ctx.temporary(suffix)
        try:
            shown, size, seconds, notes = make(path)
            media: MediaRef = ctx.store.publish(key, path, media_type)
        finally:
            path.unlink(missing_ok=True)
        return Retouched(
            media=media,
            width=size[0],
            height=size[1],
            thumbnail=thumbnail_of(shown, content_key(kind, version, inputs, ".jpg"), ctx),
            seconds=seconds,
            notes=notes,
        )

    key = content_key(kind, version, inputs, suffix)
    result = ctx.cached_model(kind, version, inputs, Retouched, made)
    # What is known about a file may outlive the file itself, which is larger.
    there = ctx.store.find(result.media.key) and ctx.store.find(result.thumbnail.media.key)
    return result if there else made()


def _unreadable() -> InputError:
    return InputError(
        "The picture cannot be read.", code="unreadable_image", next_step="Upload it again as PNG or JPEG."
    )
