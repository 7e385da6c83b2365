"""Webhooks: is this delivery genuine, what does it say, and who is waiting for it.

Deliveries follow Standard Webhooks: ``webhook-id``, ``webhook-timestamp`` (seconds) and ``webhook-signature``, a list
of ``v1,<base64>`` entries, each the HMAC-SHA256 of ``<id>.<timestamp>.<body>``. The key is the secret without
``whsec_``, decoded from base64; a secret that does not decode is taken as it is. The ``standardwebhooks`` package is
not used: it knows one secret, no clock but the machine's, and lets malformed headers end in other errors than its own.
The tests sign with it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from videogen_agents.contract import ProjectExportEvent, ToolExecutionEvent, WebhookPayload, WorkflowRunEvent
from videogen_agents.errors import AuthError, InputError, LimitError

#: Seconds that a delivery's timestamp may be away from now.
TOLERANCE_SECONDS = 300.0
#: Largest body that is looked at; a payload with a long transcript has a few MB.
MAX_BODY_BYTES = 16 * 1024 * 1024
_MOST_SIGNATURES = 32
_LONGEST_HEADER = 8192
_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_PAYLOAD = TypeAdapter[WebhookPayload](WebhookPayload)


class SeenIds(Protocol):
    """Remembers the ids of deliveries: for days, since a delivery that is sent again keeps its id, and in a database
    when several processes receive."""

    def first_time(self, message_id: str) -> bool:
        """Note the id. False when it was noted before."""
        ...


class MemorySeenIds:
    """In this process; safe for several threads. Holds the newest ``limit`` ids."""

    def __init__(self, limit: int = 100_000) -> None:
        self._limit = limit
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def first_time(self, message_id: str) -> bool:
        with self._lock:
            if message_id in self._ids:
                return False
            self._ids[message_id] = None
            while len(self._ids) > self._limit:
                self._ids.popitem(last=False)
            return True


class RepeatedDeliveryError(InputError):
    """A genuine delivery that came before: answer it with 2xx, and do nothing."""

    default_code = "webhook_repeated"
    default_status = 409


def verify_webhook(
    body: bytes,
    headers: Mapping[str, str],
    secret: str | Sequence[str],
    *,
    tolerance: float = TOLERANCE_SECONDS,
    now: float | None = None,
    seen: SeenIds | None = None,
) -> WebhookPayload:
    """The event that a genuine delivery carries. ``body`` must be the bytes as they came, before any parsing.

    Several secrets are all tried, so that one can be replaced while deliveries signed with the old one still arrive.
    With ``seen``, a delivery whose id came before raises RepeatedDeliveryError: servers send again when they got no
    answer in time. Raises AuthError (401) for missing or malformed headers, a timestamp more than ``tolerance``
    seconds from ``now``, and a signature that is not ours; InputError (400) for a genuine body that is no event of the
    contract; LimitError for one beyond 16 MiB; InputError with code ``invalid_webhook_secret`` when ``secret`` is none.
    """
    keys = [_key(one) for one in ((secret,) if isinstance(secret, str) else secret)]
    if not keys:
        raise _no_secret()
    if len(body) > MAX_BODY_BYTES:
        raise LimitError(f"The delivery has {len(body)} bytes; at most {MAX_BODY_BYTES} are read.", status=413)
    message_id, timestamp, signatures = _signed_parts(headers)
    moment = time.time() if now is None else now
    if not _TIMESTAMP.fullmatch(timestamp) or abs(moment - int(timestamp)) > tolerance:
        raise _refused(f"The delivery's timestamp is not within {tolerance:g} s of now.", "webhook_too_old")
    given = [entry.partition(",")[2] for entry in signatures.split(" ")[:_MOST_SIGNATURES] if entry.startswith("v1,")]
    genuine = False
    for key in keys:
        expected = _signature(key, message_id, timestamp, body)
        for one in given:
            # No early end: how long this takes tells nothing of which secret or entry was right.
            genuine |= hmac.compare_digest(one.encode("utf-8", "replace"), expected)
    if not genuine:
        raise _refused("The delivery is not signed with this secret.", "invalid_webhook_signature")
    payload = _payload(body)
    if seen is not None and not seen.first_time(message_id):
        raise RepeatedDeliveryError(
            f"The delivery {message_id[:80]!r} came before.", next_step="Answer it with 2xx and do nothing."
        )
    return payload


def sign_webhook(body: bytes, secret: str, *, message_id: str, timestamp: float) -> dict[str, str]:
    """The headers of a delivery, as a server signs it. For servers, and for tests of a receiver."""
    moment = str(int(timestamp))
    signature = _signature(_key(secret), message_id, moment, body).decode("ascii")
    return dict(zip(_HEADERS, (message_id, moment, f"v1,{signature}"), strict=True))


class WebhookInbox:
    """Verified deliveries on their way to whoever waits for the jobs they are about.

    Give it to ``VideoClient(inbox=...)`` and call ``deliver`` from the receiver, in any thread of the same process:
    a wait then reads its job when told to, and otherwise only once in a long while.
    """

    #: Ends of jobs that nobody was waiting for yet.
    _KEPT = 10_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._listeners: dict[str, list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}

    def deliver(self, payload: WebhookPayload) -> None:
        """Wake those who wait for the job of this event. Events of files and assistants wake nobody."""
        match payload:
            case WorkflowRunEvent():
                job_id = payload.workflow_run_id
            case ToolExecutionEvent():
                job_id = payload.tool_execution_id
            case ProjectExportEvent():
                job_id = payload.export_id
            case _:
                return
        with self._lock:
            self._ended[job_id] = None
            while len(self._ended) > self._KEPT:
                self._ended.popitem(last=False)
            for loop, event in self._listeners.get(job_id, ()):
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)

    @contextmanager
    def listen(self, job_id: str) -> Generator[asyncio.Event]:
        """An event of the running loop that is set once the job's end is delivered, or when it was before."""
        listener = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._listeners.setdefault(job_id, []).append(listener)
            if job_id in self._ended:
                listener[1].set()
        try:
            yield listener[1]
        finally:
            with self._lock:
                self._listeners[job_id].remove(listener)
                if not self._listeners[job_id]:
                    del self._listeners[job_id]


def _payload(body: bytes) -> WebhookPayload:
    try:
        return _PAYLOAD.validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if not first["loc"] and first["type"].startswith("union_tag"):
            raise InputError(
                "The delivery's event is not one that this version knows.",
                code="unknown_webhook_event",
                next_step="Answer it with 2xx and leave it, or update videogen-agents.",
            ) from error
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"The delivery's body is not an event of the contract (at {where or 'the top'}).",
            code="invalid_webhook_body",
            next_step="Give verify_webhook the bytes as they came.",
        ) from error


def _signed_parts(headers: Mapping[str, str]) -> tuple[str, str, str]:
    found = {name.lower(): value for name, value in headers.items() if name.lower() in _HEADERS}
    values = [found.get(name, "").strip() for name in _HEADERS]
    if not all(0 < len(value) <= _LONGEST_HEADER for value in values):
        raise _refused("The delivery lacks its Standard Webhooks headers.", "webhook_unsigned")
    return values[0], values[1], values[2]


def _signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> bytes:
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "surrogatepass") + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())


def _key(secret: str) -> bytes:
    text = secret.strip().removeprefix("whsec_")
    try:
        key = base64.b64decode(text)
    except (binascii.Error, ValueError):
        key = text.encode("utf-8")
    if not key:
        raise _no_secret()
    return key


def _no_secret() -> InputError:
    return InputError(
        "There is no webhook secret.",
        code="invalid_webhook_secret",
        next_step="Give the signingSecret that the endpoint was created with; it starts with whsec_.",
    )


def _refused(message: str, code: str) -> AuthError:
    return AuthError(message, code=code, next_step="Answer it with 401, and check the secret of the endpoint.")
