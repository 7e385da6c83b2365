"""Numbers, shares and lengths of time in words or digits."""

from __future__ import annotations

import re
from typing import Final

_UNITS_TEXT: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_UNITS: Final = tuple(_UNITS_TEXT.split())
_TENS_TEXT: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS: Final = tuple(_TENS_TEXT.split())
_ORDINAL_UNITS_TEXT: Final = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_ORDINAL_UNITS: Final = tuple(_ORDINAL_UNITS_TEXT.split())
_ORDINAL_TENS_TEXT: Final = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
_ORDINAL_TENS: Final = tuple(_ORDINAL_TENS_TEXT.split())

NUMBER_WORDS: Final = (*_UNITS, *_TENS, "hundred", "half", "couple")
ORDINAL_WORDS: Final = (*_ORDINAL_UNITS, *_ORDINAL_TENS)

_DIGITS: Final = re.compile(r"\d{1,6}(?:[.,]\d{1,4})?")
_ORDINAL_DIGITS: Final = re.compile(r"(\d{1,4}) ?(?:st|nd|rd|th)")
_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]\d)")
_SECONDS: Final = r"(?:s|secs?|seconds?)"
_MINUTES: Final = r"(?:m|mins?|minutes?)"
_BOTH: Final = re.compile(rf"(?P<minutes>.+?) ?{_MINUTES}(?: and)? (?P<seconds>.+?)(?: ?{_SECONDS})?")
_PLAIN: Final = re.compile(rf"(?P<number>.+?)(?: |-)?(?P<unit>{_SECONDS}|{_MINUTES})")
_MINUTE_HALF: Final = re.compile(rf"(?P<number>.+?) {_MINUTES} and a half")


def number(text: str) -> float | None:
    """``10``, ``1.5``, ``twenty-five``, ``a hundred``, ``one and a half``, ``half a``; None for anything else."""
    said = text.lower().strip()
    if _DIGITS.fullmatch(said):
        return float(said.replace(",", "."))
    if said in {"a", "an"}:
        return 1.0
    if said in {"half", "half a", "half an"}:
        return 0.5
    if said in {"a couple of", "a couple", "couple"}:
        return 2.0
    if said.endswith(" and a half"):
        whole = number(said.removesuffix(" and a half"))
        return None if whole is None else whole + 0.5
    if said in {"hundred", "a hundred", "one hundred"}:
        return 100.0
    tens, _, unit = said.replace("-", " ").partition(" ")
    if said in _UNITS:
        return float(_UNITS.index(said))
    if tens not in _TENS:
        return None
    ten = 20.0 + 10 * _TENS.index(tens)
    if not unit:
        return ten
    return ten + _UNITS.index(unit) if unit in _UNITS[1:10] else None


def ordinal(text: str) -> int | None:
    """``third``, ``3rd``, ``twenty-first``; None for anything else."""
    said = text.lower().strip()
    if (digits := _ORDINAL_DIGITS.fullmatch(said)) is not None:
        return int(digits[1])
    if said in _ORDINAL_UNITS:
        return _ORDINAL_UNITS.index(said)
    if said in _ORDINAL_TENS:
        return 20 + 10 * _ORDINAL_TENS.index(said)
    tens, _, unit = said.replace("-", " ").partition(" ")
    if tens in _TENS and unit in _ORDINAL_UNITS[1:10]:
        return 20 + 10 * _TENS.index(tens) + _ORDINAL_UNITS.index(unit)
    return None


def count(text: str) -> int | None:
    """A whole number."""
    found = number(text)
    return int(found) if found is not None and found == int(found) else None


def seconds(text: str) -> float | None:
    """``30 seconds``, ``half a minute``, ``1:30``, ``two minutes and ten seconds``; None for anything else."""
    said = text.lower().strip()
    # 9:16 is the shape of a phone's screen wherever lengths are asked for too.
    if (clock := _CLOCK.fullmatch(said)) is not None and said != "9:16":
        return 60.0 * int(clock[1]) + int(clock[2])
    if (found := _MINUTE_HALF.fullmatch(said)) is not None:
        whole = number(found["number"])
        return None if whole is None else 60 * (whole + 0.5)
    if (found := _PLAIN.fullmatch(said)) is not None and (amount := number(found["number"])) is not None:
        return amount * (60 if found["unit"].startswith("m") else 1)
    if (found := _BOTH.fullmatch(said)) is not None:
        minutes, rest = number(found["minutes"]), number(found["seconds"])
        return None if minutes is None or rest is None else 60 * minutes + rest
    return None
