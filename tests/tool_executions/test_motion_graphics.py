"""Motion graphics: what the prompt names moves, is see-through where nothing is, and ends where it should."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from booth import Booth
from numpy.typing import NDArray
from PIL import Image

from videogen_engine.motion.reading import read_graphic

Frames = NDArray[np.uint8]


def frames(data: bytes) -> Frames:
    """``[n, height, width, 4]``, RGBA."""
    with av.open(io.BytesIO(data)) as container:
        stream = container.streams.video[0]
        if stream.codec_context.name != "vp9":
            return np.stack([frame.to_ndarray(format="rgba") for frame in container.decode(stream)])
        # FFmpeg's own VP9 decoder leaves the alpha plane out.
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        shown = [frame for packet in container.demux(stream) for frame in decoder.decode(packet)]
        return np.stack([frame.to_ndarray(format="rgba") for frame in shown])


@pytest.mark.parametrize(
    ("prompt", "kind", "texts", "values"),
    [
        ('Title card "The Future" with subtitle "A story"', "title card", ("The Future", "A story"), ()),
        ("Lower third for Ada Byron, Chief Engineer", "lower third", ("Ada Byron", "Chief Engineer"), ()),
        ("Counter from 0 to 1,250,000 users", "counter", (), (1_250_000,)),
        ("Bar chart of revenue: Q1 10, Q2 25, Q3 40", "bar chart", ("Revenue",), (10, 25, 40)),
        ("Line chart of visitors: 2021 120k, 2022 180k", "line chart", ("Visitors",), (120_000, 180_000)),
        ("Pie chart: Rent 45%, Food 30%, Travel 25%", "pie chart", (), (45, 30, 25)),
        ("Checklist: Plan, Pack, Go", "list", ("", "Plan", "Pack", "Go"), ()),
        ('Quote “Less is more.” "Mies"', "quote", ("Less is more.", "Mies"), ()),
        ('An arrow that says "Click here"', "callout", ("Click here",), ()),
        ("3 second countdown", "countdown", None, (3,)),
        ('Logo reveal "Acme"', "logo reveal", ("Acme",), ()),
        ("Progress bar to 75%", "progress bar", None, (75,)),
        ("A bar chart that grows", "bar chart", (), None),
    ],
)
def test_kind_words_and_figures_are_read_from_the_prompt(
    prompt: str, kind: str, texts: tuple[str, ...] | None, values: tuple[float, ...] | None
) -> None:
    graphic = read_graphic(prompt)
    assert graphic.kind == kind
    assert texts is None or graphic.texts == texts
    if values is None:
        assert any("names no figures" in note for note in graphic.notes)
    else:
        assert tuple(one.value for one in graphic.data) == values


def test_a_lower_third_is_see_through_comes_in_and_goes_out(booth: Booth) -> None:
    made = booth.made("generate-motion-graphic", prompt="Lower third for Ada Byron, engineer", durationSeconds=2)
    (result,) = made.results
    assert result.file.download_source is not None
    assert result.file.duration_seconds == pytest.approx(2)
    shown = frames(booth.fetch(result.download_url))
    assert shown.shape == (60, 144, 256, 4)
    alpha = shown[..., 3].astype(int)
    assert alpha[0].max() < 40 and alpha[-1].max() < 40
    middle = alpha[36]
    assert middle[100:, :110].max() > 220 and middle[:80].max() < 20
    booth.fetch(result.thumbnail_url)


def test_bars_grow_to_their_figures_on_a_ground_when_asked(booth: Booth) -> None:
    fields = {"prompt": "Bar chart: One 10, Two 40", "transparentBackground": False, "durationSeconds": 3}
    made = booth.made("generate-motion-graphic", **fields)
    data = booth.fetch(made.results[0].download_url)
    assert data[4:8] == b"ftyp"
    shown = frames(data)
    assert len(shown) == 90 and int(shown[..., 3].min()) == 255
    changed = (np.abs(shown[85].astype(int) - shown[12]).max(axis=2) > 60).sum(axis=0)
    left, right = changed[60:128].max(), changed[128:200].max()
    assert right > 2 * left > 0


def test_the_users_logo_is_revealed(booth: Booth) -> None:
    solid = io.BytesIO()
    Image.new("RGB", (120, 120), (255, 0, 255)).save(solid, "PNG")
    logo = booth.upload(solid.getvalue(), "logo.png")
    made = booth.made("generate-motion-graphic", prompt="Logo reveal", fileIds=[logo], durationSeconds=2)
    shown = frames(booth.fetch(made.results[0].download_url)).astype(int)
    pink = (shown[..., 0] > 180) & (shown[..., 1] < 110) & (shown[..., 2] > 180) & (shown[..., 3] > 200)
    assert pink[0].mean() == 0 and pink[40].mean() > 0.05


def test_bad_requests_are_refused_at_once(booth: Booth) -> None:
    def refused(**fields: object) -> int:
        return booth.ask("POST", "/v1/tools/generate-motion-graphic", {"prompt": "Title"} | fields).status_code

    assert refused(prompt="") == 400
    assert refused(durationSeconds=301) == 400
    assert refused(durationSeconds=300, numResults=4) == 400
    assert refused(fileIds=["vg_file_none"]) == 404
    assert refused(entityIds=["vg_enti_none"]) == 404
