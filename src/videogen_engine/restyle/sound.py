"""The video's own sound, cut where its pictures are: exact slices that together are the whole of it."""

from __future__ import annotations

import wave
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from numpy.typing import NDArray

from videogen_engine.restyle.footage import Footage, reading
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext

_BYTES: Final = 2


def write_slices(footage: Footage, bounds: Sequence[int], paths: Sequence[Path], ctx: StageContext) -> int:
    """Write the sound between neighbouring ``bounds`` (samples from the first picture on) to ``paths`` as WAV; where
    the video has none, silence. Returns the number of channels, 0 when there is no sound, and then no file."""
    try:
        return _written(footage, bounds, paths, ctx)
    except (FFmpegError, ValueError):
        # Pictures without their broken sound are more than nothing; the result says that it is silent.
        for path in paths:
            path.unlink(missing_ok=True)
        return 0


def _written(footage: Footage, bounds: Sequence[int], paths: Sequence[Path], ctx: StageContext) -> int:
    with reading(footage.path, footage.reader) as (container, _):
        if not container.streams.audio:
            return 0
        audio = container.streams.audio[0]
        channels = 1 if audio.codec_context.channels == 1 else 2
        samples = _samples(container.decode(audio), channels, footage.origin, ctx)
        rest = np.zeros((0, channels), np.int16)
        for start, end, path in zip(bounds, bounds[1:], paths, strict=False):
            with wave.open(str(path), "wb") as file:
                file.setnchannels(channels)
                file.setsampwidth(_BYTES)
                file.setframerate(SAMPLE_RATE)
                left = end - start
                while left > 0:
                    ctx.check()
                    if not len(rest):
                        rest = next(samples, np.zeros((left, channels), np.int16))
                    file.writeframes(np.ascontiguousarray(rest[:left]).tobytes())
                    taken = min(left, len(rest))
                    left, rest = left - taken, rest[taken:]
        return channels


def _samples(decoded: Iterator[object], channels: int, origin: float, ctx: StageContext) -> Iterator[NDArray[np.int16]]:
    """Sound from the moment of the first picture on; silence in front when it begins later."""
    resampler = AudioResampler(format="s16", layout="mono" if channels == 1 else "stereo", rate=SAMPLE_RATE)
    early: int | None = None
    for frame in decoded:
        ctx.check()
        assert isinstance(frame, AudioFrame)
        if early is None:
            early = round((origin - (frame.time or 0.0)) * SAMPLE_RATE)
            if early < 0:
                yield np.zeros((min(-early, 600 * SAMPLE_RATE), channels), np.int16)
                early = 0
        for part in resampler.resample(frame):
            block = np.asarray(part.to_ndarray(), np.int16).reshape(-1, channels)
            cut = min(early, len(block))
            early -= cut
            if len(block) > cut:
                yield block[cut:]
