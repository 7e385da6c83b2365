"""The number in a sentence that is worth a picture, and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from videogen_engine.planning.fronts import introduction
from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.model import Phrase
from videogen_engine.planning.nouns import starts_verb, subject
from videogen_engine.planning.tokens import Token, bare, phrase

_NUMBER = r"(?:\d{1,3}(?:[.,'٬\u00a0\u202f]\d{3})+(?:[.,٫]\d+)?|\d{1,3}(?: \d{3})+(?![\d])|\d+(?:[.,٫]\d+)?|[½¼¾])"
_SHORT_UNITS = (
    r"km/h|m/s²|m/s2|m/s|mph|kWh|MWh|GWh|km²|m²|m³|km|cm|mm|kg|mg|kW|MW|GW|GB|MB|TB|kB|GHz|MHz|Hz|°\s?[CF]|°|"
    r"kcal|ml|dB|hPa|[gmlLVW]"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_LABEL_LENGTH = 6
_TIME_WORDS = frozenset(["last", "this", "next", "since", "ago", "per", "vergangenen", "letzten", "dieses", "today"])


@dataclass(frozen=True)
class Figure:
    """``worth`` orders figures: shares and money 5, multiples 4, measures and counts 3, plain numbers 2.

    ``compares`` says that "as …" or "more …" follows, without which the figure means nothing.
    """

    phrase: Phrase
    label: Phrase | None
    worth: int
    compares: bool = False


def find_figure(script: str, words: tuple[Token, ...], lexicon: Lexicon) -> Figure | None:
    """The most telling figure of a sentence, or None. Dates, times, years and page numbers are not figures."""
    if not words:
        return None
    start, end = words[0].start, words[-1].end + len(words[-1].after)
    main = introduction(words, lexicon)[1]
    best: tuple[float, int, int] | None = None
    for worth, pattern in _patterns(lexicon):
        for match in pattern.finditer(script, start, end):
            left, right = match.span("figure")
            if not _is_figure(script, left, right, worth, words, lexicon):
                continue
            value = float(max(worth, _count_worth(script, left, right, words, lexicon)))
            found = (value - (0.5 if main and left < main[0].start else 0.0), left, right)
            if best is None or (-found[0], left) < (-best[0], best[1]):
                best = found
    if best is None:
        return None
    worth, left, right = best
    shown = Phrase(text=bare(script[left:right]), start=left, end=right)
    following = next((word.lower for word in words if word.start >= right), "")
    compares = following == "as" or following in lexicon.comparatives or (worth < 5 and following.endswith("er"))
    return Figure(shown, _label(script, words, main, (left, right), lexicon), round(worth + 0.1), compares)


def _count_worth(script: str, left: int, right: int, words: tuple[Token, ...], lexicon: Lexicon) -> int:
    """A number of at least a thousand that counts things is worth showing."""
    following = next((word for word in words if word.start >= right), None)
    digits = re.sub(r"\D", "", script[left:right])
    counts = following is not None and following.start == right + 1 and following.lower not in lexicon.closed
    return 3 if counts and following is not None and len(digits) >= 4 and not following.numeric else 0


_PATTERNS: dict[str, tuple[tuple[int, re.Pattern[str]], ...]] = {}


def _patterns(lexicon: Lexicon) -> tuple[tuple[int, re.Pattern[str]], ...]:
    known = _PATTERNS.get(lexicon.code)
    if known is None:
        known = _PATTERNS[lexicon.code] = _compile(lexicon)
    return known


def _compile(lexicon: Lexicon) -> tuple[tuple[int, re.Pattern[str]], ...]:
    def any_of(values: frozenset[str]) -> str:
        return "|".join(re.escape(value) for value in sorted(values, key=lambda v: (-len(v), v))) or r"(?!)"

    scales = any_of(lexicon.scales)
    percent = r"%|٪|per ?cent|pour cent|por ciento|" + any_of(lexicon.percent)
    multiples = any_of(lexicon.multiples)
    numbers = any_of(lexicon.number_words | {"one", "a"} if lexicon.code == "en" else lexicon.number_words)
    scaled = rf"{_NUMBER}(?:[ \u00a0](?:{scales})\b|[ \u00a0]?(?:[kKMB]|bn|mn)\b)?"
    edge = r"(?<![\w.,/-])"
    return (
        (5, re.compile(rf"{edge}(?P<figure>[+\-−±]?[$€£¥₹][ \u00a0]?{scaled})(?!\w)", re.IGNORECASE)),
        (
            5,
            re.compile(
                rf"{edge}(?P<figure>[+\-−±]?{scaled}[ \u00a0\u202f]?(?:{percent}|[$€£¥₹]))(?!\w)", re.IGNORECASE
            ),
        ),
        (
            5,
            re.compile(
                rf"{edge}(?P<figure>(?:\d+|{numbers}) (?:in|out of|von|de cada|sur) (?:\d+|{numbers}))(?=\s+[^\W\d])",
                re.IGNORECASE,
            ),
        ),
        (
            4,
            re.compile(rf"{edge}(?P<figure>(?:{_NUMBER}|{numbers})[ \u00a0]?(?:{multiples}|×|x))(?!\w)", re.IGNORECASE),
        ),
        (4, re.compile(rf"{edge}(?P<figure>{_NUMBER}[ \u00a0](?:{scales}))(?!\w)", re.IGNORECASE)),
        (3, re.compile(rf"{edge}(?P<figure>[+\-−]?{_NUMBER}[ \u00a0]?(?:{_SHORT_UNITS}))(?![\w/])")),
        (3, re.compile(rf"{edge}(?P<figure>{_NUMBER})(?=[ \u00a0-](?:{any_of(lexicon.units)})\b)", re.IGNORECASE)),
        (2, re.compile(rf"{edge}(?P<figure>{_NUMBER})(?![\w/%:°]|[.,٫]\d|-\w)")),
    )


def _is_figure(script: str, left: int, right: int, worth: int, words: tuple[Token, ...], lexicon: Lexicon) -> bool:
    text = script[left:right]
    digits = re.sub(r"\D", "", text)
    before = [word for word in words if word.end <= left]
    after = [word for word in words if word.start >= right]
    near = {word.lower for word in (*before[-1:], *after[:1])}
    if worth <= 3 and near & lexicon.months:
        return False
    if script[left - 1 : left] == ":" or script[right : right + 1] == ":":
        return False
    if before and before[-1].lower in {
        "version",
        "page",
        "seite",
        "página",
        "chapter",
        "no",
        "nr",
        "step",
        *lexicon.step_nouns,
    }:
        return False
    if worth == 4 and not digits:
        return bool(text.split()[:1]) and text.split()[0].lower() in lexicon.number_words
    if worth > 2:
        return True
    if _YEAR.match(digits) and text == digits:
        return False
    return len(digits) >= 4 or (bool(re.search(r"[.,٫]\d", text)) and len(digits) >= 3)


def _label(
    script: str, words: tuple[Token, ...], main: tuple[Token, ...], span: tuple[int, int], lexicon: Lexicon
) -> Phrase | None:
    """What is counted: the words right after the figure, else the subject of the sentence."""
    left, right = span
    behind = _counted(script, words, right, lexicon)
    if behind is not None:
        return behind
    doer = subject(main, lexicon)
    if doer and len(doer) <= _LABEL_LENGTH and doer[-1].end <= left:
        return phrase(script, doer, capital=True)
    return None


def _counted(script: str, words: tuple[Token, ...], right: int, lexicon: Lexicon) -> Phrase | None:
    taken: list[Token] = []
    previous_end = right
    for word in words:
        if word.start < right:
            continue
        gap = script[previous_end : word.start]
        if any(char in ",;:.()—–!?…،؛" for char in gap) or len(taken) == _LABEL_LENGTH:
            break
        if word.lower in lexicon.conjunctions or (word.lower in _TIME_WORDS and word.lower != "per") or word.numeric:
            break
        if not taken and word.lower == "as":
            taken.append(word)
            previous_end = word.end
            continue
        first_ok = (
            word.lower in lexicon.of
            or word.lower in lexicon.comparatives
            or word.lower in {"per", "a", "an", "pro", "par", "por"}
        )
        owned = lexicon.code == "de" and word.lower in lexicon.determiners
        if not taken and word.lower in lexicon.closed and not (first_ok or owned):
            break
        if word.lower in lexicon.auxiliaries or word.lower in lexicon.subordinators or word.lower in lexicon.than:
            break
        if taken and starts_verb(words, words.index(word), lexicon):
            break
        taken.append(word)
        previous_end = word.end
    while taken and (taken[-1].lower in lexicon.closed or (lexicon.code == "de" and not taken[-1].capital)):
        taken.pop()
    if not taken or taken[0].lower in lexicon.fillers:
        return None
    return phrase(script, taken)
