"""The film's sound as AAC, made once for as long as nothing that sounds has changed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from videogen_engine.frozen import Frozen
from videogen_engine.loudness import true_peak_dbtp
from videogen_engine.package.mastering import master
from videogen_engine.package.mix import CHANNELS, SoundInputs, mix
from videogen_engine.package.model import Loudness
from videogen_engine.package.pcm_file import PcmFile
from videogen_engine.render.container import add_audio, create
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import MediaRef, StageContext, content_key

#: Part of the sound's key; raise it when the same inputs would sound different.
VERSION: Final = "3"
KIND: Final = "sound"
MAX_DBTP: Final = -1.0
#: Bits per second.
BIT_RATE: Final = 160_000
#: Room that the encoder is given under the limit at first (dB).
_CODEC_ROOM: Final = 0.5
#: More than the codec adds to any peak at this bit rate (dB): below it there is no need to look.
_OVERSHOOT: Final = 2.0
_ROUNDS: Final = 3
#: FFmpeg's ``fast`` search is the better one at this bit rate, and takes two thirds of the time. Without noise
#: shaping and noise substitution the error is smaller here, and they cost a tenth.
_OPTIONS: Final = {"aac_coder": "fast", "aac_tns": "0", "aac_pns": "0"}
_FRAME: Final = 1024
#: Samples of the part before that a chunk is measured with, so that no peak hides at a seam.
_SEAM: Final = 64


class Sound(Frozen):
    """``media`` is AAC in MP4. ``loudness`` is None when nothing sounds."""

    media: MediaRef
    loudness: Loudness | None


def make_sound(inputs: SoundInputs, ctx: StageContext) -> Sound:
    """The finished sound, from the cache when it was made before."""

    def make() -> Sound:
        ctx.report(0.0, "mixing")
        mixed_at, mastered_at, encoded_at = ctx.temporary(".pcm"), ctx.temporary(".pcm"), ctx.temporary(".m4a")
        try:
            loudness = _encode_mastered(inputs, ctx, mixed_at, mastered_at, encoded_at)
            return Sound(media=ctx.store.publish(key, encoded_at, "audio/mp4"), loudness=loudness)
        finally:
            for path in (mixed_at, mixed_at.with_suffix(".music"), mastered_at, encoded_at):
                path.unlink(missing_ok=True)

    key = content_key(KIND, VERSION, inputs, ".m4a")
    sound = ctx.cached_model(KIND, VERSION, inputs, Sound, make)
    # What is known about the sound may outlive the sound itself, which is the larger file.
    return sound if ctx.store.find(key) is not None else make()


def _encode_mastered(
    inputs: SoundInputs, ctx: StageContext, mixed_at: Path, mastered_at: Path, encoded_at: Path
) -> Loudness | None:
    """Write the finished AAC to ``encoded_at``; its loudness, or None when nothing sounds."""
    with mix(inputs, ctx, mixed_at) as mixed, PcmFile(mastered_at, *mixed.shape) as room:
        limit, rounds = MAX_DBTP - _CODEC_ROOM, _ROUNDS
        while True:
            finished = master(mixed, limit, ctx, room)
            encode(finished.samples, finished.gain, encoded_at, ctx)
            peak, rounds = finished.dbtp, rounds - 1
            if peak > MAX_DBTP - _OVERSHOOT:
                peak = _decoded_peak(encoded_at, mixed.ndim)
            if peak <= MAX_DBTP or rounds == 0:
                break
            limit -= peak - MAX_DBTP + 0.1
    if finished.lufs == -math.inf:
        return None
    return Loudness(integrated_lufs=round(finished.lufs, 2), true_peak_dbtp=round(peak, 2))


def encode(samples: PcmFile, gain: float, path: Path, ctx: StageContext) -> None:
    """Write the samples times ``gain`` as stereo AAC in MP4."""
    writer = create(path)
    try:
        track = add_audio(writer, "aac", SAMPLE_RATE, _OPTIONS)
        context = track.codec_context
        context.layout = "stereo"
        context.bit_rate = BIT_RATE
        context.time_base = Fraction(1, SAMPLE_RATE)
        for start in range(0, len(samples), _FRAME * 16):
            ctx.check()
            part = samples[start : start + _FRAME * 16].astype(np.float32) * np.float32(gain / 32768)
            planar = np.stack([part, part]) if part.ndim == 1 else np.ascontiguousarray(part.T)
            frame = AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
            frame.sample_rate = SAMPLE_RATE
            frame.time_base = Fraction(1, SAMPLE_RATE)
            frame.pts = start
            writer.mux(track.encode(frame))
        writer.mux(track.encode(None))
    finally:
        writer.close()


def _decoded_peak(path: Path, dimensions: int) -> float:
    """True peak (dBTP) of what a player will hear; equal channels are measured once."""
    tail: NDArray[np.float32] = np.zeros((_SEAM, CHANNELS), np.float32)
    peak = -math.inf
    for chunk in _decoded(path):
        joined = np.concatenate([tail, chunk])
        peak = max(peak, true_peak_dbtp(joined[:, 0] if dimensions == 1 else joined, SAMPLE_RATE))
        tail = joined[-_SEAM:]
    return peak


def _decoded(path: Path) -> Iterator[NDArray[np.float32]]:
    """About ten seconds at a time, ``[n, 2]``."""
    with av.open(str(path)) as container:
        parts: list[NDArray[np.float32]] = []
        for frame in container.decode(container.streams.audio[0]):
            parts.append(np.asarray(frame.to_ndarray(), np.float32).T)
            if len(parts) * _FRAME >= 10 * SAMPLE_RATE:
                yield np.concatenate(parts)
                parts = []
        if parts:
            yield np.concatenate(parts)
