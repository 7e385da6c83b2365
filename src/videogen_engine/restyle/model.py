"""Input and output of the restyling stages. Times are seconds from the start of the video, sides pixels."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.music.model import MusicBed
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import SceneSound

#: The longest video that is restyled.
LONGEST_SECONDS: Final = 120.0


class Treatment(Frozen):
    """A style of the catalogue and how strongly it is applied: 1 is plainly, less lets the video through."""

    style: str
    strength: float = 1.0


class RestyleRequest(Frozen):
    """``lines`` is the most that the short side may have; a smaller video keeps its size. ``with_sound`` keeps it."""

    media: MediaRef
    treatments: tuple[Treatment, ...]
    lines: int
    with_sound: bool = True
    max_seconds: float = LONGEST_SECONDS


class StyledShot(Frozen):
    """From one cut to the next. ``media`` is an MP4 of ``frames`` frames without sound."""

    media: MediaRef
    sound: SceneSound | None
    start: float
    frames: int


class StyledVideo(Frozen):
    """``ratio_*`` are the upright picture's integers."""

    shots: tuple[StyledShot, ...]
    width: int
    height: int
    frames_per_second: int
    ratio_width: int
    ratio_height: int
    warnings: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        return sum(shot.frames for shot in self.shots) / self.frames_per_second


class RestyledTimelineRequest(Frozen):
    """``told`` is what was done to the pictures, in words; ``language`` is the prompt's."""

    video: StyledVideo
    file_id: str
    display_name: str
    told: str
    language: str
    voice_id: str
    ratio_width: int
    ratio_height: int
    music: MusicBed | None = None
    warnings: tuple[str, ...] = ()
