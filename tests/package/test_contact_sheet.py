"""The sheet that shows a whole film at a glance."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from film_rig import PAINTERS, design, film, looks_like

from videogen_engine.package.contact_sheet import sheet_with
from videogen_engine.package.contact_sheet_model import MAX_BYTES, ContactSheet
from videogen_engine.stage import StageContext
from videogen_engine.visuals.model import PaintedScene, SceneDesign

COLOURS = ("#804020", "#208040", "#204080")


def pixels(sheet: ContactSheet, ctx: StageContext) -> np.ndarray:
    """As RGB."""
    return cv2.imread(str(ctx.store.path(sheet.media)))[..., ::-1]


@pytest.mark.parametrize("ratio", [(16, 9), (9, 16), (1, 1)])
def test_every_scene_is_there_in_order_once_all_of_it_has_appeared(ctx: StageContext, ratio: tuple[int, int]) -> None:
    late = [("#ffffff", 0.4)]
    timeline = film(ctx, [("one two three four", design(colour, late)) for colour in COLOURS], ratio=ratio)
    sheet = sheet_with(PAINTERS, timeline, ctx)
    picture = pixels(sheet, ctx)
    assert picture.shape[:2] == (sheet.height, sheet.width)
    third = sheet.width // 3
    for index, colour in enumerate(COLOURS):
        scene = picture[: sheet.height - 40, index * third : (index + 1) * third]
        assert looks_like(tuple(int(value) for value in np.median(scene.reshape(-1, 3), axis=0)), colour)
        assert np.mean(np.all(scene > 230, axis=-1)) > 0.01, "the square that appears late is seen"


def test_a_long_film_still_fits_the_limit_and_every_label_is_written(ctx: StageContext) -> None:
    noisy = [("word after word", design(f"#{(index * 77) % 256:02x}8040")) for index in range(70)]
    sheet = sheet_with(PAINTERS, film(ctx, noisy), ctx)
    assert sheet.media.size <= MAX_BYTES
    picture = pixels(sheet, ctx)
    assert picture[-36:-8].max() > 150, "the last row has its words"


def test_the_same_film_has_the_same_sheet_and_a_changed_word_another(ctx: StageContext) -> None:
    timeline = film(ctx, [("one two", design("#804020"))])
    first = sheet_with(PAINTERS, timeline, ctx)
    data = ctx.store.path(first.media).read_bytes()
    ctx.store.path(first.media).unlink()
    again = sheet_with(PAINTERS, timeline, ctx)
    assert again == first and ctx.store.path(again.media).read_bytes() == data
    other = sheet_with(PAINTERS, film(ctx, [("one three", design("#804020"))]), ctx)
    assert other.media.key != first.media.key


def test_only_the_scene_that_changed_is_painted_for_the_next_sheet(ctx: StageContext) -> None:
    painted: list[SceneDesign] = []

    def counted(wanted: SceneDesign, width: int, height: int, inside: StageContext) -> PaintedScene:
        painted.append(wanted)
        return PAINTERS.scene(wanted, width, height, inside)

    painters = replace(PAINTERS, scene=counted)
    scenes = [("one two", design(colour)) for colour in COLOURS]
    sheet_with(painters, film(ctx, scenes), ctx)
    painted.clear()
    scenes[1] = ("one two", design("#604060"))
    again = sheet_with(painters, film(ctx, scenes), ctx)
    assert painted == [scenes[1][1]]
    middle = pixels(again, ctx)[:-40, again.width // 3 : 2 * again.width // 3]
    assert looks_like(tuple(int(value) for value in np.median(middle.reshape(-1, 3), axis=0)), "#604060")
