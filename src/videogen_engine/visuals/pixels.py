"""Arrays of pixels: BGR images and premultiplied BGRA layers, all uint8. Thin typed faces over OpenCV."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.colour import Rgb

Pixels: TypeAlias = NDArray[np.uint8]
#: Coverage or a distance; float32 wherever speed matters.
Mask: TypeAlias = NDArray[np.floating]

cv2.setNumThreads(1)

JPEG_QUALITY = 96


def resized(image: Pixels, width: int, height: int, *, smooth: bool = True) -> Pixels:
    """``image`` at another size: area average when shrinking, cubic (or linear) when growing."""
    if (image.shape[1], image.shape[0]) == (width, height):
        return image
    shrink = width * height < image.shape[0] * image.shape[1]
    how = cv2.INTER_AREA if shrink else (cv2.INTER_CUBIC if smooth else cv2.INTER_LINEAR)
    return np.asarray(cv2.resize(image, (max(1, width), max(1, height)), interpolation=how), dtype=np.uint8)


def resized_mask(mask: Mask, width: int, height: int) -> Mask:
    how = cv2.INTER_AREA if width * height < mask.size else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(mask, (width, height), interpolation=how), dtype=np.float32)


def blurred(mask: Mask, sigma: float) -> Mask:
    """Gaussian blur of a float field; wide blurs run on a shrunken copy."""
    if sigma <= 0.3:
        return mask
    height, width = mask.shape[:2]
    shrink = max(1, int(sigma / 2.5))
    if shrink > 1:
        small = resized_mask(mask, max(2, width // shrink), max(2, height // shrink))
        small = np.asarray(cv2.GaussianBlur(small, (0, 0), sigma / shrink), dtype=np.float32)
        return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma), dtype=np.float32)


def clear(width: int, height: int) -> Pixels:
    """A fully transparent layer."""
    return np.zeros((max(1, height), max(1, width), 4), dtype=np.uint8)


def tinted(mask: Mask, colour: Rgb, opacity: float = 1.0) -> Pixels:
    """A premultiplied layer of one colour whose alpha is ``mask`` (0–1) times ``opacity``."""
    return inked(codes_of(mask, opacity), colour)


def codes_of(mask: Mask, opacity: float = 1.0) -> Pixels:
    """A mask (0–1) as alpha codes."""
    return np.asarray(cv2.convertScaleAbs(np.clip(mask, 0.0, 1.0), alpha=255 * opacity), dtype=np.uint8)


def inked(codes: Pixels, colour: Rgb) -> Pixels:
    """A premultiplied layer of one colour with the given alpha codes."""
    return np.asarray(cv2.LUT(cv2.merge([codes, codes, codes, codes]), _tint_table(colour)), dtype=np.uint8)


@lru_cache(maxsize=256)
def _tint_table(colour: Rgb) -> Pixels:
    """For each alpha code, the premultiplied BGRA of ``colour``."""
    codes = np.arange(256, dtype=np.float32)
    table = np.stack([codes * (part / 255) for part in (colour[2], colour[1], colour[0], 255)], axis=1)
    return (table + 0.5).astype(np.uint8).reshape(1, 256, 4)


def faded(layer: Pixels, opacity: float) -> Pixels:
    return np.asarray(cv2.convertScaleAbs(layer, alpha=opacity), dtype=np.uint8)


def lay_over(target: Pixels, layer: Pixels, x: int, y: int) -> None:
    """Blend a premultiplied BGRA ``layer`` into ``target`` (BGR, or premultiplied BGRA) in place, clipped."""
    height, width = target.shape[:2]
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(width, x + layer.shape[1]), min(height, y + layer.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    source = layer[y0 - y : y1 - y, x0 - x : x1 - x]
    under = target[y0:y1, x0:x1]
    # Whole-channel calls: slices of channels would be copied pixel by pixel.
    rest = cv2.bitwise_not(cv2.extractChannel(source, 3))
    if under.shape[2] == 4:
        cv2.multiply(under, cv2.merge([rest, rest, rest, rest]), dst=under, scale=1 / 255)
        cv2.add(under, source, dst=under)
    else:
        cv2.multiply(under, cv2.cvtColor(rest, cv2.COLOR_GRAY2BGR), dst=under, scale=1 / 255)
        cv2.add(under, cv2.cvtColor(source, cv2.COLOR_BGRA2BGR), dst=under)


def decoded(data: bytes) -> Pixels:
    """A premultiplied BGRA layer from PNG bytes with straight alpha."""
    raw = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    if raw is None:
        raise ValueError("The rasteriser gave no image.")
    straight = np.asarray(raw, dtype=np.uint8)
    alpha = cv2.cvtColor(np.ascontiguousarray(straight[..., 3]), cv2.COLOR_GRAY2BGRA)
    alpha[..., 3] = 255
    return np.asarray(cv2.multiply(straight, alpha, scale=1 / 255), dtype=np.uint8)


def straight(layer: Pixels) -> Pixels:
    """Straight-alpha BGRA of a premultiplied layer; black where it is transparent."""
    alpha = cv2.cvtColor(np.ascontiguousarray(layer[..., 3]), cv2.COLOR_GRAY2BGRA)
    result = np.asarray(cv2.divide(layer, alpha, scale=255), dtype=np.uint8)
    result[..., 3] = layer[..., 3]
    return result


def write_background(path: Path, image: Pixels) -> None:
    """Write an opaque BGR image as JPEG without chroma subsampling."""
    flags = [
        cv2.IMWRITE_JPEG_QUALITY,
        JPEG_QUALITY,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]
    done, data = cv2.imencode(".jpg", image, flags)
    if not done:
        raise ValueError("The background could not be encoded.")
    path.write_bytes(data.tobytes())


def write_sprite(path: Path, layer: Pixels) -> None:
    """Write a premultiplied layer as a straight-alpha RGBA PNG: up-filtered, run-length deflate.

    OpenCV's own encoder takes several times as long for the same pixels.
    """
    rgba = cv2.cvtColor(straight(layer), cv2.COLOR_BGRA2RGBA)
    height, width = rgba.shape[:2]
    flat = np.asarray(rgba, dtype=np.uint8).reshape(height, width * 4)
    rows = np.empty((height, 1 + width * 4), dtype=np.uint8)
    rows[:, 0] = 2
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    packer = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    body = packer.compress(rows.tobytes()) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b""))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
