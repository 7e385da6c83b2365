"""Projects and exports, on an engine whose worker is elsewhere."""

from __future__ import annotations

import httpx
import pytest

from videogen_agents.contract import ApiError, FileScope, FileType, JobStatus, ProjectExport, ProjectPage
from videogen_engine.service.answers import download_name
from videogen_engine.service.export_size import frame_size
from videogen_engine.store.records import FileRecord, JobOutcome, NewFile, Rendition, StoredSource

from .conftest import ParkedEngine, Start


@pytest.fixture
async def project_id(engine: ParkedEngine, start: Start) -> str:
    """A project that has been built and not exported."""
    started = (await start()).json()
    engine.store.projects.add_version(
        started["projectId"], "{}", job_id=started["workflowRunId"], title="Water is life"
    )
    engine.store.jobs.succeed(started["workflowRunId"], JobOutcome())
    return started["projectId"]


def finish(engine: ParkedEngine, export_id: str) -> None:
    sources = tuple(
        StoredSource(rendition=rendition, media_key=f"artifacts/f/a{suffix}", media_type=media_type, size=7, width=320)
        for rendition, suffix, media_type in [
            (Rendition.DOWNLOAD, ".mp4", "video/mp4"),
            (Rendition.THUMBNAIL, ".jpg", "image/jpeg"),
        ]
    )
    file = NewFile(
        file_id=f"vg_file_{export_id}",
        scope=FileScope.EXPORT,
        display_name="Water is life",
        type=FileType.VIDEO,
        duration_seconds=3.5,
        sources=sources,
    )
    engine.store.exports.finish(export_id, file, JobOutcome(), timeline_version=1)


async def test_an_export_is_followed_to_its_file(
    engine: ParkedEngine, client: httpx.AsyncClient, project_id: str
) -> None:
    response = await client.post(f"/v1/projects/{project_id}/export")
    assert response.status_code == 202
    export_id = response.json()["exportId"]
    assert engine.queue.submitted[-1] == export_id
    path = f"/v1/projects/{project_id}/exports/{export_id}"
    waiting = ProjectExport.model_validate((await client.get(path)).json())
    assert (waiting.status, waiting.file, waiting.download_url) == (JobStatus.PENDING, None, None)
    finish(engine, export_id)
    response = await client.get(path)
    export = ProjectExport.model_validate(response.json())
    assert export.to_wire() == response.json()
    assert (export.status, export.progress_percentage) == (JobStatus.SUCCEEDED, 100)
    assert export.file is not None and export.file.duration_seconds == 3.5
    assert export.export_file_id == export.file.file_id
    assert export.download_url is not None and "name=Water+is+life.mp4" in export.download_url
    assert export.thumbnail_url is not None and export.download_url_expires_at is not None
    listed = (await client.get(f"/v1/projects/{project_id}/exports")).json()
    assert [item["downloadUrl"] for item in listed["exports"]] == [export.download_url]


async def test_a_finished_run_shows_its_export(engine: ParkedEngine, client: httpx.AsyncClient, start: Start) -> None:
    started = (await start(autoExport=True)).json()
    run_id = started["workflowRunId"]
    export = engine.store.exports.of_runs([run_id])[run_id]
    finish(engine, export.export_id)
    run = (await client.get(f"/v1/workflows/runs/{run_id}")).json()
    assert (run["exportId"], run["downloadUrl"]) == (None, None), "the run has not ended yet"
    engine.store.jobs.succeed(run_id, JobOutcome())
    run = (await client.get(f"/v1/workflows/runs/{run_id}")).json()
    assert run["exportId"] == export.export_id
    assert run["exportFileId"] and run["downloadUrl"] and run["thumbnailUrl"]


async def test_what_is_not_built_yet_cannot_be_exported(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = (await start()).json()
    path = f"/v1/projects/{started['projectId']}/export"
    response = await client.post(path, json={})
    assert response.status_code == 409
    assert "still being built" in ApiError.model_validate(response.json()).message
    engine.store.jobs.mark_cancelled(started["workflowRunId"])
    assert "never built" in (await client.post(path, json={})).json()["message"]


async def test_an_absent_body_an_empty_one_and_null_are_the_same(client: httpx.AsyncClient, project_id: str) -> None:
    for content in (None, b"{}", b"null"):
        response = await client.post(f"/v1/projects/{project_id}/export", content=content)
        assert response.status_code == 202


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"quality": "BEST"}, 400),
        ({"watermarkMode": "VIDEO_GEN"}, 501),
        ({"endScreenMode": "VIDEO_GEN"}, 501),
        ({"watermarkMode": "NONE", "endScreenMode": "AUTO"}, 202),
    ],
)
async def test_export_options_are_honoured_or_refused(
    client: httpx.AsyncClient, project_id: str, body: dict[str, str], status: int
) -> None:
    assert (await client.post(f"/v1/projects/{project_id}/export", json=body)).status_code == status


async def test_a_repeated_key_repeats_the_export(client: httpx.AsyncClient, project_id: str) -> None:
    path = f"/v1/projects/{project_id}/export"
    first = await client.post(path, headers={"idempotency-key": "k"})
    again = await client.post(path, headers={"idempotency-key": "k"}, json={})
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    other = await client.post(path, headers={"idempotency-key": "k"}, json={"quality": "HIGH"})
    assert other.status_code == 409


async def test_an_export_belongs_to_its_project(client: httpx.AsyncClient, project_id: str, start: Start) -> None:
    export_id = (await client.post(f"/v1/projects/{project_id}/export")).json()["exportId"]
    other = (await start()).json()["projectId"]
    assert (await client.get(f"/v1/projects/{other}/exports/{export_id}")).status_code == 404
    assert (await client.get("/v1/projects/vg_proj_none/exports")).status_code == 404


async def test_projects_are_listed_last_updated_first(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = [(await start()).json() for _ in range(3)]
    oldest = started[0]
    engine.store.projects.add_version(oldest["projectId"], "{}", job_id=oldest["workflowRunId"])
    response = await client.get("/v1/projects?includeUiProjects=true")
    page = ProjectPage.model_validate(response.json())
    assert page.to_wire() == response.json()
    assert page.projects[0].project_id == oldest["projectId"]
    assert {project.project_id for project in page.projects} == {item["projectId"] for item in started}
    assert response.headers["videogen-ignored-fields"] == "includeUiProjects"


async def test_scenes_of_a_project_without_a_timeline_are_not_found(client: httpx.AsyncClient, start: Start) -> None:
    project_id = (await start()).json()["projectId"]
    response = await client.get(f"/engine/v1/projects/{project_id}/scenes")
    assert response.status_code == 404
    assert "no timeline yet" in ApiError.model_validate(response.json()).message


@pytest.mark.parametrize(
    ("ratio", "lines", "size"),
    [
        ((16, 9), 1080, (1920, 1080)),
        ((9, 16), 1080, (1080, 1920)),
        ((1, 1), 720, (720, 720)),
        ((4, 5), 1080, (1080, 1350)),
        ((1920, 1080), 2160, (3840, 2160)),
        ((4, 3), 180, (240, 180)),
        ((21, 9), 180, (420, 180)),
        ((1001, 1000), 90, (90, 90)),
    ],
)
def test_frames_have_even_sides_and_the_lines_asked_for(
    ratio: tuple[int, int], lines: int, size: tuple[int, int]
) -> None:
    assert frame_size(*ratio, lines) == size


@pytest.mark.parametrize(
    ("display_name", "media_type", "saved_as"),
    [
        ("Water is life", "video/mp4", "Water is life.mp4"),
        ("Report 2.0", "video/mp4", "Report 2.0.mp4"),
        ("clip.MP4", "video/mp4", "clip.MP4"),
        ("clip.mov", "image/jpeg", "clip.jpg"),
        ("../../etc/passwd", "text/plain", "..-..-etc-passwd.txt"),
        (".png", "image/jpeg", ".png.jpg"),
    ],
)
def test_a_file_is_saved_under_its_name_with_the_suffix_that_fits(
    display_name: str, media_type: str, saved_as: str
) -> None:
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key="a/b", media_type=media_type, size=1)
    file = FileRecord(
        file_id="f",
        scope=FileScope.GLOBAL,
        display_name=display_name,
        error=None,
        expires_ms=None,
        archived_ms=None,
        created_ms=0,
        updated_ms=0,
    )
    assert download_name(file, source) == saved_as
