"""Input and output of the review stage. Times are seconds of the film."""

from __future__ import annotations

from enum import StrEnum

from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline


class FindingKind(StrEnum):
    BLACK = "black_span"
    FROZEN = "frozen_picture"
    BLANK = "blank_picture"
    BARS = "blank_edges"
    ASPECT = "wrong_aspect"
    LENGTH = "wrong_length"
    SILENCE = "silent_gap"
    NO_SOUND = "no_sound"
    LOUDNESS = "loudness"
    PEAK = "true_peak"
    CAPTION_CONTRAST = "caption_contrast"
    CAPTION_OVERFLOW = "caption_overflow"
    CAPTION_DRIFT = "caption_drift"
    VOICE_DRIFT = "voice_drift"
    GLYPHS = "missing_glyphs"


class Mend(Frozen):
    """A tool call that would mend it: ``tool`` is one of the twelve, ``arguments_json`` its arguments.

    The project's id is left out: whoever reads this knows the project.
    """

    tool: str
    arguments_json: str


class Finding(Frozen):
    """``scene`` counts from 1; None concerns the whole film."""

    kind: FindingKind
    start: float
    end: float
    scene: int | None
    sentence: str
    mend: Mend


class ReviewRequest(Frozen):
    """``video`` is the packaged film."""

    timeline: Timeline
    video: MediaRef


class Review(Frozen):
    """In order of time."""

    findings: tuple[Finding, ...]
