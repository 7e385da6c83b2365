"""Quotes: large marks, the words, who said them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from videogen_engine.visuals.composer import Composer
from videogen_engine.visuals.geometry import Box
from videogen_engine.visuals.layouts.words import hero_name, hero_time
from videogen_engine.visuals.looks.base import Art
from videogen_engine.visuals.model import Entrance, Shown
from videogen_engine.visuals.pixels import faded
from videogen_engine.visuals.text_art import draw_text


def _mark(c: Composer, box: Box, opacity: float = 0.9) -> None:
    """An opening quotation mark filling a logical box."""
    fitted = c.fit("“", c.look.quote, Box(0, 0, box.w * 3, box.h * 6), box.h * 2.3, box.h, 1)
    colour = c.look.mark_colour(c.ground)
    art = draw_text(fitted, 0.0, colour, frozenset(), colour)
    alpha = art.pixels[..., 3].max(axis=1).nonzero()[0]
    if alpha.size == 0:
        return
    columns = art.pixels[..., 3].max(axis=0).nonzero()[0]
    tight = art.pixels[alpha[0] : alpha[-1] + 1, columns[0] : columns[-1] + 1]
    place = c.frame.mirror(Box(box.x, box.y, tight.shape[1], tight.shape[0]))
    c.add(Art(faded(tight, opacity)), place.x, place.y, 0.05, Entrance.POP)


def quote_words(c: Composer, box: Box, align: float, down: float = 0.5, scale: float = 1.0) -> None:
    quote = c.first(Shown.QUOTE) or c.first(Shown.HEADLINE)
    if quote is None or not quote.text:
        return
    said = c.first(Shown.ATTRIBUTION)
    by = (
        c.fit(f"— {said.text}", c.look.label, Box(0, 0, box.w, c.unit * 8), c.unit * 4.2, c.unit * 3, 1)
        if said and said.text
        else None
    )
    foot = by.height + c.unit * 4 if by else 0.0
    room = Box(box.x, box.y, box.w, box.h - foot)
    longest = len(quote.text)
    size = (
        c.unit
        * (12.0 if longest < 36 else 9.6 if longest < 60 else 7.4 if longest < 120 else 5.8)
        * scale
        * c.look.quote_scale
    )
    fitted = c.fit(quote.text, c.look.quote, room, size, c.unit * 3.6, 6)
    top = box.y + down * max(0.0, box.h - foot - fitted.height)
    c.letters(fitted, Box(box.x, top, box.w, fitted.height), align=align, accents=quote.accents, appear=quote.appear)
    if by is not None and said is not None:
        low = top + fitted.height + c.unit * 4
        c.letters(
            by,
            Box(box.x, low, box.w, by.height),
            align=align,
            soft=True,
            appear=max(0.6, said.appear),
            entrance=Entrance.FADE,
        )


def pull(c: Composer) -> None:
    """Mark and words at the start across most of the frame."""
    safe = c.frame.safe
    _mark(c, Box(safe.x, safe.y + safe.h * 0.04, c.unit * 14, c.unit * 10))
    quote_words(c, safe.part(0, 0.22, 0.88 if c.frame.wide else 1, 1), 0.0, 0.3)


def centred(c: Composer) -> None:
    safe = c.frame.safe
    _mark(c, Box(safe.cx - c.unit * 6, safe.y, c.unit * 12, c.unit * 9))
    quote_words(c, safe.part(0.06, 0.20, 0.94, 1), 0.5, 0.35)


def portrait(c: Composer) -> None:
    """The picture at the start, the words at the end."""
    safe = c.frame.safe
    if not c.frame.wide:
        c.hero(hero_name(c), safe.part(0, 0, 1, 0.34).square(), hero_time(c))
        quote_words(c, safe.part(0, 0.40, 1, 1), 0.5, 0.2)
        return
    c.hero(hero_name(c), safe.part(0, 0, 0.34, 1).square(), hero_time(c))
    _mark(c, Box(safe.x + safe.w * 0.40, safe.y + safe.h * 0.02, c.unit * 12, c.unit * 8))
    quote_words(c, safe.part(0.40, 0.18, 1, 1), 0.0, 0.35)


def card(c: Composer) -> None:
    """The words on a card of the look."""
    safe = c.frame.safe
    box = safe.part(0.07, 0.04, 0.93, 0.98) if c.frame.wide else safe.part(0, 0.12, 1, 0.92)
    place = c.frame.mirror(box)
    c.add(c.look.panel(round(place.w), round(place.h), c.ground, 0), place.x, place.y, 0.0, Entrance.FADE)
    saved = c.tones
    c.tones = c.look.panel_tones(c.ground, 0)
    inner = box.inset(box.w * 0.08, box.h * 0.10)
    _mark(c, Box(inner.x, inner.y, c.unit * 10, c.unit * 7))
    quote_words(c, inner.part(0, 0.18, 1, 1), 0.0, 0.4)
    c.tones = saved


LAYOUTS: Mapping[str, Callable[[Composer], None]] = {
    "quote-pull": pull,
    "quote-portrait": portrait,
    "quote-centred": centred,
    "quote-card": card,
}
