"""Segments and sound become one MP4 by copying packets: nothing is encoded twice."""

from __future__ import annotations

import contextlib
import heapq
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from videogen_agents.errors import InternalError
from videogen_engine.render.container import Packet, Stream, create, open_track
from videogen_engine.render.model import Segment
from videogen_engine.stage import StageContext

MEDIA_TYPE: Final = "video/mp4"
#: ISO 639-2 codes that an MP4 wants for its sound, by the language's first subtag.
_ISO_639_2: Final = {
    "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell",
    "en": "eng", "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "lv": "lav",
    "ms": "msa", "nb": "nob", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus",
    "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel", "th": "tha",
    "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip


def join(
    segments: Sequence[Segment],
    sound: Path,
    target: Path,
    *,
    rate: int,
    title: str,
    language: str,
    ctx: StageContext,
) -> None:
    """Write the film to ``target``, index first, with strictly rising timestamps.

    Raises InternalError when a segment does not fit: other parameter sets than the first, no key frame at
    its start, or another number of frames than it should have.
    """
    if not segments:
        raise InternalError("There are no segments to join.")
    with contextlib.ExitStack() as stack:
        first, video_template = open_track(ctx.store.path(segments[0].media), "video")
        stack.callback(first.close)
        reader, audio_template = open_track(sound, "audio")
        stack.callback(reader.close)
        writer = create(target, {"movflags": "+faststart"})
        stack.callback(writer.close)
        video = writer.add_stream_from_template(video_template)
        audio = writer.add_stream_from_template(audio_template)
        audio.metadata["language"] = _ISO_639_2.get(language.split("-")[0].lower(), "und")
        writer.metadata["title"] = title
        ordered = heapq.merge(
            _pictures(segments, video, rate, ctx), _sound(reader.demux(audio_template), audio), key=_decoding_time
        )
        for packet in ordered:
            writer.mux(packet)


def join_pictures(segments: Sequence[Segment], target: Path, *, rate: int, ctx: StageContext) -> None:
    """Write the segments to ``target`` without sound. Raises InternalError as ``join`` does."""
    if not segments:
        raise InternalError("There are no segments to join.")
    with contextlib.ExitStack() as stack:
        first, template = open_track(ctx.store.path(segments[0].media), "video")
        stack.callback(first.close)
        writer = create(target, {"movflags": "+faststart"})
        stack.callback(writer.close)
        video = writer.add_stream_from_template(template)
        for packet in _pictures(segments, video, rate, ctx):
            writer.mux(packet)


def _decoding_time(packet: Packet) -> float:
    return (packet.dts or 0) * float(packet.time_base)


def _sound(packets: Iterator[Packet], track: Stream) -> Iterator[Packet]:
    for packet in packets:
        if packet.dts is not None:
            packet.stream = track
            yield packet


def _pictures(segments: Sequence[Segment], track: Stream, rate: int, ctx: StageContext) -> Iterator[Packet]:
    """Packets of all segments. Frames are numbered through; decoding is a constant time ahead of showing."""
    tick = Fraction(1, rate)
    shown = 0
    sets: bytes | None = None
    ahead = 0
    for segment in segments:
        ctx.check()
        reader, source = open_track(ctx.store.path(segment.media), "video")
        try:
            own = parameter_sets(source)
            if sets is None:
                sets = own
            elif sets != own:
                raise InternalError("Two segments were encoded with different settings.")
            count = 0
            for packet in reader.demux(source):
                if packet.dts is None or packet.pts is None:
                    continue
                if count == 0:
                    if not packet.is_keyframe:
                        raise InternalError("A segment does not start with a key frame.")
                    if shown == 0:
                        ahead = _frames(packet.pts - packet.dts, packet.time_base, rate)
                packet.pts = shown + _frames(packet.pts, packet.time_base, rate)
                packet.dts = shown + count - ahead
                packet.duration = 1
                packet.time_base = tick
                packet.stream = track
                count += 1
                yield packet
            if count != segment.frames:
                raise InternalError(f"A segment has {count} frames instead of {segment.frames}.")
            shown += count
        finally:
            reader.close()


def parameter_sets(stream: Stream) -> bytes:
    """The codec's out-of-band headers."""
    return bytes(stream.codec_context.extradata or b"")


def _frames(ticks: int, time_base: Fraction, rate: int) -> int:
    return round(ticks * time_base * rate)
