"""Written forms that are not words, in English: amounts, dates, times, ranges, codes, addresses of the web."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from videogen_engine.speech.english_tables import (
    COUNTRIES,
    CURRENCIES,
    MAGNITUDE_LETTERS,
    MAGNITUDES,
    MONTHS,
    UNITS,
    YEAR_CUES,
)
from videogen_engine.speech.number_words import (
    cardinal,
    decade,
    digits,
    fraction,
    is_one,
    number,
    ordinal,
    year,
)

_NUM: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_UNIT: Final = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_DOMAINS: Final[dict[str, str]] = {"io": "eye o", "ai": "ay eye"}
_SIGN: Final = r"[-−+±~≈]?"


@dataclass(frozen=True)
class Around:
    """The bare words beside a token, in lower case; empty at the ends of the sentence."""

    before: str = ""
    after: str = ""


def said_form(core: str, around: Around) -> list[str] | None:
    """Words for a token that holds digits, a currency or an address; None when it is none of these forms.

    ``core`` has no punctuation around it. The unit of a split amount ("$4.5 million") is left to
    ``unit_after`` on the next token.
    """
    for pattern, say in _FORMS:
        if (match := pattern.fullmatch(core)) is not None and (words := say(match, around)) is not None:
            return words
    return None


def unit_after(core: str, following: str) -> str | None:
    """The currency's plural when ``following`` is a magnitude that comes before it: "$4.5" "million"."""
    match = _MONEY.fullmatch(core)
    if match is None or match["scale"] or following not in MAGNITUDES:
        return None
    country = COUNTRIES.get(match["country"] or "", "")
    return f"{country} {CURRENCIES[match['sign']][1]}".strip()


def is_number(core: str) -> bool:
    """Whether ``core`` is a plain amount, so that a unit may follow it."""
    return re.fullmatch(rf"{_SIGN}(?:{_NUM})", core) is not None


def unit_words(core: str, amount: str) -> list[str]:
    """``km`` after ``5`` → kilometers. Raises KeyError for what is no unit."""
    singular, plural = UNITS[core]
    return (singular if is_one(amount) else plural).split()


def _amount(text: str) -> list[str]:
    return number(text.replace(",", "") if not text.startswith(".") else "0" + text)


def _signed(sign: str) -> list[str]:
    return {"-": ["minus"], "−": ["minus"], "+": ["plus"], "±": ["plus", "or", "minus"], "~": ["about"]}.get(
        sign, ["about"] if sign == "≈" else []
    )


def _money(match: re.Match[str], around: Around) -> list[str]:
    singular, plural, hundredth = CURRENCIES[match["sign"]]
    country = COUNTRIES.get(match["country"] or "", "").split()
    words = _signed(match["minus"] or "")
    if match["scale"]:
        return [*words, *_amount(match["num"]), MAGNITUDE_LETTERS[match["scale"].lower()], *country, plural]
    if around.after in MAGNITUDES:
        return [*words, *_amount(match["num"])]
    whole, _, cents = match["num"].partition(".")
    if len(cents) == 2 and hundredth:
        part = [*cardinal(int(cents)), hundredth if cents != "01" else hundredth.removesuffix("s")]
        if whole.strip("0,") == "":
            return [*words, *part]
        if cents != "00":
            return [*words, *_amount(whole), *country, singular if whole == "1" else plural, "and", *part]
        return [*words, *_amount(whole), *country, singular if whole == "1" else plural]
    return [*words, *_amount(match["num"]), *country, singular if is_one(match["num"]) else plural]


def _money_behind(match: re.Match[str], _around: Around) -> list[str]:
    singular, plural, _ = CURRENCIES[match["sign"]]
    return [*_amount(match["num"]), singular if is_one(match["num"]) else plural]


def _clock(match: re.Match[str], _around: Around) -> list[str] | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 24 or minute > 59:
        return None
    half = (match["half"] or "").lower().replace(".", "")
    words = cardinal(hour)
    if minute:
        words += (["oh"] if minute < 10 else []) + cardinal(minute)
    elif not half:
        words += ["o'clock"] if 1 <= hour <= 12 else ["hundred"]
    if match["second"]:
        words += [*cardinal(int(match["second"])), "seconds"]
    return [*words, *({"am": ["ay", "m"], "pm": ["p", "m"]}.get(half, []))]


def _hour(match: re.Match[str], _around: Around) -> list[str] | None:
    hour = int(match["hour"])
    return [*cardinal(hour), *unit_words(match["half"].lower().rstrip("."), "2")] if hour <= 24 else None


def _iso_date(match: re.Match[str], _around: Around) -> list[str] | None:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return [_MONTH_NAMES[month - 1], *ordinal(day), *year(int(match["year"]))]


def _slash_date(match: re.Match[str], _around: Around) -> list[str]:
    return [*cardinal(int(match["a"])), *cardinal(int(match["b"])), *year(int(match["year"]))]


def _fraction(match: re.Match[str], around: Around) -> list[str] | None:
    whole, top, bottom = match["whole"], int(match["top"]), int(match["bottom"])
    if bottom == 0:
        return None
    after_whole = top < bottom and around.before.isascii() and around.before.isdigit()
    lead = [*_amount(whole), "and"] if whole else ["and"] if after_whole else []
    return [*lead, *fraction(top, bottom)]


def _phone(match: re.Match[str], _around: Around) -> list[str] | None:
    text = match.group()
    groups = re.findall(r"\d+", text)
    if not 7 <= sum(map(len, groups)) <= 15 or (len(groups) == 2 and all(map(_like_year, groups))):
        return None
    return [*(["plus"] if text.startswith("+") else []), *digits(text)]


def _range(match: re.Match[str], _around: Around) -> list[str]:
    low, high, unit = match["low"], match["high"], match["unit"]
    years = _like_year(low) and (_like_year(high) or len(high) == 2) and not unit
    ends = [_year_or_number(text, years) for text in (low, high)]
    return [*ends[0], "to", *ends[1], *(unit_words(unit, high) if unit else [])]


def _ordinal(match: re.Match[str], _around: Around) -> list[str]:
    return ordinal(int(match["num"].replace(",", "")))


def _decade(match: re.Match[str], _around: Around) -> list[str] | None:
    value = int(match["num"])
    return decade(value) if value % 10 == 0 else None


def _version(match: re.Match[str], _around: Around) -> list[str]:
    words = ["v"] if match["v"] else []
    for index, part in enumerate(match["parts"].split(".")):
        words += [*(["point"] if index else []), *number(part)]
    return words


def _resolution(match: re.Match[str], _around: Around) -> list[str]:
    return [*year(int(match["num"])), "p"]


def _with_unit(match: re.Match[str], _around: Around) -> list[str]:
    return [*_signed(match["sign"]), *_amount(match["num"]), *unit_words(match["unit"], match["num"])]


def _with_high(match: re.Match[str], _around: Around) -> list[str]:
    return [*_amount(match["num"]), "plus"]


def _plain(match: re.Match[str], around: Around) -> list[str]:
    text = match["num"]
    sign = _signed(match["sign"])
    if text.isdigit() and not sign:
        value = int(text)
        if around.before in MONTHS and 1 <= value <= 31:
            return ordinal(value)
        if around.after in MONTHS and 1 <= value <= 31 and around.after not in {"may", "march", "mar"}:
            return ["the", *ordinal(value), "of"]
        return _year_or_number(text, _is_year(text, around))
    return [*sign, *_amount(text)]


def _numbered(match: re.Match[str], _around: Around) -> list[str]:
    return ["number", *_amount(match["num"])]


def _ratio(match: re.Match[str], _around: Around) -> list[str]:
    return [*_amount(match["a"]), "to", *_amount(match["b"])]


def _size(match: re.Match[str], _around: Around) -> list[str]:
    return [*_amount(match["a"]), "by", *_amount(match["b"])]


def _email(match: re.Match[str], _around: Around) -> list[str]:
    return [*_address_words(match["user"]), "at", *_address_words(match["host"])]


def _url(match: re.Match[str], _around: Around) -> list[str]:
    """Host and path; scheme, ``www``, query and fragment are not read."""
    words = _address_words(match["host"])
    for part in (match["path"] or "").strip("/").split("/")[:4]:
        if part:
            words += ["slash", *_address_words(part)]
    return words


def _address_words(text: str) -> list[str]:
    words: list[str] = []
    for part in re.findall(r"[A-Za-z]+|\d+|[._-]", text):
        if part.isdigit():
            words += number(part)
        elif part in "._-":
            words.append("dot" if part == "." else "underscore" if part == "_" else "dash")
        elif len(part) <= 3 and (part.isupper() or not re.search(r"[aeiouy]", part)):
            words += list(part.lower())
        else:
            name: str = part.lower()
            words.append(_DOMAINS.get(name, name))
    return " ".join(words).split()


def _like_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1100 <= int(text) <= 2099


def _is_year(text: str, around: Around) -> bool:
    if not _like_year(text):
        return False
    plural = around.after.endswith("s") and around.after not in {"was", "is", "has", "as", "this", "its", "us"}
    if plural or around.after in UNITS or around.after in {"people", "percent", "men", "women", "children"}:
        return False
    return int(text) >= 1900 or around.before in YEAR_CUES


def _year_or_number(text: str, as_year: bool) -> list[str]:
    return year(int(text)) if as_year and len(text) == 4 else _amount(text)


_MONEY: Final = re.compile(
    rf"(?P<minus>[-−])?(?P<country>US|A|C|NZ|HK|S)?(?P<sign>[$€£¥₹₩])(?P<num>{_NUM})"
    rf"(?P<scale>[kKmMbBtT]|[mbt]n)?\+?"
)
_Say = Callable[[re.Match[str], Around], list[str] | None]


def _form(pattern: str, say: _Say) -> tuple[re.Pattern[str], _Say]:
    return re.compile(pattern, re.ASCII), say


#: The first pattern that fits the whole token and has words for it wins.
_FORMS: Final[tuple[tuple[re.Pattern[str], _Say], ...]] = (
    _form(r"(?P<user>[\w.+-]{1,64})@(?P<host>[\w-]+(?:\.[\w-]+)+)", _email),
    _form(
        r"(?:https?://)?(?:www\.)?(?P<host>(?:[\w-]+\.)+(?:com|org|net|io|ai|dev|edu|gov|app|info|co|uk|de|eu|tv|me))"
        r"(?::\d+)?(?P<path>/[^?#]*)?(?:[?#].*)?",
        _url,
    ),
    _form(r"https?://(?:www\.)?(?P<host>[\w.-]+)(?::\d+)?(?P<path>/[^?#]*)?(?:[?#].*)?", _url),
    (_MONEY, _money),
    _form(rf"(?P<num>{_NUM})(?P<sign>[$€£¥₹₩¢])", _money_behind),
    _form(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?P<half>[ap]\.?m\.?|[AP]\.?M\.?)?", _clock),
    _form(r"(?P<hour>\d{1,2})(?P<minute>)(?P<second>)(?P<half>[ap]\.?m\.?|[AP]\.?M\.?)", _hour),
    _form(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", _iso_date),
    _form(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{2,4})", _slash_date),
    _form(r"(?:(?P<whole>\d+)-)?(?P<top>\d{1,3})/(?P<bottom>\d{1,3})", _fraction),
    _form(r"\+?\(?\d{1,4}\)?(?:[-.]\(?\d{2,4}\)?){1,4}", _phone),
    _form(rf"(?P<low>{_NUM})[-–—](?P<high>{_NUM})(?P<unit>{_UNIT})?", _range),
    _form(r"(?P<num>\d[\d,]*)(?:st|nd|rd|th)", _ordinal),
    _form(r"['’]?(?P<num>\d{2}|\d{4})['’]?s", _decade),
    _form(r"(?P<v>[vV])?(?P<parts>\d{1,6}(?:\.\d{1,6}){2,})", _version),
    _form(r"(?P<v>[vV])(?P<parts>\d{1,6}(?:\.\d{1,6})?)", _version),
    _form(r"(?P<num>\d{3,4})p", _resolution),
    _form(rf"(?P<a>{_NUM})[x×](?P<b>{_NUM})", _size),
    _form(rf"(?P<sign>{_SIGN})(?P<num>{_NUM})-?(?P<unit>{_UNIT})", _with_unit),
    _form(rf"(?P<num>{_NUM})\+", _with_high),
    _form(rf"#(?P<num>{_NUM})", _numbered),
    _form(rf"(?P<a>{_NUM}):(?P<b>{_NUM})", _ratio),
    _form(rf"(?P<sign>{_SIGN})(?P<num>{_NUM})", _plain),
)
