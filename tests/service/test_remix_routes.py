"""Starting, listing and ordering of edits, on an engine whose jobs stay as they are put."""

from __future__ import annotations

import httpx
import pytest

from videogen_agents.contract import ApiError, JobStatus, RemixActionPage, RemixProjectResponse
from videogen_engine.runtime.embedded import behind_others
from videogen_engine.store.records import JobOutcome

from .conftest import ParkedEngine, Start

ZOOM = {"type": "ADD_ZOOM"}
HIDE = {"type": "DISABLE_CAPTIONS"}


async def remix(
    client: httpx.AsyncClient, project: str, *actions: dict[str, object], key: str | None = None, copy: bool = False
) -> httpx.Response:
    body = {"remixActions": list(actions), "saveAsNewProject": copy}
    headers = {} if key is None else {"idempotency-key": key}
    return await client.post(f"/v1/projects/{project}/remix", json=body, headers=headers)


def build(engine: ParkedEngine, started: dict[str, str]) -> None:
    """As if the run had succeeded."""
    engine.store.projects.add_version(started["projectId"], "{}", job_id=started["workflowRunId"])
    engine.store.jobs.succeed(started["workflowRunId"], JobOutcome())


def refused(response: httpx.Response, status: int) -> str:
    assert response.status_code == status, response.text
    return ApiError.model_validate(response.json()).message


async def test_each_action_is_a_job_of_its_own_and_waits_for_what_was_asked_before(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = (await start()).json()
    answer = RemixProjectResponse.model_validate((await remix(client, started["projectId"], ZOOM, HIDE, ZOOM)).json())
    assert answer.project_id == started["projectId"]
    assert len(set(answer.remix_action_ids)) == 3
    assert engine.queue.submitted == [started["workflowRunId"], *answer.remix_action_ids]
    other = (await start()).json()
    jobs = engine.store.jobs.pending_or_running()
    assert behind_others(jobs) == set(answer.remix_action_ids)
    build(engine, started)
    assert behind_others(engine.store.jobs.pending_or_running()) == set(answer.remix_action_ids[1:])
    for done, next_ in zip(answer.remix_action_ids, answer.remix_action_ids[1:], strict=False):
        engine.store.jobs.succeed(done, JobOutcome())
        assert next_ not in behind_others(engine.store.jobs.pending_or_running())
    assert other["workflowRunId"] not in behind_others(jobs)


async def test_many_actions_asked_for_at_once_keep_their_order(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = (await start()).json()
    build(engine, started)
    ids = [
        action
        for _ in range(4)
        for action in (await remix(client, started["projectId"], *[ZOOM] * 12)).json()["remixActionIds"]
    ]
    assert [job.job_id for job in engine.store.jobs.pending_or_running()] == ids


async def test_actions_are_listed_newest_first_page_by_page(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = (await start(remixActions=[HIDE])).json()
    build(engine, started)
    ids = [
        *started["remixActionIds"],
        *(await remix(client, started["projectId"], ZOOM, HIDE)).json()["remixActionIds"],
    ]
    assert len(ids) == 3
    path = f"/v1/projects/{started['projectId']}/remix-actions"
    first = RemixActionPage.model_validate((await client.get(path, params={"limit": 2})).json())
    assert first.has_more
    rest = await client.get(path, params={"limit": 2, "cursor": first.next_cursor})
    second = RemixActionPage.model_validate(rest.json())
    assert not second.has_more and second.next_cursor is None
    found = [*first.remix_actions, *second.remix_actions]
    assert [run.remix_action_id for run in found] == ids[::-1]
    assert [run.type for run in found] == ["DISABLE_CAPTIONS", "ADD_ZOOM", "DISABLE_CAPTIONS"]
    assert {run.status for run in found} == {JobStatus.PENDING}
    keys = {"remixActionId", "type", "status", "projectId", "projectUrl", "progressPercentage", "attemptIndex", "error"}
    assert set(rest.json()["remixActions"][0]) == keys


async def test_a_repeated_call_with_the_same_key_starts_nothing(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = (await start()).json()
    build(engine, started)
    first = await remix(client, started["projectId"], ZOOM, HIDE, key="k", copy=True)
    again = await remix(client, started["projectId"], ZOOM, HIDE, key="k", copy=True)
    assert again.json()["remixActionIds"] == first.json()["remixActionIds"]
    assert again.json()["projectId"] == first.json()["projectId"] != started["projectId"]
    assert again.headers["idempotency-replayed"] == "true"
    assert len(engine.store.jobs.pending_or_running()) == 2
    assert "different request" in refused(
        await remix(client, started["projectId"], HIDE, ZOOM, key="k", copy=True), 409
    )


async def test_a_copy_begins_with_the_current_version_and_the_original_stays(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = (await start()).json()
    build(engine, started)
    copy = (await remix(client, started["projectId"], HIDE, copy=True)).json()["projectId"]
    project = (await client.get(f"/v1/projects/{copy}")).json()
    assert (project["status"], project["title"]) == ("generating", "Water is life. (copy)")
    assert (await client.get(f"/v1/projects/{started['projectId']}")).json()["status"] == "ready"
    assert engine.store.projects.version(copy).timeline_json == "{}"
    assert [version.version for version in engine.store.projects.versions(copy)] == [1]


async def test_what_cannot_be_edited_is_refused_and_nothing_is_started(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    assert "no project" in refused(await remix(client, "vg_proj_none", ZOOM), 404)
    started = (await start()).json()
    project = started["projectId"]
    assert "not built yet" in refused(await remix(client, project, ZOOM, copy=True), 409)
    engine.store.jobs.mark_cancelled(started["workflowRunId"])
    assert "never built" in refused(await remix(client, project, ZOOM), 409)
    assert "remixActions" in refused(await remix(client, project), 400)
    assert "type" in refused(await remix(client, project, {"type": "PAINT_IT_BLACK"}), 400)
    assert engine.queue.submitted == [started["workflowRunId"]]


@pytest.mark.parametrize("verb", ["undo", "redo"])
async def test_versions_stay_where_they_are_while_the_project_is_edited(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start, verb: str
) -> None:
    started = (await start()).json()
    path = f"/engine/v1/projects/{started['projectId']}"
    assert (await client.post(f"{path}/{verb}")).status_code == 404
    build(engine, started)
    answer = refused(await client.post(f"{path}/{verb}"), 409)
    assert "nothing to" in answer
    assert (await client.get(f"{path}/versions")).json()["undoVersion"] is None
    assert (await client.get(f"{path}/diff", params={"from": 7})).status_code == 404
    assert (await client.get(f"{path}/diff", params={"from": 0})).status_code == 400
