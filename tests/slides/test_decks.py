"""Reading documents and drawing their pages."""

from __future__ import annotations

import io
import stat
import zipfile
from functools import cache
from pathlib import Path

import documents
import numpy as np
import pytest
from pptx import Presentation

from videogen_agents.errors import InputError, LimitError
from videogen_engine.slides.deck import read_deck
from videogen_engine.slides.layouts import SLIDE, SLIDE_FULL
from videogen_engine.slides.model import Deck, DeckPage, DeckRequest
from videogen_engine.slides.page_art import page_background, room_for
from videogen_engine.slides.plan import reading_seconds, spoken_texts
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.visuals.model import PageFile, SceneDesign
from videogen_engine.visuals.paint import paint_scene
from videogen_engine.visuals.pixels import Pixels

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHAPES = [(256, 144), (144, 256), (200, 200)]


@cache
def powerpoint() -> bytes:
    return documents.deck()


def keep(ctx: StageContext, data: bytes, media_type: str = PDF) -> MediaRef:
    path = ctx.temporary(".bin")
    path.write_bytes(data)
    return ctx.store.publish("up/document.pdf" if media_type == PDF else "up/document.pptx", path, media_type)


def read(ctx: StageContext, data: bytes, media_type: str = PDF, **more: object) -> Deck:
    return read_deck(DeckRequest.model_validate({"media": keep(ctx, data, media_type), "max_slides": 50} | more), ctx)


def design(deck: Deck, page: int, size: tuple[int, int], layout: str = SLIDE) -> SceneDesign:
    return SceneDesign(
        look="minimal",
        layout=layout,
        palette=deck.ground,
        seed=0,
        language="en",
        ratio_width=size[0],
        ratio_height=size[1],
        elements=(),
        page=PageFile(file_id="file", media=deck.media, page=page, display_name="A document"),
    )


def drawn(ctx: StageContext, deck: Deck, page: int, size: tuple[int, int], layout: str = SLIDE) -> Pixels:
    made = design(deck, page, size, layout)
    assert made.page is not None
    return page_background(made, made.page, *size, ctx)


def test_a_report_s_pages_are_counted_read_and_titled(ctx: StageContext) -> None:
    deck = read(ctx, documents.report())
    assert len(deck.pages) == 12
    assert (deck.pages[1].title, deck.pages[1].width) == ("Why we measured", 960)
    assert "Drivers reported late turns" in deck.pages[1].text
    assert not any(page.notes for page in deck.pages)
    red, green, blue = (int(deck.ground[at : at + 2], 16) for at in (1, 3, 5))
    assert blue > green > red


@pytest.mark.parametrize("size", SHAPES)
def test_a_page_stands_whole_in_every_shape_of_frame_and_clear_of_the_captions(
    ctx: StageContext, size: tuple[int, int]
) -> None:
    deck = read(ctx, documents.plain(1, words="X"))
    frame = drawn(ctx, deck, 0, size)
    assert frame.shape == (size[1], size[0], 3)
    white = (frame > 250).all(axis=2)
    rows, columns = np.flatnonzero(white.any(axis=1)), np.flatnonzero(white.any(axis=0))
    wide, high = int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1
    assert wide / high == pytest.approx(16 / 9, rel=0.03)
    assert rows[-1] < size[1] * 0.8
    assert columns[0] > 0
    assert columns[-1] < size[0] - 1


def test_a_page_of_the_frame_s_shape_fills_it_when_no_captions_need_room(ctx: StageContext) -> None:
    deck = read(ctx, documents.plain(1))
    frame = drawn(ctx, deck, 0, (256, 144), SLIDE_FULL)
    assert (frame[[0, 0, -1, -1], [0, -1, 0, -1]] > 250).all()
    assert room_for(SLIDE_FULL, 256, 144, 4 / 3).height < 144


@pytest.mark.parametrize("size", [(14400, 14400), (20, 14400), (14400, 20)])
def test_huge_and_narrow_pages_cost_no_more_than_the_frame(ctx: StageContext, size: tuple[float, float]) -> None:
    deck = read(ctx, documents.plain(1, size))
    assert drawn(ctx, deck, 0, (256, 144)).shape == (144, 256, 3)


def test_a_page_of_no_size_is_refused(ctx: StageContext) -> None:
    with pytest.raises(InputError, match="Page 1 measures"):
        read(ctx, documents.plain(1, (2.0, 2.0)))


def test_a_long_document_is_refused_by_its_number_of_pages(ctx: StageContext) -> None:
    with pytest.raises(LimitError, match="500 pages; at most 50"):
        read(ctx, documents.plain(500))


def test_equal_pages_are_painted_to_equal_bytes_at_just_the_frame_s_size(ctx: StageContext) -> None:
    deck = read(ctx, documents.plain(2))
    first = paint_scene(design(deck, 1, (256, 144)), 256, 144, ctx)
    again = paint_scene(design(deck, 1, (256, 144)), 256, 144, ctx)
    assert first == again
    assert (first.background_width, first.background_height, first.sprites) == (256, 144, ())


def test_slides_are_set_anew_with_their_notes_and_the_deck_says_so(ctx: StageContext) -> None:
    deck = read(ctx, powerpoint(), PPTX)
    assert [page.notes for page in deck.pages] == list(documents.NOTES)
    assert [page.title for page in deck.pages][:2] == ["Our Small Garden", "What made the difference"]
    assert "Turned every second week" in deck.pages[1].text
    assert "Tomatoes 20 28 36" in deck.pages[5].text
    assert "soffice" in deck.warnings[0]


@pytest.mark.parametrize("size", SHAPES)
def test_every_slide_set_anew_has_its_words_and_its_charts_in_every_shape(
    ctx: StageContext, size: tuple[int, int]
) -> None:
    deck = read(ctx, powerpoint(), PPTX)
    for page in range(len(deck.pages)):
        frame = drawn(ctx, deck, page, size)
        assert frame.shape == (size[1], size[0], 3)
        # Something is drawn on the sheet: its middle is not of one colour.
        middle = frame[size[1] // 6 : size[1] // 2, size[0] // 5 : -size[0] // 5]
        assert np.ptp(middle.astype(int)) > 60, f"slide {page + 1} is empty"


def test_hidden_slides_are_left_out_and_counted(ctx: StageContext) -> None:
    show = Presentation()
    for title in ("Shown", "Hidden", "Shown too"):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = title
    show.slides[1].element.set("show", "0")
    out = io.BytesIO()
    show.save(out)
    deck = read(ctx, out.getvalue(), PPTX)
    assert [page.title for page in deck.pages] == ["Shown", "Shown too"]
    assert "1 hidden" in deck.warnings[0]


def test_a_deck_without_slides_and_a_broken_one_are_refused(ctx: StageContext) -> None:
    out = io.BytesIO()
    Presentation().save(out)
    with pytest.raises(InputError, match="no slides"):
        read(ctx, out.getvalue(), PPTX)


@pytest.mark.parametrize("part", ["ppt/presentation.xml", "ppt/slides/slide3.xml", "[Content_Types].xml"])
def test_a_broken_deck_is_refused(ctx: StageContext, part: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(powerpoint())) as whole, zipfile.ZipFile(out, "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, b"<broken" if name == part else whole.read(name))
    with pytest.raises(InputError, match="damaged"):
        read(ctx, out.getvalue(), PPTX)


def test_a_deck_that_unpacks_to_far_more_than_it_weighs_is_refused(ctx: StageContext) -> None:
    out = io.BytesIO(powerpoint())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("ppt/media/picture.bin", b"small")
        # What the file says of itself is believed, so that nothing is unpacked to find out.
        archive.filelist[-1].file_size = 600 * 1024**2
    with pytest.raises(LimitError, match="512 MiB"):
        read(ctx, out.getvalue(), PPTX)


def office(folder: Path, body: str) -> str:
    """A program in LibreOffice's place."""
    path = folder / "soffice"
    path.write_text(f'#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done\n{body}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_an_office_program_draws_slides_exactly_and_notes_stay(ctx: StageContext, tmp_path: Path) -> None:
    (tmp_path / "exact.pdf").write_bytes(documents.plain(10, words="Exact"))
    program = office(tmp_path, f'cp "{tmp_path}/exact.pdf" "$out/deck.pdf"')
    deck = read(ctx, powerpoint(), PPTX, office=program)
    assert deck.media.media_type == PDF
    assert deck.warnings == ()
    assert [page.notes for page in deck.pages] == list(documents.NOTES)
    assert deck.pages[2].text == "Exact 3"


@pytest.mark.parametrize(
    "body",
    ["exit 1", "exit 0", 'printf junk > "$out/deck.pdf"', "sleep 600 & sleep 600"],
    ids=["fails", "none", "junk", "hangs"],
)
def test_an_office_program_that_does_not_deliver_is_ended_and_slides_are_set_anew(
    ctx: StageContext, tmp_path: Path, body: str
) -> None:
    deck = read(ctx, powerpoint(), PPTX, office=office(tmp_path, body), office_seconds=1.0)
    assert deck.media.media_type == PPTX
    assert "LibreOffice could not draw" in deck.warnings[0]


def test_scripts_go_by_index_and_notes_stand_in_only_when_there_are_none() -> None:
    media = MediaRef(key="k", media_type=PDF, size=1)
    pages = tuple(DeckPage(width=4, height=3, notes=notes) for notes in ("one", "two", " \x0b "))
    deck = Deck(media=media, pages=pages, ground="#000000")
    assert spoken_texts(deck, None) == ("one", "two", "")
    assert spoken_texts(deck, []) == ("", "", "")
    assert spoken_texts(deck, ["", "b"]) == ("", "b", "")
    assert spoken_texts(deck, ["a", "b", "c", "d"]) == ("a", "b", "c")


@pytest.mark.parametrize(("text", "seconds"), [("", 3.0), ("word " * 22, 5.5), ("word " * 500, 10.0), ("字" * 21, 4.5)])
def test_silent_pages_are_shown_for_three_to_ten_seconds_by_their_words(text: str, seconds: float) -> None:
    assert reading_seconds(DeckPage(width=4, height=3, text=text)) == seconds
