"""Fixtures: a toolbox over the scripted server, with time that a test owns. Import them in a room's conftest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import Settings, load_settings
from videogen_agents.tools import Toolbox

from .manual_clock import ManualClock
from .scripted_server import ScriptedServer


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return load_settings(
        api_key="sk_test",
        base_url="https://api.example",
        home=tmp_path / "home",
        output_dir=tmp_path / "videos",
        environ={},
    )


@pytest.fixture
async def toolbox(settings: Settings, server: ScriptedServer) -> AsyncIterator[Toolbox]:
    transport = HostedTransport("https://api.example", "sk_test", http_transport=server)
    client = VideoClient(settings, transport=transport, clock=ManualClock())
    async with Toolbox(settings=settings, client=client) as box:
        yield box
