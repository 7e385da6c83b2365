"""The layouts: where the parts of a scene stand, by what its sentence is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.planning.model import Structure
from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.layouts import cards, edges, figure, question, quote, statement, step, versus

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

BY_NAME: Mapping[str, Layout] = {
    name: layout for group in (*LAYOUTS.values(), OPENING, CLOSING, FEATURED) for name, layout in group.items()
}
