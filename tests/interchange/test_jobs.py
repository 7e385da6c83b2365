"""Timelines asked for over the contract, and through the tools as an agent asks for them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import av
import httpx
import pytest

from videogen_agents.config import load_settings
from videogen_agents.contract import JobStatus, TimelineInterchange
from videogen_agents.tools import Toolbox, call_tool
from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings

SCRIPT = "Water is life. Drink two litres every day."
SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}


async def ended(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    while True:
        found = (await client.get(path, headers={"prefer": "wait=45"})).json()
        if found["status"] not in {"pending", "running"}:
            return found


async def test_a_timeline_is_asked_for_followed_and_fetched(tmp_path: Path) -> None:
    settings = load_engine_settings(home=tmp_path / "home", environ=SMALL)
    async with await Engine.open(settings) as engine:
        transport = httpx.ASGITransport(app=create_app(engine, require_key=False))
        async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
            body = {"script": SCRIPT, "visualStyle": {"type": "STOCK"}}
            run = (await client.post("/v1/workflows/script-to-video", json=body)).json()
            path = f"/v1/projects/{run['projectId']}/timeline-interchange"
            early = await client.post(path)
            assert (early.status_code, early.json()["code"]) == (409, "project_not_ready")
            await ended(client, f"/v1/workflows/runs/{run['workflowRunId']}")

            started = await client.post(path, headers={"idempotency-key": "once"})
            again = await client.post(path, json={}, headers={"idempotency-key": "once"})
            assert started.status_code == 202 and again.json() == started.json()
            job_id = started.json()["interchangeJobId"]
            assert job_id.startswith("vg_inte_")
            job = TimelineInterchange.model_validate(await ended(client, f"/v1/timeline-interchange/{job_id}"))
            assert (job.status, job.error, job.progress_percentage) == (JobStatus.SUCCEEDED, None, 100)
            assert (job.format, job.media_delivery) == ("FCPXML", "REMOTE_URLS")
            assert job.download_url is not None and job.file is not None
            assert job.file.file_id == job.interchange_file_id
            root = ElementTree.fromstring((await client.get(job.download_url)).content)
            sources = [element.get("src", "") for element in root.iter("media-rep")]
            scenes = (await client.get(f"/engine/v1/projects/{run['projectId']}/scenes")).json()["scenes"]
            assert len(sources) == 2 * len(scenes)
            for source in sources:
                assert source.startswith("http://engine.test/media/")
                fetched = await client.get(source)
                assert fetched.status_code == 200 and fetched.headers["content-type"] in {"video/mp4", "audio/wav"}

            assert (await client.get("/v1/timeline-interchange/vg_inte_none")).status_code == 404
            assert (await client.get(f"/v1/timeline-interchange/{run['workflowRunId']}")).status_code == 404
            assert (await client.post("/v1/projects/vg_proj_none/timeline-interchange")).status_code == 404
            wrong = await client.post(path, json={"format": "EDL"})
            assert wrong.status_code == 400 and "format" in wrong.text


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        ({"format": "SRT"}, ".srt"),
        ({"format": "OTIO", "mediaDelivery": "BUNDLE"}, ".zip"),
        ({"format": "PREMIERE_XML"}, ".xml"),
        ({"format": "FCPXML"}, ".fcpxml"),
    ],
)
async def test_an_agent_gets_the_timeline_as_a_file_of_the_right_ending(
    agent_film: tuple[Toolbox, str], arguments: dict[str, str], ending: str
) -> None:
    toolbox, project_id = agent_film
    started = await call_tool(toolbox, "export_project", {"projectId": project_id} | arguments)
    assert not started.is_error, started.text
    job = wire(started)["jobId"]
    while (found := wire(await call_tool(toolbox, "get_job", {"jobId": job, "waitSeconds": 30})))["status"] in {
        "pending",
        "running",
    }:
        continue
    assert found["status"] == "succeeded", found
    saved = await call_tool(toolbox, "get_file", {"fileId": found["fileId"]})
    path = Path(wire(saved)["path"])
    assert path.suffix == ending and path.stat().st_size > 100
    if ending == ".zip":
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None and "timeline.otio" in archive.namelist()
    if ending == ".fcpxml":
        sources = [element.get("src", "") for element in ElementTree.parse(path).getroot().iter("media-rep")]
        for source in sources:
            # No other program reaches the engine inside this one, so the links are to its files.
            assert source.startswith("file:///")
            with av.open(unquote(urlsplit(source).path)) as container:
                assert container.streams


def wire(outcome: Any) -> dict[str, Any]:
    return outcome.data.model_dump(mode="json", by_alias=True, exclude_none=True)


@pytest.fixture
async def agent_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tools over an embedded engine with one small project."""
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)
    settings = load_settings(home=tmp_path / "home", output_dir=tmp_path / "videos", environ={})
    async with Toolbox(settings=settings) as toolbox:
        run = wire(
            await call_tool(
                toolbox, "run_workflow", {"workflow": "script_to_video", "script": SCRIPT, "autoExport": False}
            )
        )
        while (found := wire(await call_tool(toolbox, "get_job", {"jobId": run["jobId"], "waitSeconds": 30})))[
            "status"
        ] in {"pending", "running"}:
            continue
        assert found["status"] == "succeeded", found
        yield toolbox, run["projectId"]
