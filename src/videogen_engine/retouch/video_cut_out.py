"""The video cutting-out stage: a WebM of the subject alone, with transparency."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from videogen_engine.render.container import AudioTrack, Writer, add_audio, add_video, create
from videogen_engine.restyle.footage import open_footage, pictures, steady
from videogen_engine.restyle.sound import write_slices
from videogen_engine.restyle.stage import through
from videogen_engine.restyle.survey import survey
from videogen_engine.retouch.model import CUT_OUT_SECONDS, Retouched, RetouchRequest
from videogen_engine.retouch.moving_subject import find_cutter
from videogen_engine.retouch.picture_file import kept
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext
from videogen_engine.visuals.pixels import Pixels

VERSION: Final = "1"
_LINES: Final = 720
_SAMPLES: Final = 25
#: One thread, so that equal frames give equal bytes; no hidden frames, which VP9 has no transparency for.
_VP9: Final = {
    "crf": "26", "b": "0", "deadline": "good", "cpu-used": "5", "auto-alt-ref": "0", "row-mt": "0", "threads": "1",
}  # fmt: skip
_BLOCK: Final = 960 * 16


def cut_out_video(request: RetouchRequest, ctx: StageContext) -> Retouched:
    """Raises InputError for what cannot be decoded and where no subject can be told, LimitError for too long."""

    def make(path: Path) -> tuple[Pixels, tuple[int, int], float, tuple[str, ...]]:
        footage = open_footage(ctx.store.path(request.media))
        size = footage.size(min(request.lines or _LINES, _LINES))
        seen = survey(footage, CUT_OUT_SECONDS, ctx)
        wanted = {round((number + 0.5) * seen.frames / _SAMPLES) for number in range(_SAMPLES)}
        frames = steady(pictures(footage, size, ctx), footage.rate, seen.frames)
        samples = [frame for number, frame in enumerate(frames) if number in wanted]
        ctx.report(0.2, "Looking for the subject")
        cut, how = find_cutter(samples)

        def cleared(frame: Pixels, _number: int) -> Pixels:
            colours, alpha = cut(frame)
            codes = np.rint(alpha * 255).astype(np.uint8)
            # Under what is not seen lies black: it codes best.
            return np.dstack([np.where(codes[..., None] > 0, colours, 0), codes])

        shown: Pixels | None = None
        writer = create(path, container="webm")
        heard = ctx.temporary(".wav")
        try:
            video = add_video(writer, "libvpx-vp9", footage.rate, _VP9)
            context = video.codec_context
            context.width, context.height, context.pix_fmt = size[0], size[1], "yuva420p"
            context.time_base = Fraction(1, footage.rate)
            context.thread_count = 1
            video.metadata["alpha_mode"] = "1"
            bounds = (0, seen.frames * SAMPLE_RATE // footage.rate)
            channels = write_slices(footage, bounds, [heard], ctx) if footage.has_sound else 0
            sound = _opus(writer, channels) if channels else None
            frames = steady(pictures(footage, size, ctx), footage.rate, seen.frames)
            for number, picture in enumerate(through(cleared, frames, ctx)):
                shown = picture if shown is None or number == seen.frames // 2 else shown
                rgba = np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_BGRA2RGBA))
                frame = VideoFrame.from_ndarray(np.asarray(rgba, dtype=np.uint8), format="rgba").reformat(
                    format="yuva420p"
                )
                frame.pts, frame.time_base = number, Fraction(1, footage.rate)
                writer.mux(video.encode(frame))
                ctx.report(0.2 + 0.75 * (number + 1) / seen.frames, f"{number + 1} of {seen.frames} frames")
            writer.mux(video.encode(None))
            if sound is not None:
                _encode(heard, channels, writer, sound, ctx)
        finally:
            writer.close()
            heard.unlink(missing_ok=True)
        assert shown is not None
        return shown, size, seen.frames / footage.rate, (how,)

    inputs = {"media": request.media.key, "lines": request.lines}
    return kept("cut-out-video", VERSION, inputs, ".webm", "video/webm", make, ctx)


def _opus(writer: Writer, channels: int) -> AudioTrack:
    track = add_audio(writer, "libopus", SAMPLE_RATE, {"b": str(64_000 * channels)})
    context = track.codec_context
    context.layout, context.format = "mono" if channels == 1 else "stereo", "s16"
    context.time_base = Fraction(1, SAMPLE_RATE)
    return track


def _encode(heard: Path, channels: int, writer: Writer, track: AudioTrack, ctx: StageContext) -> None:
    with wave.open(str(heard), "rb") as file:
        at = 0
        while data := file.readframes(_BLOCK):
            ctx.check()
            samples = np.frombuffer(data, "<i2").reshape(1, -1)
            frame = AudioFrame.from_ndarray(samples, format="s16", layout="mono" if channels == 1 else "stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, at, Fraction(1, SAMPLE_RATE)
            at += samples.shape[1] // channels
            writer.mux(track.encode(frame))
        writer.mux(track.encode(None))
