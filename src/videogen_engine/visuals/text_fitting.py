"""Breaks a text into balanced lines and finds the largest size at which they fit a box."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from videogen_engine.visuals.faces import Face, Lettering, advance, lettering_for

_LONGEST_WORD = 26
_MOST_WORDS = 48
#: How much larger letters must get for one more line.
_WORTH_A_LINE = 1.26
#: Latin, Greek and Cyrillic need this much above the first and below the last baseline (em); others more.
_ASCENT, _DESCENT = 0.78, 0.22
_TALL_ASCENT, _TALL_DESCENT, _TALL_LEADING = 1.0, 0.36, 1.42


@dataclass(frozen=True)
class TextStyle:
    """How a text is set. ``tracking`` and ``leading`` are in em."""

    face: Face
    tracking: float = 0.0
    leading: float = 1.12
    upper: bool = False


@dataclass(frozen=True)
class Fitted:
    """Lines at a size (px). ``width`` × ``height`` is the block; ``ascent`` and ``descent`` are in em."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    size: float
    leading: float
    tracking: float
    lettering: Lettering

    @property
    def ascent(self) -> float:
        return _TALL_ASCENT if self.lettering.tall else _ASCENT

    @property
    def descent(self) -> float:
        return _TALL_DESCENT if self.lettering.tall else _DESCENT

    @property
    def width(self) -> float:
        return max(self.widths, default=0.0)

    @property
    def height(self) -> float:
        if not self.lines:
            return 0.0
        return self.size * (self.leading * (len(self.lines) - 1) + self.ascent + self.descent)

    def baseline(self, line: int) -> float:
        """The line's baseline in px below the block's top."""
        return self.size * (self.ascent + line * self.leading)


def split_words(text: str) -> tuple[str, ...]:
    """Pieces between which a line may end; a piece that follows a space starts with one.

    Words stay whole unless they are longer than any line; Chinese, Japanese and Korean break anywhere but before
    closing punctuation.
    """
    pieces: list[str] = []
    for word in text.split():
        for number, piece in enumerate(_word_pieces(word)):
            pieces.append((" " if number == 0 and pieces else "") + piece)
            if len(pieces) >= _MOST_WORDS:
                return tuple(pieces)
    return tuple(pieces)


def _word_pieces(word: str) -> list[str]:
    if not any(_is_ideographic(char) for char in word[:200]):
        cut = _LONGEST_WORD - 1
        cuts = [word[i : i + cut] + "-" for i in range(0, len(word) - _LONGEST_WORD, cut)][:_MOST_WORDS]
        return [*cuts, word[len(cuts) * cut :][: 2 * _LONGEST_WORD]]
    pieces: list[str] = []
    for char in word[: _LONGEST_WORD * 8]:
        glued = unicodedata.category(char) in {"Pe", "Pf", "Po", "Mn", "Lm"} or not _is_ideographic(char)
        if pieces and glued and (not _is_ideographic(char) or len(pieces[-1]) < 8):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _is_ideographic(char: str) -> bool:
    point = ord(char)
    return 0x2E80 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF


def fit(
    text: str,
    style: TextStyle,
    width: float,
    height: float,
    *,
    largest: float,
    smallest: float,
    max_lines: int = 3,
    language: str | None = None,
    worth: float = _WORTH_A_LINE,
) -> Fitted:
    """``text`` as large as the box allows, between ``smallest`` and ``largest`` px.

    Fewer lines win unless another one makes the letters ``worth`` times larger. What does not fit at
    ``smallest`` is cut with an ellipsis.
    """
    shown = text.upper() if style.upper else text
    words = split_words(shown)
    lettering = lettering_for("".join(words)[:400], style.face, language)
    tracking = 0.0 if lettering.tall else style.tracking
    leading = max(style.leading, _TALL_LEADING) if lettering.tall else style.leading
    edges = _TALL_ASCENT + _TALL_DESCENT if lettering.tall else _ASCENT + _DESCENT

    def block(lines: tuple[str, ...], size: float) -> Fitted:
        widths = tuple(size * advance(line, lettering, tracking) for line in lines)
        return Fitted(lines, widths, size, leading, tracking, lettering)

    if not words:
        return block((), smallest)
    while True:
        best: Fitted | None = None
        for count in range(1, min(max_lines, len(words)) + 1):
            lines = _balanced(words, count, lettering, tracking)
            span = max(advance(line, lettering, tracking) for line in lines)
            size = min(largest, width / max(span, 0.01), height / (leading * (count - 1) + edges))
            if best is None or size > best.size * worth:
                best = block(lines, size)
        if best is not None and (best.size >= smallest - 1e-6 or (len(words) == 1 and len(words[0]) <= 2)):
            return best
        words = _shortened(words)


def _shortened(words: tuple[str, ...]) -> tuple[str, ...]:
    *before, last = words
    if before:
        return (*before[:-1], before[-1].rstrip(",;:.-–—…") + "…")
    word = last.rstrip("…")
    return (word[: max(1, int(len(word) * 0.8))] + "…",)


@lru_cache(maxsize=4096)
def _balanced(words: tuple[str, ...], count: int, lettering: Lettering, tracking: float) -> tuple[str, ...]:
    """The split into ``count`` lines whose widest line is narrowest; ties go to the most even and natural one."""
    space = advance(" ", lettering, tracking)
    spaced = [word.startswith(" ") for word in words]
    total = len(words)
    sums = [0.0]
    for word, has_space in zip(words, spaced, strict=True):
        sums.append(sums[-1] + advance(word.strip(), lettering, tracking) + (space if has_space else 0.0))

    def span(start: int, end: int) -> float:
        return sums[end] - sums[start] - (space if spaced[start] else 0.0)

    # A line should not end on a small word that belongs to the next one ("and", "of the").
    whole = (sums[-1] / count) ** 2
    dangling = [len(word.strip()) <= 3 and word.strip().isalpha() for word in words]

    def unease(start: int, end: int) -> float:
        return span(start, end) ** 2 + (0.5 * whole if end < total and dangling[end - 1] else 0.0)

    # For each line and end: the widest line so far, the sum of squares, the start of the last line.
    rows = [[(span(0, end), unease(0, end), 0) for end in range(1, total + 1)]]
    for line in range(1, count):
        before = rows[-1]
        row: list[tuple[float, float, int]] = []
        for end in range(1, total + 1):
            options = [
                (max(before[start - 1][0], span(start, end)), before[start - 1][1] + unease(start, end), start)
                for start in range(line, end)
            ]
            row.append(min(options, default=(float("inf"), float("inf"), 0)))
        rows.append(row)
    cuts: list[int] = []
    end = total
    for line in range(count - 1, 0, -1):
        end = rows[line][end - 1][2]
        cuts.append(end)
    edges = [0, *reversed(cuts), total]
    return tuple("".join(words[a:b]).strip() for a, b in pairwise(edges))
