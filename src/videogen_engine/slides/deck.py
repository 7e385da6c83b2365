"""The stage that reads a document: how many pages, what they say, what colours they have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from videogen_agents.errors import InputError, LimitError
from videogen_engine.media_kinds import HEAD_BYTES, kind_of
from videogen_engine.slides.content import DeckContent
from videogen_engine.slides.ground import ground_for
from videogen_engine.slides.model import Deck, DeckPage, DeckRequest
from videogen_engine.slides.office import pdf_of
from videogen_engine.slides.page_art import small_picture
from videogen_engine.slides.pdf import draw_page, page_size, page_text, pdf_document
from videogen_engine.slides.powerpoint import deck_content
from videogen_engine.slides.redesign import draw_slide
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.visuals.pixels import Pixels

_TITLE: Final = 80
_ANEW: Final = "The slides are set anew from their text, charts, tables and pictures; their own design is not kept."
#: Pages whose colours are looked at, and their size in px for that.
_LOOKED_AT: Final = 12
_LOOK_SIZE: Final = 240


def read_deck(request: DeckRequest, ctx: StageContext) -> Deck:
    """The document's pages.

    Raises InputError for a locked, broken or empty document and for a file of another kind, LimitError for one
    with too many pages.
    """
    path = ctx.store.path(request.media)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is not None and kind.reader == "pdf":
        return _pdf(request.media, request, ctx)
    if kind is not None and kind.reader == "zip":
        return _powerpoint(path, request, ctx)
    raise InputError(
        "The file is neither a PDF nor a PowerPoint file.",
        code="unsupported_media",
        next_step="Export the slides as PDF or PPTX and upload that.",
    )


def _pdf(media: MediaRef, request: DeckRequest, ctx: StageContext) -> Deck:
    pages: list[DeckPage] = []
    with pdf_document(ctx.store.path(media)) as document:
        check_count(len(document), request.max_slides)
        for number in range(len(document)):
            ctx.check()
            ctx.report(0.7 * number / len(document), f"Reading page {number + 1}")
            width, height = page_size(document, number)
            text = page_text(document, number)
            pages.append(DeckPage(width=width, height=height, title=first_line(text), text=text))
        every = -(-len(document) // _LOOKED_AT)
        looks: list[Pixels] = []
        for number in range(0, len(document), every):
            ctx.check()
            looks.append(small_picture(draw_page(document, number, _LOOK_SIZE, _LOOK_SIZE)))
    return Deck(media=media, pages=tuple(pages), ground=ground_for(looks))


def _powerpoint(path: Path, request: DeckRequest, ctx: StageContext) -> Deck:
    """Drawn exactly when LibreOffice can, else set anew."""
    content = deck_content(path)
    if not content.slides:
        raise InputError(
            "The PowerPoint file has no slides to show.",
            code="empty_document",
            next_step="Add slides, or show those that are hidden, and upload it again.",
        )
    check_count(len(content.slides), request.max_slides)
    warnings: list[str] = []
    if content.hidden:
        warnings.append(f"{content.hidden} hidden slides are not part of the film.")
    if request.office is not None:
        exact = _exact(content, request, request.office, ctx)
        if exact is not None:
            return exact.model_copy(update={"warnings": tuple(warnings)})
        warnings.append(f"LibreOffice could not draw the slides. {_ANEW}")
    else:
        warnings.append(f"{_ANEW} Install LibreOffice (soffice) on this machine, or upload a PDF, to keep the design.")
    left_out = sum(slide.left_out for slide in content.slides)
    if left_out:
        warnings.append(f"{left_out} drawings, SmartArt graphics, films or surplus lines of the slides are not shown.")
    every = -(-len(content.slides) // _LOOKED_AT)
    looks: list[Pixels] = []
    for number in range(0, len(content.slides), every):
        ctx.check()
        ctx.report(0.6 + 0.4 * number / len(content.slides), "Setting the slides anew")
        looks.append(small_picture(draw_slide(content, number, _LOOK_SIZE, _LOOK_SIZE * 9 // 16, "en")))
    pages = tuple(
        DeckPage(
            width=content.width,
            height=content.height,
            title=first_line(slide.title),
            text=slide.text,
            notes=slide.notes,
        )
        for slide in content.slides
    )
    return Deck(media=request.media, pages=pages, ground=ground_for(looks), exact=False, warnings=tuple(warnings))


def _exact(content: DeckContent, request: DeckRequest, office: str, ctx: StageContext) -> Deck | None:
    media = pdf_of(request.media, office, request.office_seconds, ctx)
    if media is None:
        return None
    try:
        deck = _pdf(media, request, ctx)
    except InputError:
        return None
    if len(deck.pages) != len(content.slides):
        return None
    pages = tuple(
        page.model_copy(update={"title": first_line(slide.title) or page.title, "notes": slide.notes})
        for page, slide in zip(deck.pages, content.slides, strict=True)
    )
    return deck.model_copy(update={"pages": pages})


def check_count(count: int, limit: int) -> None:
    """Raises LimitError for a document with too many pages."""
    if count > limit:
        raise LimitError(
            f"The document has {count} pages; at most {limit} are accepted.",
            code="too_many_pages",
            next_step="Upload the pages that matter, or split the document into several films.",
        )


def first_line(text: str) -> str:
    """The first line with letters, at most 80 characters of it."""
    line = next((line for line in text.splitlines() if any(char.isalpha() for char in line)), "")
    short = re.sub(r"\s+", " ", line).strip()
    return short if len(short) <= _TITLE else short[: _TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
