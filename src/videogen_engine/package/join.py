"""Segments and sound become one MP4 by copying packets: nothing is encoded twice."""

from __future__ import annotations

import contextlib
import itertools
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
        pictures = _pictures(segments, video, rate, ctx)
        sounds = _sound(reader.demux(audio_template), audio)
        second = 1 / (audio_template.time_base or Fraction(1, rate))
        # The writer sorts what it is given; a second of each track in turn is little for it to hold.
        while together := list(itertools.islice(pictures, rate)):
            writer.mux(together)
            writer.mux(list(_until(sounds, round(((together[-1].dts or 0) + 1) * second / rate))))
        writer.mux(list(sounds))


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


def _sound(packets: Iterator[Packet], track: Stream) -> Iterator[Packet]:
    for packet in packets:
        if packet.dts is not None:
            packet.stream = track
            yield packet


def _until(packets: Iterator[Packet], behind: int) -> Iterator[Packet]:
    """The packets up to the first that is decoded at ``behind`` or later, that one included."""
    for packet in packets:
        yield packet
        if (packet.dts or 0) >= behind:
            return


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
            ticks = _Ticks(source.time_base or tick, rate)
            for packet in reader.demux(source):
                if packet.dts is None or packet.pts is None:
                    continue
                if count == 0:
                    if not packet.is_keyframe:
                        raise InternalError("A segment does not start with a key frame.")
                    if shown == 0:
                        ahead = ticks.frames(packet.pts - packet.dts)
                packet.pts = shown + ticks.frames(packet.pts)
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


class _Ticks:
    """A file's time in frames. Whole numbers: fractions would cost more than copying."""

    def __init__(self, time_base: Fraction, rate: int) -> None:
        self._times, self._by = time_base.numerator * rate, time_base.denominator

    def frames(self, ticks: int) -> int:
        return (2 * ticks * self._times + self._by) // (2 * self._by)
