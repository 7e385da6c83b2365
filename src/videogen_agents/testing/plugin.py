"""Fixtures for pytest. None is async, so that no async plugin is needed; nothing is loaded before a test asks for it.

``scripted_videogen``   the scripted hosted server, in process
``loopback_videogen``   the same server on a loopback socket, for other processes and languages
``video_client``        an async client over the scripted server, with time that ``video_clock`` owns
``video_toolbox``       the tools over ``video_client``
``embedded_videogen``   the embedded engine at thumbnail size, one for the whole session
``embedded_client``     an async client of it
``embedded_toolbox``    the tools over ``embedded_client``
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from videogen_agents.client import VideoClient
    from videogen_agents.testing.embedded import EmbeddedEngine
    from videogen_agents.testing.loopback import LoopbackServer
    from videogen_agents.testing.manual_clock import ManualClock
    from videogen_agents.testing.scripted_server import ScriptedServer
    from videogen_agents.tools import Toolbox


@pytest.fixture
def video_clock() -> ManualClock:
    """Time that moves only by waiting."""
    from videogen_agents.testing.manual_clock import ManualClock

    return ManualClock()


@pytest.fixture
def scripted_videogen() -> ScriptedServer:
    """A hosted server of the whole contract, in process."""
    from videogen_agents.testing.scripted_server import ScriptedServer

    return ScriptedServer()


@pytest.fixture
def loopback_videogen(scripted_videogen: ScriptedServer) -> Iterator[LoopbackServer]:
    """``scripted_videogen`` on a loopback socket; ``loopback_videogen.url`` is its base URL."""
    with scripted_videogen.serve() as served:
        yield served


@pytest.fixture
def video_client(tmp_path: Path, scripted_videogen: ScriptedServer, video_clock: ManualClock) -> VideoClient:
    """A client over ``scripted_videogen``, with its ledger and files in ``tmp_path``."""
    from videogen_agents.testing.scripted_clients import scripted_client

    return scripted_client(tmp_path, scripted_videogen, video_clock)


@pytest.fixture
def video_toolbox(video_client: VideoClient) -> Toolbox:
    """The tools over ``video_client``."""
    from videogen_agents.tools import Toolbox

    return Toolbox(settings=video_client.settings, client=video_client)


@pytest.fixture(scope="session")
def embedded_videogen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """The embedded engine at thumbnail size, made once. Needs the ``engine`` extra."""
    from videogen_agents.testing.embedded import EmbeddedEngine

    with EmbeddedEngine(tmp_path_factory.mktemp("videogen")) as engine:
        yield engine


@pytest.fixture
def embedded_client(embedded_videogen: EmbeddedEngine, tmp_path: Path) -> VideoClient:
    """A client of ``embedded_videogen``, with its ledger and files in ``tmp_path``."""
    return embedded_videogen.client(tmp_path)


@pytest.fixture
def embedded_toolbox(embedded_client: VideoClient) -> Toolbox:
    """The tools over ``embedded_client``."""
    from videogen_agents.tools import Toolbox

    return Toolbox(settings=embedded_client.settings, client=embedded_client)
