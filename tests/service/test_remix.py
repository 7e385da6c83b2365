"""Films edited over the contract, at thumbnail size: order, failure in the middle, copies, undo to the same bytes."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx

from videogen_agents.contract import JobStatus
from videogen_engine.service.engine import Engine
from videogen_engine.store.records import JobKind, NewExport

from .test_film import followed, start

HIDE = {"type": "DISABLE_CAPTIONS"}
WIPE = {"type": "ADD_TRANSITIONS", "sectionTransition": "WIPE", "assetTransition": "WIPE"}
SCRIPT = "# One\n\nWater is life.\n\n# Two\n\nDrink two litres."


async def detail(client: httpx.AsyncClient, job_id: str) -> dict[str, Any]:
    while True:
        found = (await client.get(f"/engine/v1/jobs/{job_id}", headers={"prefer": "wait=45"})).json()
        if found["status"] not in {"pending", "running"}:
            return found


async def edited(client: httpx.AsyncClient, project: str, *actions: object) -> list[dict[str, Any]]:
    response = await client.post(f"/v1/projects/{project}/remix", json={"remixActions": actions})
    assert response.status_code == 202, response.text
    return [await detail(client, action) for action in response.json()["remixActionIds"]]


async def exported(client: httpx.AsyncClient, project: str) -> tuple[str, dict[str, object]]:
    """The film's hash and the export's detail."""
    export = (await client.post(f"/v1/projects/{project}/export")).json()["exportId"]
    found = await followed(client, f"/v1/projects/{project}/exports/{export}")
    assert found["error"] is None
    film = (await client.get(str(found["downloadUrl"]))).content
    return hashlib.sha256(film).hexdigest(), await detail(client, export)


async def test_edits_and_their_undoing_render_only_what_changed(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script=SCRIPT, autoExport=True, remixActions=[WIPE])
    done = await detail(live_client, run["workflowRunId"])
    assert (done["status"], done["version"]) == ("succeeded", 2)
    project = run["projectId"]
    first, again = await exported(live_client, project)
    assert again["secondsRendered"] == 0

    (hidden,) = await edited(live_client, project, HIDE)
    assert (hidden["status"], hidden["version"]) == ("succeeded", 3)
    (sheet,) = hidden["sidecars"]
    assert sheet["kind"] == "comparison"
    picture = await live_client.get(sheet["url"])
    assert picture.headers["content-type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8\xff")
    (nothing,) = await edited(live_client, project, HIDE)
    assert (nothing["status"], nothing["version"], nothing["sidecars"]) == ("succeeded", None, [])
    bare, rendered = await exported(live_client, project)
    assert bare != first
    assert rendered["secondsRendered"] == hidden["secondsRendered"] != 0

    path = f"/engine/v1/projects/{project}"
    listed = (await live_client.get(f"{path}/versions")).json()
    assert [version["title"] for version in listed["versions"]][::2] == ["captions hidden", "First version"]
    assert (listed["currentVersion"], listed["undoVersion"], listed["redoVersion"]) == (3, 2, None)
    difference = (await live_client.get(f"{path}/diff")).json()
    assert difference["differences"] == ["captions hidden"]
    undone = (await live_client.post(f"{path}/undo")).json()
    assert (undone["currentVersion"], undone["undoVersion"], undone["redoVersion"]) == (2, 1, 3)
    same, reused = await exported(live_client, project)
    assert same == first
    assert (reused["scenesRendered"], reused["secondsRendered"]) == (0, 0)
    assert (await live_client.post(f"{path}/redo")).json()["currentVersion"] == 3
    assert (await exported(live_client, project))[0] == bare
    assert (await live_client.post(f"{path}/redo")).status_code == 409


async def test_a_resized_project_keeps_its_shape_until_that_is_undone(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script="Water is life.")
    await detail(live_client, run["workflowRunId"])
    path = f"/v1/projects/{run['projectId']}"
    tall = {"type": "RESIZE_PROJECT", "aspectRatio": {"width": 9, "height": 16}}
    (resized,) = await edited(live_client, run["projectId"], tall)
    assert resized["status"] == "succeeded"
    assert (await live_client.get(path)).json()["aspectRatio"] == {"width": 9, "height": 16}
    await live_client.post(f"/engine{path}/undo")
    assert (await live_client.get(path)).json()["aspectRatio"] == {"width": 16, "height": 9}


async def test_an_action_that_fails_changes_nothing_and_holds_up_no_other(
    live: Engine, live_client: httpx.AsyncClient
) -> None:
    """The file goes after it was checked."""
    run = await start(live_client, script="Water is life.")
    await detail(live_client, run["workflowRunId"])
    starts, project = live.store.starts, run["projectId"]
    gone = '{"type":"SET_LOGO","fileId":"vg_file_gone"}'
    begun = starts.remix(project, ['{"type":"DISABLE_CAPTIONS"}', gone, '{"type":"ADD_ZOOM"}'])
    await live.queue.submit(begun.jobs[0].job_id)
    ended = [await detail(live_client, job.job_id) for job in begun.jobs]
    assert [job["status"] for job in ended] == ["succeeded", "failed", "succeeded"]
    assert [job["version"] for job in ended] == [2, None, 3]
    assert ended[1]["error"]["code"] == "not_found"
    difference = (await live_client.get(f"/engine/v1/projects/{project}/diff", params={"from": 1, "to": 3})).json()
    assert difference["differences"] == ["motion of scene 1 changed", "captions hidden"]


async def test_a_failed_action_of_a_run_is_named_by_the_run_which_succeeds(
    live: Engine, live_client: httpx.AsyncClient
) -> None:
    """The file goes after it was checked."""
    begun = live.store.starts.run(
        workflow="script_to_video",
        request_json='{"script": "Water is life.", "visualStyle": {"type": "STOCK"}}',
        title="Water",
        ratio=(16, 9),
        export=NewExport(width=320, height=180, encoding="draft"),
        remix=['{"type":"SET_LOGO","fileId":"vg_file_gone"}', '{"type":"DISABLE_CAPTIONS"}'],
    )
    await live.queue.submit(begun.job.job_id)
    done = await detail(live_client, begun.job.job_id)
    assert done["status"] == "succeeded"
    assert "SET_LOGO failed" in done["degraded"][0]
    children = [job for job in live.store.jobs.children([begun.job.job_id]) if job.kind is JobKind.REMIX_ACTION]
    assert [job.status for job in children] == [JobStatus.FAILED, JobStatus.SUCCEEDED]
    assert done["exportId"] is not None
    assert live.store.exports.get(str(done["exportId"])).timeline_version == 2


async def test_a_copy_is_edited_and_the_original_is_not(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script="Water is life.")
    await detail(live_client, run["workflowRunId"])
    body = {"remixActions": [HIDE], "saveAsNewProject": True}
    answer = (await live_client.post(f"/v1/projects/{run['projectId']}/remix", json=body)).json()
    (action,) = answer["remixActionIds"]
    assert (await detail(live_client, action))["version"] == 2
    for project, count in ((answer["projectId"], 2), (run["projectId"], 1)):
        listed = (await live_client.get(f"/engine/v1/projects/{project}/versions")).json()
        assert len(listed["versions"]) == count


async def test_plain_words_undo_and_redo_what_plain_words_did(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script="Water is life. Drink two litres.")
    await detail(live_client, run["workflowRunId"])
    project = run["projectId"]

    async def said(prompt: str) -> dict[str, object]:
        (done,) = await edited(live_client, project, {"type": "EDIT_WITH_AGENT", "prompt": prompt})
        assert done["status"] == "succeeded", done
        return done

    async def different(version: object) -> list[str]:
        path = f"/engine/v1/projects/{project}/diff"
        return (await live_client.get(path, params={"from": str(version)})).json()["differences"]

    first = await said("hide the captions")
    second = await said("zoom into the pictures")
    await said("undo that")
    assert await different(first["version"]) == []
    await said("undo that")
    assert await different(1) == []
    await said("redo that")
    assert await different(first["version"]) == []
    listed = (await live_client.get(f"/engine/v1/projects/{project}/versions")).json()
    assert listed["redoVersion"] == second["version"]
    assert [version["title"] for version in listed["versions"]][1:3] == [
        "undone: captions hidden",
        "undone: motion of scene 1 changed",
    ]
