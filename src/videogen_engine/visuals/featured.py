"""Which scene shows which of the user's files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen_engine.visuals.model import FeaturedFile, PictureScene

_WORD = re.compile(r"[^\W\d_]{3,}")
_DULL = frozenset(
    [
        "img",
        "image",
        "photo",
        "picture",
        "video",
        "clip",
        "file",
        "final",
        "copy",
        "the",
        "and",
        "for",
        "with",
        "screenshot",
        "dsc",
        "mov",
        "jpg",
        "jpeg",
        "png",
        "mp4",
        "webp",
    ]
)


def _stems(text: str) -> frozenset[str]:
    """Words of ``text`` cut to what singular, plural and verb forms have in common."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word[: max(3, min(6, len(word) - 1))] for word in words if word not in _DULL)


def assign_featured(files: Sequence[FeaturedFile], scenes: Sequence[PictureScene]) -> dict[int, FeaturedFile]:
    """Scene index → file: what is pinned, then the best word match between display name and sentence or
    direction, then in the given order.

    A file is shown once. Files beyond the number of scenes are left out.
    """
    pinned = {index: scene.pinned for index, scene in enumerate(scenes) if scene.pinned is not None}
    if pinned:
        rest = [file for file in files if file not in pinned.values()]
        free = [index for index in range(len(scenes)) if index not in pinned]
        found = assign_featured(rest, [scenes[index] for index in free])
        return dict(sorted((pinned | {free[place]: file for place, file in found.items()}).items()))
    texts = [_stems(f"{scene.plan.text} {scene.direction or ''}") for scene in scenes]
    ranked = sorted(
        (-len(_stems(file.display_name) & text), number, index)
        for number, file in enumerate(files)
        for index, text in enumerate(texts)
    )
    chosen: dict[int, int] = {}
    for score, number, index in ranked:
        if score < 0 and index not in chosen and number not in chosen.values():
            chosen[index] = number
    rest = [number for number in range(len(files)) if number not in chosen.values()]
    free = [index for index in range(len(scenes)) if index not in chosen]
    if rest and free:
        # The rest goes in order, spread over the film instead of crowding its start.
        step = len(free) / min(len(rest), len(free))
        for place, number in enumerate(rest[: len(free)]):
            chosen[free[int(place * step)]] = number
    return {index: files[number] for index, number in sorted(chosen.items())}
