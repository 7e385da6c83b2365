"""Everything that sounds, at its time, in one track on disk."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Final

import av
import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from videogen_agents.errors import InputError, InternalError
from videogen_engine.frozen import Frozen
from videogen_engine.package.pcm_file import PcmFile
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Timeline

CHANNELS: Final = 2
#: Music under speech is this much quieter than between sentences (linear), and moves there this slowly.
_DUCKED: Final = 0.35
_DUCK_SECONDS: Final = 0.35
_FADE_OUT_SECONDS: Final = 1.5
_CHUNK: Final = SAMPLE_RATE * 10


class PlacedClip(Frozen):
    """A speech clip and the sample of the film at which it begins."""

    media: MediaRef
    at: int


class Music(Frozen):
    media: MediaRef
    volume: float


class SoundInputs(Frozen):
    """Everything that shapes the film's sound; ``samples`` is its length."""

    clips: tuple[PlacedClip, ...]
    music: Music | None
    samples: int


def sound_inputs(timeline: Timeline) -> SoundInputs:
    """Where each scene's clip is in the film; frames last a whole number of samples."""
    clips: list[PlacedClip] = []
    frame = 0
    for scene in timeline.scenes:
        if scene.speech is not None:
            start = _samples(frame, timeline.frames_per_second) + round(scene.speech_offset * SAMPLE_RATE)
            clips.append(PlacedClip(media=scene.speech.clip, at=start))
        frame += scene.frames
    music = Music(media=timeline.music.media, volume=timeline.music.volume) if timeline.music is not None else None
    return SoundInputs(clips=tuple(clips), music=music, samples=_samples(frame, timeline.frames_per_second))


def mix(inputs: SoundInputs, ctx: StageContext, path: Path) -> PcmFile:
    """The mix in a file at ``path``: one channel when both sides sound the same, else two.

    What sticks out of the film's end is cut off. Raises InternalError for a clip that is not of the speech
    stage's format, InputError for unreadable music.
    """
    voice = PcmFile(path, inputs.samples)
    try:
        spoken = [_lay(voice, clip, ctx) for clip in inputs.clips]
        if inputs.music is None:
            return voice
        with voice:
            return _with_music(voice, spoken, inputs.music, ctx, path.with_suffix(".music"))
    except BaseException:
        voice.close()
        raise


def _lay(voice: PcmFile, clip: PlacedClip, ctx: StageContext) -> tuple[int, int]:
    """Add a clip to the track; the samples it takes."""
    ctx.check()
    samples = _read_clip(ctx.store.path(clip.media))
    under = voice[clip.at : clip.at + len(samples)]
    voice.write(clip.at, _limited(under.astype(np.int32) + samples[: len(under)]))
    return clip.at, clip.at + len(under)


def _with_music(voice: PcmFile, spoken: list[tuple[int, int]], music: Music, ctx: StageContext, path: Path) -> PcmFile:
    both = PcmFile(path, len(voice), CHANNELS)
    try:
        _loop_music(ctx.store.path(music.media), both, ctx)
        for start in range(0, len(voice), _CHUNK):
            ctx.check()
            end = min(start + _CHUNK, len(voice))
            gain = _music_gain(start, end, spoken, len(voice)) * music.volume
            quieter = both[start:end].astype(np.float32) * gain[:, None]
            both.write(start, _limited(np.rint(quieter + voice[start:end][:, None])))
    except BaseException:
        both.close()
        raise
    return both


def _samples(frames: int, rate: int) -> int:
    return frames * SAMPLE_RATE // rate


def _limited(values: NDArray[np.int32] | NDArray[np.float32]) -> NDArray[np.int16]:
    return np.clip(values, -32768, 32767).astype(np.int16)


def _read_clip(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (SAMPLE_RATE, 1, 2):
            raise InternalError("A speech clip is not 48 kHz mono 16-bit PCM.")
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16, copy=False)


def _loop_music(path: Path, target: PcmFile, ctx: StageContext) -> None:
    """Fill the track with the file's music, from its start again whenever it ends."""
    at = 0
    while at < len(target):
        before = at
        try:
            with av.open(str(path)) as container:
                resampler = AudioResampler(format="s16", layout="stereo", rate=SAMPLE_RATE)
                for decoded in container.decode(container.streams.audio[0]):
                    ctx.check()
                    for frame in resampler.resample(decoded):
                        samples = np.asarray(frame.to_ndarray(), np.int16).reshape(-1, CHANNELS)
                        target.write(at, samples)
                        at += len(samples)
                    if at >= len(target):
                        break
        except (av.error.FFmpegError, IndexError) as error:
            raise InputError("The music cannot be decoded.", code="unreadable_music") from error
        if at == before:
            raise InputError("The music file contains no sound.", code="unreadable_music")


def _music_gain(start: int, end: int, spoken: list[tuple[int, int]], length: int) -> NDArray[np.float32]:
    """Gain of the music for samples ``start … end``: down while someone speaks, out at the film's end."""
    slope = _DUCK_SECONDS * SAMPLE_RATE
    at = np.arange(start, end, dtype=np.float32)
    distance = np.full(end - start, slope, np.float32)
    for first, last in spoken:
        if first - slope < end and last + slope > start:
            np.minimum(distance, np.maximum(np.maximum(first - at, at - last), 0), out=distance)
    share = distance / slope
    ducked = _DUCKED + (1 - _DUCKED) * share * share * (3 - 2 * share)
    ending = np.clip((length - at) / (_FADE_OUT_SECONDS * SAMPLE_RATE), 0, 1)
    return (ducked * ending).astype(np.float32)
