"""The scripted hosted server and a toolbox over it, with time that a test owns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from videogen_agents.testing import LoopbackServer, ManualClock, ScriptedServer, scripted_toolbox
from videogen_agents.tools import Toolbox


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer()


@pytest.fixture
def served(server: ScriptedServer) -> Iterator[LoopbackServer]:
    """``server`` on a socket, for calls from other threads and processes."""
    with server.serve() as loopback:
        yield loopback


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def toolbox(tmp_path: Path, server: ScriptedServer, clock: ManualClock) -> AsyncIterator[Toolbox]:
    async with scripted_toolbox(tmp_path, server, clock) as box:
        yield box
