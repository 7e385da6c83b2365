"""``videogen-agents mcp --http`` as a process: what it says, whom it lets in, how it ends."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from mcp_types import TextResourceContents

from mcp import Client
from videogen_agents.tools import TOOLS

from ..command import COMMAND, environment, run
from ..scripted_server import ScriptedServer
from .eras import BOTH_ERAS, FILM, JOB, Era, connected, patiently
from .test_http import ACCEPT, INITIALIZE


class Served:
    """A process that serves: its endpoint, and the lines that it said with it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.said = self.line()
        found = re.search(r"http://\S+", self.said)
        assert found is not None, self.said + "".join(process.communicate())
        self.url = found[0]

    def line(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.readline()

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it by a signal, cleanly."""
        if self._process.poll() is None:
            self._process.send_signal(number)
            rest, logged = self._process.communicate(timeout=60)
            assert (self._process.returncode, rest) == (0, ""), logged
            # The library may say that a host which left was not told; nothing may have failed.
            assert "Traceback" not in logged and "ASGI" not in logged, logged


@contextmanager
def serving(home: Path, *arguments: str, **variables: str) -> Iterator[Served]:
    process = subprocess.Popen(
        [*COMMAND, "mcp", "--http", "--port", "0", *arguments],
        env=environment(home, **variables),
        cwd=home.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        served = Served(process)
        yield served
        served.end()
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


@BOTH_ERAS
async def test_the_tools_are_served_on_this_machine_alone(era: Era, tmp_path: Path) -> None:
    with serving(tmp_path / "home") as served:
        assert served.url.startswith("http://127.0.0.1:") and served.url.endswith("/mcp")
        async with Client(served.url, mode=era) as client:
            assert [tool.name for tool in (await client.list_tools()).tools] == [spec.name for spec in TOOLS]
    assert not (tmp_path / "home").exists()


async def test_an_engine_at_work_over_http_is_closed_cleanly_by_a_signal(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as served:
        async with Client(served.url) as client:
            started = await patiently(client, "run_workflow", {**FILM, "script": "Water keeps you sharp. " * 30})
            assert started.structured_content is not None, started
            job = started.structured_content["jobId"]
            (read,) = (await client.read_resource(f"videogen://jobs/{job}")).contents
    assert isinstance(read, TextResourceContents)
    told = json.loads(read.text)
    assert told["status"] in ("pending", "running")
    # A link into an engine that is nobody's web server is signed, and opens nowhere else.
    assert "projectUrl" not in told


@BOTH_ERAS
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_open_streams_and_waiting_calls_cleanly(
    number: signal.Signals, era: Era, tmp_path: Path
) -> None:
    hosted = ScriptedServer(polls_until_done=1_000_000)
    waiting = asyncio.Event()

    async def note(progress: float, total: float | None, message: str | None) -> None:
        waiting.set()

    with hosted.serve() as loopback:
        variables = {"VIDEOGEN_BASE_URL": loopback.url, "VIDEOGEN_API_KEY": "sk_test"}
        with serving(tmp_path / "home", **variables) as served:
            async with Client(served.url, mode=era) as client:
                await patiently(client, "run_workflow", FILM)
                call = asyncio.create_task(
                    client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45}, progress_callback=note)
                )
                await waiting.wait()
                await asyncio.to_thread(served.end, number)
                call.cancel()
                await asyncio.gather(call, return_exceptions=True)
    assert not any("cancel" in request for request in hosted.requests)


async def test_an_address_for_others_is_guarded_by_a_token_that_is_told_once(tmp_path: Path) -> None:
    with serving(tmp_path / "home", "--host", "0.0.0.0", "--path", "/films") as served:
        said = [served.line() for _ in range(3)]
        local = served.url.replace("0.0.0.0", "127.0.0.1")
        assert local.endswith("/films")
        token = re.search(r"Bearer token of this run: (\S+)", "".join(said))
        assert token is not None and len(token[1]) >= 40
        assert any("VIDEOGEN_AGENTS_MCP_TOKEN" in line for line in said)
        assert any("--allow-host" in line for line in said)
        async with httpx.AsyncClient(headers=ACCEPT) as raw:
            assert (await raw.post(local, json=INITIALIZE)).status_code == 401
            holder = {"Authorization": f"Bearer {token[1]}"}
            assert (await raw.post(local, json=INITIALIZE, headers=holder)).status_code == 200
            renamed = {**holder, "Host": "films.example"}
            assert (await raw.post(local, json=INITIALIZE, headers=renamed)).status_code == 421


async def test_a_token_of_ones_own_is_never_repeated(tmp_path: Path) -> None:
    with serving(tmp_path / "home", VIDEOGEN_AGENTS_MCP_TOKEN="my-own-token") as served:
        assert "my-own-token" not in served.said
        async with httpx.AsyncClient(headers=ACCEPT) as raw:
            assert (await raw.post(served.url, json=INITIALIZE)).status_code == 401
        async with connected(served.url, "auto", {"Authorization": "Bearer my-own-token"}) as client:
            assert (await client.list_tools()).tools


async def test_callers_keys_reach_the_hosted_api(tmp_path: Path) -> None:
    hosted = ScriptedServer(api_key="sk_caller")
    with hosted.serve() as loopback:
        variables = {"VIDEOGEN_BASE_URL": loopback.url, "VIDEOGEN_AGENTS_BACKEND": "embedded"}
        with serving(tmp_path / "home", "--keys-from-clients", **variables) as served:
            async with httpx.AsyncClient(headers=ACCEPT) as raw:
                wrong = {"Authorization": "Bearer sk_other"}
                assert (await raw.post(served.url, json=INITIALIZE, headers=wrong)).status_code == 401
            async with connected(served.url, "auto", {"Authorization": "Bearer sk_caller"}) as client:
                assert not (await patiently(client, "run_workflow", FILM)).is_error
    assert hosted.started == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--host", "0.0.0.0"), "only with --http"),
        (("--http", "--path", "mcp"), "slash"),
        (("--http", "--keys-from-clients", "--backend", "embedded"), "hosted API"),
        (("--http", "--port", "70000"), "70000"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    refused = run("mcp", *arguments, home=tmp_path / "home", cwd=tmp_path)
    assert refused.returncode == 2
    assert said in refused.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as served:
        port = served.url.rpartition(":")[2].partition("/")[0]
        refused = run("mcp", "--http", "--port", port, home=tmp_path / "home", cwd=tmp_path)
    assert refused.returncode == 4
    assert "port_unavailable" in refused.stderr
