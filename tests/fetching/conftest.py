"""A site on this machine, and an engine that may import from it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from videogen_agents.testing import EmbeddedEngine
from videogen_agents.tools import Toolbox

from .site import Site, opened_site

HOSTS = "VIDEOGEN_AGENTS_IMPORT_HOSTS"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened_site() as opened:
        yield opened


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """Its operator allows imports from this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOSTS, "127.0.0.1")
        patch.setenv("VIDEOGEN_AGENTS_MAX_UPLOAD_BYTES", "200000")
        opened = EmbeddedEngine(tmp_path_factory.mktemp("engine"))
    with opened:
        yield opened


@pytest.fixture
async def toolbox(engine: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Toolbox]:
    monkeypatch.setenv(HOSTS, "127.0.0.1")
    async with engine.toolbox(tmp_path) as opened:
        yield opened
