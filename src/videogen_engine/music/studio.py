"""A score becomes sound: every part played, placed in the room, and brought to its level."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from videogen_engine.music.composer import Note, Part, Score
from videogen_engine.music.drums import drum
from videogen_engine.music.instruments import INSTRUMENTS, tone
from videogen_engine.music.moods import Mood, Role
from videogen_engine.music.ringing import RATE, Mono, banded_noise
from videogen_engine.music.room import in_room

#: Notes of like force share a sound; what differs is how loud it is.
_LAYERS: Final = 3
#: Seconds by which a sound is longer than the note it was first made for, so that others can use it too.
_STEP: Final = 0.5


def play(score: Score, mood: Mood, check: Callable[[], None]) -> Mono:
    """The whole score as ``[2, n]`` at no particular level. ``check`` is called between parts."""
    count = round(score.form.seconds * RATE)
    dry = np.zeros((2, count), np.float32)
    wet = np.zeros((2, count), np.float32)
    band = [part for part in score.parts if part.player.role is not Role.DRUMS]
    beat = [part for part in score.parts if part.player.role is Role.DRUMS]
    for index, part in enumerate(band):
        check()
        stem = _played(part, count, index)
        _panned(stem, part.player.pan)
        dry += stem
        wet += stem * np.float32(part.player.send)
    if mood.pump and beat:
        duck = _pump(beat, mood.pump, count)
        dry *= duck
        wet *= duck
    for part in beat:
        check()
        stem = _struck(part, count)
        dry += stem
        wet += stem * np.float32(part.player.send)
    if mood.crackle:
        dry += _crackle(count)
    check()
    return in_room(dry, wet, mood.room, mood.wet, mood.cutoff, check)


def _played(part: Part, count: int, index: int) -> Mono:
    """The part's notes in their places. Sounds are made once for each pitch and force."""
    name = part.player.instrument
    instrument = INSTRUMENTS[name]
    stem = np.zeros((2, count), np.float32)
    longest: dict[tuple[int, int], int] = {}
    for note in part.notes:
        key = (note.pitch, _layer(note))
        size = math.ceil((note.length + instrument.release) / _STEP) * round(_STEP * RATE)
        longest[key] = max(longest.get(key, 0), size)
    sounds = {
        (pitch, layer): tone(name, pitch, (layer + 0.5) / _LAYERS, size, np.random.default_rng([index, pitch, layer]))
        for (pitch, layer), size in sorted(longest.items())
    }
    release = max(32, round(instrument.release * RATE))
    fade = (0.5 + 0.5 * np.cos(np.linspace(0, math.pi, release))).astype(np.float32) ** 1.5
    base = 10 ** (part.player.level / 20)
    for note in part.notes:
        first = round(note.start * RATE)
        held = round(note.length * RATE)
        last = min(first + held + release, count)
        if last - first < 32:
            continue
        sound = sounds[note.pitch, _layer(note)][:, : last - first] * np.float32(base * note.force**1.4)
        tail = sound[:, held:]
        tail *= fade[: tail.shape[1]]
        stem[:, first:last] += sound
    return stem


def _layer(note: Note) -> int:
    return min(_LAYERS - 1, int(note.force * _LAYERS))


def _panned(stem: Mono, pan: float) -> None:
    """Move the stem to a side, in place; in the middle nothing changes."""
    angle = (pan + 1) * math.pi / 4
    stem *= np.array([[math.cos(angle)], [math.sin(angle)]], np.float32) * np.float32(math.sqrt(2))


def _struck(part: Part, count: int) -> Mono:
    stem = np.zeros((2, count), np.float32)
    kit = part.player.instrument
    names = sorted({hit.drum for hit in part.hits})
    # Three strokes of each drum, so that no two in a row are the same.
    strokes = {
        name: [drum(kit, name, np.random.default_rng([at, *name.encode()])) for at in range(3)] for name in names
    }
    base = 10 ** (part.player.level / 20)
    for index, hit in enumerate(part.hits):
        first = round(hit.start * RATE)
        sound = strokes[hit.drum][index % 3][:, : max(0, count - first)]
        stem[:, first : first + sound.shape[1]] += sound * np.float32(base * 2.2 * hit.force**1.3)
    return stem


def _pump(beat: list[Part], depth: float, count: int) -> Mono:
    """The gain by which kicks push everything else aside for a moment."""
    curve = np.zeros(count, np.float32)
    length = round(0.32 * RATE)
    t = np.arange(length) / RATE
    shape = (np.minimum(1, t / 0.012) * np.clip(1 - (t - 0.012) / 0.3, 0, 1) ** 1.5).astype(np.float32)
    for part in beat:
        for hit in part.hits:
            if hit.drum == "kick":
                first = round(hit.start * RATE)
                part_of = curve[first : first + length]
                np.maximum(part_of, shape[: len(part_of)] * np.float32(hit.force), out=part_of)
    return (10 ** (-depth * curve / 20)).astype(np.float32)


def _crackle(count: int) -> Mono:
    """The surface of an old record, far in the background."""
    random = np.random.default_rng(78)
    hiss = np.stack([banded_noise(count, 900, 5000, random) for _ in range(2)]) * np.float32(0.0022)
    pops = random.integers(0, max(1, count - 400), count // RATE * 7)
    click = banded_noise(200, 1200, 6000, random) * np.exp(-np.arange(200, dtype=np.float32) / 30)
    for at in pops:
        hiss[int(random.integers(0, 2)), at : at + 200] += click * np.float32(random.uniform(0.004, 0.03))
    return hiss
