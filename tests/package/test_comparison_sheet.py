"""The sheet that shows what an edit did."""

from __future__ import annotations

import cv2
import numpy as np
from film_rig import PAINTERS, design, film, looks_like

from videogen_engine.package.comparison_sheet import comparison_with
from videogen_engine.package.contact_sheet_model import MAX_BYTES, ComparisonRequest
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Timeline

RED, GREEN, BLUE = "#804020", "#208040", "#204080"


def made(ctx: StageContext, *colours: str) -> Timeline:
    return film(ctx, [("one two three four", design(colour)) for colour in colours])


def halves(ctx: StageContext, before: Timeline, after: Timeline) -> tuple[np.ndarray, np.ndarray] | None:
    """The sheet of one pair as RGB, its left and its right."""
    sheet = comparison_with(PAINTERS, ComparisonRequest(before=before, after=after), ctx).sheet
    if sheet is None:
        return None
    assert sheet.media.size <= MAX_BYTES
    picture = cv2.imread(str(ctx.store.path(sheet.media)))[..., ::-1]
    assert picture.shape[:2] == (sheet.height, sheet.width)
    return picture[: sheet.height - 40, : sheet.width // 2], picture[: sheet.height - 40, sheet.width // 2 :]


def median(picture: np.ndarray) -> tuple[int, ...]:
    return tuple(int(value) for value in np.median(picture.reshape(-1, 3), axis=0))


def test_a_scene_that_looks_different_is_shown_before_and_after_and_no_other(ctx: StageContext) -> None:
    found = halves(ctx, made(ctx, RED, GREEN), made(ctx, RED, BLUE))
    assert found is not None
    assert looks_like(median(found[0]), GREEN) and looks_like(median(found[1]), BLUE)


def test_a_film_that_looks_as_before_has_no_sheet(ctx: StageContext) -> None:
    timeline = made(ctx, RED, GREEN)
    quieter = timeline.model_copy(update={"warnings": ("The music is quieter.",)})
    assert halves(ctx, timeline, quieter) is None


def test_a_scene_that_is_gone_leaves_its_place_empty_and_a_new_one_has_none_before(ctx: StageContext) -> None:
    longer, shorter = made(ctx, RED, GREEN), made(ctx, RED)
    gone = halves(ctx, longer, shorter)
    new = halves(ctx, shorter, longer)
    assert gone is not None and new is not None
    assert looks_like(median(gone[0]), GREEN) and max(median(gone[1])) < 40
    assert max(median(new[0])) < 40 and looks_like(median(new[1]), GREEN)


def test_of_many_changed_scenes_some_from_all_over_the_film_are_shown(ctx: StageContext) -> None:
    before = film(ctx, [("word", design(f"#{index * 8:02x}4040")) for index in range(30)])
    after = film(ctx, [("word", design(f"#{index * 8:02x}8080")) for index in range(30)])
    sheet = comparison_with(PAINTERS, ComparisonRequest(before=before, after=after), ctx).sheet
    assert sheet is not None and sheet.media.size <= MAX_BYTES
    assert sheet.height < 1000
    picture = cv2.imread(str(ctx.store.path(sheet.media)))[..., ::-1]
    first, last = picture[20:60, 20:60], picture[-120:-80, -60:-30]
    assert median(first)[0] < 30 and median(last)[0] > 200


def test_the_same_edit_has_the_same_sheet_even_when_that_was_deleted(ctx: StageContext) -> None:
    request = ComparisonRequest(before=made(ctx, RED), after=made(ctx, BLUE))
    first = comparison_with(PAINTERS, request, ctx).sheet
    assert first is not None
    data = ctx.store.path(first.media).read_bytes()
    ctx.store.path(first.media).unlink()
    again = comparison_with(PAINTERS, request, ctx).sheet
    assert again == first and ctx.store.path(first.media).read_bytes() == data
