"""From a brief to a score: form, harmony with voice leading, accompaniment, melody and beat."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from videogen_engine.music.melody import melody
from videogen_engine.music.model import MusicForm, MusicSection
from videogen_engine.music.moods import BEATS, CADENCES, Mood, Player, Role
from videogen_engine.music.prompt import Brief
from videogen_engine.music.theory import MINOR_MODES, Chord, Key, chords, voiced

STEPS: Final = 16
#: Seconds that the last chord rings, at least and at most.
_RING: Final = (2.6, 5.0)
_CENTRES: Final = {Role.HOLD: 60, Role.BLOCK: 60, Role.ARP: 64}


@dataclass(frozen=True)
class Note:
    """``start`` and ``length`` in seconds, ``pitch`` a MIDI note, ``force`` 0–1."""

    start: float
    length: float
    pitch: int
    force: float


@dataclass(frozen=True)
class Hit:
    """``drum`` is a drum's name; ``force`` 0–1."""

    start: float
    drum: str
    force: float


@dataclass(frozen=True)
class Part:
    player: Player
    notes: tuple[Note, ...] = ()
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Score:
    key: Key
    tempo: float
    form: MusicForm
    sections: tuple[MusicSection, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class _Bar:
    """A bar in the form: its section, its place in it and the chords that share it evenly."""

    index: int
    section: str
    place: int
    of: int
    chords: tuple[Chord, ...]


def compose(brief: Brief, seconds: float, seed: int) -> Score:
    """The music for ``seconds``; the same tune in the same key for the same seed, however long."""
    random = np.random.default_rng(seed)
    mood = brief.mood
    key = Key(int(random.choice(mood.tonics)) if brief.tonic is None else brief.tonic, mood.mode)
    wanted = float(random.uniform(*mood.tempo)) if brief.tempo is None else brief.tempo
    bars_count, bar, ring = _lengths(seconds, wanted)
    choices = mood.minor if mood.mode in MINOR_MODES else mood.major
    progressions = {
        "A": chords(str(random.choice(choices[0]))),
        "B": chords(str(random.choice(choices[1]))),
    }
    bars = _form(bars_count, progressions, mood)
    final_at = bars_count * bar
    parts = tuple(
        _part(player, bars, bar, final_at, ring, key, mood, np.random.default_rng([seed, index, 7]))
        for index, player in enumerate(mood.players)
    )
    form = MusicForm(
        bar=bar,
        loop_start=sum(one.section == "intro" for one in bars) * bar,
        loop_end=final_at - sum(one.section == "outro" for one in bars) * bar,
        final_at=final_at,
        seconds=seconds,
    )
    return Score(key, 240 / bar, form, _sections(bars, bar, seconds), parts)


def _lengths(seconds: float, tempo: float) -> tuple[int, float, float]:
    """Bars, seconds of each and of the ring after them, as near to ``tempo`` as the length allows."""
    wanted = 240 / tempo
    least, most = min(_RING[0], seconds * 0.3), min(_RING[1], seconds * 0.45)
    best: tuple[float, int, float, float] | None = None
    for ring in np.linspace(least, most, 25):
        for count in range(1, int((seconds - ring) / wanted) + 3):
            bar = (seconds - float(ring)) / count
            off = abs(float(np.log(bar / wanted)))
            if best is None or off < best[0] - 1e-9:
                best = (off, count, bar, float(ring))
    if best is None:
        raise ValueError("music needs a length")
    return best[1:]


def _form(count: int, progressions: dict[str, tuple[Chord, ...]], mood: Mood) -> list[_Bar]:
    """Intro, A, B … and outro over ``count`` bars. Short music has phrases of two bars, with two chords in each."""
    phrase = 4 if count >= 14 else 2 if count >= 6 else 1
    outro = phrase if count > 2 else 0
    middle = max(1, (count - outro - 1) // phrase) * phrase if count > 2 else count
    middle -= phrase if count - outro - middle < min(2, phrase) and middle > phrase else 0
    intro = max(0, count - outro - middle)
    plan: list[tuple[str, int]] = [("intro", intro)] if intro else []
    length = phrase * 2 if middle >= 4 * phrase else phrase
    order = "ABACB"
    done = 0
    while done < middle:
        taken = min(length, middle - done)
        plan.append((order[(len(plan) - bool(intro)) % len(order)], taken))
        done += taken
    if outro:
        plan.append(("outro", outro))
    cadence = chords(CADENCES["lydian" if mood.mode == "lydian" else "minor" if _minor(mood) else "major"])
    bars: list[_Bar] = []
    for section, bars_of in plan:
        line = cadence if section == "outro" else progressions["B" if section in "BC" else "A"]
        for place in range(bars_of):
            share = max(1, len(line) // phrase)
            start = place % phrase * share
            # The intro may be a bar longer than a phrase: it ends on what leads to A.
            offset = 0 if section != "intro" else -bars_of % phrase * share
            own = tuple(line[(start + offset + at) % len(line)] for at in range(share))
            bars.append(_Bar(len(bars), section, place, bars_of, own))
    return bars


def _minor(mood: Mood) -> bool:
    return mood.mode in MINOR_MODES


def _sections(bars: list[_Bar], bar: float, seconds: float) -> tuple[MusicSection, ...]:
    starts = [one for one in bars if one.place == 0]
    times = [*(round(one.index * bar, 6) for one in starts), seconds]
    return tuple(
        MusicSection(kind=one.section, start=start, end=end)
        for one, (start, end) in zip(starts, pairwise(times), strict=True)
    )


def _part(
    player: Player,
    bars: list[_Bar],
    bar: float,
    final_at: float,
    ring: float,
    key: Key,
    mood: Mood,
    random: np.random.Generator,
) -> Part:
    clock = _Clock(bar, mood, random)
    played = [one for one in bars if one.section[0] in player.sections]
    if player.role is Role.DRUMS:
        return Part(player, hits=tuple(_hits(player, played, final_at, clock)))
    if player.role is Role.MELODY:
        lines = melody(player.pattern, [(one.section, one.place, one.of, one.chords) for one in played], random)
        tune = [
            clock.note(one.index, start, length, key.pitch(step) + 12 * player.octave, force)
            for one, line in zip(played, lines, strict=True)
            for start, length, step, force in line
        ]
        if "o" in player.sections:
            tune.append(Note(final_at, ring, key.pitch(0) + 12 * player.octave, 0.6))
        return Part(player, notes=tuple(tune))
    notes: list[Note] = []
    before: tuple[int, ...] = ()
    centre = _CENTRES.get(player.role, 60) + 12 * player.octave
    for one in played:
        share = STEPS / len(one.chords)
        voicings: list[tuple[int, ...]] = []
        for chord in one.chords:
            before = voiced(chord, key, before, centre)
            voicings.append(before)
        for at, (chord, voicing) in enumerate(zip(one.chords, voicings, strict=True)):
            span = (at * share, (at + 1) * share)
            notes += _played(player, one, span, chord, voicing, key, clock)
    if player.role is Role.BASS:
        notes.append(Note(final_at, ring, _bass(key.pitch(0), player), 0.62))
    elif "o" in player.sections:
        last = voiced(chords("1")[0], key, before, centre)
        for index, pitch in enumerate(last):
            # The last chord is rolled a little, as hands do.
            notes.append(Note(final_at + 0.018 * index, ring, pitch, 0.62))
    return Part(player, notes=tuple(notes))


class _Clock:
    """Where steps of bars are in time, with the swing of the mood and the unevenness of hands."""

    def __init__(self, bar: float, mood: Mood, random: np.random.Generator) -> None:
        self.bar, self._mood, self._random = bar, mood, random

    def at(self, index: int, step: float) -> float:
        whole = int(step // 2)
        swung = self._mood.swing * (2 if whole % 2 else 0)
        off = float(np.clip(self._random.normal(0, 1), -2.2, 2.2)) * self._mood.human / 1000
        return max(0.0, (index + (step + swung) / STEPS) * self.bar + off)

    def seconds(self, steps: float) -> float:
        return steps / STEPS * self.bar

    def force(self, force: float) -> float:
        return float(np.clip(force * self._random.normal(1.0, 0.07), 0.08, 1.0))

    def note(self, index: int, step: float, steps: float, pitch: int, force: float) -> Note:
        return Note(self.at(index, step), self.seconds(steps), pitch, self.force(force))


#: How hard each section is played.
_FORCE: Final = {"intro": 0.62, "A": 0.76, "B": 0.9, "C": 0.7, "outro": 0.64}


def _played(
    player: Player,
    bar: _Bar,
    span: tuple[float, float],
    chord: Chord,
    voicing: tuple[int, ...],
    key: Key,
    clock: _Clock,
) -> list[Note]:
    """What an accompanist plays over one chord."""
    force = _FORCE[bar.section]
    first, last = span
    if player.role is Role.HOLD:
        return [clock.note(bar.index, first, last - first, pitch, force) for pitch in voicing]
    if player.role is Role.ARP:
        indices = player.pattern.split()
        each = STEPS / len(indices)
        found: list[Note] = []
        for at, index in enumerate(indices):
            step = at * each
            if index != "." and first <= step < last:
                accent = 1.0 if step % 8 == 0 else 0.9 if step % 4 == 0 else 0.78
                pitch = voicing[int(index) % len(voicing)]
                # Strings and bars ring until the harmony changes; what should be short dies down by itself.
                found.append(clock.note(bar.index, step, max(last - step, 3), pitch, force * accent))
        return found
    if player.role is Role.BLOCK:
        return [
            clock.note(bar.index, step + 0.06 * index, min(steps, last - step), pitch, force * weight)
            for step, steps, weight in _struck(player.pattern, first, last)
            for index, pitch in enumerate(voicing)
        ]
    found = []
    for event in player.pattern.split():
        step, steps, tone = event.split(":")
        if first <= int(step) < last or (int(step) < first and bar.chords.index(chord) > 0 and step == "0"):
            begin = max(int(step), first)
            degree = chord.degree + (4 if tone == "5" else 0)
            pitch = _bass(key.pitch(degree), player) + (12 if tone == "8" else 0)
            weight = 1.0 if begin % 8 == 0 else 0.85
            found.append(clock.note(bar.index, begin, min(int(steps), last - begin), pitch, force * weight))
    return found


def _struck(pattern: str, first: float, last: float) -> list[tuple[float, float, float]]:
    """The blows of a chord pattern within a span; a chord that comes between two blows gets one of its own."""
    blows = [(float(a), float(b), float(c)) for a, b, c in (event.split(":") for event in pattern.split())]
    found = [blow for blow in blows if first <= blow[0] < last]
    return found or ([(first, min(4.0, last - first), 0.7)] if first else [])


def _bass(pitch: int, player: Player) -> int:
    """The pitch between E1 (28) and D#2 (39), an octave further by the player's own."""
    return 28 + (pitch - 28) % 12 + 12 * player.octave


def _hits(player: Player, bars: list[_Bar], final_at: float, clock: _Clock) -> list[Hit]:
    found: list[Hit] = []
    last_bar = len(bars) - 1
    for at, one in enumerate(bars):
        quiet = one.section in {"intro", "outro"}
        for drum, line in BEATS[player.pattern].items():
            # Before and after the tune only the light drums keep time.
            if quiet and drum in {"kick", "snare", "clap", "taiko"} and not (drum == "taiko" and one.place == 0):
                continue
            for step, mark in enumerate(line):
                if mark != ".":
                    force = int(mark) / 9 * (0.6 if quiet else _FORCE[one.section] + 0.1)
                    found.append(Hit(clock.at(one.index, step), drum, clock.force(force)))
        ends = one.place == one.of - 1
        follows = bars[at + 1] if at < last_bar else None
        if ends and follows is not None and follows.index == one.index + 1 and follows.section in {"A", "B"}:
            found.append(Hit(max(0.0, (one.index + 1) * clock.bar - 1.2), "swell", 0.5))
            found.append(Hit((one.index + 1) * clock.bar, "cymbal", 0.42))
            if not quiet:
                low = "tom" if "taiko" in BEATS[player.pattern] else "kick"
                found += [Hit(clock.at(one.index, step), low, force) for step, force in ((12, 0.4), (14, 0.5))]
    if "o" in player.sections:
        found.append(Hit(final_at, "kick" if "kick" in BEATS[player.pattern] else "taiko", 0.6))
        found.append(Hit(final_at, "cymbal", 0.4))
    return [hit for hit in found if hit.force > 0.03]
