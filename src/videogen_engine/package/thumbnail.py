"""A still that stands for the film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation

from videogen_agents.errors import InternalError
from videogen_engine.render.model import Segment
from videogen_engine.stage import ArtifactStore
from videogen_engine.timeline.document import Scene, Timeline

LONG_SIDE: Final = 640
MAX_BYTES: Final = 100_000
#: Seconds that an element takes to settle after it appears.
_SETTLED: Final = 0.6
_QUALITIES: Final = (86, 76, 66, 56, 46, 36, 26)


def thumbnail(timeline: Timeline, segments: Sequence[Segment], store: ArtifactStore) -> bytes:
    """A JPEG of at most ``MAX_BYTES`` whose long side has ``LONG_SIDE`` pixels, from the first scene."""
    scene = timeline.scenes[0]
    frame = still_frame(scene, timeline.frames_per_second)
    for segment in segments:
        if segment.scene_id == scene.scene_id and 0 <= frame - segment.first_frame < segment.frames:
            return _jpeg(_picture(store.path(segment.media), frame - segment.first_frame, timeline.frames_per_second))
    raise InternalError("The first scene was not rendered.")


def still_frame(scene: Scene, rate: int) -> int:
    """The scene's middle, or later when something still has to appear; never its very end."""
    appears = max((element.appear for element in scene.picture.design.elements), default=0.0)
    wanted = max(scene.frames // 2, round((appears + _SETTLED) * rate))
    return max(0, min(wanted, scene.frames - rate // 3 - 1))


def _picture(path: Path, wanted: int, rate: int) -> VideoFrame:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        # Pictures that no other depends on cost time only; the one after is as good.
        stream.codec_context.skip_frame = "NONREF"
        latest: VideoFrame | None = None
        for picture in container.decode(stream):
            latest = picture
            if picture.time * rate >= wanted - 0.5:
                break
        if latest is None:
            raise InternalError("A segment has no pictures.")
        return latest


def _jpeg(picture: VideoFrame) -> bytes:
    scale = LONG_SIDE / max(picture.width, picture.height)
    small = picture.reformat(
        width=max(2, round(picture.width * scale / 2) * 2),
        height=max(2, round(picture.height * scale / 2) * 2),
        format="bgr24",
        interpolation=Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT,
        src_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        threads=1,
    )
    pixels = np.asarray(small.to_ndarray(), np.uint8)
    data = b""
    for quality in _QUALITIES:
        done, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if not done:
            raise InternalError("The thumbnail could not be encoded.")
        data = encoded.tobytes()
        if len(data) <= MAX_BYTES:
            break
    return data
