"""Edits that have pictures made again: another shape, another style, another arrangement."""

from __future__ import annotations

import pytest

from videogen_agents.contract import (
    AspectRatio,
    RegenerateImagesAction,
    ResizeProjectAction,
    ShuffleStockVisualsAction,
    TranslateProjectAction,
)
from videogen_agents.errors import InputError, UnavailableError
from videogen_engine.remix.pictures import redesign, redesigned
from videogen_engine.remix.resize import RESIZE_PROJECT
from videogen_engine.remix.restyle import REGENERATE_IMAGES
from videogen_engine.remix.shuffle import SHUFFLE_STOCK_VISUALS
from videogen_engine.remix.translate import TRANSLATE_PROJECT
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import FeaturedFile, StyleRequest

from .conftest import Bench, made

CLIP = FeaturedFile(
    file_id="f2", media=MediaRef(key="c", media_type="video/mp4", size=9), display_name="tea.mp4", duration=4.0
)
TALL = ResizeProjectAction(aspect_ratio=AspectRatio(width=9, height=16))


async def test_a_film_made_again_from_its_document_is_the_same_film(bench: Bench) -> None:
    film = made("Tea is calming. Coffee wakes you. Water does both. Drink more.", bench, featured=(CLIP,))
    assert redesigned(film, await redesign(film, film, bench)) == film


async def test_a_resized_film_is_laid_out_anew_with_the_same_words_and_times(bench: Bench, film: Timeline) -> None:
    tall = (await RESIZE_PROJECT.run(film, TALL, bench)).timeline
    assert (tall.ratio_width, tall.ratio_height) == (9, 16)
    for old, new in zip(film.scenes, tall.scenes, strict=True):
        assert (new.picture.design.ratio_width, new.picture.design.ratio_height) == (9, 16)
        assert (new.speech, new.frames, new.plan, new.motion) == (old.speech, old.frames, old.plan, old.motion)
    back = ResizeProjectAction(aspect_ratio=AspectRatio(width=16, height=9))
    assert (await RESIZE_PROJECT.run(tall, back, bench)).timeline == film


async def test_resizing_to_the_same_shape_changes_nothing(bench: Bench, film: Timeline) -> None:
    edited = await RESIZE_PROJECT.run(film, ResizeProjectAction(aspect_ratio=AspectRatio(width=16, height=9)), bench)
    assert edited.timeline == film
    assert bench.asked == []


async def test_a_picture_of_the_users_own_is_only_laid_out_for_the_new_shape(bench: Bench, film: Timeline) -> None:
    own = film.model_copy(
        update={"scenes": tuple(scene.model_copy(update={"own_picture": True}) for scene in film.scenes)}
    )
    tall = (await RESIZE_PROJECT.run(own, TALL, bench)).timeline
    for old, new in zip(own.scenes, tall.scenes, strict=True):
        ratio = {"ratio_width": 9, "ratio_height": 16}
        assert new.picture.design == old.picture.design.model_copy(update=ratio)


async def test_new_pictures_follow_the_words_of_the_style(bench: Bench, film: Timeline) -> None:
    edited = (await REGENERATE_IMAGES.run(film, RegenerateImagesAction(style_prompt=" watercolour "), bench)).timeline
    assert {scene.picture.design.look for scene in edited.scenes} == {"watercolour"}
    assert edited.style.ai_style == "watercolour"
    assert [scene.speech for scene in edited.scenes] == [scene.speech for scene in film.scenes]
    assert [scene.frames for scene in edited.scenes] == [scene.frames for scene in film.scenes]
    again = await REGENERATE_IMAGES.run(edited, RegenerateImagesAction(style_prompt="watercolour"), bench)
    assert again.timeline == edited


async def test_a_style_that_cannot_be_drawn_is_said_to_be_degraded(bench: Bench, film: Timeline) -> None:
    edited = await REGENERATE_IMAGES.run(film, RegenerateImagesAction(style_prompt="photorealistic, 35mm"), bench)
    assert edited.degraded
    assert set(edited.degraded) <= set(edited.timeline.warnings)
    plain = await REGENERATE_IMAGES.run(edited.timeline, RegenerateImagesAction(style_prompt="watercolour"), bench)
    assert plain.timeline.warnings == film.warnings


def test_a_style_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="stylePrompt"):
        REGENERATE_IMAGES.check(RegenerateImagesAction(style_prompt="  "))


async def test_a_style_of_one_scene_leaves_the_others_as_they_are(bench: Bench, film: Timeline) -> None:
    style = StyleRequest.model_validate({"kind": "AI_IMAGE", "ai_style": "watercolour"})
    scenes = list(film.scenes)
    scenes[1] = scenes[1].model_copy(update={"style": style})
    wanted = film.model_copy(update={"scenes": tuple(scenes)})
    edited = redesigned(wanted, await redesign(film, wanted, bench))
    assert edited.scenes[1].picture.design.look == "watercolour"
    assert [scene.picture for number, scene in enumerate(edited.scenes) if number != 1] == [
        scene.picture for number, scene in enumerate(film.scenes) if number != 1
    ]


async def test_a_shuffled_film_is_arranged_otherwise_and_shuffled_alike_every_time(
    bench: Bench, film: Timeline
) -> None:
    action = ShuffleStockVisualsAction()
    once = (await SHUFFLE_STOCK_VISUALS.run(film, action, bench)).timeline
    assert once == (await SHUFFLE_STOCK_VISUALS.run(film, action, bench)).timeline
    for old, new in zip(film.scenes, once.scenes, strict=True):
        was, now = old.picture.design, new.picture.design
        # A look may have one layout for a kind of scene; its scenery is another one then.
        assert (now.layout, now.scenery) != (was.layout, was.scenery)
        assert now.seed != was.seed
        assert (new.speech, new.frames) == (old.speech, old.frames)
    assert (await SHUFFLE_STOCK_VISUALS.run(once, action, bench)).timeline != once


async def test_a_film_without_stock_pictures_is_not_shuffled(bench: Bench, film: Timeline) -> None:
    styled = (await REGENERATE_IMAGES.run(film, RegenerateImagesAction(style_prompt="watercolour"), bench)).timeline
    edited = await SHUFFLE_STOCK_VISUALS.run(styled, ShuffleStockVisualsAction(), bench)
    assert edited.timeline == styled
    assert "nothing to shuffle" in edited.notes[0]


async def test_translation_names_what_it_needs(bench: Bench, film: Timeline) -> None:
    with pytest.raises(UnavailableError) as caught:
        await TRANSLATE_PROJECT.run(film, TranslateProjectAction(language_code="de"), bench)
    assert "VIDEOGEN_AGENTS_LLM_BASE_URL" in (caught.value.next_step or "")
