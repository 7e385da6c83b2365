"""Headlines for scripts that put no spaces between words."""

from __future__ import annotations

import re

#: Characters of a headline in a script without spaces.
UNSPACED_LENGTH = 16

_CLAUSES = re.compile(r"[。！？!?.、，,；;：:\s「」『』（）()]+")
_PARTICLES = ("は", "が", "を", "に", "で", "と", "的", "是", "在", "和", "也")
#: Endings of Japanese clauses that only lead to the next one.
_LEADING = ("と", "ので", "から", "ば", "たら", "が", "けど", "て", "で", "み", "し")
#: A clause shorter than this says too little.
_SHORT = 4


def unspaced_headline(text: str) -> str:
    """The first clause of substance, cut before a particle when it is long; questions keep their mark."""
    clauses = [part for part in _CLAUSES.split(text) if part] or [text]
    substantial = [part for part in clauses if len(part) >= _SHORT] or clauses
    first = next((part for part in substantial if not part.endswith(_LEADING)), substantial[-1])
    asks = text.rstrip("」』）) ").endswith(("？", "?")) and first == clauses[-1]
    if len(first) <= UNSPACED_LENGTH:
        return first + ("？" if asks else "")
    places = [first.rfind(mark, 3, UNSPACED_LENGTH) for mark in _PARTICLES]
    at = max(places)
    return first[:at] if at > 0 else first[:UNSPACED_LENGTH]
