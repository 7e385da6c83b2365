"""Silence, loudness and peak, and whether voice, words and film keep the same time."""

from __future__ import annotations

import math
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.findings.film_file import FilmFile, read_sound
from videogen_engine.findings.mends import EXPORT_AGAIN
from videogen_engine.findings.model import Finding, FindingKind
from videogen_engine.findings.pictures import scene_at
from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.package.mix import sound_inputs
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Scene, Timeline

Levels = NDArray[np.float64]

_TARGET_LUFS: Final = -16.0
_SLACK_LU: Final = 2.0
#: dBTP; the film is mastered to −1.
_MOST_PEAK: Final = -0.8
#: Levels are taken this often a second.
_STEPS: Final = 100
#: So many of them are taken together.
_AT_ONCE: Final = 500
#: dBFS below which nothing is heard.
_SILENT: Final = -55.0
#: Seconds of silence that are a fault while words are said, and between spoken words.
_SILENT_SPEECH: Final = 0.8
_SILENT_GAP: Final = 3.0
#: Seconds by which words or film may be off the voice.
_DRIFT: Final = 0.2
_MOST_LAG: Final = 1.5
#: dB under a clip's loudest moment at which its voice begins and ends.
_VOICE: Final = 30.0


def sound_inputs_of(timeline: Timeline, film: FilmFile) -> object:
    """All that ``sound_findings`` depends on."""
    scenes = [
        [scene.frames, scene.speech_offset, None if scene.speech is None else scene.speech.model_dump(mode="json")]
        for scene in timeline.scenes
    ]
    return [film.sounds, timeline.frames_per_second, timeline.music is None, scenes]


def sound_findings(timeline: Timeline, film: FilmFile, path: Path, ctx: StageContext) -> Iterator[Finding]:
    spoken = any(scene.speech is not None for scene in timeline.scenes)
    if not spoken and timeline.music is None:
        return
    silent = "The film is silent although it has words or music."
    if film.sound_samples == 0:
        yield _whole(FindingKind.NO_SOUND, timeline, silent)
        return
    decoded = ctx.temporary(".pcm")
    try:
        with read_sound(path, film, decoded, ctx) as sound:
            lufs = integrated_lufs(sound.as_array(), film.sound_rate)
            if lufs == -math.inf:
                yield _whole(FindingKind.NO_SOUND, timeline, silent)
                return
            peak = true_peak_dbtp(sound.as_array(), film.sound_rate)
            heard = levels(sound.as_array(), film.sound_rate)
    finally:
        decoded.unlink(missing_ok=True)
    if abs(lufs - _TARGET_LUFS) > _SLACK_LU:
        sentence = f"The sound has {lufs:.1f} LUFS instead of about {_TARGET_LUFS:.0f}."
        yield _whole(FindingKind.LOUDNESS, timeline, sentence)
    if peak > _MOST_PEAK:
        sentence = f"The sound peaks at {peak:+.1f} dBTP, so it may be heard as distorted."
        yield _whole(FindingKind.PEAK, timeline, sentence)
    yield from _silences(timeline, heard)
    yield from _drifts(timeline, heard, ctx)


def levels(sound: NDArray[np.int16], rate: int) -> Levels:
    """dBFS of every hundredth of a second of ``[n]`` or ``[n, channels]``."""
    step = rate // _STEPS
    count = len(sound) // step
    powers = np.empty(count)
    for first in range(0, count, _AT_ONCE):
        behind = min(count, first + _AT_ONCE)
        part = sound[first * step : behind * step].reshape(behind - first, -1).astype(np.float32) / 32768
        powers[first:behind] = np.vecdot(part, part) / part.shape[1]
    return 10 * np.log10(powers + 1e-12)


def _whole(kind: FindingKind, timeline: Timeline, sentence: str) -> Finding:
    return Finding(kind=kind, start=0, end=timeline.duration, scene=None, sentence=sentence, mend=EXPORT_AGAIN)


def _silences(timeline: Timeline, heard: Levels) -> Iterator[Finding]:
    said = np.zeros(len(heard), bool)
    at, first, last = 0.0, math.inf, 0.0
    for scene in timeline.scenes:
        for word in scene.speech.words if scene.speech is not None else ():
            start, end = at + scene.speech_offset + word.start, at + scene.speech_offset + word.end
            said[round(start * _STEPS) : round(end * _STEPS)] = True
            first, last = min(first, start), max(last, end)
        at += scene.frames / timeline.frames_per_second
    quiet = np.concatenate([[False], heard < _SILENT, [False]])
    edges = np.flatnonzero(quiet[1:] != quiet[:-1])
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        while_said = int(said[begin:end].sum()) / _STEPS >= _SILENT_SPEECH
        between = first < begin / _STEPS and end / _STEPS < last and not _unspoken(timeline, begin, end)
        if while_said or (between and end - begin >= _SILENT_GAP * _STEPS):
            number = scene_at(timeline, (begin + end) / 2 / _STEPS * timeline.frames_per_second)
            why = " while words are said" if while_said else ""
            yield Finding(
                kind=FindingKind.SILENCE,
                start=round(begin / _STEPS, 2),
                end=round(end / _STEPS, 2),
                scene=number,
                sentence=f"Nothing is heard{why} from {begin / _STEPS:.1f} s to {end / _STEPS:.1f} s.",
                mend=EXPORT_AGAIN,
            )


def _unspoken(timeline: Timeline, begin: int, end: int) -> bool:
    """Whether a scene without words lies in the span: silence is its design."""
    rate = timeline.frames_per_second
    first, last = scene_at(timeline, begin / _STEPS * rate), scene_at(timeline, end / _STEPS * rate)
    return any(scene.speech is None for scene in timeline.scenes[first - 1 : last])


def _drifts(timeline: Timeline, heard: Levels, ctx: StageContext) -> Iterator[Finding]:
    clips = iter(sound_inputs(timeline).clips)
    rate = timeline.frames_per_second
    at = 0
    for number, scene in enumerate(timeline.scenes, 1):
        start, at = at / rate, at + scene.frames
        if scene.speech is None:
            continue
        placed = next(clips)
        if not scene.speech.words:
            continue
        ctx.check()
        voice = _clip_levels(scene, ctx)
        off = _words_off(scene, voice)
        if abs(off) > _DRIFT:
            yield Finding(
                kind=FindingKind.CAPTION_DRIFT,
                start=round(start, 3),
                end=round(at / rate, 3),
                scene=number,
                sentence=f"The captions of scene {number} are {abs(off):.1f} s {'late' if off > 0 else 'early'}.",
                mend=EXPORT_AGAIN,
            )
        lag = _lag(voice, heard, placed.at / SAMPLE_RATE)
        if abs(lag) > _DRIFT:
            yield Finding(
                kind=FindingKind.VOICE_DRIFT,
                start=round(start, 3),
                end=round(at / rate, 3),
                scene=number,
                sentence=f"The voice of scene {number} is {abs(lag):.1f} s {'late' if lag > 0 else 'early'}.",
                mend=EXPORT_AGAIN,
            )


def _clip_levels(scene: Scene, ctx: StageContext) -> Levels:
    assert scene.speech is not None
    with wave.open(str(ctx.store.path(scene.speech.clip)), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return levels(samples.astype(np.int16, copy=False)[:, None], file.getframerate())


def _words_off(scene: Scene, voice: Levels) -> float:
    """Seconds that the words are behind the voice, where both ends of the scene agree on the direction."""
    assert scene.speech is not None
    heard = np.flatnonzero(voice > voice.max() - _VOICE) if len(voice) else np.zeros(0)
    if not heard.size:
        return 0.0
    head = scene.speech.words[0].start - float(heard[0]) / _STEPS
    tail = scene.speech.words[-1].end - float(heard[-1] + 1) / _STEPS
    if head * tail < 0:
        return 0.0
    return head if abs(head) < abs(tail) else tail


def _lag(voice: Levels, heard: Levels, begins: float) -> float:
    """Seconds that the film's sound is behind where the clip should be, by the course of their levels."""
    first, most = round(begins * _STEPS), round(_MOST_LAG * _STEPS)
    if len(voice) < _STEPS // 2:
        return 0.0
    shape = np.maximum(voice, voice.max() - 40)
    shape = shape - shape.mean()
    padded = np.concatenate([np.full(most, _SILENT), heard, np.full(most + len(voice), _SILENT)])
    floor = float(heard[max(0, first) : first + len(voice)].max(initial=_SILENT)) - 40
    shifted = np.lib.stride_tricks.sliding_window_view(padded[first : first + 2 * most + len(voice)], len(voice))
    parts = np.maximum(shifted, floor)
    parts -= parts.mean(axis=1, keepdims=True)
    sizes = np.linalg.norm(parts, axis=1)
    likeness = np.where(sizes > 0, parts @ shape / np.maximum(sizes, 1e-12), -math.inf)
    best = float(likeness.max())
    # Of equally good places the one nearest to where it should be.
    where = min((np.flatnonzero(likeness > best - 1e-9) - most).tolist(), key=abs)
    sure = best / max(float(np.linalg.norm(shape)), 1e-9) > 0.6
    return where / _STEPS if sure else 0.0
