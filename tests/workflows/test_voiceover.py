"""Recordings made into films over the contract, on the real engine, at the size of a thumbnail."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Iterator
from pathlib import Path

import cv2
import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings
from videogen_engine.stage import MediaRef
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.records import FileState, Rendition
from videogen_engine.timeline.document import Timeline

SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}
RATE = 48_000
SENTENCES = ("Most people drink too little water.", "Um so take a glass in the morning.", "A tree needs rain.")
Reply = tuple[int, dict[str, object]]


def sound(seconds: float = 9.0) -> NDArray[np.int16]:
    """Noise like a voice: two seconds of it, one second of pause, and so on."""
    time = np.arange(round(seconds * RATE)) / RATE
    voice = np.random.default_rng(3).normal(0, 0.1, len(time)) * (time % 3 < 2)
    return np.asarray(np.clip(voice * 32767, -32768, 32767), np.int16)


def waved(samples: NDArray[np.int16]) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return target.getvalue()


def words() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for index, sentence in enumerate(SENTENCES):
        parts = sentence.split()
        step = 2.0 / len(parts)
        for place, word in enumerate(parts):
            start = round(index * 3 + place * step, 3)
            found.append({"word": word, "startSeconds": start, "endSeconds": round(start + step, 3)})
    return found


class Booth:
    """An engine reached as clients reach it."""

    def __init__(self, home: Path) -> None:
        self.engine = asyncio.run(Engine.open(load_engine_settings(home=home, environ=SMALL)))

    def close(self) -> None:
        asyncio.run(self.engine.close())

    def ask(self, method: str, path: str, body: object = None, content: bytes | None = None) -> Reply:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=create_app(self.engine, require_key=False))
            async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
                headers = {"prefer": "wait=45"}
                return await client.request(method, path, json=body, content=content, headers=headers)

        response = asyncio.run(send())
        return response.status_code, response.json() if response.content else {}

    def upload(self, data: bytes, name: str, **fields: object) -> str:
        status, made = self.ask("POST", "/v1/files/upload", {"displayName": name} | fields)
        assert status < 300, made
        status, _ = self.ask("PUT", str(made["uploadUrl"]), content=data)
        assert status < 300
        file_id = str(made["fileId"])
        while self.engine.store.files.get(file_id).state not in {FileState.READY, FileState.FAILED}:
            self.ask("GET", f"/v1/files/{file_id}")
        return file_id

    def start(self, file_id: str, **fields: object) -> Reply:
        body = {"fileId": file_id, "visualStyle": {"type": "STOCK"}, "visualPacing": "FAST"} | fields
        return self.ask("POST", "/v1/workflows/voiceover-to-video", body)

    def film(self, file_id: str, **fields: object) -> tuple[dict[str, object], Timeline | None]:
        """The ended run's detail, and its timeline when it made one."""
        status, started = self.start(file_id, **fields)
        assert status == 202, started
        job = str(started["workflowRunId"])
        while (found := self.ask("GET", f"/engine/v1/jobs/{job}")[1])["status"] in {"pending", "running"}:
            continue
        project = self.engine.store.projects.get(str(started["projectId"]))
        if project.current_version is None:
            return found, None
        version = self.engine.store.projects.version(project.project_id)
        return found, Timeline.model_validate_json(version.timeline_json)

    def export_file(self, run: dict[str, object], rendition: Rendition) -> bytes:
        export = self.engine.store.exports.of_runs([str(run["jobId"])])[str(run["jobId"])]
        assert export.file is not None
        source = export.file.source(rendition)
        assert source is not None
        return self.bytes_of(MediaRef(key=source.media_key, media_type=source.media_type, size=source.size))

    def bytes_of(self, media: MediaRef) -> bytes:
        return MediaArtifactStore(self.engine.settings.media_url).path(media).read_bytes()

    def sound_of(self, film: Timeline) -> NDArray[np.int16]:
        parts: list[NDArray[np.int16]] = []
        for scene in film.scenes:
            assert scene.speech is not None
            with wave.open(io.BytesIO(self.bytes_of(scene.speech.clip))) as file:
                parts.append(np.frombuffer(file.readframes(file.getnframes()), "<i2"))
        return np.concatenate(parts)


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booth]:
    opened = Booth(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def worded(booth: Booth) -> str:
    """A recording with its transcript."""
    return booth.upload(waved(sound()), "Water talk.wav", transcript={"languageCode": "en", "words": words()})


@pytest.fixture(scope="module")
def bare(booth: Booth) -> str:
    """A recording alone."""
    return booth.upload(waved(sound(18.0)), "mountain_walk.wav")


def test_a_film_lasts_as_long_as_its_recording_and_sounds_as_it(booth: Booth, worded: str) -> None:
    run, film = booth.film(worded, autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.frames == 270
    assert np.array_equal(booth.sound_of(film), sound())
    assert film.script == " ".join(SENTENCES)
    assert "speech: your recording" in str(run)
    subtitles = booth.export_file(run, Rendition.SRT).decode()
    assert subtitles.startswith("1\n00:00:00,000 --> ")
    assert "drink too little" in subtitles
    assert len(booth.export_file(run, Rendition.DOWNLOAD)) > 10_000


def test_words_are_shown_at_the_times_the_transcript_gives(booth: Booth, worded: str) -> None:
    _, film = booth.film(worded)
    assert film is not None
    at, shown = 0.0, []
    for scene in film.scenes:
        assert scene.speech is not None
        shown += [(word.text, word.start + at + scene.speech_offset) for word in scene.speech.words]
        at += scene.frames / film.frames_per_second
    assert [text for text, _ in shown] == [str(word["word"]) for word in words()]
    assert [start for _, start in shown] == pytest.approx([word["startSeconds"] for word in words()], abs=0.001)


def test_what_is_asked_for_is_in_the_film(booth: Booth, worded: str) -> None:
    picture = cv2.imencode(".png", np.full((20, 40, 3), 200, np.uint8))[1].tobytes()
    _, film = booth.film(
        worded,
        logoFileId=booth.upload(picture, "logo.png"),
        captionStyle=None,
        visualStyle={"type": "AI_IMAGE", "aiStyle": "watercolour"},
        aspectRatio={"width": 9, "height": 16},
        scenes=[{"startSeconds": 0, "endSeconds": 2.5, "description": "a rocket"}],
    )
    assert film is not None
    assert film.logo is not None
    assert film.caption_style is None
    assert film.style.ai_style == "watercolour"
    assert (film.ratio_width, film.ratio_height) == (9, 16)
    assert film.scenes[0].direction == "a rocket"


def test_without_a_transcript_there_are_pictures_and_a_word_on_how_to_get_captions(booth: Booth, bare: str) -> None:
    run, film = booth.film(bare, workflowAgentContext="A mountain. A tent.", autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert "has no transcript" in str(run["warnings"])
    assert film.caption_style is None
    assert film.title == "mountain walk"
    assert len(film.scenes) > 2
    assert film.frames == 540
    assert np.array_equal(booth.sound_of(film), sound(18.0))
    assert [scene.direction for scene in film.scenes[:3]] == ["A mountain.", "A tent.", "A mountain."]
    assert {scene.picture.design.elements[0].text for scene in film.scenes} == {"mountain walk"}
    assert any(element.icon for scene in film.scenes for element in scene.picture.design.elements)


def test_a_new_narrator_reads_the_transcript_and_a_clean_up_cuts_the_recording(booth: Booth, worded: str) -> None:
    cleaned_run, cleaned = booth.film(worded, remixActions=[{"type": "CLEAN_UP_TRANSCRIPT"}])
    assert cleaned_run["status"] == "succeeded", cleaned_run
    assert not cleaned_run["degraded"]
    assert cleaned is not None
    said = [word.text for scene in cleaned.scenes if scene.speech for word in scene.speech.words]
    assert "Um" not in said
    assert "morning." in said
    action = {"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_flite_rms"}
    _, read = booth.film(worded, remixActions=[action])
    assert read is not None
    assert read.voice_provider == "flite"
    assert read.voice_id == "vg_voic_flite_rms"


def test_nobody_can_narrate_a_recording_of_which_no_words_are_known(booth: Booth, bare: str) -> None:
    run, film = booth.film(bare, remixActions=[{"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_flite_rms"}])
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.voice_provider == "recording"


def test_a_silent_recording_fails_and_says_so(booth: Booth) -> None:
    run, film = booth.film(booth.upload(waved(np.zeros(RATE * 2, np.int16)), "silence.wav"))
    assert film is None
    assert "silent_recording" in str(run["error"])


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"actorEntityId": "vg_ent_1"}, 501, "actorEntityId"),
        ({"visualStyle": {"type": "AI_IMAGE", "entityId": "vg_enti_none"}}, 404, "vg_enti_none"),
        ({"logoFileId": "vg_file_none"}, 404, "logoFileId"),
    ],
)
def test_what_cannot_be_honoured_is_refused_at_the_start(
    booth: Booth, worded: str, fields: dict[str, object], status: int, says: str
) -> None:
    answered, error = booth.start(worded, **fields)
    assert (answered, says in str(error)) == (status, True), error


def test_only_what_sounds_is_a_recording(booth: Booth) -> None:
    status, error = booth.start(booth.upload(b"Just words.", "words.txt"))
    assert status == 400
    assert "neither AUDIO nor VIDEO" in str(error)
    assert booth.start("vg_file_unknown")[0] == 404
