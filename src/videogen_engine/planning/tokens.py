"""Words of a sentence with their exact places in the script, and the phrases made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from videogen_engine.planning.model import Phrase

_CHUNK = re.compile(r"[^\s\0—]+|—")
_KEPT_BEFORE = frozenset("#@+-−.$€£¥₹")
_KEPT_AFTER = frozenset("%٪°$€£¥₹+#²³")
#: Signs that may stand apart from their number ("80 %").
_SIGNS = frozenset({"%", "٪", "€", "$", "£", "¥", "₹", "°C", "°F", "°"})
_CLAUSE_MARKS = frozenset(",;:—–…،؛、，；：()[]")
_SENTENCE_MARKS = frozenset(".!?。！？؟۔।")
#: No token is read further than this; longer words are shown cut by whoever paints them.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is ``script[start:end]`` without edge punctuation, which is in ``before`` and ``after``.

    ``lower`` is for comparing: lower case, with plain apostrophes.
    """

    text: str
    start: int
    end: int
    before: str
    after: str
    lower: str

    @property
    def closes(self) -> bool:
        """Whether a clause ends behind this word."""
        return any(char in _CLAUSE_MARKS or char in _SENTENCE_MARKS for char in self.after)

    @property
    def comma(self) -> bool:
        return any(char in ",،、，" for char in self.after)

    @property
    def ends_list(self) -> bool:
        """Whether something stronger than a comma follows."""
        return any(char in _SENTENCE_MARKS or char in ";:—–()[]；：؛" for char in self.after)

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def numeric(self) -> bool:
        return any(char.isdecimal() for char in self.text)


def tokens(script: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of ``script[start:end]``; marks that stand alone become part of the word before them."""
    found: list[Token] = []
    for match in _CHUNK.finditer(script, start, end):
        left, right = _core(script, match.start(), match.end())
        if left >= right:
            sign = match.group().rstrip('.,;:!?)»”"')
            if found and sign in _SIGNS and found[-1].numeric and not found[-1].after:
                last, right = found[-1], match.start() + len(sign)
                after = script[right : match.end()]
                found[-1] = _token(script, last.start, right, last.before, after)
            elif found:
                last = found[-1]
                found[-1] = replace(last, after=last.after + match.group()[:_LONGEST])
            continue
        right = min(right, left + _LONGEST)
        if (link := script.find("](", left, right)) > left:
            right = link
        after = script[right : min(match.end(), right + 8)]
        found.append(_token(script, left, right, script[match.start() : left], after))
    return tuple(found)


def _token(script: str, left: int, right: int, before: str, after: str) -> Token:
    text = script[left:right]
    return Token(text, left, right, before, after, text.lower().replace("’", "'"))


def _core(script: str, left: int, right: int) -> tuple[int, int]:
    while left < right and _edge(script[left]):
        if script[left] in _KEPT_BEFORE and left + 1 < right and script[left + 1].isalnum():
            break
        left += 1
    while right > left and _edge(script[right - 1]) and script[right - 1] not in _KEPT_AFTER:
        right -= 1
    return left, right


def _edge(char: str) -> bool:
    return not char.isalnum() and unicodedata.category(char)[0] in "PSCZ"


def bare(text: str) -> str:
    """A phrase as it is shown: single spaces, no emphasis marks, no control or broken characters."""
    kept = "".join(
        " " if char.isspace() or char == "\0" else char
        for char in text
        if char == "\0" or char.isspace() or unicodedata.category(char) not in {"Cs", "Cc"}
    )
    return " ".join(re.sub(r"\*+|`+|(?<!\w)_+|_+(?!\w)", "", kept).split())


def phrase(script: str, words: Sequence[Token], *, capital: bool = False) -> Phrase:
    """The stretch of the script from the first to the last word, optionally with a capital first letter."""
    start, end = words[0].start, words[-1].end
    text = bare(script[start:end])
    return Phrase(text=capitalised(text) if capital else text, start=start, end=end)


def capitalised(text: str) -> str:
    """First letter in upper case, unless the word has its own spelling (iPhone, pH) or is an address."""
    first = text.split(" ", 1)[0]
    if any(char.isupper() for char in first[1:]) or "://" in first:
        return text
    return text[:1].upper() + text[1:]


_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def unspaced(text: str) -> bool:
    """Whether the text is mostly in a script that puts no spaces between words (Chinese, Japanese, Thai …)."""
    head = text[:400]
    return len(_UNSPACED.findall(head)) * 3 > sum(char.isalnum() for char in head)
