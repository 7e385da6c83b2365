"""What an export tells of itself: its sheet, and what a look at it found."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
from PIL import Image

from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings

SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}


async def test_a_real_film_comes_with_its_sheet_and_without_findings_and_an_unreadable_caption_is_told(
    tmp_path: Path,
) -> None:
    settings = load_engine_settings(home=tmp_path / "home", environ=SMALL)
    async with await Engine.open(settings) as engine:
        transport = httpx.ASGITransport(app=create_app(engine, require_key=False))
        async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:

            async def finished(job_id: str) -> dict:
                while True:
                    job = (await client.get(f"/engine/v1/jobs/{job_id}", headers={"prefer": "wait=45"})).json()
                    if job["status"] not in {"pending", "running"}:
                        assert job["status"] == "succeeded", job
                        return job

            body = {"script": "Water is life. Drink two litres every day.", "visualStyle": {"type": "STOCK"}}
            run = (await client.post("/v1/workflows/script-to-video", json=body)).json()
            findings = f"/engine/v1/projects/{run['projectId']}/findings"
            await finished(run["workflowRunId"])
            assert (await client.get(findings)).json()["exportId"] is None
            export = (await client.post(f"/v1/projects/{run['projectId']}/export")).json()["exportId"]
            job = await finished(export)
            assert job["findings"] == []
            told = (await client.get(findings)).json()
            assert (told["exportId"], told["version"], told["findings"]) == (export, 1, [])
            sheet = next(sidecar for sidecar in job["sidecars"] if sidecar["kind"] == "contact_sheet")
            assert sheet["mediaType"] == "image/jpeg" and sheet["fileBytes"] <= 150_000
            with Image.open(io.BytesIO((await client.get(sheet["url"])).content)) as picture:
                assert picture.width > 400

            style = {"textColor": {"red": 250, "green": 250, "blue": 250}, "backgroundStyle": None}
            action = {"type": "ENABLE_CAPTIONS", "captionStyle": style | {"fontSize": 900}}
            remix = f"/v1/projects/{run['projectId']}/remix"
            edit = (await client.post(remix, json={"remixActions": [action]})).json()["remixActionIds"][0]
            await finished(edit)
            await finished((await client.post(f"/v1/projects/{run['projectId']}/export")).json()["exportId"])
            found = (await client.get(findings)).json()["findings"]
            assert {finding["kind"] for finding in found} == {"caption_contrast", "caption_overflow"}
            for finding in found:
                assert finding["mendTool"] == "remix_project"
                mended = await client.post(remix, json={"remixActions": finding["mendArguments"]["remixActions"]})
                assert mended.status_code == 202, mended.text
                assert finding["mendArguments"]["projectId"] == run["projectId"]
            assert (await client.get("/engine/v1/projects/vg_proj_none/findings")).status_code == 404
