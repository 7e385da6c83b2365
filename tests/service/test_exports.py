"""Exports: their size by tier, several of one project, and files that are kept for a day only."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import update

from videogen_agents.contract import FileInfo, FileScope, ProjectExport
from videogen_engine.store.clock import now_ms
from videogen_engine.store.files import TEMPORARY_MS
from videogen_engine.store.records import JobOutcome, NewFile, Rendition, StoredSource
from videogen_engine.store.schema import files

from .conftest import ParkedEngine, Start


async def ready_project(engine: ParkedEngine, start: Start) -> str:
    started = (await start()).json()
    engine.store.projects.add_version(started["projectId"], "{}", job_id=started["workflowRunId"])
    engine.store.jobs.succeed(started["workflowRunId"], JobOutcome())
    return started["projectId"]


def film(file_id: str, *, temporary: bool = False) -> NewFile:
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key="a/film.mp4", media_type="video/mp4", size=9)
    scope = FileScope.TEMPORARY if temporary else FileScope.EXPORT
    return NewFile(file_id=file_id, scope=scope, display_name="Film", temporary=temporary, sources=(source,))


@pytest.mark.parametrize("limits", [{"VIDEOGEN_AGENTS_RENDER_LINES": ""}])
async def test_every_tier_has_its_lines_and_all_are_exports_of_one_project(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    project_id = await ready_project(engine, start)
    path = f"/v1/projects/{project_id}/export"
    sizes: dict[str, tuple[int, int]] = {}
    for body in ({}, *({"quality": tier} for tier in ("STANDARD", "HIGH", "FULL_HIGH", "ULTRA_HIGH"))):
        reply = await client.post(path, json=body)
        assert reply.status_code == 202, reply.text
        export = engine.store.exports.get(reply.json()["exportId"])
        sizes[body.get("quality", "")] = (export.width, export.height)
    full = (1920, 1080)
    assert sizes == {
        "": full,
        "STANDARD": (854, 480),
        "HIGH": (1280, 720),
        "FULL_HIGH": full,
        "ULTRA_HIGH": (3840, 2160),
    }
    first = engine.store.exports.list(project_id).items[-1]
    engine.store.exports.finish(first.export_id, film("vg_file_1"), JobOutcome(), timeline_version=1)
    listed = (await client.get(f"/v1/projects/{project_id}/exports")).json()["exports"]
    found = [ProjectExport.model_validate(one) for one in listed]
    assert [one.status.value for one in found] == ["pending"] * 4 + ["succeeded"]
    assert [one.download_url is not None for one in found] == [False] * 4 + [True]


async def test_a_temporary_film_says_so_and_is_gone_after_its_day(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    run = (await start(autoExport=True, isOutputTemporary=True)).json()
    export = engine.store.exports.of_runs([run["workflowRunId"]])[run["workflowRunId"]]
    assert export.temporary
    engine.store.exports.finish(export.export_id, film("vg_file_t", temporary=True), JobOutcome(), timeline_version=1)
    engine.store.jobs.succeed(run["workflowRunId"], JobOutcome())
    shown = FileInfo.model_validate((await client.get("/v1/files/vg_file_t")).json())
    assert shown.scope is FileScope.TEMPORARY and shown.download_url is not None
    kept = engine.store.files.get("vg_file_t").expires_ms
    assert kept is not None and 0 < kept - now_ms() <= TEMPORARY_MS
    assert [one["fileId"] for one in (await client.get("/v1/files")).json()["files"]] == ["vg_file_t"]
    with engine.store.database.write() as connection:
        connection.execute(update(files).where(files.c.file_id == "vg_file_t").values(expires_ms=now_ms()))
    over = FileInfo.model_validate((await client.get("/v1/files/vg_file_t")).json())
    assert (over.download_url, over.download_source and over.download_source.status.value) == (None, "skipped")
    assert (await client.get("/v1/files")).json()["files"] == []
    after = (await client.get(f"/v1/workflows/runs/{run['workflowRunId']}")).json()
    assert (after["status"], after["downloadUrl"], after["exportFileId"]) == ("succeeded", None, "vg_file_t")
    # Its project stays.
    assert (await client.get(f"/v1/projects/{run['projectId']}")).status_code == 200


async def test_what_an_export_cannot_have_is_refused_by_name_and_nothing_is_started(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    project_id = await ready_project(engine, start)
    connection = {"integrationConnectionId": "c", "type": "SLACK_CHANNEL", "slackChannelId": "s"}
    for field, value in (
        ("watermarkMode", "VIDEO_GEN"),
        ("endScreenMode", "VIDEO_GEN"),
        ("deliveryDestinations", [connection]),
    ):
        reply = await client.post(f"/v1/projects/{project_id}/export", json={field: value})
        assert (reply.status_code, reply.json()["requirement"]) == (501, {"type": "hosted_backend"})
        assert field in reply.json()["message"]
    assert (await client.get(f"/v1/projects/{project_id}/exports")).json()["exports"] == []
