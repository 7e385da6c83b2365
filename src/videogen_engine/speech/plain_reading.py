"""Text for engines that read it as it is written: cleaned of what has no sound, everything else untouched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from videogen_engine.speech.language_choice import script_of
from videogen_engine.speech.model import Pronunciation
from videogen_engine.speech.plain_abbreviations import abbreviations
from videogen_engine.speech.reading import (
    LONGEST_WORD,
    PAUSE_MARKS,
    Reading,
    Replaced,
    SaidWord,
    shared_out,
    utterance,
    with_pronunciations,
)
from videogen_engine.speech.script_words import is_spoken

#: Zero-width joiners shape words of Persian and Indic scripts and must stay.
_JOINERS: Final = "\u200c\u200d"
_DROPPED: Final = frozenset({"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn"})
_DASHES: Final = frozenset("—–―-")
_ORDINAL: Final = re.compile(r"\d{1,4}\.")
_URL: Final = re.compile(r"https?://(?:www\.)?")
_UNREAD: Final = {"ja": ("CJK",)}


def read_plain(text: str, language: str, pronunciations: Sequence[Pronunciation] = ()) -> Reading:
    """The utterance for a sentence in any language. Never raises.

    Emoji and controls are dropped, a stop inside the sentence is one of an abbreviation and makes no pause,
    and Han characters in Japanese, which espeak-ng would announce in English, stay silent.
    """
    said: list[SaidWord] = []
    shortened = unreadable = 0
    previous_end = 0
    for unit in with_pronunciations(text, (*abbreviations(language), *pronunciations)):
        if isinstance(unit, Replaced):
            shares = shared_out(unit.words, _clean(unit.replacement).split())
            said += [SaidWord(w.start, w.end, share) for w, share in zip(unit.words, shares, strict=True)]
            previous_end = unit.words[-1].end
            continue
        glued = unit.start == previous_end and bool(said)
        previous_end = unit.end
        clean = _URL.sub("", _clean(unit.text))
        if not unit.spoken or not is_spoken(clean):
            said.append(SaidWord(unit.start, unit.end, mark=_lone_mark(unit.text)))
            continue
        if any(script_of(char) in _UNREAD.get(language, ()) for char in clean if char.isalpha()):
            unreadable += 1
            said.append(SaidWord(unit.start, unit.end))
            continue
        shortened += len(clean) > LONGEST_WORD
        body, mark = _split_mark(clean[:LONGEST_WORD])
        said.append(SaidWord(unit.start, unit.end, body, mark, glued=glued))
    _join_sentence(said)
    return utterance(said, shortened=shortened, unreadable=unreadable)


def _clean(text: str) -> str:
    kept = "".join(
        char
        for char in unicodedata.normalize("NFC", text[: 4 * LONGEST_WORD])
        if char in _JOINERS or char.isspace() or unicodedata.category(char) not in _DROPPED
    )
    return kept.replace("\ufe0f", "").replace("\u20e3", "").strip(_JOINERS)


def _split_mark(word: str) -> tuple[str, str]:
    """A word and the pause after it; the stop of an ordinal ("5.") belongs to its number."""
    body = word.rstrip(PAUSE_MARKS + "…—–\"'”’»)]}")
    tail = word[len(body) :]
    if tail.startswith(".") and body[-1:].isdigit():
        body, tail = body + ".", tail[1:]
    mark = next((char for char in tail if char in PAUSE_MARKS or char in "…—–"), "")
    return body, "," if mark in {"…", "—", "–"} or tail.startswith("...") else mark


def _lone_mark(text: str) -> str:
    """The pause that a token without any sound makes: 。 after a Han character, a dash, the French " ?"."""
    if set(text) <= _DASHES or "…" in text or ".." in text:
        return ","
    return next((char for char in text if char in PAUSE_MARKS), "")


def _join_sentence(said: list[SaidWord]) -> None:
    """Take away what espeak-ng would end the sentence at: stops inside it, capitals after an ordinal."""
    spoken = [word for word in said if word.said]
    for word, following in pairwise(spoken):
        if word.mark == ".":
            word.mark = ""
        if _ORDINAL.fullmatch(word.said) and following.said[:1].isupper():
            following.said = following.said[0].lower() + following.said[1:]
