"""PowerPoint files: what their slides hold, read by python-pptx. Nothing of their design is kept but colours."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sized
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol, cast

from PIL import Image, UnidentifiedImageError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as PresentationFile
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.shapes.picture import Picture
from pptx.shapes.placeholder import PlaceholderPicture
from pptx.slide import Slide
from pptx.util import Length

from videogen_agents.errors import InputError, LimitError
from videogen_engine.slides.content import Chart, ChartKind, DeckContent, Line, Series, SlideContent

#: What a file may unpack to, in bytes.
_MOST_BYTES: Final = 512 * 1024**2
_MOST_LINES, _MOST_ROWS, _MOST_COLUMNS, _MOST_VALUES, _MOST_SERIES, _MOST_PICTURES = 14, 9, 6, 24, 5, 4
_MOST_PIXELS: Final = 120_000_000
_DEEPEST: Final = 8
_COLOURS: Final = ("#2166b8", "#f08030", "#3a9d6e", "#8757b8")
_ASIDE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
_KINDS: Final = {
    "COLUMN": ChartKind.COLUMNS,
    "BAR": ChartKind.BARS,
    "LINE": ChartKind.LINES,
    "AREA": ChartKind.LINES,
    "PIE": ChartKind.RING,
    "DOUGHNUT": ChartKind.RING,
}
_ACCENT = re.compile(rb"<a:accent([1-4])>\s*<a:srgbClr val=\"([0-9A-Fa-f]{6})\"")


class _Xml(Protocol):
    def get(self, name: str) -> str | None: ...


class _Cell(Protocol):
    @property
    def text(self) -> str: ...


class _Table(Protocol):
    """What we use of the reader's table, which it leaves untyped, like the three below."""

    @property
    def rows(self) -> Sized: ...

    @property
    def columns(self) -> Sized: ...

    def cell(self, row_idx: int, col_idx: int) -> _Cell: ...


class _Series(Protocol):
    @property
    def name(self) -> str | None: ...

    @property
    def values(self) -> Iterable[float | None]: ...


class _Plot(Protocol):
    @property
    def categories(self) -> Iterable[object]: ...

    @property
    def series(self) -> Iterable[_Series]: ...


class _ChartType(Protocol):
    @property
    def name(self) -> str: ...


class _Chart(Protocol):
    @property
    def chart_type(self) -> _ChartType: ...

    @property
    def plots(self) -> Iterable[_Plot]: ...


@lru_cache(maxsize=2)
def deck_content(path: Path) -> DeckContent:
    """The slides that are shown; hidden ones are counted. Raises as ``opened``."""
    with opened(path) as presentation:
        slides = list(presentation.slides)
        shown = [slide for slide in slides if cast("_Xml", slide.element).get("show") not in {"0", "false"}]
        return DeckContent(
            slides=tuple(_slide(slide) for slide in shown),
            colours=_colours(presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob),
            width=_points(cast("Length | None", presentation.slide_width), 960.0),
            height=_points(presentation.slide_height, 540.0),
            hidden=len(slides) - len(shown),
        )


@contextmanager
def opened(path: Path) -> Generator[PresentationFile]:
    """The file's presentation.

    Raises InputError for a file that cannot be read, LimitError for one that unpacks to too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise LimitError(
                    f"The PowerPoint file unpacks to more than {_MOST_BYTES // 1024**2} MiB.",
                    code="media_too_large",
                    next_step="Compress its pictures, or export it as PDF.",
                )
        yield Presentation(str(path))
    except (zipfile.BadZipFile, PythonPptxError, SyntaxError, OSError, ValueError, KeyError, AttributeError) as error:
        # The reader trips over broken parts in all of these ways; errors in XML are syntax errors.
        raise InputError(
            "The PowerPoint file is damaged and cannot be read.",
            code="damaged_media",
            next_step="Save it again as PPTX, or export it as PDF, and upload the new file.",
        ) from error


def _points(length: Length | None, otherwise: float) -> float:
    return otherwise if length is None else float(length.pt)


def _slide(slide: Slide) -> SlideContent:
    heading = slide.shapes.title
    title = _plain(heading.text_frame.text) if heading is not None else ""
    lines: list[Line] = []
    table: tuple[tuple[str, ...], ...] = ()
    chart: Chart | None = None
    pictures: list[bytes] = []
    left_out = 0
    for shape in _flat(slide.shapes):
        if heading is not None and shape.shape_id == heading.shape_id:
            continue
        if isinstance(shape, GraphicFrame):
            if shape.has_table and not table:
                table = _table(cast("_Table", shape.table))
            elif shape.has_chart and chart is None and (read := _chart(shape)) is not None:
                chart = read
            else:
                left_out += 1
        elif isinstance(shape, (Picture, PlaceholderPicture)):
            picture = _picture(shape)
            if picture is not None and len(pictures) < _MOST_PICTURES:
                pictures.append(picture)
            else:
                left_out += 1
        elif shape.is_placeholder and shape.placeholder_format.type in _ASIDE:
            continue
        elif isinstance(shape, Shape):
            lines += [
                Line(text=text, level=min(paragraph.level, 3))
                for paragraph in shape.text_frame.paragraphs
                if (text := _plain(paragraph.text))
            ]
        else:
            left_out += 1
    if not title and lines and len(lines[0].text) <= 80:
        title = lines.pop(0).text
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return SlideContent(
        title=title,
        lines=tuple(lines[:_MOST_LINES]),
        table=table,
        chart=chart,
        pictures=tuple(pictures),
        notes="" if notes is None else notes.text,
        left_out=left_out + max(0, len(lines) - _MOST_LINES),
    )


def _flat(shapes: Iterable[BaseShape], depth: int = 0) -> Iterator[BaseShape]:
    for shape in shapes:
        if isinstance(shape, GroupShape):
            if depth < _DEEPEST:
                yield from _flat(shape.shapes, depth + 1)
        else:
            yield shape


def _table(table: _Table) -> tuple[tuple[str, ...], ...]:
    tall, wide = min(len(table.rows), _MOST_ROWS), min(len(table.columns), _MOST_COLUMNS)
    return tuple(tuple(_plain(table.cell(row, column).text) for column in range(wide)) for row in range(tall))


def _chart(frame: GraphicFrame) -> Chart | None:
    """None for kinds that cannot be drawn, and for charts without values."""
    chart = cast("_Chart", frame.chart)
    kind = next((kind for name, kind in _KINDS.items() if chart.chart_type.name.startswith(name)), None)
    plot = next(iter(chart.plots), None)
    if kind is None or plot is None:
        return None
    categories = tuple(_plain(str(label)) for label in plot.categories)[:_MOST_VALUES]
    series: list[Series] = []
    for one in list(plot.series)[:_MOST_SERIES]:
        values = [None if value is None else float(value) for value in one.values][: len(categories)]
        values.extend([None] * (len(categories) - len(values)))
        series.append(Series(name=_plain(one.name or ""), values=tuple(values)))
    if not categories or not any(value is not None for one in series for value in one.values):
        return None
    return Chart(kind=kind, categories=categories, series=tuple(series))


def _picture(shape: Picture | PlaceholderPicture) -> bytes | None:
    """The file inside, when it is a picture that can be decoded and is not too large."""
    try:
        blob = shape.image.blob
        with Image.open(io.BytesIO(blob), formats=["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"]) as image:
            return blob if image.width * image.height <= _MOST_PIXELS else None
    except (UnidentifiedImageError, OSError, ValueError, KeyError, Image.DecompressionBombError):
        return None


def _colours(theme: bytes) -> tuple[str, ...]:
    found = {int(number): f"#{code.decode().lower()}" for number, code in _ACCENT.findall(theme)}
    return tuple(found[number] for number in sorted(found)) or _COLOURS


def _plain(text: str) -> str:
    return " ".join(text.replace("\x0b", " ").split())
