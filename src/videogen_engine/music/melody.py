"""A tune over chords: a motif for each kind of section, repeated, varied and brought home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np

from videogen_engine.music.theory import Chord

#: Start and length in sixteenths, step of the scale, force.
Tone: TypeAlias = tuple[float, float, int, float]
#: A bar of the form: section, place in it, bars of it, chords.
BarOf: TypeAlias = tuple[str, int, int, tuple[Chord, ...]]

#: Rhythms of a bar as starts and lengths in sixteenths, by family: those that move, then those that rest.
_RHYTHMS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "sparse": (("0:10", "4:10", "0:6 8:8"), ("0:14", "8:8")),
    "lyrical": (("0:6 6:2 8:8", "0:4 4:4 8:6", "0:8 8:4 12:4", "2:2 4:4 8:6"), ("0:12", "0:8 8:6")),
    "flowing": (("0:4 4:2 6:4 10:6", "2:2 4:4 8:2 10:4", "0:2 2:2 4:4 8:6"), ("0:8", "0:6 8:6")),
    "busy": (("0:2 2:2 4:2 6:4 10:2 12:3", "0:3 3:3 6:2 8:4 12:2", "2:2 4:2 6:2 8:3 11:3"), ("0:4 4:6", "0:3 3:5")),
    "lazy": (("3:3 6:4 11:4", "2:2 4:3 7:6", "6:2 8:3 11:5"), ("2:8", "0:3 3:7")),
}
_REGISTER: Final = {"A": 5, "B": 8, "C": 4, "outro": 4, "intro": 4}
_FORCE: Final = {"A": 0.74, "B": 0.88, "C": 0.66, "outro": 0.6, "intro": 0.6}


def melody(family: str, bars: Sequence[BarOf], random: np.random.Generator) -> list[list[Tone]]:
    """A line for each bar. Phrases of four bars go motif, answer, motif, rest; the last bar of each comes home."""
    moving, resting = _RHYTHMS[family]
    motifs = {kind: _Motif(moving, random) for kind in "ABC"}
    lines: list[list[Tone]] = []
    at = 0
    for section, place, of, chords in bars:
        kind = section if section in motifs else "A"
        if place == 0:
            at = _REGISTER[section]
        rests = place % 4 == 3 or place == of - 1
        if rests:
            rhythm, moves = str(random.choice(resting)), (1, -1)
        else:
            rhythm, moves = motifs[kind].bar(place % 4)
        line, at = _line(rhythm, moves, chords, at, _REGISTER[section], _FORCE[section], rests=rests)
        lines.append(line)
    return lines


class _Motif:
    """A rhythm with a contour, and the rhythm that answers it."""

    def __init__(self, rhythms: Sequence[str], random: np.random.Generator) -> None:
        first, second = (str(text) for text in random.choice(rhythms, 2, replace=False))
        self._rhythms = (first, second)
        rising = int(random.choice([-1, 1]))
        self._moves = tuple(
            int(random.choice([1, 1, 2, -1, -2, 0], p=[0.26, 0.2, 0.14, 0.2, 0.1, 0.1])) * rising for _ in range(8)
        )

    def bar(self, place: int) -> tuple[str, tuple[int, ...]]:
        if place % 2 == 0:
            return self._rhythms[0], self._moves
        return self._rhythms[1], tuple(-move for move in self._moves)


def _line(
    rhythm: str,
    moves: Sequence[int],
    chords: Sequence[Chord],
    at: int,
    register: int,
    loud: float,
    *,
    rests: bool,
) -> tuple[list[Tone], int]:
    tones: list[Tone] = []
    for index, event in enumerate(rhythm.split()):
        start, length = (int(text) for text in event.split(":"))
        at += moves[index % len(moves)]
        # A tune that wanders off is led back by steps.
        at += -2 if at > register + 5 else 2 if at < register - 5 else 0
        chord = chords[min(len(chords) - 1, start * len(chords) // 16)]
        if start % 4 == 0 or length >= 4 or rests:
            at = _nearest(at, chord)
        tones.append((start, length, at, loud * (1.0 if start % 8 == 0 else 0.88)))
    return tones, at


def _nearest(step: int, chord: Chord) -> int:
    """The chord tone next to ``step``, the upper one of two equally near."""
    tones = frozenset((chord.degree + own) % 7 for own in chord.steps[:3])
    return min(range(step - 4, step + 5), key=lambda other: (other % 7 not in tones, abs(other - step), -other))
