"""The recording as a transcriber takes it: small compressed files, cut in pauses."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np
from av.audio.frame import AudioFrame

from videogen_engine.listening.lower_rate import RATE, at_16_khz
from videogen_engine.listening.model import Silence, SpeechPart, SpeechParts, SpeechPartsRequest
from videogen_engine.listening.stage import read_slice
from videogen_engine.render.container import add_audio, create
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext

VERSION: Final = "1"
#: Samples of a part at most; of its end, in which the longest pause is sought; encoded at a time.
_MOST: Final = 8 * 60 * SAMPLE_RATE
_SEARCH: Final = 2 * 60 * SAMPLE_RATE
_CHUNK: Final = SAMPLE_RATE * 10
_BITS: Final = 64_000


def split_speech(request: SpeechPartsRequest, ctx: StageContext) -> SpeechParts:
    """Parts of at most eight minutes (4 MB), one after the other, that are the whole recording."""
    recording = request.recording
    source = ctx.store.path(recording.sound)
    parts: list[SpeechPart] = []
    start = 0
    while start < recording.samples:
        end = _end(start, recording.samples, recording.silences)
        sound = ctx.cached_file(
            "speech-part",
            VERSION,
            {"sound": recording.sound.key, "start": start, "end": end},
            suffix=".mp3",
            media_type="audio/mpeg",
            make=lambda path, first=start, last=end: _encode(source, first, last, path, ctx),
        )
        parts.append(SpeechPart(sound=sound, start=start / SAMPLE_RATE, seconds=(end - start) / SAMPLE_RATE))
        ctx.report(end / recording.samples, "Preparing the recording for the transcriber")
        start = end
    return SpeechParts(parts=tuple(parts))


def _end(start: int, total: int, silences: tuple[Silence, ...]) -> int:
    if total - start <= _MOST:
        return total
    late = [one for one in silences if start + _MOST - _SEARCH <= one.start and one.end <= start + _MOST]
    if not late:
        return start + _MOST
    longest = max(late, key=lambda one: one.end - one.start)
    return (longest.start + longest.end) // 2


def _encode(source: Path, start: int, end: int, target: Path, ctx: StageContext) -> None:
    writer = create(target, container="mp3")
    try:
        track = add_audio(writer, "libmp3lame", RATE, {"compression_level": "5"})
        context = track.codec_context
        context.layout = "mono"
        context.format = "s16p"
        context.bit_rate = _BITS
        context.time_base = Fraction(1, RATE)
        written = 0
        for first in range(start, end, _CHUNK):
            ctx.check()
            samples = at_16_khz(read_slice(source, first, min(first + _CHUNK, end)))
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples[None, :]), format="s16p", layout="mono")
            frame.sample_rate = RATE
            frame.time_base = Fraction(1, RATE)
            frame.pts = written
            written += len(samples)
            writer.mux(track.encode(frame))
        writer.mux(track.encode(None))
    finally:
        writer.close()
