"""Input and output of the illustration stage."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.probe_model import Thumbnail
from videogen_engine.stage import MediaRef

#: The stage's name in the registry, which assets do not import.
ILLUSTRATE: Final = "illustrate"
LONGEST_PROMPT: Final = 4000


class OwnPicture(Frozen):
    """A picture of the user's to show in the illustration. A ``person`` is shown as a disc."""

    media: MediaRef
    name: str
    person: bool = False


class IllustrationRequest(Frozen):
    """Sides in pixels. ``style`` are further words about the look, which win over the prompt's.

    Each ``variant`` is another arrangement, and another look where neither prompt nor style names one.
    """

    prompt: str
    width: int
    height: int
    style: str = ""
    variant: int = 0
    pictures: tuple[OwnPicture, ...] = ()


class Illustration(Frozen):
    """``media`` is JPEG. ``things`` are what was drawn for which words, ``sources`` what it was drawn with.

    ``notes`` are sentences about what the prompt asked for in vain.
    """

    media: MediaRef
    thumbnail: Thumbnail
    look: str
    things: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...] = ()
