"""Where one sentence ends and the next begins, inside one block of prose.

Full stops are judged by what stands around them: abbreviations, initials, decimals, ordinals, addresses of web
pages, lower case after the stop, and quotes or brackets that are still open. Stops of scripts that use them for
nothing else (。 ؟ । …) always end a sentence. One pass over the text, with a bounded look to either side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from videogen_engine.planning.abbreviations import DotRules, dot_rules
from videogen_engine.planning.model import Sentence

#: A quotation or bracket no longer than this (characters) is kept in one piece.
_ATOMIC = 220
_LOOK = 40

_HARD = "。！？｡؟۔।॥։።፧፨။៕᠃‼⁇⁈⁉"
_CLOSERS = "\"'”’“»›)]}」』）】》〉*_"
_PAIRS = {"“": "”", "„": "“”", "«": "»", "(": ")", "[": "]", "「": "」", "『": "』", "（": "）", "»": "«"}

_STOP = re.compile(rf"[.!?…{_HARD}]+[{re.escape(_CLOSERS)}]*")
#: Stops that are written otherwise: the Greek question mark, and the space before a French closing quote.
_STOPS_OF = {
    "el": re.compile(rf"[.!?…;\u037e{_HARD}]+[{re.escape(_CLOSERS)}]*"),
    "fr": re.compile(rf"[.!?…{_HARD}]+(?:[{re.escape(_CLOSERS)}]|[ \u00a0\u202f]»)*"),
}
_OPENERS = re.compile(r"[\"“„«»(\[「『（]")
_LAST_TOKEN = re.compile(r"[^\s\"“„«(\[]*$")
_NEXT_WORD = re.compile(r"[\s\"'“„”«»‹(\[¿¡*_]*(?P<word>[^\s,.;:!?)\]\"”»]+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_REPORTING = re.compile(
    r"\s*(?:[^\W\d_][\w'’.-]*\s+){0,3}(?:said|says|asked|asks|wrote|writes|replied|shouted|cried|added|explained|"
    r"sagte|fragte|rief|schrieb|meinte|dijo|preguntó|respondió|dit|demanda|répondit|と)",
    re.IGNORECASE,
)


def sentences_of(text: str, start: int, end: int, language: str) -> Iterator[Sentence]:
    """The sentences of ``text[start:end]`` that have something to say. Every line is a paragraph."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        spans = [
            span
            for span in sentence_spans(text, at, at + len(line.rstrip()), language)
            if any(char.isalnum() for char in text[slice(*span)])
        ]
        for begin, finish in spans:
            yield Sentence(
                text=text[begin:finish], start=begin, end=finish, ends_paragraph=(begin, finish) == spans[-1]
            )
        at += len(line)


def sentence_spans(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Spans (character offsets) of the sentences of ``text[start:end]``, without the space between them."""
    rules = dot_rules(language)
    stop = _STOPS_OF.get(language.lower()[:2], _STOP)
    closed = _atomic_spans(text, start, end)
    spans: list[tuple[int, int]] = []
    begin = _skip_space(text, start, end)
    inside = 0
    for match in stop.finditer(text, start, end):
        if match.start() < begin:
            continue
        while inside < len(closed) and closed[inside][1] <= match.start():
            inside += 1
        if inside < len(closed) and closed[inside][0] <= match.start() and match.end() < closed[inside][1]:
            continue
        if not _ends_sentence(text, match, begin, end, rules):
            continue
        finish = _with_emoji(text, match.end(), end)
        spans.append((begin, finish))
        begin = _skip_space(text, finish, end)
    tail = _trim_end(text, begin, end)
    if tail > begin:
        spans.append((begin, tail))
    return spans


def _ends_sentence(text: str, match: re.Match[str], begin: int, end: int, rules: DotRules) -> bool:
    marks = match.group()
    after = match.end()
    if after >= end:
        return True
    if any(char in _HARD for char in marks):
        return not (marks[-1] in "」』" and _REPORTING.match(text, after, min(end, after + _LOOK)))
    if not text[after].isspace() and not _is_emoji(text[after]):
        return False
    following = _NEXT_WORD.match(text, after, min(end, after + _LOOK))
    word = following.group("word") if following else ""
    if word[:1].islower():
        return False
    closed_quote = marks[-1] in '"”“’»'
    if closed_quote and _REPORTING.match(text, after, min(end, after + _LOOK)):
        return False
    if marks[0] != ".":
        return True
    return marks.startswith("..") or _dot_ends(text, match.start(), begin, word, rules)


def _dot_ends(text: str, dot: int, begin: int, following: str, rules: DotRules) -> bool:
    """Whether a single dot is the end of a sentence rather than of an abbreviation, initial or ordinal."""
    last = _LAST_TOKEN.search(text, max(begin, dot - _LOOK), dot)
    word = last.group() if last else ""
    lowered = word.lower()
    starts = following.lower().rstrip("’'") in rules.starters
    if lowered in rules.leading:
        return False
    if lowered in rules.numbered and following[:1].isdigit():
        return False
    if lowered in rules.inner:
        return starts
    if word.isdigit():
        return not (rules.ordinals and len(word) <= 2 and not starts and bool(following))
    if _INITIALS.match(word) and (word[-1:].isupper() or "." in word):
        return starts and word != "I"
    return True


def _atomic_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost short quotations and brackets, in order: stops inside them end no sentence.

    The last stop inside may: "He said: “Go.” Then he left." ends after the closing mark.
    """
    found: list[tuple[int, int]] = []
    position = start
    for char, at in _openers(text, start, end):
        if at < position:
            continue
        limit = min(end, at + _ATOMIC)
        if char == '"':
            close = text.find('"', at + 1, limit)
        else:
            closes = [text.find(mark, at + 1, limit) for mark in _PAIRS[char]]
            close = min((place for place in closes if place >= 0), default=-1)
        if close >= 0:
            found.append((at, close + 1))
            position = close + 1
    return found


def _openers(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for match in _OPENERS.finditer(text, start, end):
        at = match.start()
        if match.group() == "»" and at > start and not text[at - 1].isspace():
            continue
        yield match.group(), at


def _with_emoji(text: str, at: int, end: int) -> int:
    """The end of a sentence with the emoji that follow it on the same line."""
    place = at
    while place < end and (text[place] in " \t" or _is_emoji(text[place])):
        place += 1
        if _is_emoji(text[place - 1]):
            at = place
    return at


def _is_emoji(char: str) -> bool:
    return char > "\u2000" and (unicodedata.category(char) in {"So", "Sk"} or char in "\ufe0f\u200d\u20e3")


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and (text[at].isspace() or text[at] == "\0"):
        at += 1
    return at


def _trim_end(text: str, begin: int, end: int) -> int:
    while end > begin and (text[end - 1].isspace() or text[end - 1] == "\0"):
        end -= 1
    return end
