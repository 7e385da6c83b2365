"""What is read of a film once: the size of every coded picture, and where it is asked for key pictures and sound.

Decoding every picture would cost a third of making the film. Coded sizes show where nothing moves, and only such
places are looked at more closely.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

import av
import av.error
import cv2
import numpy as np
from av.codec.context import ThreadType
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.package.pcm_file import PcmFile
from videogen_engine.stage import StageContext

Gray = NDArray[np.uint8]
#: Sides that pictures are looked at in.
LOOK: Final = (192, 192)
#: Decoded frames of sound that are written together: about two seconds.
_FRAMES_AT_ONCE: Final = 96


@dataclass(frozen=True)
class FilmFile:
    """What the coded tracks tell without being decoded; ``sizes`` in bytes, in order of showing.

    ``pictures`` and ``sounds`` are digests of the tracks: what was found in equal ones need not be looked for again.
    ``sound_samples`` is how many there are at most, 0 when the film has no sound; ``sound_rate`` is a second's.
    """

    width: int
    height: int
    shape: Fraction
    sizes: NDArray[np.int64]
    pictures: str
    sounds: str
    sound_samples: int
    sound_rate: int


def read_film(path: Path, ctx: StageContext) -> FilmFile:
    """Raises InputError for a file that cannot be read."""
    try:
        # Opening a file would decode pictures to learn what the headers say already.
        with av.open(str(path), options={"threads": "1", "skip_frame": "all"}) as container:
            video = container.streams.video[0]
            audio = container.streams.audio[0] if container.streams.audio else None
            digests = {stream.index: hashlib.blake2b(digest_size=20) for stream in (video, audio) if stream is not None}
            sizes: list[tuple[int, int]] = []
            ticks = 0
            for packet in container.demux(*(stream for stream in (video, audio) if stream is not None)):
                ctx.check()
                if packet.pts is None:
                    continue
                digest = digests[packet.stream.index]
                digest.update(struct.pack("<qq", packet.pts, packet.size))
                digest.update(bytes(packet))
                if packet.stream.index == video.index:
                    sizes.append((packet.pts, packet.size))
                else:
                    ticks = max(ticks, packet.pts + (packet.duration or 0))
            context = video.codec_context
            rate = audio.codec_context.sample_rate if audio is not None else 48_000
            base = audio.time_base if audio is not None else None
            return FilmFile(
                width=context.width,
                height=context.height,
                shape=context.sample_aspect_ratio or Fraction(1),
                sizes=np.array([size for _, size in sorted(sizes)], np.int64),
                pictures=digests[video.index].hexdigest(),
                sounds="" if audio is None else digests[audio.index].hexdigest(),
                sound_samples=math.ceil(ticks * (base or Fraction(1, rate)) * rate),
                sound_rate=rate,
            )
    except (av.error.FFmpegError, IndexError) as error:
        raise _undecodable() from error


def key_pictures(path: Path, rate: int, ctx: StageContext) -> list[tuple[int, Gray]]:
    """Frame numbers of the key pictures, with them, small and gray (luma 16–235). Raises InputError."""
    keys: list[tuple[int, Gray]] = []
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.skip_frame = "NONKEY"
            for frame in container.decode(stream):
                ctx.check()
                keys.append((number_of(frame, rate), gray(frame)))
    except (av.error.FFmpegError, IndexError) as error:
        raise _undecodable() from error
    return keys


def look_at(path: Path, numbers: Iterable[int], rate: int, ctx: StageContext) -> dict[int, Gray]:
    """Some frames, each decoded from the key picture before it."""
    found: dict[int, Gray] = {}
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type = ThreadType.NONE
        base = stream.time_base or Fraction(1, rate)
        for wanted in sorted(set(numbers)):
            container.seek(int(Fraction(wanted, rate) / base), stream=stream, backward=True)
            for frame in container.decode(stream):
                ctx.check()
                if number_of(frame, rate) >= wanted:
                    found[wanted] = gray(frame)
                    break
    return found


def number_of(frame: VideoFrame, rate: int) -> int:
    return round((frame.time or 0.0) * rate)


def gray(frame: VideoFrame) -> Gray:
    """The luma plane, small."""
    plane = frame.planes[0]
    rows = np.frombuffer(cast(memoryview, cast(object, plane)), np.uint8).reshape(-1, plane.line_size)
    luma = rows[: frame.height, : frame.width]
    return np.asarray(cv2.resize(luma, LOOK, interpolation=cv2.INTER_AREA), np.uint8)


def read_sound(path: Path, film: FilmFile, target: Path, ctx: StageContext) -> PcmFile:
    """The film's sound in a file at ``target``, ``[n, channels]``, 16 bits. Raises InputError."""
    sound: PcmFile | None = None
    at = 0
    try:
        with av.open(str(path)) as container:
            stream = container.streams.audio[0]
            channels = stream.codec_context.channels
            sound = PcmFile(target, film.sound_samples, channels)
            waiting: list[NDArray[np.float32]] = []

            def write() -> None:
                nonlocal at
                samples = np.concatenate(waiting, axis=1).T * np.float32(32768)
                assert sound is not None
                sound.write(at, np.clip(np.rint(samples, out=samples), -32768, 32767).astype(np.int16))
                at += len(samples)
                waiting.clear()

            for frame in container.decode(stream):
                waiting.append(np.asarray(frame.to_ndarray(), np.float32).reshape(channels, -1))
                if len(waiting) == _FRAMES_AT_ONCE:
                    ctx.check()
                    write()
            if waiting:
                write()
        sound.shorten(at)
    except BaseException as error:
        if sound is not None:
            sound.close()
        if isinstance(error, av.error.FFmpegError | IndexError):
            raise _undecodable() from error
        raise
    return sound


def _undecodable() -> InputError:
    return InputError("The film cannot be decoded.", code="unreadable_film")
