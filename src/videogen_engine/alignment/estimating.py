"""Word times where nothing better is known: by length, in the parts of the recording that are not silent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from videogen_engine.listening.model import Silence
from videogen_engine.speech.model import SAMPLE_RATE


def spread(lengths: Sequence[int], start: float, end: float, silences: Sequence[Silence]) -> list[tuple[float, float]]:
    """Words of ``lengths`` letters between ``start`` and ``end`` (s): each as long as its letters, none in a pause."""
    spans = _voiced(start, end, silences)
    total = sum(last - first for first, last in spans)
    reached = np.cumsum([0, *(max(1, length) for length in lengths)]) / max(1, sum(max(1, n) for n in lengths)) * total
    edges = np.cumsum([0.0, *(last - first for first, last in spans)])

    def at(voiced: float, *, ending: bool) -> float:
        side = "left" if ending else "right"
        index = min(max(int(np.searchsorted(edges, voiced, side)) - 1, 0), len(spans) - 1)
        return spans[index][0] + voiced - float(edges[index])

    return [
        (round(at(float(a), ending=False), 3), round(max(at(float(b), ending=True), at(float(a), ending=False)), 3))
        for a, b in pairwise(reached)
    ]


def _voiced(start: float, end: float, silences: Sequence[Silence]) -> list[tuple[float, float]]:
    """The parts of the span outside all silences; the whole of it when nothing is left."""
    found: list[tuple[float, float]] = []
    at = start
    for silence in silences:
        first, last = silence.start / SAMPLE_RATE, silence.end / SAMPLE_RATE
        if last <= at or first >= end:
            continue
        if first > at:
            found.append((at, min(first, end)))
        at = max(at, last)
    if at < end:
        found.append((at, end))
    return found or [(start, max(end, start + 0.01))]
