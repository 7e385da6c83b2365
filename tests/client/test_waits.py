"""Waits end when the job does, cost one poller however many wait, and never end the job themselves."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable

import pytest

from videogen_agents.client import BlockingVideoClient, HostedTransport, Job, VideoClient
from videogen_agents.client.pacing import HOURLY_LIMITS, Pacer, endpoint_class
from videogen_agents.config import Backend, Settings
from videogen_agents.errors import JobFailedError

from ..manual_clock import ManualClock
from ..scripted_server import ScriptedServer
from .test_starts import film

Connect = Callable[[], VideoClient]


async def test_a_wait_ends_with_the_job_and_reports_on_the_way(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    started = await client.start_workflow(film())
    seen: list[Job] = []
    job = await client.wait_for_job(started.reply.workflow_run_id, on_progress=seen.append)
    assert job.status == "succeeded"
    assert job.download_url == "https://media.example/film.mp4"
    assert [snapshot.status for snapshot in seen][-1] == "succeeded"
    assert seen[0].progress == 40


async def test_a_wait_that_runs_out_returns_the_newest_state_and_leaves_the_job_running(
    connect: Connect, server: ScriptedServer
) -> None:
    server.polls_until_done = 10_000
    client = connect()
    started = await client.start_workflow(film())
    job = await client.wait_for_job(started.reply.workflow_run_id, timeout=20)
    assert job.status == "running"
    assert not any("cancel" in request for request in server.requests)


async def test_a_cancelled_wait_sends_nothing_to_the_server(connect: Connect, server: ScriptedServer) -> None:
    server.polls_until_done = 10_000
    client = connect()
    started = await client.start_workflow(film())
    running = asyncio.Event()
    wait = asyncio.create_task(
        client.wait_for_job(started.reply.workflow_run_id, on_progress=lambda _job: running.set())
    )
    await running.wait()
    wait.cancel()
    with pytest.raises(asyncio.CancelledError):
        await wait
    assert not any("cancel" in request for request in server.requests)


async def test_fifty_waits_for_one_job_share_one_poller(connect: Connect, server: ScriptedServer) -> None:
    server.polls_until_done = 60
    client = connect()
    started = await client.start_workflow(film())
    job_id = started.reply.workflow_run_id
    jobs = await asyncio.gather(*(client.wait_for_job(job_id) for _ in range(50)))
    assert {job.status for job in jobs} == {"succeeded"}
    polls = server.requests.count(f"GET /v1/workflows/runs/{job_id}")
    # One first look each, then one poller: fifty pollers would need more than this.
    assert polls <= 50 + 12


async def test_a_failed_job_raises_with_its_reason_and_ids(connect: Connect, server: ScriptedServer) -> None:
    server.final_status = "failed"
    client = connect()
    started = await client.start_workflow(film())
    job = await client.wait_for_job(started.reply.workflow_run_id)
    with pytest.raises(JobFailedError) as caught:
        job.raise_for_failure()
    assert caught.value.message == "The voice failed."
    assert caught.value.ids["workflow_run_id"] == started.reply.workflow_run_id


@pytest.mark.parametrize(("method", "path", "limit"), [(m, p.replace("*", "x"), n) for m, p, n in HOURLY_LIMITS])
async def test_no_hour_ever_holds_more_requests_than_documented(method: str, path: str, limit: int) -> None:
    clock = ManualClock()
    pacer = Pacer(clock, Backend.HOSTED)
    assert endpoint_class(method, path)[1] == limit
    count = min(limit, 600) * 2
    times: list[float] = []
    for _ in range(count):
        await pacer.turn(method, path)
        times.append(clock.time)
    most = max(sum(1 for later in times if first <= later < first + 3600) for first in times[:: max(1, count // 20)])
    assert most <= limit


def test_the_sync_client_has_every_method_of_the_async_one() -> None:
    public = {
        name
        for name, member in inspect.getmembers(VideoClient)
        if not name.startswith("_") and (inspect.iscoroutinefunction(member) or name == "ledger_entries")
    } - {"aclose"}
    missing = {name for name in public if not hasattr(BlockingVideoClient, name)}
    assert missing == set()


def test_the_sync_client_starts_and_follows_a_film(settings: Settings, server: ScriptedServer) -> None:
    transport = HostedTransport("https://api.example", "sk_test", http_transport=server)
    with BlockingVideoClient(settings, transport=transport, clock=ManualClock()) as client:
        started = client.start_workflow(film())
        job = client.wait_for_job(started.reply.workflow_run_id)
    assert job.status == "succeeded"
