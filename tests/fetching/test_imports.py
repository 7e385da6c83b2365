"""Files from the web, through the tools and the contract's two operations."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import pytest
from PIL import Image

from videogen_agents.contract import FileUrlImport
from videogen_agents.testing import EmbeddedEngine
from videogen_agents.tools import Toolbox, ToolOutcome, call_tool

from .conftest import HOSTS
from .site import Site


def png(colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(stream, "PNG")
    return stream.getvalue()


def fields(outcome: ToolOutcome) -> dict[str, object]:
    assert not outcome.is_error, outcome.text
    return outcome.data.model_dump(by_alias=True)


async def finished(toolbox: Toolbox, job_id: str) -> ToolOutcome:
    return await call_tool(toolbox, "get_job", {"jobId": job_id, "kind": "file_import", "waitSeconds": 30})


async def http(engine: EmbeddedEngine, method: str, path: str, **body: object) -> httpx.Response:
    headers = {"idempotency-key": str(body.pop("key"))} if "key" in body else {}
    headers["prefer"] = "wait=30"
    request = httpx.Request(
        method, f"http://engine.test{path}", json=body if method == "POST" else None, headers=headers
    )
    return await engine.respond(request)


async def test_an_agent_adds_a_file_by_its_address_and_reads_it_back(toolbox: Toolbox, site: Site) -> None:
    site.put("/pictures/red%20square.png", png())
    site.redirect("/short", "/pictures/red%20square.png")
    started = await call_tool(toolbox, "add_file", {"url": site.url("/short")})
    assert not started.is_error, started.text
    job_id = str(fields(started)["jobId"])
    done = await finished(toolbox, job_id)
    assert not done.is_error, done.text
    file_id = str(fields(done)["fileId"])
    got = await call_tool(toolbox, "get_file", {"fileId": file_id})
    assert fields(got)["displayName"] == "red square.png"
    assert Path(str(fields(got)["path"])).read_bytes() == png()
    again = await call_tool(toolbox, "add_file", {"url": site.url("/short")})
    assert fields(again)["jobId"] == job_id
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/page", b"<html><title>A page</title></html>", "url_is_a_page"),
        ("/broken.png", b"\x89PNG\r\n\x1a\nnot a picture", "damaged_media"),
        ("/large.wav", b"RIFF\xff\xff\xff\x00WAVE" + bytes(200_000), "media_too_large"),
    ],
)
async def test_what_cannot_be_used_fails_with_the_reason_and_leaves_no_file(
    toolbox: Toolbox, engine: EmbeddedEngine, site: Site, path: str, body: bytes, code: str
) -> None:
    before = await listed(engine)
    site.put(path, body)
    started = await http(engine, "POST", "/v1/files/import-url", url=site.url(path))
    assert started.status_code == 202, started.text
    job_id = started.json()["fileImportId"]
    state = FileUrlImport.model_validate((await until_done(engine, job_id)).json())
    assert (state.status, state.file_id, state.file) == ("failed", None, None)
    assert state.error is not None and state.error.code == code
    assert state.message == state.error.message
    told = await finished(toolbox, job_id)
    assert state.error.message in told.text
    assert await listed(engine) == before


async def listed(engine: EmbeddedEngine) -> set[str]:
    return {file["fileId"] for file in (await http(engine, "GET", "/v1/files")).json()["files"]}


async def until_done(engine: EmbeddedEngine, job_id: str) -> httpx.Response:
    while True:
        reply = await http(engine, "GET", f"/v1/files/imports/{job_id}")
        if reply.json()["status"] not in {"pending", "running"}:
            return reply


async def test_a_key_starts_one_import_and_a_new_request_fetches_anew(engine: EmbeddedEngine, site: Site) -> None:
    site.put("/a.png", png((1, 2, 3)))
    url = site.url("/a.png")
    first = await http(engine, "POST", "/v1/files/import-url", key="one", url=url, displayName="Dark", type="IMAGE")
    repeat = await http(engine, "POST", "/v1/files/import-url", key="one", url=url, displayName="Dark", type="IMAGE")
    assert repeat.json() == first.json()
    assert repeat.headers["idempotency-replayed"] == "true"
    other = await http(engine, "POST", "/v1/files/import-url", key="one", url=url)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    done = (await until_done(engine, first.json()["fileImportId"])).json()
    assert (done["progressPercentage"], done["file"]["displayName"], done["file"]["type"]) == (100, "Dark", "IMAGE")
    assert done["file"]["downloadSource"]["width"] == 40
    assert done["fileId"] == done["file"]["fileId"]
    site.put("/a.png", png((9, 9, 9)))
    second = await http(engine, "POST", "/v1/files/import-url", url=url, isTemporary=True)
    done = (await until_done(engine, second.json()["fileImportId"])).json()
    assert done["file"]["scope"] == "TEMPORARY"
    assert (await http(engine, "GET", done["file"]["downloadUrl"].removeprefix("http://engine.test"))).content == png(
        (9, 9, 9)
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/a.png",
        "http://localhost/a.png",
        "http://169.254.169.254/latest",
        "http://nas.local/a.png",
        "https://user:pass@example.com/a.png",
        "https://example.com:22/a.png",
        "ftp://example.com/a.png",
        "not a url",
    ],
)
async def test_addresses_that_may_not_be_fetched_start_nothing(
    toolbox: Toolbox, engine: EmbeddedEngine, url: str
) -> None:
    refused = await http(engine, "POST", "/v1/files/import-url", url=url)
    assert refused.status_code == 400, refused.text
    told = await call_tool(toolbox, "add_file", {"url": url})
    assert told.is_error
    assert "pass" not in told.text.replace("password", "")


async def test_without_the_operators_word_this_machine_is_no_source(
    toolbox: Toolbox, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(HOSTS)
    told = await call_tool(toolbox, "add_file", {"url": site.url("/a.png")})
    assert told.is_error
    assert "private" in told.text
    assert site.asked == []


async def test_an_import_that_is_not_is_not_found(engine: EmbeddedEngine) -> None:
    assert (await http(engine, "GET", "/v1/files/imports/vg_impo_none")).status_code == 404
