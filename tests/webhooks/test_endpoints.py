"""Endpoints: made, listed, deleted; their secrets are told once and kept nowhere."""

from __future__ import annotations

import base64

import httpx
import pytest

from videogen_agents.contract import WebhookEndpointPage, WebhookEvent

from ..service.conftest import ParkedEngine, client_of
from .conftest import Subscribe

HOOK = "https://hooks.example.com/videogen?token=s3"


async def test_the_secret_is_told_on_creation_and_never_again(
    engine: ParkedEngine, client: httpx.AsyncClient, subscribe: Subscribe
) -> None:
    made = await subscribe(HOOK, WebhookEvent.PROJECT_EXPORT_SUCCEEDED)
    assert made.endpoint_id.startswith("ep_") and made.url == HOOK
    assert made.signing_secret is not None and made.signing_secret.startswith("whsec_")
    assert len(base64.b64decode(made.signing_secret.removeprefix("whsec_"), validate=True)) == 32
    assert made.signing_secret_last4 == made.signing_secret[-4:]
    reply = await client.get("/v1/webhooks/endpoints")
    page = WebhookEndpointPage.model_validate_json(reply.content)
    assert [endpoint.endpoint_id for endpoint in page.endpoints] == [made.endpoint_id]
    assert page.endpoints[0].events == ["project_export.succeeded"]
    assert made.signing_secret not in reply.text and "signingSecretLast4" in reply.text
    # It is derived from this machine's key when it is needed.
    stored = b"".join(path.read_bytes() for path in engine.settings.home.glob("app.db*"))
    assert made.endpoint_id.encode() in stored and made.signing_secret.encode() not in stored


async def test_each_endpoint_has_a_secret_of_its_own_and_lists_come_in_pages(
    client: httpx.AsyncClient, subscribe: Subscribe
) -> None:
    made = [await subscribe(f"{HOOK}{number}") for number in range(3)]
    assert len({endpoint.signing_secret for endpoint in made}) == 3
    first = (await client.get("/v1/webhooks/endpoints", params={"limit": 2})).json()
    rest = (await client.get("/v1/webhooks/endpoints", params={"cursor": first["nextCursor"]})).json()
    found = [endpoint["endpointId"] for endpoint in first["endpoints"] + rest["endpoints"]]
    assert sorted(found) == sorted(endpoint.endpoint_id for endpoint in made)
    assert (rest["hasMore"], rest["nextCursor"]) == (False, None)


async def test_a_deleted_endpoint_is_gone(client: httpx.AsyncClient, subscribe: Subscribe) -> None:
    made = await subscribe(HOOK)
    gone = await client.delete(f"/v1/webhooks/endpoints/{made.endpoint_id}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await client.get("/v1/webhooks/endpoints")).json()["endpoints"] == []
    again = await client.delete(f"/v1/webhooks/endpoints/{made.endpoint_id}")
    assert (again.status_code, again.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "https://127.0.0.2/",
        "https://10.1.2.3/hook",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://169.254.169.254/latest",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost/",
        "https://intranet/",
        "https://nas.local/",
        "https://user:word@hooks.example.com/",
        "https://hooks.example.com:22/",
        "https://hooks.example.com/#part",
        "https://" + "a" * 2000 + ".example.com/",
        "ftp://hooks.example.com/",
        "hooks.example.com",
        "https://",
        "",
    ],
)
async def test_an_address_that_nothing_may_be_sent_to_is_refused_at_once(client: httpx.AsyncClient, url: str) -> None:
    reply = await client.post("/v1/webhooks/endpoints", json={"url": url, "events": ["file.upload.failed"]})
    assert reply.status_code == 400, reply.text
    assert reply.json()["code"] in {"url_not_allowed", "invalid_request"}


@pytest.mark.parametrize(
    "fields",
    [
        {"events": []},
        {"events": ["remix_action.succeeded"]},
        {"events": "all"},
        {},
        {"events": ["file.upload.failed"], "description": "x" * 501},
        {"events": ["file.upload.failed"], "description": 3},
    ],
)
async def test_events_that_there_are_not_are_refused(client: httpx.AsyncClient, fields: dict[str, object]) -> None:
    reply = await client.post("/v1/webhooks/endpoints", json={"url": HOOK} | fields)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_request")


async def test_there_is_an_end_to_endpoints(client: httpx.AsyncClient, subscribe: Subscribe) -> None:
    for _ in range(50):
        await subscribe(HOOK)
    reply = await client.post("/v1/webhooks/endpoints", json={"url": HOOK, "events": ["file.upload.failed"]})
    assert reply.status_code == 400 and "50" in reply.json()["message"]


@pytest.mark.parametrize("limits", [{}])
async def test_loopback_hosts_are_closed_unless_the_operator_opens_them(engine: ParkedEngine) -> None:
    async with client_of(engine) as client:
        for url in ("http://127.0.0.1:8080/", "https://hooks.test/"):
            body = {"url": url, "events": ["file.upload.failed"]}
            reply = await client.post("/v1/webhooks/endpoints", json=body)
            assert reply.status_code == (201 if url == "https://hooks.test/" else 400)
