"""Which picture a scene gets, why, and what an edit changes."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import picture_rig
import pytest
from picture_rig import chosen, photo, scenes

from videogen_engine.planning.model import Structure
from videogen_engine.stage import StageCancelledError, StageContext
from videogen_engine.visuals.layouts import BY_NAME, LAYOUTS
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.model import FeaturedFile, PictureSet, Shown
from videogen_engine.visuals.paint import paint_scene

SCRIPT = """Have you had a glass of water yet today? Many of us forget to drink before noon.

Water makes up about 60% of an adult's body.

Drinking enough water supports your energy, focus, and mood. A can of soda holds nine teaspoons of sugar, while a
glass of water has none. "Thousands have lived without love, not one without water," wrote W. H. Auden.

First, drink a glass as soon as you wake up. Next, keep a bottle where you can see it.

Plants need it too. Rivers carry it to the sea. So fill a glass now, and start with water."""


def _texts(result: PictureSet, kind: Shown) -> list[str]:
    return [e.text for picture in result.pictures for e in picture.design.elements if e.kind is kind and e.text]


def test_equal_requests_choose_equal_pictures(ctx: StageContext) -> None:
    assert chosen(SCRIPT, ctx) == chosen(SCRIPT, ctx)


def test_each_structure_gets_its_own_layouts_and_parts(ctx: StageContext) -> None:
    result = chosen(SCRIPT, ctx, style="glass")
    seen: dict[Structure, str] = {}
    for scene, picture in zip(scenes(SCRIPT, ctx), result.pictures, strict=True):
        seen[scene.plan.structure] = picture.design.layout
    for structure in (Structure.LIST, Structure.STATISTIC, Structure.COMPARISON, Structure.QUOTE, Structure.STEP):
        assert seen[structure] in LAYOUTS[structure]
    assert {"Energy", "Focus", "Mood"} <= set(_texts(result, Shown.CARD))
    assert "60%" in _texts(result, Shown.FIGURE)
    assert any("Thousands" in text for text in _texts(result, Shown.QUOTE))
    assert set(_texts(result, Shown.BADGE)) == {"1", "2"}


def test_every_layout_that_a_look_prefers_exists() -> None:
    for look in LOOKS.values():
        assert len(look.sceneries) >= 4
        for names in look.layouts.values():
            assert set(names) <= set(BY_NAME)


@pytest.mark.parametrize("style", [None, "landscape", "paper", "chalkboard"])
def test_no_two_neighbours_are_alike(style: str | None, ctx: StageContext) -> None:
    numbers = ("one", "two", "three", "four", "five", "six", "seven")
    lines = " ".join(f"The river number {number} is quiet." for number in numbers)
    result = chosen(f"{lines} {SCRIPT} {lines}", ctx, style=style)
    designs = [picture.design for picture in result.pictures]
    for before, after in pairwise(designs):
        assert (before.look, before.scenery) != (after.look, after.scenery)
        assert (before.look, before.layout) != (after.look, after.layout)


def test_a_repeated_sentence_is_not_pictured_twice_alike(ctx: StageContext) -> None:
    designs = [picture.design for picture in chosen("Rivers carry water to the sea. " * 5, ctx, style="flat").pictures]
    for before, after in pairwise(designs):
        assert (before.scenery, before.layout) != (after.scenery, after.layout)


def test_an_edited_sentence_changes_its_own_picture_and_at_most_the_next(ctx: StageContext) -> None:
    before = chosen(SCRIPT, ctx).pictures
    for old, new in (
        ("Plants need it too.", "Animals love it too."),
        ("Rivers carry it to the sea.", "Mountains send it down in spring."),
        ("energy, focus, and mood", "skin, sleep, and joints"),
    ):
        after = chosen(SCRIPT.replace(old, new), ctx).pictures
        assert len(after) == len(before)
        shift = len(new) - len(old)
        changed = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a.design != b.design]
        assert changed, (old, shift)
        assert changed[-1] - changed[0] <= 1


def test_cards_enter_as_their_words_are_said(ctx: StageContext) -> None:
    script = "Drinking enough water supports your energy, focus, and mood."
    scene = scenes(script, ctx)[0]
    said = {word.text.strip(",."): word.start for word in scene.words}
    cards = [e for e in chosen(script, ctx).pictures[0].design.elements if e.kind is Shown.CARD]
    times = [card.appear for card in cards]
    assert times == sorted(times)
    for card, word in zip(cards, ("energy", "focus", "mood"), strict=True):
        assert card.appear == pytest.approx(said[word], abs=0.3)
    assert all(time < scene.duration for time in times)


def test_without_word_times_cards_still_come_one_after_another(ctx: StageContext) -> None:
    script = "Drinking enough water supports your energy, focus, and mood."
    cards = [e for e in chosen(script, ctx, spoken=False).pictures[0].design.elements if e.kind is Shown.CARD]
    assert len({card.appear for card in cards}) == len(cards) == 3


@pytest.mark.parametrize(
    ("script", "share"),
    [
        ("Water makes up about 60% of an adult's body.", 0.6),
        ("Rund 30 % der Deutschen schlafen schlecht.", 0.3),
        ("Customer satisfaction rose to 92% last year.", 0.92),
        ("Revenue grew 18% last year.", None),
        ("You can save up to 50% today.", None),
        ("It is 250% of the old size.", None),
    ],
)
def test_only_a_percentage_of_a_whole_is_drawn_as_a_share(script: str, share: float | None, ctx: StageContext) -> None:
    language = "de" if script.startswith("Rund") else "en"
    shares = [
        element.share
        for picture in chosen(script, ctx, language=language).pictures
        for element in picture.design.elements
        if element.kind is Shown.FIGURE
    ]
    assert all(found == share for found in shares)
    assert shares or share is None


@pytest.mark.parametrize(
    ("script", "icon"),
    [
        ("60% of people who try this sleep better within a week.", "person"),
        ("30% of homes in the village have solar panels.", "house"),
        ("Water makes up about 60% of an adult's body.", None),
        ("70% of the ocean is unexplored.", None),
        ("40% of politics is waiting.", None),
    ],
)
def test_a_share_of_things_that_can_be_counted_is_counted_in_their_icon(
    script: str, icon: str | None, ctx: StageContext
) -> None:
    elements = chosen(script, ctx).pictures[0].design.elements
    counted = [element.icon for element in elements if element.kind is Shown.FIGURE]
    assert counted == [icon]
    if icon is not None:
        assert icon in [element.icon for element in elements if element.kind is Shown.ICON]


@pytest.mark.parametrize(
    ("style", "look"),
    [
        ("Watercolor", "watercolour"),
        ("Whiteboard", "whiteboard"),
        ("3D cartoon", "clay"),
        ("Flat art", "flat"),
        ("Paper", "paper"),
        ("Ink paint", "ink"),
        ("Anime", "landscape"),
        ("Editorial", "paper"),
        ("Isometric", "isometric"),
        ("Claymation", "clay"),
        ("Education", "whiteboard"),
        ("Chalkboard", "chalkboard"),
        ("Boho", "boho"),
        ("Poster", "poster"),
        ("a moody neon city at night", "neon"),
        ("clean corporate style in dark blue", "minimal"),
        ("technical blueprint drawing", "blueprint"),
        ("modern glass look", "glass"),
        ("soft pastel watercolour with clean lines", "watercolour"),
        ("starry night", "night"),
        ("bauhaus", "bauhaus"),
        ("1970s retro", "retro"),
    ],
)
def test_style_words_choose_the_look(style: str, look: str, ctx: StageContext) -> None:
    result = chosen("Water is life. Plants need it too.", ctx, style=style)
    assert {picture.design.look for picture in result.pictures} == {look}
    assert result.warnings == ()


def test_colour_words_and_hex_codes_choose_the_palette(ctx: StageContext) -> None:
    def hue(style: str) -> float:
        design = chosen("Water is life.", ctx, style=style, title="Hues").pictures[0].design
        painted = paint_scene(design, 160, 90, ctx)
        image = cv2.imread(str(ctx.store.path(painted.background)))
        assert image is not None
        mean = np.uint8([[image.reshape(-1, 3).mean(axis=0)]])
        return float(cv2.cvtColor(mean, cv2.COLOR_BGR2HSV)[0, 0, 0]) * 2

    assert 190 < hue("flat, blue") < 270
    assert 90 < hue("flat, green") < 175
    assert hue("flat in #dc2626") < 40 or hue("flat in #dc2626") > 320


def test_a_photographic_style_is_refused_honestly(ctx: StageContext) -> None:
    result = chosen("Water is life.", ctx, style="Realistic photo")
    assert len(result.warnings) == 1
    assert "image provider" in result.warnings[0]
    assert result.pictures[0].design.look in result.warnings[0]


def test_an_unknown_style_says_which_looks_there_are(ctx: StageContext) -> None:
    result = chosen("Water is life.", ctx, style="zorbly flumox")
    assert "watercolour" in result.warnings[0]


def test_a_film_keeps_to_one_family(ctx: StageContext) -> None:
    for title in ("Water", "A recipe for bread", "Our quarterly report", "The moon"):
        designs = [picture.design for picture in chosen(SCRIPT, ctx, title=title).pictures]
        assert len({design.palette for design in designs}) == 1
        assert len({design.look for design in designs}) <= 2


def test_different_titles_give_different_films(ctx: StageContext) -> None:
    styles = {
        (picture.design.look, picture.design.palette)
        for title in ("Water", "Bread recipe", "Quarterly report", "Poems", "Software", "Kids", "Forests", "Safety")
        for picture in chosen("Water is life.", ctx, title=title).pictures
    }
    assert len(styles) >= 5


def test_each_picture_says_why_and_under_which_licences(ctx: StageContext) -> None:
    for picture in chosen(SCRIPT, ctx).pictures:
        assert "look " in picture.reason
        assert picture.sources
        assert {source.licence for source in picture.sources} <= {"MIT", "OFL-1.1"}
        for element in picture.design.elements:
            if element.icon:
                assert any(element.icon in source.name for source in picture.sources)


def test_letters_without_a_font_are_reported(ctx: StageContext) -> None:
    result = chosen("𒀀𒀁 𒀂𒀃. Water is life.", ctx)
    assert any("Cuneiform" in warning for warning in result.warnings)


def test_featured_files_go_to_the_scenes_their_names_speak_of(ctx: StageContext) -> None:
    files = (photo(ctx, "rivers.png"), photo(ctx, "can of soda.png"))
    result = chosen(SCRIPT, ctx, featured=files)
    placed = {p.design.featured.display_name: i for i, p in enumerate(result.pictures) if p.design.featured}
    planned = [scene.plan.text for scene in scenes(SCRIPT, ctx)]
    assert "Rivers" in planned[placed["rivers.png"]]
    assert "soda" in planned[placed["can of soda.png"]]
    assert any(source.licence == "user" for source in result.pictures[placed["rivers.png"]].sources)


def test_featured_files_without_telling_names_are_shown_in_order(ctx: StageContext) -> None:
    files = tuple(photo(ctx, f"IMG_{i}.png", grey=40 * i) for i in range(1, 4))
    result = chosen(SCRIPT, ctx, featured=files)
    shown = [p.design.featured.display_name for p in result.pictures if p.design.featured]
    assert shown == ["IMG_1.png", "IMG_2.png", "IMG_3.png"]


def test_too_many_or_unreadable_featured_files_are_reported(ctx: StageContext) -> None:
    broken = photo(ctx, "broken.png")
    ctx.store.path(broken.media).write_bytes(b"not a picture at all")
    files = (broken, *(photo(ctx, f"IMG_{i}.png", grey=20 * i) for i in range(1, 5)))
    result = chosen("Water is life. Plants need it too.", ctx, featured=files)
    assert any("broken.png" in warning for warning in result.warnings)
    assert any("no scene" in warning for warning in result.warnings)


def test_a_clip_plays_behind_its_scene(ctx: StageContext) -> None:
    still = photo(ctx, "rivers.png")
    clip = FeaturedFile(file_id="file_clip", media=still.media, display_name="rivers.mp4", duration=4.0)
    result = chosen(SCRIPT, ctx, featured=(clip,))
    design = next(p.design for p in result.pictures if p.design.featured)
    assert paint_scene(design, 320, 180, ctx).clip == clip.media


@pytest.mark.parametrize("language", ["de", "es", "ar", "ja", "xx"])
def test_any_language_gets_pictures(language: str, ctx: StageContext) -> None:
    script = {"de": "Wasser ist Leben. Trinken Sie genug.", "ar": "الماء هو الحياة.", "ja": "水は命です。"}.get(
        language, "El agua es vida. Bebe cada día."
    )
    assert chosen(script, ctx, language=language).pictures


def test_a_cancelled_job_stops_choosing(ctx: StageContext) -> None:
    planned = scenes(SCRIPT, ctx)
    ctx.cancelled.set()
    request = picture_rig.PictureRequest(scenes=planned, language="en", ratio_width=16, ratio_height=9)
    with pytest.raises(StageCancelledError):
        picture_rig.picture(request, ctx)
