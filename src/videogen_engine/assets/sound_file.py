"""The sound file stage: what a stage made for the engine becomes a small file that plays everywhere.

MP3, because browsers, phones, chats and every editing program take it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from videogen_engine.assets.sound_model import SoundFile, SoundFileRequest
from videogen_engine.loudness import true_peak_dbtp
from videogen_engine.package.mastering import Master, loudness_of, master
from videogen_engine.package.pcm_file import PcmFile
from videogen_engine.probe_model import Thumbnail
from videogen_engine.render.container import add_audio, create
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext, content_key

#: Part of the file's key; raise it when the same request would sound or look different.
VERSION: Final = "1"
KIND: Final = "sound-file"
#: Bits per second, with one channel and with two.
_BIT_RATES: Final = (96_000, 192_000)
#: Measured over noise, clicks and music: MP3 at these rates adds at most 0.9 dB to a peak.
_MAX_DBTP: Final = -2.0
_CHUNK: Final = 1152 * 64
#: The picture of a sound: bars of how loud it is, in time.
_PICTURE: Final = (640, 360)
_BARS: Final = 80
_GROUND, _INK, _LINE = (24, 27, 46), (124, 196, 255), (52, 58, 92)


def make_sound_file(request: SoundFileRequest, ctx: StageContext) -> SoundFile:
    """The sound as MP3, and a picture of it. Raises StageCancelledError."""

    def make() -> SoundFile:
        source = ctx.store.path(request.media)
        count, channels = _extent(source)
        heard_at, room_at, file_at, picture_at = (ctx.temporary(suffix) for suffix in (".pcm", ".pcm", ".mp3", ".jpg"))
        try:
            with PcmFile(heard_at, count, channels) as heard, PcmFile(room_at, count, channels) as room:
                _decode(source, heard, ctx)
                ctx.report(0.3, "levelling")
                done = master(heard, _MAX_DBTP, ctx, room) if request.mastered else _as_it_is(heard)
                ctx.report(0.6, "writing")
                _encode(done, file_at, ctx)
                _paint(done, picture_at)
            silent = done.lufs == -math.inf
            picture = ctx.store.publish(picture_key, picture_at, "image/jpeg")
            return SoundFile(
                media=ctx.store.publish(key, file_at, "audio/mpeg"),
                seconds=round(count / SAMPLE_RATE, 3),
                thumbnail=Thumbnail(media=picture, width=_PICTURE[0], height=_PICTURE[1]),
                integrated_lufs=None if silent else round(done.lufs, 2),
                true_peak_dbtp=None if silent else round(done.dbtp, 2),
            )
        finally:
            for path in (heard_at, room_at, file_at, picture_at):
                path.unlink(missing_ok=True)

    key, picture_key = (content_key(KIND, VERSION, request, suffix) for suffix in (".mp3", ".jpg"))
    file = ctx.cached_model(KIND, VERSION, request, SoundFile, make)
    # What is known about the file may outlive the file itself, which is larger.
    return file if ctx.store.find(key) is not None and ctx.store.find(picture_key) is not None else make()


def _extent(path: Path) -> tuple[int, int]:
    """Samples and channels (1 or 2)."""
    count = channels = 0
    for part in _decoded(path):
        count, channels = count + len(part), 1 if part.ndim == 1 else 2
    return count, channels


def _decode(path: Path, target: PcmFile, ctx: StageContext) -> None:
    start = 0
    for part in _decoded(path):
        ctx.check()
        target.write(start, part)
        start += len(part)


def _decoded(path: Path) -> Iterator[NDArray[np.int16]]:
    """A second or so at a time, ``[n]`` or ``[n, 2]``."""
    with av.open(str(path)) as container:
        track = container.streams.audio[0]
        stereo = track.codec_context.layout.nb_channels > 1
        resampler = AudioResampler(format="s16", layout="stereo" if stereo else "mono", rate=SAMPLE_RATE)
        parts: list[NDArray[np.int16]] = []
        for frame in (*container.decode(track), None):
            for same in resampler.resample(frame):
                parts.append(np.asarray(same.to_ndarray(), np.int16).reshape(-1))
            if parts and (frame is None or sum(map(len, parts)) >= _CHUNK):
                joined, parts = np.concatenate(parts), []
                yield joined.reshape(-1, 2) if stereo else joined


def _as_it_is(samples: PcmFile) -> Master:
    return Master(samples, 1.0, loudness_of(samples), true_peak_dbtp(samples.as_array(), SAMPLE_RATE))


def _encode(sound: Master, path: Path, ctx: StageContext) -> None:
    stereo = sound.samples.ndim == 2
    layout = "stereo" if stereo else "mono"
    writer = create(path, container="mp3")
    try:
        track = add_audio(writer, "libmp3lame", SAMPLE_RATE, {"compression_level": "3"})
        context = track.codec_context
        context.layout = layout
        context.format = "fltp"
        context.bit_rate = _BIT_RATES[stereo]
        context.time_base = Fraction(1, SAMPLE_RATE)
        for start in range(0, len(sound.samples), _CHUNK):
            ctx.check()
            part = sound.samples[start : start + _CHUNK].astype(np.float32) * np.float32(sound.gain / 32768)
            planar = np.ascontiguousarray(part.T) if stereo else part.reshape(1, -1)
            frame = AudioFrame.from_ndarray(planar, format="fltp", layout=layout)
            frame.sample_rate = SAMPLE_RATE
            frame.time_base = Fraction(1, SAMPLE_RATE)
            frame.pts = start
            writer.mux(track.encode(frame))
        writer.mux(track.encode(None))
    finally:
        writer.close()


def _paint(sound: Master, path: Path) -> None:
    """Bars as tall as the loudest moment of their stretch, on a scale of 48 dB."""
    width, height = _PICTURE
    picture = Image.new("RGB", _PICTURE, _GROUND)
    draw = ImageDraw.Draw(picture)
    middle, pitch = height // 2, width / _BARS
    draw.rectangle((0, middle, width, middle), fill=_LINE)
    edges = np.linspace(0, len(sound.samples), _BARS + 1).astype(int)
    for bar in range(_BARS):
        part = sound.samples[int(edges[bar]) : int(edges[bar + 1])]
        peak = float(np.abs(part.astype(np.float32)).max(initial=0)) * sound.gain / 32768
        share = max(0.0, 1 + 20 * math.log10(max(peak, 1e-6)) / 48)
        reach = max(1, round(share * height * 0.42))
        left = bar * pitch + pitch * 0.2
        draw.rounded_rectangle((left, middle - reach, left + pitch * 0.6, middle + reach), pitch * 0.3, fill=_INK)
    picture.save(path, "JPEG", quality=85)
