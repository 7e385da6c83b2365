"""How much more or less: "a bit", "much", "by 20 percent", "twice as"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from videogen_engine.remix.plain_language.quantities import number
from videogen_engine.remix.plain_language.scene_references import Unclear

_LITTLE: Final = frozenset(
    {"a bit", "a little", "a little bit", "slightly", "somewhat", "a touch", "a tad", "just a bit"}
)
_MUCH: Final = frozenset({"much", "a lot", "lots", "way", "far", "significantly", "considerably", "really", "very"})


class Steps(NamedTuple):
    """Factors for "a bit", for nothing said, and for "much"."""

    little: float
    plain: float
    much: float


def share(text: str) -> float | None:
    """``20%``, ``ten percent`` as percents; None for anything else."""
    found = re.fullmatch(r"(.+?) ?(?:%|percent|per cent)", text.strip())
    return None if found is None else number(found[1])


def factor(degree: str, *, up: bool, steps: Steps) -> float:
    """``degree`` as said, empty for nothing. Raises Unclear for less than nothing and for more than tenfold."""
    said = re.sub(r"^by ", "", degree.lower().strip())
    percents = share(said)
    if percents is not None:
        result = 1 + percents / 100 if up else 1 - percents / 100
        if not 0.01 <= result <= 10:
            raise Unclear(f"{percents:g} % {'more' if up else 'less'} cannot be had")
        return round(result, 4)
    if said in _LITTLE:
        return steps.little
    return steps.much if said in _MUCH else steps.plain


def multiple(text: str) -> float | None:
    """``twice``, ``double``, ``half``, ``three times``, ``1.5x``; None for anything else."""
    said = text.lower().strip()
    if said in {"twice", "double", "two times"}:
        return 2.0
    if said in {"half", "halve"}:
        return 0.5
    if said in {"triple", "thrice"}:
        return 3.0
    found = re.fullmatch(r"(.+?) ?(?:x|times)", said)
    amount = None if found is None else number(found[1])
    return amount if amount is not None and 0 < amount <= 10 else None
