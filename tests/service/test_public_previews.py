"""Files that anybody may read: their addresses, their streams, and the end of both."""

from __future__ import annotations

import io
import math
import re
import wave
from fractions import Fraction
from pathlib import Path

import av
import httpx
import numpy as np
import pytest
from PIL import Image

from videogen_agents.contract import FileInfo
from videogen_engine.service.engine import Engine

from .conftest import ORIGIN

EXTINF = re.compile(r"#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\nstream\.mp4\n")


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), (9, 90, 200)).save(stream, "PNG")
    return stream.getvalue()


def film(seconds: int = 15, container: str = "mp4", codecs: tuple[str, str] = ("libx264", "aac")) -> bytes:
    """With a key frame every 2 s."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=container) as output:
        video = output.add_stream(codecs[0], rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        video.codec_context.gop_size = 20
        audio = output.add_stream(codecs[1], rate=48_000)
        for number in range(seconds * 10):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number % 255, np.uint8), "rgb24")
            frame.pts = number
            output.mux(video.encode(frame))
            tone = np.sin(np.arange(number * 4800, (number + 1) * 4800) * 0.05).astype(np.float32)[None, :] * 0.2
            layout = av.AudioFrame.from_ndarray(tone, "fltp", "mono")
            layout.sample_rate, layout.pts, layout.time_base = 48_000, number * 4800, Fraction(1, 48_000)
            output.mux(audio.encode(layout))
        output.mux(video.encode())
        output.mux(audio.encode())
    return stream.getvalue()


def tone(seconds: float = 9.0) -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        samples = np.sin(np.arange(int(seconds * 16_000)) * 0.2) * 9_000
        writer.writeframes(samples.astype("<i2").tobytes())
    return stream.getvalue()


async def add(client: httpx.AsyncClient, live: Engine, content: bytes, name: str) -> FileInfo:
    announced = (await client.post("/v1/files/upload", json={"displayName": name})).json()
    assert (await client.put(announced["uploadUrl"], content=content)).status_code == 200
    return await quiet(client, live, announced["fileId"])


async def quiet(client: httpx.AsyncClient, live: Engine, file_id: str) -> FileInfo:
    """The file once all jobs have ended, by the engine's own long poll."""
    while jobs := live.store.jobs.pending_or_running():
        await client.get(f"/engine/v1/jobs/{jobs[0].job_id}", headers={"prefer": "wait=30"})
    return FileInfo.model_validate((await client.get(f"/v1/files/{file_id}")).json())


async def switched(client: httpx.AsyncClient, file_id: str, to: str) -> FileInfo:
    response = await client.post(f"/v1/files/{file_id}/{to}-public-preview")
    assert response.status_code == 200, response.text
    return FileInfo.model_validate(response.json())


async def test_a_picture_is_public_until_it_is_switched_off(live: Engine, live_client: httpx.AsyncClient) -> None:
    file = await add(live_client, live, png(), "blue sky.png")
    assert (file.is_public_preview_enabled, file.static_public_preview_source) == (False, None)
    shown = await switched(live_client, file.file_id, "enable")
    source = shown.static_public_preview_source
    assert shown.is_public_preview_enabled
    assert source is not None and source.url is not None
    assert (source.status, source.expires_at, source.width, source.file_bytes) == ("ready", None, 40, len(png()))
    assert source.url.startswith(f"{ORIGIN}/public/files/") and source.url.endswith("/blue%20sky.png")
    assert file.file_id not in source.url
    assert (shown.public_hls_url, shown.public_playback_id) == (None, None)
    read = await live_client.get(source.url)
    assert read.content == png()
    assert read.headers["content-type"] == "image/png"
    assert read.headers["access-control-allow-origin"] == "*"
    assert "immutable" not in read.headers["cache-control"]
    again = await live_client.get(source.url, headers={"if-none-match": read.headers["etag"]})
    assert again.status_code == 304
    assert (await switched(live_client, file.file_id, "enable")).static_public_preview_source == source
    hidden = await switched(live_client, file.file_id, "disable")
    assert (hidden.is_public_preview_enabled, hidden.static_public_preview_source) == (False, None)
    gone = await live_client.get(source.url, headers={"if-none-match": read.headers["etag"]})
    assert (gone.status_code, gone.headers["access-control-allow-origin"]) == (404, "*")
    assert (await switched(live_client, file.file_id, "disable")) == hidden
    renewed = (await switched(live_client, file.file_id, "enable")).static_public_preview_source
    assert renewed is not None and renewed.url != source.url
    assert renewed.url is not None
    await live_client.post(f"/v1/files/{file.file_id}/archive")
    assert (await live_client.get(renewed.url)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "seconds", "pictures"),
    [("walk.mp4", film(), 15.0, True), ("talk.wav", tone(), 9.0, False)],
    ids=["video", "sound"],
)
async def test_what_moves_or_sounds_gets_a_stream_that_players_read(
    live: Engine,
    live_client: httpx.AsyncClient,
    tmp_path: Path,
    name: str,
    content: bytes,
    seconds: float,
    pictures: bool,
) -> None:
    file = await add(live_client, live, content, name)
    at_once = await switched(live_client, file.file_id, "enable")
    assert at_once.static_public_preview_source is not None
    shown = await quiet(live_client, live, file.file_id)
    assert shown.public_playback_id is not None and shown.public_playback_id.startswith("vg_play_")
    assert shown.public_hls_url is not None
    playlist = await live_client.get(shown.public_hls_url)
    assert playlist.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert playlist.headers["access-control-allow-origin"] == "*"
    check_playlist(playlist.text, seconds, pictures=pictures)
    media_url = shown.public_hls_url.replace("stream.m3u8", "stream.mp4")
    media = await live_client.get(media_url)
    assert media.headers["content-type"] == "video/mp4"
    part = await live_client.get(media_url, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, media.content[10:20])
    asked = {"origin": "https://player.example", "access-control-request-headers": "range"}
    preflight = await live_client.options(media_url, headers=asked)
    assert preflight.status_code == 204
    assert "range" in preflight.headers["access-control-allow-headers"]
    (tmp_path / "stream.m3u8").write_text(playlist.text)
    (tmp_path / "stream.mp4").write_bytes(media.content)
    check_segments(playlist.text, media.content, pictures=pictures)
    with av.open(str(tmp_path / "stream.m3u8")) as played:
        assert [stream.type for stream in played.streams] == (["video", "audio"] if pictures else ["audio"])
        last = max(frame.time or 0.0 for frame in played.decode(audio=0))
        assert last == pytest.approx(seconds, abs=0.2)
    assert (await live_client.get(shown.public_hls_url.replace("stream.m3u8", "../secret"))).status_code == 404
    hidden = await switched(live_client, file.file_id, "disable")
    assert (hidden.public_hls_url, hidden.public_playback_id) == (None, None)
    for url in (shown.public_hls_url, media_url):
        assert (await live_client.get(url)).status_code == 404
    assert [info.key for info in live.media.list("artifacts/stream/")] == []


def check_playlist(text: str, seconds: float, *, pictures: bool) -> None:
    """The rules of RFC 8216 that players insist on."""
    lines = text.splitlines()
    assert (lines[0], lines[-1]) == ("#EXTM3U", "#EXT-X-ENDLIST")
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in lines
    assert ("#EXT-X-INDEPENDENT-SEGMENTS" in lines) is pictures
    assert [line for line in lines if line and not line.startswith("#")] == ["stream.mp4"] * len(EXTINF.findall(text))
    lengths = [float(found[0]) for found in EXTINF.findall(text)]
    target = int(text.partition("#EXT-X-TARGETDURATION:")[2].partition("\n")[0])
    assert target >= max(round(length) for length in lengths)
    assert math.isclose(sum(lengths), seconds, abs_tol=0.15)


def check_segments(text: str, media: bytes, *, pictures: bool) -> None:
    """Ranges follow each other to the end, and with pictures each segment plays by itself."""
    size, start = re.findall(r'#EXT-X-MAP:URI="stream.mp4",BYTERANGE="(\d+)@(\d+)"', text)[0]
    head = media[int(start) : int(start) + int(size)]
    end = int(start) + int(size)
    for length, count, offset in EXTINF.findall(text):
        assert int(offset) == end
        end += int(count)
        with av.open(io.BytesIO(head + media[int(offset) : end])) as segment:
            first = next(segment.decode(*(segment.streams.video if pictures else segment.streams.audio)))
            if isinstance(first, av.VideoFrame):
                assert first.key_frame
        assert float(length) > 0
    assert end <= len(media)


async def test_pictures_that_no_player_streams_are_public_as_a_file_alone(
    live: Engine, live_client: httpx.AsyncClient
) -> None:
    file = await add(live_client, live, film(2, "webm", ("libvpx", "libopus")), "old.webm")
    await switched(live_client, file.file_id, "enable")
    shown = await quiet(live_client, live, file.file_id)
    assert shown.public_hls_url is None
    assert shown.static_public_preview_source is not None and shown.static_public_preview_source.url is not None
    assert (await live_client.get(shown.static_public_preview_source.url)).headers["content-type"] == "video/webm"


async def test_only_what_is_ready_can_be_made_public(client: httpx.AsyncClient) -> None:
    announced = (await client.post("/v1/files/upload", json={"displayName": "a.png"})).json()
    refused = await client.post(f"/v1/files/{announced['fileId']}/enable-public-preview")
    assert (refused.status_code, refused.json()["code"]) == (409, "file_not_ready")
    for to in ("enable", "disable"):
        assert (await client.post(f"/v1/files/vg_file_none/{to}-public-preview")).status_code == 404


@pytest.mark.parametrize("path", ["/public/files/x/a.png", "/public/streams/x/stream.m3u8", "/public/files/x"])
async def test_addresses_that_nobody_gave_out_lead_nowhere(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404
