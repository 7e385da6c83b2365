"""A finished video gets its source's sound: the same samples as AAC, nothing levelled."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np
from av.audio.frame import AudioFrame

from videogen_engine.render.container import AudioTrack, Writer, add_audio, create, open_track
from videogen_engine.restyle.footage import Footage
from videogen_engine.restyle.sound import write_slices
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext

_BLOCK: Final = 1024 * 16


def with_sound(silent: Path, footage: Footage, frames: int, target: Path, ctx: StageContext) -> bool:
    """Copy the pictures of ``silent`` to ``target`` and add the sound; False when there is none."""
    heard = ctx.temporary(".wav")
    try:
        bounds = (0, frames * SAMPLE_RATE // footage.rate)
        channels = write_slices(footage, bounds, [heard], ctx) if footage.has_sound else 0
        writer = create(target, {"movflags": "+faststart"})
        try:
            reader, source = open_track(silent, "video")
            try:
                track = writer.add_stream_from_template(source)
                sound = None
                if channels:
                    sound = add_audio(writer, "aac", SAMPLE_RATE, {"aac_coder": "fast"})
                    context = sound.codec_context
                    context.layout = "mono" if channels == 1 else "stereo"
                    context.bit_rate = 96_000 * channels
                    context.time_base = Fraction(1, SAMPLE_RATE)
                for packet in reader.demux(source):
                    if packet.dts is not None:
                        ctx.check()
                        packet.stream = track
                        writer.mux(packet)
            finally:
                reader.close()
            if sound is not None:
                _encode(heard, channels, writer, sound, ctx)
        finally:
            writer.close()
        return bool(channels)
    finally:
        heard.unlink(missing_ok=True)


def _encode(heard: Path, channels: int, writer: Writer, track: AudioTrack, ctx: StageContext) -> None:
    layout = "mono" if channels == 1 else "stereo"
    with wave.open(str(heard), "rb") as file:
        at = 0
        while data := file.readframes(_BLOCK):
            ctx.check()
            part = np.frombuffer(data, "<i2").reshape(-1, channels).astype(np.float32).T / 32768
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(part), format="fltp", layout=layout)
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, at, Fraction(1, SAMPLE_RATE)
            at += part.shape[1]
            writer.mux(track.encode(frame))
        writer.mux(track.encode(None))
