"""Notes that come with a start: what they ask for is in the film, and nothing of them is said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from studio import Studio, png

SCRIPT = "Most people drink too little water every day.\n\nSo take a large glass in the morning."
Fields = dict[str, object]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


def script(**fields: object) -> Fields:
    return {"script": SCRIPT, "visualStyle": {"type": "STOCK"}} | fields


def test_sentences_about_look_and_sound_are_done_and_the_others_are_named(studio: Studio) -> None:
    notes = "Audience: new hires. Make the captions yellow. Use watercolour style! Drop the first scene.\nAdd zoom"
    run, film = studio.film("script-to-video", **script(workflowAgentContext=notes))
    assert run["status"] == "succeeded", run
    assert "videogen-ignored-fields" not in studio.headers
    assert film is not None
    assert film.script == SCRIPT
    assert film.caption_style is not None
    assert film.caption_style.text_color is not None
    assert film.caption_style.text_color.blue < 100 < film.caption_style.text_color.red
    assert {scene.picture.design.look for scene in film.scenes} == {"watercolour"}
    assert film.zoom
    said = str(run["notes"])
    assert "“Audience: new hires.”" in said
    assert "“Drop the first scene.”" in said
    assert "zoom on every still" in said


def test_a_look_that_is_asked_for_stays_whatever_the_notes_say(studio: Studio) -> None:
    style = {"type": "AI_IMAGE", "aiStyle": "neon"}
    fields = script(visualStyle=style, workflowAgentContext="Use watercolour style.")
    run, film = studio.film("script-to-video", **fields)
    assert film is not None
    assert {scene.picture.design.look for scene in film.scenes} == {"neon"}
    assert "nothing was changed for" in str(run["notes"])


def test_a_storyboard_takes_notes_too(studio: Studio) -> None:
    scenes = [{"prompt": "A tree"}, {"prompt": "A river", "voiceoverScript": "Water."}]
    run, film = studio.film("storyboard-to-video", scenes=scenes, workflowAgentContext="Hide the captions.")
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.caption_style is None


def test_a_file_goes_where_words_or_directions_name_it(studio: Studio) -> None:
    river = studio.upload(png((20, 60, 200), 160, 90), "river at noon.png")
    ranges = [{"startSeconds": 4.5, "endSeconds": 6.0, "description": "the river"}]
    _, film = studio.film("script-to-video", **script(visualPacing="FAST", featuredBRollFileIds=[river], scenes=ranges))
    assert film is not None
    shown = [scene.picture.design.featured is not None for scene in film.scenes]
    assert shown == [False, True]
