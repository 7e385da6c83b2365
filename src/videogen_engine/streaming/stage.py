"""The stage that makes a stream of a file: its packets copied, cut at key frames, with a playlist of the cuts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition
from av.stream import Stream as AvStream
from av.video.stream import VideoStream

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError
from videogen_engine.media_kinds import HEAD_BYTES, MediaKind, kind_of
from videogen_engine.stage import StageContext, content_key
from videogen_engine.streaming.model import STREAM_NAME, Stream, StreamRequest

VERSION = "1"
#: Text: the class is generic for type checkers alone.
AnyPacket: TypeAlias = "Packet[AvStream]"
#: Segments begin at the first key frame after this many seconds.
_SEGMENT_SECONDS: Final = 6
#: What players take out of fragmented MP4 as it is. AV1 and VP9 not all, but no worse than the file itself.
_COPIED_VIDEO: Final = frozenset({"h264", "hevc", "av1", "vp9"})
_RATE: Final = 48_000
_RECODED: Final = "The sound was encoded anew as AAC, which all players know; the pictures are as they were."
_RECODED_SOUND: Final = "The sound was encoded anew as AAC, which all players know."


def make_stream(request: StreamRequest, ctx: StageContext) -> Stream:
    """Raises InputError for pictures that no player streams without encoding them anew, and for broken files."""
    path = ctx.store.path(request.media)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None or FileType.AUDIO not in kind.types:
        raise InputError("The file has neither sound nor moving pictures.", code="not_streamable")
    playlist = ctx.temporary(".m3u8")
    media = playlist.with_name(f"{playlist.stem}.mp4")
    try:
        notes = _write(path, kind, playlist, media, ctx)
    except (FFmpegError, UnicodeDecodeError, ValueError) as error:
        raise InputError(
            f"The {kind.name} file is damaged or incomplete; no stream can be made of it.", code="damaged_media"
        ) from error
    # The muxer names the media by its path here; players ask for it beside the playlist.
    text = re.sub(
        rf"(^|URI=\"){re.escape(media.name)}", rf"\g<1>{STREAM_NAME}", playlist.read_text(), flags=re.MULTILINE
    )
    playlist.write_text(text, encoding="utf-8")
    return Stream(
        playlist=ctx.store.publish(
            content_key("stream", VERSION, request, ".m3u8"), playlist, "application/vnd.apple.mpegurl"
        ),
        media=ctx.store.publish(content_key("stream", VERSION, request, ".mp4"), media, "video/mp4"),
        notes=notes,
    )


def _write(path: Path, kind: MediaKind, playlist: Path, media: Path, ctx: StageContext) -> tuple[str, ...]:
    options = {
        "hls_time": str(_SEGMENT_SECONDS),
        "hls_list_size": "0",
        "hls_playlist_type": "vod",
        "hls_segment_type": "fmp4",
        "hls_flags": "single_file+independent_segments",
        "hls_segment_filename": str(media),
    }
    with (
        # Opened as the one format its first bytes name, which keeps playlists of other files out.
        av.open(str(path), "r", format=kind.reader, metadata_errors="ignore") as source,
        av.open(str(playlist), "w", format="hls", options=options) as target,
    ):
        video, sound = _video_of(source), next(iter(source.streams.audio), None)
        if video is None and sound is None:
            raise InputError("The file has neither sound nor moving pictures.", code="not_streamable")
        recoded = sound is not None and sound.codec_context.name != "aac"
        for packet in _packets(source, target, video, sound, ctx, recoded=recoded):
            target.mux(packet)  # pyright: ignore[reportUnknownMemberType]  # generic without its argument
    if not recoded:
        return ()
    return (_RECODED if video is not None else _RECODED_SOUND,)


def _packets(
    source: InputContainer,
    target: OutputContainer,
    video: VideoStream | None,
    sound: AudioStream | None,
    ctx: StageContext,
    *,
    recoded: bool,
) -> Iterator[AnyPacket]:
    copies: dict[int, AvStream] = {}
    if video is not None:
        copies[video.index] = _copy_of(target, video)
    anew = _Anew(target) if recoded else None
    if sound is not None and anew is None:
        copies[sound.index] = _copy_of(target, sound)
    total = (source.duration or 0) / 1_000_000
    for packet in source.demux(*(one for one in (video, sound) if one is not None)):
        ctx.check()
        if packet.dts is None:
            continue
        ctx.report(0.98 * min(1.0, float(packet.dts * packet.time_base) / max(total, 0.1)), "Making the stream")
        if packet.stream_index in copies:
            packet.stream = copies[packet.stream_index]
            yield packet
        elif anew is not None:
            yield from anew.packets(packet)
    if anew is not None:
        yield from anew.rest()


def _copy_of(target: OutputContainer, stream: VideoStream | AudioStream) -> AvStream:
    copy = target.add_stream_from_template(stream)  # pyright: ignore[reportUnknownMemberType]  # generic without its argument
    if stream.codec_context.name == "hevc":
        # Without this name for it, the players of one large maker show nothing.
        copy.codec_context.codec_tag = "hvc1"
    return copy


class _Anew:
    """Sound of any kind as AAC, stereo at 48 kHz."""

    def __init__(self, target: OutputContainer) -> None:
        stream = target.add_stream(  # pyright: ignore[reportUnknownMemberType]  # its options are not typed
            "aac", rate=_RATE
        )
        stream.codec_context.layout = "stereo"
        stream.codec_context.bit_rate = 160_000
        self._stream = stream
        self._resampler = AudioResampler(format="fltp", layout="stereo", rate=_RATE)
        self._next: int | None = None

    def packets(self, packet: AnyPacket) -> Iterator[AnyPacket]:
        for decoded in packet.decode():
            if isinstance(decoded, AudioFrame):
                for frame in self._resampler.resample(decoded):
                    yield from self._encoded(frame)

    def rest(self) -> Iterator[AnyPacket]:
        for frame in self._resampler.resample(None):
            yield from self._encoded(frame)
        yield from self._stream.encode(None)  # pyright: ignore[reportUnknownMemberType]  # generic without its argument

    def _encoded(self, frame: AudioFrame) -> Iterator[AnyPacket]:
        # One clock without gaps, begun where the sound begins: what decoders round would tear it.
        if self._next is None:
            self._next = round((frame.time or 0.0) * _RATE)
        frame.pts, frame.time_base = self._next, Fraction(1, _RATE)
        self._next += frame.samples
        yield from self._stream.encode(frame)  # pyright: ignore[reportUnknownMemberType]  # generic without its argument


def _video_of(source: InputContainer) -> VideoStream | None:
    """The moving pictures; a cover is none. Raises InputError for those that cannot be copied."""
    found = next((one for one in source.streams.video if not one.disposition & Disposition.attached_pic), None)
    if found is not None and found.codec_context.name not in _COPIED_VIDEO:
        raise InputError(
            f"Video encoded as {found.codec_context.name} cannot be streamed; the file itself is public all the same.",
            code="not_streamable",
            next_step="Upload it as H.264 in MP4 to have a stream as well.",
        )
    return found
