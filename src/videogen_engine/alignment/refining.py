"""English words placed once more, by the acoustic model, between the pauses that a first alignment found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.alignment.acoustic_model import AcousticModel
from videogen_engine.alignment.matching import Match
from videogen_engine.alignment.rendering import SaidWord
from videogen_engine.listening.lower_rate import at_16_khz
from videogen_engine.listening.stage import read_slice
from videogen_engine.speech.model import SAMPLE_RATE

#: Seconds of sound that the model is given at a time: at least, where a sentence ends, and at most.
_SHORT, _LONG = 5.0, 30.0
#: Seconds between words that part two stretches, at the end of a sentence or within it.
_GAP: Final = 0.12
#: Seconds of pause that a stretch keeps around it.
_PAD: Final = 0.35
#: Seconds that the two alignments may differ by: in the middle of a stretch's words, and for any one of them.
_USUAL, _MOST = 0.25, 0.7
_EDGES: Final = ".,?!;:'"


def refined(
    path: Path,
    samples: int,
    words: Sequence[SaidWord],
    match: Match,
    model: AcousticModel,
    step: Callable[[float], None],
) -> dict[int, tuple[float, float]]:
    """Start and end (s) by number of word, without stretches that the model cannot place, or places elsewhere."""
    found: dict[int, tuple[float, float]] = {}
    for first, last in stretches(words, match):
        step(first / len(words))
        before = float(match.ends[first - 1]) if first else 0.0
        after = float(match.starts[last]) if last < len(words) else samples / SAMPLE_RATE
        start = max(float(match.starts[first]) - _PAD, (before + float(match.starts[first])) / 2)
        end = min(float(match.ends[last - 1]) + _PAD, (after + float(match.ends[last - 1])) / 2)
        sound = read_slice(path, round(start * SAMPLE_RATE), min(samples, round(end * SAMPLE_RATE)))
        placed = _placed(words[first:last], at_16_khz(sound), model)
        if placed is None:
            continue
        moved = [(a + start, b + start) for a, b in placed]
        away = np.abs(np.array([a for a, _ in moved]) - match.starts[first:last])
        if float(np.median(away)) <= _USUAL:
            found |= {first + n: time for n, time in enumerate(moved) if away[n] <= _MOST}
    return found


def stretches(words: Sequence[SaidWord], match: Match) -> list[tuple[int, int]]:
    """Ranges of words that begin and end at pauses, after sentences where that can be had."""
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        last = first + 1
        best, widest = 0, -1.0
        while last < len(words):
            length = float(match.ends[last - 1] - match.starts[first])
            gap = float(match.starts[last] - match.ends[last - 1])
            if words[last].sentence != words[last - 1].sentence and gap >= _GAP and length >= _SHORT:
                break
            if length >= _SHORT and gap > widest:
                best, widest = last, gap
            if length >= _LONG and best:
                last = best
                break
            last += 1
        found.append((first, last))
        first = last
    return found


def _placed(
    words: Sequence[SaidWord], sound: NDArray[np.int16], model: AcousticModel
) -> list[tuple[float, float]] | None:
    said = [[plain for part in word.said.split() if (plain := part.strip(_EDGES))] for word in words]
    if not all(said):
        return None
    times = model.align([plain for parts in said for plain in parts], sound)
    if times is None:
        return None
    found: list[tuple[float, float]] = []
    at = 0
    for parts in said:
        found.append((times[at][0], times[at + len(parts) - 1][1]))
        at += len(parts)
    return found
