"""A client over the scripted server, with time that a test owns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import Settings, load_settings

from ..manual_clock import ManualClock
from ..scripted_server import ScriptedServer


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(api_key="sk_test", base_url="https://api.example", home=tmp_path / "home", environ={})


@pytest.fixture
async def connect(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> AsyncIterator[Callable[[], VideoClient]]:
    """Makes clients that share one server and one ledger, as separate processes would."""
    clients: list[VideoClient] = []

    def make() -> VideoClient:
        transport = HostedTransport("https://api.example", "sk_test", http_transport=server)
        clients.append(VideoClient(settings, transport=transport, clock=clock))
        return clients[-1]

    yield make
    for client in clients:
        await client.aclose()
