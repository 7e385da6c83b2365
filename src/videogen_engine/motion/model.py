"""Input and output of the motion graphic stage."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.illustration.model import OwnPicture
from videogen_engine.probe_model import Thumbnail
from videogen_engine.stage import MediaRef

#: The stage's name in the registry, which assets do not import.
ANIMATE: Final = "animate"
FRAMES_PER_SECOND: Final = 30
LONGEST_PROMPT: Final = 4000


class MotionRequest(Frozen):
    """Sides in pixels. ``seconds`` None lets what is shown decide. ``style`` are further words about colours.

    ``transparent`` makes WebM (VP9 with alpha), else MP4 by the render stage's ``encoding``.
    """

    prompt: str
    width: int
    height: int
    seconds: float | None = None
    transparent: bool = True
    style: str = ""
    variant: int = 0
    encoding: str = "turbo"
    pictures: tuple[OwnPicture, ...] = ()


class MotionGraphic(Frozen):
    """``kind`` is what the prompt was read as, ``shows`` the words and figures in it, ``notes`` what it asked for in
    vain."""

    media: MediaRef
    thumbnail: Thumbnail
    seconds: float
    kind: str
    shows: tuple[str, ...]
    notes: tuple[str, ...] = ()
