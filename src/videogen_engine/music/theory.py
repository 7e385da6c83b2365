"""Scales, chords and how the voices of one chord move to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

NOTE_NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
#: Semitones above the tonic of the seven steps.
MODES: Final = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}
MINOR_MODES: Final = frozenset({"minor", "dorian", "phrygian"})
#: Steps of the scale above a chord's root, by the chord's colour.
_COLOURS: Final = {
    "": (0, 2, 4),
    "5": (0, 4, 7),
    "7": (0, 2, 4, 6),
    "9": (0, 2, 6, 8),
    "add9": (0, 2, 4, 8),
    "sus2": (0, 1, 4),
    "sus4": (0, 3, 4),
    "6": (0, 2, 4, 5),
}
_CHORD: Final = re.compile(r"([1-7])(add9|sus2|sus4|[5679])?")


@dataclass(frozen=True)
class Key:
    """``tonic`` is a pitch class (0 is C)."""

    tonic: int
    mode: str

    @property
    def name(self) -> str:
        return f"{NOTE_NAMES[self.tonic]} {self.mode}"

    @property
    def is_minor(self) -> bool:
        return self.mode in MINOR_MODES

    def pitch(self, step: int) -> int:
        """MIDI note of a step of the scale; step 0 is the tonic between C4 (60) and B4."""
        octave, degree = divmod(step, 7)
        return 60 + self.tonic + 12 * octave + MODES[self.mode][degree]

    @property
    def pitch_classes(self) -> frozenset[int]:
        return frozenset((self.tonic + interval) % 12 for interval in MODES[self.mode])


@dataclass(frozen=True)
class Chord:
    """``degree`` 0–6 is the root's step; ``steps`` are the tones' steps above the root."""

    degree: int
    steps: tuple[int, ...]

    def tones(self) -> frozenset[int]:
        """The tones as degrees 0–6."""
        return frozenset((self.degree + step) % 7 for step in self.steps)

    def pitch_classes(self, key: Key) -> tuple[int, ...]:
        return tuple(dict.fromkeys(key.pitch(self.degree + step) % 12 for step in self.steps))


def chords(written: str) -> tuple[Chord, ...]:
    """``"1 4add9 5sus4"`` as chords. Raises ValueError for anything else."""
    found: list[Chord] = []
    for text in written.split():
        match = _CHORD.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a chord")
        found.append(Chord(int(match[1]) - 1, _COLOURS[match[2] or ""]))
    return tuple(found)


def voiced(chord: Chord, key: Key, before: Sequence[int], centre: int, voices: int = 4) -> tuple[int, ...]:
    """The chord as ``voices`` rising MIDI notes near ``centre``, each moving as little as it can from ``before``."""
    classes = chord.pitch_classes(key)
    best: tuple[float, tuple[int, ...]] | None = None
    for first in range(centre - 12, centre + 4):
        if first % 12 not in classes:
            continue
        for spread in (False, True):
            notes = _stacked(first, classes, voices, spread=spread)
            cost = _cost(notes, before, centre)
            if best is None or cost < best[0]:
                best = (cost, notes)
    if best is None:
        raise ValueError("a chord has no tones")
    return best[1]


def _stacked(first: int, classes: Sequence[int], voices: int, *, spread: bool) -> tuple[int, ...]:
    notes = [first]
    while len(notes) < voices:
        above = notes[-1] + 1
        while above % 12 not in classes:
            above += 1
        notes.append(above)
    if spread and voices > 2:
        # Open position: the second voice goes up an octave.
        notes = sorted([notes[0], *notes[2:], notes[1] + 12])
    return tuple(notes)


def _cost(notes: Sequence[int], before: Sequence[int], centre: int) -> float:
    middle = sum(notes) / len(notes)
    cost = 0.35 * abs(middle - centre) + 0.15 * max(0, notes[-1] - notes[0] - 16)
    if len(before) == len(notes):
        cost += sum(abs(now - then) for now, then in zip(notes, before, strict=True)) * 0.5
    # Close intervals low down sound like mud.
    low = [later - earlier for earlier, later in pairwise(notes) if earlier < 52]
    return cost + sum(2.0 for gap in low if gap < 5) + sum(0.7 for gap in _gaps(notes) if gap == 1)


def _gaps(notes: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(notes)]
