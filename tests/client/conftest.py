"""A client over the scripted server, with time that a test owns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import Settings, load_settings

from ..scripted_server import ScriptedServer


class ManualClock:
    """Time moves only by sleeping: a sleep jumps to its end after letting everything else run."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0
        self.slept = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        wake = self.time + seconds
        for _ in range(20):
            await asyncio.sleep(0)
        self.time = max(self.time, wake)
        self.slept += seconds


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
