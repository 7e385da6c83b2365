"""Input and output of the planning stage. All offsets are character offsets into the script."""

from __future__ import annotations

from enum import StrEnum

from videogen_engine.frozen import Frozen


class Pacing(StrEnum):
    """How much is said before the picture changes; the contract's VisualPacing."""

    FAST = "FAST"
    MEDIUM = "MEDIUM"
    SLOW = "SLOW"


class Structure(StrEnum):
    """What the sentence is, which decides the layout of its picture."""

    STATEMENT = "statement"
    LIST = "list"
    STATISTIC = "statistic"
    COMPARISON = "comparison"
    QUOTE = "quote"
    QUESTION = "question"
    STEP = "step"


class PlanRequest(Frozen):
    script: str
    language: str = "en"
    pacing: Pacing = Pacing.MEDIUM


class Sentence(Frozen):
    """One utterance. ``ends_paragraph`` asks the speaker for the longer pause."""

    text: str
    start: int
    end: int
    ends_paragraph: bool = False


class Phrase(Frozen):
    """Words of the script worth showing; ``text`` may be re-cased, the span is where it is said."""

    text: str
    start: int
    end: int


class PlannedScene(Frozen):
    """``items`` are list members, or the two sides of a comparison; ``figure`` is a statistic as written.

    ``figure_label`` is what the figure counts ("of an adult's body"), ``quote`` the words between the quotation
    marks, ``attribution`` who said them, ``kicker`` the heading of the section that the scene belongs to.
    """

    index: int
    text: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    headline: str
    key_phrases: tuple[Phrase, ...] = ()
    structure: Structure = Structure.STATEMENT
    items: tuple[Phrase, ...] = ()
    figure: Phrase | None = None
    figure_label: Phrase | None = None
    quote: Phrase | None = None
    attribution: Phrase | None = None
    step_number: int | None = None
    kicker: str | None = None


class ScenePlan(Frozen):
    """``title`` is at most 60 characters, for the project and the file name."""

    script: str
    language: str
    title: str
    scenes: tuple[PlannedScene, ...]
