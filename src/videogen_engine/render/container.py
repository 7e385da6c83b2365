"""Typed access to the parts of PyAV that write and copy streams; its own stubs leave their packets untyped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final, Protocol, cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

#: No creation time and no library version in the file.
_REPRODUCIBLE: Final = {"fflags": "+bitexact"}


class Stream(Protocol):
    """A track of a file. ``time_base`` is the muxer's choice once the header is written."""

    time_base: Fraction | None
    metadata: dict[str, str]

    @property
    def codec_context(self) -> CodecContext: ...


class Packet(Protocol):
    """Encoded data with its times in ``time_base``."""

    stream: Stream
    pts: int | None
    dts: int | None
    duration: int | None
    time_base: Fraction
    is_keyframe: bool
    size: int


class VideoTrack(Stream, Protocol):
    @property
    def codec_context(self) -> VideoCodecContext: ...
    def encode(self, frame: VideoFrame | None) -> Sequence[Packet]: ...


class AudioTrack(Stream, Protocol):
    @property
    def codec_context(self) -> AudioCodecContext: ...
    def encode(self, frame: AudioFrame | None) -> Sequence[Packet]: ...


class Writer(Protocol):
    """A file being written."""

    metadata: dict[str, str]

    def add_stream(self, codec_name: str, rate: int, options: dict[str, str]) -> Stream: ...
    def add_stream_from_template(self, template: Stream) -> Stream: ...
    def mux(self, packets: Packet | Sequence[Packet]) -> None: ...
    def close(self) -> None: ...


class Reader(Protocol):
    """A file being read."""

    def demux(self, streams: Stream) -> Iterator[Packet]: ...
    def close(self) -> None: ...


def create(path: Path, options: Mapping[str, str] | None = None, *, container: str = "mp4") -> Writer:
    """Begin a file of FFmpeg's ``container`` whose bytes depend on nothing but what is put into it."""
    return cast(
        Writer, cast(object, av.open(str(path), "w", format=container, options={**_REPRODUCIBLE, **(options or {})}))
    )


def add_video(writer: Writer, codec: str, rate: int, options: Mapping[str, str]) -> VideoTrack:
    return cast(VideoTrack, writer.add_stream(codec, rate, dict(options)))


def add_audio(writer: Writer, codec: str, rate: int, options: Mapping[str, str]) -> AudioTrack:
    return cast(AudioTrack, writer.add_stream(codec, rate, dict(options)))


def open_track(path: Path, kind: str) -> tuple[Reader, Stream]:
    """The file and its first ``video`` or ``audio`` stream, to copy packets from: it will not decode.

    Raises IndexError when there is none.
    """
    # Opening a file decodes a picture to learn what the headers say already; that costs more than copying.
    container = av.open(str(path), options={"threads": "1", "skip_frame": "all"})
    streams = container.streams.video if kind == "video" else container.streams.audio
    return cast(Reader, cast(object, container)), cast(Stream, cast(object, streams[0]))
