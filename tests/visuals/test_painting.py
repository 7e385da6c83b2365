"""What is painted: sizes, places, legibility, determinism, scripts, safety."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import picture_rig
import pytest
from picture_rig import EVERYTHING, RATIOS, design, frame, ink_mask, lettered

from videogen_engine.stage import StageCancelledError, StageContext
from videogen_engine.visuals.colour import luminance_map
from videogen_engine.visuals.layouts import BY_NAME, WORDLESS
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.model import Accent, Element, Shown
from videogen_engine.visuals.paint import paint_layers, paint_scene

LAYOUTS = tuple(name for name in BY_NAME if name not in WORDLESS)


def _scenery(look: str, number: int) -> str:
    options = LOOKS[look].sceneries
    return options[number % len(options)]


def test_equal_designs_paint_equal_bytes(tmp_path: Path) -> None:
    wanted = design("watercolour", "trio", seed=7)
    first, second = picture_rig.context(tmp_path / "one"), picture_rig.context(tmp_path / "two")
    one, two = paint_scene(wanted, 320, 180, first), paint_scene(wanted, 320, 180, second)
    assert one == two
    refs = [one.background, *(sprite.image for sprite in one.sprites)]
    assert [first.store.path(ref).read_bytes() for ref in refs] == [second.store.path(ref).read_bytes() for ref in refs]


def test_a_painted_scene_is_taken_from_the_store(ctx: StageContext) -> None:
    wanted = design()
    first = paint_scene(wanted, 320, 180, ctx)
    stamps = [ctx.store.path(sprite.image).stat().st_mtime_ns for sprite in first.sprites]
    assert paint_scene(wanted, 320, 180, ctx) == first
    assert [ctx.store.path(sprite.image).stat().st_mtime_ns for sprite in first.sprites] == stamps


@pytest.mark.parametrize("look", ["blueprint", "chalkboard"])
def test_underlines_are_drawn_on_stills_as_small_as_those_of_long_films(look: str, ctx: StageContext) -> None:
    said = "How many small underlined words can one question hold before somebody answers it?"
    headline = Element(kind=Shown.HEADLINE, text=said, appear=0.1, accents=(Accent(word="question", appear=0.5),))
    for layout in ("question-pondering", "split-start"):
        assert paint_scene(design(look, layout, elements=(headline,)), 86, 48, ctx).sprites


def test_the_background_is_opaque_and_leaves_room_to_drift(ctx: StageContext) -> None:
    painted = paint_scene(design(), 640, 360, ctx)
    image = cv2.imread(str(ctx.store.path(painted.background)), cv2.IMREAD_UNCHANGED)
    assert image is not None
    assert image.shape == (painted.background_height, painted.background_width, 3)
    assert painted.background_width >= 640 * 1.04
    assert painted.background_height >= 360 * 1.04


def test_sprites_are_transparent_pngs_of_the_stated_size(ctx: StageContext) -> None:
    for sprite in paint_scene(design(layout="cards-hero"), 640, 360, ctx).sprites:
        image = cv2.imread(str(ctx.store.path(sprite.image)), cv2.IMREAD_UNCHANGED)
        assert image is not None
        assert image.shape == (sprite.height, sprite.width, 4)


@pytest.mark.parametrize("ratio", RATIOS)
def test_sprites_stay_out_of_the_caption_band_and_letters_off_the_edges(ratio: str, shared_ctx: StageContext) -> None:
    width, height = RATIOS[ratio]
    lowest = height * (0.74 if ratio == "9:16" else 0.80)
    wrong: list[str] = []
    for layout in BY_NAME:
        wanted = design("minimal", layout)
        full = paint_layers(wanted, width, height, shared_ctx)
        bare = paint_layers(wanted, width, height, shared_ctx, lettering=False)
        for layer in full.layers:
            right, bottom = layer.x + layer.pixels.shape[1], layer.y + layer.pixels.shape[0]
            if layer.x < 0 or layer.y < 0 or right > width or bottom > lowest:
                wrong.append(f"{layout}: a sprite from {layer.x},{layer.y} to {right},{bottom}")
        if layout in WORDLESS:
            continue
        change = np.abs(frame(full, width, height).astype(int) - frame(bare, width, height)).max(axis=2) > 60
        rows, columns = np.nonzero(change)
        if not rows.size or columns.min() < 0.05 * width or columns.max() > 0.95 * width or rows.min() < 0.05 * height:
            wrong.append(f"{layout}: letters reach the edge, or are missing")
    assert wrong == []


@pytest.mark.parametrize("look", LOOKS)
def test_letters_reach_the_contrast_of_wcag_on_every_layout(look: str, shared_ctx: StageContext) -> None:
    width, height = 480, 270
    poor: list[str] = []
    for number, layout in enumerate(LAYOUTS):
        palette = ("ocean", "ember", "violet", "forest", "rose", "mono")[number % 6]
        wanted = design(look, layout, palette=palette, seed=number, scenery=_scenery(look, number))
        after, before = lettered(wanted, width, height, shared_ctx)
        change = np.abs(after.astype(int) - before).max(axis=2)
        # The middle of strokes: half-covered pixels at their edges show neither colour.
        peak = cv2.dilate(change.astype(np.uint8), np.ones((5, 5), np.uint8))
        core = (change > 60) & (change >= 0.94 * peak)
        if core.sum() < 40:
            poor.append(f"{layout}: no letters")
            continue
        light, ground = luminance_map(after)[core] + 0.05, luminance_map(before)[core] + 0.05
        ratios = np.maximum(light, ground) / np.minimum(light, ground)
        worst = float(np.percentile(ratios, 5))
        if worst < 4.5:
            poor.append(f"{layout} {wanted.scenery} {palette}: {worst:.2f}")
    assert poor == []


@pytest.mark.parametrize("size", [(960, 320), (320, 960), (700, 300), (300, 620)])
def test_unusual_ratios_are_laid_out_too(size: tuple[int, int], shared_ctx: StageContext) -> None:
    for layout in (
        "split-start",
        "cards-grid",
        "figure-ring",
        "quote-pull",
        "versus-facing",
        "step-giant",
        "title-wide",
    ):
        assert ink_mask(design("paper", layout), *size, shared_ctx).any()


def test_headlines_are_at_least_four_percent_of_the_height(shared_ctx: StageContext) -> None:
    long = Element(kind=Shown.HEADLINE, text="Internationally comparable responsibilities notwithstanding everything")
    for layout in ("split-start", "centre", "panel", "low-start", "crown"):
        mask = ink_mask(design("minimal", layout, elements=(long,)), 1280, 720, shared_ctx)
        lines = np.flatnonzero(np.diff(mask.any(axis=1).astype(int)))
        tallest = max(end - start for start, end in zip(lines[::2], lines[1::2], strict=False))
        # Ink of a line, ascender to descender, is about 0.95 of the type size.
        assert tallest >= 0.04 * 720 * 0.75


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "اشرب الماء كل يوم"),
        ("he", "שתו מים בכל יום"),
        ("hi", "हर दिन पानी पिएँ"),
        ("th", "ดื่มน้ำทุกวัน"),
        ("zh", "每天喝足够的水"),
        ("ja", "毎日水を飲みましょう"),
        ("ko", "매일 물을 마시세요"),
        ("ru", "Пейте воду каждый день"),
        ("el", "Πίνετε νερό κάθε μέρα"),
        ("bn", "প্রতিদিন পানি পান করুন"),
    ],
)
def test_headlines_of_many_scripts_are_lettered(language: str, text: str, shared_ctx: StageContext) -> None:
    for look in ("glass", "poster"):
        wanted = design(look, elements=(Element(kind=Shown.HEADLINE, text=text),), language=language)
        assert ink_mask(wanted, 640, 360, shared_ctx).sum() > 300


def test_right_to_left_languages_mirror_the_layout(shared_ctx: StageContext) -> None:
    def middle(language: str, text: str) -> float:
        elements = (Element(kind=Shown.HEADLINE, text=text), *EVERYTHING[2:3])
        mask = ink_mask(design(elements=elements, language=language), 640, 360, shared_ctx)
        return float(np.nonzero(mask)[1].mean())

    assert middle("en", "Drink water") < 320
    assert middle("ar", "اشرب الماء") > 320


def test_markup_in_a_headline_is_drawn_as_text(shared_ctx: StageContext) -> None:
    for text in ('</text><rect width="9999" height="9999"/>', "ماء </text><image href='x'/> &amp; <b>"):
        wanted = design(elements=(Element(kind=Shown.HEADLINE, text=text),), language="ar")
        mask = ink_mask(wanted, 640, 360, shared_ctx)
        assert 0 < mask.mean() < 0.25


def test_unknown_icons_leave_the_scene_whole(shared_ctx: StageContext) -> None:
    elements = (Element(kind=Shown.HEADLINE, text="Water"), Element(kind=Shown.ICON, icon="no-such-icon"))
    assert ink_mask(design(elements=elements), 640, 360, shared_ctx).any()


@pytest.mark.parametrize("text", ["", "W" * 10_000, "a " * 500, "\u202e\u0000\ud800!", "x"])
def test_strange_headlines_still_make_a_picture(text: str, shared_ctx: StageContext) -> None:
    for layout in ("split-start", "title-wide", "panel", "quote-card", "step-start"):
        elements = (Element(kind=Shown.HEADLINE, text=text), *EVERYTHING[2:3])
        assert paint_layers(design(layout=layout, elements=elements), 320, 180, shared_ctx).layers


def test_a_ring_shows_the_share_it_names(shared_ctx: StageContext) -> None:
    def filled(share: float) -> int:
        figure = Element(kind=Shown.FIGURE, text="%", share=share, appear=1.0)
        layers = paint_layers(design("minimal", "figure-ring", elements=(figure,)), 640, 360, shared_ctx).layers
        return int((layers[1].pixels[..., 3] > 128).sum())

    quarter, half = filled(0.25), filled(0.5)
    assert half == pytest.approx(2 * quarter, rel=0.12)


def test_cards_enter_when_their_words_are_said(ctx: StageContext) -> None:
    painted = paint_scene(design(layout="cards-row"), 640, 360, ctx)
    assert {1.0, 1.6, 2.2} <= {sprite.appear for sprite in painted.sprites}


def test_looks_differ_from_one_another(shared_ctx: StageContext) -> None:
    small = {
        look: cv2.resize(
            frame(paint_layers(design(look, scenery=_scenery(look, 0)), 320, 180, shared_ctx), 320, 180), (16, 9)
        ).astype(float)
        for look in LOOKS
    }
    names = list(small)
    apart = [np.abs(small[a] - small[b]).mean() for i, a in enumerate(names) for b in names[i + 1 :]]
    assert len(names) >= 10
    assert min(apart) > 6


def test_a_cancelled_job_stops_painting(ctx: StageContext) -> None:
    ctx.cancelled.set()
    with pytest.raises(StageCancelledError):
        paint_scene(design(), 320, 180, ctx)


def test_a_still_fills_the_frame_behind_readable_words(ctx: StageContext) -> None:
    for size in ((320, 180), (120, 400)):
        featured = picture_rig.photo(ctx, f"glass-{size[0]}.png", *size, grey=200)
        wanted = design(layout="featured-low", featured=featured)
        image = frame(paint_layers(wanted, 640, 360, ctx), 640, 360)
        assert image[180, 320].tolist() != [0, 0, 0]
        assert ink_mask(wanted, 640, 360, ctx).any()
        assert paint_scene(wanted, 640, 360, ctx).clip is None


def test_an_unreadable_still_falls_back_to_the_look(ctx: StageContext) -> None:
    featured = picture_rig.photo(ctx, "broken.png")
    ctx.store.path(featured.media).write_bytes(b"not a picture")
    painted = paint_layers(design(layout="featured-low", featured=featured), 320, 180, ctx)
    assert painted.background.std() > 1
