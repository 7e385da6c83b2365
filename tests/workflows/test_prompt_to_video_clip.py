"""Short clips from a prompt over the contract, on the real engine, at the size of a thumbnail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from videogen_engine.clips.shots import music_in, shots_of
from videogen_engine.store.records import Rendition

sys.path.insert(0, str(Path(__file__).parent))

import camera
from studio import Studio, png

CLIP = "prompt-to-video-clip"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


def test_a_clip_lasts_as_asked_and_moves_without_words_or_sound(studio: Studio) -> None:
    prompt = "A red fox in a snowy forest. Then a rocket starts into the night sky."
    run, film = studio.film(CLIP, prompt=prompt, durationSeconds=5, autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert (film.frames, len(film.scenes)) == (150, 2)
    assert film.caption_style is None
    assert not any(element.text for scene in film.scenes for element in scene.picture.design.elements)
    icons = [element.icon for scene in film.scenes for element in scene.picture.design.elements]
    assert any("fox" in str(icon) for icon in icons)
    assert any("rocket" in str(icon) for icon in icons)
    data = studio.export_file(run, Rendition.DOWNLOAD)
    frames = camera.frames_of(data)
    assert len(frames) == 150
    # The camera is still on its way when everything has appeared.
    assert np.abs(frames[40].astype(np.int16) - frames[58]).mean() > 0.3
    assert np.abs(camera.sound_of(data)).max() < 1e-4
    assert "neither filmed nor made by a video model" in str(run["degraded"])
    assert "GENERATE_MUSIC" in str(run["notes"])
    assert not run["findings"]


def test_an_image_opens_the_clip_and_music_is_composed_when_the_prompt_asks(studio: Studio) -> None:
    picture = studio.upload(png((220, 40, 40), 160, 90), "door.png")
    run, film = studio.film(
        CLIP,
        prompt="A house by the sea, with calm piano music",
        durationSeconds=4,
        imageFileIds=[picture],
        aspectRatio={"width": 9, "height": 16},
        quality="MAX",
    )
    assert run["status"] == "succeeded", run
    assert film is not None
    featured = film.scenes[0].picture.design.featured
    assert featured is not None
    assert featured.file_id == picture
    assert film.music is not None
    assert (film.ratio_width, film.ratio_height) == (9, 16)


def test_letters_are_shown_only_when_the_prompt_asks_for_them(studio: Studio) -> None:
    _, film = studio.film(CLIP, prompt="A birthday cake with the words “Happy Birthday”", durationSeconds=3)
    assert film is not None
    texts = [element.text for scene in film.scenes for element in scene.picture.design.elements if element.text]
    assert texts == ["Happy Birthday"]


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"prompt": " ... "}, 400, "prompt is empty"),
        ({"prompt": "x" * 5000}, 400, "5000 characters"),
        ({"durationSeconds": 31}, 400, "durationSeconds"),
        ({"imageFileIds": ["vg_file_none"]}, 404, "vg_file_none"),
        ({"imageFileIds": ["a", "b", "c", "d", "e"]}, 400, "imageFileIds"),
    ],
)
def test_what_cannot_be_made_is_refused_at_the_start(
    studio: Studio, fields: dict[str, object], status: int, says: str
) -> None:
    answered, error = studio.start(CLIP, **({"prompt": "a fox"} | fields))
    assert (answered, says in str(error)) == (status, True), error


def test_only_images_open_a_clip(studio: Studio) -> None:
    status, error = studio.start(CLIP, prompt="a fox", imageFileIds=[studio.upload(b"Words.", "a.txt")])
    assert (status, "not an image" in str(error)) == (400, True)


def test_shots_share_the_time_and_the_camera_does_as_told() -> None:
    shots = shots_of("A lake at dawn, the camera pans left. Then pull back from a cabin.", 7)
    assert [shot.frames for shot in shots] == [105, 105]
    assert [shot.move for shot in shots] == ["left", "out"]
    assert [shot.again for shot in shots_of("A lake", 14)] == [0, 1, 2]
    assert len(shots_of("One. Two. Three. Four. Five.", 5)) == 2
    assert sum(shot.frames for shot in shots_of("a. b. c.", 10)) == 300
    assert len(shots_of("", 1)) == 1
    assert [shot.prompt for shot in shots_of("A boat. Calm background music.", 4)] == ["A boat"]


def test_music_is_found_where_it_is_asked_for() -> None:
    assert music_in("A boat, with soft piano music.") == "with soft piano music"
    assert music_in("A boat. No music please.") is None
    assert music_in("A silent boat with music") is None
    assert music_in("A boat") is None
