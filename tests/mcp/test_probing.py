"""Hosts that speak both protocol eras ask for the newer one first, and not all of them wait for the answer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..command import COMMAND, environment

VERSION = "2026-07-28"
META = {
    "io.modelcontextprotocol/protocolVersion": VERSION,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "host", "version": "1"},
}
DISCOVER = {"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": META}}
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 2,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "host", "version": "1"}},
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


class Wire:
    """Lines to and from a server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def send(self, *messages: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("".join(json.dumps(message) + "\n" for message in messages))
        self._process.stdin.flush()

    def answer(self, request: int) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message = json.loads(line)
            if message.get("id") == request:
                return message
        raise AssertionError("the server ended")


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with subprocess.Popen(
        [*COMMAND, "mcp"],
        env=environment(tmp_path / "home"),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Wire(process)
        process.kill()


def test_a_host_that_stopped_waiting_for_its_probe_is_served_in_the_older_era(wire: Wire) -> None:
    wire.send(DISCOVER, INITIALIZE)
    assert wire.answer(2)["result"]["protocolVersion"] == "2025-11-25"
    wire.send(INITIALIZED, {"jsonrpc": "2.0", "id": 3, "method": "tools/list", "params": {}})
    assert wire.answer(3)["result"]["tools"]


def test_a_host_whose_probe_was_answered_may_still_choose_the_older_era(wire: Wire) -> None:
    wire.send(DISCOVER)
    assert VERSION in wire.answer(1)["result"]["supportedVersions"]
    wire.send(INITIALIZE)
    assert wire.answer(2)["result"]["protocolVersion"] == "2025-11-25"


def test_a_host_whose_probe_was_answered_goes_on_in_the_newer_era(wire: Wire) -> None:
    wire.send(DISCOVER)
    assert VERSION in wire.answer(1)["result"]["supportedVersions"]
    wire.send({"jsonrpc": "2.0", "id": 3, "method": "tools/list", "params": {"_meta": META}})
    assert wire.answer(3)["result"]["tools"]
    wire.send({**INITIALIZE, "id": 4})
    assert wire.answer(4)["error"]["code"] == -32022
