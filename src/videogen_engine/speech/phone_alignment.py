"""Word boundaries in an utterance's phones, from the phones that each word has when spoken alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

PAUSE: Final = "pau"
_VOWELS: Final = frozenset("aeiou")
_MISSING: Final = 1.0
#: How far (phones) the two sequences may drift apart.
_BAND: Final = 24


def word_spans(utterance: Sequence[str], words: Sequence[Sequence[str]]) -> list[tuple[int, int] | None]:
    """For each word the half-open range of its phones in ``utterance``, pauses outside; None for no phones.

    Phones in running speech differ from those of single words ("the" before a vowel, "a"), so the sequences
    are aligned by edit distance; a phone that no word claims goes to the word before it, or the first.
    """
    spoken = [index for index, phone in enumerate(utterance) if phone != PAUSE]
    expected = [(phone, word) for word, phones in enumerate(words) for phone in phones]
    owners = _owners([utterance[index] for index in spoken], expected)
    spans: list[tuple[int, int] | None] = [None] * len(words)
    for index, owner in zip(spoken, owners, strict=True):
        span = spans[owner]
        spans[owner] = (index, index + 1) if span is None else (span[0], index + 1)
    return spans


def _owners(actual: Sequence[str], expected: Sequence[tuple[str, int]]) -> list[int]:
    """The word of each actual phone."""
    if not expected:
        return [0] * len(actual)
    if [phone for phone, _ in expected] == list(actual):
        return [word for _, word in expected]
    rows, columns = len(actual), len(expected)
    slope = columns / max(rows, 1)
    infinite = float("inf")
    previous = [column * _MISSING if column <= _BAND else infinite for column in range(columns + 1)]
    moves: list[bytearray] = []
    for row in range(1, rows + 1):
        middle = round(row * slope)
        low, high = max(0, middle - _BAND), min(columns, middle + _BAND)
        current = [infinite] * (columns + 1)
        move = bytearray(columns + 1)
        if low == 0:
            current[0] = row * _MISSING
            move[0] = 1
        for column in range(max(low, 1), high + 1):
            best = previous[column - 1] + _difference(actual[row - 1], expected[column - 1][0])
            step = 0
            if previous[column] + _MISSING < best:
                best, step = previous[column] + _MISSING, 1
            if current[column - 1] + _MISSING < best:
                best, step = current[column - 1] + _MISSING, 2
            current[column] = best
            move[column] = step
        moves.append(move)
        previous = current
    return _walk_back(moves, expected, rows)


def _walk_back(moves: Sequence[bytearray], expected: Sequence[tuple[str, int]], rows: int) -> list[int]:
    owners: list[int | None] = [None] * rows
    row, column = rows, len(expected)
    while row > 0:
        step = moves[row - 1][column]
        if step == 2:
            column -= 1
        elif step == 1:
            row -= 1
        else:
            row -= 1
            column -= 1
            owners[row] = expected[column][1]
    found: list[int] = []
    last = expected[0][1]
    for owner in owners:
        last = last if owner is None else max(last, owner)
        found.append(last)
    return found


def _difference(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.5 if (one[0] in _VOWELS) == (other[0] in _VOWELS) else 1.5
