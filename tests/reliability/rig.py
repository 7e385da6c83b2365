"""Clients over real loopback sockets, that share a server and a ledger as separate processes would."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import load_settings
from videogen_agents.testing import LoopbackServer, ManualClock, ScriptedServer
from videogen_agents.testing.refusing_transport import RefusingTransport

from .work import PROJECT

KEY = "sk_test"


@dataclass
class Rig:
    """One account: its server, its data home, and time that passes only by waiting."""

    server: ScriptedServer
    served: LoopbackServer
    home: Path
    #: Begins now, since the ledger is shared with processes that live in real time.
    clock: ManualClock = field(default_factory=lambda: ManualClock(time.time()))

    @asynccontextmanager
    async def client(self) -> AsyncIterator[VideoClient]:
        """Another process with the same ledger."""
        settings = load_settings(
            api_key=KEY, base_url=self.served.url, home=self.home, output_dir=self.home / "videos", environ={}
        )
        transport = HostedTransport(self.served.url, KEY, http_transport=RefusingTransport(self.server))
        client = VideoClient(settings, transport=transport, clock=self.clock)
        try:
            yield client
        finally:
            await client.aclose()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    server = ScriptedServer()
    assert server.add_project({"script": "Water keeps you sharp."})["projectId"] == PROJECT
    with server.serve() as served:
        yield Rig(server, served, tmp_path / "home")
