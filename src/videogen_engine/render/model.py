"""Input and output of the render stage."""

from __future__ import annotations

from enum import StrEnum

from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline


class Encoding(StrEnum):
    """x264 settings: ``turbo`` is the default, ``draft`` for thumbnails and tests, ``high`` for masters."""

    DRAFT = "draft"
    TURBO = "turbo"
    HIGH = "high"


class RenderRequest(Frozen):
    """``width`` and ``height`` in pixels, both even. ``workers`` 0 means one per core; it never changes bytes."""

    timeline: Timeline
    width: int
    height: int
    encoding: Encoding = Encoding.TURBO


class Segment(Frozen):
    """One scene's frames. ``reused`` says that it came from the scene cache."""

    scene_id: str
    media: MediaRef
    frames: int
    reused: bool = False


class RenderedFilm(Frozen):
    """``frames_rendered`` counts encoded frames only. ``warnings`` are sentences for the user."""

    width: int
    height: int
    frames_per_second: int
    segments: tuple[Segment, ...]
    frames_rendered: int
    warnings: tuple[str, ...] = ()
