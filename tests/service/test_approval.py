"""Jobs that await approval: none does unless the operator says so, and then it is theirs to give."""

from __future__ import annotations

import httpx
import pytest

from .conftest import ParkedEngine, Start

SWITCHED_ON = {"VIDEOGEN_AGENTS_ASK_APPROVAL": "1"}


async def status_of(client: httpx.AsyncClient, run_id: str) -> str:
    return (await client.get(f"/v1/workflows/runs/{run_id}")).json()["status"]


async def test_nothing_waits_for_approval_by_itself(client: httpx.AsyncClient, start: Start) -> None:
    run_id = (await start()).json()["workflowRunId"]
    assert await status_of(client, run_id) == "pending"
    refused = await client.post(f"/engine/v1/jobs/{run_id}/approve")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_awaiting_approval")


@pytest.mark.parametrize("limits", [SWITCHED_ON])
async def test_switched_on_a_film_awaits_approval_and_goes_on_with_it(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    run_id = (await start(autoExport=True)).json()["workflowRunId"]
    assert await status_of(client, run_id) == "awaiting_approval"
    listed = (await client.get("/v1/workflows/runs")).json()["workflowRuns"]
    assert [run["status"] for run in listed] == ["awaiting_approval"]
    assert (await client.post(f"/engine/v1/jobs/{run_id}/approve")).json()["status"] == "pending"
    assert engine.queue.submitted.count(run_id) == 2
    assert await status_of(client, run_id) == "pending"
    assert (await client.post("/engine/v1/jobs/vg_work_none/approve")).status_code == 404


@pytest.mark.parametrize("limits", [SWITCHED_ON])
async def test_what_awaits_approval_may_be_cancelled(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    run_id = (await start()).json()["workflowRunId"]
    await client.post(f"/v1/workflows/runs/{run_id}/cancel")
    assert engine.store.jobs.get(run_id).cancel_requested
    assert engine.store.jobs.mark_cancelled(run_id)
    assert await status_of(client, run_id) == "cancelled"
