"""Presenters who speak: their mouths follow the sound, and clips of them are whole."""

from __future__ import annotations

import io
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.presenters.figure import Mouth
from videogen_engine.presenters.model import PresenterRequest
from videogen_engine.presenters.people import PEOPLE
from videogen_engine.presenters.speaking import lids, mouths
from videogen_engine.presenters.stage import Sitter, present
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

sys.path.insert(0, str(Path(__file__).parents[1] / "workflows"))

from studio import Studio

RATE = 48_000


def said(seconds: float = 1.2) -> NDArray[np.int16]:
    """Syllables of a hum with rising pitch, five in a second, and silence in the middle third."""
    time = np.arange(round(seconds * RATE)) / RATE
    beat = np.clip(np.sin(2 * np.pi * 5 * time), 0.0, 1.0)
    voice = sum(np.sin(2 * np.pi * 140 * part * time) / part for part in range(1, 9)) * beat * 0.15
    voice[len(voice) // 3 : 2 * len(voice) // 3] = 0
    return np.asarray(np.clip(voice * 32767, -32768, 32767), np.int16)


def waved(samples: NDArray[np.int16]) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return target.getvalue()


def request(ctx: StageContext, person: str = "bob") -> PresenterRequest:
    samples = said()
    path = ctx.temporary(".wav")
    path.write_bytes(waved(samples))
    media = ctx.store.publish("up/said.wav", path, "audio/wav")
    return PresenterRequest(sound=media, samples=len(samples), person=person, width=256, height=144, encoding="draft")


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((tmp_path / "media").as_uri()), scratch=tmp_path / "scratch")


def test_a_mouth_moves_while_something_is_said_and_rests_while_nothing_is() -> None:
    shown = mouths(said(3.0), RATE, 30)
    assert len(shown) == 90
    assert set(shown[34:56]) == {Mouth.CLOSED}
    assert len(set(shown[:30])) >= 3
    assert set(mouths(np.zeros(RATE, np.int16), RATE, 30)) == {Mouth.CLOSED}


def test_a_hiss_shows_the_teeth() -> None:
    noise = np.random.default_rng(1).normal(0, 3000, RATE)
    assert Mouth.TEETH in mouths(np.asarray(np.diff(noise, append=0), np.int16), RATE, 30)


def test_no_mouth_flickers_for_a_single_frame() -> None:
    shown = mouths(said(3.0), RATE, 30)
    runs = [len(run) for run in _runs(shown)]
    assert min(runs[:-1]) >= 2


def _runs(shown: tuple[Mouth, ...]) -> Iterator[list[Mouth]]:
    run: list[Mouth] = []
    for mouth in shown:
        if run and mouth is not run[-1]:
            yield run
            run = []
        run.append(mouth)
    yield run


def test_eyes_blink_now_and_then_at_times_of_their_own() -> None:
    first, second = lids(900, 30, 1), lids(900, 30, 2)
    assert 5 <= np.count_nonzero(np.diff((first > 0).astype(int)) == 1) <= 14
    assert not np.array_equal(first, second)
    assert np.array_equal(first, lids(900, 30, 1))


def test_a_clip_is_as_long_as_the_sound_and_made_of_the_same_bytes_again(tmp_path: Path) -> None:
    made: list[bytes] = []
    for name in ("one", "two"):
        ctx = StageContext(store=MediaArtifactStore((tmp_path / name).as_uri()), scratch=tmp_path / f"{name} scratch")
        clip = present(request(ctx), ctx)
        made.append(ctx.store.path(clip.media).read_bytes())
        assert clip.seconds == 1.2
        thumbnail = cv2.imread(str(ctx.store.path(clip.thumbnail.media)))
        assert thumbnail is not None
        assert thumbnail.shape[:2] == (144, 256)
    assert made[0] == made[1]
    with av.open(io.BytesIO(made[0])) as container:
        assert len(list(container.decode(container.streams.video[0]))) == 36
    with av.open(io.BytesIO(made[0])) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(container.streams.audio[0])])
    assert np.abs(heard[: RATE // 3]).max() > 0.1
    assert np.abs(heard[RATE // 2 : RATE * 7 // 10]).max() < 0.02


def test_every_presenter_looks_different_and_an_unknown_one_is_refused(ctx: StageContext) -> None:
    frames = [Sitter(person, 128, 128).draw(Mouth.OPEN, 0.0, 0.0, 0.0, 0.0).astype(int) for person in PEOPLE]
    for number, frame in enumerate(frames):
        assert all(np.abs(frame - other).mean() > 8 for other in frames[:number])
    with pytest.raises(InputError):
        present(request(ctx, "nobody"), ctx)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


def test_the_avatar_tool_lets_built_in_actors_speak_and_says_that_it_cannot_animate_others(studio: Studio) -> None:
    audio = studio.upload(waved(said()), "hello.wav")
    listed = studio.ask("GET", "/v1/entities?entityType=ACTOR")[1]["entities"]
    assert isinstance(listed, list)
    assert len(listed) == len(PEOPLE)
    assert all(actor["actorConfig"]["hasAvatarPresenter"] for actor in listed)
    body = {"actorEntityId": listed[0]["entityId"], "audioFileId": audio}
    status, started = studio.ask("POST", "/v1/tools/generate-avatar", body)
    assert status == 202, started
    path = f"/v1/tools/executions/{started['toolExecutionId']}"
    while (done := studio.ask("GET", path)[1])["status"] in {"pending", "running"}:
        continue
    assert done["status"] == "succeeded", done
    results = done["results"]
    assert isinstance(results, list)
    assert results[0]["type"] == "VIDEO"
    own = studio.entity("ACTOR", "Maya")
    status, error = studio.ask("POST", "/v1/tools/generate-avatar", body | {"actorEntityId": own})
    assert (status, "Maya" in str(error)) == (501, True), error
