"""The layouts: where the parts of a scene stand, by what its sentence is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.planning.model import Structure
from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.layouts import (
    cards,
    edges,
    figure,
    pictured,
    question,
    quote,
    sky,
    statement,
    step,
    versus,
)

Layout = Callable[[Composer], None]

#: By structure: the last two of each are kept for breaking ties between neighbours.
LAYOUTS: Mapping[Structure, Mapping[str, Layout]] = {
    Structure.STATEMENT: statement.LAYOUTS,
    Structure.LIST: cards.LAYOUTS,
    Structure.STATISTIC: figure.LAYOUTS,
    Structure.COMPARISON: versus.LAYOUTS,
    Structure.QUOTE: quote.LAYOUTS,
    Structure.QUESTION: question.LAYOUTS,
    Structure.STEP: step.LAYOUTS,
}
OPENING: Mapping[str, Layout] = edges.OPENING
CLOSING: Mapping[str, Layout] = edges.CLOSING
FEATURED: Mapping[str, Layout] = edges.FEATURED
WORDLESS: Mapping[str, Layout] = pictured.WORDLESS
INSETS: Mapping[str, Layout] = pictured.INSETS

#: Where a layout puts its picture in wide frames: 1 at the end of the reading direction, -1 at its start.
_PICTURE_AT_START = frozenset(
    {"split-end", "panel", "quote-portrait", "step-card", "sky-end", "figure-sky-end", "step-sky-end", "figure-ring"}
)
_PICTURE_AT_END = frozenset(
    {
        *("split-start", "trio", "low-start", "cards-hero", "cards-stack", "cards-grid", "figure-pictogram"),
        *("figure-beside", "versus-ledger", "question-pondering", "question-giant", "step-start", "title-start"),
        *("sky-start", "sky-question-start", "title-sky-start", "step-sky", "figure-sky"),
    }
)


def picture_side(layout: str) -> int:
    """1 when the picture stands at the end of the reading direction, -1 at its start, 0 in the middle."""
    return 1 if layout in _PICTURE_AT_END else -1 if layout in _PICTURE_AT_START else 0


BY_NAME: Mapping[str, Layout] = {
    name: layout
    for group in (*LAYOUTS.values(), OPENING, CLOSING, FEATURED, WORDLESS, sky.LAYOUTS)
    for name, layout in group.items()
}
