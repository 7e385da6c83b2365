"""What is read of a film once: the size of every coded picture, and where it is asked for key pictures and sound.

Decoding every picture would cost a third of making the film. Coded sizes show where nothing moves, and only such
places are looked at more closely.
"""

from __future__ import annotations

import bisect
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
from av.audio.fifo import AudioFifo
from av.codec.context import ThreadType
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.package.pcm_file import PcmFile
from videogen_engine.stage import StageContext, content_key

Gray = NDArray[np.uint8]
#: Sides that pictures are looked at in.
LOOK: Final = (192, 192)
#: Part of the looks' keys; raise it when the same frame would look different.
_LOOK_VERSION: Final = "1"
#: Decoded sound that is written together.
_SAMPLES_AT_ONCE: Final = 96_000


@dataclass(frozen=True)
class FilmFile:
    """What the coded tracks tell without being decoded; ``sizes`` in bytes, in order of showing.

    ``pictures`` and ``sounds`` are digests of the tracks: what was found in equal ones need not be looked for again.
    ``groups`` are the frames at which key pictures are, each with the digest of all that follows up to the next.
    ``sound_samples`` is how many there are at most, 0 when the film has no sound; ``sound_rate`` is a second's.
    """

    width: int
    height: int
    shape: Fraction
    sizes: NDArray[np.int64]
    pictures: str
    groups: tuple[tuple[int, str], ...]
    sounds: str
    sound_samples: int
    sound_rate: int


def read_film(path: Path, rate: int, ctx: StageContext) -> FilmFile:
    """Raises InputError for a file that cannot be read."""
    try:
        # Opening a file would decode pictures to learn what the headers say already.
        with av.open(str(path), options={"threads": "1", "skip_frame": "all"}) as container:
            video = container.streams.video[0]
            audio = container.streams.audio[0] if container.streams.audio else None
            digests = {stream.index: hashlib.blake2b(digest_size=20) for stream in (video, audio) if stream is not None}
            sizes: list[tuple[int, int]] = []
            groups: list[tuple[int, hashlib.blake2b]] = []
            ticks = 0
            for packet in container.demux(*(stream for stream in (video, audio) if stream is not None)):
                ctx.check()
                if packet.pts is None:
                    continue
                data = bytes(packet)
                digest = digests[packet.stream.index]
                digest.update(struct.pack("<qq", packet.pts, packet.size))
                digest.update(data)
                if packet.stream.index == video.index:
                    sizes.append((packet.pts, packet.size))
                    if packet.is_keyframe:
                        number = round(packet.pts * (video.time_base or Fraction(1, rate)) * rate)
                        groups.append((number, hashlib.blake2b(bytes(video.codec_context.extradata or b""))))
                    for _, group in groups[-1:]:
                        group.update(data)
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
                groups=tuple((number, group.hexdigest()[:40]) for number, group in sorted(groups, key=_first)),
                sounds="" if audio is None else digests[audio.index].hexdigest(),
                sound_samples=math.ceil(ticks * (base or Fraction(1, rate)) * rate),
                sound_rate=rate,
            )
    except (av.error.FFmpegError, IndexError) as error:
        raise _undecodable() from error


def key_pictures(path: Path, film: FilmFile, rate: int, ctx: StageContext) -> list[tuple[int, Gray]]:
    """Frame numbers of the key pictures, with them, small and gray (luma 16–235). Raises InputError."""
    numbers = [number for number, _ in film.groups]
    if sum(_kept(film, number, ctx) is None for number in numbers) * 3 <= len(numbers):
        return sorted(look_at(path, film, numbers, rate, ctx).items())
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
    for number, picture in keys:
        _keep(film, number, picture, ctx)
    return keys


def look_at(path: Path, film: FilmFile, numbers: Iterable[int], rate: int, ctx: StageContext) -> dict[int, Gray]:
    """Some frames, each decoded from the key picture before it, once for as long as nothing up to the next changes."""
    wanted = sorted(set(numbers))
    found = {number: picture for number in wanted if (picture := _kept(film, number, ctx)) is not None}
    missing = [number for number in wanted if number not in found]
    if not missing:
        return found
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type = ThreadType.NONE
        base = stream.time_base or Fraction(1, rate)
        for together in _by_group(film, missing):
            container.seek(int(Fraction(together[0], rate) / base), stream=stream, backward=True)
            waiting = together
            for frame in container.decode(stream):
                ctx.check()
                seen = number_of(frame, rate)
                for number in waiting:
                    if seen >= number:
                        found[number] = gray(frame)
                        _keep(film, number, found[number], ctx)
                waiting = [number for number in waiting if number not in found]
                if not waiting:
                    break
    return found


def _by_group(film: FilmFile, numbers: list[int]) -> list[list[int]]:
    """Frame numbers that are decoded from the same key picture, together."""
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(bisect.bisect_right(film.groups, number, key=_first), []).append(number)
    return list(groups.values())


def _look_key(film: FilmFile, number: int) -> str | None:
    """Where the look at a frame is kept: by its group of pictures and its place in it."""
    index = bisect.bisect_right(film.groups, number, key=_first) - 1
    if index < 0:
        return None
    first, digest = film.groups[index]
    return content_key("review-look", _LOOK_VERSION, [digest, number - first], ".png")


def _kept(film: FilmFile, number: int, ctx: StageContext) -> Gray | None:
    key = _look_key(film, number)
    media = None if key is None else ctx.store.find(key)
    if media is None:
        return None
    data = np.frombuffer(ctx.store.path(media).read_bytes(), np.uint8)
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def _keep(film: FilmFile, number: int, picture: Gray, ctx: StageContext) -> None:
    key = _look_key(film, number)
    if key is None:
        return
    path = ctx.temporary(".png")
    try:
        path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
        ctx.store.publish(key, path, "image/png")
    finally:
        path.unlink(missing_ok=True)


def _first(group: tuple[int, object]) -> int:
    return group[0]


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
            waiting = AudioFifo()
            for frame in container.decode(stream):
                frame.pts = None
                waiting.write(frame)
                if waiting.samples >= _SAMPLES_AT_ONCE:
                    ctx.check()
                    at += _write(waiting, sound, at)
            if waiting.samples:
                at += _write(waiting, sound, at)
        sound.shorten(at)
    except BaseException as error:
        if sound is not None:
            sound.close()
        if isinstance(error, av.error.FFmpegError | IndexError):
            raise _undecodable() from error
        raise
    return sound


def _write(waiting: AudioFifo, sound: PcmFile, at: int) -> int:
    """Move what waits to the file at sample ``at``; how many samples that is."""
    frame = waiting.read(0)
    assert frame is not None
    samples = np.asarray(frame.to_ndarray(), np.float32).T * np.float32(32768)
    sound.write(at, np.clip(np.rint(samples, out=samples), -32768, 32767).astype(np.int16))
    return len(samples)


def _undecodable() -> InputError:
    return InputError("The film cannot be decoded.", code="unreadable_film")
