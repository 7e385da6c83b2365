"""Whatever a server answers, a call ends, with an error that says what is wrong, and the key stays at home."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from videogen_agents.client import HostedTransport, JobKind, VideoClient, http_session
from videogen_agents.client.paging import MAX_PAGES
from videogen_agents.config import Settings
from videogen_agents.contract import CreateEntityRequest, EntityType, GenerateImageRequest
from videogen_agents.errors import AskUserError, AuthError, InputError, NotFoundError, RetryLaterError, VideoError

from ..manual_clock import ManualClock
from .test_starts import film

Answer = Callable[[httpx.Request], httpx.Response]
KEY = "sk_test_swordfish"
MEGABYTES = 1024 * 1024
ME = {"apiKeyId": "a", "apiKeyNickname": "b", "email": "person@example.com", "displayName": None, "teamId": "t"}
EMPTY_LISTS = {
    name: [] for name in ("workflowRuns", "toolExecutions", "entities", "remixActions", "projects", "exports", "files")
}


class HostileServer(httpx.AsyncBaseTransport):
    """Answers GETs of lists with empty ones unless told otherwise, and everything else as ``answer`` says."""

    def __init__(self, answer: Answer, *, lists: bool = True) -> None:
        self._answer, self._lists = answer, lists
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        if self._lists and request.method == "GET" and request.url.path in ("/v1/workflows/runs", "/v1/entities"):
            return httpx.Response(200, json={**EMPTY_LISTS, "hasMore": False, "nextCursor": None})
        return self._answer(request)

    @property
    def posts(self) -> int:
        return sum(request.method == "POST" for request in self.requests)


Meet = Callable[..., tuple[VideoClient, HostileServer]]


@pytest.fixture
async def meet(
    settings: Settings, clock: ManualClock
) -> AsyncIterator[Callable[..., tuple[VideoClient, HostileServer]]]:
    """Makes a client of a server that answers so."""
    clients: list[VideoClient] = []

    def make(answer: Answer, **more: Any) -> tuple[VideoClient, HostileServer]:
        server = HostileServer(answer, **more)
        transport = HostedTransport("https://api.example", KEY, http_transport=server)
        clients.append(VideoClient(settings, transport=transport, clock=clock))
        return clients[-1], server

    yield make
    for client in clients:
        await client.aclose()


READS: list[tuple[str, Callable[[VideoClient], Awaitable[object]]]] = [
    ("me", lambda client: client.me()),
    ("job", lambda client: client.get_job("vg_work_1", kind=JobKind.WORKFLOW_RUN)),
    ("edit", lambda client: client.get_job("vg_rmix_1", kind=JobKind.REMIX_ACTION, project_id="vg_proj_1")),
    ("wait", lambda client: client.wait_for_job("vg_tool_1", kind=JobKind.TOOL_EXECUTION)),
    ("file", lambda client: client.file("vg_file_1")),
    ("search", lambda client: client.search_files("water")),
]


async def error_of(call: Awaitable[object]) -> VideoError:
    with pytest.raises(VideoError) as caught:
        await call
    assert caught.value.next_step or caught.value.code
    assert KEY not in caught.value.text()
    return caught.value


@pytest.mark.parametrize(("name", "read"), READS, ids=[name for name, _ in READS])
@pytest.mark.parametrize(
    ("response", "code"),
    [
        (lambda: httpx.Response(200, text="<html>Log in to the network</html>"), "unexpected_reply"),
        (lambda: httpx.Response(200, text="null"), "unexpected_reply"),
        (lambda: httpx.Response(200, json=[1, 2]), "unexpected_reply"),
        (lambda: httpx.Response(200, json={"status": {"a": 1}}), "unexpected_reply"),
        (lambda: httpx.Response(204), "unexpected_reply"),
        (lambda: httpx.Response(200, content=b'{"a": ' * 50_000), "connection_lost"),
        (lambda: httpx.Response(200, content=b'{"status": "run'), "connection_lost"),
        (lambda: httpx.Response(200, content=b'{"status": "\xff"}'), "connection_lost"),
        (lambda: httpx.Response(200, headers={"content-encoding": "gzip"}, content=b"not gzip"), "connection_lost"),
        (lambda: httpx.Response(200, content=b"{" + b" " * 40 * MEGABYTES), "reply_too_large"),
        (
            lambda: httpx.Response(
                200, headers={"content-encoding": "gzip"}, content=gzip.compress(b"{" + b" " * 40 * MEGABYTES)
            ),
            "reply_too_large",
        ),
        (lambda: httpx.Response(599, text="?"), "unavailable"),
        (lambda: httpx.Response(418, json={"message": 7, "code": [], "requirement": "no"}), "invalid_request"),
    ],
)
async def test_a_reply_that_is_none_ends_in_an_error_that_says_so(
    name: str,
    read: Callable[[VideoClient], Awaitable[object]],
    response: Callable[[], httpx.Response],
    code: str,
    meet: Meet,
) -> None:
    client, _ = meet(lambda _request: made(response))
    assert (await error_of(read(client))).code == code


def made(response: Callable[[], httpx.Response]) -> httpx.Response:
    """A broken encoding breaks in the making of a response that holds its content: let it break when it is read."""
    try:
        return response()
    except httpx.DecodingError:
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Raw(b"not gzip"))


class Raw(httpx.AsyncByteStream):
    def __init__(self, *chunks: bytes, drips: bool = False) -> None:
        self._chunks, self._drips = chunks, drips

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk
        if self._drips:
            await asyncio.Event().wait()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["https://evil.example/v1/me", "http://[", "//evil.example:99999/", "/v1/elsewhere"]
)
async def test_a_redirect_of_an_api_call_is_not_followed_and_takes_no_key_along(
    status: int, location: str, meet: Meet
) -> None:
    client, server = meet(lambda _request: httpx.Response(status, headers={"location": location}))
    for call in (client.me(), client.file("vg_file_1"), client.start_workflow(film())):
        error = await error_of(call)
        assert isinstance(error, AskUserError)
        assert error.code == "redirected"
    assert {request.url.host for request in server.requests} == {"api.example"}


async def test_a_redirected_download_carries_no_key(meet: Meet, tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "media.example":
            return httpx.Response(302, headers={"location": "https://evil.example/film.mp4"})
        return httpx.Response(200, content=b"film")

    client, server = meet(answer)
    await client.download("https://media.example/film.mp4", tmp_path / "film.mp4")
    assert await client.fetch_bytes("https://media.example/film.mp4", 100) == b"film"
    assert not any("authorization" in request.headers for request in server.requests)


NO_LINKS = [
    "http://[::1",
    "file:///etc/passwd",
    "ftp://media.example/a",
    "https://",
    "x" * 100_000,
    "/film.mp4",
    "https://media.example:99999/",
    "https://media.example/\udc00",
    "https://media\x00.example/",
]


@pytest.mark.parametrize("url", NO_LINKS, ids=range(len(NO_LINKS)))
async def test_a_media_link_that_is_none_is_an_error(url: str, meet: Meet, tmp_path: Path) -> None:
    client, server = meet(lambda _request: httpx.Response(200, content=b"film"))
    await error_of(client.download(url, tmp_path / "film.mp4"))
    await error_of(client.fetch_bytes(url, 100))
    assert list(tmp_path.glob("*.mp4")) == []
    assert not any(request.url.scheme == "file" for request in server.requests)


async def test_media_larger_than_asked_for_is_not_read_to_its_end(meet: Meet) -> None:
    stream = Raw(*[b"x" * MEGABYTES] * 3, drips=True)
    client, _ = meet(lambda _request: httpx.Response(200, stream=stream))
    assert isinstance(await error_of(client.fetch_bytes("https://media.example/a.jpg", MEGABYTES)), NotFoundError)


@pytest.mark.parametrize("chunks", [(), (b'{"email": "',)])
async def test_a_reply_that_never_ends_is_given_up(
    chunks: tuple[bytes, ...], meet: Meet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_session, "EXCHANGE_SECONDS", 0.01)
    client, _ = meet(lambda _request: httpx.Response(200, stream=Raw(*chunks, drips=True)))
    assert isinstance(await error_of(client.me()), RetryLaterError)
    assert (await error_of(client.start_workflow(film()))).code == "start_unconfirmed"


# Ids

BAD_IDS = ["../../v1/me", "..", ".", "", "a/b", "a\\b", "a b", "a\nb", "a\x00b", "x" * 500, "\u202e"]


@pytest.mark.parametrize("bad", BAD_IDS)
async def test_an_id_that_could_lead_elsewhere_is_refused_before_anything_is_asked(bad: str, meet: Meet) -> None:
    client, server = meet(lambda _request: httpx.Response(200, json={}))
    for call in (
        client.get_job(bad),
        client.get_job("vg_expo_1", kind=JobKind.EXPORT, project_id=bad or "."),
        client.cancel_job(bad),
        client.file(bad),
        client.project(bad),
        client.entity(bad),
        client.export_project(bad),
        client.archive_entity(bad),
    ):
        error = await error_of(call)
        assert isinstance(error, InputError)
        assert error.code == "invalid_id"
    assert server.requests == []


@pytest.mark.parametrize("bad", BAD_IDS)
async def test_a_start_that_is_answered_with_no_id_is_never_sent_again(bad: str, meet: Meet) -> None:
    reply = {"workflowRunId": bad, "projectId": "vg_proj_1", "projectUrl": "https://app.example", "remixActionIds": []}
    client, server = meet(lambda _request: httpx.Response(202, json=reply))
    for _ in range(2):
        assert (await error_of(client.start_workflow(film()))).code == "start_unconfirmed"
    assert server.posts == 1
    assert [entry.ids for entry in client.ledger_entries()] == [{}]


@pytest.mark.parametrize(
    "response",
    [
        lambda: httpx.Response(202, text="<html>Accepted</html>"),
        lambda: httpx.Response(202, json={"workflowRunId": 7}),
        lambda: httpx.Response(202),
        lambda: httpx.Response(202, content=b"{" + b" " * 40 * MEGABYTES),
    ],
)
async def test_a_start_with_an_unreadable_answer_is_never_sent_again(
    response: Callable[[], httpx.Response], meet: Meet
) -> None:
    client, server = meet(lambda _request: response())
    for _ in range(2):
        assert (await error_of(client.start_workflow(film()))).code == "start_unconfirmed"
    assert server.posts == 1


async def test_an_id_is_one_segment_of_the_path_whatever_it_holds(meet: Meet) -> None:
    client, server = meet(lambda _request: httpx.Response(404, json={"message": "No."}))
    await error_of(client.get_job("a?b=c#d%2e%2e;e&ü", kind=JobKind.WORKFLOW_RUN))
    assert server.requests[0].url.raw_path == b"/v1/workflows/runs/a%3Fb%3Dc%23d%252e%252e%3Be%26%C3%BC"


# Lists


def page(items: list[object], cursor: str | None, name: str = "remixActions") -> httpx.Response:
    return httpx.Response(200, json={name: items, "hasMore": cursor is not None, "nextCursor": cursor})


async def test_a_list_that_goes_round_in_a_circle_ends(meet: Meet) -> None:
    client, server = meet(lambda request: page([], "b" if request.url.params.get("cursor") == "a" else "a"))
    error = await error_of(client.get_job("vg_rmix_1", kind=JobKind.REMIX_ACTION, project_id="vg_proj_1"))
    assert error.code == "endless_list"
    assert len(server.requests) == 3


async def test_a_list_that_never_ends_is_given_up(meet: Meet) -> None:
    client, server = meet(lambda _request: page([], f"cursor {len(server.requests)}"))
    error = await error_of(client.get_job("vg_rmix_1", kind=JobKind.REMIX_ACTION, project_id="vg_proj_1"))
    assert error.code == "endless_list"
    assert len(server.requests) == MAX_PAGES


async def test_where_the_list_is_endless_a_lost_start_stays_unconfirmed(meet: Meet) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            raise httpx.ReadError("reset")
        return page([], "again", "entities")

    client, server = meet(answer, lists=False)
    request = CreateEntityRequest(entity_type=EntityType.PRODUCT, name="Bottle")
    for _ in range(2):
        assert (await error_of(client.create_entity(request))).code == "start_unconfirmed"
    assert server.posts == 1


@pytest.mark.parametrize("items", [[{"toolExecutionId": 7}], [7], {"a": 1}, None, "text"])
async def test_a_list_of_something_else_starts_nothing(items: Any, meet: Meet) -> None:
    client, server = meet(lambda _request: httpx.Response(200, json={"toolExecutions": items, "hasMore": False}))
    error = await error_of(client.generate_asset(GenerateImageRequest(prompt="Water.")))
    assert error.code == "unexpected_reply"
    assert server.posts == 0
    assert client.ledger_entries() == []


# Headers and texts


@pytest.mark.parametrize("value", ["9" * 400, "-5", "soon", "²", "Wed, 99 Foo 2026", "inf", ""])
async def test_a_pause_that_makes_no_sense_holds_up_nothing_for_long(
    value: str, meet: Meet, clock: ManualClock
) -> None:
    began = clock.time

    def answer(request: httpx.Request) -> httpx.Response:
        if clock.time - began < 1:
            headers = {"retry-after": value.encode()}
            return httpx.Response(429, json={"message": "Slow down.", "code": "rate_limited"}, headers=headers)
        return httpx.Response(200, json=ME)

    client, _ = meet(answer)
    try:
        await client.me()
    except RetryLaterError as error:
        assert error.retry_after is not None and error.retry_after <= 3600
        clock.time += error.retry_after
        await client.me()
    assert clock.time - began <= 3660


async def test_long_texts_of_a_server_are_cut(meet: Meet) -> None:
    body = {"message": "m" * 10**6, "code": "c" * 10**6, "requirement": {"type": "r" * 10**6}}
    client, _ = meet(lambda _request: httpx.Response(400, json=body, headers={"x-request-id": "i" * 10**4}))
    error = await error_of(client.me())
    assert len(error.text()) < 3000
    assert len(error.request_id or "") <= 200


async def test_numbers_that_are_none_are_no_progress(meet: Meet) -> None:
    body = b'{"status": "running", "progressPercentage": NaN}'
    client, _ = meet(lambda _request: httpx.Response(200, content=body))
    assert isinstance(await error_of(client.get_job("vg_work_1", kind=JobKind.WORKFLOW_RUN)), RetryLaterError)


@pytest.mark.parametrize("key", ["sk_test\nX-Evil: 1", "sk_tést", "sk test", "sk_\x00test"])
async def test_a_key_that_no_header_can_carry_is_refused_without_being_told(key: str, settings: Settings) -> None:
    transport = HostedTransport("https://api.example", key, http_transport=HostileServer(lambda _: httpx.Response(200)))
    async with VideoClient(settings, transport=transport, clock=ManualClock()) as client:
        with pytest.raises(AuthError) as caught:
            await client.me()
    assert key not in caught.value.text()
