"""English words for numbers: cardinals, ordinals, years, decimals, digit strings and common fractions."""

from __future__ import annotations

from typing import Final

_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")
_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
#: Longer digit strings are read digit by digit.
LONGEST_CARDINAL: Final = 21


def cardinal(number: int) -> list[str]:
    """``1250`` → one thousand two hundred fifty. Raises ValueError below 0 or above 21 digits."""
    if number < 0 or number >= 10**LONGEST_CARDINAL:
        raise ValueError("only whole numbers of at most 21 digits have a name here")
    if number < 1000:
        return _below_thousand(number)
    words: list[str] = []
    for power in range((len(str(number)) - 1) // 3, -1, -1):
        group = number // 1000**power % 1000
        if group:
            words += _below_thousand(group)
            if power:
                words.append(_SCALES[power])
    return words


def ordinal(number: int) -> list[str]:
    """``23`` → twenty third."""
    *words, last = cardinal(number)
    return [*words, _ordinal_of(last)]


def year(number: int) -> list[str]:
    """``1999`` → nineteen ninety nine, ``2005`` → two thousand five, ``1900`` → nineteen hundred."""
    century, rest = divmod(number, 100)
    if not 1000 <= number <= 2999 or (century % 10 == 0 and rest < 10):
        return cardinal(number)
    if rest == 0:
        return [*cardinal(century), "hundred"]
    return [*cardinal(century), *(["oh"] if rest < 10 else []), *cardinal(rest)]


def decade(number: int) -> list[str]:
    """``1990`` → nineteen nineties, ``80`` → eighties, ``2000`` → two thousands."""
    *words, last = year(number) if number >= 1000 else cardinal(number)
    return [*words, last[:-1] + "ies" if last.endswith("y") else last + "s"]


def digits(text: str) -> list[str]:
    """Each digit by itself: ``555`` → five five five. Other characters are skipped."""
    return [_UNITS[int(char)] for char in text if char in "0123456789"]


def number(text: str) -> list[str]:
    """A number of ASCII digits with at most one point; too long ones and codes like ``007`` digit by digit."""
    whole, _, fraction = text.partition(".")
    if len(whole) > LONGEST_CARDINAL or (len(whole) > 1 and whole.startswith("0")):
        words = digits(whole)
    else:
        words = cardinal(int(whole or "0"))
    return [*words, "point", *digits(fraction)] if fraction else words


def fraction(top: int, bottom: int) -> list[str]:
    """``3/4`` → three quarters, ``1/2`` → one half, ``7/100`` → seven over one hundred."""
    if bottom == 2:
        return [*cardinal(top), "half" if top == 1 else "halves"]
    if bottom == 4:
        return [*cardinal(top), "quarter" if top == 1 else "quarters"]
    if 3 <= bottom <= 20:
        *words, last = ordinal(bottom)
        return [*cardinal(top), *words, last if top == 1 else last + "s"]
    return [*cardinal(top), "over", *cardinal(bottom)]


def is_one(text: str) -> bool:
    """Whether a unit after this number stays singular."""
    return text in {"1", "1.0"}


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_UNITS[hundreds], "hundred"] if hundreds else []
    if rest == 0:
        return words or ["zero"]
    if rest < 20:
        return [*words, _UNITS[rest]]
    tens, units = divmod(rest, 10)
    return [*words, _TENS[tens], *([_UNITS[units]] if units else [])]


def _ordinal_of(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"
