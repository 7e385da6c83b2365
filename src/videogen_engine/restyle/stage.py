"""The restyling stage: the video is looked at once, then every frame passes the filters on its way to the encoder."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from videogen_agents.errors import InternalError
from videogen_engine.render.encoder import MEDIA_TYPE, SegmentWriter
from videogen_engine.render.model import Encoding
from videogen_engine.render.pool import worker_count
from videogen_engine.render.raster import opaque
from videogen_engine.restyle.canvas import Brush, Canvas
from videogen_engine.restyle.filters import brush_of, draws
from videogen_engine.restyle.footage import Footage, open_footage, pictures, steady
from videogen_engine.restyle.model import RestyleRequest, StyledShot, StyledVideo
from videogen_engine.restyle.sound import write_slices
from videogen_engine.restyle.survey import Survey, survey
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import MediaRef, StageContext, content_key
from videogen_engine.timeline.document import SceneSound
from videogen_engine.visuals.pixels import Pixels

#: Part of every shot's key; raise it when the same frames would come out differently.
VERSION: Final = "1"
#: Codes by which a pixel may change from one frame to the next and still be noise; how much of it then is kept.
_STILL: Final = 7
_CALMED: Final = 0.55
NO_SOUND: Final = "The video has no sound that can be decoded, so the result is silent."


def restyle(request: RestyleRequest, ctx: StageContext) -> StyledVideo:
    """The video's shots, styled, with their sound.

    Raises InputError for what cannot be decoded, LimitError for a video longer than ``max_seconds``.
    """
    footage = open_footage(ctx.store.path(request.media))
    seen = survey(footage, request.max_seconds, ctx)
    size = footage.size(request.lines)
    inputs = request.model_dump(mode="json", exclude={"max_seconds", "with_sound"})
    bounds = (*seen.starts, seen.frames)
    keys = [content_key("restyled", VERSION, [inputs, first], ".mp4") for first in seen.starts]
    found = [ctx.store.find(key) for key in keys]
    media = [one for one in found if one is not None]
    if len(media) < len(keys):
        media = _painted(request, footage, seen, size, keys, ctx)
    sounds, warnings = _sounds(request, footage, bounds, ctx) if request.with_sound else ([None] * len(media), ())
    ratio = footage.ratio()
    return StyledVideo(
        shots=tuple(
            StyledShot(media=shot, sound=sound, start=round(first / footage.rate, 6), frames=last - first)
            for shot, sound, first, last in zip(media, sounds, bounds, bounds[1:], strict=False)
        ),
        width=size[0],
        height=size[1],
        frames_per_second=footage.rate,
        ratio_width=ratio[0],
        ratio_height=ratio[1],
        warnings=warnings,
    )


def _painted(
    request: RestyleRequest, footage: Footage, seen: Survey, size: tuple[int, int], keys: list[str], ctx: StageContext
) -> list[MediaRef]:
    """Every shot encoded and published; frames pass in order, a few of them at a time."""
    brush = brush_of(request.treatments, Canvas(size[0], size[1], seen.colours))
    frames = steady(pictures(footage, size, ctx), footage.rate, seen.frames)
    if draws(request.treatments):
        frames = calmed(frames, frozenset(seen.starts))
    styled = through(brush, frames, ctx)
    bounds = (*seen.starts, seen.frames)
    media: list[MediaRef] = []
    for key, first, last in zip(keys, bounds, bounds[1:], strict=False):
        path = ctx.temporary(".mp4")
        try:
            with SegmentWriter(path, *size, footage.rate, Encoding.HIGH) as writer:
                for number in range(first, last):
                    picture = next(styled, None)
                    if picture is None:
                        raise InternalError("The video gave fewer frames than it did before.")
                    writer.planes.copy_from(opaque(picture))
                    writer.encode()
                    ctx.report(0.1 + 0.85 * (number + 1) / seen.frames, f"{number + 1} of {seen.frames} frames")
            media.append(ctx.store.publish(key, path, MEDIA_TYPE))
        finally:
            path.unlink(missing_ok=True)
    return media


def through(brush: Brush, frames: Iterator[Pixels], ctx: StageContext) -> Iterator[Pixels]:
    """The frames styled, in order, as many at a time as there are cores. Memory does not grow with their number."""
    workers = worker_count()
    with ThreadPoolExecutor(workers, thread_name_prefix="restyle") as pool:
        waiting: deque[Future[Pixels]] = deque()
        try:
            for number, frame in enumerate(frames):
                ctx.check()
                waiting.append(pool.submit(brush, frame, number))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                ctx.check()
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def calmed(frames: Iterator[Pixels], starts: frozenset[int]) -> Iterator[Pixels]:
    """Frames without the noise that drawn lines and steps would flicker with: where next to nothing changes, most of
    the frame before stays. Begins anew with each shot."""
    ramp = np.clip((_STILL - np.arange(256, dtype=np.float32)) / _STILL, 0, 1) * _CALMED
    before: Pixels | None = None
    for number, frame in enumerate(frames):
        if before is None or number in starts:
            before = frame
        else:
            change = cv2.absdiff(frame, before)
            grey = cv2.GaussianBlur(cv2.cvtColor(change, cv2.COLOR_BGR2GRAY), (0, 0), 1.5)
            share = np.asarray(ramp[np.asarray(grey, dtype=np.uint8)], np.float32)
            before = np.asarray(cv2.blendLinear(frame, before, 1 - share, share), dtype=np.uint8)
        yield before


def _sounds(
    request: RestyleRequest, footage: Footage, bounds: tuple[int, ...], ctx: StageContext
) -> tuple[list[SceneSound | None], tuple[str, ...]]:
    silent: list[SceneSound | None] = [None] * (len(bounds) - 1)
    if not footage.has_sound:
        return silent, ()
    samples = [frame * SAMPLE_RATE // footage.rate for frame in bounds]
    paths: list[Path] = [ctx.temporary(".wav") for _ in silent]
    try:
        channels = write_slices(footage, samples, paths, ctx)
        if not channels:
            return silent, (NO_SOUND,)
        made: list[SceneSound | None] = []
        for path, start, end in zip(paths, samples, samples[1:], strict=False):
            inputs = {"video": request.media.key, "start": start, "end": end}
            media = ctx.store.publish(content_key("shot-sound", VERSION, inputs, ".wav"), path, "audio/wav")
            made.append(SceneSound(media=media, channels=channels))
        return made, ()
    finally:
        for path in paths:
            path.unlink(missing_ok=True)
