"""Opening a slow backend: it is begun once, goes on whoever gives up, and never makes a host wait too long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import load_settings
from videogen_agents.errors import AuthError, BusyError
from videogen_agents.testing import ScriptedServer


class SlowTransport(HostedTransport):
    """Opens when ``may_open`` is set, and raises ``failures`` first."""

    def __init__(self, server: ScriptedServer) -> None:
        super().__init__("https://api.example", "sk_test", http_transport=server)
        self.may_open = asyncio.Event()
        self.failures: list[Exception] = []
        self.begun = 0
        self.has_begun = asyncio.Event()

    async def open(self) -> httpx.AsyncClient:
        self.begun += 1
        self.has_begun.set()
        await self.may_open.wait()
        if self.failures:
            raise self.failures.pop()
        return await super().open()


@pytest.fixture
def transport() -> SlowTransport:
    return SlowTransport(ScriptedServer())


def client_of(transport: SlowTransport, folder: Path, patience: float | None) -> VideoClient:
    settings = load_settings(api_key="sk_test", base_url="https://api.example", home=folder / "home", environ={})
    return VideoClient(settings, transport=transport, opening_patience=patience)


async def test_a_call_that_would_wait_too_long_is_told_to_come_again(transport: SlowTransport, tmp_path: Path) -> None:
    async with client_of(transport, tmp_path, 0) as client:
        with pytest.raises(BusyError) as told:
            await client.voices()
        assert told.value.code == "still_starting"
        transport.may_open.set()
        while True:
            try:
                voices = await client.voices()
                break
            except BusyError:
                continue
    assert voices.tts_voices
    assert transport.begun == 1


async def test_a_host_that_cuts_off_the_first_call_does_not_start_the_opening_anew(
    transport: SlowTransport, tmp_path: Path
) -> None:
    async with client_of(transport, tmp_path, None) as client:
        first = asyncio.create_task(client.voices())
        await transport.has_begun.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        transport.may_open.set()
        assert (await client.voices()).tts_voices
    assert transport.begun == 1


async def test_an_opening_that_failed_is_tried_again(transport: SlowTransport, tmp_path: Path) -> None:
    transport.may_open.set()
    transport.failures.append(AuthError("No key."))
    async with client_of(transport, tmp_path, None) as client:
        with pytest.raises(AuthError):
            await client.voices()
        assert (await client.voices()).tts_voices
    assert transport.begun == 2


async def test_closing_ends_an_opening_that_nobody_waits_for(transport: SlowTransport, tmp_path: Path) -> None:
    client = client_of(transport, tmp_path, 0)
    with pytest.raises(BusyError):
        await client.voices()
    await client.aclose()
    assert transport.begun == 1
