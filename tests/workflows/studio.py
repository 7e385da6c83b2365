"""An engine reached as clients reach it, for films at the size of a thumbnail."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import cv2
import httpx
import numpy as np
from numpy.typing import NDArray

from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings
from videogen_engine.stage import MediaRef
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.records import ExportRecord, FileState, Rendition
from videogen_engine.timeline.document import Timeline

SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}
Reply = tuple[int, dict[str, object]]


class Studio:
    """``headers`` are those of the last answer."""

    def __init__(self, home: Path, environ: Mapping[str, str] = SMALL) -> None:
        self.engine = asyncio.run(Engine.open(load_engine_settings(home=home, environ=dict(environ))))
        self.headers: Mapping[str, str] = {}

    def close(self) -> None:
        asyncio.run(self.engine.close())

    def ask(self, method: str, path: str, body: object = None, content: bytes | None = None) -> Reply:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=create_app(self.engine, require_key=False))
            async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
                headers = {"prefer": "wait=45"}
                return await client.request(method, path, json=body, content=content, headers=headers)

        response = asyncio.run(send())
        self.headers = response.headers
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

    def entity(self, kind: str, name: str, file_id: str | None = None, description: str = "") -> str:
        """A new entity's id, with one reference when a file is given."""
        status, made = self.ask("POST", "/v1/entities", {"entityType": kind, "name": name, "description": description})
        assert status < 300, made
        entity_id = str(made["entityId"])
        if file_id is not None:
            status, made = self.ask("POST", f"/v1/entities/{entity_id}/references", {"fileId": file_id})
            assert status < 300, made
        return entity_id

    def start(self, workflow: str, **fields: object) -> Reply:
        return self.ask("POST", f"/v1/workflows/{workflow}", fields)

    def film(self, workflow: str, **fields: object) -> tuple[dict[str, object], Timeline | None]:
        """The ended run's detail, and its timeline when it made one."""
        status, started = self.start(workflow, **fields)
        assert status == 202, started
        job = str(started["workflowRunId"])
        while (found := self.ask("GET", f"/engine/v1/jobs/{job}")[1])["status"] in {"pending", "running"}:
            continue
        project = self.engine.store.projects.get(str(started["projectId"]))
        if project.current_version is None:
            return found, None
        version = self.engine.store.projects.version(project.project_id)
        return found, Timeline.model_validate_json(version.timeline_json)

    def export_of(self, run: Mapping[str, object]) -> ExportRecord:
        return self.engine.store.exports.of_runs([str(run["jobId"])])[str(run["jobId"])]

    def export_file(self, run: Mapping[str, object], rendition: Rendition) -> bytes:
        file = self.export_of(run).file
        assert file is not None
        source = file.source(rendition)
        assert source is not None
        return self.bytes_of(MediaRef(key=source.media_key, media_type=source.media_type, size=source.size))

    def bytes_of(self, media: MediaRef) -> bytes:
        return MediaArtifactStore(self.engine.settings.media_url).path(media).read_bytes()


def png(colour: tuple[int, int, int], width: int = 80, height: int = 60) -> bytes:
    """A plain picture in red, green and blue."""
    return encoded(np.full((height, width, 3), colour[::-1], np.uint8))


def encoded(image: NDArray[np.uint8]) -> bytes:
    return cv2.imencode(".png", image)[1].tobytes()


def decoded(data: bytes) -> NDArray[np.uint8]:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return np.asarray(image, np.uint8)
