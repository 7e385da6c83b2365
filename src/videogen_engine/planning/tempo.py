"""How long a text takes to say, before anything has been said. Seconds at the default voices' own speed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import accumulate

#: Seconds by script: a letter of an alphabet, an abjad or abugida sign, a syllable block, an ideograph.
_LETTER = 0.065
_ABJAD = 0.108
_KANA = 0.095
_HANGUL = 0.15
_IDEOGRAPH = 0.17
_DIGIT = 0.27
_SIGN = 0.35
_PAUSES = {",": 0.16, ";": 0.25, ":": 0.25, "،": 0.16, "、": 0.16, "，": 0.16, "—": 0.2, "–": 0.1, "\n": 0.05}
_STOPS = frozenset(".!?…。！？｡؟۔।॥")
_STOP = 0.28


@lru_cache(maxsize=4096)
def _seconds(char: str) -> float:
    if char.isspace():
        return _PAUSES.get(char, _LETTER)
    if char in _PAUSES:
        return _PAUSES[char]
    if char in _STOPS:
        return _STOP
    if char.isdecimal():
        return _DIGIT
    point = ord(char)
    if 0x3040 <= point <= 0x30FF:
        return _KANA
    if 0xAC00 <= point <= 0xD7A3:
        return _HANGUL
    if 0x3400 <= point <= 0x9FFF or 0x20000 <= point <= 0x3FFFF:
        return _IDEOGRAPH
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf", "Cs", "Cc"}:
        return 0.0
    if category == "Mc":
        return 0.03
    if char.isalpha():
        return _LETTER if point < 0x590 or 0x1E00 <= point < 0x2000 else _ABJAD
    return _SIGN if char in "%$€£¥₹°+=&@" else 0.02


def spoken_seconds(text: str) -> float:
    """Estimated seconds of speech, pauses at punctuation included."""
    return sum(map(_seconds, text))


def spoken_clock(text: str) -> list[float]:
    """Estimated seconds from the start to each character, and to the end: ``len(text) + 1`` values."""
    return list(accumulate(map(_seconds, text), initial=0.0))
