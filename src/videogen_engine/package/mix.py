"""Everything that sounds, at its time, in one track on disk."""

from __future__ import annotations

import math
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import av
import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError, InternalError
from videogen_engine.frozen import Frozen
from videogen_engine.loudness import VERSION as LOUDNESS_VERSION
from videogen_engine.loudness import integrated_lufs
from videogen_engine.media_kinds import HEAD_BYTES, kind_of
from videogen_engine.music.model import MusicForm
from videogen_engine.package.ducking import BLOCK, ducking
from videogen_engine.package.gain_curve import over_samples
from videogen_engine.package.music_fit import Stretch, music_stretches
from videogen_engine.package.pcm_file import PcmFile
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Timeline

CHANNELS: Final = 2
#: Loudness (LUFS) that a volume is against in a film without narration: that of the finished sound.
_REFERENCE_LUFS: Final = -16.0
#: Music is not made louder than this (dB); what is nearly silent stays so.
_MOST_GAIN: Final = 24.0
#: Seconds in which music comes in and goes out at the film's ends. Composed music begins with its first beat
#: and ends by itself.
_FADE_IN_SECONDS: Final = 0.5
_FADE_OUT_SECONDS: Final = 1.5
_COMPOSED_FADE_IN: Final = 0.02
_COMPOSED_FADE_OUT: Final = 0.8
_CHUNK: Final = SAMPLE_RATE * 10


class PlacedClip(Frozen):
    """A speech clip and the sample of the film at which it begins."""

    media: MediaRef
    at: int


class PlacedSound(Frozen):
    """The sound of a scene's picture, of ``channels`` channels, from sample ``at`` of the film, ``samples`` long at
    most."""

    media: MediaRef
    at: int
    samples: int
    channels: int


class Music(Frozen):
    """``volume`` 0–1 is 20·log10 dB against the narration's loudness; 0 is silence."""

    media: MediaRef
    volume: float
    form: MusicForm | None = None


class _Measured(Frozen):
    """``lufs`` is None for silence."""

    lufs: float | None


class SoundInputs(Frozen):
    """Everything that shapes the film's sound; ``samples`` is its length."""

    clips: tuple[PlacedClip, ...]
    music: Music | None
    samples: int
    sounds: tuple[PlacedSound, ...] = ()


def sound_inputs(timeline: Timeline) -> SoundInputs:
    """Where each scene's clip is in the film; frames last a whole number of samples."""
    clips: list[PlacedClip] = []
    sounds: list[PlacedSound] = []
    rate = timeline.frames_per_second
    frame = 0
    for scene in timeline.scenes:
        if scene.speech is not None:
            start = _samples(frame, rate) + round(scene.speech_offset * SAMPLE_RATE)
            clips.append(PlacedClip(media=scene.speech.clip, at=start))
        if (own := scene.sound) is not None:
            at, end = _samples(frame, rate), _samples(frame + scene.frames, rate)
            sounds.append(PlacedSound(media=own.media, at=at, samples=end - at, channels=own.channels))
        frame += scene.frames
    track = timeline.music
    music = Music(media=track.media, volume=track.volume, form=track.form) if track is not None else None
    return SoundInputs(clips=tuple(clips), music=music, samples=_samples(frame, rate), sounds=tuple(sounds))


def mix(inputs: SoundInputs, ctx: StageContext, path: Path) -> PcmFile:
    """The mix in a file at ``path``: one channel when both sides sound the same, else two.

    What sticks out of the film's end is cut off. Raises InternalError for a clip that is not of the speech
    stage's format, InputError for unreadable music.
    """
    voice = PcmFile(path, inputs.samples, max((sound.channels for sound in inputs.sounds), default=1))
    try:
        for clip in inputs.clips:
            _lay(voice, clip.at, _read_clip(ctx.store.path(clip.media)), ctx)
        for sound in inputs.sounds:
            _lay(voice, sound.at, _read_clip(ctx.store.path(sound.media), sound.channels)[: sound.samples], ctx)
        if inputs.music is None or inputs.music.volume <= 0 or inputs.samples == 0:
            return voice
        with voice:
            return _with_music(voice, inputs, inputs.music, ctx, path)
    except BaseException:
        voice.close()
        raise


def _lay(voice: PcmFile, at: int, samples: NDArray[np.int16], ctx: StageContext) -> None:
    """Add a clip to the track; one channel sounds on all of the track's."""
    ctx.check()
    under = voice[at : at + len(samples)]
    added = samples[: len(under)]
    voice.write(at, _limited(under.astype(np.int32) + (added[:, None] if added.ndim < under.ndim else added)))


def _with_music(voice: PcmFile, inputs: SoundInputs, music: Music, ctx: StageContext, path: Path) -> PcmFile:
    """Voice and music in a new file beside ``path``; a second one, of the music as it is, is gone afterwards."""
    length = len(voice)
    raw_path = path.with_suffix(".raw")
    longest = length if music.form is None else max(length, round(music.form.seconds * SAMPLE_RATE))
    both = PcmFile(path.with_suffix(".music"), length, CHANNELS)
    try:
        with PcmFile(raw_path, longest, CHANNELS) as raw:
            count = _decode_music(ctx.store.path(music.media), raw, ctx)
            spoken = _loudness(voice, inputs.model_copy(update={"music": None}).model_dump(mode="json"), ctx)
            sounding = _loudness(raw, music.media.key, ctx)
            gain = music.volume * _matching(spoken, sounding, both_sides=voice.ndim == 1)
            curve = ducking(voice, spoken) if spoken is not None else np.ones(1, np.float32)
            stretches = music_stretches(length, count, music.form)
            for start in range(0, length, _CHUNK):
                ctx.check()
                end = min(start + _CHUNK, length)
                heard = _played(raw, stretches, start, end)
                heard *= (gain * _fades(start, end, length, music) * over_samples(curve, BLOCK, start, end - start))[
                    :, None
                ]
                over = voice[start:end]
                heard += over[:, None] if over.ndim == 1 else over
                both.write(start, _limited(np.rint(heard, out=heard)))
    except BaseException:
        both.close()
        raise
    finally:
        raw_path.unlink(missing_ok=True)
    return both


def _loudness(sound: PcmFile, made_from: object, ctx: StageContext) -> float | None:
    """LUFS, None for silence; measured once for what was made from the same."""

    def measure() -> _Measured:
        lufs = integrated_lufs(sound.as_array(), SAMPLE_RATE)
        return _Measured(lufs=None if lufs == -math.inf else lufs)

    inputs = [made_from, *sound.shape]
    return ctx.cached_model("sound-loudness", LOUDNESS_VERSION, inputs, _Measured, measure).lufs


def _matching(spoken: float | None, sounding: float | None, *, both_sides: bool) -> float:
    """What (linear) makes the music as loud as the voice: a quiet recording and a loud one alike."""
    if sounding is None:
        return 0.0
    # One channel that plays on both sides is 3 dB louder than it measures.
    extra = 10 * math.log10(CHANNELS) if both_sides else 0.0
    reference = _REFERENCE_LUFS if spoken is None else spoken + extra
    return 10 ** (min(reference - sounding, _MOST_GAIN) / 20)


def _played(raw: PcmFile, stretches: Sequence[Stretch], start: int, end: int) -> NDArray[np.float32]:
    """The music from sample ``start`` to ``end`` of the film, joined at constant power."""
    heard = np.zeros((end - start, CHANNELS), np.float32)
    for stretch in stretches:
        # A stretch from the very start has nothing before it to come in with.
        earliest = max(-stretch.rise, -stretch.start, -stretch.at)
        last = stretch.end - stretch.start
        first, behind = max(earliest, start - stretch.at), min(last + stretch.fall, end - stretch.at)
        if first >= behind:
            continue
        part = raw[stretch.start + first : stretch.start + behind].astype(np.float32)
        behind = first + len(part)
        if stretch.rise and first < 0:
            place = np.arange(first, min(behind, 0), dtype=np.float32)
            part[: len(place)] *= np.sin((place + stretch.rise) / stretch.rise * (math.pi / 2))[:, None]
        if stretch.fall and behind > last:
            place = np.arange(max(first, last), behind, dtype=np.float32)
            part[len(part) - len(place) :] *= np.cos((place - last) / stretch.fall * (math.pi / 2))[:, None]
        at = stretch.at + first - start
        heard[at : at + len(part)] += part
    return heard


def _fades(start: int, end: int, length: int, music: Music) -> NDArray[np.float32]:
    """How the music comes in and goes out at the film's ends."""
    composed = music.form is not None
    fade_in = (_COMPOSED_FADE_IN if composed else _FADE_IN_SECONDS) * SAMPLE_RATE
    fade_out = (_COMPOSED_FADE_OUT if composed else _FADE_OUT_SECONDS) * SAMPLE_RATE
    if start >= fade_in and end <= length - fade_out:
        return np.ones(1, np.float32)
    at = np.arange(start, end, dtype=np.float64)
    return (np.clip(at / fade_in, 0, 1) * np.clip((length - at) / fade_out, 0, 1)).astype(np.float32)


def _samples(frames: int, rate: int) -> int:
    return frames * SAMPLE_RATE // rate


def _limited(values: NDArray[np.int32] | NDArray[np.float32]) -> NDArray[np.int16]:
    return np.clip(values, -32768, 32767).astype(np.int16)


def _read_clip(path: Path, channels: int = 1) -> NDArray[np.int16]:
    """``[n]`` of one channel, ``[n, channels]`` of more."""
    with wave.open(str(path), "rb") as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (SAMPLE_RATE, channels, 2):
            raise InternalError(f"A clip is not 48 kHz 16-bit PCM of {channels} channels.")
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16, copy=False)
        return samples if channels == 1 else samples.reshape(-1, channels)


def _decode_music(path: Path, target: PcmFile, ctx: StageContext) -> int:
    """The file's sound from its start, as far as the target has room; how many samples there are."""
    at = 0
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None or FileType.AUDIO not in kind.types:
        raise InputError("The music cannot be decoded.", code="unreadable_music")
    try:
        # Opened as the one format its first bytes name, which keeps playlists of other files out.
        with av.open(str(path), "r", format=kind.reader, metadata_errors="ignore") as container:
            resampler = AudioResampler(format="s16", layout="stereo", rate=SAMPLE_RATE)
            for decoded in container.decode(container.streams.audio[0]):
                ctx.check()
                for frame in resampler.resample(decoded):
                    samples = np.asarray(frame.to_ndarray(), np.int16).reshape(-1, CHANNELS)
                    target.write(at, samples)
                    at = min(at + len(samples), len(target))
                if at >= len(target):
                    break
    except (av.error.FFmpegError, IndexError) as error:
        raise InputError("The music cannot be decoded.", code="unreadable_music") from error
    if at == 0:
        raise InputError("The music file contains no sound.", code="unreadable_music")
    return at
