"""Applications over a real store: parked, where jobs stay as they are put, and live, where they run."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import EngineSettings, load_engine_settings
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.signed_urls import UrlSigner

ORIGIN = "http://engine.test"
SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "180", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}


@dataclass
class WaitingRoom:
    """A queue whose worker is elsewhere: it hands nothing out, as in a process that only answers requests."""

    store: Metadata
    submitted: list[str] = field(default_factory=list)

    async def submit(self, job_id: str) -> None:
        self.submitted.append(job_id)

    async def cancel(self, job_id: str) -> None:
        await asyncio.to_thread(self.store.jobs.request_cancel, job_id)


@dataclass
class ParkedEngine:
    settings: EngineSettings
    store: Metadata
    media: MediaStore
    signer: UrlSigner
    queue: WaitingRoom


def client_of(engine: ParkedEngine | Engine, *, require_key: bool = False) -> httpx.AsyncClient:
    app = create_app(engine, require_key=require_key)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN)


@pytest.fixture
def limits() -> dict[str, str]:
    """Limits of this test's engine, by environment variable; override it to test one."""
    return {}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, copied instead of made anew for every test."""
    path = tmp_path_factory.mktemp("database") / "app.db"
    Metadata.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def engine(tmp_path: Path, limits: dict[str, str], empty_database: Path) -> Iterator[ParkedEngine]:
    (tmp_path / "home").mkdir()
    shutil.copyfile(empty_database, tmp_path / "home" / "app.db")
    settings = load_engine_settings(home=tmp_path / "home", environ=SMALL | limits)
    store = Metadata.open(settings.database_url)
    yield ParkedEngine(
        settings, store, MediaStore(settings.media_url), UrlSigner(settings.media_secret()), WaitingRoom(store)
    )
    store.close()


@pytest.fixture
async def client(engine: ParkedEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(engine) as opened:
        yield opened


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Engine]:
    async with await Engine.open(load_engine_settings(home=tmp_path / "home", environ=SMALL)) as opened:
        yield opened


@pytest.fixture
async def live_client(live: Engine) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(live) as opened:
        yield opened


Start = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def start(client: httpx.AsyncClient) -> Start:
    """Start script-to-video on the parked engine; keywords are fields of the body."""

    async def run(headers: dict[str, str] | None = None, **fields: object) -> httpx.Response:
        body = {"script": "Water is life.", "visualStyle": {"type": "STOCK"}} | fields
        return await client.post("/v1/workflows/script-to-video", json=body, headers=headers)

    return run


@pytest.fixture
def live_jobs(live: Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the jobs that the live engine was handed, in order."""
    handed: list[str] = []
    submit = live.queue.submit

    async def noted(job_id: str) -> None:
        handed.append(job_id)
        await submit(job_id)

    monkeypatch.setattr(live.queue, "submit", noted)
    return handed
