"""A sentence cut into the words that a viewer sees, with where each stands.

A word is what stands between spaces, its punctuation included; a dash or an ellipsis between two words ends
the first; Han and Kana characters, which are written without spaces, are words of one character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

#: Marks that are read aloud although they are neither letters nor digits.
SPOKEN_MARKS: Final = frozenset("%&@+=°§$€£¥₹₩¢×÷‰")
_CJK: Final = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_CJK_CHAR: Final = re.compile(rf"[{_CJK}\U00020000-\U0003ffff]")
_CUT: Final = re.compile(
    r"(?<=[^\W\d_][—―])(?=[\w\"“'‘(])"
    r"|(?<=[^\W\d_]–)(?=[^\W\d_\s])"
    r"|(?<=\w--)(?=[^\W\d_])"
    r"|(?<=\w…)(?=\w)"
    r"|(?<=\w\.\.\.)(?=\w)"
)


@dataclass(frozen=True)
class ScriptWord:
    """Characters ``start`` to ``end`` of the sentence. ``spoken`` is false for lone punctuation and emoji."""

    start: int
    end: int
    text: str
    spoken: bool


def script_words(text: str) -> list[ScriptWord]:
    """Every visible token of ``text``, in order. Linear in its length."""
    found: list[ScriptWord] = []
    for chunk in re.finditer(r"[^\s\x00-\x1f\x7f]+", text):
        for start, end in _pieces(chunk.group(), chunk.start()):
            part = text[start:end]
            found.append(ScriptWord(start, end, part, is_spoken(part)))
    return found


def is_spoken(text: str) -> bool:
    """Whether anything in ``text`` has a sound: a letter, a digit or a mark such as ``%``."""
    return any(_has_sound(char) for char in text)


@lru_cache(maxsize=4096)
def _has_sound(char: str) -> bool:
    # Regional indicators (flags) are symbols; modifier letters and marks alone say nothing.
    return char in SPOKEN_MARKS or unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No"}


def _pieces(chunk: str, offset: int) -> list[tuple[int, int]]:
    cuts = [match.start() for match in _CUT.finditer(chunk)]
    if _CJK_CHAR.search(chunk):
        cuts += [at for match in _CJK_CHAR.finditer(chunk) for at in (match.start(), match.end())]
    edges = [0, *sorted({at for at in cuts if 0 < at < len(chunk)}), len(chunk)]
    return [(offset + start, offset + end) for start, end in pairwise(edges)]
