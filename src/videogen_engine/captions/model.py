"""Input and output of the captions stage. Times are seconds from the start of the scene."""

from __future__ import annotations

from typing import ClassVar

from videogen_agents.contract import CaptionStyle
from videogen_engine.frozen import Frozen, Sparse
from videogen_engine.speech.model import Word
from videogen_engine.stage import MediaRef

#: Pixels; bounds the memory that one decoded sheet takes (about 30 MB at 1080 lines).
MAX_SHEET_HEIGHT = 4096


class CaptionRequest(Sparse):
    """One scene's words (timed from the scene's start) for one frame size in pixels.

    ``between`` are the columns of the frame that captions may use, where something stands beside them.
    """

    unsaid: ClassVar[frozenset[str]] = frozenset({"between"})

    words: tuple[Word, ...]
    language: str
    style: CaptionStyle
    width: int
    height: int
    scene_duration: float
    between: tuple[int, int] | None = None


class CaptionWord(Frozen):
    """``text`` is the script's own characters, punctuation included; ``glued`` ones follow without a space."""

    text: str
    start: float
    end: float
    glued: bool = False


class CaptionCue(Frozen):
    """At most two lines shown from ``start`` to ``end``."""

    start: float
    end: float
    lines: tuple[tuple[CaptionWord, ...], ...]


class CaptionPatch(Frozen):
    """The ``width`` × ``height`` rectangle at ``sheet_x``, ``sheet_y`` of the state's image replaces the state's
    pixels (alpha too) from ``x``, ``y`` of its own top left on: the word that is lit."""

    sheet_x: int
    sheet_y: int
    x: int
    y: int
    width: int
    height: int


class CaptionState(Frozen):
    """One painted state (a cue with one word lit), drawn at ``x``, ``y`` pixels of the frame.

    Its pixels are the ``width`` × ``height`` rectangle at ``sheet_x``, ``sheet_y`` of ``image``, with ``patch``
    put into it. ``image`` is a straight-alpha RGBA PNG that holds many states of the scene (decode each image
    once): a cue is painted once, and only its lit words again. A sheet is at most ``MAX_SHEET_HEIGHT`` pixels
    high, so a long scene has several. Equal rectangles are equal pixels.
    """

    start: float
    end: float
    image: MediaRef
    sheet_x: int = 0
    sheet_y: int = 0
    x: int
    y: int
    width: int
    height: int
    patch: CaptionPatch | None = None


class CaptionTrack(Frozen):
    """``warnings`` are sentences for the user: what of the style could not be kept, and each script whose glyphs
    no font has, with the font to add. ``fonts`` are the families that the words are set in."""

    cues: tuple[CaptionCue, ...]
    fonts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class PaintedCaptions(Frozen):
    track: CaptionTrack
    states: tuple[CaptionState, ...]
