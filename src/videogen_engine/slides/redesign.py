"""A slide's content set anew: title, lines, chart, table, pictures, in the theme's colours, for any shape."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from videogen_engine.slides.chart_art import chart_svg, chart_words
from videogen_engine.slides.content import DeckContent, Line, SlideContent
from videogen_engine.visuals.colour import WHITE, Rgb, contrast, mix, oklch, rgb_of, to_oklch
from videogen_engine.visuals.contrast import worst_contrast
from videogen_engine.visuals.faces import Face, advance, lettering_for
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.model import SlideTheme
from videogen_engine.visuals.pixels import Pixels, lay_over, resized
from videogen_engine.visuals.svg_raster import raster
from videogen_engine.visuals.text_art import draw_text
from videogen_engine.visuals.text_fitting import Fitted, TextStyle, fit

_TITLE: Final = TextStyle(Face("Inter", 800), tracking=-0.012, leading=1.1)
_BODY: Final = TextStyle(Face("Inter", 600), leading=1.28)
_INK: Rgb = (38, 42, 52)
_RULE: Rgb = (217, 221, 228)
#: Families that are drawn bold enough as they are.
_HEAVY: Final = {"Anton", "Bebas Neue"}
#: What white letters need on a cover.
_COVER_CONTRAST: Final = 5.0


@dataclass(frozen=True)
class Sheet:
    """The slide in the making. ``unit`` is a hundredth of the geometric mean of its sides, in px.

    ``wash`` is what a cover stands on, in place of a plain colour.
    """

    canvas: Pixels
    language: str
    accent: Rgb
    colours: tuple[Rgb, ...]
    paper: Rgb = WHITE
    ink: Rgb = _INK
    title: TextStyle = _TITLE
    body: TextStyle = _BODY
    wash: Pixels | None = None

    @property
    def width(self) -> int:
        return self.canvas.shape[1]

    @property
    def height(self) -> int:
        return self.canvas.shape[0]

    @property
    def unit(self) -> float:
        return math.sqrt(self.width * self.height) / 100

    def write(self, fitted: Fitted, x: float, y: float, colour: Rgb, align: float = 0.0) -> None:
        art = draw_text(fitted, align, colour, frozenset(), colour)
        lay_over(self.canvas, art.pixels, round(x) + art.dx, round(y) + art.dy)

    def svg(self, body: str) -> None:
        lay_over(self.canvas, raster(body, self.width, self.height), 0, 0)

    def fill(self, x: float, y: float, width: float, height: float, colour: Rgb) -> None:
        left, top = max(0, round(x)), max(0, round(y))
        self.canvas[top : max(top + 1, round(y + height)), left : max(left + 1, round(x + width))] = colour[::-1]


def draw_slide(
    deck: DeckContent,
    number: int,
    width: int,
    height: int,
    language: str,
    theme: SlideTheme | None = None,
    wash: Pixels | None = None,
) -> Pixels:
    """Slide ``number`` (from 0) as BGR of exactly ``width`` × ``height`` px, in the deck's colours or in a theme's.

    ``wash``, of that size, is what covers stand on.
    """
    slide = deck.slides[number]
    sheet = _themed(theme, width, height, language, wash) if theme is not None else None
    if sheet is None:
        colours = tuple(rgb_of(code) for code in deck.colours)
        lightness, chroma, hue = to_oklch(colours[0])
        accent = oklch(min(lightness, 0.58), chroma, hue)
        sheet = Sheet(np.full((height, width, 3), 255, dtype=np.uint8), language, accent, colours)
    if not (slide.table or slide.chart or slide.pictures) and sum(len(line.text) for line in slide.lines) <= 70:
        _cover(sheet, slide)
    else:
        _page(sheet, slide, number, len(deck.slides))
    return sheet.canvas


def _themed(theme: SlideTheme, width: int, height: int, language: str, wash: Pixels | None) -> Sheet:
    colours = tuple(rgb_of(code) for code in theme.accents)
    paper = rgb_of(theme.paper)
    canvas = np.empty((height, width, 3), dtype=np.uint8)
    canvas[...] = paper[::-1]
    return Sheet(
        canvas,
        language,
        colours[0],
        colours,
        paper,
        rgb_of(theme.ink),
        replace(_TITLE, face=Face(theme.title_family, 400 if theme.title_family in _HEAVY else 800)),
        replace(_BODY, face=Face(theme.body_family, 600)),
        wash,
    )


def _cover(sheet: Sheet, slide: SlideContent) -> None:
    """A title with at most a line below it, on the theme's own colour."""
    _, chroma, hue = to_oklch(sheet.accent)
    if sheet.wash is not None:
        sheet.canvas[...] = _deep(sheet.wash)
    else:
        sheet.canvas[...] = oklch(0.32, min(chroma, 0.1), hue)[::-1]
    margin, unit = sheet.width * 0.08, sheet.unit
    title = fit(
        slide.title or " ",
        sheet.title,
        sheet.width - 2 * margin,
        sheet.height * 0.4,
        largest=12 * unit,
        smallest=4 * unit,
        language=sheet.language,
    )
    lines = [_set(line.text, 4 * unit, sheet.width - 2 * margin, sheet) for line in slide.lines[:2]]
    total = title.height + 6.5 * unit + sum(line.height + 2 * unit for line in lines)
    y = (sheet.height - total) / 2
    sheet.write(title, margin, y, WHITE)
    y += title.height + 2.6 * unit
    second = sheet.colours[1] if len(sheet.colours) > 1 else WHITE
    sheet.fill(margin, y, 9 * unit, max(2.0, 0.7 * unit), second)
    y += 3.9 * unit
    for line in lines:
        sheet.write(line, margin, y, mix(WHITE, sheet.accent, 0.22))
        y += line.height + 2 * unit


def _deep(wash: Pixels) -> Pixels:
    """The wash, as dark as white letters need it."""
    while worst_contrast(WHITE, wash) < _COVER_CONTRAST:
        wash = np.asarray(cv2.convertScaleAbs(wash, alpha=0.85), dtype=np.uint8)
    return wash


def _page(sheet: Sheet, slide: SlideContent, number: int, count: int) -> None:
    unit, margin = sheet.unit, sheet.width * 0.06
    sheet.fill(0, 0, sheet.width, 1.3 * unit, sheet.accent)
    top = 6 * unit
    if slide.title:
        title = fit(
            slide.title,
            sheet.title,
            sheet.width - 2 * margin,
            12 * unit,
            largest=6.4 * unit,
            smallest=3 * unit,
            max_lines=2,
            language=sheet.language,
        )
        sheet.write(title, margin, top, sheet.ink)
        top += title.height + 5 * unit
    page = _set(f"{number + 1} / {count}", 1.9 * unit, sheet.width, sheet)
    sheet.write(page, sheet.width - margin - page.width, sheet.height - 4.6 * unit, mix(sheet.ink, sheet.paper, 0.5))
    body = Box(margin, top, sheet.width - 2 * margin, sheet.height - top - 7 * unit)
    shown = [part for part in ("chart", "table", "pictures") if getattr(slide, part)]
    boxes = _split(body, bool(slide.lines), len(shown), unit, short=sum(len(line.text) for line in slide.lines) < 60)
    if slide.lines:
        _lines(sheet, slide.lines, boxes.pop(0))
    for part, box in zip(shown, boxes, strict=True):
        if part == "chart" and slide.chart is not None:
            sheet.svg(chart_svg(slide.chart, box, sheet.colours, unit, _rule_colour(sheet)))
            _labels(sheet, slide, box)
        elif part == "table":
            _table(sheet, slide.table, box)
        else:
            _pictures(sheet, slide.pictures, box)


def _split(body: Box, words: bool, others: int, unit: float, *, short: bool) -> list[Box]:
    """Beside each other where it is wide, below each other where it is not."""
    count = words + others
    gap = 4 * unit
    if count <= 1:
        return [body]
    if body.w > 1.25 * body.h:
        if words and others == 1:
            left = (body.w - gap) * 0.42
            return [
                Box(body.x, body.y, left, body.h),
                Box(body.x + left + gap, body.y, body.w - left - gap, body.h),
            ]
        return list(body.columns(count, gap))
    if words and others == 1:
        upper = (body.h - gap) * (0.28 if short else 0.42)
        return [
            Box(body.x, body.y, body.w, upper),
            Box(body.x, body.y + upper + gap, body.w, body.h - upper - gap),
        ]
    return list(body.rows(count, gap))


def _lines(sheet: Sheet, lines: tuple[Line, ...], box: Box) -> None:
    """As large as all of them fit; each level is set in and a little smaller."""
    unit = sheet.unit
    size = 4.4 * unit
    while True:
        blocks = [
            _set(line.text, size * 0.88 ** min(line.level, 2), box.w - size * (1.1 + 1.2 * line.level), sheet)
            for line in lines
        ]
        total = sum(block.height for block in blocks) + 0.75 * size * (len(blocks) - 1)
        if total <= box.h or size <= 1.2 * unit:
            break
        size *= 0.94
    # Few lines stand near the title, with more air between them.
    spare = min(0.5 * size, (box.h - total) / max(1, len(blocks)))
    y = box.y
    for line, block in zip(lines, blocks, strict=True):
        if y + block.height > box.bottom + size:
            break
        inset = 1.2 * size * line.level
        dot = 0.3 * size if line.level == 0 else 0.2 * size
        middle = y + block.baseline(0) - 0.36 * block.size
        colour = sheet.accent if line.level == 0 else mix(sheet.ink, sheet.paper, 0.5)
        sheet.fill(box.x + inset, middle - dot / 2, dot, dot, colour)
        sheet.write(block, box.x + inset + 1.1 * size, y, mix(sheet.ink, sheet.paper, 0.12 + 0.12 * min(line.level, 2)))
        y += block.height + 0.75 * size + max(0.0, spare)


def _rule_colour(sheet: Sheet) -> Rgb:
    return _RULE if sheet.paper == WHITE else mix(sheet.paper, sheet.ink, 0.18)


def _labels(sheet: Sheet, slide: SlideContent, box: Box) -> None:
    """The chart's words: categories where they are read, series by colour above, values where there is room."""
    assert slide.chart is not None
    for word in chart_words(slide.chart, box, sheet.unit):
        block = fit(
            word.text, sheet.body, word.width, 3 * word.size, largest=word.size, smallest=0.6 * word.size, max_lines=1
        )
        sheet.write(
            block, word.x - block.width * word.align, word.y, mix(sheet.ink, sheet.paper, 0.2 if word.strong else 0.38)
        )


def _table(sheet: Sheet, rows: tuple[tuple[str, ...], ...], box: Box) -> None:
    unit = sheet.unit
    columns = max(len(row) for row in rows)
    high = min(box.h / len(rows), 10 * unit)
    wide = box.w / columns
    on_head = max((WHITE, sheet.ink, sheet.paper), key=lambda colour: contrast(colour, sheet.accent))
    if sheet.paper == WHITE:
        on_head = WHITE
    for number, row in enumerate(rows):
        y = box.y + number * high
        if number == 0:
            sheet.fill(box.x, y, box.w, high, sheet.accent)
        elif number % 2 == 0:
            sheet.fill(box.x, y, box.w, high, mix(sheet.paper, sheet.accent, 0.07))
        for place, cell in enumerate(row):
            if not cell:
                continue
            pad = min(1.6 * unit, wide * 0.08)
            block = fit(
                cell,
                sheet.body,
                wide - 2 * pad,
                high * 0.86,
                largest=min(3.4 * unit, high * 0.44),
                smallest=1.2 * unit,
                max_lines=2,
                language=sheet.language,
            )
            figure = place > 0 and sum(char.isdigit() for char in cell) * 2 >= len(cell.replace(" ", ""))
            x = box.x + place * wide + (wide - pad - block.width if figure else pad)
            sheet.write(
                block, x, y + (high - block.height) / 2, on_head if number == 0 else mix(sheet.ink, sheet.paper, 0.1)
            )


def _pictures(sheet: Sheet, pictures: tuple[bytes, ...], box: Box) -> None:
    """Whole, beside each other or below each other."""
    gap = 2 * sheet.unit
    boxes = box.columns(len(pictures), gap) if box.w >= box.h else box.rows(len(pictures), gap)
    for data, room in zip(pictures, boxes, strict=True):
        raw = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_COLOR)
        if raw is None:
            continue
        image = np.asarray(raw, dtype=np.uint8)
        factor = min(room.w / image.shape[1], room.h / image.shape[0])
        small = resized(image, max(1, int(image.shape[1] * factor)), max(1, int(image.shape[0] * factor)))
        rows, columns = small.shape[:2]
        x, y = round(room.x + (room.w - columns) / 2), round(room.y + (room.h - rows) / 2)
        sheet.canvas[y : y + rows, x : x + columns] = small


def _set(text: str, size: float, width: float, sheet: Sheet) -> Fitted:
    """``text`` at just that size, in as many lines as it takes."""
    lettering = lettering_for(text[:400], sheet.body.face, sheet.language)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and advance(longer, lettering, sheet.body.tracking) * size <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    widths = tuple(size * advance(line, lettering, sheet.body.tracking) for line in lines)
    leading = 1.42 if lettering.tall else sheet.body.leading
    tracking = 0.0 if lettering.tall else sheet.body.tracking
    return Fitted(tuple(lines), widths, size, leading, tracking, lettering)
