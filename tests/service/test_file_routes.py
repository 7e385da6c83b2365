"""Uploads from the announcement to the signed download."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import httpx
import pytest
from PIL import Image

from videogen_agents.contract import ApiError, CreateFileUploadResponse, FileInfo, FilePage
from videogen_engine.store.records import FileState

from .conftest import ORIGIN, ParkedEngine


def png(size: tuple[int, int] = (8, 4)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (1, 2, 3)).save(stream, "PNG")
    return stream.getvalue()


async def announce(client: httpx.AsyncClient, **fields: object) -> CreateFileUploadResponse:
    response = await client.post("/v1/files/upload", json={"displayName": "a.png"} | fields)
    assert response.status_code == 200, response.text
    return CreateFileUploadResponse.model_validate(response.json())


async def info(client: httpx.AsyncClient, file_id: str) -> FileInfo:
    response = await client.post(f"/v1/files/{file_id}/hydrate")
    assert response.status_code == 200
    found = FileInfo.model_validate(response.json())
    assert found.to_wire() == response.json()
    return found


async def test_bytes_are_taken_once_and_go_to_be_checked(engine: ParkedEngine, client: httpx.AsyncClient) -> None:
    upload = await announce(client, type="IMAGE")
    assert upload.upload_url.startswith(f"{ORIGIN}/media/uploads/")
    before = await info(client, upload.file_id)
    assert before.download_source is not None and before.download_source.status == "pending"
    for _ in range(2):
        assert (await client.put(upload.upload_url, content=png())).status_code == 200
    assert len(engine.queue.submitted) == 1
    assert engine.store.files.get(upload.file_id).state is FileState.CHECKING
    other = await client.put(upload.upload_url, content=png((9, 9)))
    assert (other.status_code, other.json()["code"]) == (409, "already_uploaded")
    assert list(engine.settings.scratch.glob("upload-*")) == []


@pytest.mark.parametrize("limits", [{"VIDEOGEN_AGENTS_MAX_UPLOAD_BYTES": "2000"}])
async def test_an_upload_over_the_cap_is_cut_off_and_leaves_nothing(
    engine: ParkedEngine, client: httpx.AsyncClient
) -> None:
    upload = await announce(client)

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"\x89PNG" + bytes(996)

    for content in (bytes(2001), parts()):
        response = await client.put(upload.upload_url, content=content)
        assert response.status_code == 413
        assert ApiError.model_validate(response.json()).code == "upload_too_large"
    assert list(engine.settings.scratch.glob("*")) == []
    assert list(engine.media.list("uploads/")) == []
    assert (await client.put(upload.upload_url, content=png())).status_code == 200


@pytest.mark.parametrize(
    ("content", "declared", "status"),
    [
        (b"", None, 400),
        (b"\x7fELF" + bytes(99), None, 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "IMAGE", 415),
        (png(), "VIDEO", 415),
        (b"just words", "IMAGE", 415),
        (png(), "IMAGE", 200),
        (b"just words", None, 200),
    ],
)
async def test_bytes_that_are_not_what_was_announced_are_refused(
    client: httpx.AsyncClient, content: bytes, declared: str | None, status: int
) -> None:
    upload = await announce(client, **({} if declared is None else {"type": declared}))
    response = await client.put(upload.upload_url, content=content, headers={"content-type": "video/mp4"})
    assert response.status_code == status
    if status != 200:
        ApiError.model_validate(response.json())


async def test_an_upload_url_cannot_be_bent(client: httpx.AsyncClient) -> None:
    upload = await announce(client)
    other = await announce(client)
    for altered in (
        upload.upload_url.replace("max=", "max=9"),
        upload.upload_url.replace(upload.file_id, other.file_id, 1),
        upload.upload_url.replace(f"file={upload.file_id}", f"file={other.file_id}"),
    ):
        assert (await client.put(altered, content=png())).status_code == 403
    assert (await client.get(upload.upload_url)).status_code == 403
    assert (await client.post(upload.upload_url)).status_code == 405


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"displayName": ""}, "displayName must have"),
        ({"displayName": " \u202e\n "}, "displayName must have"),
        ({"displayName": "x" * 256}, "displayName must have"),
        ({"displayName": None}, "displayName"),
        ({"type": "EXE"}, "type must be"),
        ({"transcript": {"words": []}}, "transcript.words needs at least 1"),
    ],
)
async def test_a_bad_announcement_is_explained(
    client: httpx.AsyncClient, fields: dict[str, object], sentence: str
) -> None:
    response = await client.post("/v1/files/upload", json={"displayName": "a.png"} | fields)
    assert response.status_code == 400
    assert sentence in ApiError.model_validate(response.json()).message


@pytest.mark.parametrize("limits", [{"VIDEOGEN_AGENTS_MAX_OPEN_UPLOADS": "2"}])
async def test_uploads_that_never_come_cannot_pile_up(client: httpx.AsyncClient) -> None:
    first = await announce(client)
    await announce(client)
    refused = await client.post("/v1/files/upload", json={"displayName": "a"})
    assert refused.status_code == 429
    await client.put(first.upload_url, content=png())
    await announce(client)


async def test_a_transcript_given_with_the_upload_comes_back(client: httpx.AsyncClient) -> None:
    words = [{"startSeconds": 0, "endSeconds": 0.5, "word": "Hallo"}]
    upload = await announce(client, transcript={"languageCode": "de", "words": words})
    found = await info(client, upload.file_id)
    assert found.transcript is not None and found.transcript_text == "Hallo"


async def test_files_are_listed_once_sent_and_until_archived(client: httpx.AsyncClient) -> None:
    upload = await announce(client, isTemporary=True)
    assert (await client.get("/v1/files")).json()["files"] == []
    await client.put(upload.upload_url, content=png())
    page = FilePage.model_validate((await client.get("/v1/files?limit=1")).json())
    assert [file.file_id for file in page.files] == [upload.file_id]
    assert page.files[0].scope == "TEMPORARY"
    archived = await client.post(f"/v1/files/{upload.file_id}/archive")
    assert FileInfo.model_validate(archived.json()).file_id == upload.file_id
    assert (await client.get("/v1/files")).json()["files"] == []
    assert (await client.get(f"/v1/files/{upload.file_id}")).status_code == 200


async def test_unknown_files_are_not_found(client: httpx.AsyncClient) -> None:
    for method, path in [("GET", ""), ("POST", "/hydrate"), ("POST", "/archive")]:
        response = await client.request(method, f"/v1/files/vg_file_none{path}")
        assert response.status_code == 404
        assert "vg_file_none" in ApiError.model_validate(response.json()).message


async def settled(client: httpx.AsyncClient, job_id: str) -> None:
    """Wait until the check has ended, by the engine's own long poll."""
    while (await client.get(f"/engine/v1/jobs/{job_id}", headers={"prefer": "wait=30"})).json()["status"] in {
        "pending",
        "running",
    }:
        pass


async def test_an_upload_is_checked_in_a_child_process_and_served(
    live_client: httpx.AsyncClient, live_jobs: list[str]
) -> None:
    good = await announce(live_client)
    assert (await live_client.put(good.upload_url, content=png((80, 40)))).status_code == 200
    bad = await announce(live_client)
    assert (await live_client.put(bad.upload_url, content=png((80, 40))[:60])).status_code == 200
    for job_id in live_jobs:
        await settled(live_client, job_id)
    found = await info(live_client, good.file_id)
    assert (found.type, found.download_source and found.download_source.status) == ("IMAGE", "ready")
    assert found.download_source is not None and found.thumbnail_source is not None
    assert (found.download_source.width, found.download_source.height) == (80, 40)
    assert found.hls_source is not None and found.hls_source.status == "skipped"
    assert found.download_url is not None and found.thumbnail_url is not None
    fetched = await live_client.get(found.download_url)
    assert fetched.content == png((80, 40))
    assert fetched.headers["content-type"] == "image/png"
    assert (await live_client.get(found.thumbnail_url)).headers["content-type"] == "image/jpeg"
    refused = await info(live_client, bad.file_id)
    assert refused.download_source is not None and refused.download_source.status == "failed"
    assert refused.description is not None and "damaged" in refused.description
