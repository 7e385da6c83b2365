"""Input and output of the stage that lets a presenter speak."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.probe_model import Thumbnail
from videogen_engine.stage import MediaRef

#: The stage's name in the registry, which assets do not import.
PRESENT: Final = "present"
FRAMES_PER_SECOND: Final = 30


class PresenterRequest(Frozen):
    """``sound`` is 48 kHz mono PCM16 WAV of ``samples`` samples. ``person`` is the key of a drawn presenter.
    Sides in pixels; ``encoding`` is the render stage's."""

    sound: MediaRef
    samples: int
    person: str
    width: int
    height: int
    encoding: str = "turbo"


class PresenterClip(Frozen):
    media: MediaRef
    thumbnail: Thumbnail
    seconds: float
