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
    """``width`` and ``height`` in pixels, both even; ``render.size.frame_size`` gives them."""

    timeline: Timeline
    width: int
    height: int
    encoding: Encoding = Encoding.TURBO


class Segment(Frozen):
    """A scene's frames, or a run of them: segments in order are the film.

    ``first_frame`` counts within the scene. ``entering`` marks the few frames in which the scene before is
    still seen. ``reused`` says that the segment came from the cache.
    """

    scene_id: str
    media: MediaRef
    frames: int
    reused: bool = False
    first_frame: int = 0
    entering: bool = False


class RenderedFilm(Frozen):
    """``poster`` is a JPEG of at most 100 kB that stands for the film. ``frames_rendered`` counts the frames
    encoded now. ``warnings`` are sentences for the user.

    A scene was rendered when any of its own frames was; frames in which it enters depend on the scene before
    as well, so they are made again when that one changes, and do not count.
    """

    width: int
    height: int
    frames_per_second: int
    segments: tuple[Segment, ...]
    poster: MediaRef
    frames_rendered: int
    encoding: Encoding = Encoding.TURBO
    warnings: tuple[str, ...] = ()

    @property
    def frames(self) -> int:
        return sum(segment.frames for segment in self.segments)

    @property
    def scenes_rendered(self) -> int:
        return len({part.scene_id for part in self.segments if not part.reused and not part.entering})

    @property
    def scenes_reused(self) -> int:
        return len({part.scene_id for part in self.segments}) - self.scenes_rendered
