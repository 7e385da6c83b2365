"""What frames tell of a video: how often it cuts, whether anything moves, what it looks like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.stream import Disposition
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from videogen_engine.describing.model import PictureLook
from videogen_engine.describing.pictures import look_at
from videogen_engine.frozen import Frozen
from videogen_engine.stage import StageContext

#: Videos of at most this many seconds are looked at five times a second, longer ones at their key frames.
_CLOSELY: Final = 120.0
_STEP: Final = 0.2
_MOST_LOOKS: Final = 1_000
#: Moments are compared at this size (px), by light (0–1), and the picture is judged at this width.
_SIZE: Final = (32, 18)
_WIDTH: Final = 480
#: The mean change of a hard cut, and how much more than the usual change it must be.
_CUT: Final = 0.12
_OVER_USUAL: Final = 5.0
#: The mean change within ``_STILL_STEPS`` moments under which a picture stands still.
_STILL: Final = 0.002
_STILL_STEPS: Final = 5


class VideoLook(Frozen):
    """``cuts`` None: only key frames were looked at, which do not show them. ``still``: nothing moves, but for cuts."""

    picture: PictureLook
    cuts: int | None
    still: bool


def watch(path: Path, reader: str, seconds: float, name: str, ctx: StageContext) -> VideoLook:
    """Raises FFmpegError for what cannot be decoded."""
    lights: list[NDArray[np.float32]] = []
    picture = Image.new("RGB", _SIZE)
    closely, chosen = seconds <= _CLOSELY, False
    for frame in _moments(path, reader, closely=closely):
        ctx.check()
        moment = frame.time or 0.0
        ctx.report(min(0.9, moment / max(seconds, 1.0)), "Watching the video")
        small = frame.reformat(width=_SIZE[0], height=_SIZE[1], format="gray", interpolation="AREA").to_ndarray()
        lights.append(np.asarray(np.asarray(small, np.float32) / 255, np.float32))
        # The picture in the middle, or the first one when there is none behind it.
        if not chosen and (len(lights) == 1 or moment >= seconds / 2):
            picture, chosen = _shown(frame), moment >= seconds / 2
        if len(lights) >= _MOST_LOOKS:
            break
    changes = _changes(lights, 1)
    usual = float(np.median(changes)) if changes.size else 0.0
    cuts = int(np.sum((changes > _CUT) & (changes > usual * _OVER_USUAL))) if closely else None
    slow = _changes(lights, _STILL_STEPS if closely else 1)
    still = not slow.size or float(np.median(slow)) < _STILL
    return VideoLook(picture=look_at(picture, name), cuts=cuts, still=still)


def _changes(lights: list[NDArray[np.float32]], step: int) -> NDArray[np.float64]:
    """How much each moment differs from the one ``step`` later."""
    pairs = zip(lights[:-step], lights[step:], strict=True)
    return np.array([float(np.abs(later - first).mean()) for first, later in pairs], np.float64)


def _moments(path: Path, reader: str, *, closely: bool) -> Iterator[VideoFrame]:
    # Opened as the one format its first bytes name, which keeps playlists of other files out.
    with av.open(str(path), "r", format=reader, metadata_errors="ignore") as container:
        stream = next((one for one in container.streams.video if not one.disposition & Disposition.attached_pic), None)
        if stream is None:
            return
        stream.codec_context.thread_count = 1
        # Frames that no other needs, and the smoothing of blocks, are not missed at this size.
        stream.codec_context.skip_frame = "NONREF" if closely else "NONKEY"
        stream.codec_context.options = {"skip_loop_filter": "all"}
        due = 0.0
        for frame in container.decode(stream):
            if (frame.time or 0.0) >= due:
                due = (frame.time or 0.0) + _STEP - 0.01
                yield frame


def _shown(frame: VideoFrame) -> Image.Image:
    width = min(_WIDTH, frame.width)
    height = max(2, frame.height * width // max(1, frame.width))
    small = frame.reformat(width=width, height=height, format="rgb24", interpolation="POINT")
    picture = Image.fromarray(np.ascontiguousarray(small.to_ndarray()), "RGB")
    return picture.rotate(frame.rotation, expand=True) if frame.rotation % 360 else picture
