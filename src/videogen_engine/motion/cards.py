"""Graphics of words and pictures: titles, lower thirds, lists, quotes, callouts, logos."""

from __future__ import annotations

import math

import numpy as np

from videogen_engine.motion.board import Board, Layer, Painter, eased, smooth, sprung, stroke
from videogen_engine.motion.reading import Graphic
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.inset_art import InsetPicture
from videogen_engine.visuals.pixels import Mask, Pixels, lay_over, resized


def title(board: Board, graphic: Graphic) -> Painter:
    """A headline rises on a panel, a line is drawn under it, a second line follows."""
    head, rest = graphic.texts[0], " ".join(graphic.texts[1:3])
    u, safe = board.unit, board.safe
    area = Box(safe.x + 6 * u, 0, safe.w - 12 * u, safe.h * 0.46)
    probe, place = board.text(head, area, 13, align=0.5, lines=3)
    block_h = place.h + (11 * u if rest else 0) + 7 * u
    top = (board.height - block_h) / 2
    head_layer, place = board.text(head, Box(area.x, top, area.w, place.h), 13, align=0.5, lines=3)
    del probe
    line = Box(board.width / 2 - 9 * u, place.bottom + 3.4 * u, 18 * u, 1.1 * u)
    rest_layer, rest_place = board.text(
        rest or " ",
        Box(area.x, line.bottom + 2.2 * u, area.w, 7 * u),
        5,
        ink=board.soft,
        align=0.5,
        lines=1,
        style="label",
    )
    wide = max(place.w, rest_place.w if rest else 0, line.w) + 16 * u
    panel = board.panel(
        Box((board.width - wide) / 2, top - 7 * u, wide, (rest_place.bottom if rest else line.bottom) - top + 14 * u)
    )
    bar = board.panel(line, board.accent, 1.0, 0.55 * u)

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.35), scale=0.94 + 0.06 * sprung(t / 0.5))
        head_layer.draw(frame, alpha=smooth((t - 0.25) / 0.35), dy=(1 - eased((t - 0.25) / 0.6)) * 5 * u)
        bar.wiped(frame, eased((t - 0.6) / 0.5))
        if rest:
            rest_layer.draw(frame, alpha=smooth((t - 0.85) / 0.4), dy=(1 - eased((t - 0.85) / 0.5)) * 3 * u)

    return paint


def lower_third(board: Board, graphic: Graphic) -> Painter:
    """A name and what it stands for, at the lower left, drawn in and out by a bar."""
    name, role = graphic.texts[0], (graphic.texts[1] if len(graphic.texts) > 1 else "")
    u, safe = board.unit, board.safe
    wide = min(safe.w, 110 * u)
    bottom = board.height - 10 * u
    name_layer, name_place = board.text(
        name, Box(safe.x + 5 * u, bottom - (17 if role else 13) * u, wide - 9 * u, 8 * u), 6.4, lines=1
    )
    role_layer, role_place = board.text(
        role or " ",
        Box(safe.x + 5 * u, bottom - 8 * u, wide - 9 * u, 5 * u),
        3.8,
        ink=board.soft,
        lines=1,
        style="label",
    )
    top = bottom - (19.5 if role else 15) * u
    body = Box(safe.x + 1.2 * u, top, max(name_place.w, role_place.w if role else 0) + 9 * u, bottom - top)
    panel = board.panel(body, radius=0.8 * u)
    bar = board.panel(Box(safe.x, top, 1.2 * u, bottom - top), board.accent, 1.0, 0.3 * u)
    end = board.seconds

    def paint(frame: Pixels, t: float) -> None:
        out = smooth((t - (end - 0.55)) / 0.5)
        bar.wiped(frame, eased(t / 0.35) * (1 - out), upwards=True)
        panel.wiped(frame, eased((t - 0.2) / 0.5) * (1 - out))
        seen = 1 - smooth((t - (end - 0.65)) / 0.3)
        name_layer.draw(frame, alpha=smooth((t - 0.45) / 0.35) * seen, dx=-(1 - eased((t - 0.45) / 0.5)) * 3 * u)
        if role:
            role_layer.draw(frame, alpha=smooth((t - 0.65) / 0.35) * seen, dx=-(1 - eased((t - 0.65) / 0.5)) * 3 * u)

    return paint


def bullet_list(board: Board, graphic: Graphic) -> Painter:
    """Points come one after the other, each with a mark of its own."""
    head, items = graphic.texts[0], list(graphic.texts[1:]) or list(graphic.texts)
    u, safe = board.unit, board.safe
    row = min(15 * u, safe.h * 0.66 / max(1, len(items)))
    tall = row * len(items) + (15 * u if head else 5 * u) + 5 * u
    box = Box(safe.x, (board.height - tall) / 2, min(safe.w, 150 * u), tall)
    rows: list[tuple[Layer, Layer]] = []
    widest = 0.0
    y = box.y + (15 * u if head else 5 * u)
    head_layer, head_place = board.text(
        head or " ", Box(box.x + 6 * u, box.y + 4 * u, box.w - 12 * u, 9 * u), 7, lines=1
    )
    for index, item in enumerate(items):
        layer, place = board.text(item, Box(box.x + 14 * u, y, box.w - 20 * u, row), 6.2, lines=2, style="label")
        middle = y + row / 2
        mark = board.panel(Box(box.x + 6 * u, middle - 2.3 * u, 4.6 * u, 4.6 * u), board.colour(index), 1.0, 2.3 * u)
        tick = [
            (box.x + 7.2 * u, middle + 0.1 * u),
            (box.x + 8.0 * u, middle + 0.9 * u),
            (box.x + 9.5 * u, middle - 0.9 * u),
        ]
        sign = board.shape(
            Box(box.x + 6 * u, middle - 3 * u, 6 * u, 6 * u),
            board.ground,
            lambda mask, dx, dy, tick=tick: stroke(mask, tick, 0.7 * u, dx, dy),
        )
        marked = mark.pixels.copy()
        lay_over(marked, sign.pixels, round(sign.x - mark.x), round(sign.y - mark.y))
        rows.append((Layer(marked, mark.x, mark.y), layer))
        widest = max(widest, place.right, head_place.right if head else 0)
        y += row
    panel = board.panel(Box(box.x, box.y, widest - box.x + 7 * u, box.h))
    shift = (board.width - panel.pixels.shape[1]) / 2 - box.x
    step = max(0.25, min(1.1, (board.seconds - 1.8) / max(1, len(items))))

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.35), dx=shift, dy=(1 - eased(t / 0.5)) * 4 * u)
        if head:
            head_layer.draw(frame, alpha=smooth((t - 0.2) / 0.35), dx=shift)
        for index, (mark, words) in enumerate(rows):
            at = t - 0.55 - index * step
            mark.draw(frame, alpha=smooth(at / 0.2), scale=0.4 + 0.6 * sprung(at / 0.4), dx=shift)
            words.draw(frame, alpha=smooth((at - 0.1) / 0.3), dx=shift + (1 - eased((at - 0.1) / 0.45)) * 4 * u)

    return paint


def quote(board: Board, graphic: Graphic) -> Painter:
    """A saying, word by word, and who said it."""
    said = graphic.texts[0].strip("“”\"' ")
    by = graphic.texts[1].lstrip("-–— ") if len(graphic.texts) > 1 else ""
    u, safe = board.unit, board.safe
    area = Box(safe.x + 12 * u, safe.y + 10 * u, safe.w - 24 * u, safe.h - 30 * u)
    layer, place = board.text(said, area, 8.2, align=0.5, lines=5, style="quote")
    by_layer, by_place = board.text(
        f"— {by}" if by else " ",
        Box(area.x, place.bottom + 4 * u, area.w, 6 * u),
        4.4,
        ink=board.soft,
        align=0.5,
        lines=1,
        style="label",
    )
    bottom = by_place.bottom if by else place.bottom
    wide = max(place.w, by_place.w if by else 0) + 22 * u
    panel = board.panel(Box((board.width - wide) / 2, place.y - 13 * u, wide, bottom - place.y + 21 * u))
    mark, _ = board.text(
        "“",
        Box(board.width / 2 - 10 * u, place.y - 15 * u, 20 * u, 16 * u),
        19,
        ink=board.accent,
        align=0.5,
        down=0.3,
        lines=1,
        style="figure",
    )
    reading = max(0.8, min(0.28 * len(said.split()), board.seconds - 2.2))
    lines = max(1, round(place.h / max(1.0, 8.2 * u)))

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.4), scale=0.96 + 0.04 * eased(t / 0.5))
        mark.draw(frame, alpha=smooth((t - 0.2) / 0.3), scale=0.6 + 0.4 * sprung((t - 0.2) / 0.5))
        _read(layer, frame, (t - 0.45) / reading, lines)
        if by:
            by_layer.draw(
                frame, alpha=smooth((t - 0.6 - reading) / 0.4), dy=(1 - eased((t - 0.6 - reading) / 0.5)) * 2 * u
            )

    return paint


def _read(layer: Layer, frame: Pixels, share: float, lines: int) -> None:
    """Line after line from left to right, with a soft edge, as one reads."""
    if share <= 0:
        return
    height, width = layer.pixels.shape[:2]
    pixels = layer.pixels.copy()
    edges = [round(height * line / lines) for line in range(lines + 1)]
    for index in range(lines):
        at = share * lines - index
        ramp = np.clip((at * 1.15 - np.linspace(0, 1, width)) / 0.15, 0, 1)
        part = pixels[edges[index] : edges[index + 1]]
        part[:] = (part * ramp[None, :, None]).astype(np.uint8)
    Layer(pixels, layer.x, layer.y).draw(frame)


def callout(board: Board, graphic: Graphic) -> Painter:
    """A label, and an arrow that grows out of it to what it means, with a pulse where it ends."""
    u = board.unit
    words = graphic.texts[0]
    area = Box(board.width * 0.5, board.height * 0.2, board.width * 0.5 - 8 * u, 14 * u)
    layer, place = board.text(words, area.inset(4 * u, 2 * u), 5.6, lines=2)
    panel_box = place.inset(-4 * u, -3 * u)
    panel = board.panel(panel_box)
    target = (board.width * 0.3, board.height * 0.66)
    start = (panel_box.x + panel_box.w * 0.2, panel_box.bottom)
    bend = (target[0] + (start[0] - target[0]) * 0.85, target[1] - (target[1] - start[1]) * 0.15)
    share = np.linspace(0, 1, 40)[:, None]
    curve = (
        (1 - share) ** 2 * np.array([start])
        + 2 * share * (1 - share) * np.array([bend])
        + share**2 * np.array([target])
    )
    thick = 1.3 * u
    area_box = Box(
        min(start[0], target[0]) - 12 * u,
        start[1] - 4 * u,
        abs(start[0] - target[0]) + 30 * u,
        target[1] - start[1] + 16 * u,
    )

    def paint(frame: Pixels, t: float) -> None:
        panel.draw(frame, alpha=smooth(t / 0.3), scale=0.8 + 0.2 * sprung(t / 0.45))
        layer.draw(frame, alpha=smooth((t - 0.15) / 0.3))
        grown = eased((t - 0.45) / 0.7)
        count = round(grown * 39)
        if count > 1:
            path = [(float(x), float(y)) for x, y in curve[: count + 1]]
            head = math.atan2(path[-1][1] - path[-2][1], path[-1][0] - path[-2][0])
            wings = [
                (path[-1][0] - 5 * u * math.cos(head + turn), path[-1][1] - 5 * u * math.sin(head + turn))
                for turn in (0.5, -0.5)
            ]

            def drawn(mask: Pixels, dx: float, dy: float) -> None:
                stroke(mask, path, thick, dx, dy)
                stroke(mask, [wings[0], path[-1], wings[1]], thick, dx, dy)

            board.shape(area_box, board.accent, drawn).draw(frame)
        for number in range(2):
            at = ((t - 1.2) / 1.3 - number * 0.5) % 1.0 if t > 1.2 + number * 0.65 else -1.0
            if at > 0:
                radius = (2 + 7 * eased(at)) * u
                ring = [
                    (target[0] + radius * math.cos(angle), target[1] + radius * math.sin(angle))
                    for angle in np.linspace(0, 2 * math.pi, 60)
                ]
                box = Box(target[0] - 11 * u, target[1] - 11 * u, 22 * u, 22 * u)
                board.shape(
                    box, board.accent, lambda mask, dx, dy, ring=ring: stroke(mask, ring, 0.7 * u, dx, dy), 1 - at
                ).draw(frame)

    return paint


def logo(board: Board, graphic: Graphic, pictures: tuple[InsetPicture, ...]) -> Painter:
    """The user's picture springs up out of a ring, a light runs over it, the name follows."""
    u = board.unit
    words = (
        graphic.texts[0]
        if graphic.texts and not graphic.texts[0].lower().startswith(("logo", "reveal", "brand"))
        else ""
    )
    centre = (board.width / 2, board.height * (0.43 if words else 0.5))
    side = 46 * u
    layer: Layer | None = None
    if pictures:
        pixels = _premultiplied(pictures[0].pixels)
        scale = side / max(pixels.shape[:2])
        wide, high = max(2, round(pixels.shape[1] * scale)), max(2, round(pixels.shape[0] * scale))
        layer = Layer(resized(pixels, wide, high), centre[0] - wide / 2, centre[1] - high / 2)
    size = 9 if layer is not None else 15
    top = centre[1] + side / 2 + 3 * u if layer is not None else centre[1] - 12 * u
    name, place = board.text(
        words or " ",
        Box(board.safe.x, top, board.safe.w, 14 * u if layer is not None else 24 * u),
        size,
        align=0.5,
        lines=1,
    )
    plate = board.panel(place.inset(-6 * u, -4 * u))

    def paint(frame: Pixels, t: float) -> None:
        for number in range(3):
            at = (t - 0.15 * number) / 1.1
            if 0 < at < 1:
                radius = (12 + 34 * eased(at) + 3 * number) * u
                ring = [
                    (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
                    for angle in np.linspace(0, 2 * math.pi, 120)
                ]
                box = Box(centre[0] - 56 * u, centre[1] - 56 * u, 112 * u, 112 * u)
                board.shape(
                    box,
                    board.colour(number),
                    lambda mask, dx, dy, ring=ring, at=at: stroke(mask, ring, max(1.0, 1.6 * u * (1 - at)), dx, dy),
                    1 - at,
                ).draw(frame)
        if layer is not None:
            shown = layer
            run = (t - 0.9) / 0.7
            if 0 < run < 1:
                shown = Layer(_lit(layer.pixels, 8 * u, run), layer.x, layer.y)
            shown.draw(frame, alpha=smooth((t - 0.2) / 0.25), scale=0.3 + 0.7 * sprung((t - 0.2) / 0.6))
        if words:
            at = t - (0.85 if layer is not None else 0.3)
            plate.draw(frame, alpha=smooth(at / 0.3), scale=0.92 + 0.08 * sprung(at / 0.45))
            name.draw(frame, alpha=smooth((at - 0.12) / 0.35), dy=(1 - eased((at - 0.12) / 0.5)) * 3 * u)

    return paint


def _premultiplied(image: Pixels) -> Pixels:
    if image.shape[2] == 3:
        return np.ascontiguousarray(np.dstack([image, np.full(image.shape[:2], 255, np.uint8)]))
    alpha = image[..., 3:].astype(np.float32) / 255
    return np.ascontiguousarray(np.dstack([(image[..., :3] * alpha + 0.5).astype(np.uint8), image[..., 3]]))


def _lit(pixels: Pixels, reach: float, run: float) -> Pixels:
    """A slanted light, ``reach`` px to either side, at ``run`` of its way across."""
    height, width = pixels.shape[:2]
    across: Mask = np.arange(width, dtype=np.float32)[None, :]
    down: Mask = np.arange(height, dtype=np.float32)[:, None]
    middle = -0.2 * width + 1.4 * width * run
    away: Mask = np.abs(across + (down - height / 2) * 0.4 - middle)
    light: Mask = np.clip(1 - away / max(2.0, reach), 0, 1)
    add: Mask = (light * 0.55)[..., None] * pixels[..., 3:].astype(np.float32)
    out = pixels.copy()
    out[..., :3] = np.minimum(pixels[..., :3] + add * (1 - pixels[..., :3] / 255), pixels[..., 3:]).astype(np.uint8)
    return out
