"""A delivery counts when it is genuine, fresh and new; and whoever waits for its job is told."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import videogen
from standardwebhooks import Webhook

from videogen_agents.client import BlockingVideoClient, HostedTransport, VideoClient
from videogen_agents.config import Settings
from videogen_agents.contract import (
    AssistantMessageEvent,
    FileEvent,
    ProjectExportEvent,
    ToolExecutionEvent,
    WebhookEvent,
    WorkflowRunEvent,
)
from videogen_agents.errors import AuthError, ErrorKind, InputError, LimitError
from videogen_agents.webhooks import (
    MAX_BODY_BYTES,
    MemorySeenIds,
    RepeatedDeliveryError,
    WebhookInbox,
    sign_webhook,
    verify_webhook,
)

from ..manual_clock import ManualClock
from ..scripted_server import ScriptedServer
from .test_pacing import start_edit, start_run
from .test_starts import film

ROOT = Path(__file__).parents[2]
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OLD_SECRET = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()
NOW = 1_800_000_000.0
RUN = {
    "event": "workflow_run.succeeded",
    "workflowRunId": "vg_work_0001",
    "occurredAt": int(NOW),
    "workflowType": "SCRIPT_TO_VIDEO",
    "projectId": "vg_proj_0001",
    "projectUrl": "https://app.example/project/vg_proj_0001",
    "exportId": None,
    "downloadUrl": None,
    "downloadUrlExpiresAt": None,
    "thumbnailUrl": None,
    "thumbnailUrlExpiresAt": None,
    "exportFileId": None,
}
BODY = json.dumps(RUN).encode()


def signed(body: bytes = BODY, secret: str = SECRET, at: float = NOW, message_id: str = "msg_1") -> dict[str, str]:
    return sign_webhook(body, secret, message_id=message_id, timestamp=at)


def run_event(run_id: str) -> WorkflowRunEvent:
    return WorkflowRunEvent.model_validate({**RUN, "workflowRunId": run_id})


FILE = {"fileId": "vg_file_1", "scope": "GLOBAL"}
MESSAGE = {"role": "assistant", "messageId": "vg_mesg_1", "status": "succeeded", "createdAt": 1}
BODIES: dict[type[object], dict[str, Any]] = {
    WorkflowRunEvent: RUN,
    ToolExecutionEvent: {"toolExecutionId": "vg_tool_1", "toolType": "GENERATE_IMAGE"},
    ProjectExportEvent: {"exportId": "vg_expo_1", "projectId": "vg_proj_1", "exportFileId": None},
    AssistantMessageEvent: {"messageId": "vg_mesg_1", "message": MESSAGE},
    FileEvent: {"fileId": "vg_file_1", "file": FILE},
}


def model_of(event: WebhookEvent) -> type[object]:
    models = {
        "workflow_run": WorkflowRunEvent,
        "tool_execution": ToolExecutionEvent,
        "project_export": ProjectExportEvent,
        "assistant_message": AssistantMessageEvent,
        "file": FileEvent,
    }
    return models[event.value.partition(".")[0]]


# Genuine


@pytest.mark.parametrize("event", list(WebhookEvent), ids=lambda one: one.value)
def test_every_event_arrives_as_its_own_model(event: WebhookEvent) -> None:
    body = json.dumps({**BODIES[model_of(event)], "event": event.value, "occurredAt": int(NOW)}).encode()
    payload = verify_webhook(body, signed(body), SECRET, now=NOW)
    assert type(payload) is model_of(event)
    assert payload.event is event


def test_header_names_may_be_in_any_case() -> None:
    headers = {name.upper(): value for name, value in signed().items()}
    assert verify_webhook(BODY, headers, SECRET, now=NOW).event is WebhookEvent.WORKFLOW_RUN_SUCCEEDED


@pytest.mark.parametrize("secrets", [[SECRET, OLD_SECRET], [OLD_SECRET, SECRET]])
def test_while_a_secret_is_replaced_both_are_good(secrets: list[str]) -> None:
    for used in (SECRET, OLD_SECRET):
        assert verify_webhook(BODY, signed(secret=used), secrets, now=NOW)


def test_one_good_signature_among_several_is_enough() -> None:
    old, new = signed(secret=OLD_SECRET), signed()
    entries = ["v1a,ed25519stuff", "", "v1,", "nonsense", old["webhook-signature"], new["webhook-signature"]]
    assert verify_webhook(BODY, {**new, "webhook-signature": " ".join(entries)}, SECRET, now=NOW)


@pytest.mark.parametrize("secret", [SECRET, SECRET.removeprefix("whsec_"), "0123456789abcdef" * 2, "not base64 at all"])
def test_what_we_sign_the_vendors_sdk_takes_for_genuine(secret: str) -> None:
    headers = signed(secret=secret, at=time.time())
    assert videogen.verify_webhook_signature(BODY, headers, secret)["workflow_run_id"] == "vg_work_0001"
    assert verify_webhook(BODY, headers, secret)


def test_what_any_standard_webhooks_signer_signs_is_genuine() -> None:
    signature = Webhook(SECRET).sign("msg_1", datetime.fromtimestamp(NOW, tz=UTC), BODY.decode())
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(NOW)), "webhook-signature": signature}
    assert verify_webhook(BODY, headers, SECRET, now=NOW)


def test_what_we_sign_the_standard_webhooks_library_takes_for_genuine() -> None:
    assert Webhook(SECRET).verify(BODY, signed(at=time.time()))["workflowRunId"] == "vg_work_0001"


# Forged, old, repeated, broken


def changed(name: str, value: str | None) -> dict[str, str]:
    headers = {**signed(), name: value or ""}
    return {key: one for key, one in headers.items() if one or value is not None}


OTHER_VERSION = signed()["webhook-signature"].replace("v1,", "v2,")


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (BODY + b" ", signed(), "invalid_webhook_signature"),
        (BODY, signed(secret=OLD_SECRET), "invalid_webhook_signature"),
        (BODY, changed("webhook-id", "msg_2"), "invalid_webhook_signature"),
        (BODY, changed("webhook-timestamp", str(int(NOW) + 1)), "invalid_webhook_signature"),
        (BODY, changed("webhook-signature", "v1,"), "invalid_webhook_signature"),
        (BODY, changed("webhook-signature", "v1,ünïcödé"), "invalid_webhook_signature"),
        (BODY, changed("webhook-signature", "no comma at all"), "invalid_webhook_signature"),
        (
            BODY,
            changed("webhook-signature", signed()["webhook-signature"].replace("v1,", "v2,")),
            "invalid_webhook_signature",
        ),
        (BODY, changed("webhook-signature", " ".join(["v1,AAAA"] * 500)), "invalid_webhook_signature"),
        (BODY, changed("webhook-signature", "v1," + "A" * 100_000), "webhook_unsigned"),
        (BODY, changed("webhook-id", None), "webhook_unsigned"),
        (BODY, changed("webhook-timestamp", None), "webhook_unsigned"),
        (BODY, changed("webhook-signature", None), "webhook_unsigned"),
        (BODY, {}, "webhook_unsigned"),
        (BODY, signed(at=NOW - 301), "webhook_too_old"),
        (BODY, signed(at=NOW + 301), "webhook_too_old"),
        (BODY, changed("webhook-timestamp", "yesterday"), "webhook_too_old"),
        (BODY, changed("webhook-timestamp", "9" * 8000), "webhook_too_old"),
        (BODY, changed("webhook-timestamp", "-1"), "webhook_too_old"),
        (BODY, changed("webhook-timestamp", "١٨"), "webhook_too_old"),
    ],
)
def test_what_is_not_genuine_or_not_fresh_is_refused_with_401(body: bytes, headers: dict[str, str], code: str) -> None:
    with pytest.raises(AuthError) as caught:
        verify_webhook(body, headers, SECRET, now=NOW)
    assert (caught.value.code, caught.value.status) == (code, 401)
    assert SECRET.removeprefix("whsec_") not in caught.value.text()


@pytest.mark.parametrize("at", [NOW - 300, NOW + 300])
def test_a_timestamp_at_the_edge_of_the_window_counts(at: float) -> None:
    assert verify_webhook(BODY, signed(at=at), SECRET, now=NOW)


def test_the_window_can_be_narrowed() -> None:
    with pytest.raises(AuthError):
        verify_webhook(BODY, signed(at=NOW - 11), SECRET, now=NOW, tolerance=10)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "invalid_webhook_body"),
        (b"\x00\xff", "invalid_webhook_body"),
        (b"[1]", "invalid_webhook_body"),
        (b"[" * 100_000, "invalid_webhook_body"),
        (json.dumps({**RUN, "workflowRunId": 7}).encode(), "invalid_webhook_body"),
        (b'{"event": "project.deleted"}', "unknown_webhook_event"),
        (b"{}", "unknown_webhook_event"),
    ],
)
def test_a_genuine_body_that_is_no_event_is_refused_with_400(body: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        verify_webhook(body, signed(body), SECRET, now=NOW)
    assert (caught.value.code, caught.value.status) == (code, 400)


def test_a_huge_body_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(LimitError):
        verify_webhook(bytes(MAX_BODY_BYTES + 1), signed(), SECRET, now=NOW)


@pytest.mark.parametrize("secret", ["", "whsec_", "  ", "whsec_!!!!", [], [SECRET, ""]])
def test_an_empty_secret_makes_nothing_genuine(secret: str | list[str]) -> None:
    with pytest.raises(InputError) as caught:
        verify_webhook(BODY, signed(), secret, now=NOW)
    assert caught.value.code == "invalid_webhook_secret"
    assert caught.value.kind is ErrorKind.FIX_INPUT


def test_a_delivery_that_is_sent_again_is_known_as_such_and_forged_ones_are_not_noted() -> None:
    seen = MemorySeenIds()
    with pytest.raises(AuthError):
        verify_webhook(BODY, signed(secret=OLD_SECRET), SECRET, now=NOW, seen=seen)
    assert verify_webhook(BODY, signed(), SECRET, now=NOW, seen=seen)
    with pytest.raises(RepeatedDeliveryError):
        verify_webhook(BODY, signed(at=NOW + 60), SECRET, now=NOW, seen=seen)
    assert verify_webhook(BODY, signed(message_id="msg_2"), SECRET, now=NOW, seen=seen)


def test_no_more_ids_are_kept_than_the_limit() -> None:
    seen = MemorySeenIds(limit=2)
    assert [seen.first_time(one) for one in ("a", "b", "a", "c", "a")] == [True, True, False, True, True]


# Waiting


def hosted(settings: Settings, server: ScriptedServer, clock: ManualClock, inbox: WebhookInbox) -> VideoClient:
    transport = HostedTransport("https://api.example", "sk_test", http_transport=server)
    return VideoClient(settings, transport=transport, clock=clock, inbox=inbox)


def reads_of(server: ScriptedServer, job_id: str) -> int:
    return server.requests.count(f"GET /v1/workflows/runs/{job_id}")


async def test_a_wait_that_is_told_by_webhook_costs_two_reads(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    server.stall()
    inbox = WebhookInbox()
    async with hosted(settings, server, clock, inbox) as client:
        run = await start_run(client, 1)

        async def end() -> None:
            await clock.sleep(45)
            server.outcomes[run], server.polls_until_done = "succeeded", 0
            inbox.deliver(run_event(run))

        began = clock.time
        job, _ = await asyncio.gather(client.wait_for_job(run), end())
    assert job.status == "succeeded"
    assert job.download_url
    assert clock.time - began == 45
    assert reads_of(server, run) == 2


async def test_fifty_waits_that_are_told_by_webhook_cost_one_more_read_than_they_have_first_looks(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    server.stall()
    inbox = WebhookInbox()
    async with hosted(settings, server, clock, inbox) as client:
        run = await start_run(client, 1)

        async def end() -> None:
            await clock.sleep(45)
            server.polls_until_done = 0
            inbox.deliver(run_event(run))

        waits = [client.wait_for_job(run) for _ in range(50)]
        jobs = await asyncio.gather(*waits, end())
    assert {job.status for job in jobs if job} == {"succeeded"}
    assert reads_of(server, run) == 51


async def test_a_delivery_that_gets_lost_is_made_up_for_by_rare_reads(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    server.polls_until_done = 5
    async with hosted(settings, server, clock, WebhookInbox()) as client:
        run = await start_run(client, 1)
        began = clock.time
        job = await client.wait_for_job(run)
    assert job.status == "succeeded"
    assert reads_of(server, run) == 6
    assert clock.time - began >= 5 * 60


async def test_a_delivery_before_the_wait_is_not_missed(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    server.polls_until_done = 1
    inbox = WebhookInbox()
    async with hosted(settings, server, clock, inbox) as client:
        run = await start_run(client, 1)
        inbox.deliver(run_event(run))
        began = clock.time
        # The list lags behind the delivery by one read.
        assert (await client.wait_for_job(run)).status == "succeeded"
    assert clock.time - began < 5


async def test_a_delivery_that_is_ahead_of_the_reads_makes_them_frequent_again(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    server.polls_until_done = 4
    inbox = WebhookInbox()
    async with hosted(settings, server, clock, inbox) as client:
        run = await start_run(client, 1)
        inbox.deliver(run_event(run))
        began = clock.time
        assert (await client.wait_for_job(run)).status == "succeeded"
    assert clock.time - began < 30


async def test_jobs_of_kinds_without_events_are_polled_as_ever(
    settings: Settings, server: ScriptedServer, clock: ManualClock
) -> None:
    server.add_project({"script": "Water."})
    server.polls_until_done = 4
    async with hosted(settings, server, clock, WebhookInbox()) as client:
        edit = await start_edit(client, 0)
        began = clock.time
        assert (await client.wait_for_job(edit)).status == "succeeded"
    assert clock.time - began < 30


def test_a_receiver_in_another_thread_wakes_a_sync_wait(settings: Settings, server: ScriptedServer) -> None:
    server.stall()
    inbox = WebhookInbox()
    looked = threading.Event()
    transport = HostedTransport("https://api.example", "sk_test", http_transport=server)
    with BlockingVideoClient(settings, transport=transport, inbox=inbox) as client:
        run = client.start_workflow(film()).reply

        def receive() -> None:
            looked.wait(30)
            server.polls_until_done = 0
            inbox.deliver(run_event(run.workflow_run_id))

        receiver = threading.Thread(target=receive)
        receiver.start()
        job = client.wait_for_job(run.workflow_run_id, on_progress=lambda _job: looked.set())
        receiver.join()
    assert job.status == "succeeded"
    assert reads_of(server, run.workflow_run_id) == 2


def test_events_that_are_about_no_job_wake_nobody() -> None:
    WebhookInbox().deliver(
        FileEvent.model_validate({"event": "file.upload.completed", "fileId": "f", "occurredAt": 1, "file": FILE})
    )


# The example


@contextmanager
def receiver(secrets: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The example's address, and its process."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "examples" / "webhook_receiver.py"), "0"],
        env={**os.environ, "VIDEOGEN_WEBHOOK_SECRET": secrets},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().rpartition(" ")[2].strip(), process
        finally:
            process.terminate()


def test_the_receiver_takes_genuine_deliveries_once_and_refuses_the_others() -> None:
    with receiver(f"{SECRET} {OLD_SECRET}") as (address, process), httpx.Client(timeout=30) as client:
        now = time.time()

        def send(headers: dict[str, str], body: bytes = BODY) -> int:
            return client.post(address, content=body, headers=headers).status_code

        assert send(signed(at=now)) == 204
        assert send(signed(at=now)) == 204  # sent again: taken, not printed
        assert send(signed(at=now, secret=OLD_SECRET, message_id="msg_rotated")) == 204
        assert send(signed(at=now, secret="whsec_" + base64.b64encode(b"x" * 32).decode(), message_id="forged")) == 401
        assert send(signed(at=now - 3600, message_id="replayed")) == 401
        assert send({}) == 401
        assert send(signed(b"[]", at=now, message_id="odd"), b"[]") == 400
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=30) as large:
            large.sendall(f"POST / HTTP/1.1\r\nContent-Length: {MAX_BODY_BYTES + 1}\r\n\r\n".encode())
            assert b" 413 " in large.recv(1024)
        process.terminate()
        printed = process.communicate(timeout=30)[0].splitlines()
    assert [line.split(" ")[0] for line in printed] == ["workflow_run.succeeded"] * 2
    assert json.loads(printed[0].partition(" ")[2])["workflowRunId"] == "vg_work_0001"


def test_the_receiver_does_not_start_without_a_secret() -> None:
    with receiver("") as (message, process):
        assert process.wait(30) == 1
    assert message == "endpoint."
