"""Questions: the question and a question mark that cannot be missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.faces import is_rtl
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.badges import badge
from videogen_engine.visuals.layouts.words import headline_block, hero_name, hero_time
from videogen_engine.visuals.looks.base import Art
from videogen_engine.visuals.model import Entrance, Shown
from videogen_engine.visuals.pixels import faded
from videogen_engine.visuals.text_art import draw_text


def mark_of(c: Composer) -> str:
    """The question mark of the headline's script."""
    headline = c.first(Shown.HEADLINE)
    text = headline.text if headline and headline.text else ""
    if text.rstrip().endswith("？"):
        return "？"
    return "؟" if is_rtl(text) and any("\u0600" <= char <= "\u06ff" for char in text) else "?"


def _giant(c: Composer, box: Box, opacity: float) -> None:
    fitted = c.fit(mark_of(c), c.look.figure, box, box.h * 1.25, box.h * 0.3, 1)
    colour = c.look.mark_colour(c.ground)
    art = draw_text(fitted, 0.5, colour, frozenset(), colour)
    rows, columns = art.pixels[..., 3].max(axis=1).nonzero()[0], art.pixels[..., 3].max(axis=0).nonzero()[0]
    if rows.size == 0:
        return
    tight = art.pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    place = c.frame.mirror(
        Box(box.cx - tight.shape[1] / 2, box.cy - tight.shape[0] / 2, tight.shape[1], tight.shape[0])
    )
    c.add(Art(faded(tight, opacity)), place.x, place.y, 0.05, Entrance.POP)


def giant(c: Composer) -> None:
    """A giant mark at the end, the question at the start."""
    safe = c.frame.safe
    if c.frame.wide:
        _giant(c, safe.part(0.64, 0.02, 1, 0.98), 1.0)
        headline_block(c, safe.part(0, 0, 0.58, 1), down=0.5, scale=1.05)
    else:
        _giant(c, safe.part(0.2, 0, 0.8, 0.44), 1.0)
        headline_block(c, safe.part(0, 0.50, 1, 1), align=0.5, down=0.2)


def pondering(c: Composer) -> None:
    """The picture with the mark as its badge, the question beside or below."""
    safe = c.frame.safe
    if c.frame.wide:
        square = safe.part(0.56, 0, 1, 1).square()
        text = safe.part(0, 0, 0.50, 1)
    else:
        square = safe.part(0, 0, 1, 0.50).square()
        text = safe.part(0, 0.55, 1, 1)
    c.hero(hero_name(c), square, hero_time(c))
    side = square.w * 0.26
    badge(c, Box(square.x + square.w * 0.70, square.y + square.h * 0.06, side, side), mark_of(c), hero_time(c) + 0.3)
    headline_block(c, text, align=0.0 if c.frame.wide else 0.5, down=0.5 if c.frame.wide else 0.2)


def centred(c: Composer) -> None:
    """The mark above, the question below."""
    safe = c.frame.safe
    side = min(safe.h * 0.34, c.unit * 26)
    badge(c, Box(safe.cx - side / 2, safe.y + safe.h * 0.03, side, side), mark_of(c), 0.05)
    headline_block(c, safe.part(0.05, 0.46, 0.95, 1), align=0.5, down=0.25, max_lines=3)


def card(c: Composer) -> None:
    """The question on a card, the mark at its corner."""
    safe = c.frame.safe
    box = safe.part(0.10, 0.12, 0.90, 0.98) if c.frame.wide else safe.part(0, 0.22, 1, 0.86)
    place = c.frame.mirror(box)
    c.add(c.look.panel(round(place.w), round(place.h), c.ground, 0), place.x, place.y, 0.0, Entrance.FADE)
    saved = c.tones
    c.tones = c.look.panel_tones(c.ground, 0)
    headline_block(c, box.inset(box.w * 0.08, box.h * 0.16), align=0.5, down=0.5, max_lines=3)
    c.tones = saved
    side = c.unit * 15
    badge(c, Box(box.cx - side / 2, box.y - side * 0.55, side, side), mark_of(c), 0.35)


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "question-pondering": pondering,
    "question-giant": giant,
    "question-centred": centred,
    "question-card": card,
}
