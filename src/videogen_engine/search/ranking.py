"""How near each file is to a query: by the words they share, and by what their words mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from videogen_engine.search.index import BREAK, DIMENSIONS, forms_of, text_words
from videogen_engine.visuals.english import STOP_WORDS
from videogen_engine.visuals.word_vectors import Array, word_vectors

#: What a query's words being in the name, or anywhere else, is worth; and their meaning being near.
_IN_NAME, _IN_TEXT, _NEAR_NAME, _NEAR_TEXT = 0.95, 0.75, 0.75, 0.65
#: Meanings this near are chance.
_CHANCE: Final = 0.15
#: Words of the table that stand for a word of the query: how near they are at least, how many, and their worth.
_NEAR_WORD, _NEAR_WORDS, _MEANT = 0.42, 16, 0.85
#: What is less similar is no answer.
LEAST: Final = 0.3


class Row(Protocol):
    """See ``index.index_of``."""

    @property
    def file_id(self) -> str: ...

    @property
    def words(self) -> str: ...

    @property
    def vectors(self) -> bytes: ...


def ranked(query: str, rows: Sequence[Row], limit: int) -> list[tuple[str, float]]:
    """Ids and similarities (0–1) of the files that answer the query, best first; equal ones in order of id."""
    asked = text_words(query)
    if not asked or not rows:
        return []
    table = word_vectors()
    kept = [word for word in dict.fromkeys(asked) if word not in STOP_WORDS] or list(dict.fromkeys(asked))
    weights = [max(0.1, table.weight(word)) for word in kept]
    total = sum(weights)
    needles = [_Needle(word, weight / total) for word, weight in zip(kept, weights, strict=True)]
    names, texts = _nearness(table.embed(kept), rows)
    scored: list[tuple[float, str]] = []
    for place, row in enumerate(rows):
        head, _, tail = row.words.partition(BREAK)
        in_name = in_text = 0.0
        for needle in needles:
            if (found := needle.strength_in(head)) > 0.0:
                in_name += found * needle.share
            if (rest := needle.strength_in(tail)) > found:
                in_text += (rest - found) * needle.share
        # Words that the name has are found; those it lacks may stand elsewhere.
        shared = 1 - (1 - _IN_NAME * in_name) * (1 - _IN_TEXT * in_text)
        near = 1 - (1 - _NEAR_NAME * names[place]) * (1 - _NEAR_TEXT * texts[place])
        similarity = round(1 - (1 - shared) * (1 - near), 4)
        if similarity >= LEAST:
            scored.append((-similarity, row.file_id))
    return [(file_id, -similarity) for similarity, file_id in sorted(scored)[:limit]]


class _Needle:
    """A word of the query, with the words that mean nearly the same. ``share`` is its part of the query (0–1)."""

    def __init__(self, word: str, share: float) -> None:
        self.share = share
        self._exact = tuple(f" {form} " for form in forms_of(word))
        near = word_vectors().near_words(word, _NEAR_WORD, _NEAR_WORDS)
        self._near = tuple((f" {other} ", strength * _MEANT) for other, strength in near)

    def strength_in(self, words: str) -> float:
        """1 for the word itself, less for the nearest word that means the like, 0 for neither."""
        for form in self._exact:
            if form in words:
                return 1.0
        for other, strength in self._near:
            if other in words:
                return strength
        return 0.0


def _nearness(vector: Array, rows: Sequence[Row]) -> tuple[list[float], list[float]]:
    """By row, how near its name's and the nearest other vector are: 0 for chance, 1 for the same."""
    length = math.sqrt(float(vector.astype(np.float64) @ vector))
    counts = np.array([len(row.vectors) // DIMENSIONS for row in rows])
    if not length or not counts.any():
        return [0.0] * len(rows), [0.0] * len(rows)
    matrix = np.frombuffer(b"".join(row.vectors for row in rows), np.int8).reshape(-1, DIMENSIONS).astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    near = np.divide(
        matrix @ vector.astype(np.float32),
        lengths * np.float32(length),
        where=lengths > 0,
        out=np.zeros(len(matrix), np.float32),
    )
    near = np.clip((near - _CHANCE) / (1 - _CHANCE), 0, 1)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    names = near[starts]
    near[starts] = 0
    texts = np.maximum.reduceat(near, starts)
    return names.tolist(), texts.tolist()
