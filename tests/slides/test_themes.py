"""Themes read out of what shows them, and slides set in them."""

from __future__ import annotations

import hashlib
import re
import zipfile
from io import BytesIO

import cv2
import documents
import numpy as np
import pytest

from videogen_agents.contract import CaptionStyle, RgbColor
from videogen_engine.slides.model import ThemeReading, ThemeRequest
from videogen_engine.slides.page_art import page_background
from videogen_engine.slides.theme import read_theme
from videogen_engine.slides.theme_around import captions_with
from videogen_engine.slides.themes import BUILT_IN_THEMES
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.visuals.colour import contrast, rgb_of, to_oklch
from videogen_engine.visuals.model import FeaturedFile, PageFile, SceneDesign, SlideTheme


def keep(ctx: StageContext, data: bytes) -> MediaRef:
    path = ctx.temporary(".bin")
    path.write_bytes(data)
    return ctx.store.publish(f"up/{hashlib.sha256(data).hexdigest()}", path, "application/octet-stream")


def reading(ctx: StageContext, *files: bytes, words: str = "") -> ThemeReading:
    references = tuple(
        FeaturedFile(file_id=f"file {number}", media=keep(ctx, data), display_name=f"R{number}")
        for number, data in enumerate(files)
    )
    return read_theme(ThemeRequest(name="Ours", references=references, words=words), ctx)


def read(ctx: StageContext, *files: bytes, words: str = "") -> SlideTheme:
    theme = reading(ctx, *files, words=words).theme
    assert theme is not None
    return theme


def picture(dark: bool = False) -> bytes:
    """Mostly one quiet colour, with a strong red and a strong blue in it."""
    image = np.full((200, 300, 3), (40, 30, 25) if dark else (245, 250, 250), np.uint8)
    image[20:80, 20:140] = (30, 30, 200)
    image[100:160, 20:90] = (190, 90, 10)
    return cv2.imencode(".png", image)[1].tobytes()


def powerpoint(*, paper: bytes = b"FFF6E0") -> bytes:
    """The deck with a purple accent, Georgia for its titles, and a ground of its own."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(documents.deck())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("theme1.xml"):
                data = re.sub(rb'(<a:accent1>\s*<a:srgbClr val=")\w{6}', rb"\g<1>7A1FA2", data)
                data = re.sub(rb'(<a:majorFont>\s*<a:latin typeface=")[^"]*', rb"\g<1>Georgia", data)
            if name.endswith("slideMaster1.xml"):
                fill = b'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
                data = re.sub(rb"<p:bg>.*?</p:bg>", fill % paper, data, flags=re.DOTALL)
            new.writestr(name, data)
    return out.getvalue()


def hue(code: str) -> float:
    return to_oklch(rgb_of(code))[2]


def assert_readable(theme: SlideTheme) -> None:
    paper = rgb_of(theme.paper)
    assert contrast(rgb_of(theme.ink), paper) >= 4.5
    assert all(contrast(rgb_of(accent), paper) >= 3 for accent in theme.accents)


@pytest.mark.parametrize("dark", [False, True])
def test_a_pictures_own_colours_become_the_theme_and_it_is_the_backdrop(ctx: StageContext, dark: bool) -> None:
    theme = read(ctx, picture(dark))
    assert_readable(theme)
    assert (to_oklch(rgb_of(theme.paper))[0] < 0.4) == dark
    red, blue = hue("#c81e1e"), hue("#0a5abe")
    assert [hue(code) for code in theme.accents] == pytest.approx([red, blue], abs=12)
    assert theme.backdrop is not None


def test_a_plain_picture_is_no_backdrop(ctx: StageContext) -> None:
    plain = cv2.imencode(".png", np.full((40, 60, 3), (200, 120, 20), np.uint8))[1].tobytes()
    assert read(ctx, plain).backdrop is None


def test_a_powerpoint_file_gives_its_own_colours_fonts_and_ground(ctx: StageContext) -> None:
    theme = read(ctx, powerpoint())
    assert_readable(theme)
    assert (theme.paper, theme.accents[0], theme.title_family) == ("#fff6e0", "#7a1fa2", "Fraunces")
    dark = read(ctx, powerpoint(paper=b"101020"))
    assert_readable(dark)
    assert dark.paper == "#101020"


def test_a_pdf_gives_the_colours_of_its_pages(ctx: StageContext) -> None:
    theme = read(ctx, documents.report())
    assert_readable(theme)
    assert to_oklch(rgb_of(theme.paper))[0] > 0.95
    assert hue(theme.accents[0]) == pytest.approx(hue("#216bc2"), abs=10)
    assert theme.title_family == "Inter"


def test_colours_and_fonts_come_from_the_first_reference_that_has_them(ctx: StageContext) -> None:
    theme = read(ctx, picture(), powerpoint())
    assert hue(theme.accents[0]) == pytest.approx(hue("#c81e1e"), abs=12)
    assert theme.title_family == "Fraunces"
    assert theme.backdrop is not None


def test_words_that_name_colours_are_a_theme_and_others_are_none(ctx: StageContext) -> None:
    theme = read(ctx, words="dark teal and orange")
    assert_readable(theme)
    assert to_oklch(rgb_of(theme.paper))[0] < 0.3
    nothing = reading(ctx, words="lovely")
    assert nothing.theme is None
    assert "changes nothing" in nothing.warnings[0]


def test_a_reference_that_cannot_be_read_is_named_and_the_next_one_is_used(ctx: StageContext) -> None:
    found = reading(ctx, b"%PDF-1.7\nnothing", b"no picture", picture())
    assert found.theme is not None
    assert ["R0" in text or "R1" in text for text in found.warnings] == [True, True]


def test_built_in_themes_are_readable() -> None:
    for _, theme in BUILT_IN_THEMES.values():
        assert_readable(theme)


def test_slides_that_are_set_anew_stand_on_the_themes_paper_and_covers_on_its_backdrop(ctx: StageContext) -> None:
    deck = keep(ctx, documents.deck())
    theme = BUILT_IN_THEMES["midnight"][1].model_copy(update={"backdrop": keep(ctx, picture(dark=True))})

    def drawn(page: int, shown: SlideTheme | None) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        file = PageFile(file_id="f", media=deck, page=page, display_name="Deck", theme=shown)
        design = SceneDesign(
            look="minimal",
            layout="slide-full",
            palette="#203050",
            seed=0,
            language="en",
            ratio_width=16,
            ratio_height=9,
            elements=(),
            page=file,
        )
        return page_background(design, file, 320, 180, ctx)

    page = drawn(1, theme).reshape(-1, 3)
    share = (np.abs(page.astype(int) - np.array(rgb_of(theme.paper))[::-1]).max(axis=1) <= 2).mean()
    assert share > 0.6
    plain = drawn(1, None).reshape(-1, 3)
    assert (plain.min(axis=1) > 250).mean() > 0.6
    cover = drawn(0, theme)[10:170, 10:310]
    assert cover[60:, :80].std() > 3
    assert cover.reshape(-1, 3).mean() < 90


def test_captions_take_the_theme_where_they_say_nothing_themselves() -> None:
    theme = BUILT_IN_THEMES["parchment"][1]
    themed = captions_with(CaptionStyle(font_size=40), theme)
    assert themed is not None
    assert (themed.font_size, themed.font_name) == (40, "Inter")
    assert themed.spoken_text_color is not None
    assert themed.background_style is not None
    spoken, box = themed.spoken_text_color, themed.background_style.background_color
    assert contrast((spoken.red, spoken.green, spoken.blue), (box.red, box.green, box.blue)) >= 7
    own = captions_with(CaptionStyle(text_color=RgbColor(red=1, green=2, blue=3)), theme)
    assert own is not None
    assert own.spoken_text_color is None
    assert captions_with(None, theme) is None
