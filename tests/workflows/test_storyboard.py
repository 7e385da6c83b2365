"""Storyboards made into films over the contract, on the real engine, at the size of a thumbnail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from videogen_engine.store.records import Rendition

sys.path.insert(0, str(Path(__file__).parent))

from studio import SMALL, Studio, decoded, encoded, png

RUN = "storyboard-to-video"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("home"), {**SMALL, "VIDEOGEN_AGENTS_MAX_SCENES": "6"})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def maya(studio: Studio) -> str:
    """An actor whose picture is all yellow."""
    return studio.entity("ACTOR", "Maya", studio.upload(png((240, 220, 30), 60, 90), "maya.png"))


@pytest.fixture(scope="module")
def bottle(studio: Studio) -> str:
    """A product cut out: a pure red bar, and nothing around it."""
    layer = np.zeros((80, 60, 4), np.uint8)
    layer[10:70, 20:40] = (0, 0, 250, 255)
    return studio.entity("PRODUCT", "Aqua Bottle", studio.upload(encoded(layer), "bottle.png"))


def test_each_scene_is_one_section_as_long_as_it_is_asked_to_be_or_as_its_voice_needs(studio: Studio) -> None:
    long = "This is said in full, however short the clip was meant to be, and the scene waits for the last word."
    run, film = studio.film(
        RUN,
        autoExport=True,
        defaultDurationSeconds=2,
        scenes=[
            {"prompt": "Wide cinematic shot of a mountain lake", "title": "A new day"},
            {"prompt": "A rocket", "voiceoverScript": long, "durationSeconds": 1},
            {"prompt": "A red apple", "voiceoverScript": "Eat.", "durationSeconds": 4},
        ],
    )
    assert run["status"] == "succeeded", run
    assert film is not None
    assert [scene.plan.text for scene in film.scenes] == ["", long, "Eat."]
    assert film.script == f"{long}\n\nEat."
    assert [scene.frames for scene in film.scenes][::2] == [60, 120]
    assert film.scenes[1].speech is not None
    assert film.scenes[1].frames / 30 > film.scenes[1].speech.duration > 4
    assert film.scenes[0].plan.headline == film.title == "A new day"
    icons = [[element.icon for element in scene.picture.design.elements if element.icon] for scene in film.scenes]
    assert [names[0] for names in icons] == ["mountain", "rocket", "red-apple"]
    assert "Eat." in studio.export_file(run, Rendition.SRT).decode()
    assert not run["findings"]


def test_a_film_in_which_nobody_speaks_is_whole_and_without_a_fault(studio: Studio) -> None:
    run, film = studio.film(
        RUN,
        autoExport=True,
        scenes=[{"prompt": "A bicycle, a newspaper"}, {"prompt": 'A shop sign saying "Open late"'}],
    )
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.script == ""
    assert film.voice_id
    assert (run["findings"], run["warnings"]) == ([], [])
    assert [scene.frames for scene in film.scenes] == [105, 120]
    texts = [[element.text for element in scene.picture.design.elements if element.text] for scene in film.scenes]
    assert texts == [[], ["Open late"]]
    sheet = decoded(studio.export_file(run, Rendition.CONTACT_SHEET))
    assert sheet.std() > 10
    assert len(studio.export_file(run, Rendition.DOWNLOAD)) > 5_000


def test_mentions_are_read_as_names_and_show_who_and_what_they_name(studio: Studio, maya: str, bottle: str) -> None:
    ink = "@[entity:vg_enti_look_ink|VISUAL_STYLE|Ink]"
    run, film = studio.film(
        RUN,
        autoExport=True,
        scenes=[
            {
                "prompt": f"@[entity:{maya}|ACTOR|Maya] runs",
                "voiceoverScript": f"Meet @[entity:{maya}|ACTOR|Maya Lopez].",
            },
            {
                "prompt": f"@[entity:{bottle}|PRODUCT|Aqua] in the style of {ink}",
                "title": "New",
            },
            {"prompt": f"A park with @[entity:{bottle}|PRODUCT|]", "actorEntityIds": [maya], "title": "Both"},
        ],
    )
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.script == "Meet Maya Lopez."
    assert "@[" not in film.model_dump_json()
    assert [scene.picture.design.look == "ink" for scene in film.scenes] == [False, True, False]
    shown = [[inset.file.display_name for inset in scene.picture.design.insets if inset.file] for scene in film.scenes]
    assert shown == [["Maya"], ["Aqua Bottle"], ["Maya", "Aqua Bottle"]]
    sheet = decoded(studio.export_file(run, Rendition.CONTACT_SHEET)).astype(int)
    yellow = (sheet[..., 2] > 200) & (sheet[..., 1] > 180) & (sheet[..., 0] < 90)
    red = (sheet[..., 2] > 190) & (sheet[..., 1] < 60) & (sheet[..., 0] < 60)
    assert yellow.sum() > 500
    assert red.sum() > 200


def test_a_product_whose_picture_fills_the_frame_is_the_scenes_background(studio: Studio) -> None:
    wide = studio.entity("PRODUCT", "Sofa", studio.upload(png((10, 200, 90), 160, 90), "sofa.png"))
    _, film = studio.film(RUN, scenes=[{"prompt": "Our sofa", "title": "Sofa", "productEntityIds": [wide]}])
    assert film is not None
    design = film.scenes[0].picture.design
    assert design.featured is not None
    assert design.featured.display_name == "Sofa"
    assert design.insets == ()


def test_looks_are_chosen_by_scene_and_kept_by_later_edits(studio: Studio, bottle: str) -> None:
    style = studio.entity("VISUAL_STYLE", "House style", description="chalkboard")
    run, film = studio.film(
        RUN,
        defaultGeneration={"aiStyle": "watercolour"},
        aspectRatio={"width": 9, "height": 16},
        scenes=[
            {"prompt": "A tree"},
            {"prompt": "A tree", "generation": {"aiStyle": "neon"}},
            {"prompt": "A tree", "visualStyleEntityId": style, "productEntityIds": [bottle]},
        ],
        remixActions=[{"type": "RESIZE_PROJECT", "aspectRatio": {"width": 1, "height": 1}}],
    )
    assert run["status"] == "succeeded", run
    assert film is not None
    assert [scene.picture.design.look for scene in film.scenes] == ["watercolour", "neon", "chalkboard"]
    assert [scene.style is None for scene in film.scenes] == [True, False, False]
    assert film.scenes[2].picture.design.insets
    assert {scene.picture.design.ratio_width for scene in film.scenes} == {1}


def test_a_built_in_actor_is_shown_as_drawn(studio: Studio) -> None:
    bun = "@[entity:vg_enti_actor_bun|ACTOR|Ada]"
    run, film = studio.film(
        RUN, autoExport=True, scenes=[{"prompt": f"{bun} smiles", "voiceoverScript": f"Here is {bun}."}]
    )
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.script == "Here is Ada."
    assert [inset.drawn for inset in film.scenes[0].picture.design.insets] == ["bun"]
    assert run["degraded"] == []
    sheet = decoded(studio.export_file(run, Rendition.CONTACT_SHEET)).astype(int)
    grey_hair = np.abs(sheet - np.array([0xA8, 0xA6, 0xA9])).max(axis=2) < 12
    assert grey_hair.sum() > 200


def test_the_result_says_who_of_the_cast_is_not_to_be_seen(studio: Studio, maya: str) -> None:
    tom = studio.entity("ACTOR", "Tom")
    run, _ = studio.film(RUN, actorEntityIds=[tom, maya], scenes=[{"prompt": f"@[entity:{tom}|ACTOR|Tom] waves"}])
    assert run["degraded"] == [
        "The actor “Tom” has no reference image, so it is not shown; add one to the entity and start again."
    ]
    assert run["notes"] == ["“Maya” is registered, and shown in no scene."]


@pytest.mark.parametrize(
    ("scene", "status", "says"),
    [
        ({"prompt": "@[entity:vg_enti_none|ACTOR|X]"}, 404, "scenes[0].prompt"),
        ({"prompt": "x", "voiceoverScript": "@[entity:{maya}|PRODUCT|X]"}, 400, "scenes[0].voiceoverScript"),
        ({"prompt": "@[entity:vg_enti_look_ink|ACTOR|X]"}, 400, "VISUAL_STYLE, not ACTOR"),
        ({"prompt": "@[entity:{maya}]"}, 400, "@[entity:<id>|ACTOR|<name>]"),
        ({"prompt": "@[entity:{maya}|SLIDESHOW_THEME|X]"}, 400, "cannot be read"),
        ({"prompt": "x", "productEntityIds": ["{maya}"]}, 400, "scenes[0].productEntityIds[0]"),
        ({"prompt": "x", "visualStyleEntityId": "vg_enti_none"}, 404, "scenes[0].visualStyleEntityId"),
        ({"prompt": "…"}, 400, "scenes[0].prompt"),
        ({"prompt": "x", "voiceoverScript": "!!"}, 400, "scenes[0].voiceoverScript"),
        ({"prompt": "x", "title": "t" * 200}, 400, "scenes[0].title"),
        ({"prompt": "x", "durationSeconds": 21}, 400, "durationSeconds"),
    ],
)
def test_what_cannot_be_made_is_refused_at_the_start_with_its_field(
    studio: Studio, maya: str, scene: dict[str, object], status: int, says: str
) -> None:
    filled = {
        key: [part.replace("{maya}", maya) for part in value]
        if isinstance(value, list)
        else value.replace("{maya}", maya)
        if isinstance(value, str)
        else value
        for key, value in scene.items()
    }
    answered, error = studio.start(RUN, scenes=[filled])
    assert (answered, says in str(error)) == (status, True), error


def test_a_registered_entity_of_the_wrong_type_is_refused(studio: Studio, maya: str) -> None:
    status, error = studio.start(RUN, scenes=[{"prompt": "x"}], productEntityIds=[maya])
    assert (status, "productEntityIds[0]" in str(error)) == (400, True), error


def test_too_many_scenes_are_refused_and_a_quality_without_effect_is_named(studio: Studio) -> None:
    status, error = studio.start(RUN, scenes=[{"prompt": "x"}] * 7)
    assert (status, "at most 6" in str(error)) == (400, True), error
    studio.start(RUN, scenes=[{"prompt": "A tree"}], quality="MAX")
    assert studio.headers["videogen-ignored-fields"] == "quality"
