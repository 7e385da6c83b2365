"""The server as Cursor starts it: a process that speaks nothing but the protocol on its standard output."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from mcp_types import TextContent

from mcp import Client, StdioServerParameters
from videogen_agents import __version__
from videogen_agents.tools import TOOLS

from ..command import COMMAND, environment
from ..scripted_server import ScriptedServer
from .eras import FILM, JOB, patiently, text_of


class Host:
    """A host that writes raw lines, so that it can send what no client would."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._id = 0

    def send(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """The reply; every line before it must be protocol as well."""
        assert self._process.stdout is not None
        self._id += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params}))
        for line in self._process.stdout:
            message = json.loads(line)
            assert message["jsonrpc"] == "2.0"
            if message.get("id") == self._id:
                return message
        raise AssertionError("the server ended")

    def tool(self, name: str, **arguments: Any) -> dict[str, Any]:
        """The result, asked for again while the engine is still starting."""
        while True:
            result: dict[str, Any] = self.request("tools/call", {"name": name, "arguments": arguments})["result"]
            if "still_starting" not in result["content"][0]["text"]:
                return result

    def end(self) -> tuple[str, str]:
        """Close the server's input, as a host does, and return what else it wrote."""
        return self._process.communicate(timeout=60)


@contextmanager
def hosting(folder: Path) -> Iterator[Host]:
    """A server that a host has started and greeted."""
    process = subprocess.Popen(
        [*COMMAND, "mcp"],
        env=environment(folder / "home"),
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        started = Host(process)
        started.request(
            "initialize",
            {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "host", "version": "1"}},
        )
        started.send(json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}))
        yield started
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with hosting(tmp_path) as started:
        yield started


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_the_readme_snippet_gives_a_host_every_tool(era: Literal["auto", "legacy"], tmp_path: Path) -> None:
    command, *arguments = COMMAND
    server = StdioServerParameters(
        command=command, args=[*arguments, "mcp"], env=environment(tmp_path / "home"), cwd=tmp_path
    )
    async with Client(server, mode=era) as client:
        assert client.server_info.version == __version__
        assert [tool.name for tool in (await client.list_tools()).tools] == [spec.name for spec in TOOLS]
        refused = await patiently(client, "run_workflow", {"workflow": "script_to_video", "scrpt": "x"})
    assert refused.is_error
    assert any("Did you mean script?" in part.text for part in refused.content if isinstance(part, TextContent))
    # Nothing was asked of the engine, so it was not even opened.
    assert not (tmp_path / "home").exists()


def test_lines_that_are_no_protocol_do_not_stop_the_server(host: Host, tmp_path: Path) -> None:
    call = '{"jsonrpc": "2.0", "id": 99, "method": "tools/call", "params": {"name": "run_workflow", "arguments": %s}}'
    host.send("this is no JSON")
    host.send("")
    host.send(call % ('{"workflow": "script_to_video", "script": "\\ud800"}'))
    host.send(call % ("[" * 5000 + "]" * 5000))
    host.send('{"jsonrpc": "2.0", "id": 100, "method": "no/such/method"}')
    answer = host.tool("run_workflow", workflow="script_to_video", script="\x00")
    assert answer["isError"] is True
    rest, logged = host.end()
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert "Traceback" not in logged
    assert not (tmp_path / "home" / "app.db").exists()


def test_ten_megabytes_start_nothing(host: Host, tmp_path: Path) -> None:
    answer = host.tool("run_workflow", workflow="script_to_video", script="Water. " * 1_500_000)
    assert answer["isError"] is True
    assert "limit_exceeded" in answer["content"][0]["text"]
    assert not (tmp_path / "home" / "app.db").exists()


def test_a_host_that_leaves_ends_the_server_cleanly(host: Host) -> None:
    assert host.tool("find", type="voices", query="flite")["structuredContent"]["items"]
    rest, logged = host.end()
    assert rest == ""
    assert "Traceback" not in logged
    assert host._process.returncode == 0


def test_a_signal_ends_the_server_and_leaves_the_job_to_the_next_one(host: Host, tmp_path: Path) -> None:
    started = host.tool("run_workflow", workflow="script_to_video", script="Water keeps you sharp. " * 30)
    job = started["structuredContent"]["jobId"]
    waiting = {"name": "get_job", "arguments": {"jobId": job, "waitSeconds": 45}}
    host.send(json.dumps({"jsonrpc": "2.0", "id": 900, "method": "tools/call", "params": waiting}))
    host._process.send_signal(signal.SIGTERM)
    _, logged = host.end()
    assert (host._process.returncode, "Traceback" in logged) == (0, False), logged
    with hosting(tmp_path) as next_host:
        found = next_host.tool("get_job", jobId=job, waitSeconds=0)
        assert found["structuredContent"]["status"] in ("pending", "running")
        next_host.tool("cancel_job", jobId=job)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_did_nothing_yet_leaves_at_once(number: signal.Signals, host: Host, tmp_path: Path) -> None:
    host._process.send_signal(number)
    rest, logged = host.end()
    assert (host._process.returncode, rest, logged) == (0, "", "")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_cancelling_a_call_over_stdio_leaves_the_job_running(
    era: Literal["auto", "legacy"], tmp_path: Path
) -> None:
    hosted = ScriptedServer(polls_until_done=1_000_000)
    waiting = asyncio.Event()

    async def note(progress: float, total: float | None, message: str | None) -> None:
        waiting.set()

    with hosted.serve() as loopback:
        variables = {"VIDEOGEN_BASE_URL": loopback.url, "VIDEOGEN_API_KEY": "sk_test"}
        command, *arguments = COMMAND
        server = StdioServerParameters(
            command=command, args=[*arguments, "mcp"], env=environment(tmp_path / "home", **variables), cwd=tmp_path
        )
        async with Client(server, mode=era) as client:
            await patiently(client, "run_workflow", FILM)
            call = asyncio.create_task(
                client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45}, progress_callback=note)
            )
            await waiting.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            state = await client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 0})
    assert text_of(state).startswith("running")
    assert not any("cancel" in request for request in hosted.requests)


def test_the_engine_is_not_imported_before_it_is_needed(tmp_path: Path) -> None:
    code = """
import asyncio, sys
from mcp import Client
from videogen_agents_mcp import build_server
from videogen_agents.tools import Toolbox

async def main():
    async with Client(build_server(Toolbox())) as client:
        await client.list_tools()
        await client.call_tool("run_workflow", {"workflow": "script_to_video", "script": 1})

asyncio.run(main())
heavy = {"videogen_engine", "av", "cv2", "numpy", "dbos", "sqlalchemy", "videogen_agents_mcp.http"}
print(sorted(heavy & set(sys.modules)))
"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"
