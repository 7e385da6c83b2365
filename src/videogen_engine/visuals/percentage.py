"""Whether a figure is a share of a whole, how large a share, and of what."""

from __future__ import annotations

import re
import unicodedata

from videogen_engine.visuals.icon_matching import IconMatch, match_icons

_PERCENT = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:%|٪|percent\b|per cent\b|prozent\b|por ciento\b|pour cent\b|per cento\b)", re.IGNORECASE
)
#: "60 % of …" names a whole, in the languages that scripts mostly come in.
_OF_WHOLE = re.compile(
    r"\s+(?:(?:of|der|des|aller|von|vom|de|del|du|della|dei|delle|di|do|da|dos|das|van|av|af|من)\b|d['’]|מ)",
    re.IGNORECASE,
)
#: "rose to 92 %", "stands at 40 %" name a level.
_LEVEL = re.compile(
    r"(?<!up )\b(?:to|at|is|are|auf|bei|al|à)\s+(?:about |nearly |only |just |over |almost )?$", re.IGNORECASE
)

#: "of people", "of all small companies": the noun ends the label, or a clause follows it.
_COUNTED = re.compile(
    r"of (?:(?:the|all|our|its|their|your|these|those) )?(?:[a-z]+ )?"
    r"(?P<noun>people|children|men|women|mice|geese|[a-z]{2,}[^s\W]s)(?=$|,| (?:who|that|which|in|on|at|with|from)\b)",
    re.IGNORECASE,
)
_NOT_PLURAL = frozenset({"always", "afterwards", "news", "mathematics", "physics", "politics", "economics"})
#: A crowd in the dark is no one to count.
_SINGLE = {"busts-in-silhouette": "person"}
#: What an icon must score so that ten of it are not ten riddles.
_NAMES = 0.6


def percentage_share(figure: str, sentence: str) -> float | None:
    """0–1 when ``figure`` is a percentage of a whole, or a level, in ``sentence``.

    None for other figures and for changes by some percent, of which a ring would tell a lie.
    """
    found = _PERCENT.search(_plain(figure))
    if found is None:
        return None
    value = float(found.group(1).replace(",", "."))
    if value > 100:
        return None
    said = _plain(sentence)
    place = said.find(_plain(figure))
    if place < 0:
        return None
    after = said[place + len(figure) :]
    if re.match(r"\s*%", after):
        after = after.lstrip().removeprefix("%")
    return value / 100 if _OF_WHOLE.match(after) is not None or _LEVEL.search(said[:place]) is not None else None


def counted_icon(label: str) -> IconMatch | None:
    """The icon of what is counted, when an English label such as "of people" names things that can be.

    "Of an adult's body" counts nothing: ten bodies would tell a lie.
    """
    found = _COUNTED.match(label)
    if found is None or found["noun"].lower() in _NOT_PLURAL:
        return None
    (match,) = match_icons(found["noun"], [found["noun"]], 1, language="en")
    if match.score < _NAMES:
        return None
    return match.model_copy(update={"name": _SINGLE.get(match.name, match.name)})


def _plain(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
