"""Bytes over HTTP: ranges, tags, names, and what an altered URL gets."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from videogen_agents.contract import ApiError

from .conftest import ParkedEngine

CONTENT = bytes(range(256)) * 4
KEY = "artifacts/film/a.mp4"


def publish(engine: ParkedEngine, key: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "publish"
    path.write_bytes(content)
    engine.media.publish(key, path)


@pytest.fixture
def url(engine: ParkedEngine, tmp_path: Path) -> str:
    publish(engine, KEY, CONTENT, tmp_path)
    return engine.signer.download(KEY, file_name='Ein "Film" – 1.mp4')[0]


async def test_the_whole_is_sent_with_its_name_its_type_and_its_tag(client: httpx.AsyncClient, url: str) -> None:
    response = await client.get(url)
    assert (response.status_code, response.content) == (200, CONTENT)
    headers = response.headers
    assert headers["content-type"] == "video/mp4"
    assert headers["content-length"] == "1024"
    assert headers["accept-ranges"] == "bytes"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"].startswith("inline; filename=\"Ein 'Film' _ 1.mp4\"")
    assert "filename*=UTF-8''Ein%20%22Film%22%20%E2%80%93%201.mp4" in headers["content-disposition"]
    head = await client.head(url)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", "1024")
    assert head.headers["etag"] == headers["etag"]


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-1023", 0, 1024),
        ("bytes=100-199", 100, 200),
        ("bytes=1000-", 1000, 1024),
        ("bytes=1000-99999", 1000, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-99999", 0, 1024),
        ("bytes = 5 - 9", 5, 10),
    ],
)
async def test_a_part_is_sent_as_asked(client: httpx.AsyncClient, url: str, wanted: str, start: int, end: int) -> None:
    response = await client.get(url, headers={"range": wanted})
    assert (response.status_code, response.content) == (206, CONTENT[start:end])
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/1024"
    assert response.headers["content-length"] == str(end - start)
    head = await client.head(url, headers={"range": wanted})
    assert (head.status_code, head.headers["content-range"]) == (206, response.headers["content-range"])


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
async def test_a_part_that_does_not_exist_is_refused_with_the_size(
    client: httpx.AsyncClient, url: str, wanted: str
) -> None:
    response = await client.get(url, headers={"range": wanted})
    assert response.status_code == 416
    assert response.headers["content-range"] == "bytes */1024"
    assert ApiError.model_validate(response.json()).code == "range_not_satisfiable"


@pytest.mark.parametrize(
    "wanted",
    ["bytes=", "bytes=-", "bytes=9-5", "items=0-1", "bytes=0-1,5-6", "bytes=a-b", "0-1", "bytes=-1" + "0" * 30],
)
async def test_a_range_that_means_nothing_gets_the_whole(client: httpx.AsyncClient, url: str, wanted: str) -> None:
    response = await client.get(url, headers={"range": wanted})
    assert (response.status_code, response.content) == (200, CONTENT)


async def test_an_unchanged_tag_saves_the_bytes(client: httpx.AsyncClient, url: str) -> None:
    tag = (await client.head(url)).headers["etag"]
    assert (await client.get(url, headers={"if-none-match": tag})).status_code == 304
    assert (await client.get(url, headers={"if-none-match": '"other"'})).status_code == 200
    part = {"range": "bytes=0-1"}
    assert (await client.get(url, headers=part | {"if-range": tag})).status_code == 206
    assert (await client.get(url, headers=part | {"if-range": '"other"'})).status_code == 200


async def test_no_part_of_the_url_can_be_changed(client: httpx.AsyncClient, url: str) -> None:
    changed = [
        url.replace("a.mp4?", "b.mp4?"),
        url.replace("exp=1", "exp=2"),
        url.replace("m=GET", "m=PUT"),
        url.replace("Film", "Virus"),
        url[:-1] + ("0" if url[-1] != "0" else "1"),
        url.split("?")[0],
        url.replace("/media/", "/media/../"),
        url.replace("/media/artifacts", "/media//etc"),
    ]
    for altered in changed:
        response = await client.get(altered)
        assert response.status_code in {403, 404}, altered
        assert CONTENT not in response.content
        ApiError.model_validate(response.json())


async def test_an_expired_url_says_how_to_get_a_fresh_one(client: httpx.AsyncClient, engine: ParkedEngine) -> None:
    response = await client.get(engine.signer.download(KEY, now=1_000)[0])
    assert response.status_code == 403
    error = ApiError.model_validate(response.json())
    assert error.code == "url_expired" and "fresh URL" in error.message


async def test_media_that_were_dropped_are_not_found(client: httpx.AsyncClient, engine: ParkedEngine) -> None:
    response = await client.get(engine.signer.download("artifacts/film/gone.mp4")[0])
    assert response.status_code == 404


async def test_pages_and_drawings_are_never_shown_in_place(
    client: httpx.AsyncClient, engine: ParkedEngine, tmp_path: Path
) -> None:
    for name in ("artifacts/a.svg", "artifacts/a.html", "artifacts/a.json", "uploads/f/original.bin"):
        publish(engine, name, b"<svg/>", tmp_path)
        response = await client.get(engine.signer.download(name, file_name="a")[0])
        assert response.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in response.headers["content-security-policy"]


async def test_an_empty_object_is_sent_whole_and_has_no_parts(
    client: httpx.AsyncClient, engine: ParkedEngine, tmp_path: Path
) -> None:
    publish(engine, "artifacts/empty.bin", b"", tmp_path)
    url = engine.signer.download("artifacts/empty.bin")[0]
    assert (await client.get(url)).content == b""
    assert (await client.get(url, headers={"range": "bytes=0-0"})).status_code == 416
