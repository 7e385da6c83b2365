"""Whether a figure is a share of a whole, and how large a share."""

from __future__ import annotations

import re
import unicodedata

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|٪|percent\b|per cent\b|prozent\b|por ciento\b|pour cent\b|per cento\b)", re.IGNORECASE)
#: A change by some percent is no share of a whole: drawing a ring of it would lie.
_CHANGE = re.compile(
    r"\b(?:rose|rises?|risen|rising|grew|grow\w*|increas\w+|up|fell|falls?|fallen|falling|drop\w*|declin\w+|decreas\w+|"
    r"down|more|less|fewer|faster|slower|higher|lower|cheaper|better|discount|off|sav(?:e|es|ed|ings?)|reduc\w+|cuts?|"
    r"losing|lost|gain\w*|improv\w+|boost\w*|stieg\w*|steig\w*|gestiegen|wuchs|wächst|sank|sink\w*|gesunken|mehr|weniger|"
    r"rabatt|höher|niedriger|creci\w+|crec\w+|aument\w+|subi\w+|cay\w+|baj\w+|más|menos|descuento|augment\w+|hausse|"
    r"baiss\w+|plus|moins)\b",
    re.IGNORECASE,
)


def percentage_share(figure: str, sentence: str) -> float | None:
    """0–1 when ``figure`` is a percentage of a whole, None for other figures and for changes."""
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in figure)
    found = _PERCENT.search(plain)
    if found is None:
        return None
    value = float(found.group(1).replace(",", "."))
    if value > 100 or _CHANGE.search(sentence) is not None:
        return None
    return value / 100
