"""Loudness: every film plays at the same level, whatever its voices were, and never clips."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from film_rig import design, film, keep, render

from videogen_agents.errors import InputError, InternalError
from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.render.model import Encoding
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import MusicTrack, Timeline

RATE = 48_000


def wav(ctx: StageContext, samples: np.ndarray, name: str, rate: int = RATE) -> MediaRef:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return keep(ctx, buffer.getvalue(), name, "audio/wav")


def with_voice(ctx: StageContext, samples: np.ndarray, name: str) -> Timeline:
    """A film of one scene that plays these samples."""
    timeline = film(ctx, [("word " * round(len(samples) / RATE * 4), design("#204080"))])
    scene = timeline.scenes[0]
    assert scene.speech is not None
    speech = scene.speech.model_copy(update={"clip": wav(ctx, samples, name)})
    return timeline.model_copy(update={"scenes": (scene.model_copy(update={"speech": speech}),)})


def packaged(ctx: StageContext, timeline: Timeline) -> PackagedFilm:
    return package(PackageRequest(timeline=timeline, film=render(ctx, timeline, encoding=Encoding.DRAFT)), ctx)


def decoded(ctx: StageContext, made: PackagedFilm) -> np.ndarray:
    with av.open(str(ctx.store.path(made.video))) as container:
        return np.concatenate([frame.to_ndarray().T for frame in container.decode(audio=0)])


def babble(seconds: float, level: float) -> np.ndarray:
    """Something with the crest and the pauses of speech."""
    at = np.arange(round(seconds * RATE)) / RATE
    noise = np.random.default_rng(3).normal(0, 1, len(at))
    voice = np.sin(2 * np.pi * 140 * at) + 0.6 * np.sin(2 * np.pi * 700 * at) + 0.3 * noise
    return voice * (np.sin(2 * np.pi * 2.3 * at) > -0.4) * level


@pytest.mark.parametrize("level", [0.004, 0.05, 0.3])
def test_any_voice_comes_out_at_the_same_loudness(ctx: StageContext, level: float) -> None:
    made = packaged(ctx, with_voice(ctx, babble(4, level), "voice.wav"))
    heard = decoded(ctx, made)
    assert integrated_lufs(heard, RATE) == pytest.approx(-16, abs=1)
    assert true_peak_dbtp(heard, RATE) <= -1.0
    assert made.loudness is not None
    assert made.loudness.integrated_lufs == pytest.approx(integrated_lufs(heard, RATE), abs=0.5)
    assert made.loudness.true_peak_dbtp == pytest.approx(true_peak_dbtp(heard, RATE), abs=0.6)


def test_peaks_far_above_the_voice_are_limited_without_making_it_quieter(ctx: StageContext) -> None:
    samples = babble(4, 0.02)
    samples[RATE::RATE] = 0.9
    samples[2 * RATE : 2 * RATE + 30] = -0.9
    made = packaged(ctx, with_voice(ctx, samples, "peaks.wav"))
    heard = decoded(ctx, made)
    assert true_peak_dbtp(heard, RATE) <= -1.0
    assert integrated_lufs(heard, RATE) == pytest.approx(-16, abs=1)


def test_a_film_that_says_nothing_is_silent_and_says_so(ctx: StageContext) -> None:
    timeline = film(ctx, [("one two", design("#204080"))])
    scene = timeline.scenes[0].model_copy(update={"speech": None})
    made = packaged(ctx, timeline.model_copy(update={"scenes": (scene,)}))
    assert made.loudness is None
    assert np.abs(decoded(ctx, made)).max() < 1e-4


def music(ctx: StageContext, seconds: float) -> MediaRef:
    at = np.arange(round(seconds * 44_100)) / 44_100
    return wav(ctx, 0.4 * np.sin(2 * np.pi * 1000 * at), f"music/{seconds}.wav", 44_100)


def band(samples: np.ndarray, start: float, end: float) -> float:
    """Level of the 1 kHz tone between two times, whatever its phase."""
    part = samples[int(start * RATE) : int(end * RATE), 0]
    blocks = part[: len(part) // 2400 * 2400].reshape(-1, 2400)
    wave_ = np.hanning(2400) * np.exp(-2j * np.pi * 1000 * np.arange(2400) / RATE)
    return float(np.mean(np.abs(blocks @ wave_)))


def test_music_steps_back_while_someone_speaks_repeats_and_fades_out(ctx: StageContext) -> None:
    texts = [("one two three four five six", design("#204080")), ("seven", design("#802040"))]
    timeline = film(ctx, texts)
    track = MusicTrack(media=music(ctx, 0.7), volume=0.5, name="Tone", licence="CC0-1.0")
    first, second = timeline.scenes
    # The second scene's speech begins late, so that there is a pause to hear the music in.
    second = second.model_copy(update={"frames": 150, "speech_offset": 3.0})
    timeline = timeline.model_copy(update={"scenes": (first, second), "music": track})
    made = packaged(ctx, timeline)
    heard = decoded(ctx, made)
    start = first.frames / 30
    speaking, pause = band(heard, 0.4, 1.2), band(heard, start + 0.8, start + 2.4)
    assert pause > 2 * speaking > 0
    assert band(heard, made.duration - 0.15, made.duration) < 0.25 * pause
    assert integrated_lufs(heard, RATE) == pytest.approx(-16, abs=1)


def test_a_sound_that_was_dropped_from_the_cache_is_made_again(ctx: StageContext, tmp_path: Path) -> None:
    timeline = film(ctx, [("one two", design("#204080"))])
    first = packaged(ctx, timeline)
    for folder, suffix in (("sound", "m4a"), ("film", "mp4")):
        for path in (tmp_path / "media" / "artifacts" / folder).rglob(f"*.{suffix}"):
            path.unlink()
    assert packaged(ctx, timeline).video == first.video
    assert decoded(ctx, first).shape[0] > 0


def test_another_music_renders_no_frame(ctx: StageContext) -> None:
    timeline = film(ctx, [("one two", design("#204080"))])
    render(ctx, timeline)
    track = MusicTrack(media=music(ctx, 0.5), volume=0.5, name="Tone", licence="CC0-1.0")
    again = render(ctx, timeline.model_copy(update={"music": track}))
    assert again.frames_rendered == 0


@pytest.mark.parametrize("data", [b"no music", b""])
def test_music_that_cannot_be_decoded_is_refused(ctx: StageContext, data: bytes, tmp_path: Path) -> None:
    track = MusicTrack(media=keep(ctx, data, "music/bad.mp3", "audio/mpeg"), volume=0.5, name="x", licence="y")
    timeline = film(ctx, [("one", design("#204080"))]).model_copy(update={"music": track})
    with pytest.raises(InputError, match="music"):
        packaged(ctx, timeline)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_clip_of_another_format_is_a_fault(ctx: StageContext) -> None:
    timeline = film(ctx, [("one", design("#204080"))])
    scene = timeline.scenes[0]
    assert scene.speech is not None
    speech = scene.speech.model_copy(update={"clip": wav(ctx, babble(1, 0.1), "slow.wav", 16_000)})
    broken = timeline.model_copy(update={"scenes": (scene.model_copy(update={"speech": speech}),)})
    with pytest.raises(InternalError, match="48 kHz"):
        packaged(ctx, broken)
