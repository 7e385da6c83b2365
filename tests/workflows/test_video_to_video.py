"""Videos restyled over the contract, on the real engine, at the size of a thumbnail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from videogen_engine.store.records import Rendition

sys.path.insert(0, str(Path(__file__).parent))

import camera
from studio import Studio

RESTYLE = "video-to-video"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def phone(studio: Studio) -> str:
    """A video of two shots, filmed upright with a sensor that lies sideways."""
    return studio.upload(camera.video(size=(108, 192), rotation=90), "My_walk.mp4")


def test_a_phone_s_video_keeps_shape_length_cuts_and_sound(studio: Studio, phone: str) -> None:
    run, film = studio.film(RESTYLE, videoFileId=phone, prompt="black and white, strong", autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.title == "My walk"
    assert (film.ratio_width, film.ratio_height) == (9, 16)
    assert [scene.frames for scene in film.scenes] == [36, 36]
    exported = studio.export_file(run, Rendition.DOWNLOAD)
    frames = camera.frames_of(exported)
    assert len(frames) == 72
    assert frames[0].shape[0] > frames[0].shape[1]
    # The ball is above the hill, as it was filmed, and nothing has colour any more.
    seen = frames[20].astype(np.int16)
    height, width = seen.shape[:2]
    assert np.ptp(seen, axis=2).mean() < 4
    assert seen[round(height * 0.35), round(width * 0.3)].mean() > seen[-8, width // 3].mean() + 40
    left, right = camera.sound_of(exported)
    assert np.abs(np.fft.rfft(left[: camera.RATE])).argmax() == 330
    assert np.abs(np.fft.rfft(right[: camera.RATE])).argmax() == 440
    assert "by filters on every frame" in str(run["degraded"])
    assert "sound: your video’s own" in str(run)
    assert "pictures: your file “My walk”" in str(run) and "illustrator" not in str(run)
    assert not run["findings"]


def test_edits_of_a_restyled_video_apply_or_change_nothing(studio: Studio, phone: str) -> None:
    actions = [
        {"type": "ENABLE_CAPTIONS"},
        {"type": "CLEAN_UP_TRANSCRIPT"},
        {"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_flite_rms"},
        {"type": "ADD_TRANSITIONS", "assetTransition": "FADE"},
        {"type": "SHUFFLE_STOCK_VISUALS"},
        {"type": "REGENERATE_IMAGES", "stylePrompt": "paper"},
        {"type": "CONVERT_IMAGES_TO_VIDEOS"},
        {"type": "UPSCALE_ASSETS"},
        {"type": "ADD_ZOOM"},
        {"type": "RESIZE_PROJECT", "aspectRatio": {"width": 1, "height": 1}},
        {"type": "GENERATE_MUSIC", "prompt": "calm piano"},
        {"type": "EDIT_WITH_AGENT", "prompt": "drop the first scene"},
    ]
    run, film = studio.film(RESTYLE, videoFileId=phone, prompt="pencil sketch", remixActions=actions, autoExport=True)
    assert run["status"] == "succeeded", (run["error"], run["degraded"])
    assert "failed" not in str(run["degraded"])
    assert film is not None
    assert len(film.scenes) == 1
    assert film.music is not None
    assert (film.ratio_width, film.ratio_height) == (1, 1)
    assert len(camera.frames_of(studio.export_file(run, Rendition.DOWNLOAD))) == 36


def test_composed_music_replaces_the_sound_when_asked(studio: Studio, phone: str) -> None:
    run, film = studio.film(RESTYLE, videoFileId=phone, prompt="noir", audio="GENERATE")
    assert film is not None
    assert film.music is not None
    assert all(scene.sound is None for scene in film.scenes)
    assert "no sounds of the scene were made" in str(run["notes"])


def test_a_silent_video_at_film_speed_stays_so(studio: Studio) -> None:
    file = studio.upload(camera.video(shots=1, rate=24, sound=False), "silent.mp4")
    run, film = studio.film(RESTYLE, videoFileId=file, prompt="warm but no grain, like a kite", autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert (film.frames_per_second, film.frames) == (24, 29)
    assert film.scenes[0].sound is None
    assert "“kite”" in str(run["notes"])


def test_a_given_shape_is_cut_to(studio: Studio, phone: str) -> None:
    _, film = studio.film(RESTYLE, videoFileId=phone, prompt="sepia", aspectRatio={"width": 4, "height": 5})
    assert film is not None
    assert (film.ratio_width, film.ratio_height) == (4, 5)


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"prompt": "make it feel expensive"}, 400, "cartoon, comic, anime"),
        ({"prompt": "no cartoon please"}, 400, "VIDEOGEN_API_KEY"),
        ({"prompt": "x " * 2500}, 400, "prompt has"),
        ({"videoFileId": "vg_file_none"}, 404, "vg_file_none"),
        ({"videoFileId": None}, 400, "videoFileId or videoUrl"),
        ({"videoFileId": None, "videoUrl": "http://127.0.0.1/a.mp4"}, 400, "address is private"),
        ({"aspectRatio": {"width": 9, "height": 1}}, 400, "elongated"),
    ],
)
def test_what_cannot_be_restyled_is_refused_at_the_start(
    studio: Studio, phone: str, fields: dict[str, object], status: int, says: str
) -> None:
    answered, error = studio.start(RESTYLE, **({"videoFileId": phone, "prompt": "cartoon"} | fields))
    assert (answered, says in str(error)) == (status, True), error


def test_only_videos_of_two_minutes_are_taken(studio: Studio) -> None:
    status, error = studio.start(RESTYLE, videoFileId=studio.upload(b"Just words.", "a.txt"), prompt="cartoon")
    assert (status, "not VIDEO" in str(error)) == (400, True)
    long = studio.upload(camera.video(shots=1, seconds=122, size=(32, 18), rate=2, sound=False), "long.mp4")
    status, error = studio.start(RESTYLE, videoFileId=long, prompt="cartoon")
    assert (status, "at most 120 s" in str(error)) == (400, True), error
