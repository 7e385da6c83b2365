"""The film is one: it decodes, is as long as its narration, and its captions light up with the words."""

from __future__ import annotations

import io
from typing import Any

import av
import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from videogen import VideoGen

from videogen_agents.cli import main

from .conftest import SCRIPT, Served, VendorFilm

pytestmark = pytest.mark.xdist_group("one-film")

FRAMES_PER_SECOND = 30


@pytest.fixture(scope="module")
def frames(vendor_film: VendorFilm) -> NDArray[np.float64]:
    """Every frame's luma."""
    with av.open(str(vendor_film.path)) as film:
        return np.stack([frame.to_ndarray(format="gray").astype(float) for frame in film.decode(video=0)])


@pytest.fixture(scope="module")
def scenes(served: Served, vendor_film: VendorFilm) -> dict[str, Any]:
    reply = httpx.get(
        f"{served.url}/engine/v1/projects/{vendor_film.run['project_id']}/scenes",
        headers={"Authorization": f"Bearer {served.key}"},
    )
    assert reply.status_code == 200
    return reply.json()


def words_of(scenes: dict[str, Any]) -> list[dict[str, Any]]:
    return [word for scene in scenes["scenes"] for word in scene["words"]]


def test_it_has_pictures_and_sound_as_long_as_the_narration(
    vendor_film: VendorFilm, frames: NDArray[np.float64], scenes: dict[str, Any]
) -> None:
    with av.open(str(vendor_film.path)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert audio.codec_context.sample_rate == 48_000
        sound = np.concatenate([frame.to_ndarray().mean(axis=0) for frame in film.decode(audio=0)])
    seconds = scenes["durationSeconds"]
    assert abs(len(frames) / FRAMES_PER_SECOND - seconds) <= 1 / FRAMES_PER_SECOND
    assert abs(len(sound) / 48_000 - seconds) <= 0.1
    words = words_of(scenes)
    assert [word["word"].strip(".,") for word in words] == SCRIPT.replace(".", "").split()
    assert 0 <= seconds - words[-1]["endSeconds"] < 2
    # Where a word is said there is sound.
    for word in words:
        said = sound[round(word["startSeconds"] * 48_000) : round(word["endSeconds"] * 48_000)]
        assert np.sqrt(np.mean(said**2)) > 0.01, word["word"]


def test_captions_light_up_with_the_words(frames: NDArray[np.float64], scenes: dict[str, Any]) -> None:
    zone = frames[:, int(frames.shape[1] * 0.72) :, :]
    # The background drifts all the time; a caption changes from one frame to the next, and only with the words.
    change = np.abs(np.diff(zone, axis=0)).max(axis=(1, 2))
    starts = [round(word["startSeconds"] * FRAMES_PER_SECOND) for word in words_of(scenes)]
    near = {frame + offset for frame in starts for offset in (-2, -1, 0, 1)}
    at_words = [change[max(0, frame - 2) : frame + 2].max() for frame in starts if frame < len(change)]
    elsewhere = [value for frame, value in enumerate(change) if frame not in near]
    lit = [value > 3 * np.median(elsewhere) for value in at_words]
    assert sum(lit) >= 0.9 * len(lit), (at_words, float(np.median(elsewhere)))


def test_pictures_are_not_blank_and_not_still(frames: NDArray[np.float64]) -> None:
    assert min(frame.std() for frame in frames[::15]) > 5
    assert np.abs(frames[-1] - frames[len(frames) // 2]).mean() > 1


def test_the_vendors_sdk_knows_who_it_is_and_uploads(vendor: VideoGen) -> None:
    me = vendor.account.get_me()
    assert me["api_key_id"] and "@" in me["email"]
    stream = io.BytesIO()
    Image.new("RGB", (90, 60), (20, 90, 160)).save(stream, "PNG")
    file = vendor.upload_file(stream.getvalue(), display_name="blue.png", type="IMAGE", poll_interval_ms=200)
    assert file["download_source"]["width"] == 90
    assert vendor.download_file(file["file_id"]) == stream.getvalue()


def test_the_doctor_tries_the_address_and_the_key_it_is_given(
    served: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIDEOGEN_BASE_URL", served.url)
    monkeypatch.setattr("sys.argv", ["videogen-agents", "doctor"])
    for key, code in ((served.key, 0), ("sk_wrong", 6)):
        monkeypatch.setenv("VIDEOGEN_API_KEY", key)
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr().out
        assert ended.value.code == code
        assert "hosted API" in said and key not in said
