"""The scripted server speaks the whole contract, in process and on a socket, as our client and the vendor's do."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import httpx
import pytest
from videogen import VideoGen, VideoGenError

from videogen_agents.contract import OPERATIONS
from videogen_agents.testing import FILM_URL, LoopbackServer, ScriptedServer
from videogen_agents.testing.scripted_server import HANDLERS

from .operations import everything

FAST = {"poll_interval_ms": 1}
Vendor = VideoGen


def test_every_operation_of_the_contract_is_answered() -> None:
    assert set(HANDLERS) == set(OPERATIONS)


@pytest.fixture(params=["in process", "on a socket"])
def http(request: pytest.FixtureRequest, scripted_videogen: ScriptedServer) -> Iterator[httpx.Client]:
    if request.param == "in process":
        with httpx.Client(transport=scripted_videogen, base_url="https://api.example") as client:
            yield client
    else:
        with scripted_videogen.serve() as served, httpx.Client(base_url=served.url) as client:
            yield client


@pytest.mark.parametrize("polls", [0, 2])
def test_every_reply_is_what_the_contract_says(
    polls: int, http: httpx.Client, scripted_videogen: ScriptedServer
) -> None:
    scripted_videogen.polls_until_done = polls
    for asked in everything():
        response = http.request(asked.operation.method, asked.path, json=asked.body)
        assert response.status_code == asked.operation.status, f"{asked.operation.id}: {response.text}"
        model = asked.operation.read(response.json()) if response.content else None
        assert (model is None) is (asked.operation.response is None)
        assert model is None or model.to_wire() == response.json()
    assert scripted_videogen.started == 6 + 1 + 1 + 1 + 13 + 1


@pytest.fixture
def vendor(loopback_videogen: LoopbackServer) -> Iterator[Vendor]:
    """The vendor's own SDK."""
    with VideoGen(api_key="sk_test", base_url=loopback_videogen.url) as sdk:
        yield sdk


def test_the_vendors_sdk_takes_the_server_as_its_transport(scripted_videogen: ScriptedServer) -> None:
    with httpx.Client(transport=scripted_videogen) as http:
        sdk = VideoGen(api_key="sk_test", base_url="https://api.example", http_client=http)
        assert sdk.tools.generate_music_and_wait(prompt="Calm.", **FAST)["status"] == "succeeded"


def test_the_vendors_sdk_makes_edits_and_exports_a_film(vendor: Vendor, scripted_videogen: ScriptedServer) -> None:
    run = vendor.workflows.script_to_video_and_wait(
        script="Water.", visual_style={"type": "STOCK"}, auto_export=True, **FAST
    )
    assert run["status"] == "succeeded"
    assert vendor.download_file(run["export_file_id"]) == scripted_videogen.film
    edited = vendor.projects.remix_and_wait(
        run["project_id"], remix_actions=[{"type": "ADD_ZOOM"}, {"type": "DISABLE_CAPTIONS"}], **FAST
    )
    assert edited
    exported = vendor.projects.export_and_wait(run["project_id"], **FAST)
    assert exported["status"] == "succeeded"
    timeline = vendor.projects.create_timeline_interchange_and_wait(run["project_id"], format="SRT", **FAST)
    assert vendor.download_file(timeline["interchange_file_id"]).startswith(b"SRT of")


def test_the_vendors_sdk_sends_imports_previews_and_makes_assets(vendor: Vendor) -> None:
    sent = vendor.upload_file(b"words" * 99, display_name="talk.mp3", **FAST)
    assert vendor.download_file(sent["file_id"]) == b"words" * 99
    imported = vendor.files.create_file_url_import_and_wait(url="https://files.example/talk.mp4", **FAST)
    assert imported["file"]["display_name"] == "talk.mp4"
    shown = vendor.create_public_preview(sent["file_id"], **FAST)
    assert "/public/" in str(shown)
    picture = vendor.tools.generate_image_and_wait(prompt="Water.", num_results=2, **FAST)
    assert [one["type"] for one in picture["results"]] == ["IMAGE", "IMAGE"]


def test_the_vendors_sdk_is_told_what_is_wrong(vendor: Vendor) -> None:
    with pytest.raises(VideoGenError, match="script is required; add it"):
        vendor.workflows.script_to_video(visual_style={"type": "STOCK"})
    with pytest.raises(VideoGenError, match="no such project"):
        vendor.projects.get_project("vg_proj_none")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 100_000, b'{"script": 7}', b'{"script": "\\ud800"}'],
    ids=repr,
)
def test_a_body_that_is_wrong_starts_nothing(
    content: bytes, http: httpx.Client, scripted_videogen: ScriptedServer
) -> None:
    response = http.post("/v1/workflows/script-to-video", content=content)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_request"
    assert scripted_videogen.started == 0


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/workflows/runs?limit=0", 400),
        ("GET", "/v1/workflows/runs?limit=many", 400),
        ("GET", "/v1/workflows/runs?cursor=of-another-list", 400),
        ("GET", "/v1/workflows/runs/vg_work_none", 404),
        ("GET", "/v1/no/such/thing", 404),
        ("DELETE", "/v1/projects", 404),
        ("POST", "/v1/entities/vg_enti_mia/archive", 403),
        ("GET", "/film.mp4?link=9", 403),
        ("GET", "/film.mp4?link=yesterday", 403),
        ("GET", "/nothing.mp4", 404),
        ("PUT", "/uploads/vg_file_none", 404),
    ],
)
def test_what_cannot_be_done_is_refused(method: str, path: str, status: int, http: httpx.Client) -> None:
    assert http.request(method, path).status_code == status


def test_pages_follow_one_another_without_gap_or_repeat(http: httpx.Client) -> None:
    for number in range(5):
        http.post("/v1/workflows/prompt-to-video-clip", json={"prompt": f"Water {number}."})
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        page = http.get("/v1/workflows/runs", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [run["workflowRunId"] for run in page["workflowRuns"]]
        cursor = page["nextCursor"]
        assert page["hasMore"] is (cursor is not None)
    assert cursor is None
    assert seen == [f"vg_work_{number:04}" for number in (5, 4, 3, 2, 1)]


def test_a_range_of_the_film_is_that_range(http: httpx.Client, scripted_videogen: ScriptedServer) -> None:
    part = http.get("/film.mp4", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, scripted_videogen.film[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(scripted_videogen.film)}"
    assert http.get("/film.mp4", headers={"Range": "bytes=5000-"}).status_code == 416


def test_links_name_the_socket_while_it_is_open(scripted_videogen: ScriptedServer) -> None:
    with scripted_videogen.serve() as served:
        assert scripted_videogen.link("/film.mp4") == f"{served.url}/film.mp4"
    assert scripted_videogen.link("/film.mp4") == FILM_URL


@pytest.fixture
def raw(loopback_videogen: LoopbackServer) -> Callable[[bytes], bytes]:
    """What a socket hears after saying something, until the other side hangs up."""

    def say(words: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", loopback_videogen.port), timeout=10) as connection:
            connection.sendall(words)
            connection.shutdown(socket.SHUT_WR)
            heard = b""
            while part := connection.recv(65536):
                heard += part
            return heard

    return say


@pytest.mark.parametrize(
    "words",
    [
        b"\r\n\r\n",
        b"HELLO\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET /v1/me HTTP/1.1\r\nno colon here\r\n\r\n",
        b"GET /v1/me HTTP/1.1\r\n\r\n",
        b"GET /v1/me HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"POST /v1/text/generate HTTP/1.1\r\nHost: x\r\nContent-Length: banana\r\n\r\n",
        b"POST /v1/text/generate HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /v1/text/generate HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    ],
    ids=lambda words: repr(words[:40]),
)
def test_nonsense_is_answered_with_400_and_a_closed_door(words: bytes, raw: Callable[[bytes], bytes]) -> None:
    assert raw(words).startswith(b"HTTP/1.1 400 ")
    assert raw(b"GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "words", [b"", b"GET /v1/m", b"POST /v1/text/generate HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\nhalf"]
)
def test_half_a_request_starts_nothing_and_hangs_nobody(
    words: bytes, raw: Callable[[bytes], bytes], scripted_videogen: ScriptedServer
) -> None:
    raw(words)
    assert scripted_videogen.started == 0


def _last_words(connection: socket.socket) -> bytes:
    try:
        return connection.recv(1)
    except ConnectionResetError:
        return b""


def test_closing_ends_connections_that_say_nothing(scripted_videogen: ScriptedServer) -> None:
    served = scripted_videogen.serve()
    idle = socket.create_connection(("127.0.0.1", served.port), timeout=10)
    held = socket.create_connection(("127.0.0.1", served.port), timeout=10)
    held.sendall(b"GET /v1/me HTTP/1.1\r\nHost: x\r\n")
    served.close()
    with idle, held:
        assert [_last_words(connection) for connection in (idle, held)] == [b"", b""]
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", served.port), timeout=1)


def test_a_key_that_is_not_the_servers_is_refused(http: httpx.Client, scripted_videogen: ScriptedServer) -> None:
    scripted_videogen.api_key = "sk_right"
    assert http.get("/v1/me").status_code == 401
    assert http.get("/v1/me", headers={"Authorization": "Bearer sk_right"}).status_code == 200
