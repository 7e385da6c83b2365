"""A request as it was typed becomes parts that each may be a clause: quotations put aside, politeness taken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

#: Word by word, what typing fast makes of the shortest words, which no distance could tell apart.
_SLIPS: Final = {"teh": "the", "hte": "the", "adn": "and", "nad": "and", "ot": "to", "fo": "of", "th": "the"}
_QUOTES: Final = re.compile(
    r"\"(?P<double>[^\"\n]{0,1000})\""
    r"|(?<![^\W_])'(?P<single>(?:[^'\n]|(?<=[^\W_])'(?=[^\W_])){0,1000})'(?![^\W_])"
)
_STRAIGHT: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "\u00a0": " "}
)
_AND_ALSO: Final = re.compile(r"\b(?:and also|as well as|and additionally)\b", re.IGNORECASE)
_CAN_BE: Final = re.compile(r"(?:can|could) (?P<what>.+?) be (?P<how>.+)", re.IGNORECASE)
_BULLET: Final = re.compile(r"(?m)^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_STRONG: Final = re.compile(
    r"\s*(?:[;\n]+|[.!?]+(?=\s|$)|,?\s+(?:and\s+)?then(?=\s)|,?\s+(?:but|also)(?=\s))[\s,]*", re.I
)
_WEAK: Final = re.compile(
    r"\s*(?:,(?!\d)\s*(?:(?:and|plus|as well as)(?=\s))?|\s(?:and|plus|as well as|&)(?=\s))\s*", re.I
)
_BEFORE: Final = re.compile(
    r"(?:please|pls|plz|kindly|just|now|ok|okay|hey|hi|hello|well|so|and|also|then|next|first of all|finally|actually|"
    r"oh|great|thanks|perhaps you (?:can|could)|"
    r"would you mind|do you mind|(?:could|can|would|will) (?:you|we)(?: please| kindly| maybe| also| just)?|"
    r"i(?:'d| would)(?: really)? (?:like|love|want|prefer)(?: you)? to|i (?:really )?(?:want|need)(?: you)? to|"
    r"you (?:should|must|can|could|may)|we (?:should|must|need to|have to|can|could)|let's|let us|go ahead and|"
    r"be so kind (?:as to|and)|i think (?:you|we) should|it would be (?:great|nice) (?:if you could|to)|"
    r"make sure(?: that)?(?: to)?|try to|for now)(?:,\s*|\s+|$)",
    re.I,
)
_AFTER: Final = re.compile(
    r"(?:,\s*|\s+|^)(?:please|pls|plz|thanks|thank you|thx|cheers|for me|if possible|if you can|if you could|now|"
    r"instead|too|as well|again|right away|at once|okay|ok|only|only please|will you|would you|could you)$",
    re.I,
)
_WANT: Final = re.compile(
    r"(?:i|we)(?:'d| would)? (?:really |rather )?(?:like|love|want|need|prefer|have)"
    r"(?: to (?:have|see|get))?\s+(?!to\b)",
    re.I,
)
_GERUND: Final = re.compile(
    r"(?P<verb>remov|delet|dropp|hid|mak|mov|chang|us|add|cutt|swapp|turn|replac|show|putt|speak|start|sett)ing\b", re.I
)
_BASE: Final = {
    "remov": "remove", "delet": "delete", "dropp": "drop", "hid": "hide", "mak": "make", "mov": "move",
    "chang": "change", "us": "use", "cutt": "cut", "swapp": "swap", "replac": "replace", "putt": "put", "sett": "set",
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Prepared:
    """``parts`` in order; ``joints[i]`` is what stood between part i and the next, None where a sentence ended."""

    parts: tuple[str, ...]
    joints: tuple[str | None, ...]
    quotes: tuple[str, ...]

    def joined(self, start: int, end: int) -> str | None:
        """Parts ``start`` to ``end`` (not included) as one clause; None across the end of a sentence."""
        text = self.parts[start]
        for index in range(start + 1, end):
            joint = self.joints[index - 1]
            if joint is None:
                return None
            text += joint + self.parts[index]
        return text

    def shown(self, text: str) -> str:
        """The text with its quotations back in place."""
        return re.sub("«(\\d+)»", lambda found: f"“{self.quotes[int(found[1])]}”", text)


def prepare(text: str) -> Prepared:
    plain = unicodedata.normalize("NFKC", text).translate(_STRAIGHT)
    quotes: list[str] = []

    def aside(found: re.Match[str]) -> str:
        quotes.append(found["double"] if found["double"] is not None else found["single"])
        return f"«{len(quotes) - 1}»"

    plain = _QUOTES.sub(aside, _BULLET.sub("", plain))
    parts: list[str] = []
    joints: list[str | None] = []
    for sentence in _STRONG.split(_AND_ALSO.sub("and", plain)):
        first, place, spoken = True, 0, ""
        cuts = [(found.start(), found.end(), found[0]) for found in _WEAK.finditer(sentence)]
        for low, high, joint in [*cuts, (len(sentence), len(sentence), "")]:
            part = " ".join(sentence[place:low].split())
            if part:
                if parts:
                    joints.append(None if first else _joint(spoken))
                parts.append(part)
                first = False
            spoken = joint
            place = high
    return Prepared(tuple(parts), tuple(joints), tuple(quotes))


def _joint(text: str) -> str:
    """``", "``, ``" and "`` and the like, with single spaces."""
    words = text.replace(",", " ").split()
    comma = "," if "," in text else ""
    return f"{comma} {' '.join(words)} " if words else f"{comma} "


def plain_request(clause: str) -> str:
    """The clause without what is said to be polite, as a command."""
    text = clause.strip(" ,.!?:;-")
    while True:
        shorter = _AFTER.sub("", _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text).strip(" ,.!?:;-")
        if shorter == text:
            break
        text = shorter
    text = _WANT.sub("use ", text, count=1) if _WANT.match(text) else text
    if (asked := _CAN_BE.fullmatch(text)) is not None:
        text = f"{asked['what']} should be {asked['how']}"
    gerund = _GERUND.match(text)
    if gerund is not None:
        verb = gerund["verb"].lower()
        text = _BASE.get(verb, verb) + text[gerund.end() :]
    return text


def mended(text: str, vocabulary: Collection[str]) -> str:
    """Words that no rule knows, each put right when exactly one that some rule knows is a slip of the fingers away."""
    return _WORD.sub(lambda found: _mended(found[0], frozenset(vocabulary)), text)


@lru_cache(maxsize=4096)
def _mended(word: str, vocabulary: frozenset[str]) -> str:
    small = word.lower()
    if small in vocabulary:
        return word
    if small in _SLIPS:
        return _SLIPS[small]
    if len(small) < 4:
        return word
    reach = 1 if len(small) < 8 else 2
    near = get_close_matches(small, [known for known in vocabulary if abs(len(known) - len(small)) <= reach], 12, 0.55)
    distances = sorted((slips(small, known), known) for known in near)
    best = [known for distance, known in distances if distance <= reach and distance == distances[0][0]]
    swapped = [known for known in best if sorted(known) == sorted(small)]
    alike = [known for known in best if known[0] == small[0]]
    chosen = swapped if len(swapped) == 1 else best if len(best) == 1 else alike
    return chosen[0] if len(chosen) == 1 else word


def slips(a: str, b: str) -> int:
    """Letters added, left out, replaced or swapped with their neighbour, at least, between two words."""
    rows = [list(range(len(b) + 1))]
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
