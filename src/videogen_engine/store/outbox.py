"""What webhooks have to tell, written in the transaction that made it true: nothing is lost, nothing is told twice.

A row for each endpoint that wants to know waits until ``service/webhook_courier`` has delivered it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from videogen_agents.contract import FileScope, WebhookEvent
from videogen_engine.store.schema import files, webhook_deliveries, webhook_endpoints

#: Set on a connection whose transaction has something to deliver; ``Database.write`` tells the courier once it is over.
ANNOUNCED = "webhooks_announced"

_EVENTS = {event.value: event for event in WebhookEvent}
#: Only what came by upload is told of; exports have events of their own.
_TOLD_SCOPES = frozenset({FileScope.GLOBAL.value, FileScope.TEMPORARY.value})
_ANALYSIS = frozenset({WebhookEvent.FILE_ANALYSIS_COMPLETED, WebhookEvent.FILE_ANALYSIS_FAILED})


def announce_job(connection: Connection, kind: str, job_id: str, status: str, now: int) -> None:
    """Tell that a job has ended; kinds of jobs without events are passed over."""
    event = _EVENTS.get(f"{kind}.{status}")
    if event is not None:
        announce(connection, event, job_id, now)


def announce_file(connection: Connection, file_id: str, events: Sequence[WebhookEvent], now: int) -> None:
    """Tell what became of an uploaded file; of other files nothing is told, nor how temporary ones were analysed."""
    uploaded = select(files.c.temporary).where(
        files.c.file_id == file_id, files.c.scope.in_(_TOLD_SCOPES), files.c.source_tool_execution_id.is_(None)
    )
    temporary = connection.execute(uploaded).scalar_one_or_none()
    for event in () if temporary is None else events:
        if not (temporary and event in _ANALYSIS):
            announce(connection, event, file_id, now)


def announce(connection: Connection, event: WebhookEvent, subject_id: str, now: int) -> None:
    """A waiting delivery for each endpoint that takes ``event``. The same event of the same subject is one delivery."""
    wanting = select(webhook_endpoints.c.endpoint_id, webhook_endpoints.c.events_json).where(
        webhook_endpoints.c.disabled_ms.is_(None)
    )
    for endpoint_id, events_json in connection.execute(wanting).all():
        if event.value not in json.loads(events_json):
            continue
        message_id = _message_id(endpoint_id, event, subject_id)
        known = select(webhook_deliveries.c.message_id).where(webhook_deliveries.c.message_id == message_id)
        if connection.execute(known).first() is not None:
            continue
        connection.execute(
            insert(webhook_deliveries).values(
                message_id=message_id,
                endpoint_id=endpoint_id,
                event=event.value,
                subject_id=subject_id,
                occurred_ms=now,
                state="waiting",
                attempts=0,
                next_ms=now,
                updated_ms=now,
            )
        )
        connection.info[ANNOUNCED] = True


def _message_id(endpoint_id: str, event: WebhookEvent, subject_id: str) -> str:
    digest = hashlib.sha256(json.dumps([endpoint_id, event.value, subject_id]).encode()).hexdigest()
    return f"msg_{digest[:32]}"
