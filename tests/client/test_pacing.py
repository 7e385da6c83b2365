"""Fifty waits at once hold the documented hourly limits, give way when asked to, and stop where a person must act."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import httpx
import pytest

from videogen_agents.client import HostedTransport, JobKind, VideoClient
from videogen_agents.client.pacing import endpoint_class
from videogen_agents.config import Settings
from videogen_agents.contract import ApiError, GenerateImageRequest, RemixProjectRequest
from videogen_agents.errors import CreditsError, RateLimitedError

from ..manual_clock import ManualClock
from ..scripted_server import Fault, ScriptedServer
from .test_starts import film

WAITS = 50
#: Requests per hour and endpoint that the API documents for reading each kind of job.
DOCUMENTED = {
    JobKind.WORKFLOW_RUN: 5000,
    JobKind.TOOL_EXECUTION: 5000,
    JobKind.EXPORT: 5000,
    JobKind.REMIX_ACTION: 5000,
}


class TimedTransport(httpx.AsyncBaseTransport):
    """Notes when each request reached the server."""

    def __init__(self, server: ScriptedServer, clock: ManualClock) -> None:
        self._server, self._clock = server, clock
        self.times: dict[str, list[float]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = endpoint_class(request.method, request.url.path)[0]
        self.times.setdefault(name, []).append(self._clock.time)
        return await self._server.handle_async_request(request)


def most_within(minutes: int, times: list[float]) -> int:
    """Most requests in any span of so many minutes."""
    most, start = 0, 0
    for end, moment in enumerate(times):
        while moment - times[start] >= minutes * 60:
            start += 1
        most = max(most, end - start + 1)
    return most


async def start_run(client: VideoClient, number: int) -> str:
    return (await client.start_workflow(film(f"Film number {number}."))).reply.workflow_run_id


async def start_execution(client: VideoClient, number: int) -> str:
    return (await client.generate_asset(GenerateImageRequest(prompt=f"Picture {number}."))).reply.tool_execution_id


async def start_export(client: VideoClient, number: int) -> str:
    return (await client.export_project(f"vg_proj_{number + 1:04}")).reply.export_id


async def start_edit(client: VideoClient, number: int) -> str:
    request = RemixProjectRequest.model_validate({"remixActions": [{"type": "ADD_ZOOM"}]})
    return (await client.remix_project(f"vg_proj_{number + 1:04}", request)).reply.remix_action_ids[0]


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        (JobKind.WORKFLOW_RUN, start_run),
        (JobKind.TOOL_EXECUTION, start_execution),
        (JobKind.EXPORT, start_export),
        (JobKind.REMIX_ACTION, start_edit),
    ],
)
async def test_fifty_waits_never_use_more_than_a_sixth_of_an_hours_limit_in_ten_minutes_and_take_turns(
    kind: JobKind, start: Callable[[VideoClient, int], Awaitable[str]], settings: Settings
) -> None:
    clock, server = ManualClock(), ScriptedServer(polls_until_done=10**9)
    for _ in range(WAITS):
        server.add_project({"script": "Water."})
    timed = TimedTransport(server, clock)
    transport = HostedTransport("https://api.example", "sk_test", http_transport=timed)
    async with VideoClient(settings, transport=transport, clock=clock) as client:
        jobs = [await start(client, number) for number in range(WAITS)]
        timed.times.clear()
        server.requests.clear()
        waited = await asyncio.gather(*(client.wait_for_job(job, timeout=11 * 60) for job in jobs))
    assert {job.status for job in waited} == {"running"}
    ((name, times),) = timed.times.items()
    documented = endpoint_class(*name.split(" ", 1))[1]
    assert documented == DOCUMENTED[kind]
    assert 0.7 * documented / 6 < most_within(10, times) <= documented / 6
    turns = Counter(server.requests)
    assert len(turns) == WAITS
    assert max(turns.values()) <= min(turns.values()) + 2


async def test_a_rate_limit_holds_back_its_own_class_of_requests_alone(settings: Settings) -> None:
    clock, server = ManualClock(), ScriptedServer()
    timed = TimedTransport(server, clock)
    transport = HostedTransport("https://api.example", "sk_test", http_transport=timed)
    async with VideoClient(settings, transport=transport, clock=clock) as client:
        run = await start_run(client, 1)
        server.fail_next("getWorkflowRun", Fault.RATE_LIMITED)
        began = clock.time
        job, me = await asyncio.gather(client.get_job(run), client.me())
    assert (job.status, me.email) == ("running", "person@example.com")
    assert timed.times["GET /v1/workflows/runs"][-1] >= began + 7
    assert timed.times["GET /"][-1] < began + 7


async def test_a_wait_outlasts_rate_limits_however_often_they_come(settings: Settings) -> None:
    clock, server = ManualClock(), ScriptedServer()
    transport = HostedTransport("https://api.example", "sk_test", http_transport=server)
    async with VideoClient(settings, transport=transport, clock=clock) as client:
        run = await start_run(client, 1)
        plan = iter([[Fault.RATE_LIMITED] * 20])
        job = await client.wait_for_job(
            run, on_progress=lambda _job: server.fail_next("getWorkflowRun", *next(plan, []))
        )
    assert job.status == "succeeded"
    assert server.requests.count(f"GET /v1/workflows/runs/{run}") == 23


class Asked(httpx.AsyncBaseTransport):
    """Answers the first requests of a path's ending with one refusal, then lets them through."""

    def __init__(self, server: ScriptedServer, ending: str, *refusals: httpx.Response) -> None:
        self._server, self._ending, self._refusals = server, ending, list(refusals)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(self._ending) and self._refusals:
            return self._refusals.pop(0)
        return await self._server.handle_async_request(request)


async def test_a_pause_longer_than_a_call_may_last_is_told_instead_of_waited_out(settings: Settings) -> None:
    clock, server = ManualClock(), ScriptedServer()
    refusal = httpx.Response(
        429, json={"message": "Slow down.", "code": "rate_limited"}, headers={"Retry-After": "900"}
    )
    transport = HostedTransport("https://api.example", "k", http_transport=Asked(server, "script-to-video", refusal))
    async with VideoClient(settings, transport=transport, clock=clock) as client:
        began = clock.time
        with pytest.raises(RateLimitedError) as caught:
            await start_run(client, 1)
        assert clock.time - began < 10
        assert caught.value.retry_after == 900
        assert server.runs == []
        await start_run(client, 1)
    # The class stays held back meanwhile.
    assert clock.time - began >= 900


NO_CREDITS = {"message": "No credits left.", "code": "insufficient_credits"}
PAGE = {"type": "purchase_add_on", "details": {"url": "https://pay.example/credits?team=7"}}


@pytest.mark.parametrize(
    ("body", "link"),
    [
        (NO_CREDITS, "https://app.videogen.io"),
        ({**NO_CREDITS, "requirement": PAGE}, "https://pay.example/credits?team=7"),
        ({**NO_CREDITS, "message": "Buy more at https://pay.example/now."}, "https://pay.example/now"),
        ({**NO_CREDITS, "requirement": ["malformed"]}, "https://app.videogen.io"),
    ],
)
async def test_no_credits_stops_with_the_reason_and_the_page_that_the_server_names(
    body: dict[str, object], link: str, settings: Settings
) -> None:
    server = ScriptedServer()
    transport = HostedTransport(
        "https://api.example", "k", http_transport=Asked(server, "script-to-video", httpx.Response(429, json=body))
    )
    async with VideoClient(settings, transport=transport, clock=ManualClock()) as client:
        with pytest.raises(CreditsError) as caught:
            await start_run(client, 1)
    assert caught.value.message == body["message"]
    assert caught.value.next_step == f"Add credits at {link}, then call again."
    assert server.runs == []


async def test_fifty_waits_stop_at_once_when_credits_run_out(settings: Settings) -> None:
    server = ScriptedServer(polls_until_done=3, final_status="failed")
    server.failure = ApiError(message="No credits left.", code="insufficient_credits")
    transport = HostedTransport("https://api.example", "k", http_transport=server)
    async with VideoClient(settings, transport=transport, clock=ManualClock()) as client:
        run = await start_run(client, 1)
        jobs = await asyncio.gather(*(client.wait_for_job(run) for _ in range(WAITS)))
        server.fail_next("getWorkflowRun", *[Fault.NO_CREDITS] * WAITS)
        refused = await asyncio.gather(*(client.wait_for_job(run) for _ in range(WAITS)), return_exceptions=True)
    assert {type(error) for error in refused} == {CreditsError}
    with pytest.raises(CreditsError) as caught:
        jobs[0].raise_for_failure()
    assert "https://app.videogen.io" in (caught.value.next_step or "")
    assert caught.value.ids["workflow_run_id"] == run
