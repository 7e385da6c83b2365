"""Input and output of the visuals stage. Times are seconds from the start of the scene."""

from __future__ import annotations

from enum import StrEnum

from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import PlannedScene
from videogen_engine.speech.model import Word
from videogen_engine.stage import MediaRef


class StyleKind(StrEnum):
    STOCK = "STOCK"
    AI_IMAGE = "AI_IMAGE"


class StyleRequest(Frozen):
    """The contract's visual style. ``ai_style`` steers look, palette and texture by its words."""

    kind: StyleKind = StyleKind.STOCK
    ai_style: str | None = None


class FeaturedFile(Frozen):
    """A picture or clip of the user's to show. ``duration`` in seconds for clips, None for stills."""

    file_id: str
    media: MediaRef
    display_name: str
    duration: float | None = None


class Inset(Frozen):
    """A picture of a person or a thing of the user's, shown in the scene instead of as its background.

    ``drawn`` is the key of a built-in presenter, in place of a file.
    """

    file: FeaturedFile | None = None
    person: bool = False
    drawn: str = ""


class SlideTheme(Frozen):
    """How slides look that are set anew, and what is around all slides. Colours are ``#rrggbb``.

    ``ink`` reads on ``paper`` (4.5 : 1 at least), the ``accents`` stand out from it (3 : 1), the strongest first.
    ``ground`` is around the slides, or the colours of the picture ``backdrop``. Families are bundled ones.
    """

    name: str
    paper: str
    ink: str
    accents: tuple[str, ...]
    ground: str
    title_family: str = "Inter"
    body_family: str = "Inter"
    backdrop: MediaRef | None = None


class PageFile(Frozen):
    """A page of the user's document, shown whole. ``page`` counts from 0; ``media`` is a PDF, or a PowerPoint
    file whose slides are set anew."""

    file_id: str
    media: MediaRef
    page: int
    display_name: str
    theme: SlideTheme | None = None


class PictureScene(Frozen):
    """``duration`` in seconds; ``words`` are timed from the scene's start; ``direction`` is visual guidance.

    ``pinned`` is the user's file that this scene shows, whatever the others show. ``variant`` counts how often
    another arrangement than the first was asked for. ``insets`` are people and things in the scene; a thing
    whose picture fills the frame becomes its background when it is alone.
    """

    plan: PlannedScene
    duration: float
    words: tuple[Word, ...] = ()
    direction: str | None = None
    pinned: FeaturedFile | None = None
    variant: int = 0
    insets: tuple[Inset, ...] = ()


class PictureRequest(Frozen):
    """``ratio_width`` and ``ratio_height`` are the ratio's integers (16 and 9), not pixels.

    ``title`` decides the film's look together with language and style, so that it stays when a sentence is
    edited; without a title the first scene's headline stands in. ``look_language`` is the language that the look was
    chosen by, once the film is in another.
    """

    scenes: tuple[PictureScene, ...]
    language: str
    ratio_width: int
    ratio_height: int
    style: StyleRequest = StyleRequest()
    featured: tuple[FeaturedFile, ...] = ()
    title: str = ""
    look_language: str | None = None


class Source(Frozen):
    """Where a part of a picture came from. ``licence`` is an SPDX id, or ``user`` for the user's own file."""

    name: str
    licence: str
    url: str | None = None


class Shown(StrEnum):
    """What kind of element a picture shows when it appears."""

    HEADLINE = "headline"
    ICON = "icon"
    CARD = "card"
    FIGURE = "figure"
    ORNAMENT = "ornament"
    KICKER = "kicker"
    LABEL = "label"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    BADGE = "badge"


class Accent(Frozen):
    """A word of an element's text to point out, and when it is said (seconds)."""

    word: str
    appear: float


class Element(Frozen):
    """One foreground element of a design: what it says or shows, and when it enters (seconds).

    ``share`` (0–1) is the part of the whole that a percentage names.
    """

    kind: Shown
    text: str | None = None
    icon: str | None = None
    appear: float = 0.0
    accents: tuple[Accent, ...] = ()
    share: float | None = None


class SceneDesign(Frozen):
    """Everything that decides a scene's picture, at any size. Equal designs paint equal pixels.

    ``look`` names the family (``glass``, ``paper``, ``landscape`` …), ``layout`` the arrangement, ``palette``
    the colours, ``scenery`` the look's background, ``seed`` every random choice. ``featured`` replaces the
    painted background by the user's file. ``page`` replaces everything but the ground around it. ``insets``
    stand where the main icon would.
    """

    look: str
    layout: str
    palette: str
    seed: int
    language: str
    ratio_width: int
    ratio_height: int
    elements: tuple[Element, ...]
    featured: FeaturedFile | None = None
    scenery: str = ""
    page: PageFile | None = None
    insets: tuple[Inset, ...] = ()


class Picture(Frozen):
    """A design with what an agent or a person wants to know about it: why this, from where, may I."""

    design: SceneDesign
    reason: str
    sources: tuple[Source, ...]


class PictureSet(Frozen):
    pictures: tuple[Picture, ...]
    warnings: tuple[str, ...] = ()


class Entrance(StrEnum):
    NONE = "NONE"
    FADE = "FADE"
    RISE = "RISE"
    POP = "POP"
    WIPE = "WIPE"


class Sprite(Frozen):
    """An RGBA PNG laid over the background at ``x``, ``y`` (pixels, top left), entering at ``appear``."""

    image: MediaRef
    x: int
    y: int
    width: int
    height: int
    appear: float = 0.0
    entrance: Entrance = Entrance.FADE
    entrance_seconds: float = 0.4


class PaintedScene(Frozen):
    """A design painted for one frame size.

    ``background`` is an opaque image of ``background_width`` × ``background_height``, at least 4 % larger
    than the frame each way, so that it can drift (a document's page is as large as the frame, and stands
    still): a JPEG without chroma subsampling, because lossless coding of a full frame costs more time than
    painting it. With ``clip`` the user's video plays in its place.
    Sprites are straight-alpha PNGs in paint order.
    """

    background: MediaRef
    background_width: int
    background_height: int
    sprites: tuple[Sprite, ...]
    clip: MediaRef | None = None
