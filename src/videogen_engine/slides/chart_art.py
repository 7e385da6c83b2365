"""Charts of redesigned slides: shapes as SVG, and where their words stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from videogen_engine.slides.content import Chart, ChartKind
from videogen_engine.visuals.colour import Rgb, hex_code
from videogen_engine.visuals.geometry import Box


@dataclass(frozen=True)
class ChartWord:
    """``align`` 0 starts at ``x``, 0.5 is centred there, 1 ends there. ``y`` is the top, sizes are in px."""

    text: str
    x: float
    y: float
    width: float
    size: float
    align: float = 0.5
    strong: bool = False


def chart_svg(chart: Chart, box: Box, colours: Sequence[Rgb], unit: float, rule: Rgb) -> str:
    """The chart's shapes in ``box``, over lines in the colour ``rule``."""
    plot = _plot(chart, box, unit)
    parts = [_legend_dot(chart, number, box, unit, _paint(colours, number)) for number in _legend(chart)]
    if chart.kind is ChartKind.RING:
        parts += _ring(chart, box, colours, unit)
        return "".join(parts)
    low, high = _range(chart)
    for step in range(5):
        share = step / 4
        if chart.kind is ChartKind.BARS:
            x = plot.x + share * plot.w
            parts.append(_rule(x, plot.y, x, plot.bottom, unit, rule))
        else:
            y = plot.bottom - share * plot.h
            parts.append(_rule(plot.x, y, plot.right, y, unit, rule))
    for number, series in enumerate(chart.series):
        colour = _paint(colours, number)
        points: list[str] = []
        for place, value in enumerate(series.values):
            if value is None:
                continue
            share, zero = (value - low) / (high - low), (0.0 - low) / (high - low)
            if chart.kind is ChartKind.LINES:
                x = plot.x + (place + 0.5) / len(chart.categories) * plot.w
                points.append(f"{x:.1f},{plot.bottom - share * plot.h:.1f}")
            else:
                parts.append(_bar(chart, plot, number, place, min(share, zero), max(share, zero), colour))
        if points:
            parts.append(
                f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" '
                f'stroke-width="{0.7 * unit:.2f}" stroke-linejoin="round" stroke-linecap="round"/>'
            )
            parts += [
                f'<circle cx="{point.split(",")[0]}" cy="{point.split(",")[1]}" r="{0.85 * unit:.2f}" fill="{colour}"/>'
                for point in points
            ]
    return "".join(parts)


def chart_words(chart: Chart, box: Box, unit: float) -> list[ChartWord]:
    """Categories, names of the series, and values where each has room."""
    words: list[ChartWord] = []
    plot, size, count = _plot(chart, box, unit), 2.7 * unit, len(chart.categories)
    for number in _legend(chart):
        x, y = _legend_place(chart, number, box, unit)
        name = chart.categories[number] if chart.kind is ChartKind.RING else chart.series[number].name
        if chart.kind is ChartKind.RING:
            name = f"{name}  {_share(chart, number)}"
        room = box.right - x if chart.kind is ChartKind.RING else box.w / len(chart.series) - 3 * unit
        words.append(ChartWord(name, x + 2 * unit, y - 1.05 * unit, room - 2 * unit, size, 0.0))
    if chart.kind is ChartKind.RING:
        return words
    low, high = _range(chart)
    every = max(1, math.ceil(count / 12))
    for place, category in enumerate(chart.categories):
        if chart.kind is ChartKind.BARS:
            y = plot.y + (place + 0.5) / count * plot.h - 0.4 * size
            words.append(ChartWord(category, plot.x - unit, y, plot.x - box.x - unit, size, 1.0))
        elif place % every == 0:
            x = plot.x + (place + 0.5) / count * plot.w
            words.append(ChartWord(category, x, plot.bottom + 1.4 * unit, plot.w / count * every - 0.4 * unit, size))
    if len(chart.series) == 1 and count <= 12:
        for place, value in enumerate(chart.series[0].values):
            if value is None:
                continue
            share = max((value - low), -low) / (high - low)
            if chart.kind is ChartKind.BARS:
                y = plot.y + (place + 0.5) / count * plot.h - 0.4 * size
                words.append(ChartWord(_figure(value), plot.x + share * plot.w + unit, y, 9 * unit, size, 0.0, True))
            else:
                x = plot.x + (place + 0.5) / count * plot.w
                y = plot.bottom - share * plot.h - (3.4 if chart.kind is ChartKind.COLUMNS else 4.2) * unit
                words.append(ChartWord(_figure(value), x, y, plot.w / count, size, 0.5, True))
    return words


def _plot(chart: Chart, box: Box, unit: float) -> Box:
    legend = 4.5 * unit if len(chart.series) > 1 else 0.0
    if chart.kind is ChartKind.BARS:
        names = min(box.w * 0.34, max(map(len, chart.categories)) * 1.6 * unit + 2 * unit)
        return Box(box.x + names, box.y + legend, box.w - names - 8 * unit, box.h - legend)
    return Box(box.x, box.y + legend + 3.4 * unit, box.w, box.h - legend - 8 * unit)


def _range(chart: Chart) -> tuple[float, float]:
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    return low, high if high > low else low + 1.0


def _bar(chart: Chart, plot: Box, number: int, place: int, start: float, end: float, colour: str) -> str:
    count, rows = len(chart.categories), len(chart.series)
    along = plot.h if chart.kind is ChartKind.BARS else plot.w
    slot = along / count
    thick = slot * 0.66 / rows
    at = slot * place + slot * 0.17 + thick * number
    if chart.kind is ChartKind.BARS:
        x, y, width, height = plot.x + start * plot.w, plot.y + at, (end - start) * plot.w, thick * 0.94
    else:
        x, y = plot.x + at, plot.bottom - end * plot.h
        width, height = thick * 0.94, (end - start) * plot.h
    radius = min(thick * 0.06, width / 2, height / 2)
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" fill="{colour}"/>'
    )


def _ring(chart: Chart, box: Box, colours: Sequence[Rgb], unit: float) -> list[str]:
    values = [max(0.0, value or 0.0) for value in chart.series[0].values]
    total = sum(values) or 1.0
    room = _ring_room(box)
    radius = room.w / 2 * 0.74
    around = 2 * math.pi * radius
    parts: list[str] = []
    turn = 0.0
    for number, value in enumerate(values):
        length = value / total * around
        shown = max(0.0, length - min(length * 0.5, 0.35 * unit))
        parts.append(
            f'<circle cx="{room.cx:.1f}" cy="{room.cy:.1f}" r="{radius:.1f}" fill="none" '
            f'stroke="{_paint(colours, number)}" stroke-width="{room.w * 0.2:.1f}" '
            f'stroke-dasharray="{shown:.2f} {around:.2f}" stroke-dashoffset="{-turn:.2f}" '
            f'transform="rotate(-90 {room.cx:.1f} {room.cy:.1f})"/>'
        )
        turn += length
    return parts


def _ring_room(box: Box) -> Box:
    return Box(box.x, box.y, box.w * 0.6, box.h).square(0.5, 0.5)


def _legend(chart: Chart) -> range:
    if chart.kind is ChartKind.RING:
        return range(len(chart.categories))
    return range(len(chart.series) if len(chart.series) > 1 else 0)


def _legend_place(chart: Chart, number: int, box: Box, unit: float) -> tuple[float, float]:
    if chart.kind is ChartKind.RING:
        row = min(5.4 * unit, box.h / len(chart.categories))
        return box.x + box.w * 0.64, box.cy + (number - (len(chart.categories) - 1) / 2) * row
    return box.x + number * box.w / len(chart.series), box.y + unit


def _legend_dot(chart: Chart, number: int, box: Box, unit: float, colour: str) -> str:
    x, y = _legend_place(chart, number, box, unit)
    return f'<circle cx="{x + 0.7 * unit:.1f}" cy="{y:.1f}" r="{0.7 * unit:.1f}" fill="{colour}"/>'


def _rule(x: float, y: float, to_x: float, to_y: float, unit: float, colour: Rgb) -> str:
    width = max(1.0, 0.12 * unit)
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" '
        f'stroke="{hex_code(colour)}" stroke-width="{width:.2f}"/>'
    )


def _paint(colours: Sequence[Rgb], number: int) -> str:
    return hex_code(colours[number % len(colours)])


def _share(chart: Chart, number: int) -> str:
    values = [max(0.0, value or 0.0) for value in chart.series[0].values]
    return f"{round(100 * values[number] / (sum(values) or 1.0))} %"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 1000 else f"{value:.3g}"
