"""Callers who bring their own keys: each works with their own account and knows nothing of the others."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from mcp_types import TextResourceContents

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import Settings, load_settings
from videogen_agents.testing.faults import Fault
from videogen_agents.testing.reply import Reply, refusal
from videogen_agents.tools import Policy, Toolbox
from videogen_agents.tools.toolbox_pool import ToolboxPool, key_hash, settings_for_key
from videogen_agents_mcp import HttpOptions, serving_http

from ..manual_clock import ManualClock
from ..scripted_server import ScriptedServer
from .eras import BOTH_ERAS, FILM, JOB, Era, connected, text_of
from .test_http import ACCEPT, INITIALIZE

ADA, GRACE = "sk_ada", "sk_grace"


@dataclass
class Accounts(ScriptedServer):
    """A hosted server with an account for each key."""

    accounts: dict[str, ScriptedServer] = field(
        default_factory=lambda: {ADA: ScriptedServer(), GRACE: ScriptedServer()}
    )

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes, fault: Fault | None = None
    ) -> Reply:
        account = self.accounts.get(headers.get("authorization", "").removeprefix("Bearer "))
        if account is None:
            return refusal(401, "The key is not valid.", "invalid_api_key")
        return account.answer(method, url, headers, content, fault)


@pytest.fixture
def hosted() -> Iterator[Accounts]:
    yield Accounts()


@pytest.fixture
def pool(hosted: Accounts, tmp_path: Path) -> Iterator[ToolboxPool]:
    with hosted.serve() as loopback:
        settings = load_settings(
            base_url=loopback.url, backend="embedded", home=tmp_path / "home", output_dir=tmp_path / "out", environ={}
        )
        yield ToolboxPool(Toolbox(settings=settings, policy=Policy()), size=2)


@pytest.fixture
async def url(pool: ToolboxPool) -> AsyncIterator[str]:
    async with serving_http(pool, HttpOptions(port=0)) as served:
        yield served


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@BOTH_ERAS
async def test_each_caller_works_with_their_own_account(era: Era, url: str, hosted: Accounts) -> None:
    async with connected(url, era, bearer(ADA)) as ada, connected(url, era, bearer(GRACE)) as grace:
        started = await ada.call_tool("run_workflow", FILM)
        assert not started.is_error, text_of(started)
        found = await grace.call_tool("find", {"type": "projects"})
        assert "vg_proj" not in text_of(found)
        foreign = await grace.call_tool("get_job", {"jobId": JOB, "waitSeconds": 0})
        assert foreign.is_error and "not_found" in text_of(foreign)
        read = (await ada.read_resource(f"videogen://jobs/{JOB}")).contents[0]
    assert isinstance(read, TextResourceContents) and JOB in read.text
    assert (hosted.accounts[ADA].started, hosted.accounts[GRACE].started) == (1, 0)


async def test_a_key_that_the_hosted_api_refuses_is_not_let_in(url: str, pool: ToolboxPool) -> None:
    async with httpx.AsyncClient(headers=ACCEPT) as raw:
        for headers in ({}, bearer("sk_nobody"), bearer("x" * 5000), {"Authorization": "Bearer sk\u00e9".encode()}):
            refused = await raw.post(url, json=INITIALIZE, headers=headers)
            assert refused.status_code == 401
            assert "resource_metadata" in refused.headers["WWW-Authenticate"]
    assert len(pool) == 0
    assert not (pool._template.settings.home / "clients").exists()


async def test_a_key_is_asked_about_once(url: str, hosted: Accounts) -> None:
    for _ in range(3):
        async with connected(url, "auto", bearer(ADA)) as client:
            assert (await client.list_tools()).tools
    assert hosted.requests.count("GET /v1/me") == 1


async def test_while_the_hosted_api_is_away_keys_pass_and_each_call_tells(toolbox: Toolbox) -> None:
    away = ScriptedServer(api_key="sk_good", get_faults=deque([Fault.SERVER_ERROR] * 50))

    def open_toolbox(settings: Settings) -> Toolbox:
        assert settings.api_key is not None
        transport = HostedTransport("https://api.example", settings.api_key.get_secret_value(), http_transport=away)
        return Toolbox(settings, client=VideoClient(settings, transport=transport, clock=ManualClock()))

    pool = ToolboxPool(toolbox, open_toolbox=open_toolbox)
    assert await pool.admits("sk_wrong")
    away.get_faults.clear()
    assert await pool.admits("sk_good")
    assert not await pool.admits("sk_wrong")
    assert len(pool) == 0


async def test_a_session_serves_only_the_key_that_opened_it(url: str) -> None:
    async with httpx.AsyncClient(headers=ACCEPT) as raw:
        opened = await raw.post(url, json=INITIALIZE, headers=bearer(ADA))
        listing = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
        headers = {"Mcp-Session-Id": opened.headers["Mcp-Session-Id"], **bearer(GRACE)}
        assert (await raw.post(url, json=listing, headers=headers)).status_code == 404


async def test_no_file_of_the_servers_machine_is_read_or_written_for_a_caller(
    url: str, hosted: Accounts, tmp_path: Path
) -> None:
    hosted.accounts[ADA].polls_until_done = 0
    secret = tmp_path / "out" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text("secret")
    async with connected(url, "auto", bearer(ADA)) as ada:
        read = await ada.call_tool("add_file", {"path": str(secret)})
        await ada.call_tool("run_workflow", FILM)
        await ada.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45})
        written = await ada.call_tool("get_file", {"fileId": "vg_file_0001", "savePath": "film.mp4"})
    assert read.is_error and "path_not_allowed" in text_of(read)
    assert written.is_error
    assert not list(tmp_path.rglob("*.mp4"))


async def test_no_more_toolboxes_are_kept_than_there_is_room_for(url: str, pool: ToolboxPool, hosted: Accounts) -> None:
    hosted.accounts |= {f"sk_{number}": ScriptedServer() for number in range(5)}
    for number in range(5):
        async with connected(url, "auto", bearer(f"sk_{number}")) as client:
            assert not (await client.call_tool("find", {"type": "projects"})).is_error
    assert len(pool) == 2


async def test_a_toolbox_in_use_is_not_closed_for_another(pool: ToolboxPool) -> None:
    async with pool.lease("sk_one") as one, pool.lease("sk_two"):
        opened = await one.open_client()
        with pytest.raises(Exception, match="Too many clients"):
            async with pool.lease("sk_three"):
                pass
        assert one.session.client is opened
    async with pool.lease("sk_three"):
        pass
    assert one.session.client is None
    await pool.aclose()


async def test_a_key_stands_nowhere_but_in_its_own_toolbox(
    url: str, pool: ToolboxPool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with connected(url, "auto", bearer(ADA)) as ada:
        started = await ada.call_tool("run_workflow", FILM)
        await ada.call_tool("get_job", {"jobId": "vg_work_none"})
    assert ADA not in repr(vars(pool)) and ADA not in started.model_dump_json()
    assert not any(ADA in record.getMessage() for record in caplog.records if record.name.startswith("videogen"))
    kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert kept and not any(ADA.encode() in path.read_bytes() for path in kept)
    assert not any(ADA in str(path) for path in kept)


def test_a_keys_home_is_its_own_and_names_no_key(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, environ={})
    ada, grace = settings_for_key(settings, ADA), settings_for_key(settings, GRACE)
    assert ada.home != grace.home and ada.home.is_relative_to(tmp_path) and ADA not in str(ada.home)
    assert ada.allowed_roots == () and key_hash(ADA) != key_hash(GRACE)
