"""A start happens once, whatever the connection does, and its id is never lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import httpx
import pytest

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import Settings
from videogen_agents.contract import ScriptToVideoRequest
from videogen_agents.errors import ConnectionLostError, CreditsError, ErrorKind, InputError

from ..manual_clock import ManualClock
from ..scripted_server import Fault, ScriptedServer

Connect = Callable[[], VideoClient]


def film(script: str = "Water keeps you sharp.") -> ScriptToVideoRequest:
    return ScriptToVideoRequest.model_validate({"script": script, "visualStyle": {"type": "STOCK"}, "autoExport": True})


@pytest.mark.parametrize(
    "fault",
    [
        Fault.CUT_BEFORE_STATUS_LINE,
        Fault.CUT_IN_BODY,
        Fault.BAD_GATEWAY_AFTER_START,
        Fault.BAD_GATEWAY_BEFORE_START,
        Fault.CUT_WHILE_SENDING,
        Fault.NOT_CONNECTED,
        Fault.RATE_LIMITED,
        Fault.SERVER_ERROR,
    ],
)
async def test_a_broken_start_leaves_exactly_one_run_and_returns_its_id(
    fault: Fault, connect: Connect, server: ScriptedServer
) -> None:
    server.faults = deque([fault])
    started = await connect().start_workflow(film())
    assert [run["workflowRunId"] for run in server.runs] == [started.reply.workflow_run_id]
    assert started.reply.project_id == server.runs[0]["projectId"]


async def test_a_lost_reply_is_recovered_although_the_run_shows_late(connect: Connect, server: ScriptedServer) -> None:
    server.faults = deque([Fault.CUT_BEFORE_STATUS_LINE])
    server.hide_new_runs_for = 0
    client = connect()
    await client.start_workflow(film("An older film."))
    server.hide_new_runs_for = 2
    server.faults = deque([Fault.CUT_IN_BODY])
    started = await client.start_workflow(film())
    assert started.recovered
    assert len(server.runs) == 2
    assert started.reply.workflow_run_id == "vg_work_0002"


async def test_a_connection_that_stays_down_starts_nothing_and_says_so(
    connect: Connect, server: ScriptedServer
) -> None:
    server.faults = deque([Fault.NOT_CONNECTED] * 3)
    client = connect()
    with pytest.raises(ConnectionLostError) as caught:
        await client.start_workflow(film())
    assert caught.value.kind is ErrorKind.RETRY_LATER
    assert "Nothing was started" in (caught.value.next_step or "")
    assert server.runs == []
    assert (await client.start_workflow(film())).reply.workflow_run_id == "vg_work_0001"


async def test_a_start_that_cannot_be_told_from_another_is_an_error_that_names_both(
    connect: Connect, server: ScriptedServer
) -> None:
    client = connect()
    server.faults = deque([Fault.CUT_BEFORE_STATUS_LINE])
    strangers: list[str] = []
    server.after_work = lambda _operation: strangers.append(server.start_from_elsewhere())
    with pytest.raises(ConnectionLostError) as caught:
        await client.start_workflow(film())
    assert caught.value.code == "start_unconfirmed"
    assert set(caught.value.ids.values()) == {"vg_work_0001", *strangers}
    assert len(server.runs) == 2


async def test_the_same_request_returns_the_run_that_exists(connect: Connect, server: ScriptedServer) -> None:
    first = await connect().start_workflow(film())
    second = await connect().start_workflow(film())
    assert second.reused and not first.reused
    assert second.reply == first.reply
    assert len(server.runs) == 1


async def test_new_and_a_key_of_ones_own_each_start_another_run(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    await client.start_workflow(film())
    await client.start_workflow(film(), new=True)
    await client.start_workflow(film(), key="for Tuesday")
    assert len(server.runs) == 3


async def test_a_failed_run_does_not_stand_in_the_way_of_another_try(connect: Connect, server: ScriptedServer) -> None:
    server.final_status, server.polls_until_done = "failed", 0
    client = connect()
    await client.start_workflow(film())
    again = await client.start_workflow(film())
    assert not again.reused
    assert len(server.runs) == 2


async def test_a_day_later_the_same_request_is_a_new_film(
    connect: Connect, server: ScriptedServer, clock: ManualClock
) -> None:
    await connect().start_workflow(film())
    clock.time += 25 * 3600
    await connect().start_workflow(film())
    assert len(server.runs) == 2


async def test_a_process_killed_before_the_reply_is_recovered_by_the_next_call(
    connect: Connect, server: ScriptedServer, clock: ManualClock
) -> None:
    class KilledError(BaseException):
        pass

    def die(_operation: str) -> None:
        raise KilledError

    server.after_work = die
    with pytest.raises(KilledError):
        await connect().start_workflow(film())
    server.after_work = None
    clock.time += 300
    started = await connect().start_workflow(film())
    assert started.recovered
    assert len(server.runs) == 1


async def test_no_credits_stops_at_once_with_the_reason_and_a_link(connect: Connect, server: ScriptedServer) -> None:
    server.faults = deque([Fault.NO_CREDITS])
    with pytest.raises(CreditsError) as caught:
        await connect().start_workflow(film())
    assert caught.value.kind is ErrorKind.ASK_USER
    assert caught.value.message == "No credits left."
    assert "https://app.videogen.io" in (caught.value.next_step or "")
    assert server.runs == []


async def test_a_rate_limit_is_waited_out_as_long_as_the_server_asks(
    connect: Connect, server: ScriptedServer, clock: ManualClock
) -> None:
    server.faults = deque([Fault.RATE_LIMITED])
    before = clock.time
    await connect().start_workflow(film())
    assert clock.time - before >= 7
    assert len(server.runs) == 1


async def test_reads_survive_every_kind_of_break(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    started = await client.start_workflow(film())
    server.polls_until_done = 100
    server.get_faults = deque([Fault.SERVER_ERROR, Fault.CUT_IN_BODY, Fault.CUT_BEFORE_STATUS_LINE, Fault.RATE_LIMITED])
    job = await client.get_job(started.reply.workflow_run_id)
    assert job.status == "running"


async def test_the_ledger_holds_neither_key_nor_script(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    await client.start_workflow(
        film("The launch code is swordfish and must stay between us two, whatever happens here.")
    )
    content = b"".join(path.read_bytes() for path in client.settings.home.glob("ledger.db*"))
    assert b"sk_test" not in content
    assert b"whatever happens" not in content


async def test_a_foreign_server_is_named_as_such(connect: Connect, server: ScriptedServer) -> None:
    with pytest.raises(InputError) as caught:
        await connect().get_job("vg_work_none")
    assert caught.value.code == "not_found"
    assert caught.value.ids == {"job_id": "vg_work_none"}


class SlowServer(httpx.AsyncBaseTransport):
    """Answers POSTs only after ``answer`` is set. ``arrived`` says that one is there."""

    def __init__(self, server: ScriptedServer) -> None:
        self._server = server
        self.arrived, self.answer = asyncio.Event(), asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._server.handle_async_request(request)
        if request.method == "POST":
            self.arrived.set()
            await self.answer.wait()
        return response


async def test_a_call_that_its_host_gives_up_is_answered_to_the_next_one(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    slow = SlowServer(server)
    transport = HostedTransport("https://api.example", "sk_test", http_transport=slow)
    async with VideoClient(settings, transport=transport, clock=clock) as client:
        call = asyncio.create_task(client.start_workflow(film()))
        await slow.arrived.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        slow.answer.set()
        started = await client.start_workflow(film())
    assert started.reused
    assert [run["workflowRunId"] for run in server.runs] == [started.reply.workflow_run_id]


async def test_closing_waits_for_the_answer_to_a_start_that_is_under_way(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    slow = SlowServer(server)
    client = VideoClient(
        settings, transport=HostedTransport("https://api.example", "sk_test", http_transport=slow), clock=clock
    )
    call = asyncio.create_task(client.start_workflow(film()))
    await slow.arrived.wait()
    call.cancel()
    closing = asyncio.create_task(client.aclose())
    await asyncio.wait({call})
    slow.answer.set()
    await closing
    assert [entry.ids["workflow_run_id"] for entry in client.ledger_entries()] == ["vg_work_0001"]


class DeafServer(httpx.AsyncBaseTransport):
    """Dies instead of taking a POST."""

    class GoneError(BaseException):
        pass

    def __init__(self, server: ScriptedServer) -> None:
        self._server = server

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            raise self.GoneError
        return await self._server.handle_async_request(request)


@pytest.mark.parametrize(("minutes", "adopted"), [(5, True), (60, False)])
async def test_what_shows_up_long_after_an_unanswered_start_is_named_and_not_taken_for_ours(
    minutes: int, adopted: bool, settings: Settings, connect: Connect, server: ScriptedServer, clock: ManualClock
) -> None:
    transport = HostedTransport("https://api.example", "sk_test", http_transport=DeafServer(server))
    async with VideoClient(settings, transport=transport, clock=clock) as client:
        with pytest.raises(DeafServer.GoneError):
            await client.start_workflow(film())
    clock.time += minutes * 60
    other = server.start_from_elsewhere()
    if adopted:
        assert (await connect().start_workflow(film())).reply.workflow_run_id == other
        return
    for _ in range(2):
        with pytest.raises(ConnectionLostError) as caught:
            await connect().start_workflow(film())
        assert caught.value.code == "start_unconfirmed"
        assert other in caught.value.ids.values()
    assert len(server.runs) == 1
    assert not (await connect().start_workflow(film(), new=True)).reused


async def test_a_connection_that_breaks_while_looking_says_that_the_next_call_looks_first(
    connect: Connect, server: ScriptedServer
) -> None:
    server.faults = deque([Fault.CUT_BEFORE_STATUS_LINE])
    server.after_work = lambda _operation: server.get_faults.extend([Fault.CUT_BEFORE_STATUS_LINE] * 6)
    client = connect()
    with pytest.raises(ConnectionLostError) as caught:
        await client.start_workflow(film())
    assert "first checked" in (caught.value.next_step or "")
    server.after_work = None
    assert (await client.start_workflow(film())).recovered
    assert len(server.runs) == 1
