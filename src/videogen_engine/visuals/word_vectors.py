"""A static table of English word vectors: how near two texts are in meaning, without a model.

Made by ``tools/distil_word_vectors.py`` from all-MiniLM-L6-v2 (Apache-2.0): some 22,000 words and the bundled icons,
128 dimensions, 8-bit integers. Loaded when first used; numpy only.
"""

from __future__ import annotations

import hashlib
import io
import math
import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from videogen_engine.visuals.english import roots, words_of

Array = NDArray[np.float32]

#: The length that the recipe gives to the stored vectors.
LENGTH = 320
#: Weight (of 255) of a word that the table does not have: as telling as a rare word, but near to nothing but itself.
_UNKNOWN_WEIGHT = 230


class WordVectors:
    """Vectors of about LENGTH in whole numbers: their products are exact, so results are the same everywhere."""

    def __init__(self, packed: bytes) -> None:
        with np.load(io.BytesIO(packed), allow_pickle=False) as table:
            words = table["words"].tobytes().decode("ascii").split("\n")
            self._vectors: NDArray[np.int8] = table["vectors"]
            self._weights: NDArray[np.uint8] = table["weights"]
            self.icon_names: tuple[str, ...] = tuple(table["icons"].tobytes().decode("ascii").split("\n"))
            icons: NDArray[np.int8] = table["icon_vectors"]
        self._words = words
        self._rows = {word: row for row, word in enumerate(words)}
        self._icons: Array = icons.astype(np.float32)
        self._icon_lengths: Array = np.sqrt((self._icons**2).sum(axis=1))
        self.dimensions: int = int(self._vectors.shape[1])

    def __contains__(self, word: str) -> bool:
        return self._row(word) is not None

    def __len__(self) -> int:
        return len(self._rows)

    def has(self, word: str) -> bool:
        """Whether the table has exactly this word."""
        return word in self._rows

    def vector(self, word: str) -> Array | None:
        """The word's vector, or that of its base form; None when the table has neither."""
        row = self._row(word)
        return None if row is None else self._vectors[row].astype(np.float32)

    def weight(self, word: str) -> float:
        """How telling the word is by itself: 0 for the most frequent words, 1 for rare ones."""
        return self._weight(word) / 255

    def embed(self, words: Sequence[str]) -> Array:
        """The weighted mean of the words, of about LENGTH; zero for no words.

        A word that the table lacks counts as itself only, so that equal names are near and others are not.
        """
        total = np.zeros(self.dimensions, dtype=np.float64)
        for word in words:
            vector = self.vector(word)
            total += self._weight(word) * (_name_vector(word, self.dimensions) if vector is None else vector)
        length = _length(total)
        return np.rint(total * (LENGTH / length)).astype(np.float32) if length else total.astype(np.float32)

    def near_words(self, word: str, least: float, most: int) -> list[tuple[str, float]]:
        """At most ``most`` words of the table that mean nearly what ``word`` does, nearest first, each with how near
        it is (``least`` to 1). Nothing for a word that the table lacks."""
        vector = self.vector(word)
        if vector is None:
            return []
        near = (self._vectors.astype(np.float32) @ vector) / (self._lengths * np.float32(_length(vector)))
        order = np.argsort(-near, kind="stable")[: most + 1].tolist()
        return [
            (self._words[row], round(float(near[row]), 4))
            for row in order
            if near[row] >= least and self._words[row] != word
        ][:most]

    def near_icons(self, vector: Array) -> Array:
        """How near each of ``icon_names`` is to a vector of the table: 1 for the same direction."""
        length = _length(vector)
        if not length:
            return np.zeros(len(self.icon_names), dtype=np.float32)
        lengths = self._icon_lengths * np.float32(length)
        return np.asarray((self._icons @ vector) / lengths, dtype=np.float32)

    @cached_property
    def _lengths(self) -> Array:
        return np.sqrt((self._vectors.astype(np.float32) ** 2).sum(axis=1))

    def _weight(self, word: str) -> int:
        row = self._row(word)
        return _UNKNOWN_WEIGHT if row is None else int(self._weights[row])

    def _row(self, word: str) -> int | None:
        found = self._rows.get(word)
        if found is not None:
            return found
        return next((self._rows[form] for form in roots(word) if form in self._rows), None)


@cache
def word_vectors() -> WordVectors:
    """The table of this installation."""
    return WordVectors(files("videogen_engine.visuals").joinpath("data", "word_vectors.npz").read_bytes())


def similarity(first: str, second: str) -> float:
    """How near two English texts are in meaning: 1 for the same words, about 0 for unrelated ones.

    Names, numbers and words that the table lacks are near only to themselves. 0 when either text has no words.
    """
    table = word_vectors()
    a, b = table.embed(_all_words(first)), table.embed(_all_words(second))
    lengths = _length(a) * _length(b)
    return max(-1.0, min(1.0, float(a @ b) / lengths)) if lengths else 0.0


def _length(vector: NDArray[np.float32] | NDArray[np.float64]) -> float:
    exact = vector.astype(np.float64)
    return math.sqrt(float(exact @ exact))


def _all_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).replace("_", " ")
    return [word.folded for word in words_of(plain)]


@lru_cache(maxsize=4096)
def _name_vector(word: str, dimensions: int) -> Array:
    # A direction of its own, the same in every process.
    digest = hashlib.shake_128(word.encode("utf-8", "surrogatepass")).digest(dimensions)
    raw = np.frombuffer(digest, dtype=np.uint8).astype(np.float64) - 127.5
    return np.rint(raw * (LENGTH / _length(raw))).astype(np.float32)
