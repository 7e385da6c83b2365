"""Webhook endpoints, and beside the contract what became of each delivery."""

from __future__ import annotations

import asyncio

from pydantic import Field

from videogen_agents.contract import (
    CreateWebhookEndpointRequest,
    PageQuery,
    Response,
    Timestamp,
    WebhookEndpoint,
    WebhookEndpointPage,
    WebhookEvent,
    WireModel,
)
from videogen_agents.contract.base import Nullable
from videogen_agents.contract.shared import HttpUrlText
from videogen_agents.errors import InputError
from videogen_engine.public_address import check_url
from videogen_engine.service.call import Call
from videogen_engine.service.webhook_courier import signing_secret
from videogen_engine.store.webhooks import DeliveryRecord, EndpointRecord

_MOST_DESCRIPTION_CHARS = 500
_LAST_CHARS = 4


class CreateEndpointRequest(CreateWebhookEndpointRequest):
    """http is for the loopback hosts that the operator named; all other addresses are https, see ``_check``."""

    url: HttpUrlText


class DeliveriesQuery(PageQuery):
    endpoint_id: str | None = None


class WebhookDelivery(Response):
    """One event on its way to one endpoint; ``state`` is waiting, delivered or failed. ``lastStatus`` is the HTTP
    status of the newest attempt that was answered, ``lastError`` why it did not count."""

    message_id: str
    endpoint_id: str
    event: WebhookEvent
    subject_id: str
    occurred_at: Timestamp
    state: str
    attempts: int
    next_attempt_at: Nullable[Timestamp] = None
    last_status: Nullable[int] = None
    last_error: Nullable[str] = None


class WebhookDeliveryPage(Response):
    deliveries: list[WebhookDelivery]
    #: Why nothing more is sent to these endpoints, by their ids.
    disabled: dict[str, str] = Field(default_factory=dict)
    has_more: bool
    next_cursor: Nullable[str] = None


async def create_webhook_endpoint(call: Call) -> WireModel:
    """The answer is the only one that has the secret."""
    body = await call.body(CreateEndpointRequest)
    _check(body, call.engine.settings.loopback_hosts)
    made = await asyncio.to_thread(
        lambda: call.engine.store.webhooks.create(body.url, body.events, body.description, origin=call.origin)
    )
    secret = signing_secret(call.engine.settings.webhook_secret(), made.endpoint_id).get_secret_value()
    return _endpoint(call, made).model_copy(update={"signing_secret": secret})


async def list_webhook_endpoints(call: Call) -> WireModel:
    query = call.query(PageQuery)
    page = await asyncio.to_thread(lambda: call.engine.store.webhooks.list(cursor=query.cursor, limit=query.limit))
    return WebhookEndpointPage(
        endpoints=[_endpoint(call, record) for record in page.items],
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


async def delete_webhook_endpoint(call: Call) -> None:
    await asyncio.to_thread(call.engine.store.webhooks.delete, call.id("endpointId"))


async def list_deliveries(call: Call) -> WireModel:
    """The last week's, and all that still wait."""
    query = call.query(DeliveriesQuery)
    webhooks = call.engine.store.webhooks
    page = await asyncio.to_thread(
        lambda: webhooks.deliveries(endpoint_id=query.endpoint_id, cursor=query.cursor, limit=query.limit)
    )
    return WebhookDeliveryPage(
        deliveries=[_delivery(record) for record in page.items],
        disabled=await asyncio.to_thread(webhooks.disabled),
        has_more=page.next_cursor is not None,
        next_cursor=page.next_cursor,
    )


async def send_again(call: Call) -> WireModel:
    """One that has ended, once more from the start; its endpoint is enabled again."""
    return _delivery(await asyncio.to_thread(call.engine.store.webhooks.send_again, call.id("messageId")))


def _check(body: CreateEndpointRequest, loopback_hosts: frozenset[str]) -> None:
    """Raises InputError for an address that nothing may be sent to, and for a description that is too long."""
    local = check_url(body.url, loopback_hosts=loopback_hosts).host in loopback_hosts
    if not local:
        check_url(body.url, schemes=("https",), loopback_hosts=frozenset())
    if len(body.description or "") > _MOST_DESCRIPTION_CHARS:
        raise InputError(f"description has more than {_MOST_DESCRIPTION_CHARS} characters.")


def _endpoint(call: Call, record: EndpointRecord) -> WebhookEndpoint:
    secret = signing_secret(call.engine.settings.webhook_secret(), record.endpoint_id).get_secret_value()
    return WebhookEndpoint(
        endpoint_id=record.endpoint_id,
        url=record.url,
        events=list(record.events),
        created_at=record.created_ms // 1000,
        description=record.description,
        signing_secret_last4=secret[-_LAST_CHARS:],
    )


def _delivery(record: DeliveryRecord) -> WebhookDelivery:
    return WebhookDelivery(
        message_id=record.message_id,
        endpoint_id=record.endpoint_id,
        event=record.event,
        subject_id=record.subject_id,
        occurred_at=record.occurred_ms // 1000,
        state=record.state.value,
        attempts=record.attempts,
        next_attempt_at=None if record.next_ms is None else record.next_ms // 1000,
        last_status=record.last_status,
        last_error=record.last_error,
    )


WEBHOOKS = {
    "createWebhookEndpoint": create_webhook_endpoint,
    "listWebhookEndpoints": list_webhook_endpoints,
    "deleteWebhookEndpoint": delete_webhook_endpoint,
}
