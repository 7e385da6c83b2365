"""From a script to a film that plays, over the contract alone, at thumbnail size."""

from __future__ import annotations

import io
import itertools

import av
import httpx
from PIL import Image

from videogen_agents.contract import JobStatus, ProjectExport, WorkflowRun

SCRIPT = "Water is life. Drink two litres every day."


async def start(client: httpx.AsyncClient, **fields: object) -> dict[str, str]:
    body = {"script": SCRIPT, "visualStyle": {"type": "STOCK"}} | fields
    response = await client.post("/v1/workflows/script-to-video", json=body)
    assert response.status_code == 202, response.text
    return response.json()


async def followed(client: httpx.AsyncClient, path: str) -> dict[str, object]:
    """The job at its end, by long polls; its progress never falls on the way."""
    progress = 0.0
    while True:
        found = (await client.get(path, headers={"prefer": "wait=45"})).json()
        assert found["progressPercentage"] >= progress
        progress = found["progressPercentage"]
        if found["status"] not in {"pending", "running"}:
            return found


async def test_a_script_becomes_a_film_that_plays(live_client: httpx.AsyncClient) -> None:
    started = await start(live_client, autoExport=True, aspectRatio={"width": 9, "height": 16})
    run = WorkflowRun.model_validate(await followed(live_client, f"/v1/workflows/runs/{started['workflowRunId']}"))
    assert (run.status, run.error, run.progress_percentage) == (JobStatus.SUCCEEDED, None, 100)
    assert run.download_url is not None and run.thumbnail_url is not None
    content = (await live_client.get(run.download_url)).content
    with av.open(io.BytesIO(content)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.width, video.codec_context.height) == (180, 320)
        assert audio.codec_context.sample_rate == 48_000
        assert film.duration is not None
        seconds = film.duration / 1e6
        frames = sum(1 for _ in film.decode(video))
    assert frames > 60
    with Image.open(io.BytesIO((await live_client.get(run.thumbnail_url)).content)) as thumbnail:
        assert thumbnail.height > thumbnail.width

    scenes = (await live_client.get(f"/engine/v1/projects/{run.project_id}/scenes")).json()
    assert " ".join(scene["text"] for scene in scenes["scenes"]) == SCRIPT
    words = [word for scene in scenes["scenes"] for word in scene["words"]]
    assert [word["word"].strip(".") for word in words] == SCRIPT.replace(".", "").split()
    assert all(before["endSeconds"] <= after["startSeconds"] for before, after in itertools.pairwise(words))
    assert abs(scenes["durationSeconds"] - seconds) < 0.2
    assert all(scene["reason"] and scene["sources"] for scene in scenes["scenes"])
    assert (await live_client.get(f"/v1/projects/{run.project_id}")).json()["status"] == "ready"
    page = await live_client.get(run.project_url)
    assert "<video controls" in page.text

    detail = await live_client.get(f"/engine/v1/jobs/{run.workflow_run_id}")
    assert detail.json()["scenesRendered"] == len(scenes["scenes"])
    sidecars = {sidecar.pop("kind"): sidecar.pop("url") for sidecar in detail.json()["sidecars"]}
    assert list(sidecars) == ["srt", "vtt", "manifest", "contact_sheet"]
    told = detail.text
    for url in sidecars.values():
        assert (await live_client.get(url)).content
        told = told.replace(url, "")
    assert "/media/" not in told and "home" not in told, "no path of this machine leaves it"
    listed = (await live_client.get("/v1/files?includeExportFiles=true")).json()["files"]
    assert [file["fileId"] for file in listed] == [run.export_file_id]

    again = await live_client.post(f"/v1/projects/{run.project_id}/export")
    path = f"/v1/projects/{run.project_id}/exports/{again.json()['exportId']}"
    export = ProjectExport.model_validate(await followed(live_client, path))
    assert export.status is JobStatus.SUCCEEDED and export.download_url is not None
    assert (await live_client.get(export.download_url)).content == content
    redone = (await live_client.get(f"/engine/v1/jobs/{export.export_id}")).json()
    assert (redone["scenesRendered"], redone["scenesReused"]) == (0, len(scenes["scenes"]))


async def test_a_user_s_own_picture_is_shown(live_client: httpx.AsyncClient, live_jobs: list[str]) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (320, 180), (255, 0, 255)).save(stream, "PNG")
    upload = (await live_client.post("/v1/files/upload", json={"displayName": "magenta.png"})).json()
    await live_client.put(upload["uploadUrl"], content=stream.getvalue())
    await followed(live_client, f"/engine/v1/jobs/{live_jobs[0]}")
    started = await start(live_client, featuredBRollFileIds=[upload["fileId"]], autoExport=True)
    run = await followed(live_client, f"/v1/workflows/runs/{started['workflowRunId']}")
    assert run["status"] == "succeeded", run["error"]
    scenes = (await live_client.get(f"/engine/v1/projects/{started['projectId']}/scenes")).json()["scenes"]
    assert any(source["licence"] == "user" for scene in scenes for source in scene["sources"])


async def test_a_cancelled_run_stays_cancelled(live_client: httpx.AsyncClient) -> None:
    started = await start(live_client, autoExport=True)
    path = f"/v1/workflows/runs/{started['workflowRunId']}"
    assert (await live_client.post(f"{path}/cancel")).status_code == 202
    assert (await followed(live_client, path))["status"] == "cancelled"
    exports = (await live_client.get(f"/v1/projects/{started['projectId']}/exports")).json()["exports"]
    assert [export["status"] for export in exports] == ["cancelled"]
    assert (await live_client.get(f"/v1/projects/{started['projectId']}")).json()["status"] == "ready"
