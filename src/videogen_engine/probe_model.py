"""Input and output of the probe stage, which looks into uploads."""

from __future__ import annotations

from videogen_agents.contract import FileType
from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef


class ProbeRequest(Frozen):
    """``declared`` is what the uploader said it is. Limits in pixels per frame and seconds."""

    media: MediaRef
    declared: FileType | None = None
    max_pixels: int
    max_duration_seconds: float


class Thumbnail(Frozen):
    media: MediaRef
    width: int
    height: int


class ProbeResult(Frozen):
    """Sides in pixels as shown (rotation applied), duration in seconds; None where it makes no sense."""

    type: FileType
    media_type: str
    width: int | None = None
    height: int | None = None
    duration_seconds: float | None = None
    thumbnail: Thumbnail | None = None
