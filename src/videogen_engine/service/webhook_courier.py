"""Brings what the outbox holds to the endpoints, signed, until each has answered with 2xx or had all its attempts.

Several processes on one data home may do this at once: a delivery is claimed in the database before it is sent, and a
claim lapses, so what a killed process had in the air is sent again, with the same id and the same bytes.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Callable

import httpx
from pydantic import SecretStr

from videogen_agents.errors import NotFoundError, VideoError
from videogen_agents.webhooks import sign_webhook
from videogen_engine import ENGINE_VERSION
from videogen_engine.public_address import PublicTransport, Resolve, resolve
from videogen_engine.service.webhook_payloads import WebhookLinks, webhook_body
from videogen_engine.settings import EngineSettings
from videogen_engine.store.clock import now_ms
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.signed_urls import UrlSigner
from videogen_engine.store.webhooks import DeliveryRecord, EndpointRecord

logger = logging.getLogger(__name__)

#: Pauses before the second and every further attempt (s): three days and three hours in all.
RETRY_SECONDS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
#: What an endpoint has to answer in (s), as the contract says.
ANSWER_SECONDS = 15.0
#: An endpoint at which nothing succeeded for so long is disabled when a delivery runs out of attempts (ms).
_DEAD_MS = 3 * 24 * 3600 * 1000
#: A claimed delivery that was not settled by then was lost (ms); longer than any attempt takes.
_LEASE_MS = 60_000
_MOST_IN_THE_AIR = 16
_MOST_PER_ENDPOINT = 4
#: How long at most until this process looks for what a process that has ended left behind (s).
_LOOK_SECONDS = 30.0
#: What is due when the engine closes gets this long (s).
_CLOSING_SECONDS = 1.0
_MOST_RETRY_AFTER = 3600
_GONE = 410


def signing_secret(key: SecretStr, endpoint_id: str) -> SecretStr:
    """The endpoint's secret: ``whsec_`` and base64 of 32 bytes, derived from this machine's key and kept nowhere."""
    digest = hmac.new(key.get_secret_value().encode(), endpoint_id.encode(), hashlib.sha256).digest()
    return SecretStr("whsec_" + base64.b64encode(digest).decode())


class WebhookCourier:
    """``run`` works beside the jobs until it is told to stop, and sleeps while nothing is due."""

    def __init__(
        self,
        settings: EngineSettings,
        store: Metadata,
        signer: UrlSigner,
        *,
        clock: Callable[[], int] = now_ms,
        resolve: Resolve = resolve,
    ) -> None:
        self._settings = settings
        self._store = store
        self._signer = signer
        self._clock = clock
        self._resolve = resolve
        self._transport: PublicTransport | None = None
        self._in_the_air: Counter[str] = Counter()

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until ``stopping`` is set, then what is due once more, for a moment."""
        woken = asyncio.Event()
        loop = asyncio.get_running_loop()
        sending: set[asyncio.Task[None]] = set()

        def wake() -> None:
            # The loop may end while another thread's transaction does.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(woken.set)

        def landed(task: asyncio.Task[None]) -> None:
            sending.discard(task)
            woken.set()

        async def end() -> None:
            await stopping.wait()
            woken.set()

        ending = asyncio.create_task(end())
        try:
            with self._store.database.listening(wake):
                while not stopping.is_set():
                    woken.clear()
                    pause = _LOOK_SECONDS
                    try:
                        for delivery in await self._claim():
                            task = asyncio.create_task(self._deliver(delivery))
                            sending.add(task)
                            task.add_done_callback(landed)
                        pause = await self._pause()
                    except Exception:
                        # A full disk or a busy database ends by itself; the next look tries again.
                        logger.exception("Webhooks could not be looked at.")
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(woken.wait(), pause)
            await self._close(sending)
        finally:
            ending.cancel()
            for task in sending:
                task.cancel()
            await asyncio.gather(ending, *sending, return_exceptions=True)
            if self._transport is not None:
                await self._transport.aclose()

    async def deliver_due(self) -> None:
        """Attempt everything that is due now, and return when it has ended."""
        while claimed := await self._claim():
            await asyncio.gather(*(self._deliver(delivery) for delivery in claimed))

    async def _close(self, sending: set[asyncio.Task[None]]) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await asyncio.gather(*sending)
                await self.deliver_due()

    async def _claim(self) -> tuple[DeliveryRecord, ...]:
        free = _MOST_IN_THE_AIR - self._in_the_air.total()
        now = self._clock()
        due = await self._next_due()
        if free <= 0 or due is None or due > now:
            return ()
        claimed = await asyncio.to_thread(
            lambda: self._store.webhooks.claim(
                now, lease_ms=_LEASE_MS, limit=free, per_endpoint=_MOST_PER_ENDPOINT, busy=self._in_the_air
            )
        )
        self._in_the_air.update(delivery.endpoint_id for delivery in claimed)
        return claimed

    async def _pause(self) -> float:
        """Seconds until something may be due."""
        if self._in_the_air.total() >= _MOST_IN_THE_AIR:
            return _LOOK_SECONDS
        due = await self._next_due()
        if due is None:
            return _LOOK_SECONDS
        return min(max((due - self._clock()) / 1000, 0.0), _LOOK_SECONDS)

    async def _next_due(self) -> int | None:
        busy = dict(self._in_the_air)
        return await asyncio.to_thread(
            lambda: self._store.webhooks.next_due(per_endpoint=_MOST_PER_ENDPOINT, busy=busy)
        )

    async def _deliver(self, delivery: DeliveryRecord) -> None:
        try:
            await self._attempt(delivery)
        except Exception:
            # Its claim lapses, and it is tried again.
            logger.exception("The webhook delivery %s could not be attempted.", delivery.message_id)
        finally:
            self._in_the_air[delivery.endpoint_id] -= 1
            self._in_the_air += Counter()

    async def _attempt(self, delivery: DeliveryRecord) -> None:
        webhooks = self._store.webhooks
        try:
            endpoint = await asyncio.to_thread(webhooks.get, delivery.endpoint_id)
            body = delivery.body or await asyncio.to_thread(self._fixed_body, delivery, endpoint)
        except VideoError as error:
            # The endpoint was deleted, or the file that this tells of.
            await self._failed(delivery, None, error.message, final=True)
            return
        try:
            status, retry_after = await self._post(endpoint, delivery.message_id, body.encode())
        except VideoError as error:
            await self._failed(delivery, None, error.message)
        except TimeoutError:
            await self._failed(delivery, None, f"No answer within {ANSWER_SECONDS:g} s.")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            await self._failed(delivery, None, f"{type(error).__name__}: {error}"[:300])
        else:
            if 200 <= status < 300:
                await asyncio.to_thread(webhooks.delivered, delivery, status, self._clock())
            elif status == _GONE:
                await self._failed(delivery, status, "The endpoint answered 410: it is gone.", final=True)
                await asyncio.to_thread(webhooks.disable, endpoint.endpoint_id, "It answered 410.", self._clock())
            else:
                await self._failed(delivery, status, f"The endpoint answered {status}.", retry_after=retry_after)

    def _fixed_body(self, delivery: DeliveryRecord, endpoint: EndpointRecord) -> str:
        links = WebhookLinks(self._settings.public_url or endpoint.origin, self._signer)
        body = webhook_body(self._store, links, delivery.event, delivery.subject_id, delivery.occurred_ms // 1000)
        self._store.webhooks.fix_body(delivery.message_id, body)
        return body

    def _endpoint_of(self, delivery: DeliveryRecord) -> EndpointRecord | None:
        try:
            return self._store.webhooks.get(delivery.endpoint_id)
        except NotFoundError:
            return None

    async def _post(self, endpoint: EndpointRecord, message_id: str, body: bytes) -> tuple[int, int]:
        """Status, and how long the endpoint asks to be left alone (s). Its body is not read, nor any redirect
        followed. No client of httpx is used: it would write the address into the log.
        """
        if self._transport is None:
            hosts = self._settings.loopback_hosts
            self._transport = PublicTransport(loopback_hosts=hosts, resolve=self._resolve)
        secret = signing_secret(self._settings.webhook_secret(), endpoint.endpoint_id).get_secret_value()
        headers = sign_webhook(body, secret, message_id=message_id, timestamp=self._clock() / 1000)
        fixed = {"content-type": "application/json", "user-agent": f"videogen-agents/{ENGINE_VERSION}"}
        request = httpx.Request("POST", endpoint.url, content=body, headers=headers | fixed)
        request.extensions["timeout"] = httpx.Timeout(ANSWER_SECONDS).as_dict()
        async with asyncio.timeout(ANSWER_SECONDS):
            response = await self._transport.handle_async_request(request)
            await response.aclose()
        asked = response.headers.get("retry-after", "")
        return response.status_code, min(int(asked), _MOST_RETRY_AFTER) if asked.isdecimal() else 0

    async def _failed(
        self, delivery: DeliveryRecord, status: int | None, error: str, *, final: bool = False, retry_after: int = 0
    ) -> None:
        now = self._clock()
        last = final or delivery.attempts > len(RETRY_SECONDS)
        next_ms = None if last else now + max(RETRY_SECONDS[delivery.attempts - 1], retry_after) * 1000
        webhooks = self._store.webhooks
        await asyncio.to_thread(
            lambda: webhooks.not_delivered(delivery, status=status, error=error, next_ms=next_ms, now=now)
        )
        if last and not final:
            endpoint = await asyncio.to_thread(self._endpoint_of, delivery)
            if (
                endpoint is not None
                and endpoint.failing_since_ms is not None
                and now - endpoint.failing_since_ms >= _DEAD_MS
            ):
                reason = "Nothing was taken for three days."
                await asyncio.to_thread(webhooks.disable, endpoint.endpoint_id, reason, now)
