"""What kind of graphic a prompt asks for, and the words and figures in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.motion.model import LONGEST_PROMPT
from videogen_engine.visuals.style_words import read_style

_MOST_DATA: Final = 8
_MOST_COUNT: Final = 60


class Kind(StrEnum):
    TITLE = "title card"
    LOWER_THIRD = "lower third"
    COUNTER = "counter"
    BARS = "bar chart"
    LINE = "line chart"
    PIE = "pie chart"
    LIST = "list"
    QUOTE = "quote"
    CALLOUT = "callout"
    COUNTDOWN = "countdown"
    LOGO = "logo reveal"
    PROGRESS = "progress bar"


#: The first pattern that is found decides.
_KINDS: Final = (
    (Kind.LOWER_THIRD, r"lower.?third|name ?tag|name strap|chyron|caption bar|nameplate"),
    (Kind.COUNTDOWN, r"count ?down|timer"),
    (Kind.PIE, r"pie|donut|doughnut|ring chart"),
    (Kind.LINE, r"line (?:chart|graph)|trend|curve|graph|timeline of|growth chart"),
    (Kind.BARS, r"bars?\b.*chart|bar (?:chart|graph)|column chart|histogram|chart|diagram|bars that|bars grow"),
    (Kind.PROGRESS, r"progress|loading|percent complete|completion|gauge"),
    (Kind.LIST, r"bullet|checklist|\blist\b|agenda|steps?:|to.?do|key points|takeaways"),
    (Kind.QUOTE, r"quote|quotation|testimonial|saying"),
    (Kind.CALLOUT, r"arrow|call.?out|pointer|pointing|highlight|annotation|speech bubble|circle around"),
    (Kind.COUNTER, r"counter|counting|count(?:s)? up|number|statistic|figure|counts? from|odometer"),
    (Kind.LOGO, r"logo|brand|intro sting|emblem"),
    (Kind.TITLE, r"title|headline|heading|intro|text|words|opener|card|kinetic|typography|subscribe|end screen"),
)
_QUOTED: Final = re.compile(r"[“\"«„]([^”\"»“]{1,300})[”\"»“]|(?<![\w])['‘]([^'’]{2,200})['’](?![\w])")
_VALUE: Final = re.compile(
    r"(?<![\w.,])([$€£¥]?\s?-?\d[\d,]*(?:\.\d+)?)\s?(%|percent|bn|billion|million|thousand|[kKmMbB](?![\w]))?"
)
_FACTOR: Final = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_ROLE: Final = re.compile(
    r"\b(?:name|for|of|with)\b[: ]+([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3})(?:\s*[,–—-]\s*([^.;\n]{2,60}))?"
)
_LEAD: Final = re.compile(
    r"^.*?\b(?:showing|shows?|with|of|for|comparing|displaying|from|values?|data|that says|saying|reads?|titled?|"
    r"says)\b:?\s+",
    re.IGNORECASE | re.DOTALL,
)
_ASKING: Final = re.compile(
    r"\b(?:please|create|make|generate|an?|the|animated|animation|motion graphic|graphic|lower.?third|title card|title|"
    r"headline|text|quote|callout|call-out|arrow|pointing(?: at| to)?|bullet|list|agenda|checklist|counter|logo reveal|"
    r"logo|countdown|progress bar|bar chart|line chart|pie chart|chart|that says|saying|which says|reading|for|of|with|"
    r"showing|in|on|modern|clean|simple|elegant|bold|minimal|style|colou?rs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Datum:
    """``shown`` is the value as written."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True)
class Graphic:
    """``texts`` in the order of the prompt; ``data`` of charts; ``amount`` of counters and progress."""

    kind: Kind
    texts: tuple[str, ...]
    data: tuple[Datum, ...]
    amount: Datum | None
    count: int
    palette: str
    seconds: float
    notes: tuple[str, ...] = ()


def read_graphic(prompt: str, style: str = "", *, pictures: int = 0) -> Graphic:
    """Raises InputError for an empty or overlong prompt."""
    text = prompt.strip()
    if not text or len(text) > LONGEST_PROMPT:
        raise InputError(
            f"prompt must have 1 to {LONGEST_PROMPT} characters.",
            next_step="Say what is to be shown, such as “bar chart: Q1 10, Q2 25” or “lower third for Ada Byron”.",
        )
    quoted = tuple((first or second).strip() for first, second in _QUOTED.findall(text))
    bare = _QUOTED.sub(" ", text)
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, bare, re.IGNORECASE)), None)
    data = _data(text)
    if kind is None:
        kind = (
            Kind.LOGO
            if pictures and not quoted
            else Kind.BARS
            if len(data) > 1
            else Kind.COUNTER
            if data and not quoted
            else Kind.TITLE
        )
    if kind is Kind.BARS and len(data) == 1 and "%" in data[0].shown:
        kind = Kind.PROGRESS
    notes: list[str] = []
    amount = data[0] if data else None
    if kind in {Kind.BARS, Kind.LINE, Kind.PIE} and len(data) < 2:
        notes.append("The prompt names no figures, so the chart's shapes stand for none; name them as “Q1 10, Q2 25”.")
        data = tuple(Datum("", value, "") for value in (3.0, 4.2, 5.1, 6.8, 8.0))
    if kind in {Kind.COUNTER, Kind.PROGRESS} and amount is None:
        amount = Datum("", 100.0, "100%")
        notes.append("The prompt names no figure, so it runs to 100 %.")
    texts = quoted or _texts(kind, text)
    if kind is Kind.LOGO and not pictures:
        notes.append("No picture was given in fileIds, so the name alone is revealed.")
    palette = read_style(f"{style} {bare}").palette or _palette(text)
    count = min(_MOST_COUNT, max(1, round(amount.value))) if kind is Kind.COUNTDOWN and amount is not None else 5
    return Graphic(
        kind,
        texts,
        data[:_MOST_DATA],
        amount,
        count,
        f"ocean{palette}" if palette.startswith("+") else palette,
        _seconds(kind, texts, data, count),
        tuple(notes),
    )


def _palette(text: str) -> str:
    names = ("ocean", "violet", "teal", "indigo", "ember", "forest")
    return names[hashlib.sha256(text.casefold().encode("utf-8", "surrogatepass")).digest()[0] % len(names)]


def _data(text: str) -> tuple[Datum, ...]:
    """One figure for each piece between commas; what else the piece says is its label."""
    body = text
    if ":" in text and not re.match(r"^[^:]{0,60}\d", text):
        body = text.split(":", 1)[1]
    elif (lead := _LEAD.match(text)) is not None and not _VALUE.search(lead.group()):
        body = text[lead.end() :]
    found: list[Datum] = []
    for piece in re.split(r",(?!\d{3}\b)|[;\n]|\s+and\s+|\s+vs\.?\s+", body):
        values = list(_VALUE.finditer(piece))
        if not values:
            continue
        match = values[-1]
        number, unit = match.group(1), (match.group(2) or "")
        value = float(re.sub(r"[^\d.-]", "", number) or 0) * _FACTOR.get(unit.lower(), 1.0)
        label = re.sub(r"[\s:=–—-]+$", "", piece[: match.start()]).strip(" :=()") or piece[match.end() :].strip(
            " .:=()"
        )
        label = re.sub(
            r"^(?:and|with|of|for|the|at|is|to|from)\s+|\s+(?:is|at|of|to|with|was)$", "", label, flags=re.IGNORECASE
        )
        if not label or re.fullmatch(
            r"(?:from\s+)?-?\d[\d,.]*(?:\s+to)?|counter.*|.*\bfrom\s+\d+", label, re.IGNORECASE
        ):
            label = piece[match.end() :].strip(" .:=()")
        shown = f"{number.replace(' ', '')}{'%' if unit == 'percent' else (' ' + unit) if len(unit) > 2 else unit}"
        found.append(Datum(label.strip()[:40], value, shown.strip()))
    return tuple(found)


def _texts(kind: Kind, text: str) -> tuple[str, ...]:
    """Without quotation marks: names for a lower third, items of a list, else what is left of the request."""
    if kind is Kind.LOWER_THIRD and (match := _ROLE.search(text)) is not None:
        return tuple(part.strip() for part in match.groups() if part)
    if kind is Kind.LIST:
        body = text.split(":", 1)[1] if ":" in text else _LEAD.sub("", text, count=1)
        items = [item.strip(" .-•*\t") for item in re.split(r"[,;\n]|\s+and\s+|(?:^|\s)\d[.)]\s", body)]
        title = text.split(":", 1)[0] if ":" in text else ""
        head = _ASKING.sub(" ", title)
        return (
            " ".join(head.split()).strip(" ,.:").capitalize(),
            *[item[:1].upper() + item[1:] for item in items if item][:6],
        )
    if kind in {Kind.BARS, Kind.LINE, Kind.PIE, Kind.COUNTER, Kind.PROGRESS, Kind.COUNTDOWN}:
        head = text.split(":", 1)[0] if ":" in text else _VALUE.split(text, 1)[0]
        left = " ".join(_ASKING.sub(" ", head).split()).strip(" ,.:-")
        return (left[:1].upper() + left[1:],) if 2 < len(left) <= 60 and ":" in text else ()
    if ":" in text:
        after = text.split(":", 1)[1].strip()
        if after:
            return tuple(part.strip() for part in re.split(r"\s*[\n|]\s*", after) if part.strip())[:2]
    left = " ".join(_ASKING.sub(" ", text).split()).strip(" ,.:-")
    return (left[:1].upper() + left[1:],) if left else (text[:60],)


def _seconds(kind: Kind, texts: tuple[str, ...], data: tuple[Datum, ...], count: int) -> float:
    words = sum(len(text.split()) for text in texts)
    return {
        Kind.BARS: 3.5 + 0.4 * len(data),
        Kind.LINE: 3.5 + 0.4 * len(data),
        Kind.PIE: 3.5 + 0.4 * len(data),
        Kind.LIST: 2.0 + 1.1 * len(texts),
        Kind.QUOTE: 2.5 + 0.32 * words,
        Kind.COUNTDOWN: count + 0.8,
        Kind.LOWER_THIRD: 5.0,
        Kind.TITLE: 3.0 + 0.2 * words,
    }.get(kind, 4.0)
