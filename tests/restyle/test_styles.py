"""What prompts ask for, and what the filters make of frames."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from videogen_agents.errors import InputError, LimitError
from videogen_engine.restyle.canvas import Canvas
from videogen_engine.restyle.catalogue import STYLES, style_table
from videogen_engine.restyle.filters import MAKERS, brush_of
from videogen_engine.restyle.model import RestyleRequest, StyledVideo, Treatment
from videogen_engine.restyle.stage import calmed, restyle
from videogen_engine.restyle.words import read_prompt
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

sys.path.insert(0, str(Path(__file__).parents[1] / "workflows"))

import camera

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("Make it a subtle watercolor with warm tones", "subtle watercolour, warm"),
        ("turn this into a comic book", "comic"),
        ("strong film noir, no grain, with a vignette", "strong noir, vignette"),
        ("8-bit pixel art", "pixel art"),
        ("teal and orange with a bit of film grain", "cinematic, subtle film grain"),
        ("Hand-drawn pencil sketch", "pencil sketch"),
        ("VHS tape from the 80s", "vhs"),
        ("cel-shaded anime", "cartoon, anime"),
        ("very dreamy pastel colours", "pastel, strong dream"),
    ],
)
def test_a_prompt_is_read_for_styles_and_their_strength(prompt: str, told: str) -> None:
    assert read_prompt(prompt).told == told


@pytest.mark.parametrize("name", sorted(STYLES))
def test_every_phrase_of_the_table_asks_for_its_style(name: str) -> None:
    for phrase in STYLES[name].words:
        assert read_prompt(f"make it {phrase} please").treatments[0].style == name


@pytest.mark.parametrize("prompt", ["", "look cool", "without cartoon", "add a dragon", "ein Hund"])
def test_a_prompt_without_a_style_is_told_which_there_are(prompt: str) -> None:
    with pytest.raises(InputError) as raised:
        read_prompt(prompt)
    assert "vintage film" in raised.value.message
    assert "VIDEOGEN_API_KEY" in str(raised.value.next_step)


def test_words_that_change_nothing_and_styles_too_many_are_told() -> None:
    read = read_prompt("neon rainy streets")
    assert read.in_vain == ("rainy", "streets")
    many = read_prompt("cartoon, warm, vhs, vignette, dream, sepia, film grain")
    assert (len(many.treatments), many.left_out) == (5, ("sepia", "film grain"))


def test_the_table_in_the_docs_is_the_catalogue() -> None:
    """After a change to the catalogue, put what ``style_table()`` gives into the page."""
    assert style_table() in (ROOT / "docs" / "clips-and-restyling.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(MAKERS))
def test_every_style_changes_the_frame_the_same_way_each_time(name: str) -> None:
    frame = camera.scenery(0, 0.4, 160, 90)
    canvas = Canvas(160, 90, frame.reshape(-1, 3))
    before = frame.copy()
    one = brush_of([Treatment(style=name)], canvas)(frame, 3)
    two = brush_of([Treatment(style=name)], canvas)(frame, 3)
    assert np.array_equal(one, two)
    assert np.array_equal(frame, before)
    assert (one.shape, one.dtype) == (frame.shape, np.uint8)
    change = float(np.abs(one.astype(np.int16) - frame).mean())
    assert change > 1.0
    subtle = brush_of([Treatment(style=name, strength=0.55)], canvas)(frame, 3)
    assert float(np.abs(subtle.astype(np.int16) - frame).mean()) < change
    # Something of the picture is still there.
    assert one.std() > 8


def test_the_catalogue_and_the_filters_are_the_same_styles() -> None:
    assert set(MAKERS) == set(STYLES)


@pytest.mark.parametrize("name", ["cartoon", "pencil sketch", "poster", "pixel art", "ink drawing", "oil painting"])
def test_drawn_styles_do_not_flicker_with_the_noise_of_a_camera(name: str) -> None:
    random = np.random.default_rng(1)
    clean = camera.scenery(0, 0.4, 240, 136)
    noisy = [np.clip(clean + random.normal(0, 3, clean.shape), 0, 255).astype(np.uint8) for _ in range(6)]
    brush = brush_of([Treatment(style=name)], Canvas(240, 136, clean.reshape(-1, 3)))
    drawn = [brush(frame, number) for number, frame in enumerate(calmed(iter(noisy), frozenset()))]
    flicker = np.abs(drawn[5].astype(np.int16) - drawn[4]).mean()
    assert flicker < np.abs(noisy[5].astype(np.int16) - noisy[4]).mean()


def room(folder: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def restyled(ctx: StageContext, data: bytes, **fields: object) -> StyledVideo:
    path = ctx.temporary(".mp4")
    path.write_bytes(data)
    media = ctx.store.publish("upload/a.mp4", path, "video/mp4")
    styles = (Treatment(style="oil painting"), Treatment(style="film grain", strength=0.55))
    return restyle(RestyleRequest.model_validate({"media": media, "treatments": styles, "lines": 90} | fields), ctx)


def test_equal_videos_give_equal_bytes(tmp_path: Path) -> None:
    data = camera.video(shots=2, seconds=1.0)
    one, two = room(tmp_path / "one"), room(tmp_path / "two")
    first, second = restyled(one, data), restyled(two, data)
    assert first == second
    assert len(first.shots) == 2
    for shot in first.shots:
        assert one.store.path(shot.media).read_bytes() == two.store.path(shot.media).read_bytes()


@pytest.mark.parametrize(("rate", "becomes"), [(24, 24), (25, 25), (50, 25), (60, 30), (12, 30)])
def test_length_stays_at_every_frame_rate(tmp_path: Path, rate: int, becomes: int) -> None:
    video = camera.video(shots=1, seconds=1.0, rate=rate, size=(64, 36), sound=False)
    made = restyled(room(tmp_path), video, treatments=(Treatment(style="warm"),))
    assert (made.frames_per_second, made.seconds) == (becomes, 1.0)


def test_a_broken_or_too_long_video_is_refused(tmp_path: Path) -> None:
    data = camera.video(shots=1, seconds=1.0, size=(64, 36), sound=False)
    with pytest.raises(LimitError, match="at most 0 s"):
        restyled(room(tmp_path / "long"), data, max_seconds=0.2)
    with pytest.raises(InputError, match="cannot be decoded"):
        restyled(room(tmp_path / "cut"), data[: len(data) // 3])
    with pytest.raises(InputError, match="cannot be decoded"):
        restyled(room(tmp_path / "text"), b"Just words.")
