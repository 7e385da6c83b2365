"""The tasks extension, by a client that knows no more than the wire: a started job is a task with the job's id."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from mcp.client.extension import advertise

from mcp import Client
from videogen_agents.tools import Policy, Toolbox
from videogen_agents_mcp import HttpOptions, build_server, serving_http

from ..scripted_server import FILM_URL, Fault, ScriptedServer
from .eras import CLIP, FILM, JOB

EXTENSION = "io.modelcontextprotocol/tasks"
VERSION = "2026-07-28"


class Wire:
    """Sends one JSON-RPC request after another, with what it declares of itself in each."""

    def __init__(self, url: str, http: httpx.AsyncClient, *, declares: bool = True, asks: bool = False) -> None:
        self._url, self._http = url, http
        self._declared: dict[str, Any] = {"extensions": {EXTENSION: {}}} if declares else {}
        if asks:
            self._declared["elicitation"] = {"form": {}}

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer."""
        meta = {
            "io.modelcontextprotocol/protocolVersion": VERSION,
            "io.modelcontextprotocol/clientInfo": {"name": "wire", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": self._declared,
        }
        headers = {"MCP-Protocol-Version": VERSION, "Mcp-Method": method}
        if name := params.get("name") or params.get("taskId"):
            headers["Mcp-Name"] = name
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {**params, "_meta": meta}}
        answer = await self._http.post(self._url, json=body, headers=headers)
        return answer.json()

    async def result(self, method: str, **params: Any) -> dict[str, Any]:
        answer = await self.send(method, **params)
        assert "result" in answer, answer
        return answer["result"]

    async def call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return await self.result("tools/call", name=name, arguments=arguments)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(headers={"Accept": "application/json, text/event-stream"}, timeout=30) as client:
        yield client


@pytest.fixture
async def url(toolbox: Toolbox) -> AsyncIterator[str]:
    async with serving_http(toolbox, HttpOptions(port=0), tasks=True) as served:
        yield served


@pytest.fixture
def wire(url: str, http: httpx.AsyncClient) -> Wire:
    return Wire(url, http)


async def test_a_started_film_is_a_task_until_its_result_is_that_of_get_job(wire: Wire, server: ScriptedServer) -> None:
    discovered = await wire.result("server/discover")
    assert discovered["capabilities"]["extensions"] == {EXTENSION: {}}
    task = await wire.call("run_workflow", FILM)
    assert (task["resultType"], task["taskId"], task["status"]) == ("task", JOB, "working")
    assert "content" not in task and task["ttlMs"] > 0 and task["pollIntervalMs"] > 0
    states = [await wire.result("tasks/get", taskId=JOB) for _ in range(server.polls_until_done + 1)]
    assert [state["status"] for state in states] == ["working", "working", "completed"]
    assert {state["resultType"] for state in states} == {"complete"}
    assert len({state["createdAt"] for state in states}) == 1
    job = await wire.call("get_job", {"jobId": JOB, "waitSeconds": 0})
    wanted = {key: job[key] for key in ("content", "structuredContent", "isError")}
    assert {key: states[-1]["result"][key] for key in wanted} == wanted
    assert FILM_URL in job["content"][0]["text"]
    assert server.started == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("export_project", {"projectId": "vg_proj_0001"}),
        ("remix_project", {"projectId": "vg_proj_0001", "remixActions": [{"type": "DISABLE_CAPTIONS"}]}),
        ("generate_asset", {"asset": "generate_image", "prompt": "A paper boat."}),
    ],
)
async def test_whatever_starts_work_is_a_task(
    name: str, arguments: dict[str, Any], wire: Wire, server: ScriptedServer
) -> None:
    server.polls_until_done = 0
    await wire.call("run_workflow", FILM)
    task = await wire.call(name, arguments)
    assert task["resultType"] == "task"
    assert (await wire.result("tasks/get", taskId=task["taskId"]))["status"] == "completed"


async def test_clients_that_declare_nothing_get_the_plain_result(
    url: str, http: httpx.AsyncClient, server: ScriptedServer
) -> None:
    plain = Wire(url, http, declares=False)
    started = await plain.call("run_workflow", FILM)
    assert started["resultType"] == "complete" and started["structuredContent"]["jobId"] == JOB
    refused = await plain.send("tasks/get", taskId=JOB)
    assert refused["error"]["code"] == -32021
    async with Client(url, mode="legacy", extensions=[advertise(EXTENSION)]) as legacy:
        assert not (await legacy.call_tool("run_workflow", FILM)).is_error


async def test_a_server_offers_tasks_only_where_they_were_asked_for(toolbox: Toolbox, http: httpx.AsyncClient) -> None:
    async with serving_http(toolbox, HttpOptions(port=0)) as url:
        wire = Wire(url, http)
        assert "extensions" not in (await wire.result("server/discover"))["capabilities"]
        assert (await wire.call("run_workflow", FILM))["resultType"] == "complete"
        assert (await wire.send("tasks/get", taskId=JOB))["error"]["code"] == -32601


@pytest.mark.parametrize(
    ("final", "status"), [("failed", "completed"), ("cancelled", "cancelled"), ("awaiting_approval", "working")]
)
async def test_a_job_that_did_not_succeed_is_no_success_as_a_task(
    final: str, status: str, wire: Wire, server: ScriptedServer
) -> None:
    server.final_status, server.polls_until_done = final, 0
    await wire.call("run_workflow", FILM)
    task = await wire.result("tasks/get", taskId=JOB)
    assert task["status"] == status and task["statusMessage"]
    assert ("result" in task) is (status == "completed")
    if status == "completed":
        assert task["result"]["isError"] is True


async def test_a_task_whose_server_is_away_for_a_moment_is_still_at_work(wire: Wire, server: ScriptedServer) -> None:
    await wire.call("run_workflow", FILM)
    server.fail_next("getWorkflowRun", *[Fault.SERVER_ERROR] * 20)
    task = await wire.result("tasks/get", taskId=JOB)
    assert task["status"] == "working" and "retry_later" in task["statusMessage"]


async def test_cancelling_a_task_cancels_its_job(wire: Wire, server: ScriptedServer) -> None:
    server.polls_until_done = 1_000_000
    await wire.call("run_workflow", FILM)
    assert (await wire.result("tasks/cancel", taskId=JOB))["resultType"] == "complete"
    assert (await wire.result("tasks/get", taskId=JOB))["status"] == "cancelled"
    assert f"POST /v1/workflows/runs/{JOB}/cancel" in server.requests


async def test_an_update_is_taken_for_a_task_that_there_is(wire: Wire) -> None:
    await wire.call("run_workflow", FILM)
    assert (await wire.result("tasks/update", taskId=JOB, inputResponses={}))["resultType"] == "complete"


@pytest.mark.parametrize("method", ["tasks/get", "tasks/update", "tasks/cancel"])
@pytest.mark.parametrize("task_id", ["vg_work_none", "../v1/me", "x" * 201])
async def test_an_unknown_task_is_an_error_of_the_caller(method: str, task_id: str, wire: Wire) -> None:
    more = {"inputResponses": {}} if method == "tasks/update" else {}
    answer = await wire.send(method, taskId=task_id, **more)
    assert answer["error"]["code"] == -32602


async def test_a_start_that_is_refused_is_no_task(wire: Wire, server: ScriptedServer) -> None:
    wrong = await wire.call("run_workflow", {**FILM, "scrpt": "x"})
    assert wrong["resultType"] == "complete" and wrong["isError"] is True
    quoted = await wire.call("run_workflow", CLIP)
    assert quoted["resultType"] == "complete" and "confirmation_required" in quoted["content"][0]["text"]
    assert server.started == 0


async def test_a_person_is_asked_before_there_is_a_task(
    url: str, http: httpx.AsyncClient, server: ScriptedServer
) -> None:
    wire = Wire(url, http, asks=True)
    asked = await wire.call("run_workflow", CLIP)
    assert asked["resultType"] == "input_required" and server.requests == []
    ((name, question),) = asked["inputRequests"].items()
    assert question["method"] == "elicitation/create" and "20 units" in question["params"]["message"]
    answered = {"inputResponses": {name: {"action": "accept", "content": {}}}, "requestState": asked["requestState"]}
    task = await wire.result("tools/call", name="run_workflow", arguments=CLIP, **answered)
    assert (task["resultType"], task["taskId"]) == ("task", JOB)
    assert server.started == 1


async def test_tasks_keep_to_the_policy(toolbox: Toolbox, server: ScriptedServer) -> None:
    toolbox.policy = Policy(exclude=frozenset({"cancel_job"}))
    async with (
        serving_http(toolbox, HttpOptions(port=0), tasks=True) as url,
        httpx.AsyncClient(headers={"Accept": "application/json, text/event-stream"}) as http,
    ):
        wire = Wire(url, http)
        await wire.call("run_workflow", FILM)
        refused = await wire.send("tasks/cancel", taskId=JOB)
    assert refused["error"]["data"]["code"] == "tool_not_allowed"
    assert not any("cancel" in request for request in server.requests)


def test_the_extension_is_declared_by_its_name(toolbox: Toolbox) -> None:
    assert build_server(toolbox, tasks=True).extensions == {EXTENSION: {}}
