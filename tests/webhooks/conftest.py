"""A store whose jobs are ended by hand, an endpoint that takes what is sent, and a courier whose time the test owns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest

from videogen_agents.contract import WebhookEndpoint, WebhookEvent
from videogen_engine.service.webhook_courier import WebhookCourier
from videogen_engine.store.clock import now_ms

from ..service.conftest import ParkedEngine, client_of, empty_database, engine
from .receiver import Receiver, receiving

__all__ = ["empty_database", "engine"]

Subscribe = Callable[..., Awaitable[WebhookEndpoint]]


@dataclass
class Hands:
    """A clock that moves when told to (ms)."""

    now: int

    def __call__(self) -> int:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += int(seconds * 1000)


@pytest.fixture
def limits() -> dict[str, str]:
    return {"VIDEOGEN_AGENTS_LOOPBACK_HOSTS": "127.0.0.1, hooks.test"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
async def client(engine: ParkedEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(engine) as opened:
        yield opened


@pytest.fixture
def subscribe(engine: ParkedEngine) -> Subscribe:
    """Make an endpoint for all events, or for those given; it is returned with its secret."""

    async def made(url: str, *events: WebhookEvent) -> WebhookEndpoint:
        body = {"url": url, "events": [event.value for event in events or tuple(WebhookEvent)]}
        async with client_of(engine) as opened:
            reply = await opened.post("/v1/webhooks/endpoints", json=body)
        assert reply.status_code == 201, reply.text
        return WebhookEndpoint.model_validate_json(reply.content)

    return made


@pytest.fixture
def hands() -> Hands:
    # Ahead of the machine, whose time jobs take for when they ended.
    return Hands(now_ms() + 60_000)


@pytest.fixture
def courier(engine: ParkedEngine, hands: Hands) -> WebhookCourier:
    return WebhookCourier(engine.settings, engine.store, engine.signer, clock=hands)
