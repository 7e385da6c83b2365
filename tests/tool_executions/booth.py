"""An engine that makes assets, reached as clients reach it, at the size of a thumbnail."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
from numpy.typing import NDArray

from videogen_agents.contract import ExecutedTool
from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings
from videogen_engine.store.records import FileState

SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}
RATE = 48_000


class Booth:
    """One data home and its engine. ``reopen`` ends the engine and starts another on the same home."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.engine = asyncio.run(Engine.open(load_engine_settings(home=home, environ=SMALL)))

    def close(self) -> None:
        asyncio.run(self.engine.close())

    def reopen(self) -> None:
        self.close()
        self.engine = asyncio.run(Engine.open(load_engine_settings(home=self._home, environ=SMALL)))

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=create_app(self.engine, require_key=False))
            async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
                return await client.request(method, path, json=body, headers={"prefer": "wait=45"} | headers)

        return asyncio.run(send())

    def start(self, tool: str, **fields: object) -> str:
        """Start the tool; its execution's id."""
        response = self.ask("POST", f"/v1/tools/{tool}", fields)
        assert response.status_code == 202, response.text
        return str(response.json()["toolExecutionId"])

    def ended(self, execution_id: str) -> ExecutedTool:
        """The execution, once it has ended."""
        while True:
            read = ExecutedTool.model_validate(self.ask("GET", f"/v1/tools/executions/{execution_id}").json())
            if read.status.value not in {"pending", "running"}:
                return read

    def made(self, tool: str, **fields: object) -> ExecutedTool:
        """What the tool made. Fails when it did not succeed."""
        execution = self.ended(self.start(tool, **fields))
        assert execution.status.value == "succeeded", execution.error
        return execution

    def told(self, execution_id: str) -> dict[str, Any]:
        """What the engine tells of the job beside the contract."""
        return self.ask("GET", f"/engine/v1/jobs/{execution_id}").json()

    def upload(self, data: bytes, name: str) -> str:
        """Upload the file and wait until it is looked into; its id."""
        made = self.ask("POST", "/v1/files/upload", {"displayName": name}).json()

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=create_app(self.engine, require_key=False))
            async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
                return await client.put(made["uploadUrl"], content=data)

        assert asyncio.run(send()).status_code < 300
        while self.engine.store.files.get(made["fileId"]).state not in {FileState.READY, FileState.FAILED}:
            self.ask("GET", f"/v1/files/{made['fileId']}")
        return str(made["fileId"])

    def fetch(self, url: str | None) -> bytes:
        assert url is not None
        response = self.ask("GET", url)
        assert response.status_code == 200, response.text
        return response.content


def heard(data: bytes) -> NDArray[np.float32]:
    """``[n, channels]`` at full scale 1, at 48 kHz."""
    with av.open(io.BytesIO(data)) as container:
        parts = [frame.to_ndarray() for frame in container.decode(container.streams.audio[0])]
    return np.concatenate(parts, axis=1).T.astype(np.float32)
