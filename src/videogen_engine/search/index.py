"""The row that a file is found by: its words, and vectors of what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final

import numpy as np

from videogen_engine.visuals.english import STOP_WORDS, base_forms, words_of
from videogen_engine.visuals.word_vectors import word_vectors

DIMENSIONS: Final = 128
#: Between the words of the name and all others.
BREAK: Final = "|"
#: Words that one vector stands for; more mean everything and nothing.
_WINDOW: Final = 40
_MOST_WINDOWS: Final = 24
_MOST_WORDS: Final = 3_000
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
#: Scripts that are written without spaces: their words are found by pairs of letters.
_UNSPACED: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
#: What cameras, phones and people put into names, and what every file is.
_DULL: Final = frozenset(
    [
        "img",
        "dsc",
        "dscn",
        "mov",
        "vid",
        "pxl",
        "final",
        "copy",
        "untitled",
        "file",
        "new",
        "v",
        "px",
        "lufs",
        "whatsapp",
    ]
)
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{2,5}")


def index_of(name: str, description: str, passages: Sequence[str]) -> tuple[str, bytes]:
    """Words and vectors of a file. The first vector is that of its name, the second that of its description."""
    named = name_words(name)
    told = text_words(description)
    said = [text_words(text) for text in passages]
    windows = list(_windows(said))
    table = word_vectors()
    rows = [table.embed(_telling(words)) for words in (named, told, *windows)]
    vectors = np.clip(np.rint(np.stack(rows)), -127, 127).astype(np.int8)
    others = dict.fromkeys(form for words in (told, *said) for word in words for form in forms_of(word))
    first = dict.fromkeys(form for word in named for form in forms_of(word))
    text = f" {' '.join(first)} {BREAK} {' '.join(list(others)[:_MOST_WORDS])} "
    return text, vectors.tobytes()


def name_words(name: str) -> list[str]:
    """The words of a file's name: no suffix, no numbers of a camera, parts of ``breadOven2`` each by itself."""
    stem = name
    suffix = PurePosixPath(name).suffix
    if _SUFFIX.fullmatch(suffix) and suffix[1:].isalnum() and not suffix[1:].isdigit():
        stem = name[: -len(suffix)]
    return text_words(_CAMEL.sub(" ", stem).replace("-", " ").replace("_", " ").replace(".", " "))


def text_words(text: str) -> list[str]:
    """Words in lower case, hyphenated ones in parts; of scripts without spaces, pairs of letters."""
    plain = unicodedata.normalize("NFKC", text).replace("_", " ").replace("-", " ").replace(BREAK, " ")
    found: list[str] = []
    for word in words_of(plain):
        if _UNSPACED.fullmatch(word.folded):
            found += [word.folded[start : start + 2] for start in range(len(word.folded) - 1)]
        else:
            found.append(word.folded)
    return found


def forms_of(word: str) -> tuple[str, ...]:
    """The word and what it may be a form of."""
    return (word, *base_forms(word))


def _telling(words: Iterable[str]) -> list[str]:
    kept = [word for word in words if word not in STOP_WORDS and word not in _DULL and not word.isdigit()]
    return kept or list(words)


def _windows(texts: Sequence[list[str]]) -> Iterable[list[str]]:
    """Parts of the texts, of about equal size; of very long ones, parts from all over them."""
    parts = [words[start : start + _WINDOW] for words in texts for start in range(0, len(words), _WINDOW)]
    if len(parts) <= _MOST_WINDOWS:
        return parts
    return [parts[number * len(parts) // _MOST_WINDOWS] for number in range(_MOST_WINDOWS)]
