"""English text turned into plain words, so that what each script word becomes is known exactly.

Everything that a speech engine would expand by rules of its own (figures, abbreviations, initials, addresses)
is expanded here instead: the engine is given only words of ``a``–``z`` and apostrophes, with pause marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from videogen_engine.speech.english_forms import Around, is_number, said_form, unit_after, unit_words
from videogen_engine.speech.english_tables import (
    AMBIGUOUS_AT_END,
    DOTTED,
    FIXED,
    LOOSE_UNITS,
    SYMBOLS,
    UNITS,
)
from videogen_engine.speech.english_words import folded, letter_words
from videogen_engine.speech.model import Pronunciation
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
from videogen_engine.speech.script_words import SPOKEN_MARKS, ScriptWord

_DASHES: Final = "—–―-"
_MARKS: Final = {".": ".", "!": "!", "?": "?", "…": ",", ",": ",", ";": ";", ":": ":", ")": ",", "]": ","}
_INSIDE: Final = re.compile(r"[\w" + re.escape("".join(SPOKEN_MARKS) + "#") + r"]")


@dataclass(frozen=True)
class _Token:
    """``core`` has no punctuation around it; ``dotted`` says that a full stop followed it directly."""

    core: str
    before: str
    after: str

    @property
    def dotted(self) -> bool:
        return self.after.startswith(".") and not self.after.startswith("..")


def read_english(text: str, pronunciations: Sequence[Pronunciation] = ()) -> Reading:
    """The utterance for an English sentence, with the words that each script word became.

    Script words in letters that English does not have are silent and counted in ``unreadable``; those longer
    than ``LONGEST_WORD`` are read in part and counted in ``shortened``. Never raises. Linear in the length.
    """
    units = with_pronunciations(text, pronunciations)
    tokens = [_token(unit.text if isinstance(unit, ScriptWord) else unit.replacement) for unit in units]
    shouted = _is_shouted(tokens)
    said: list[SaidWord] = []
    owed: str | None = None
    shortened = unreadable = 0
    for index, (unit, token) in enumerate(zip(units, tokens, strict=True)):
        if "(" in token.before and said and said[-1].said and not said[-1].mark:
            said[-1].mark = ","
        if isinstance(unit, Replaced):
            said += _replaced(unit, token)
            owed = None
            continue
        if not unit.spoken:
            words = _between(tokens, index)
            dash = set(unit.text) <= set(_DASHES + ".…")
            pause = "," if dash else next((_MARKS[char] for char in unit.text if char in _MARKS), "")
            said.append(SaidWord(unit.start, unit.end, " ".join(words), "" if words else pause))
            continue
        words = _words(tokens, index, shouted=shouted)
        if owed is not None:
            words, owed = [*words, *owed.split()], None
        elif index + 1 < len(tokens):
            owed = unit_after(token.core, tokens[index + 1].core.lower())
        shortened += len(token.core) > LONGEST_WORD
        unreadable += not words
        said.append(SaidWord(unit.start, unit.end, " ".join(words), _mark(tokens, index)))
    return utterance(_closed(said, text), shortened=shortened, unreadable=unreadable)


def _token(text: str) -> _Token:
    text = folded(text[: 4 * LONGEST_WORD])
    inside = [match.start() for match in _INSIDE.finditer(text)]
    if not inside:
        return _Token("", text, "")
    first, last = inside[0], inside[-1] + 1
    if first and text[first - 1] in "-+.~±" and text[first].isdigit():
        first -= 1
    if first and text[first - 1] == "'" and text[first].isdigit():
        first -= 1
    while text[last : last + 1] == "+":
        last += 1
    core = text[first:last]
    if core.startswith(("$", "€", "£")) and first and text[first - 1] in "-−":
        core = text[first - 1 : last]
        first -= 1
    return _Token(core.strip("_*"), text[:first], text[last:])


def _words(tokens: Sequence[_Token], index: int, *, shouted: bool) -> list[str]:
    token = tokens[index]
    before = tokens[index - 1].core if index else ""
    after = tokens[index + 1].core if index + 1 < len(tokens) else ""
    core = token.core[:LONGEST_WORD]
    if (fixed := FIXED.get(core.lower())) is not None:
        return fixed.split()
    if core in SYMBOLS:
        return SYMBOLS[core].split()
    if is_number(before) and (unit := _loose_unit(token, before)) is not None:
        return unit
    if token.dotted and (long_form := _abbreviation(token, before, after)) is not None:
        return long_form
    around = Around(before.lower().rstrip("."), after.lower().rstrip("."))
    if (form := said_form(core, around)) is not None:
        return form
    words: list[str] = []
    for place, part in enumerate(re.split(r"[-/]+", core)):
        if part:
            inner = around if not place else Around()
            form = said_form(part, Around())
            words += (
                form
                if form is not None
                else letter_words(part, before=inner.before, first=not index and not place, shouted=shouted)
            )
    return words


def _loose_unit(token: _Token, amount: str) -> list[str] | None:
    """The unit of the amount before it: "5" "km"."""
    if token.core in LOOSE_UNITS:
        return unit_words(token.core, amount)
    if token.dotted and token.core + "." in UNITS:
        return unit_words(token.core + ".", amount)
    return None


def _abbreviation(token: _Token, before: str, after: str) -> list[str] | None:
    """What a token with a full stop stands for, when it stands for something."""
    lower = token.core.lower()
    if lower == "st":
        return ["saint"] if after[:1].isupper() and not before[:1].isupper() else ["street"]
    if lower == "dr":
        return ["drive"] if before[:1].isupper() and not after[:1].isupper() else ["doctor"]
    if lower == "no":
        return ["number"] if after[:1].isdigit() else None
    if lower in AMBIGUOUS_AT_END and not after:
        return None
    return [DOTTED[lower]] if lower in DOTTED else None


def _between(tokens: Sequence[_Token], index: int) -> list[str]:
    """What a lone mark says: a dash between two numbers is a range."""
    mark = tokens[index].before.strip()
    if mark in _DASHES and 0 < index < len(tokens) - 1:
        low, high = tokens[index - 1], tokens[index + 1]
        if is_number(low.core) and not low.after and is_number(high.core.rstrip("%")):
            return ["to"]
    return []


def _mark(tokens: Sequence[_Token], index: int) -> str:
    """The pause after a token; the stop of an abbreviation inside the sentence makes none."""
    after = tokens[index].after
    if "..." in after:
        return ","
    for char in after:
        if char == "." and _is_short_form(tokens[index].core):
            continue
        if char in _MARKS:
            return _MARKS[char]
        if char in _DASHES and char != "-":
            return ","
    return "," if "--" in after else ""


def _is_short_form(core: str) -> bool:
    lower = core.lower()
    return len(core) == 1 or lower in DOTTED or lower in {"no", "st", "dr"} or "." in core


def _replaced(unit: Replaced, token: _Token) -> list[SaidWord]:
    words = read_english(unit.replacement).text.split()
    plain = [word.rstrip(PAUSE_MARKS) for word in words]
    shares = shared_out(unit.words, plain)
    said = [SaidWord(w.start, w.end, share) for w, share in zip(unit.words, shares, strict=True)]
    said[-1].mark = next((_MARKS[char] for char in token.after if char in _MARKS), "")
    return said


def _closed(said: list[SaidWord], text: str) -> list[SaidWord]:
    """The same words with a stop, or the question mark of the text, behind the last one that is said."""
    for word in reversed(said):
        if word.said:
            tail = text[-8:]
            word.mark = "?" if "?" in tail or "？" in tail else "!" if word.mark == "!" else "."
            break
    return said


def _is_shouted(tokens: Sequence[_Token]) -> bool:
    """Whether the sentence as a whole is in capitals, so that capitals mean nothing."""
    words = [token.core for token in tokens if len(token.core) > 1 and token.core.isalpha()]
    return len(words) >= 3 and sum(word.isupper() for word in words) > 0.7 * len(words)
