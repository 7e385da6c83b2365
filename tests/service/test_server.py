"""The engine on a socket: who may reach it, and the vendor's own client talking to it unchanged."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import av
import httpx
import pytest
from PIL import Image
from videogen import VideoGen, VideoGenError

from videogen_agents.errors import BusyError, InputError
from videogen_engine.service.embedded import open_application
from videogen_engine.service.engine import Engine
from videogen_engine.service.server import serving


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", ""])
async def test_addresses_that_others_reach_are_refused(live: Engine, host: str) -> None:
    with pytest.raises(InputError, match="reached from other machines"):
        async with serving(live, host=host, port=0):
            pass


async def test_a_taken_port_is_named(live: Engine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BusyError, match=str(port)):
            async with serving(live, port=port):
                pass


async def test_a_socket_always_asks_for_the_key(live: Engine) -> None:
    async with serving(live, port=0) as served, httpx.AsyncClient(base_url=served.url) as client:
        assert (await client.get("/v1/me")).status_code == 401
        key = served.api_key.get_secret_value()
        headers = {"authorization": f"Bearer {key}"}
        response = await client.get("/v1/me", headers=headers)
        assert response.status_code == 200
        assert "server" not in response.headers
    assert key not in repr(served)


async def test_the_vendor_s_client_works_unchanged(live: Engine, tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 10, 10)).save(stream, "PNG")

    def talk(url: str, key: str) -> tuple[object, bytes]:
        vendor = VideoGen(api_key=key, base_url=url)
        try:
            assert vendor.account.get_me()["api_key_id"] == "local"
            file = vendor.upload_file(stream.getvalue(), display_name="red.png", type="IMAGE")
            with pytest.raises(VideoGenError) as refused:
                vendor.workflows.script_to_video(script=" ", visual_style={"type": "STOCK"})
            assert refused.value.status == 400
            assert "script is empty" in str(refused.value)
            return file, vendor.download_file(file["file_id"])
        finally:
            vendor.close()

    async with serving(live, port=0) as served:
        file, content = await asyncio.to_thread(talk, served.url, served.api_key.get_secret_value())
    assert content == stream.getvalue()
    assert isinstance(file, dict) and file["download_source"]["width"] == 60


async def test_the_vendor_s_client_gets_a_film(live: Engine) -> None:
    seen: list[float] = []

    def talk(url: str, key: str) -> tuple[dict[str, object], bytes]:
        vendor = VideoGen(api_key=key, base_url=url)
        try:
            run = vendor.workflows.script_to_video_and_wait(
                script="Rivers run to the sea.",
                visual_style={"type": "STOCK"},
                auto_export=True,
                poll_interval_ms=200,
                on_progress=seen.append,
            )
            return run, vendor.download_file(run["export_file_id"])
        finally:
            vendor.close()

    async with serving(live, port=0) as served:
        run, content = await asyncio.to_thread(talk, served.url, served.api_key.get_secret_value())
    assert run["status"] == "succeeded" and run["progress_percentage"] == 100
    assert seen == sorted(seen)
    with av.open(io.BytesIO(content)) as film:
        assert len(film.streams.video) == len(film.streams.audio) == 1


async def test_a_client_in_the_same_process_needs_no_key(tmp_path: Path) -> None:
    async with open_application(tmp_path / "home") as app:
        transport = httpx.ASGITransport(app=app)  # pyright: ignore[reportArgumentType]
        async with httpx.AsyncClient(transport=transport, base_url="http://inside.test") as client:
            assert (await client.get("/v1/me")).status_code == 200


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_nothing_of_its_own_and_ends_in_order_when_told(tmp_path: Path, number: signal.Signals) -> None:
    program = (
        "import sys; from videogen_engine.service.server import serve\n"
        "serve(port=0, on_ready=lambda served: (print(served.url), sys.stdout.flush()))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"VIDEOGEN_AGENTS_HOME": str(tmp_path / "home")},
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert httpx.get(f"{url}/healthz").json()["status"] == "ok"
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
