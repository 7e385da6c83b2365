"""What is read of a film once: the size of every coded picture, the key pictures, and the sound.

Decoding every picture would cost a third of making the film. Coded sizes show where nothing moves, and only such
places are looked at more closely.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

import av
import av.error
import cv2
import numpy as np
from av.codec.context import ThreadType
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.stage import StageContext

Gray = NDArray[np.uint8]
#: Sides that pictures are looked at in.
LOOK: Final = (192, 192)


@dataclass(frozen=True)
class FilmFile:
    """``sizes`` in bytes, in order of showing. ``keys`` are frame numbers with small gray pictures (luma 16–235).

    ``sound`` is ``[n, channels]``, 16 bits, at ``sound_rate``, empty when the film has none.
    """

    width: int
    height: int
    shape: Fraction
    sizes: NDArray[np.int64]
    keys: Sequence[tuple[int, Gray]]
    sound: NDArray[np.int16]
    sound_rate: int


def read_film(path: Path, rate: int, ctx: StageContext) -> FilmFile:
    """Raises InputError for a file that cannot be decoded."""
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            shape = stream.codec_context.sample_aspect_ratio or Fraction(1)
            sizes = sorted((packet.pts, packet.size) for packet in container.demux(stream) if packet.pts is not None)
            width, height = stream.codec_context.width, stream.codec_context.height
        keys: list[tuple[int, Gray]] = []
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.skip_frame = "NONKEY"
            for frame in container.decode(stream):
                ctx.check()
                keys.append((number_of(frame, rate), gray(frame)))
        sound, sound_rate = _sound(path, ctx)
    except (av.error.FFmpegError, IndexError) as error:
        raise InputError("The film cannot be decoded.", code="unreadable_film") from error
    coded = np.array([size for _, size in sizes], np.int64)
    return FilmFile(width, height, shape, coded, keys, sound, sound_rate)


def look_at(path: Path, numbers: Iterable[int], rate: int, ctx: StageContext) -> dict[int, Gray]:
    """Some frames, each decoded from the key picture before it."""
    found: dict[int, Gray] = {}
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type = ThreadType.NONE
        base = stream.time_base or Fraction(1, rate)
        for wanted in sorted(set(numbers)):
            container.seek(int(Fraction(wanted, rate) / base), stream=stream, backward=True)
            for frame in container.decode(stream):
                ctx.check()
                if number_of(frame, rate) >= wanted:
                    found[wanted] = gray(frame)
                    break
    return found


def number_of(frame: VideoFrame, rate: int) -> int:
    return round((frame.time or 0.0) * rate)


def gray(frame: VideoFrame) -> Gray:
    """The luma plane, small."""
    plane = frame.planes[0]
    rows = np.frombuffer(cast(memoryview, cast(object, plane)), np.uint8).reshape(-1, plane.line_size)
    luma = rows[: frame.height, : frame.width]
    return np.asarray(cv2.resize(luma, LOOK, interpolation=cv2.INTER_AREA), np.uint8)


def _sound(path: Path, ctx: StageContext) -> tuple[NDArray[np.int16], int]:
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return np.zeros((0, 1), np.int16), 48_000
        stream = container.streams.audio[0]
        parts: list[NDArray[np.int16]] = []
        for frame in container.decode(stream):
            ctx.check()
            samples = np.asarray(frame.to_ndarray(), np.float32).T * 32768
            parts.append(np.clip(np.rint(samples), -32768, 32767).astype(np.int16))
        rate = stream.codec_context.sample_rate
    return (np.concatenate(parts) if parts else np.zeros((0, 1), np.int16)), rate
