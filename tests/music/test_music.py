"""Music from a few words: in the key, at the tempo, with a form, and clean."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from threading import Event

import numpy as np
import pytest

import listening
from listening import RATE, listen, samples
from videogen_agents.errors import InputError
from videogen_engine.music.composer import compose
from videogen_engine.music.model import MusicBed, MusicRequest
from videogen_engine.music.moods import MOODS, Role
from videogen_engine.music.prompt import read_prompt
from videogen_engine.music.stage import make_music
from videogen_engine.music.theory import Key, chords, voiced
from videogen_engine.stage import StageCancelledError, StageContext


@cache
def made(prompt: str, seconds: float = 30.0) -> tuple[MusicBed, np.ndarray]:
    """Each piece is made once for all tests that listen to it."""
    ctx = listening.context(Path(mkdtemp()))
    bed = make_music(MusicRequest(prompt=prompt, seconds=seconds), ctx)
    return bed, samples(ctx, bed)


@pytest.mark.parametrize("prompt", listening.PROMPTS)
def test_every_kind_of_music_is_clean_at_its_loudness_and_in_its_key_and_tempo(prompt: str) -> None:
    bed, sound = made(prompt)
    heard = listen(sound, bed)
    assert len(sound) == 30 * RATE
    assert heard.lufs == pytest.approx(-20, abs=0.5)
    assert heard.dbtp <= -4.9
    assert bed.integrated_lufs == pytest.approx(heard.lufs, abs=0.05)
    assert heard.offset < 1e-4
    assert heard.clicks == 0
    assert heard.quiet < 1.0
    assert 0.05 < heard.width < 1.0
    assert 10 < heard.crest < 18
    assert heard.in_scale > 0.72
    scale = set(listening.intended(bed.key)[1])
    # A major key and its relative minor share a scale; modes are one note off what the ear's two profiles know.
    assert len(set(listening.intended(heard.best_key)[1]) & scale) >= 6
    assert heard.best_transposition == 0
    assert heard.tempo == pytest.approx(bed.tempo, rel=0.01)
    assert 2 < heard.onsets_per_bar < 30


@pytest.mark.parametrize("prompt", ["upbeat happy pop", "cinematic emotional strings", "lo-fi beats to study to"])
def test_sections_follow_one_another_and_sound_different(prompt: str) -> None:
    bed, sound = made(prompt)
    assert [one.kind for one in bed.sections][:3] == ["intro", "A", "B"]
    assert bed.sections[-1].kind == "outro"
    assert all(before.end == after.start for before, after in itertools.pairwise(bed.sections))
    shapes = {}
    for one in bed.sections[:3]:
        part = sound[round(one.start * RATE) : round(one.end * RATE)].mean(axis=1)
        shapes[one.kind] = np.concatenate([listening.chroma(part), [np.sqrt((part**2).mean()) * 4]])
    for first, second in itertools.combinations(shapes, 2):
        assert np.abs(shapes[first] - shapes[second]).sum() > 0.12


def test_it_begins_at_once_and_ends_on_a_chord_that_rings_out() -> None:
    bed, sound = made("calm piano for a nature film")
    level = np.abs(sound).max(axis=1)
    assert level[: RATE // 4].max() > 0.01
    assert level[0] == 0
    assert level[-10:].max() < 1e-3
    final = round(bed.form.final_at * RATE)
    struck = np.sqrt((sound[final + 2000 : final + RATE // 2] ** 2).mean())
    late = np.sqrt((sound[-RATE // 2 :] ** 2).mean())
    assert struck > 4 * late
    tonic = listening.intended(bed.key)[0]
    assert listening.chroma(sound[final : final + 2 * RATE].mean(axis=1))[tonic] > 0.2


def test_the_same_words_give_the_same_bytes_and_other_words_another_tune(tmp_path: Path) -> None:
    files = []
    for name, prompt in (("one", "Calm  piano"), ("two", "calm piano"), ("three", "calm piano, gently")):
        ctx = listening.context(tmp_path / name)
        files.append(ctx.store.path(make_music(MusicRequest(prompt=prompt, seconds=8), ctx).media).read_bytes())
    assert files[0] == files[1] != files[2]


def test_the_number_of_threads_makes_no_difference() -> None:
    program = (
        "import hashlib, pathlib, sys, tempfile, listening\n"
        "from videogen_engine.music.model import MusicRequest\n"
        "from videogen_engine.music.stage import make_music\n"
        "ctx = listening.context(pathlib.Path(tempfile.mkdtemp()))\n"
        "media = make_music(MusicRequest(prompt='cinematic', seconds=6), ctx).media\n"
        "print(hashlib.sha256(ctx.store.path(media).read_bytes()).hexdigest())\n"
    )
    found = set()
    for threads in ("1", "2"):
        path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": path}
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_the_tune_stays_when_the_length_changes() -> None:
    brief = read_prompt("playful")
    pieces = [compose(brief, seconds, 5) for seconds in (60.0, 110.0)]
    assert pieces[0].key == pieces[1].key
    tunes = []
    for piece in pieces:
        start = next(one.start for one in piece.sections if one.kind == "A") - 0.1
        bass = next(part for part in piece.parts if part.player.role is Role.BASS)
        tunes.append([note.pitch for note in bass.notes if start <= note.start < start + 4 * piece.form.bar - 0.3])
    assert len(tunes[0]) == 8
    assert tunes[0] == tunes[1]


@pytest.mark.parametrize("seconds", [4.0, 5.5, 9.7, 14.0, 30.0, 61.3, 180.0])
@pytest.mark.parametrize("name", sorted(MOODS))
def test_every_mood_fills_every_length_with_whole_bars_and_an_ending(name: str, seconds: float) -> None:
    brief = read_prompt(name)
    score = compose(brief, seconds, 11)
    form = score.form
    assert form.seconds == seconds
    assert 0 <= form.loop_start < form.loop_end <= form.final_at < seconds
    assert form.final_at / form.bar == pytest.approx(round(form.final_at / form.bar))
    assert seconds - form.final_at >= 1.0
    wanted = sum(brief.mood.tempo) / 2
    assert score.tempo == pytest.approx(wanted, rel=0.45 if seconds < 10 else 0.15)
    assert score.sections[0].start == 0
    assert score.sections[-1].end == seconds
    assert all(note.start >= 0 for part in score.parts for note in part.notes)
    scale = score.key.pitch_classes
    assert all(note.pitch % 12 in scale for part in score.parts for note in part.notes)
    assert all(24 <= note.pitch <= 103 for part in score.parts for note in part.notes)


def test_voices_move_by_small_steps_from_chord_to_chord() -> None:
    key = Key(0, "major")
    before: tuple[int, ...] = ()
    moves = []
    for chord in chords("1 5 6 4 1add9 37 67 5sus4 1"):
        now = voiced(chord, key, before, 60)
        if before:
            moves.append(sum(abs(a - b) for a, b in zip(now, before, strict=True)) / 4)
        before = now
    assert max(moves) <= 3.5
    assert sum(moves) / len(moves) <= 2.2


@pytest.mark.parametrize(
    ("prompt", "name", "check"),
    [
        ("Calm piano", "calm", lambda b: any("piano" in p.instrument for p in b.mood.players)),
        ("upbeat corporate", "corporate", lambda b: b.mood.tempo[0] > MOODS["corporate"].tempo[0]),
        ("dark cinematic 90 bpm", "cinematic", lambda b: b.tempo == 90 and b.mood.mode == "minor"),
        ("sad lo-fi in C minor", "lo-fi", lambda b: b.tonic == 0),
        ("happy in F# major", "upbeat", lambda b: b.tonic == 6),
        ("epic without drums", "epic", lambda b: all(p.role is not Role.DRUMS for p in b.mood.players)),
        ("electronic, no melody", "electronic", lambda b: all(p.role is not Role.MELODY for p in b.mood.players)),
        ("sad with drums", "sad", lambda b: any(p.role is Role.DRUMS for p in b.mood.players)),
        ("slow acoustic guitar", "acoustic", lambda b: b.mood.tempo[1] < MOODS["acoustic"].tempo[1]),
        ("warm harp", "warm", lambda b: any(p.instrument == "harp" for p in b.mood.players)),
        ("LoFi hip hop", "lo-fi", lambda b: not b.strange),
    ],
)
def test_words_decide_what_is_played(prompt: str, name: str, check) -> None:
    brief = read_prompt(prompt)
    assert brief.name == name
    assert check(brief)
    assert brief.mood_named


def test_a_prompt_it_cannot_read_gives_calm_music_and_says_so(tmp_path: Path) -> None:
    ctx = listening.context(tmp_path)
    bed = make_music(MusicRequest(prompt="zorgle blimp", seconds=6), ctx)
    assert bed.mood == "calm"
    assert any("zorgle" in text for text in bed.warnings)
    assert any("no word" in text.lower() for text in bed.warnings)


@pytest.mark.parametrize("prompt", ["\U0001f600", "¿?", "\ud800", "悲しい音楽", "9" * 500])
def test_strange_prompts_still_sound(tmp_path: Path, prompt: str) -> None:
    ctx = listening.context(tmp_path)
    assert make_music(MusicRequest(prompt=prompt, seconds=4), ctx).seconds == 4


@pytest.mark.parametrize(
    ("prompt", "seconds", "said"),
    [("", 30, "characters"), ("  ", 30, "characters"), ("x" * 2001, 30, "characters"), ("calm", 3, "4 to 180"),
     ("calm", 181, "4 to 180"), ("calm", float("nan"), "4 to 180")],
)  # fmt: skip
def test_impossible_requests_are_refused(tmp_path: Path, prompt: str, seconds: float, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make_music(MusicRequest(prompt=prompt, seconds=seconds), listening.context(tmp_path))


def test_a_cancelled_composition_leaves_nothing(tmp_path: Path) -> None:
    cancelled = Event()
    plain = listening.context(tmp_path)
    ctx = StageContext(plain.store, plain.scratch, lambda *_: cancelled.set(), cancelled)
    with pytest.raises(StageCancelledError):
        make_music(MusicRequest(prompt="calm", seconds=6), ctx)
    assert not list(tmp_path.rglob("*.flac"))


def test_music_that_was_dropped_from_the_cache_is_made_again(tmp_path: Path) -> None:
    ctx = listening.context(tmp_path)
    first = make_music(MusicRequest(prompt="calm", seconds=4), ctx)
    before = ctx.store.path(first.media).read_bytes()
    for path in tmp_path.rglob("*.flac"):
        path.unlink()
    again = make_music(MusicRequest(prompt="calm", seconds=4), ctx)
    assert ctx.store.path(again.media).read_bytes() == before
