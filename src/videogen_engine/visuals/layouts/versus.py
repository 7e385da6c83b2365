"""Comparisons: two sides, side by side or one above the other, with a badge between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.badges import badge
from videogen_engine.visuals.layouts.words import headline_block
from videogen_engine.visuals.model import Shown


def _sides(c: Composer, left: Box, right: Box, *, sideways: bool, mark: str | None) -> None:
    cards = c.every(Shown.CARD)[:2]
    boxes = [left, right][: len(cards)]
    size = c.card_text_size([card.text or "" for card in cards], boxes, sideways, any(card.icon for card in cards))
    for index, (card, box) in enumerate(zip(cards, boxes, strict=True)):
        c.card(card, box, index, sideways=sideways, size=size)
    if len(cards) == 2:
        side = c.unit * 11
        middle = Box((left.right + right.x) / 2 - side / 2, left.cy - side / 2, side, side)
        if left.x == right.x:
            middle = Box(left.cx - side / 2, (left.bottom + right.y) / 2 - side / 2, side, side)
        badge(c, middle, mark, max(0.3, cards[1].appear - 0.15))


def _area(c: Composer, down: float = 0.4) -> Box:
    """What is left below the headline."""
    safe = c.frame.safe
    share = 0.30 if c.frame.wide else 0.26
    block = headline_block(
        c, safe.part(0.03, 0, 0.97, share), align=0.5, down=down, max_lines=2 if c.frame.wide else 3, scale=0.86
    )
    top = block.bottom + c.unit * 4.5
    return Box(safe.x, top, safe.w, safe.bottom - top)


def facing(c: Composer) -> None:
    area = _area(c)
    gap = c.unit * 5
    if not c.frame.wide and c.frame.ratio < 0.95:
        first, second = area.rows(2, c.unit * 5)
        tall = min(first.h, c.unit * 36)
        first, second = Box(first.x, first.y + (first.h - tall), first.w, tall), Box(second.x, second.y, second.w, tall)
        _sides(c, first, second, sideways=True, mark="VS")
        return
    limit = min(area.w, area.h * 2.6 + gap)
    area = Box(area.cx - limit / 2, area.y, limit, area.h)
    left, right = area.columns(2, gap)
    _sides(c, left, right, sideways=False, mark="VS")


def turning(c: Composer) -> None:
    """The same with an arrow: from one to the other."""
    area = _area(c)
    gap = c.unit * 13 if c.frame.wide else c.unit * 5
    if c.frame.ratio < 0.95:
        first, second = area.rows(2, c.unit * 9)
        _sides(c, first, second, sideways=True, mark=None)
        return
    limit = min(area.w, area.h * 2.5 + gap)
    area = Box(area.cx - limit / 2, area.y, limit, area.h)
    left, right = area.columns(2, gap)
    _sides(c, left, right, sideways=False, mark=None)


def ledger(c: Composer) -> None:
    """Headline at the start, the two sides stacked at the end."""
    safe = c.frame.safe
    if not c.frame.wide:
        turning(c)
        return
    headline_block(c, safe.part(0, 0, 0.40, 1), down=0.5)
    area = safe.part(0.46, 0.06, 1, 0.94)
    first, second = area.rows(2, c.unit * 7)
    _sides(c, first, second, sideways=True, mark="VS")


def offset(c: Composer) -> None:
    """Two cards at different heights."""
    safe = c.frame.safe
    if not c.frame.wide:
        facing(c)
        return
    area = _area(c)
    gap = c.unit * 5
    limit = min(area.w, area.h * 2.5 + gap)
    left, right = Box(area.cx - limit / 2, area.y, limit, area.h).columns(2, gap)
    drop = area.h * 0.10
    _sides(
        c,
        Box(left.x, left.y, left.w, left.h - drop),
        Box(right.x, right.y + drop, right.w, min(right.h - drop, safe.bottom - right.y - drop)),
        sideways=False,
        mark="VS",
    )


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "versus-facing": facing,
    "versus-ledger": ledger,
    "versus-turning": turning,
    "versus-offset": offset,
}
