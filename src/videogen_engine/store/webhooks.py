"""Webhook endpoints, and what is on its way to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select, update

from videogen_agents.contract import WebhookEvent
from videogen_agents.errors import InputError, LimitError, NotFoundError
from videogen_engine.frozen import Frozen
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.outbox import ANNOUNCED
from videogen_engine.store.paging import Page, Position, after, decode_cursor, page_of
from videogen_engine.store.schema import webhook_deliveries as deliveries
from videogen_engine.store.schema import webhook_endpoints as endpoints

MOST_ENDPOINTS = 50
#: How long an ended delivery is still shown (ms).
_SHOWN_MS = 7 * 24 * 3600 * 1000


class DeliveryState(StrEnum):
    """``waiting`` for its next attempt, ``delivered``, or ``failed`` for good."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class EndpointRecord(Frozen):
    """``origin`` is how its maker reached this engine. Its secret is in no table: see ``EngineSettings``.

    ``failing_since_ms`` is the first failure after the last success. Nothing is sent to one with ``disabled_ms``.
    """

    endpoint_id: str
    url: str
    events: tuple[WebhookEvent, ...]
    description: str | None
    origin: str
    failing_since_ms: int | None
    disabled_ms: int | None
    disabled_reason: str | None
    created_ms: int


class DeliveryRecord(Frozen):
    """One event on its way to one endpoint. ``body`` is fixed at the first attempt and forgotten at the end.

    ``next_ms`` is when it may be tried again; while it is being tried, when that counts as lost.
    """

    message_id: str
    endpoint_id: str
    event: WebhookEvent
    subject_id: str
    occurred_ms: int
    state: DeliveryState
    attempts: int
    next_ms: int | None
    body: str | None
    last_status: int | None
    last_error: str | None
    updated_ms: int


class Webhooks:
    """All methods are synchronous; call them from a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, url: str, events: Iterable[WebhookEvent], description: str | None, *, origin: str
    ) -> EndpointRecord:
        """Raises LimitError for one endpoint too many."""
        names = json.dumps(list(dict.fromkeys(event.value for event in events)))
        with self._database.write() as connection:
            if int(connection.execute(select(func.count()).select_from(endpoints)).scalar_one()) >= MOST_ENDPOINTS:
                raise LimitError(
                    f"There are {MOST_ENDPOINTS} webhook endpoints already.",
                    next_step="Delete those that are not needed.",
                )
            endpoint_id = new_id(IdPrefix.WEBHOOK_ENDPOINT)
            connection.execute(
                insert(endpoints).values(
                    endpoint_id=endpoint_id,
                    url=url,
                    events_json=names,
                    description=description,
                    origin=origin,
                    created_ms=now_ms(),
                )
            )
            return _endpoint(connection, endpoint_id)

    def get(self, endpoint_id: str) -> EndpointRecord:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            return _endpoint(connection, endpoint_id)

    def list(self, *, cursor: str | None = None, limit: int = 50) -> Page[EndpointRecord]:
        """Newest first. Raises InputError for a foreign cursor."""
        query = select(endpoints)
        if (position := decode_cursor("endpoints", cursor)) is not None:
            query = query.where(after(endpoints.c.created_ms, endpoints.c.endpoint_id, position))
        query = query.order_by(endpoints.c.created_ms.desc(), endpoints.c.endpoint_id.desc()).limit(limit + 1)
        with self._database.read() as connection:
            records = [_endpoint_record(dict(row)) for row in connection.execute(query).mappings()]
        found = [(Position(record.created_ms, record.endpoint_id), record) for record in records]
        return page_of("endpoints", found, limit)

    def disabled(self) -> dict[str, str]:
        """Why nothing is sent to the endpoints that were disabled, by id."""
        query = select(endpoints.c.endpoint_id, endpoints.c.disabled_reason)
        with self._database.read() as connection:
            rows = connection.execute(query.where(endpoints.c.disabled_ms.is_not(None))).all()
        return {str(endpoint_id): reason or "" for endpoint_id, reason in rows}

    def counts(self) -> tuple[int, int]:
        """How many endpoints there are, and how many deliveries wait."""
        waiting = select(func.count()).select_from(deliveries).where(deliveries.c.next_ms.is_not(None))
        with self._database.read() as connection:
            made = connection.execute(select(func.count()).select_from(endpoints)).scalar_one()
            return int(made), int(connection.execute(waiting).scalar_one())

    def delete(self, endpoint_id: str) -> None:
        """Nothing more is sent to it. Raises NotFoundError."""
        with self._database.write() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.endpoint_id == endpoint_id))
            gone = delete(endpoints).where(endpoints.c.endpoint_id == endpoint_id).returning(endpoints.c.endpoint_id)
            if connection.execute(gone).first() is None:
                raise _no_endpoint(endpoint_id)

    def deliveries(
        self, *, endpoint_id: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> Page[DeliveryRecord]:
        """Last occurred first. Raises InputError for a foreign cursor."""
        query = select(deliveries)
        if endpoint_id is not None:
            query = query.where(deliveries.c.endpoint_id == endpoint_id)
        if (position := decode_cursor("deliveries", cursor)) is not None:
            query = query.where(after(deliveries.c.occurred_ms, deliveries.c.message_id, position))
        query = query.order_by(deliveries.c.occurred_ms.desc(), deliveries.c.message_id.desc()).limit(limit + 1)
        records = self._records(query)
        found = [(Position(record.occurred_ms, record.message_id), record) for record in records]
        return page_of("deliveries", found, limit)

    def send_again(self, message_id: str) -> DeliveryRecord:
        """Start over with a delivery that has ended, and with its endpoint if that was disabled.

        Raises NotFoundError, and InputError (409) while it is waiting anyway.
        """
        with self._database.write() as connection:
            now = now_ms()
            record = _delivery(connection, message_id)
            if record.state is DeliveryState.WAITING:
                raise InputError("This delivery is on its way.", code="delivery_waiting", status=409)
            _update(connection, message_id, state=DeliveryState.WAITING, attempts=0, next_ms=now, updated_ms=now)
            enabled = {"failing_since_ms": None, "disabled_ms": None, "disabled_reason": None}
            connection.execute(update(endpoints).where(endpoints.c.endpoint_id == record.endpoint_id).values(**enabled))
            connection.info[ANNOUNCED] = True
            return _delivery(connection, message_id)

    def claim(
        self, now: int, *, lease_ms: int, limit: int, per_endpoint: int, busy: Mapping[str, int]
    ) -> tuple[DeliveryRecord, ...]:
        """Up to ``limit`` deliveries that are due, each counted as tried and not due again for ``lease_ms``.

        ``busy`` says how many each endpoint has in the air; none gets more than ``per_endpoint``.
        """
        free = dict(busy)
        with self._database.write() as connection:
            due = select(deliveries.c.message_id, deliveries.c.endpoint_id).where(_due(busy, per_endpoint))
            query = due.where(deliveries.c.next_ms <= now).order_by(deliveries.c.next_ms).limit(limit * 4)
            taken: list[str] = []
            for message_id, endpoint_id in connection.execute(query).all():
                if len(taken) < limit and free.get(endpoint_id, 0) < per_endpoint:
                    free[endpoint_id] = free.get(endpoint_id, 0) + 1
                    taken.append(str(message_id))
                    attempts = deliveries.c.attempts + 1
                    _update(connection, str(message_id), attempts=attempts, next_ms=now + lease_ms, updated_ms=now)
            return tuple(_delivery(connection, message_id) for message_id in taken)

    def next_due(self, *, per_endpoint: int, busy: Mapping[str, int]) -> int | None:
        """When the next delivery that may be claimed is due (ms), None when none waits."""
        query = select(func.min(deliveries.c.next_ms)).where(_due(busy, per_endpoint))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none()

    def fix_body(self, message_id: str, body: str) -> None:
        """Every later attempt sends the same bytes."""
        with self._database.write() as connection:
            _update(connection, message_id, body=body)

    def delivered(self, delivery: DeliveryRecord, status: int, now: int) -> None:
        with self._database.write() as connection:
            ended: dict[str, object] = {"state": DeliveryState.DELIVERED, "next_ms": None, "body": None}
            _update(connection, delivery.message_id, **ended, last_status=status, last_error=None, updated_ms=now)
            well = update(endpoints).where(endpoints.c.endpoint_id == delivery.endpoint_id)
            connection.execute(well.values(failing_since_ms=None))
            old = deliveries.c.updated_ms < now - _SHOWN_MS
            connection.execute(delete(deliveries).where(deliveries.c.next_ms.is_(None), old))

    def not_delivered(
        self, delivery: DeliveryRecord, *, status: int | None, error: str, next_ms: int | None, now: int
    ) -> None:
        """``next_ms`` None ends it."""
        with self._database.write() as connection:
            values: dict[str, object] = {"last_status": status, "last_error": error, "updated_ms": now}
            if next_ms is None:
                values |= {"state": DeliveryState.FAILED, "next_ms": None, "body": None}
            else:
                values |= {"next_ms": next_ms}
            _update(connection, delivery.message_id, **values)
            connection.execute(
                update(endpoints)
                .where(endpoints.c.endpoint_id == delivery.endpoint_id, endpoints.c.failing_since_ms.is_(None))
                .values(failing_since_ms=now)
            )

    def disable(self, endpoint_id: str, reason: str, now: int) -> None:
        """Send nothing more to it; what waits for it has failed."""
        with self._database.write() as connection:
            connection.execute(
                update(endpoints)
                .where(endpoints.c.endpoint_id == endpoint_id, endpoints.c.disabled_ms.is_(None))
                .values(disabled_ms=now, disabled_reason=reason)
            )
            connection.execute(
                update(deliveries)
                .where(deliveries.c.endpoint_id == endpoint_id, deliveries.c.next_ms.is_not(None))
                .values(state=DeliveryState.FAILED, next_ms=None, body=None, last_error=reason, updated_ms=now)
            )

    def _records(self, query: Select[Any]) -> tuple[DeliveryRecord, ...]:
        with self._database.read() as connection:
            return tuple(DeliveryRecord.model_validate(dict(row)) for row in connection.execute(query).mappings())


def _due(busy: Mapping[str, int], per_endpoint: int) -> ColumnElement[bool]:
    """Waiting deliveries of the endpoints that may have another one in the air."""
    full = [endpoint_id for endpoint_id, count in busy.items() if count >= per_endpoint]
    return and_(deliveries.c.next_ms.is_not(None), deliveries.c.endpoint_id.not_in(full))


def _update(connection: Connection, message_id: str, **values: object) -> None:
    connection.execute(update(deliveries).where(deliveries.c.message_id == message_id).values(**values))


def _delivery(connection: Connection, message_id: str) -> DeliveryRecord:
    row = connection.execute(select(deliveries).where(deliveries.c.message_id == message_id)).mappings().first()
    if row is None:
        raise NotFoundError(
            f"There is no delivery {message_id!r}.",
            ids={"message_id": message_id},
            next_step="List the deliveries; those that ended are kept for a week.",
        )
    return DeliveryRecord.model_validate(dict(row))


def _endpoint(connection: Connection, endpoint_id: str) -> EndpointRecord:
    row = connection.execute(select(endpoints).where(endpoints.c.endpoint_id == endpoint_id)).mappings().first()
    if row is None:
        raise _no_endpoint(endpoint_id)
    return _endpoint_record(dict(row))


def _endpoint_record(row: Mapping[str, Any]) -> EndpointRecord:
    fields = {name: row[name] for name in EndpointRecord.model_fields if name != "events"}
    return EndpointRecord.model_validate({**fields, "events": json.loads(row["events_json"])})


def _no_endpoint(endpoint_id: str) -> NotFoundError:
    return NotFoundError(
        f"There is no webhook endpoint {endpoint_id!r}.",
        ids={"endpoint_id": endpoint_id},
        next_step="List the endpoints to see which exist.",
    )
