"""Music under a film: how loud it is, when it steps back, and how it is brought to the film's length."""

from __future__ import annotations

import wave
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from film_rig import keep

from videogen_engine.loudness import integrated_lufs
from videogen_engine.music.model import MusicBed, MusicForm, MusicRequest
from videogen_engine.music.stage import make_music
from videogen_engine.package.mix import Music, PlacedClip, SoundInputs, mix
from videogen_engine.package.music_fit import music_stretches
from videogen_engine.stage import MediaRef, StageContext

RATE = 48_000


def wav(ctx: StageContext, samples: np.ndarray, name: str) -> MediaRef:
    path = ctx.temporary(".wav")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else 2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return keep(ctx, path.read_bytes(), name, "audio/wav")


def tone(seconds: float, pitch: float, level: float) -> np.ndarray:
    return level * np.sin(2 * np.pi * pitch * np.arange(round(seconds * RATE)) / RATE)


def level(samples: np.ndarray, start: float, end: float, pitch: float) -> float:
    """dBFS of a tone in the left channel between two times (s)."""
    part = samples[round(start * RATE) : round(end * RATE)]
    left = (part[:, 0] if part.ndim == 2 else part).astype(float) / 32768
    turn = np.exp(-2j * np.pi * pitch * np.arange(len(left)) / RATE) * np.hanning(len(left))
    return 20 * float(np.log10(2 * abs((left * turn).sum()) / np.hanning(len(left)).sum() + 1e-9))


def mixed(ctx: StageContext, inputs: SoundInputs, path: Path) -> np.ndarray:
    with mix(inputs, ctx, path) as both:
        return both[0 : len(both)]


def spoken_film(
    ctx: StageContext, tmp_path: Path, *, volume: float, loud: float = 0.3, voice: float = 0.2
) -> np.ndarray:
    """Ten seconds: a voice of 440 Hz from 3 s to 5 s and from 5.6 s to 7 s, music of 1 kHz throughout."""
    clip = wav(ctx, tone(2, 440, voice), f"voice{voice}.wav")
    second = wav(ctx, tone(1.4, 440, voice), f"second{voice}.wav")
    music = Music(media=wav(ctx, tone(12, 1000, loud), f"music{loud}.wav"), volume=volume)
    clips = (PlacedClip(media=clip, at=3 * RATE), PlacedClip(media=second, at=round(5.6 * RATE)))
    return mixed(ctx, SoundInputs(clips=clips, music=music, samples=10 * RATE), tmp_path / "mix.pcm")


def test_music_is_twelve_decibels_down_from_the_first_to_the_last_word_and_through_short_pauses(
    ctx: StageContext, tmp_path: Path
) -> None:
    heard = spoken_film(ctx, tmp_path, volume=0.5)
    free = level(heard, 1, 2.4, 1000)
    for start, end in ((3.0, 3.3), (4, 5), (5.1, 5.5), (6, 7)):
        assert level(heard, start, end, 1000) - free == pytest.approx(-12, abs=0.3)
    assert level(heard, 7.8, 8.4, 1000) - free == pytest.approx(0, abs=0.3)


@pytest.mark.parametrize("volume", [1.0, 0.5, 0.1])
@pytest.mark.parametrize("loud", [0.9, 0.02])
def test_a_volume_is_decibels_against_the_narration_whatever_the_recording_was(
    ctx: StageContext, tmp_path: Path, volume: float, loud: float
) -> None:
    heard = spoken_film(ctx, tmp_path, volume=volume, loud=loud)
    music = heard[round(1.0 * RATE) : round(2.4 * RATE)]
    # A little less than the tone itself: blocks that begin or end in a pause count as well.
    voice = np.repeat(tone(4, 440, 0.2).astype(np.float32)[:, None], 2, axis=1)
    wanted = integrated_lufs(voice, RATE) + 20 * np.log10(volume)
    assert integrated_lufs(music, RATE) == pytest.approx(wanted, abs=1)


def test_music_comes_in_and_goes_out_at_the_films_ends(ctx: StageContext, tmp_path: Path) -> None:
    heard = spoken_film(ctx, tmp_path, volume=0.5).astype(float)
    assert np.abs(heard[:20]).max() <= 2
    assert np.abs(heard[-20:]).max() <= 2
    assert level(heard, 0.0, 0.1, 1000) < level(heard, 1, 1.1, 1000) - 12


def test_a_volume_of_nothing_leaves_the_narration_alone(ctx: StageContext, tmp_path: Path) -> None:
    silent = spoken_film(ctx, tmp_path, volume=0.0)
    assert silent.ndim == 1
    assert level(silent, 1, 2.4, 1000) < -100


def test_silent_music_stays_silent(ctx: StageContext, tmp_path: Path) -> None:
    music = Music(media=wav(ctx, np.zeros(RATE), "nothing.wav"), volume=1)
    heard = mixed(ctx, SoundInputs(clips=(), music=music, samples=2 * RATE), tmp_path / "mix.pcm")
    assert not heard.any()


def test_a_short_recording_repeats_without_a_gap_or_a_click(ctx: StageContext, tmp_path: Path) -> None:
    random = np.random.default_rng(4).normal(0, 1, 3 * RATE)
    noise = np.convolve(random, np.hanning(64) / 32, mode="same") * 0.2
    music = Music(media=wav(ctx, noise, "noise.wav"), volume=1)
    heard = mixed(ctx, SoundInputs(clips=(), music=music, samples=11 * RATE), tmp_path / "mix.pcm").astype(float)
    inner = heard[RATE : 9 * RATE, 0]
    power = np.sqrt((inner.reshape(-1, RATE // 10) ** 2).mean(axis=1))
    assert power.min() > 0.6 * power.max()
    assert np.abs(np.diff(inner)).max() < 8 * np.abs(np.diff(inner)).mean()


FORM = MusicForm(bar=2.0, loop_start=4.0, loop_end=20.0, final_at=28.0, seconds=32.0)


@pytest.mark.parametrize("seconds", [0.5, 2, 5, 9, 12.3, 17, 25.5, 31, 32, 33.7, 50, 61, 200.4])
def test_composed_music_is_cut_at_bars_and_ends_with_its_last_chord(seconds: float) -> None:
    length = round(seconds * RATE)
    parts = music_stretches(length, 32 * RATE, FORM)
    assert parts[0].at == 0
    for before, after in pairwise(parts):
        assert before.at + before.end - before.start == after.at
        assert before.end % (2 * RATE) == 0
        assert after.start % (2 * RATE) == 0
    end = parts[-1].at + parts[-1].end - parts[-1].start
    assert end <= length
    if seconds >= 3.5:
        final = parts[-1].at + 28 * RATE - parts[-1].start
        assert final >= 0
        assert 1.35 * RATE <= length - final <= 4 * RATE
    if seconds > 12:
        assert parts[0].start == 0


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory) -> tuple[StageContext, MusicBed]:
    import film_rig

    ctx = film_rig.context(tmp_path_factory.mktemp("bed"))
    return ctx, make_music(MusicRequest(prompt="warm acoustic", seconds=20), ctx)


@pytest.mark.parametrize("seconds", [12.0, 20.0, 33.0])
def test_a_composed_bed_fills_any_film_and_dies_away_at_its_end(
    bed: tuple[StageContext, MusicBed], tmp_path: Path, seconds: float
) -> None:
    ctx, made = bed
    music = Music(media=made.media, volume=0.5, form=made.form)
    inputs = SoundInputs(clips=(), music=music, samples=round(seconds * RATE))
    heard = mixed(ctx, inputs, tmp_path / "mix.pcm").astype(np.float32) / 32768
    power = np.sqrt((heard[: len(heard) // 24_000 * 24_000].reshape(-1, 48_000) ** 2).mean(axis=1))
    assert (power[:-2] > 0.003).all()
    assert np.abs(heard[-5:]).max() < 1e-3
    with av.open(str(ctx.store.path(made.media))) as container:
        raw = np.concatenate([frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]) / 32768
    steps = np.abs(np.diff(raw, axis=0)).max() / np.abs(raw).max()
    assert np.abs(np.diff(heard, axis=0)).max() / np.abs(heard).max() < 1.3 * steps
    assert not list(tmp_path.glob("*.raw"))
