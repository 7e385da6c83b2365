"""Single English tokens made of letters: plain words, initials, names of letters, compounds, Roman numerals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from videogen_engine.speech.english_tables import (
    FIXED,
    GREEK,
    LATIN_LETTERS,
    REGNAL,
    ROMAN_CUES,
    SPELLED,
    STRESSED,
    SYMBOLS,
    WORD_ACRONYMS,
)
from videogen_engine.speech.number_words import cardinal, number, ordinal

_ROMAN: Final = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_CAMEL: Final = re.compile(r"(?<=[a-z])(?<!\b[Mm]c)(?<!\b[Mm]ac)(?<!\b[A-Z][a-z])(?=[A-Z])")
_PARTS: Final = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|\d+(?:,\d{3})*(?:\.\d+)?|[^\sA-Za-z\d]", re.ASCII)
_DOTTED_LETTERS: Final = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOWELS: Final = frozenset("aeiouy")
#: Two consonants that can begin an English word; other pairs show that capitals are initials.
_ONSETS: Final = _words(
    "bl br ch cl cr dr dw fl fr gh gl gn gr kn kr ph pl pr ps rh sc sh sk sl sm sn sp sq st sw th tr tw wh wr sch str"
)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Latin letters without accents, digits of all scripts as 0–9, straight quotes, plain hyphens."""
    text = text.replace("’", "'").replace("‘", "'").replace("‐", "-").replace("‑", "-")
    if text.isascii():
        return text
    out: list[str] = []
    for char in text:
        if char in SYMBOLS:
            out.append(char)
            continue
        if char.isdecimal():
            out.append(str(unicodedata.decimal(char)))
            continue
        for part in unicodedata.normalize("NFKD", char):
            if unicodedata.combining(part):
                continue
            lower = LATIN_LETTERS.get(part.lower())
            out.append(part if lower is None else lower if part.islower() else lower.capitalize())
    return "".join(out)


def letter_words(core: str, *, before: str, first: bool, shouted: bool) -> list[str]:
    """What a token without any known form is read as; empty when no part of it can be read.

    ``core`` is folded; ``before`` is the bare word before it in lower case; ``first`` says that it opens the
    sentence; ``shouted`` that the whole sentence is in capitals.
    """
    if (fixed := FIXED.get(core.lower())) is not None:
        return fixed.split()
    if _DOTTED_LETTERS.fullmatch(core) and (len(core) > 2 or core[0].isupper()):
        return [_letter(char) for char in core.lower() if char != "."]
    if (roman := _roman(core, before)) is not None:
        return roman
    if core == "A" and not first and not shouted:
        return ["ay"]
    words: list[str] = []
    for part in _PARTS.findall(_CAMEL.sub(" ", core)):
        words += _part(part, shouted=shouted)
    return words


def _part(part: str, *, shouted: bool) -> list[str]:
    if part[0] in "0123456789":
        return number(part.replace(",", ""))
    if not part[0].isascii() or not part[0].isalpha():
        return (SYMBOLS.get(part) or GREEK.get(part.lower()) or "").split() if part not in "<>" else []
    body, _, tail = part.partition("'")
    if _initials(body, shouted=shouted):
        letters = [_letter(char) for char in body.lower().removesuffix("s" if body.endswith("s") else "")]
        if body.endswith("s") or tail.lower() == "s":
            letters[-1] = _LETTER_PLURALS.get(letters[-1], letters[-1] + "'s")
        return letters
    if (fixed := FIXED.get(part.lower())) is not None:
        return fixed.split()
    return [part.lower()]


#: Names of letters whose own spelling with 's would be read as a word.
_LETTER_PLURALS: Final = {"ay": "ayes", "i": "eyes", "o": "ohs", "s": "esses", "x": "exes", "u": "yous"}


def _letter(char: str) -> str:
    # The letter alone is the article.
    return "ay" if char == "a" else char


def _initials(body: str, *, shouted: bool) -> bool:
    plain = body.removesuffix("s") if len(body) > 2 else body
    if len(plain) < 2 or not plain.isupper():
        return False
    lower = body.lower()
    if lower in WORD_ACRONYMS or plain.lower() in WORD_ACRONYMS:
        return False
    if plain.lower() in SPELLED:
        return True
    if lower in STRESSED:
        return False
    if shouted:
        return not _pronounceable(plain.lower())
    return len(plain) <= 3 or not _pronounceable(plain.lower())


def _pronounceable(word: str) -> bool:
    if not _VOWELS & set(word) or re.search(r"[^aeiouy]{4}|[aeiou]{3}|(.)\1\1", word):
        return False
    onset = re.match(r"[^aeiouy]*", word)
    head = onset.group() if onset else ""
    return len(head) < 2 or head in _ONSETS


def _roman(core: str, before: str) -> list[str] | None:
    if not core or not _ROMAN.fullmatch(core):
        return None
    value = sum(
        -_ROMAN_VALUES[char] if _ROMAN_VALUES[char] < _ROMAN_VALUES[following] else _ROMAN_VALUES[char]
        for char, following in zip(core, core[1:] + core[-1], strict=True)
    )
    if before in REGNAL and (len(core) > 1 or core in "VX"):
        return ["the", *ordinal(value)]
    if before in ROMAN_CUES:
        return cardinal(value)
    if len(core) > 1 and core not in {"XL", "XX", "LI", "XXL"} and set(core) & set("IV"):
        return cardinal(value)
    return None
