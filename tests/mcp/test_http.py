"""The server over Streamable HTTP, on a real socket: who is answered, within which limits, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from mcp.shared.exceptions import MCPError
from mcp_types import ResourceLink
from pydantic import SecretStr

from mcp import Client
from videogen_agents import __version__
from videogen_agents.errors import InputError
from videogen_agents.tools import TOOLS, Policy, Toolbox
from videogen_agents_mcp import HttpOptions, serving_http

from ..scripted_server import FILM_URL, ScriptedServer
from .eras import BOTH_ERAS, FILM, JOB, Era, connected, text_of

TOKEN = "a-token-of-this-test"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
INITIALIZE: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "host", "version": "1"}},
}
MODERN = "2026-07-28"
META = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "host", "version": "1"},
}
LIST: dict[str, Any] = {"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {"_meta": META}}
ACCEPT = {"Accept": "application/json, text/event-stream"}
MODERN_HEADERS = {**ACCEPT, "MCP-Protocol-Version": MODERN, "Mcp-Method": "tools/list"}


def options(**changes: Any) -> HttpOptions:
    return HttpOptions(port=0, **changes)


@pytest.fixture
async def url(toolbox: Toolbox) -> AsyncIterator[str]:
    async with serving_http(toolbox, options(), progress_seconds=0) as served:
        yield served


@pytest.fixture
async def guarded_url(toolbox: Toolbox) -> AsyncIterator[str]:
    async with serving_http(toolbox, options(token=SecretStr(TOKEN))) as served:
        yield served


@pytest.fixture
async def raw() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(headers=ACCEPT, timeout=30) as client:
        yield client


@BOTH_ERAS
async def test_a_film_is_started_followed_and_linked_over_http(era: Era, url: str, server: ScriptedServer) -> None:
    async with Client(url, mode=era) as client:
        assert client.server_info.version == __version__
        assert [tool.name for tool in (await client.list_tools()).tools] == [spec.name for spec in TOOLS]
        started = await client.call_tool("run_workflow", FILM)
        assert started.structured_content is not None
        finished = await client.call_tool("get_job", {"jobId": started.structured_content["jobId"], "waitSeconds": 45})
    assert [str(part.uri) for part in finished.content if isinstance(part, ResourceLink)] == [FILM_URL]
    assert server.started == 1


@BOTH_ERAS
async def test_cancelling_a_call_over_http_leaves_the_job_running(era: Era, url: str, server: ScriptedServer) -> None:
    server.polls_until_done = 1_000_000
    waiting = asyncio.Event()

    async def note(progress: float, total: float | None, message: str | None) -> None:
        waiting.set()

    async with Client(url, mode=era) as client:
        await client.call_tool("run_workflow", FILM)
        call = asyncio.create_task(
            client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45}, progress_callback=note)
        )
        await waiting.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        state = await client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 0})
    assert text_of(state).startswith("running")
    assert not any("cancel" in request for request in server.requests)


async def test_a_request_for_another_host_name_is_refused(url: str, raw: httpx.AsyncClient) -> None:
    for body, headers in ((INITIALIZE, {}), (LIST, MODERN_HEADERS)):
        rebound = await raw.post(url, json=body, headers={**headers, "Host": "evil.example"})
        assert rebound.status_code == 421
        named = await raw.post(url, json=body, headers={**headers, "Host": "localhost:1"})
        assert named.status_code == 200


async def test_a_page_of_another_origin_is_refused(url: str, raw: httpx.AsyncClient) -> None:
    for body, headers in ((INITIALIZE, {}), (LIST, MODERN_HEADERS)):
        foreign = await raw.post(url, json=body, headers={**headers, "Origin": "https://evil.example"})
        assert foreign.status_code == 403
        own = await raw.post(url, json=body, headers={**headers, "Origin": "http://localhost:3000"})
        assert own.status_code == 200


async def test_names_and_origins_that_are_allowed_are_answered(toolbox: Toolbox, raw: httpx.AsyncClient) -> None:
    allowed = options(
        allowed_hosts=("agents.example",),
        allowed_origins=("https://app.example",),
        public_url="https://films.example/mcp",
    )
    async with serving_http(toolbox, allowed) as url:
        for host in ("agents.example", "agents.example:8443", "films.example"):
            answer = await raw.post(url, json=INITIALIZE, headers={"Host": host, "Origin": "https://app.example"})
            assert answer.status_code == 200
        other = await raw.post(url, json=INITIALIZE, headers={"Host": "agents.example.evil.example"})
    assert other.status_code == 421


async def test_an_address_that_others_reach_demands_a_token(toolbox: Toolbox) -> None:
    with pytest.raises(InputError) as refused:
        async with serving_http(toolbox, options(host="0.0.0.0")):
            pass
    assert refused.value.code == "token_required"


@BOTH_ERAS
async def test_with_a_token_only_its_holders_are_let_in(era: Era, guarded_url: str, raw: httpx.AsyncClient) -> None:
    async with connected(guarded_url, era, BEARER) as client:
        assert (await client.list_tools()).tools
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}):
        refused = await raw.post(guarded_url, json=INITIALIZE, headers=headers)
        assert refused.status_code == 401
        metadata = guarded_url.replace("/mcp", "/.well-known/oauth-protected-resource/mcp")
        assert f'resource_metadata="{metadata}"' in refused.headers["WWW-Authenticate"]
        assert TOKEN not in refused.text


async def test_who_is_refused_can_read_what_guards_the_endpoint(guarded_url: str, raw: httpx.AsyncClient) -> None:
    root = guarded_url.removesuffix("/mcp")
    said = (await raw.get(f"{root}/.well-known/oauth-protected-resource/mcp")).json()
    assert said["resource"] == guarded_url
    assert said["bearer_methods_supported"] == ["header"]
    health = await raw.get(f"{root}/health")
    assert health.json() == {"status": "ok", "version": __version__}
    assert (await raw.get(f"{root}/other")).status_code == 404


async def test_a_body_beyond_the_limit_is_not_read(url: str, raw: httpx.AsyncClient, server: ScriptedServer) -> None:
    call = {
        **LIST,
        "method": "tools/call",
        "params": {"name": "run_workflow", "arguments": {"script": "x" * 3_000_000}},
    }
    for headers in ({}, {**MODERN_HEADERS, "Mcp-Method": "tools/call", "Mcp-Name": "run_workflow"}):
        assert (await raw.post(url, json=call, headers=headers)).status_code == 413
    assert server.requests == []


async def test_bodies_that_are_no_protocol_are_answered_with_errors(url: str, raw: httpx.AsyncClient) -> None:
    for content in (b"", b"{", b"[" * 5000 + b"]" * 5000, b'{"jsonrpc": "2.0"}', b"\xff\xfe"):
        for headers in ({}, MODERN_HEADERS):
            answer = await raw.post(url, content=content, headers={"Content-Type": "application/json", **headers})
            assert answer.status_code in (400, 413)
    assert (await raw.post(url, content=b"x", headers={"Content-Type": "text/plain"})).status_code == 400
    assert (await raw.post(url, json=INITIALIZE)).status_code == 200


async def test_there_are_no_more_sessions_than_allowed(toolbox: Toolbox, raw: httpx.AsyncClient) -> None:
    async with serving_http(toolbox, options(max_sessions=1)) as url:
        first = await raw.post(url, json=INITIALIZE)
        assert first.status_code == 200
        assert (await raw.post(url, json=INITIALIZE)).status_code == 503
        session = {"Mcp-Session-Id": first.headers["Mcp-Session-Id"]}
        assert (await raw.delete(url, headers=session)).status_code == 200
        assert (await raw.post(url, json=INITIALIZE)).status_code == 200


@BOTH_ERAS
async def test_headers_tighten_what_a_caller_sees_and_may_call(era: Era, url: str, server: ScriptedServer) -> None:
    async with connected(url, era, {"X-Videogen-Read-Only": "true", "X-Videogen-Exclude": "find"}) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        refused = await client.call_tool("run_workflow", FILM)
        prompts = (await client.list_prompts()).prompts
    assert tools == {"get_job", "get_file", "inspect_project", "get_guide"}
    assert refused.is_error and "tool_not_allowed" in text_of(refused)
    assert prompts == []
    async with connected(url, era, {"X-Videogen-Tools": "jobs,guides"}) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == {"get_job", "cancel_job", "get_guide"}
    async with Client(url, mode=era) as client:
        assert len((await client.list_tools()).tools) == len(TOOLS)
    assert server.started == 0


@BOTH_ERAS
async def test_headers_never_loosen_the_servers_policy(
    era: Era, url: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    toolbox.policy = Policy(read_only=True, exclude=frozenset({"find"}), max_spend=1)
    loose = {
        "X-Videogen-Read-Only": "false",
        "X-Videogen-Tools": "run_workflow,get_job,find",
        "X-Videogen-Exclude": "",
        "X-Videogen-Max-Spend": "1000",
    }
    async with connected(url, era, loose) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == ["get_job"]
        for name in ("run_workflow", "find"):
            assert (await client.call_tool(name, FILM)).is_error
    assert server.started == 0


@BOTH_ERAS
async def test_a_cap_in_a_header_holds_for_the_call(era: Era, url: str, server: ScriptedServer) -> None:
    async with connected(url, era, {"X-Videogen-Max-Spend": "3"}) as client:
        refused = await client.call_tool("run_workflow", FILM)
    assert refused.is_error and "spend_cap_reached" in text_of(refused)
    assert server.started == 0


@BOTH_ERAS
@pytest.mark.parametrize(
    "headers",
    [{"X-Videogen-Tools": "no_such_tool"}, {"X-Videogen-Max-Spend": "-1"}, {"X-Videogen-Read-Only": "perhaps"}],
)
async def test_a_header_that_cannot_be_read_is_an_error_and_nothing_runs(
    headers: dict[str, str], era: Era, url: str, server: ScriptedServer
) -> None:
    async with connected(url, era, headers) as client:
        with pytest.raises(MCPError) as refused:
            await client.list_tools()
        called = await client.call_tool("run_workflow", FILM)
    assert refused.value.error.code == -32602
    assert called.is_error and "next: " in text_of(called)
    assert server.requests == []


async def test_a_header_sent_twice_is_an_error(url: str, raw: httpx.AsyncClient) -> None:
    twice = [*MODERN_HEADERS.items(), ("X-Videogen-Read-Only", "true"), ("X-Videogen-Read-Only", "false")]
    answer = await raw.post(url, json=LIST, headers=twice)
    assert "twice" in answer.json()["error"]["message"]


async def test_a_server_that_stops_leaves_its_jobs_and_closes_its_client(
    toolbox: Toolbox, server: ScriptedServer
) -> None:
    server.polls_until_done = 1_000_000
    async with serving_http(toolbox, options()) as url, Client(url) as client:
        await client.call_tool("run_workflow", FILM)
    assert toolbox.session.client is None
    assert not any("cancel" in request for request in server.requests)
