"""What a project that builds on us gets from pytest: fixtures without configuration, and nothing when unused."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import videogen_agents.testing as kit
from videogen_agents.client import VideoClient
from videogen_agents.testing import EmbeddedEngine, LoopbackServer, ScriptedServer
from videogen_agents.tools import Toolbox, call_tool

from ..command import environment

SCRIPT = "Water keeps you sharp. Drink a glass now."
USERS_TESTS = """
import asyncio
import httpx
from videogen_agents.tools import call_tool

def test_an_agent_starts_one_film(video_toolbox, scripted_videogen):
    async def agent():
        async with video_toolbox as toolbox:
            for _ in range(2):
                await call_tool(toolbox, "run_workflow", {"workflow": "script_to_video", "script": "Water."})
    asyncio.run(agent())
    assert scripted_videogen.started == 1

def test_another_language_talks_to_the_socket(loopback_videogen):
    assert httpx.get(f"{loopback_videogen.url}/v1/me").json()["apiKeyNickname"] == "test"

def test_time_is_ours(video_clock):
    asyncio.run(video_clock.sleep(3600))
    assert video_clock.slept == 3600
"""


def pytest_run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=environment(folder / "home"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_plugin_is_registered_under_the_name_of_its_module() -> None:
    ours = [entry for entry in entry_points(group="pytest11") if entry.value == "videogen_agents.testing.plugin"]
    assert [entry.name for entry in ours] == ["videogen_agents.testing.plugin"]


def test_the_fixtures_work_without_any_async_plugin_and_without_warnings(tmp_path: Path) -> None:
    (tmp_path / "test_agent.py").write_text(USERS_TESTS)
    # Named as well as installed: the two are one plugin.
    named = ("-p", "videogen_agents.testing.plugin")
    result = pytest_run(tmp_path, "-p", "no:asyncio", "-p", "no:anyio", "-W", "error", *named)
    assert "3 passed" in result.stdout, result.stdout + result.stderr


def test_a_suite_that_does_not_use_it_loads_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import sys\n"
        "def test_nothing_came_along():\n"
        "    ours = [name for name in sys.modules if name.startswith('videogen_agents')]\n"
        "    assert set(ours) <= {'videogen_agents', 'videogen_agents.testing', 'videogen_agents.testing.plugin'}\n"
        "    assert 'pydantic' not in sys.modules\n"
    )
    # Other people's plugins load what they like.
    result = pytest_run(tmp_path, "-p", "no:anyio", "-p", "no:hypothesispytest", "-p", "no:langsmith_plugin")
    assert "1 passed" in result.stdout, result.stdout + result.stderr


def test_every_name_of_the_kit_exists_and_no_other() -> None:
    assert [name for name in kit.__all__ if not hasattr(kit, name)] == []
    assert not hasattr(kit, "no_such_name")


async def test_two_clients_of_one_folder_are_two_processes_with_one_ledger(
    tmp_path: Path, scripted_videogen: ScriptedServer
) -> None:
    for _ in range(2):
        async with kit.scripted_toolbox(tmp_path, scripted_videogen) as toolbox:
            await call_tool(toolbox, "run_workflow", {"workflow": "script_to_video", "script": SCRIPT})
    assert scripted_videogen.started == 1


@pytest.mark.xdist_group("embedded_videogen")
async def test_the_embedded_engine_makes_a_small_real_film(embedded_toolbox: Toolbox, tmp_path: Path) -> None:
    async with embedded_toolbox as toolbox:
        started = await call_tool(toolbox, "run_workflow", {"workflow": "script_to_video", "script": SCRIPT})
        assert not started.is_error, started.text
        client = await toolbox.open_client()
        job = await client.wait_for_job(client.ledger_entries()[0].ids["workflow_run_id"], timeout=120)
        assert job.status == "succeeded", job.error
        assert job.download_url is not None
        film = await client.download(job.download_url, tmp_path / "film.mp4")
    import av

    with av.open(str(film)) as container:
        assert container.streams.video[0].height == 144


@pytest.mark.xdist_group("embedded_videogen")
async def test_a_file_goes_into_the_embedded_engine_and_comes_out_whole(
    embedded_client: VideoClient, tmp_path: Path
) -> None:
    import av
    import numpy as np

    source = tmp_path / "dot.png"
    av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), "rgb24").to_image().save(source)
    sent = await embedded_client.upload_file(source)
    assert sent.download_source is not None and sent.download_source.url is not None
    back = await embedded_client.download(sent.download_source.url, tmp_path / "back.png")
    assert back.read_bytes() == source.read_bytes()
    await embedded_client.aclose()


@pytest.mark.xdist_group("embedded_videogen")
def test_one_engine_serves_loops_of_any_number(embedded_videogen: EmbeddedEngine, tmp_path: Path) -> None:
    import asyncio

    async def ask(folder: Path) -> int:
        async with embedded_videogen.client(folder) as client:
            return len((await client.voices()).tts_voices)

    assert asyncio.run(ask(tmp_path / "one")) == asyncio.run(ask(tmp_path / "two")) > 0


def test_a_server_on_a_socket_is_the_server_in_process(
    loopback_videogen: LoopbackServer, scripted_videogen: ScriptedServer
) -> None:
    assert loopback_videogen.server is scripted_videogen
