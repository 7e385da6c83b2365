"""What is on a slide, without how it looked: what redesigned slides are drawn from."""

from __future__ import annotations

from enum import StrEnum

from videogen_engine.frozen import Frozen


class ChartKind(StrEnum):
    COLUMNS = "columns"
    BARS = "bars"
    LINES = "lines"
    RING = "ring"


class Series(Frozen):
    """One value per category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Chart(Frozen):
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]


class Line(Frozen):
    """A paragraph; ``level`` 0 is the outermost."""

    text: str
    level: int = 0


class SlideContent(Frozen):
    """``pictures`` are encoded image files. ``left_out`` counts what is not shown: drawings, SmartArt, films."""

    title: str = ""
    lines: tuple[Line, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    chart: Chart | None = None
    pictures: tuple[bytes, ...] = ()
    notes: str = ""
    left_out: int = 0

    @property
    def text(self) -> str:
        """All words, a line each."""
        rows = (" ".join(row) for row in self.table)
        names = () if self.chart is None else self.chart.categories
        return "\n".join(part for part in (self.title, *(line.text for line in self.lines), *rows, *names) if part)


class DeckContent(Frozen):
    """``colours`` are the theme's accents as ``#rrggbb``, the first the strongest; sizes are in points."""

    slides: tuple[SlideContent, ...]
    colours: tuple[str, ...]
    width: float
    height: float
    hidden: int = 0
