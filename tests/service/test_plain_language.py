"""Plain words over the contract: three edits at once, and what a refusal leaves."""

from __future__ import annotations

from typing import Any, cast

import httpx

from .test_film import start
from .test_remix import detail, edited

SCRIPT = "# One\n\nWater is life.\n\n# Two\n\nDrink two litres.\n\n# Three\n\nDogs drink too.\n\n# Four\n\nStart today."


def said(prompt: str, **fields: object) -> dict[str, object]:
    return {"type": "EDIT_WITH_AGENT", "prompt": prompt, **fields}


async def texts(client: httpx.AsyncClient, project: str) -> list[str]:
    found = (await client.get(f"/engine/v1/projects/{project}/scenes")).json()
    return [scene["text"] for scene in found["scenes"]]


async def test_one_request_makes_one_version_with_all_its_edits(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script=SCRIPT)
    await detail(live_client, run["workflowRunId"])
    project = str(run["projectId"])
    before = await texts(live_client, project)
    (done,) = await edited(live_client, project, said("now hide the captions, add calm music and drop the third scene"))
    assert (done["status"], done["version"]) == ("succeeded", 2), (before, done["error"])
    notes = cast("list[str]", done["notes"])
    assert "Captions hidden." in notes
    assert "Removed scene 3." in notes
    assert await texts(live_client, project) == [*before[:2], *before[3:]]
    listed = (await live_client.get(f"/engine/v1/projects/{project}/versions")).json()
    assert "captions hidden" in listed["versions"][0]["title"]

    (undone,) = await edited(live_client, project, said("undo that"))
    assert undone["status"] == "succeeded"
    assert await texts(live_client, project) == before


async def test_a_request_that_is_not_understood_fails_its_job_and_changes_nothing(
    live_client: httpx.AsyncClient,
) -> None:
    run = await start(live_client, script=SCRIPT)
    await detail(live_client, run["workflowRunId"])
    project = str(run["projectId"])
    before = await texts(live_client, project)
    (failed,) = await edited(live_client, project, said("drop the third scene and bake a cake"))
    assert failed["status"] == "failed"
    error = cast("dict[str, Any]", failed["error"])
    assert "bake a cake" in error["message"]
    assert "Nothing was changed" in error["message"]
    assert await texts(live_client, project) == before
    listed = (await live_client.get(f"/engine/v1/projects/{project}/versions")).json()
    assert len(listed["versions"]) == 1


async def test_a_request_that_can_never_be_read_is_refused_at_once(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script="Water is life.")
    await detail(live_client, run["workflowRunId"])
    for prompt in ("", "…", "entferne die dritte Szene, größer", "hide the captions " * 200):
        body = {"remixActions": [said(prompt)]}
        answer = await live_client.post(f"/v1/projects/{run['projectId']}/remix", json=body)
        assert answer.status_code == 400, answer.text
