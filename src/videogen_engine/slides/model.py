"""Input and output of the stages that make a film of a document."""

from __future__ import annotations

from videogen_agents.contract import CaptionStyle
from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import ScenePlan
from videogen_engine.speech.model import Narration
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Logo
from videogen_engine.visuals.model import FeaturedFile, SlideTheme


class ThemeRequest(Frozen):
    """``references`` are pictures, PDFs and PowerPoint files, the most telling first; ``words`` describe the theme
    where there is none. ``name`` is the user's."""

    name: str
    references: tuple[FeaturedFile, ...] = ()
    words: str = ""


class ThemeReading(Frozen):
    """``theme`` is None when nothing says what it looks like. ``warnings`` are sentences for the user."""

    theme: SlideTheme | None
    warnings: tuple[str, ...] = ()


class DeckRequest(Frozen):
    """``media`` is a PDF or a PowerPoint file. ``office`` is the program that draws PowerPoint slides exactly, in
    at most ``office_seconds``; None sets them anew."""

    media: MediaRef
    max_slides: int
    office: str | None = None
    office_seconds: float = 180.0


class DeckPage(Frozen):
    """``width`` and ``height`` in points; ``title`` is at most 80 characters, and may be empty like the others."""

    width: float
    height: float
    title: str = ""
    text: str = ""
    notes: str = ""


class Deck(Frozen):
    """``media`` is what the pages are drawn from. ``ground`` is the colour (``#rrggbb``) around them, which
    fits theirs. ``exact`` pages are drawn as they are, others set anew. ``warnings`` are sentences for the user."""

    media: MediaRef
    pages: tuple[DeckPage, ...]
    ground: str
    exact: bool = True
    warnings: tuple[str, ...] = ()


class SlidePlanRequest(Frozen):
    """``texts`` are what is said, by page; an empty text is a silent page. ``name`` titles an untitled deck."""

    deck: Deck
    texts: tuple[str, ...]
    language: str
    name: str


class SlidePlan(Frozen):
    """A scene per page. ``silent_seconds`` is how long a page without words is shown; None for the others."""

    plan: ScenePlan
    silent_seconds: tuple[float | None, ...]


class SlideTimelineRequest(Frozen):
    """``narration`` has a scene for each page that is not silent, in order; None when all are.

    ``voice_id`` is the voice that later edits speak with when nobody does yet.
    """

    deck: Deck
    slides: SlidePlan
    narration: Narration | None
    file_id: str
    display_name: str
    voice_id: str
    voice_speed: float = 1.0
    caption_style: CaptionStyle | None = CaptionStyle()
    ratio_width: int = 16
    ratio_height: int = 9
    logo: Logo | None = None
    theme: SlideTheme | None = None
    max_seconds: float | None = None
