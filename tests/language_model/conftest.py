"""One small engine whose language model is on a loopback socket; each test says what the model answers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from videogen_agents.testing import EmbeddedEngine, LoopbackLanguageModel

ORIGIN = "http://embedded.videogen.local"


class Over(httpx.AsyncBaseTransport):
    def __init__(self, engine: EmbeddedEngine) -> None:
        self._engine = engine

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._engine.respond(request)


@dataclass
class Api:
    """The contract over HTTP, with what several tests do."""

    http: httpx.AsyncClient

    async def get(self, path: str) -> dict[str, Any]:
        answer = await self.http.get(path, headers={"prefer": "wait=45"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: object = None, status: int = 202) -> dict[str, Any]:
        answer = await self.http.post(path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def done(self, job_id: str) -> dict[str, Any]:
        """The job at its end."""
        while (found := await self.get(f"/engine/v1/jobs/{job_id}"))["status"] in {"pending", "running"}:
            pass
        return found

    async def film(self, script: str, **fields: object) -> str:
        """The id of a project that says ``script``."""
        body = {"script": script, "visualStyle": {"type": "STOCK"}} | fields
        started = await self.post("/v1/workflows/script-to-video", body)
        found = await self.done(started["workflowRunId"])
        assert found["status"] == "succeeded", found
        return str(started["projectId"])

    async def edit(self, project: str, **action: object) -> dict[str, Any]:
        """The job of one remix action, at its end."""
        started = await self.post(f"/v1/projects/{project}/remix", {"remixActions": [action]})
        return await self.done(started["remixActionIds"][0])

    async def scenes(self, project: str) -> list[dict[str, Any]]:
        return (await self.get(f"/engine/v1/projects/{project}/scenes"))["scenes"]

    async def versions(self, project: str) -> int:
        return len((await self.get(f"/engine/v1/projects/{project}/versions"))["versions"])


@pytest.fixture(scope="session")
def shared_model() -> Iterator[LoopbackLanguageModel]:
    with LoopbackLanguageModel(model="parrot-2") as served:
        yield served


@pytest.fixture(scope="session")
def engine(shared_model: LoopbackLanguageModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with EmbeddedEngine(tmp_path_factory.mktemp("model"), shared_model.settings()) as opened:
        yield opened


@pytest.fixture
def model(shared_model: LoopbackLanguageModel) -> LoopbackLanguageModel:
    """The model with nothing said and nothing asked yet."""
    shared_model.answers.clear()
    shared_model.requests.clear()
    return shared_model


@pytest.fixture
async def api(engine: EmbeddedEngine) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(base_url=ORIGIN, transport=Over(engine), timeout=60.0) as http:
        yield Api(http)


@pytest.fixture
async def bare(embedded_videogen: EmbeddedEngine) -> AsyncIterator[Api]:
    """An engine without a language model."""
    async with httpx.AsyncClient(base_url=ORIGIN, transport=Over(embedded_videogen), timeout=60.0) as http:
        yield Api(http)


def last(body: Mapping[str, Any]) -> Any:
    """The JSON of a request's last message."""
    return json.loads(body["messages"][-1]["content"])


def translating(table: Mapping[str, str]) -> Callable[[Mapping[str, Any]], str]:
    """A model that translates by a table of sentences; what it does not know stays as it is."""

    def put(text: str) -> str:
        for original, translation in table.items():
            text = text.replace(original, translation)
        return text

    def answer(body: Mapping[str, Any]) -> str:
        asked = json.loads(body["messages"][1]["content"])
        found = {
            "title": None if asked["title"] is None else put(asked["title"]),
            "headings": [put(heading) for heading in asked["headings"]],
            "scenes": [{"scene": scene["scene"], "text": put(scene["text"])} for scene in asked["scenes"]],
        }
        return json.dumps(found, ensure_ascii=False)

    return answer
