"""Lists: two to four cards that come in as their words are said."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.words import headline_block, hero_name, hero_time
from videogen_engine.visuals.model import Shown


def _draw(c: Composer, boxes: list[Box], sideways: bool) -> None:
    cards = c.every(Shown.CARD)[: len(boxes)]
    with_icon = any(card.icon for card in cards)
    size = c.card_text_size([card.text or "" for card in cards], boxes[: len(cards)], sideways, with_icon)
    for index, (card, box) in enumerate(zip(cards, boxes, strict=False)):
        c.card(card, box, index, sideways=sideways, size=size)


def _count(c: Composer) -> int:
    return max(1, len(c.every(Shown.CARD)))


def row(c: Composer) -> None:
    """Headline centred above one row of cards; rows of cards in tall frames."""
    safe, count = c.frame.safe, _count(c)
    if not c.frame.wide:
        stack(c)
        return
    block = headline_block(c, safe.part(0.04, 0.0, 0.96, 0.36), align=0.5, down=0.4, max_lines=2)
    top = block.bottom + c.unit * 5
    height = min(safe.bottom - top, c.unit * 34)
    gap = c.unit * 3
    width = min(safe.w, count * height * 1.08 + gap * (count - 1))
    band = Box(safe.x + (safe.w - width) / 2, top + (safe.bottom - top - height) * 0.4, width, height)
    _draw(c, list(band.columns(count, gap)), sideways=False)


def with_hero(c: Composer) -> None:
    """Headline and a row of smaller cards at the start, the main picture at the end."""
    safe, count = c.frame.safe, _count(c)
    if not c.frame.wide or count > 3:
        (row if c.frame.wide else stack)(c)
        return
    c.hero(hero_name(c), safe.part(0.60, 0, 1, 1).square(), hero_time(c))
    block = headline_block(c, safe.part(0, 0.02, 0.56, 0.52), down=0.5, max_lines=3)
    top = block.bottom + c.unit * 5
    gap = c.unit * 2.2
    height = min(safe.bottom - top, c.unit * 26)
    band = Box(safe.x, top, safe.w * 0.56, height)
    _draw(c, list(band.columns(count, gap)), sideways=False)


def stack(c: Composer) -> None:
    """Headline, then cards as lines: beside it in wide frames, below it in others."""
    safe, count = c.frame.safe, _count(c)
    gap = c.unit * 2.4
    if c.frame.wide:
        headline_block(c, safe.part(0, 0, 0.40, 1), down=0.5)
        height = min(c.unit * 17, (safe.h - gap * (count - 1)) / count)
        total = height * count + gap * (count - 1)
        band = Box(safe.x + safe.w * 0.47, safe.y + (safe.h - total) / 2, safe.w * 0.53, total)
    else:
        block = headline_block(c, safe.part(0, 0, 1, 0.30), align=0.5, down=0.4, max_lines=3)
        top = block.bottom + c.unit * 4.5
        height = min(c.unit * 21, (safe.bottom - top - gap * (count - 1)) / count)
        total = height * count + gap * (count - 1)
        band = Box(safe.x, top + (safe.bottom - top - total) * 0.35, safe.w, total)
    _draw(c, list(band.rows(count, gap)), sideways=True)


def grid(c: Composer) -> None:
    """Cards two by two beside or below the headline."""
    safe, count = c.frame.safe, _count(c)
    gap = c.unit * 2.6
    if c.frame.wide:
        headline_block(c, safe.part(0, 0, 0.40, 1), down=0.5)
        area = safe.part(0.46, 0, 1, 1)
    else:
        block = headline_block(c, safe.part(0, 0, 1, 0.30), align=0.5, down=0.4, max_lines=3)
        top = block.bottom + c.unit * 4.5
        area = Box(safe.x, top, safe.w, min(safe.bottom - top, safe.w * (1.02 if count > 2 else 0.62)))
    if count <= 2:
        boxes = list(area.columns(2, gap)) if not c.frame.wide else list(area.part(0, 0.18, 1, 0.82).columns(2, gap))
    else:
        first, second = area.rows(2, gap)
        boxes = [*first.columns(2, gap), *second.columns(2, gap)]
        if count == 3:
            wide = Box(second.x, second.y, second.w, second.h)
            boxes = [*first.columns(2, gap), wide]
    _draw(c, boxes, sideways=False)


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "cards-hero": with_hero,
    "cards-row": row,
    "cards-stack": stack,
    "cards-grid": grid,
}
