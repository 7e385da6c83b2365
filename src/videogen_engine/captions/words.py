"""The speech's words as they are shown: cleaned, split when they are wider than a line, measured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from videogen_engine.captions.glyphs import Hand, WordArt, measure, write
from videogen_engine.captions.typefaces import runs
from videogen_engine.speech.model import Word

#: Characters of one word that are looked at; what is longer than two lines can hold is cut anyway.
_LOOKED_AT = 600
#: A word wider than a line is shown in at most this many pieces, the last one ending in an ellipsis.
_PIECES = 2

_EMPHASIS = re.compile(r"^[*_~`]+(?=\S)|(?<=\S)[*_~`]+(?=[.,;:!?)\]\"'”’»…]*$)")
_NICE_CUT = frozenset("-–—/\\_.,:;@&=?+#|")


@dataclass(frozen=True)
class ShownWord:
    """``text`` as painted, ``glued`` to the word before it without a space; times in seconds."""

    text: str
    start: float
    end: float
    glued: bool
    art: WordArt


def shown_words(words: Sequence[Word], hand: Hand, line_width: float) -> list[ShownWord]:
    """The words that leave something to see. Punctuation that stands alone belongs to its neighbour's time."""
    pieces: list[tuple[str, float, float, bool]] = []
    previous_end: int | None = None
    for word in words:
        glued = previous_end is not None and word.char_start <= previous_end
        previous_end = word.char_end
        text = clean(word.text, hand)
        if not text:
            continue
        end = max(word.end, word.start)
        for number, part in enumerate(_split(text, hand, line_width)):
            pieces.append((part, word.start, end, glued or number > 0))
    pieces = _timed(pieces)
    art = write([piece[0] for piece in pieces], hand)
    return [ShownWord(text, start, end, glued, art[text]) for text, start, end, glued in pieces]


def clean(text: str, hand: Hand) -> str:
    """A word without marks of emphasis, controls, broken characters and what no font can write."""
    kept = "".join(
        char for char in text[:_LOOKED_AT] if unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Zl", "Zp"}
    )
    if len(kept) > 2:
        kept = _EMPHASIS.sub("", kept)
    kept = unicodedata.normalize("NFC", kept).strip()
    written = "".join(run.text for run in runs(kept, hand.family, hand.weight, hand.language))
    return written if any(unicodedata.category(char)[0] not in "CZ" and char != "\ufe0f" for char in written) else ""


def _split(text: str, hand: Hand, line_width: float) -> list[str]:
    """The word itself, or the pieces of a word wider than a line."""
    if measure(text, hand) <= line_width:
        return [text]
    pieces: list[str] = []
    rest = text
    while rest:
        last = len(pieces) == _PIECES - 1
        if measure(rest, hand) <= line_width:
            pieces.append(rest)
            break
        count = _fitting(rest, hand, line_width, "…" if last else "")
        if last:
            pieces.append(rest[:count] + "…")
            break
        count = _nicer(rest, count)
        pieces.append(rest[:count])
        rest = rest[count:]
    return pieces


def _fitting(text: str, hand: Hand, line_width: float, tail: str) -> int:
    """How many characters fit a line, at least one; never parts a letter from its marks."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle] + tail, hand) <= line_width else (low, middle - 1)
    while low > 1 and low < len(text) and unicodedata.category(text[low])[0] == "M":
        low -= 1
    return low


def _nicer(text: str, count: int) -> int:
    """A cut behind a mark, when there is one in the second half of what fits."""
    for place in range(count, count // 2, -1):
        if text[place - 1] in _NICE_CUT:
            return place
    return count


def _timed(pieces: Sequence[tuple[str, float, float, bool]]) -> list[tuple[str, float, float, bool]]:
    """Times in order; pieces of no length of their own share their neighbour's."""
    timed: list[tuple[str, float, float, bool]] = []
    latest = 0.0
    for text, start, end, glued in pieces:
        begin = max(start, latest)
        timed.append((text, begin, max(end, begin), glued))
        latest = begin
    return [
        (text, start, min(end, following[1]) if following[1] > start else end, glued)
        for (text, start, end, glued), following in pairwise([*timed, ("", float("inf"), 0.0, False)])
    ]
