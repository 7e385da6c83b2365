"""An engine to which recordings are brought over the contract, and recordings to bring."""

from __future__ import annotations

import asyncio
import io
import wave
from pathlib import Path

import httpx
import numpy as np
from numpy.typing import NDArray

from videogen_engine.planning.model import PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings
from videogen_engine.speech.model import SpeechRequest, SpokenScene
from videogen_engine.speech.stage import speak
from videogen_engine.speech.wave_file import read_wave
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.records import FileState, Rendition
from videogen_engine.timeline.document import Timeline

SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}
RATE = 48_000
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


class Booth:
    """An engine reached as clients reach it."""

    def __init__(self, home: Path, **environ: str) -> None:
        self.engine = asyncio.run(Engine.open(load_engine_settings(home=home, environ=SMALL | environ)))

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
        return np.concatenate(self.clips_of(film))

    def clips_of(self, film: Timeline) -> list[NDArray[np.int16]]:
        parts: list[NDArray[np.int16]] = []
        for scene in film.scenes:
            assert scene.speech is not None
            with wave.open(io.BytesIO(self.bytes_of(scene.speech.clip))) as file:
                parts.append(np.frombuffer(file.readframes(file.getnframes()), "<i2"))
        return parts


def spoken(text: str, language: str, voice: str, folder: Path) -> tuple[NDArray[np.int16], list[float]]:
    """``text`` said in a room, and when each of its words begins (s)."""
    ctx = StageContext(store=MediaArtifactStore((folder / "spoken").as_uri()), scratch=folder / "scratch")
    planned = plan(PlanRequest(script=text, language=language), ctx)
    sentences = tuple(sentence for scene in planned.scenes for sentence in scene.sentences)
    request = SpeechRequest(scenes=(SpokenScene(sentences=sentences),), language=language, voice_id=voice)
    (scene,) = speak(request, ctx).scenes
    sound = read_wave(ctx.store.path(scene.clip)).astype(np.float64)
    for seconds, share in ((0.029, 0.3), (0.061, 0.2), (0.107, 0.1)):
        late = round(seconds * RATE)
        sound[late:] += share * sound[:-late]
    sound = 0.7 * (sound + np.random.default_rng(2).normal(0, 0.03 * np.std(sound), len(sound)))
    return np.asarray(np.clip(sound, -32768, 32767), np.int16), [word.start for word in scene.words]


def word_times(film: Timeline) -> list[tuple[str, float]]:
    """Every word of the film and when it begins in it (s)."""
    at, found = 0.0, list[tuple[str, float]]()
    for scene in film.scenes:
        assert scene.speech is not None
        found += [(word.text, word.start + at + scene.speech_offset) for word in scene.speech.words]
        at += scene.frames / film.frames_per_second
    return found
