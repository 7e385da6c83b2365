"""How scenes move and follow one another: a choice by each scene's own id, so that an edit changes no other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from videogen_engine.timeline.document import Motion, Transition, TransitionKind

#: Size of the picture against the frame while it slides: what is left over is room to move.
_SLIDE_ZOOM: Final = 1.04
#: Where a slide begins and ends, as shares of that room: about 2 % of the frame's width, 3 % of its height.
_NEAR, _FAR = 0.28, 0.72
_LOW, _HIGH = 0.2, 0.8
#: A zoom stays clear of the picture's very edge, where the movement could not be drawn exactly.
_WIDE, _CLOSE = 1.012, 1.055

_RIGHT = Motion(zoom_from=_SLIDE_ZOOM, zoom_to=_SLIDE_ZOOM, focus_from=(_NEAR, 0.5), focus_to=(_FAR, 0.5))
_LEFT = Motion(zoom_from=_SLIDE_ZOOM, zoom_to=_SLIDE_ZOOM, focus_from=(_FAR, 0.5), focus_to=(_NEAR, 0.5))
_UP = Motion(zoom_from=_SLIDE_ZOOM, zoom_to=_SLIDE_ZOOM, focus_from=(0.5, _HIGH), focus_to=(0.5, _LOW))
_DOWN = Motion(zoom_from=_SLIDE_ZOOM, zoom_to=_SLIDE_ZOOM, focus_from=(0.5, _LOW), focus_to=(0.5, _HIGH))
_CLOSER = Motion(zoom_from=_WIDE, zoom_to=_CLOSE)
_WIDER = Motion(zoom_from=_CLOSE, zoom_to=_WIDE)

#: Slides come up more often than zooms: behind things that stand still both look alike, and drawing a zoom
#: costs ten times as much.
_MOTIONS: Final = (_RIGHT, _UP, _LEFT, _DOWN, _RIGHT, _CLOSER, _LEFT, _UP, _RIGHT, _DOWN, _LEFT, _WIDER)

#: 0.37 s: long enough to be seen as a fade, over when the first words are read.
FADE_FRAMES: Final = 11


def scene_ids(texts: Iterable[str]) -> list[str]:
    """One id per scene, by its text and how often that text came before: stable while other scenes change."""
    seen: dict[str, int] = {}
    ids: list[str] = []
    for text in texts:
        occurrence = seen[text] = seen.get(text, -1) + 1
        body = f"{occurrence}\n{text}".encode("utf-8", "surrogatepass")
        ids.append("scene_" + hashlib.sha256(body).hexdigest()[:16])
    return ids


def motion_for(scene_id: str) -> Motion:
    """A gentle drift of at most 5 % of the frame."""
    return _MOTIONS[int(hashlib.sha256(scene_id.encode()).hexdigest()[:8], 16) % len(_MOTIONS)]


def transition_for(index: int, frames: int) -> Transition:
    """How scene number ``index`` of ``frames`` frames enters: the first one simply is there."""
    if index == 0:
        return Transition(kind=TransitionKind.NONE, frames=0)
    return Transition(kind=TransitionKind.FADE, frames=min(FADE_FRAMES, frames // 3))
