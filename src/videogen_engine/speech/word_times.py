"""When each piece of a reading is heard, from what the engine knows of its words."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_engine.speech.provider import SpokenWord
from videogen_engine.speech.reading import Piece, Reading

#: Seconds; no word is shorter.
SHORTEST = 0.01


def piece_times(
    reading: Reading, words: Sequence[SpokenWord] | None, active: tuple[float, float]
) -> list[tuple[float, float]]:
    """Start and end (s) of every piece, in order, none overlapping, all inside or beside ``active``.

    A piece has the time of the engine's words that begin in it. Pieces in which none begins (the engine joins
    function words, or knows no times at all) share their neighbour's time by letters.
    """
    groups: list[tuple[list[Piece], float, float]] = []
    pending: list[Piece] = []
    known = list(words or ())
    at = 0
    for index, piece in enumerate(reading.pieces):
        last = index == len(reading.pieces) - 1
        limit = len(reading.text) + 1 if last else reading.pieces[index + 1].said_start
        own: list[SpokenWord] = []
        while at < len(known) and known[at].char_start < limit:
            own.append(known[at])
            at += 1
        if own:
            groups.append(([*pending, piece], own[0].start, own[-1].end))
            pending = []
        elif groups:
            groups[-1][0].append(piece)
        else:
            pending.append(piece)
    if pending:
        groups.append((pending, *active))
    return _in_order([time for group in groups for time in _shared(*group)])


def _shared(pieces: Sequence[Piece], start: float, end: float) -> list[tuple[float, float]]:
    lengths = [max(1, piece.said_end - piece.said_start) for piece in pieces]
    total = sum(lengths)
    times: list[tuple[float, float]] = []
    reached = 0
    for length in lengths:
        left, reached = reached, reached + length
        times.append((start + (end - start) * left / total, start + (end - start) * reached / total))
    return times


def _in_order(times: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    ordered: list[tuple[float, float]] = []
    earliest = 0.0
    for start, end in times:
        start = max(start, earliest)
        earliest = max(end, start + SHORTEST)
        ordered.append((start, earliest))
    return ordered
