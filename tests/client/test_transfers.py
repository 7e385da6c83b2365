"""A download is whole or absent; an upload arrives or says why."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from videogen_agents.client import transfers as transfers_module
from videogen_agents.client.transfers import Transfers
from videogen_agents.errors import ConnectionLostError, InputError, NotFoundError

from ..manual_clock import ManualClock

FILM = bytes(range(256)) * 4096


class _Cut(httpx.AsyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content
        raise httpx.ReadError("connection reset")


class MediaServer(httpx.AsyncBaseTransport):
    """Serves FILM; the first ``cuts`` replies break in the middle."""

    def __init__(self, *, cuts: int = 0, ranges: bool = True, status: int = 200) -> None:
        self.cuts, self.ranges, self.status = cuts, ranges, status
        self.headers: list[httpx.Headers] = []
        self.received = b""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.headers.append(request.headers)
        if request.method == "PUT":
            if self.cuts:
                self.cuts -= 1
                raise httpx.WriteError("broken pipe")
            self.received = b"".join([chunk async for chunk in request.stream])  # type: ignore[union-attr]
            return httpx.Response(self.status)
        if self.status != 200:
            return httpx.Response(self.status)
        start, end = 0, len(FILM) - 1
        if self.ranges:
            first, _, last = request.headers["range"].removeprefix("bytes=").partition("-")
            start, end = int(first), min(int(last), len(FILM) - 1)
        content = FILM[start : end + 1]
        headers = {"content-range": f"bytes {start}-{end}/{len(FILM)}", "etag": '"a"'} if self.ranges else {}
        status = 206 if self.ranges else 200
        if self.cuts:
            self.cuts -= 1
            headers["content-length"] = str(len(content))
            return httpx.Response(status, headers=headers, stream=_Cut(content[: len(content) // 2]))
        return httpx.Response(status, headers=headers, content=content)


def transfers(server: MediaServer) -> Transfers:
    return Transfers(httpx.AsyncClient(transport=server), ManualClock())


@pytest.mark.parametrize("chunk", [len(FILM) * 2, 100_000])
@pytest.mark.parametrize("cuts", [0, 1, 3])
async def test_a_broken_download_goes_on_where_it_broke_and_ends_whole(
    cuts: int, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfers_module, "CHUNK_BYTES", chunk)
    server = MediaServer(cuts=cuts)
    path = await transfers(server).download("https://media.example/v", tmp_path / "sub" / "film.mp4")
    assert path.is_absolute()
    assert path.read_bytes() == FILM
    assert [entry.name for entry in path.parent.iterdir()] == ["film.mp4"]


async def test_a_server_without_ranges_is_read_from_the_start_again(tmp_path: Path) -> None:
    path = await transfers(MediaServer(cuts=2, ranges=False)).download("https://media.example/v", tmp_path / "film.mp4")
    assert path.read_bytes() == FILM


async def test_a_download_that_keeps_breaking_leaves_no_file_and_keeps_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_bytes(b"older")
    with pytest.raises(ConnectionLostError):
        await transfers(MediaServer(cuts=99)).download("https://media.example/v", target)
    assert target.read_bytes() == b"older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["film.mp4"]


async def test_an_expired_link_says_how_to_get_a_fresh_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        await transfers(MediaServer(status=403)).download("https://media.example/v", tmp_path / "film.mp4")
    assert caught.value.code == "media_link_expired"
    assert list(tmp_path.iterdir()) == []


async def test_an_upload_survives_a_cut_and_arrives_whole(tmp_path: Path) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(FILM)
    server = MediaServer(cuts=1)
    await transfers(server).upload(source, "https://media.example/up", "video/mp4")
    assert server.received == FILM
    assert "authorization" not in server.headers[-1]


async def test_a_refused_upload_is_the_callers_to_mend(tmp_path: Path) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(FILM)
    with pytest.raises(InputError) as caught:
        await transfers(MediaServer(status=413)).upload(source, "https://media.example/up", None)
    assert caught.value.code == "upload_refused"


async def test_two_downloads_to_one_place_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    fetch = transfers(MediaServer(cuts=2)).download
    await asyncio.gather(*(fetch("https://media.example/v", target) for _ in range(3)))
    assert target.read_bytes() == FILM
    assert [entry.name for entry in tmp_path.iterdir()] == ["film.mp4"]


@pytest.fixture
def dead() -> int:
    """The id of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


async def test_what_a_killed_process_had_gathered_is_swept_away_and_nothing_else(dead: int, tmp_path: Path) -> None:
    (tmp_path / f".film.mp4.{dead}.ab12.part").write_bytes(b"half")
    kept = {f".film.mp4.{os.getpid()}.ab12.part", ".film.mp4.notes.part", f".other.mp4.{dead}.ab12.part"}
    for name in kept:
        (tmp_path / name).write_bytes(b"mine")
    await transfers(MediaServer()).download("https://media.example/v", tmp_path / "film.mp4")
    assert {entry.name for entry in tmp_path.iterdir()} == {"film.mp4", *kept}
