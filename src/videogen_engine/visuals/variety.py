"""Choices that differ from scene to scene without looking further than one scene back.

Each scene has a digit from its own text. Where it equals the previous scene's, the choice falls to one of two
reserved values by the parity of the index. So neighbours always differ, and an edit to one sentence can change
the choice of that scene and of the next, of no other.
"""

from __future__ import annotations

from collections.abc import Sequence


def varied(options: Sequence[str], own: int, before: int | None, index: int) -> str:
    """One of ``options``: ``own`` and ``before`` are the digests of this scene and of its like-kinded neighbour.

    ``before`` is None when there is no neighbour of the same kind.
    """
    if len(options) < 4:
        # Too few to reserve two: the digest shifted by parity still differs between most neighbours.
        return options[(own % len(options) if before is None else own + index) % len(options)]
    free = len(options) - 2
    digit = own % free
    if before is None or before % free != digit:
        return options[digit]
    return options[free + index % 2]
