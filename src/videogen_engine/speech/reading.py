"""What an engine is asked to say for a sentence, and which script characters each part of it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from videogen_engine.speech.model import Pronunciation
from videogen_engine.speech.script_words import ScriptWord, script_words

#: Characters of one script word that are read; the rest of a longer one stays silent.
LONGEST_WORD: Final = 80
#: Characters of one utterance; a longer sentence is spoken in several breaths.
LONGEST_BREATH: Final = 320
PAUSE_MARKS: Final = ".,;:!?،؛؟。、，；：！？।"


@dataclass(frozen=True)
class Piece:
    """Sentence characters ``start``–``end`` are said as utterance characters ``said_start``–``said_end``."""

    start: int
    end: int
    said_start: int
    said_end: int


@dataclass(frozen=True)
class Reading:
    """``text`` is the utterance. Pieces are in order in both texts and do not overlap.

    ``shortened`` counts words too long to be read whole, ``unreadable`` words in letters the voice lacks.
    """

    text: str
    pieces: tuple[Piece, ...]
    shortened: int = 0
    unreadable: int = 0


@dataclass
class SaidWord:
    """One script word on its way into an utterance: ``said`` is empty when it is silent."""

    start: int
    end: int
    said: str = ""
    #: Written after ``said`` in the utterance: a pause mark or nothing.
    mark: str = ""
    #: No space goes before it, as between Han characters.
    glued: bool = False


@dataclass(frozen=True)
class Replaced:
    """A run of script words that a pronunciation covers."""

    words: tuple[ScriptWord, ...]
    replacement: str


def with_pronunciations(text: str, pronunciations: Sequence[Pronunciation]) -> list[ScriptWord | Replaced]:
    """The script words of ``text``, those that a pronunciation covers whole joined into one ``Replaced``.

    Originals match whole words, whatever their case; the longest original wins. Punctuation around the match
    belongs to the words and is kept by the caller through ``Replaced.words``.
    """
    words = script_words(text)
    wanted = {_folded(p.original): p.replacement for p in pronunciations if p.original.strip()}
    if not wanted:
        return list(words)
    originals = sorted((p.original for p in pronunciations if p.original.strip()), key=len, reverse=True)
    pattern = _whole_words(originals)
    longest = len(originals[0])
    found: list[ScriptWord | Replaced] = []
    index = 0
    while index < len(words):
        word = words[index]
        match = pattern.search(text, word.start, min(len(text), word.end + 2 * longest))
        if match is None or match.start() >= word.end:
            found.append(word)
            index += 1
            continue
        last = index
        while last + 1 < len(words) and words[last + 1].start < match.end():
            last += 1
        span = words[index : last + 1]
        spoken = pattern.sub(lambda m: wanted[_folded(m.group())], text[word.start : span[-1].end])
        found.append(Replaced(tuple(span), spoken))
        index = last + 1
    return found


def utterance(words: Sequence[SaidWord], *, shortened: int = 0, unreadable: int = 0) -> Reading:
    """Join what is said; the script span of each silent word goes to the neighbour before it, or after."""
    text = ""
    pieces: list[Piece] = []
    leading: int | None = None
    for word in words:
        if not word.said:
            if pieces:
                pieces[-1] = _stretched(pieces[-1], word.end)
            elif leading is None:
                leading = word.start
            if word.mark and pieces and text[-1] not in PAUSE_MARKS:
                text += word.mark
            continue
        if text and not word.glued:
            text += " "
        start = word.start if leading is None else leading
        leading = None
        pieces.append(Piece(start, word.end, len(text), len(text) + len(word.said)))
        text += word.said + word.mark
    return Reading(text, tuple(pieces), shortened, unreadable)


def breaths(reading: Reading) -> list[Reading]:
    """The reading in utterances of at most ``LONGEST_BREATH`` characters, cut after punctuation if possible."""
    if len(reading.text) <= LONGEST_BREATH:
        return [reading] if reading.pieces else []
    parts: list[Reading] = []
    first = 0
    while first < len(reading.pieces):
        last = _last_of_breath(reading, first)
        group = reading.pieces[first : last + 1]
        start = group[0].said_start
        stop = reading.pieces[last + 1].said_start if last + 1 < len(reading.pieces) else len(reading.text)
        moved = tuple(Piece(p.start, p.end, p.said_start - start, p.said_end - start) for p in group)
        parts.append(Reading(reading.text[start:stop].rstrip(), moved))
        first = last + 1
    return parts


def shared_out(words: Sequence[ScriptWord], said: Sequence[str]) -> list[str]:
    """``said`` dealt out to ``words`` in order, about as many letters each; some may get nothing."""
    total = sum(len(word.text) for word in words) or 1
    letters = sum(map(len, said)) or 1
    shares: list[list[str]] = [[] for _ in words]
    position, limit, reached = 0, len(words[0].text) / total, 0
    for part in said:
        middle = (reached + len(part) / 2) / letters
        while position + 1 < len(words) and middle >= limit:
            position += 1
            limit += len(words[position].text) / total
        shares[position].append(part)
        reached += len(part)
    return [" ".join(share) for share in shares]


def _last_of_breath(reading: Reading, first: int) -> int:
    start = reading.pieces[first].said_start
    last = first
    best: int | None = None
    for index in range(first, len(reading.pieces)):
        if reading.pieces[index].said_end - start > LONGEST_BREATH and index > first:
            return last if best is None else best
        last = index
        after = reading.text[reading.pieces[index].said_end :][:1]
        if after and not after.isspace() and reading.pieces[index].said_end - start > LONGEST_BREATH // 3:
            best = index
    return last


def _stretched(piece: Piece, end: int) -> Piece:
    return Piece(piece.start, end, piece.said_start, piece.said_end)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _whole_words(originals: Sequence[str]) -> re.Pattern[str]:
    bodies = (r"\s+".join(map(re.escape, original.split())) for original in originals)
    return re.compile(rf"(?<!\w)(?:{'|'.join(bodies)})(?!\w)", re.IGNORECASE)
