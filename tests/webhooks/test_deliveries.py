"""What endpoints are told: each event once, exactly as the contract has it, however often sending fails."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
import trustme
from standardwebhooks import Webhook

from videogen_agents.contract import ApiError, FileScope, FileType, ToolType, WebhookEvent
from videogen_agents.webhooks import verify_webhook
from videogen_engine.doctor import Finding
from videogen_engine.doctor.surroundings import webhooks
from videogen_engine.service.webhook_courier import RETRY_SECONDS, WebhookCourier
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import (
    FileState,
    JobOutcome,
    NewExport,
    NewFile,
    Rendition,
    StoredSource,
    ToolJob,
)

from ..service.conftest import ParkedEngine
from .conftest import Hands, Subscribe
from .receiver import Delivered, Receiver, receiving

WRONG = ApiError(message="It went wrong.", code="job_failed")


def run(store: Metadata, *, export: bool = False) -> str:
    """A workflow run that waits to be ended by hand."""
    started = store.starts.run(
        workflow="script_to_video",
        request_json='{"script":"Hello."}',
        title="Hello",
        ratio=(16, 9),
        export=NewExport(width=320, height=180, encoding="draft") if export else None,
    )
    return started.job.job_id


def finish_with_film(store: Metadata, run_id: str) -> tuple[str, str]:
    """End the run's export and then the run; ids of the export and its file."""
    export = store.exports.of_runs([run_id])[run_id]
    file = NewFile(
        file_id="vg_file_film",
        scope=FileScope.EXPORT,
        display_name="Hello",
        type=FileType.VIDEO,
        sources=(StoredSource(rendition=Rendition.DOWNLOAD, media_key="f.mp4", media_type="video/mp4", size=9),),
    )
    store.exports.finish(export.export_id, file, JobOutcome(), timeline_version=1)
    store.jobs.succeed(run_id, JobOutcome())
    return export.export_id, file.file_id


def upload(store: Metadata, name: str, *, fails: bool = False) -> None:
    store.files.create(NewFile(file_id=name, scope=FileScope.GLOBAL, display_name=name, state=FileState.AWAITING))
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key=name, media_type="image/png", size=3)
    store.files.mark_uploaded(name, source)
    if fails:
        store.files.mark_failed(name, WRONG)
    else:
        store.files.mark_ready(name, type_=FileType.IMAGE, duration_seconds=None, width=4, height=4)


def told(receiver: Receiver) -> list[tuple[str, str]]:
    """Event and subject of everything that came, sorted."""
    bodies = [json.loads(delivered.body) for delivered in receiver.got]
    return sorted(
        (body["event"], body.get("exportId") if "export" in body["event"] else subject(body)) for body in bodies
    )


def subject(body: dict[str, str]) -> str:
    return body.get("workflowRunId") or body.get("toolExecutionId") or body["fileId"]


async def test_every_end_is_told_once_to_those_who_asked_for_it(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier
) -> None:
    await subscribe(receiver.url("/all"))
    await subscribe(receiver.url("/failures"), WebhookEvent.WORKFLOW_RUN_FAILED)
    store = engine.store
    good, failed, cancelled = run(store, export=True), run(store), run(store, export=True)
    export_id, _ = finish_with_film(store, good)
    assert store.jobs.fail(failed, WRONG) and not store.jobs.fail(failed, WRONG)
    store.jobs.mark_cancelled(cancelled)
    dropped = store.exports.of_runs([cancelled])[cancelled].export_id
    upload(store, "vg_file_good")
    upload(store, "vg_file_bad", fails=True)
    await courier.deliver_due()
    await courier.deliver_due()
    assert told(receiver) == sorted(
        [
            ("workflow_run.succeeded", good),
            ("workflow_run.failed", failed),
            ("workflow_run.failed", failed),
            ("workflow_run.cancelled", cancelled),
            ("project_export.succeeded", export_id),
            ("project_export.cancelled", dropped),
            ("file.upload.completed", "vg_file_good"),
            ("file.download_ready", "vg_file_good"),
            ("file.upload.failed", "vg_file_bad"),
        ]
    )
    assert [delivered.path for delivered in receiver.got].count("/failures") == 1
    assert len({delivered.message_id for delivered in receiver.got}) == 9


async def test_bodies_are_exactly_the_contract_s(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier
) -> None:
    await subscribe(receiver.url())
    good, failed = run(engine.store, export=True), run(engine.store)
    export_id, file_id = finish_with_film(engine.store, good)
    engine.store.jobs.fail(failed, WRONG)
    upload(engine.store, "vg_file_bad", fails=True)
    await courier.deliver_due()
    bodies = {body["event"]: body for body in (json.loads(delivered.body) for delivered in receiver.got)}
    succeeded = bodies["workflow_run.succeeded"]
    project = engine.store.jobs.get(good).project_id
    assert succeeded["projectId"] == project
    assert succeeded.keys() == {
        *("event", "workflowRunId", "occurredAt", "workflowType", "projectId", "projectUrl", "exportId", "downloadUrl"),
        *("downloadUrlExpiresAt", "thumbnailUrl", "thumbnailUrlExpiresAt", "exportFileId", "error"),
    }
    assert (succeeded["workflowType"], succeeded["exportFileId"]) == ("SCRIPT_TO_VIDEO", file_id)
    assert (succeeded["error"], succeeded["thumbnailUrl"]) == (None, None)
    # Links lead to where the endpoint's maker reached this engine.
    assert succeeded["downloadUrl"].startswith("http://engine.test/media/f.mp4?")
    assert succeeded["projectUrl"].startswith(f"http://engine.test/studio/projects/{project}")
    assert bodies["project_export.succeeded"].keys() == {
        *("event", "exportId", "projectId", "occurredAt", "exportFileId", "error")
    }
    assert bodies["project_export.succeeded"]["exportId"] == export_id
    assert bodies["workflow_run.failed"]["error"]["message"] == "It went wrong."
    assert bodies["workflow_run.failed"]["downloadUrl"] is None
    refused = bodies["file.upload.failed"]
    assert refused.keys() == {"event", "fileId", "occurredAt", "file", "error"}
    assert refused["error"]["code"] == "job_failed" and "fileAnalysisMetadata" not in refused["file"]


async def test_tools_tell_what_they_made_or_why_not(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier
) -> None:
    await subscribe(receiver.url())
    store = engine.store
    asked = ToolJob(tool=ToolType.GENERATE_MUSIC, tool_request_json='{"prompt":"Calm."}')
    made, failed, cancelled = (store.starts.tool(asked, quick=True).job.job_id for _ in range(3))
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key="m.m4a", media_type="audio/mp4", size=9)
    new = {"scope": FileScope.GLOBAL, "type": FileType.AUDIO, "source_tool_execution_id": made, "sources": (source,)}
    store.files.create(NewFile.model_validate({"file_id": "vg_file_m", "display_name": "Calm", **new}))
    store.jobs.succeed(made, JobOutcome(file_ids=("vg_file_m",)))
    store.jobs.fail(failed, WRONG)
    store.jobs.mark_cancelled(cancelled)
    await courier.deliver_due()
    bodies = {body["event"]: body for body in (json.loads(delivered.body) for delivered in receiver.got)}
    assert len(bodies) == len(receiver.got) == 3
    common = {"event", "toolExecutionId", "occurredAt", "toolType"}
    succeeded = bodies["tool_execution.succeeded"]
    assert succeeded.keys() == common | {"results"} and succeeded["toolType"] == "GENERATE_MUSIC"
    (result,) = succeeded["results"]
    assert result["downloadUrl"].startswith("http://engine.test/media/m.m4a?")
    assert "fileAnalysisMetadata" not in result["file"]
    assert bodies["tool_execution.failed"].keys() == common | {"error"}
    assert bodies["tool_execution.cancelled"].keys() == common


async def test_a_delivery_is_signed_so_that_standard_webhooks_and_we_verify_it(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier
) -> None:
    endpoint = await subscribe(receiver.url())
    engine.store.jobs.fail(run(engine.store), WRONG)
    await courier.deliver_due()
    (delivered,) = receiver.got
    assert endpoint.signing_secret is not None
    payload = Webhook(endpoint.signing_secret).verify(delivered.body, delivered.headers)
    event = verify_webhook(delivered.body, delivered.headers, endpoint.signing_secret)
    assert event.event is WebhookEvent.WORKFLOW_RUN_FAILED and payload["event"] == event.event.value
    assert delivered.headers["content-type"] == "application/json"


async def test_a_delivery_that_fails_comes_again_with_the_same_id_and_bytes_and_later_each_time(
    engine: ParkedEngine,
    client: httpx.AsyncClient,
    receiver: Receiver,
    subscribe: Subscribe,
    courier: WebhookCourier,
    hands: Hands,
) -> None:
    endpoint = await subscribe(receiver.url())
    receiver.answers += [500, 429, 302, 404]
    receiver.headers["location"] = receiver.url("/elsewhere")
    upload(engine.store, "vg_file_a", fails=True)
    await courier.deliver_due()
    for attempt, pause in enumerate(RETRY_SECONDS[:4]):
        assert len(receiver.got) == attempt + 1
        hands.forward(pause - 1)
        await courier.deliver_due()
        assert len(receiver.got) == attempt + 1
        # What it tells stays as it was, whatever becomes of the file.
        engine.store.files.archive("vg_file_a")
        hands.forward(1)
        await courier.deliver_due()
    hands.forward(10 * 24 * 3600)
    await courier.deliver_due()
    assert len(receiver.got) == 5
    assert len({(one.path, one.message_id, one.body) for one in receiver.got}) == 1
    stamps = [one.headers["webhook-timestamp"] for one in receiver.got]
    assert len(set(stamps)) == 5
    assert endpoint.signing_secret is not None
    last = receiver.got[-1]
    verify_webhook(last.body, last.headers, endpoint.signing_secret, now=float(stamps[-1]))
    (shown,) = (await client.get("/engine/v1/webhooks/deliveries")).json()["deliveries"]
    assert (shown["state"], shown["attempts"], shown["lastStatus"]) == ("delivered", 5, 204)


async def test_an_endpoint_that_asks_for_time_gets_it(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier, hands: Hands
) -> None:
    await subscribe(receiver.url())
    receiver.answers.append(503)
    receiver.headers["retry-after"] = "120"
    engine.store.jobs.fail(run(engine.store), WRONG)
    await courier.deliver_due()
    hands.forward(119)
    await courier.deliver_due()
    assert len(receiver.got) == 1
    hands.forward(1)
    await courier.deliver_due()
    assert len(receiver.got) == 2


async def test_an_endpoint_that_takes_nothing_for_three_days_is_left_alone_until_somebody_asks_again(
    engine: ParkedEngine,
    client: httpx.AsyncClient,
    receiver: Receiver,
    subscribe: Subscribe,
    courier: WebhookCourier,
    hands: Hands,
) -> None:
    endpoint = await subscribe(receiver.url())
    receiver.answers += [500] * (len(RETRY_SECONDS) + 1)
    engine.store.jobs.fail(run(engine.store), WRONG)
    await courier.deliver_due()
    for pause in RETRY_SECONDS:
        hands.forward(pause)
        await courier.deliver_due()
    assert len(receiver.got) == len(RETRY_SECONDS) + 1
    shown = (await client.get("/engine/v1/webhooks/deliveries")).json()
    assert shown["disabled"] == {endpoint.endpoint_id: "Nothing was taken for three days."}
    failed = shown["deliveries"][0]
    assert (failed["state"], failed["nextAttemptAt"], failed["lastStatus"]) == ("failed", None, 500)
    # What happens meanwhile is not kept for it.
    engine.store.jobs.fail(run(engine.store), WRONG)
    hands.forward(1)
    await courier.deliver_due()
    assert len(receiver.got) == len(RETRY_SECONDS) + 1
    again = await client.post(f"/engine/v1/webhooks/deliveries/{failed['messageId']}/send")
    assert again.json()["state"] == "waiting"
    waiting = await client.post(f"/engine/v1/webhooks/deliveries/{failed['messageId']}/send")
    assert (waiting.status_code, waiting.json()["code"]) == (409, "delivery_waiting")
    await courier.deliver_due()
    assert receiver.got[-1].message_id == failed["messageId"]
    after = (await client.get("/engine/v1/webhooks/deliveries", params={"endpointId": endpoint.endpoint_id})).json()
    assert (after["disabled"], after["deliveries"][0]["state"]) == ({}, "delivered")


async def test_an_endpoint_that_says_it_is_gone_is_believed(
    engine: ParkedEngine,
    client: httpx.AsyncClient,
    receiver: Receiver,
    subscribe: Subscribe,
    courier: WebhookCourier,
    hands: Hands,
) -> None:
    endpoint = await subscribe(receiver.url())
    receiver.answers += [500, 410]
    for _ in range(2):
        engine.store.jobs.fail(run(engine.store), WRONG)
        await courier.deliver_due()
    hands.forward(RETRY_SECONDS[0])
    await courier.deliver_due()
    assert len(receiver.got) == 2
    shown = (await client.get("/engine/v1/webhooks/deliveries")).json()
    assert shown["disabled"] == {endpoint.endpoint_id: "It answered 410."}
    seen = webhooks(engine.settings)
    assert seen.finding is Finding.DEGRADED and "1 endpoints, 0 deliveries waiting" in seen.said
    assert {one["state"] for one in shown["deliveries"]} == {"failed"}


async def test_nothing_is_sent_to_an_endpoint_that_was_deleted(
    engine: ParkedEngine,
    client: httpx.AsyncClient,
    receiver: Receiver,
    subscribe: Subscribe,
    courier: WebhookCourier,
) -> None:
    endpoint = await subscribe(receiver.url())
    engine.store.jobs.fail(run(engine.store), WRONG)
    await client.delete(f"/v1/webhooks/endpoints/{endpoint.endpoint_id}")
    await courier.deliver_due()
    assert receiver.got == []


async def test_couriers_of_several_processes_share_the_work_and_repeat_none(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, hands: Hands
) -> None:
    await subscribe(receiver.url())
    for _ in range(12):
        engine.store.jobs.fail(run(engine.store), WRONG)
    couriers = [WebhookCourier(engine.settings, engine.store, engine.signer, clock=hands) for _ in range(3)]
    await asyncio.gather(*(courier.deliver_due() for courier in couriers))
    ids = [delivered.message_id for delivered in receiver.got]
    assert len(ids) == len(set(ids)) == 12


async def test_what_a_killed_process_had_to_tell_or_was_telling_is_told_by_the_next(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier, hands: Hands
) -> None:
    await subscribe(receiver.url())
    ended, telling = run(engine.store), run(engine.store)
    program = (
        "import os, sys\n"
        "from videogen_agents.contract import ApiError\n"
        "from videogen_engine.store.metadata import Metadata\n"
        "store = Metadata.open(sys.argv[1])\n"
        "store.jobs.fail(sys.argv[2], ApiError(message='Gone.'))\n"
        "store.webhooks.claim(int(sys.argv[4]), lease_ms=60_000, limit=9, per_endpoint=9, busy={})\n"
        "store.jobs.fail(sys.argv[3], ApiError(message='Gone.'))\n"
        "os._exit(9)"
    )
    arguments = [engine.settings.database_url, telling, ended, str(hands.now)]
    killed = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", program, *arguments], check=False)
    assert killed.returncode == 9
    hands.forward(30)
    await courier.deliver_due()
    assert [json.loads(delivered.body)["workflowRunId"] for delivered in receiver.got] == [ended]
    hands.forward(31)
    await courier.deliver_due()
    assert {json.loads(delivered.body)["workflowRunId"] for delivered in receiver.got} == {ended, telling}
    assert len(receiver.got) == 2


@pytest.mark.parametrize("address", ["10.0.0.7", "169.254.169.254", "::1", "::ffff:127.0.0.1", "127.0.0.1"])
async def test_a_public_name_that_leads_to_a_private_address_is_never_connected_to(
    engine: ParkedEngine,
    client: httpx.AsyncClient,
    receiver: Receiver,
    subscribe: Subscribe,
    hands: Hands,
    address: str,
) -> None:
    await subscribe(f"https://hooks.example.com:{receiver.port}/")
    engine.store.jobs.fail(run(engine.store), WRONG)
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[object]:
        asked.append(f"{host}:{port}")
        return [ip_address("93.184.215.14"), ip_address(address)]

    courier = WebhookCourier(engine.settings, engine.store, engine.signer, clock=hands, resolve=resolve)  # pyright: ignore
    await courier.deliver_due()
    assert asked == [f"hooks.example.com:{receiver.port}"] and receiver.got == []
    (shown,) = (await client.get("/engine/v1/webhooks/deliveries")).json()["deliveries"]
    assert (shown["state"], shown["lastStatus"]) == ("waiting", None) and "private" in shown["lastError"]


async def test_tls_proves_the_name_and_not_the_address(
    engine: ParkedEngine, subscribe: Subscribe, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

    async def here(host: str, port: int) -> list[object]:
        del host, port
        return [ip_address("127.0.0.1")]

    for name, comes in (("hooks.test", True), ("other.test", False)):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(tls)
        with receiving(tls) as receiver:
            endpoint = await subscribe(receiver.url(scheme="https", host="hooks.test"))
            engine.store.jobs.fail(run(engine.store), WRONG)
            courier = WebhookCourier(engine.settings, engine.store, engine.signer, clock=hands, resolve=here)  # pyright: ignore
            hands.forward(1)
            await courier.deliver_due()
            assert bool(receiver.got) is comes
            if comes:
                assert receiver.got[0].headers["host"] == f"hooks.test:{receiver.port}"
            engine.store.webhooks.delete(endpoint.endpoint_id)


async def test_an_endpoint_that_never_answers_holds_nobody_up(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier
) -> None:
    """Its port is open and nobody accepts; the engine stops all the same, and the others were served."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        await subscribe(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        await subscribe(receiver.url())
        stopping = asyncio.Event()
        running = asyncio.create_task(courier.run(stopping))
        engine.store.jobs.fail(run(engine.store), WRONG)
        await asyncio.to_thread(receiver.wait_for, 1)
        stopping.set()
        await running


async def test_the_courier_sleeps_until_something_is_told(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier
) -> None:
    await subscribe(receiver.url())
    stopping = asyncio.Event()
    running = asyncio.create_task(courier.run(stopping))
    for count in (1, 2, 3):
        await asyncio.to_thread(engine.store.jobs.fail, run(engine.store), WRONG)
        seen: list[Delivered] = await asyncio.to_thread(receiver.wait_for, count)
        assert len(seen) == count
    stopping.set()
    await running
