"""Illustrations: what the prompt names is in the picture, in the colours, shape and style asked for."""

from __future__ import annotations

import io

import numpy as np
import pytest
from booth import Booth
from numpy.typing import NDArray
from PIL import Image

from videogen_agents.contract import FileType
from videogen_engine.illustration.reading import read_illustration

Picture = NDArray[np.uint8]


def picture(booth: Booth, **fields: object) -> Picture:
    made = booth.made("generate-image", **fields)
    data = booth.fetch(made.results[0].download_url)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize(
    ("prompt", "icons", "scenery"),
    [
        ("a red kite over dunes", ["kite"], "desert"),
        ("five penguins in the snow", ["penguin"], "snow"),
        ("a dog and a blue ball in a meadow", ["dog", "baseball"], "meadow"),
        ("a sailboat at sunset", ["sailboat"], "sea"),
    ],
)
def test_things_and_scenery_come_from_the_words(prompt: str, icons: list[str], scenery: str) -> None:
    reading = read_illustration(prompt, "", 0)
    assert [thing.icon for thing in reading.things] == icons and reading.scenery == scenery


def test_numbers_and_colours_belong_to_the_thing_that_they_stand_before() -> None:
    dog, ball = read_illustration("three dogs and a blue ball", "", 0).things
    assert (dog.number, dog.colour, ball.number, ball.colour) == (3, None, 1, "#2563eb")


def test_a_style_wins_over_the_topic_and_photographs_are_told_to_be_missing() -> None:
    assert read_illustration("a cat", "watercolour", 0).look == "watercolour"
    reading = read_illustration("a photorealistic cat", "", 0)
    assert any("image provider" in note for note in reading.notes)
    assert any("scenery" in note for note in read_illustration("xyzzy", "", 0).notes)


def test_shape_and_result_are_as_asked_and_the_colour_is_seen(booth: Booth) -> None:
    green = picture(booth, prompt="a green apple, minimal style", aspectRatio={"width": 1, "height": 1})
    red = picture(booth, prompt="a red apple, minimal style", aspectRatio={"width": 1, "height": 1})
    assert green.shape == red.shape == (144, 144, 3)
    middle = (slice(36, 136), slice(36, 108))
    tilt = [float(one[middle][..., 0].mean()) - float(one[middle][..., 1].mean()) for one in (green, red)]
    assert tilt[1] > tilt[0] + 15


def test_results_differ_visibly_and_say_what_they_are(booth: Booth) -> None:
    made = booth.made("generate-image", prompt="a dog in a park", numResults=3)
    pictures: list[Picture] = []
    for result in made.results:
        assert result.type is FileType.IMAGE and result.file.download_source is not None
        assert (result.file.download_source.width, result.file.download_source.height) == (256, 144)
        with Image.open(io.BytesIO(booth.fetch(result.download_url))) as image:
            pictures.append(np.asarray(image.convert("RGB")).astype(np.uint8))
        booth.fetch(result.thumbnail_url)
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert np.abs(pictures[one].astype(int) - pictures[other]).mean() > 12
    told = booth.told(made.tool_execution_id)
    assert "not made by an image model" in told["degraded"][0]


def test_the_users_picture_stands_in_it(booth: Booth) -> None:
    solid = io.BytesIO()
    Image.new("RGB", (200, 200), (255, 0, 255)).save(solid, "PNG")
    file_id = booth.upload(solid.getvalue(), "product.png")
    shown = picture(booth, prompt="a desk in an office", imageFileIds=[file_id]).astype(int)
    pink = (shown[..., 0] > 200) & (shown[..., 1] < 80) & (shown[..., 2] > 200)
    assert 0.05 < pink.mean() < 0.5


def test_bad_requests_are_refused_at_once(booth: Booth) -> None:
    def refused(**fields: object) -> int:
        return booth.ask("POST", "/v1/tools/generate-image", {"prompt": "a cat"} | fields).status_code

    assert refused(prompt=" ") == 400
    assert refused(imageFileIds=["vg_file_none"]) == 404
    assert refused(entityIds=["vg_enti_none"]) == 404
    assert refused(aspectRatio={"width": 9, "height": 1}) == 400
    assert refused(watermarkMode="VIDEO_GEN") == 501
