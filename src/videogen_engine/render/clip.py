"""A user's video under a scene: decoded as it is needed, fitted to the frame, held or looped to the end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import av.error
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from av.video.stream import VideoStream

from videogen_agents.errors import InputError
from videogen_engine.render.raster import Plane, Planes
from videogen_engine.visuals.featured_art import CUT_UP_TO

#: Seconds that a clip's last picture may be held; a clip that is shorter by more than this starts over.
HOLD_SECONDS: Final = 1.5
#: Exact integer arithmetic: the same pixels on every processor.
_SCALING: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
_UNTAGGED: Final = 2
#: How much smaller than the frame, and by how much less bright, what is around a clip is drawn.
_SOFT: Final = 16
_DIM: Final = 0.72
#: The codes of black in luma and of grey in chroma.
_BLACK, _GREY = 16, 128


class Clip:
    """The ground of a scene that shows a video. Frames must be asked for in rising order."""

    def __init__(self, path: Path, width: int, height: int, frames: int, rate: int) -> None:
        self._path, self._width, self._height = path, width, height
        self._scene_seconds, self._rate = frames / rate, rate
        self._length: float | None = None
        self._pictures: Iterator[tuple[float, VideoFrame]] = iter(())
        self._pixel_shape = 1.0
        self._at = math.inf
        self._next: tuple[float, VideoFrame] | None = None
        self._shown: Planes | None = None

    def draw(self, target: Planes, frame: int, scratch: Planes) -> None:
        """Show the clip's picture at ``frame``. Raises InputError when the file cannot be decoded."""
        try:
            target.copy_from(self._picture(frame / self._rate))
        except (av.error.FFmpegError, IndexError) as error:
            raise InputError(
                "A featured video cannot be decoded.",
                code="unreadable_video",
                next_step="Upload it again as an MP4 with H.264.",
            ) from error

    def step(self, frame: int) -> int:
        """Every frame counts as another picture."""
        return frame

    def _picture(self, seconds: float) -> Planes:
        wanted = self._place(seconds)
        if wanted < self._at:
            self._pictures = self._decoded(wanted)
            self._next = next(self._pictures, None)
            self._shown = None
        self._at = wanted
        latest: VideoFrame | None = None
        while self._next is not None and (self._next[0] <= wanted + 1e-6 or (latest is None and self._shown is None)):
            latest = self._next[1]
            self._next = next(self._pictures, None)
        if latest is not None:
            self._shown = _fitted(latest, self._width, self._height, self._pixel_shape)
        if self._shown is None:
            raise IndexError("the clip has no pictures")
        return self._shown

    def _place(self, seconds: float) -> float:
        """Where in the clip the scene's ``seconds`` are."""
        if self._length is None:
            self._length = _length(self._path)
        if self._length <= 0 or self._scene_seconds <= self._length + HOLD_SECONDS:
            return min(seconds, max(self._length, 0.0))
        return seconds % self._length

    def _decoded(self, start: float) -> Iterator[tuple[float, VideoFrame]]:
        with av.open(str(self._path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            self._pixel_shape = float(stream.sample_aspect_ratio or 1)
            origin = _origin(stream)
            if start > 0 and stream.time_base is not None:
                container.seek(int((start + origin) / stream.time_base), stream=stream, backward=True)
            for picture in container.decode(stream):
                yield (picture.time or 0.0) - origin, picture


def _origin(stream: VideoStream) -> float:
    if stream.start_time is None or stream.time_base is None:
        return 0.0
    return float(stream.start_time * stream.time_base)


def _length(path: Path) -> float:
    """Seconds of the file's video."""
    container: InputContainer
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        if stream.duration is not None and stream.time_base is not None:
            return float(stream.duration * stream.time_base)
        return float(container.duration or 0) / av.time_base


def _fitted(picture: VideoFrame, width: int, height: int, pixel_shape: float) -> Planes:
    """The picture upright, as a still of its shape would be shown: cut to fill the frame, or, where that would cut
    too much, whole before its own colours, far out of focus and a little darker.

    ``pixel_shape`` is the width of the file's pixels over their height.
    """
    shape = picture.width * pixel_shape / picture.height
    if round(picture.rotation / 90) % 2:
        shape = 1 / shape
    if 1 / CUT_UP_TO <= shape / (width / height) <= CUT_UP_TO:
        return _covering(picture, width, height, pixel_shape)
    small = _covering(picture, max(16, width // _SOFT // 2 * 2), max(16, height // _SOFT // 2 * 2), pixel_shape)
    canvas = Planes(_softened(small.y, width, height, _BLACK), _softened(small.uv, width // 2, height // 2, _GREY))
    wide, high = min(width, 2 * round(height * shape / 2)), min(height, 2 * round(width / shape / 2))
    whole = _covering(picture, wide, high, pixel_shape)
    canvas.crop((width - wide) // 4 * 2, (height - high) // 4 * 2, wide, high).copy_from(whole)
    return canvas


def _softened(plane: Plane, width: int, height: int, middle: int) -> Plane:
    """The plane out of focus at another size, nearer to ``middle``."""
    soft = cv2.GaussianBlur(plane, (0, 0), max(1.0, min(plane.shape[:2]) / 14))
    large = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.convertScaleAbs(large, alpha=_DIM, beta=middle * (1 - _DIM)), dtype=np.uint8)


def _covering(picture: VideoFrame, width: int, height: int, pixel_shape: float) -> Planes:
    """The picture upright, scaled until it covers ``width`` × ``height`` px, cut around its centre."""
    turns = round(picture.rotation / 90) % 4
    across, down = (width, height) if turns % 2 == 0 else (height, width)
    broad = picture.width * pixel_shape
    scale = max(across / broad, down / picture.height)
    source = picture.colorspace
    if source == _UNTAGGED:
        source = Colorspace.ITU709 if picture.height >= 720 else Colorspace.ITU601
    scaled = picture.reformat(
        width=max(across, math.ceil(broad * scale / 2) * 2),
        height=max(down, math.ceil(picture.height * scale / 2) * 2),
        format="nv12",
        interpolation=_SCALING,
        src_colorspace=source,
        src_color_range=picture.color_range,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        threads=1,
    )
    planes = views(scaled)
    left, top = (planes.width - across) // 4 * 2, (planes.height - down) // 4 * 2
    cut = planes.crop(left, top, across, down)
    return Planes(_turned(cut.y, turns), _turned(cut.uv, turns))


def _turned(plane: Plane, turns: int) -> Plane:
    return np.ascontiguousarray(np.rot90(plane, turns))


def views(frame: VideoFrame) -> Planes:
    """The planes of an NV12 frame as arrays over its own memory."""
    luma, chroma = frame.planes
    return Planes(
        np.ndarray((frame.height, frame.width), np.uint8, memoryview(luma), strides=(luma.line_size, 1)),
        np.ndarray(
            (frame.height // 2, frame.width // 2, 2),
            np.uint8,
            memoryview(chroma),
            strides=(chroma.line_size, 2, 1),
        ),
    )
