"""Graphics of figures: bars, lines, pies, counters, countdowns, progress."""

from __future__ import annotations

import math
import re

import cv2
import numpy as np

from videogen_engine.motion.board import Board, Layer, Painter, disc, eased, smooth, sprung, stroke, wedge
from videogen_engine.motion.reading import Datum, Graphic
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.pixels import Pixels


def counted(datum: Datum, share: float) -> str:
    """The figure on its way to ``datum.shown``, written in the same manner."""
    match = re.search(r"-?\d[\d,]*(?:\.\d+)?", datum.shown)
    if match is None or share >= 1:
        return datum.shown
    written = match.group()
    places = len(written.partition(".")[2])
    value = float(written.replace(",", "")) * share
    text = f"{value:,.{places}f}" if "," in written else f"{value:.{places}f}"
    return datum.shown[: match.start()] + text + datum.shown[match.end() :]


def _frame(board: Board, graphic: Graphic) -> tuple[Layer, Layer | None, Box]:
    """The panel, its heading if there is one, and the room inside."""
    u, safe = board.unit, board.safe
    tall = min(safe.h, 84 * u)
    box = Box(safe.x, (board.height - tall) / 2, safe.w, tall)
    if safe.w > 150 * u:
        box = Box((board.width - 150 * u) / 2, box.y, 150 * u, box.h)
    inner = box.inset(7 * u, 6 * u)
    head = graphic.texts[0] if graphic.texts else ""
    heading = None
    if head:
        heading, _ = board.text(head, Box(inner.x, inner.y, inner.w, 9 * u), 6.2, lines=1)
        inner = Box(inner.x, inner.y + 12 * u, inner.w, inner.h - 12 * u)
    return board.panel(box), heading, inner


def bars(board: Board, graphic: Graphic) -> Painter:
    """Columns grow one after the other, each with its figure counting along."""
    u, data = board.unit, graphic.data
    panel, heading, room = _frame(board, graphic)
    labelled = any(one.label for one in data)
    floor = room.bottom - (8 * u if labelled else 1 * u)
    top = room.y + (7 * u if any(one.shown for one in data) else 1 * u)
    most = max(max(one.value for one in data), 1e-9)
    slot = room.w / len(data)
    wide = min(slot * 0.62, 20 * u)
    columns: list[tuple[Layer, Layer | None, Box]] = []
    for index, one in enumerate(data):
        x = room.x + slot * (index + 0.5) - wide / 2
        height = max(0.8 * u, (floor - top) * max(0.0, one.value) / most)
        box = Box(x, floor - height, wide, height)
        label = None
        if one.label:
            label, _ = board.text(
                one.label,
                Box(room.x + slot * index + 0.4 * u, floor + 1.5 * u, slot - 0.8 * u, 6 * u),
                3.6,
                ink=board.soft,
                align=0.5,
                lines=1,
                style="label",
            )
        columns.append((board.panel(box, board.colour(index), 1.0, min(1.6 * u, wide / 4)), label, box))
    line = board.panel(Box(room.x, floor, room.w, max(2.0, 0.35 * u)), board.soft, 0.6, 0)
    step = min(0.35, max(0.08, (board.seconds - 2.4) / max(1, len(data))))

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.35), dy=(1 - eased(t / 0.5)) * 4 * u)
        if heading is not None:
            heading.draw(frame, alpha=smooth((t - 0.2) / 0.35))
        line.wiped(frame, eased((t - 0.25) / 0.5))
        for index, (column, label, box) in enumerate(columns):
            at = (t - 0.5 - index * step) / 0.8
            grown = eased(at)
            column.wiped(frame, grown, upwards=True)
            if label is not None:
                label.draw(frame, alpha=smooth(at / 0.4))
            if data[index].shown and at > 0.02:
                value, _ = board.text(
                    counted(data[index], grown),
                    Box(box.cx - slot / 2, box.bottom - box.h * grown - 6.4 * u, slot, 5.6 * u),
                    4.4,
                    align=0.5,
                    down=1.0,
                    lines=1,
                    style="figure",
                )
                value.draw(frame, alpha=smooth(at / 0.25))

    return paint


def line_chart(board: Board, graphic: Graphic) -> Painter:
    """A line runs through its points, the area under it fills, each point names its figure."""
    u, data = board.unit, graphic.data
    panel, heading, room = _frame(board, graphic)
    labelled = any(one.label for one in data)
    floor = room.bottom - (8 * u if labelled else 1 * u)
    top = room.y + 9 * u
    values = [one.value for one in data]
    low = min(0.0, *values) if min(values) < 0.5 * max(values) else min(values) - 0.4 * (max(values) - min(values) or 1)
    span = max(max(values) - low, 1e-9)
    step = room.w / max(1, len(data) - 1) * 0.9
    left = room.x + room.w * 0.05
    points = [(left + step * index, floor - (floor - top) * (value - low) / span) for index, value in enumerate(values)]
    at = np.linspace(0, len(points) - 1, 60 * len(points))
    xs = np.interp(at, np.arange(len(points)), [x for x, _ in points])
    ys = np.interp(at, np.arange(len(points)), [y for _, y in points])
    colour = board.accent
    area = Box(room.x, room.y, room.w, room.h)

    def under(mask: Pixels, dx: float, dy: float) -> None:
        outline = np.concatenate([np.stack([xs, ys], 1), [[xs[-1], floor], [xs[0], floor]]]) - np.array([dx, dy])
        cv2.fillPoly(mask, [np.rint(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)

    filled = board.shape(area, colour, under, 0.2)
    base = board.panel(Box(room.x, floor, room.w, max(2.0, 0.35 * u)), board.soft, 0.6, 0)
    labels = [
        board.text(
            one.label or " ",
            Box(x - step / 2, floor + 1.5 * u, step, 6 * u),
            3.6,
            ink=board.soft,
            align=0.5,
            lines=1,
            style="label",
        )[0]
        for one, (x, _) in zip(data, points, strict=True)
    ]
    figures = [
        board.text(
            one.shown or " ", Box(x - step / 2, y - 8 * u, step, 5 * u), 4, align=0.5, down=1.0, lines=1, style="figure"
        )[0]
        for one, (x, y) in zip(data, points, strict=True)
    ]
    run = max(0.9, min(2.6, board.seconds - 2.0))

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.35), dy=(1 - eased(t / 0.5)) * 4 * u)
        if heading is not None:
            heading.draw(frame, alpha=smooth((t - 0.2) / 0.35))
        base.wiped(frame, eased((t - 0.25) / 0.5))
        share = smooth((t - 0.5) / run)
        reach = int(share * (len(xs) - 1))
        if reach > 1:
            filled.wiped(frame, (float(xs[reach]) - filled.x) / filled.pixels.shape[1])
            path = list(zip(xs[: reach + 1].tolist(), ys[: reach + 1].tolist(), strict=True))
            board.shape(area.inset(-3 * u), colour, lambda mask, dx, dy: stroke(mask, path, 1.0 * u, dx, dy)).draw(
                frame
            )
        for index, (x, y) in enumerate(points):
            since = t - 0.5 - run * index / max(1, len(points) - 1) * 0.86
            if since > 0:
                dot = board.shape(
                    Box(x - 3 * u, y - 3 * u, 6 * u, 6 * u),
                    colour,
                    lambda mask, dx, dy, x=x, y=y: disc(mask, (x - dx, y - dy), 1.7 * u),
                )
                dot.draw(frame, scale=0.2 + 0.8 * sprung(since / 0.35))
                figures[index].draw(frame, alpha=smooth(since / 0.3), dy=(1 - eased(since / 0.4)) * 2 * u)
                labels[index].draw(frame, alpha=smooth(since / 0.3))

    return paint


def pie(board: Board, graphic: Graphic) -> Painter:
    """A ring is filled clockwise, share by share, with a legend that keeps pace."""
    u, data = board.unit, graphic.data
    panel, heading, room = _frame(board, graphic)
    total = max(sum(max(0.0, one.value) for one in data), 1e-9)
    beside = room.w > 1.25 * room.h
    side = min(room.h, room.w * (0.46 if beside else 0.8), room.h if beside else room.h * 0.6)
    centre = (
        room.x + side / 2 + (4 * u if beside else (room.w - side) / 2),
        room.y + (room.h / 2 if beside else side / 2),
    )
    radius = side / 2
    box = Box(centre[0] - radius - 2, centre[1] - radius - 2, 2 * radius + 4, 2 * radius + 4)
    edges = np.concatenate([[0.0], np.cumsum([max(0.0, one.value) / total for one in data])]) * 360
    legend = (
        Box(centre[0] + radius + 8 * u, room.y, room.right - centre[0] - radius - 8 * u, room.h)
        if beside
        else Box(room.x, centre[1] + radius + 4 * u, room.w, room.bottom - centre[1] - radius - 4 * u)
    )
    row = min(11 * u, legend.h / len(data))
    top = legend.y + (legend.h - row * len(data)) / 2
    rows: list[tuple[Layer, Layer, Layer]] = []
    for index, one in enumerate(data):
        y = top + row * index
        mark = board.panel(Box(legend.x, y + row / 2 - 1.8 * u, 3.6 * u, 3.6 * u), board.colour(index), 1.0, 1.0 * u)
        words, _ = board.text(
            one.label or f"Part {index + 1}",
            Box(legend.x + 6 * u, y, legend.w * 0.62 - 6 * u, row),
            4.2,
            lines=1,
            style="label",
        )
        share = one.shown if "%" in one.shown else f"{one.value / total:.0%}"
        figure, _ = board.text(
            share, Box(legend.x + legend.w * 0.62, y, legend.w * 0.38, row), 4.6, align=1.0, lines=1, style="figure"
        )
        rows.append((mark, words, figure))
    run = max(0.9, min(2.4, board.seconds - 2.0))

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.35), dy=(1 - eased(t / 0.5)) * 4 * u)
        if heading is not None:
            heading.draw(frame, alpha=smooth((t - 0.2) / 0.35))
        reach = 360 * smooth((t - 0.45) / run)
        for index in range(len(data)):
            start, end = float(edges[index]), min(float(edges[index + 1]), reach)
            if end > start + 0.05:

                def drawn(mask: Pixels, dx: float, dy: float, start: float = start, end: float = end) -> None:
                    wedge(mask, (centre[0] - dx, centre[1] - dy), radius, start, end)
                    disc(mask, (centre[0] - dx, centre[1] - dy), radius * 0.58, 0)

                board.shape(box, board.colour(index), drawn).draw(frame)
            since = (reach - start) / 40
            for layer in rows[index]:
                layer.draw(frame, alpha=smooth(since), dx=(1 - eased(since)) * 3 * u)

    return paint


def counter(board: Board, graphic: Graphic) -> Painter:
    """A figure counts up and lands; what it counts stands below."""
    u = board.unit
    datum = graphic.amount or Datum("", 100, "100")
    words = " ".join(graphic.texts) or datum.label
    wide = min(board.safe.w, 120 * u)
    tall = 52 * u if words else 40 * u
    box = Box((board.width - wide) / 2, (board.height - tall) / 2, wide, tall)
    panel = board.panel(box)
    room = Box(box.x + 6 * u, box.y + 5 * u, box.w - 12 * u, 28 * u)
    label, _ = board.text(
        words or " ",
        Box(room.x, room.bottom + 2 * u, room.w, 12 * u),
        5.4,
        ink=board.soft,
        align=0.5,
        lines=2,
        style="label",
    )
    run = max(0.8, min(2.2, board.seconds - 1.6))

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.35), scale=0.94 + 0.06 * sprung(t / 0.5))
        share = eased((t - 0.3) / run)
        value, _ = board.text(
            counted(datum, share if t < 0.3 + run else 1.0),
            room,
            24,
            ink=board.accent,
            align=0.5,
            lines=1,
            style="figure",
        )
        landed = t - 0.3 - run
        bump = 1 + 0.06 * math.sin(min(1.0, landed / 0.35) * math.pi) if landed > 0 else 1.0
        value.draw(frame, alpha=smooth((t - 0.15) / 0.25), scale=bump)
        if words:
            label.draw(frame, alpha=smooth((t - 0.6) / 0.4), dy=(1 - eased((t - 0.6) / 0.5)) * 3 * u)

    return paint


def countdown(board: Board, graphic: Graphic) -> Painter:
    """Seconds run out: a ring empties around each number."""
    u, count = board.unit, graphic.count
    beat = max(0.2, (board.seconds - 0.8) / count)
    centre = (board.width / 2, board.height / 2)
    radius = 34 * u
    box = Box(centre[0] - radius - 3 * u, centre[1] - radius - 3 * u, 2 * radius + 6 * u, 2 * radius + 6 * u)
    plate = board.shape(
        box, board.ground, lambda mask, dx, dy: disc(mask, (centre[0] - dx, centre[1] - dy), radius + 2 * u), 0.94
    )
    room = Box(centre[0] - radius * 0.8, centre[1] - radius * 0.8, radius * 1.6, radius * 1.6)
    numbers = {
        number: board.text(str(number), room, 36, align=0.5, lines=1, style="figure")[0]
        for number in range(1, count + 1)
    }

    def paint(frame: Pixels, t: float) -> None:
        gone = smooth((t - (board.seconds - 0.4)) / 0.35)
        plate.draw(frame, alpha=smooth(t / 0.3) * (1 - gone), scale=0.85 + 0.15 * sprung(t / 0.4) + 0.1 * gone)
        since = max(0.0, t - 0.3)
        number = count - int(since / beat)
        if number < 1:
            return
        part = since / beat - int(since / beat)
        left = 360 * (1 - part)
        angles = np.radians(np.linspace(0, left, max(2, int(left / 3) + 2)) - 90)
        ring = [
            (centre[0] + radius * 0.93 * math.cos(angle), centre[1] + radius * 0.93 * math.sin(angle))
            for angle in angles
        ]
        board.shape(box, board.accent, lambda mask, dx, dy: stroke(mask, ring, 2.4 * u, dx, dy)).draw(
            frame, alpha=smooth(t / 0.3)
        )
        numbers[number].draw(
            frame,
            alpha=min(smooth(part / 0.12) if t > 0.3 else smooth(t / 0.3), 1 - smooth((part - 0.86) / 0.14)),
            scale=1.25 - 0.25 * eased(part / 0.3),
        )

    return paint


def progress(board: Board, graphic: Graphic) -> Painter:
    """A bar fills to its share, with the percentage at its head."""
    u = board.unit
    datum = graphic.amount or Datum("", 100, "100%")
    share = min(1.0, max(0.0, datum.value / 100))
    words = " ".join(graphic.texts) or datum.label
    wide = min(board.safe.w, 130 * u)
    box = Box((board.width - wide) / 2, board.height / 2 - 16 * u, wide, 32 * u)
    panel = board.panel(box)
    label, _ = board.text(
        words or "Progress", Box(box.x + 6 * u, box.y + 4 * u, box.w * 0.66, 9 * u), 5.4, lines=1, style="label"
    )
    track_box = Box(box.x + 6 * u, box.y + 17 * u, box.w - 12 * u, 7 * u)
    track = board.panel(track_box, board.soft, 0.25, 3.5 * u)
    run = max(0.8, min(2.4, board.seconds - 1.4))
    shown = Datum("", 100 * share, f"{round(100 * share)}%")

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.35), scale=0.96 + 0.04 * sprung(t / 0.5))
        label.draw(frame, alpha=smooth((t - 0.15) / 0.3))
        track.draw(frame, alpha=smooth((t - 0.2) / 0.3))
        at = smooth((t - 0.4) / run)
        reach = track_box.w * share * at
        if reach > 0.2 * u:
            head = Box(track_box.x, track_box.y, max(7 * u, reach), 7 * u)
            board.panel(head, board.accent, 1.0, 3.5 * u).draw(frame)
        value, _ = board.text(
            counted(shown, at),
            Box(box.right - 46 * u, box.y + 3 * u, 40 * u, 11 * u),
            8,
            ink=board.accent,
            align=1.0,
            lines=1,
            style="figure",
        )
        value.draw(frame, alpha=smooth((t - 0.3) / 0.3))

    return paint
