"""A video's frames as a viewer sees them: upright, of square pixels, evenly spaced in time, one after the other."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from av.video.stream import VideoStream

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError
from videogen_engine.media_kinds import HEAD_BYTES, kind_of
from videogen_engine.stage import StageContext
from videogen_engine.visuals.pixels import Pixels

#: Exact integer arithmetic: the same pixels on every processor.
_SCALING: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
_UNTAGGED: Final = 2
#: Frame rates that films have here, and the rates of videos that become them; all others become 30.
_RATES: Final = ((23.9, 24.05, 24), (24.9, 25.05, 25), (49.9, 50.05, 25), (47.9, 48.05, 24))
_USUAL_RATE: Final = 30
#: Well known shapes that sizes are rounded to when they are this near.
_SHAPES: Final = ((16, 9), (9, 16), (4, 3), (3, 4), (1, 1), (4, 5), (5, 4), (21, 9), (2, 1), (1, 2), (3, 2), (2, 3))
_NEAR: Final = 0.012


@dataclass(frozen=True)
class Footage:
    """``width`` and ``height`` are of the upright picture in square pixels, ``turns`` quarter turns to the left that
    make it upright. ``origin`` is the time of the first picture in the file, ``seconds`` how long pictures last."""

    path: Path
    reader: str
    width: int
    height: int
    turns: int
    rate: int
    origin: float
    seconds: float
    has_sound: bool

    def size(self, lines: int) -> tuple[int, int]:
        """Even sides, the short one at most ``lines``; a smaller picture keeps its size."""
        scale = min(1.0, lines / min(self.width, self.height))
        return max(16, round(self.width * scale / 2) * 2), max(16, round(self.height * scale / 2) * 2)

    def ratio(self) -> tuple[int, int]:
        """The shape's integers: of a well known shape when it is one but for a few pixels."""
        shape = self.width / self.height
        for across, down in _SHAPES:
            if abs(shape / (across / down) - 1) < _NEAR:
                return across, down
        exact = Fraction(self.width, self.height).limit_denominator(100)
        return exact.numerator, exact.denominator


def open_footage(path: Path) -> Footage:
    """What is known before decoding everything; one picture is decoded. Raises InputError for what is no video."""
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None or FileType.VIDEO not in kind.types:
        raise unreadable()
    with reading(path, kind.reader) as (container, video):
        first = next(container.decode(video), None)
        if first is None:
            raise unreadable()
        shape = float(video.sample_aspect_ratio or 1)
        broad, tall = max(1, round(first.width * shape)), first.height
        turns = round(first.rotation / 90) % 4
        if turns % 2:
            broad, tall = tall, broad
        return Footage(
            path=path,
            reader=kind.reader,
            width=broad,
            height=tall,
            turns=turns,
            rate=_rate(video),
            origin=first.time or 0.0,
            seconds=_seconds(container, video),
            has_sound=bool(container.streams.audio),
        )


def pictures(footage: Footage, size: tuple[int, int], ctx: StageContext) -> Iterator[tuple[float, Pixels]]:
    """Every decoded picture with its time from the first one's, upright, BGR, scaled to ``size``."""
    with reading(footage.path, footage.reader) as (container, video):
        for frame in container.decode(video):
            ctx.check()
            yield max(0.0, (frame.time or 0.0) - footage.origin), upright(frame, footage.turns, size)


def steady(timed: Iterator[tuple[float, Pixels]], rate: int, frames: int) -> Iterator[Pixels]:
    """``frames`` pictures at ``rate``: at each moment the latest there is, the last one held."""
    shown: Pixels | None = None
    following = next(timed, None)
    for number in range(frames):
        moment = number / rate + 0.5 / (rate * 4)
        while following is not None and (shown is None or following[0] <= moment):
            shown = following[1]
            following = next(timed, None)
        if shown is None:
            return
        yield shown


def upright(frame: VideoFrame, turns: int, size: tuple[int, int]) -> Pixels:
    across, down = size if turns % 2 == 0 else (size[1], size[0])
    source = frame.colorspace
    if source == _UNTAGGED:
        source = Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601
    scaled = frame.reformat(
        width=across,
        height=down,
        format="bgr24",
        interpolation=_SCALING,
        src_colorspace=source,
        src_color_range=frame.color_range,
        dst_colorspace=Colorspace.DEFAULT,
        dst_color_range=ColorRange.JPEG,
        threads=1,
    )
    image = np.asarray(scaled.to_ndarray(), dtype=np.uint8)
    return np.ascontiguousarray(np.rot90(image, turns)) if turns else image


def small(image: Pixels) -> Pixels:
    """A tiny copy for comparing pictures."""
    return np.asarray(cv2.resize(image, (48, 27), interpolation=cv2.INTER_AREA), dtype=np.uint8)


@contextmanager
def reading(path: Path, reader: str) -> Generator[tuple[InputContainer, VideoStream]]:
    """The file opened as the one format its first bytes name, and its film. Raises InputError for a broken one."""
    try:
        with av.open(str(path), "r", format=reader, metadata_errors="ignore") as container:
            video = next(
                (one for one in container.streams.video if not one.disposition & Disposition.attached_pic), None
            )
            if video is None:
                raise unreadable()
            video.codec_context.thread_count = 1
            yield container, video
    except (FFmpegError, UnicodeDecodeError) as error:
        raise unreadable() from error


def unreadable() -> InputError:
    return InputError(
        "The video cannot be decoded.",
        code="unreadable_video",
        next_step="Upload it again as an MP4 with H.264.",
    )


def _rate(video: VideoStream) -> int:
    named = float(video.average_rate or video.guessed_rate or _USUAL_RATE)
    return next((rate for low, high, rate in _RATES if low < named < high), _USUAL_RATE)


def _seconds(container: InputContainer, video: VideoStream) -> float:
    if video.duration is not None and video.time_base is not None:
        return float(video.duration * video.time_base)
    return float(container.duration or 0) / av.time_base


def frame_count(seconds: float, rate: int) -> int:
    return max(1, math.floor(seconds * rate + 0.5))
