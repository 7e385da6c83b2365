"""Input and output of the stages that make sheets of stills."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline

MAX_BYTES: Final = 150_000


class SheetRequest(Frozen):
    timeline: Timeline


class ContactSheet(Frozen):
    """A JPEG of at most ``MAX_BYTES``; sides in pixels."""

    media: MediaRef
    width: int
    height: int


class ComparisonRequest(Frozen):
    """The film before and after an edit."""

    before: Timeline
    after: Timeline


class Comparison(Frozen):
    """No sheet when no scene looks different."""

    sheet: ContactSheet | None = None
