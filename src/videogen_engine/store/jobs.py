"""The jobs table: what is running, how far it is, how it ended. A terminal state is final."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Connection, Select, case, func, insert, or_, select, update

from videogen_agents.contract import ApiError, JobStatus
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.outbox import announce_job
from videogen_engine.store.paging import Page, Position, after, decode_cursor, page_of
from videogen_engine.store.records import OPEN_STATUSES, UNASKED_KINDS, JobKind, JobRecord, NewJob
from videogen_engine.store.schema import jobs

#: 100 is kept for success.
_MOST_WHILE_RUNNING = 99.0


def job_record(row: Mapping[str, Any]) -> JobRecord:
    """A row of the jobs table as a record."""
    fields = {name: row[name] for name in JobRecord.model_fields if name != "error"}
    if row["held"] and row["status"] == JobStatus.PENDING.value:
        fields["status"] = JobStatus.AWAITING_APPROVAL
    error = row["error_json"]
    return JobRecord(**fields, error=None if error is None else ApiError.model_validate_json(error))


def insert_job(connection: Connection, job: NewJob, now: int) -> None:
    connection.execute(
        insert(jobs).values(
            job_id=job.job_id,
            kind=job.kind.value,
            workflow=job.workflow,
            status=JobStatus.PENDING.value,
            progress=0.0,
            attempt_index=0,
            attempts_started=0,
            project_id=job.project_id,
            parent_job_id=job.parent_job_id,
            request_json=job.request_json,
            idempotency_key=job.idempotency_key,
            fingerprint=job.fingerprint(),
            cancel_requested=False,
            held=job.held,
            created_ms=now,
            updated_ms=now,
        )
    )


def existing_job(connection: Connection, job: NewJob) -> JobRecord | None:
    """The job that ``job.idempotency_key`` already started; InputError (409) when it asked for other work."""
    return started_job(connection, job.idempotency_key, job.fingerprint())


def started_job(connection: Connection, idempotency_key: str | None, fingerprint: str) -> JobRecord | None:
    """The job that the key already started; InputError (409) when that was for a request of another fingerprint."""
    if idempotency_key is None:
        return None
    row = connection.execute(select(jobs).where(jobs.c.idempotency_key == idempotency_key)).mappings().first()
    if row is None:
        return None
    if row["fingerprint"] != fingerprint:
        raise InputError(
            "This Idempotency-Key was already used for a different request.",
            code="idempotency_key_reused",
            status=409,
            ids={"job_id": str(row["job_id"])},
            next_step="Use a new Idempotency-Key, or send the first request again unchanged.",
        )
    return job_record(dict(row))


def newest_job_ms(connection: Connection, project_id: str) -> int:
    """When the project's newest job was created; 0 without any."""
    query = select(func.max(jobs.c.created_ms)).where(jobs.c.project_id == project_id)
    return int(connection.execute(query).scalar_one() or 0)


def finish_jobs(
    connection: Connection, where: ColumnElement[bool], status: JobStatus, now: int, **values: object
) -> list[str]:
    """Make the open jobs that match terminal, and have webhooks tell it; the ids of those that were.

    Nothing else ends a job.
    """
    rows = connection.execute(
        update(jobs)
        .where(where, jobs.c.status.in_(OPEN_STATUSES))
        .values(status=status.value, updated_ms=now, **values)
        .returning(jobs.c.job_id, jobs.c.kind)
    ).all()
    for job_id, kind in rows:
        announce_job(connection, kind, job_id, status.value, now)
    return [str(job_id) for job_id, _ in rows]


class Jobs:
    """All methods are synchronous; call them from a thread. Changes say whether they took place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, job: NewJob) -> JobRecord:
        """Insert ``job``; with an idempotency key seen before, return the job it started then.

        Raises InputError (409) when that key was used for a different request.
        """
        with self._database.write() as connection:
            if (existing := existing_job(connection, job)) is not None:
                return existing
            insert_job(connection, job, now_ms())
            return self._get(connection, job.job_id)

    def get(self, job_id: str) -> JobRecord:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            return self._get(connection, job_id)

    def find(self, job_id: str, kind: JobKind) -> JobRecord | None:
        with self._database.read() as connection:
            row = connection.execute(select(jobs).where(jobs.c.job_id == job_id, jobs.c.kind == kind.value)).mappings()
            found = row.first()
        return None if found is None else job_record(dict(found))

    def list(
        self, kind: JobKind, *, cursor: str | None = None, limit: int = 50, project_id: str | None = None
    ) -> Page[JobRecord]:
        """Newest created first, of one project or of all. Raises InputError for a foreign cursor."""
        listing = f"jobs.{kind.value}" + (f".{project_id}" if project_id else "")
        query = select(jobs).where(jobs.c.kind == kind.value)
        if project_id is not None:
            query = query.where(jobs.c.project_id == project_id)
        if (position := decode_cursor(listing, cursor)) is not None:
            query = query.where(after(jobs.c.created_ms, jobs.c.job_id, position))
        query = query.order_by(jobs.c.created_ms.desc(), jobs.c.job_id.desc()).limit(limit + 1)
        records = self._all(query)
        return page_of(listing, [(Position(record.created_ms, record.job_id), record) for record in records], limit)

    def children(self, parent_ids: Iterable[str]) -> tuple[JobRecord, ...]:
        """Jobs started as part of others, oldest first."""
        query = select(jobs).where(jobs.c.parent_job_id.in_(tuple(parent_ids)))
        return tuple(self._all(query.order_by(jobs.c.created_ms, jobs.c.job_id)))

    def pending_or_running(self) -> tuple[JobRecord, ...]:
        """Every unfinished job, oldest first: what a restarted runtime has to see to its end."""
        query = select(jobs).where(jobs.c.status.in_(OPEN_STATUSES)).order_by(jobs.c.created_ms, jobs.c.job_id)
        return tuple(self._all(query))

    def open_count(self) -> int:
        """How many jobs wait or run; those that are part of others, or that nobody asked for, are not counted."""
        with self._database.read() as connection:
            query = select(func.count()).where(
                jobs.c.status.in_(OPEN_STATUSES),
                jobs.c.parent_job_id.is_(None),
                jobs.c.kind.not_in(tuple(kind.value for kind in UNASKED_KINDS)),
            )
            return int(connection.execute(query).scalar_one())

    def knows_key(self, idempotency_key: str) -> bool:
        """Whether a job was started with this key."""
        with self._database.read() as connection:
            query = select(jobs.c.job_id).where(jobs.c.idempotency_key == idempotency_key)
            return connection.execute(query).first() is not None

    def approve(self, job_id: str) -> JobRecord:
        """Let a job go on that waits for approval. Raises NotFoundError, and InputError (409) for any other."""
        with self._database.write() as connection:
            if self._get(connection, job_id).status is not JobStatus.AWAITING_APPROVAL:
                raise InputError(
                    "The job does not wait for approval.",
                    code="not_awaiting_approval",
                    status=409,
                    ids={"job_id": job_id},
                )
            connection.execute(update(jobs).where(jobs.c.job_id == job_id).values(held=False, updated_ms=now_ms()))
            return self._get(connection, job_id)

    def start_attempt(self, job_id: str) -> JobRecord:
        """Mark the job running. The first attempt is 0, each further one counts up. Terminal jobs stay."""
        with self._database.write() as connection:
            connection.execute(
                update(jobs)
                .where(jobs.c.job_id == job_id, jobs.c.status.in_(OPEN_STATUSES))
                .values(
                    status=JobStatus.RUNNING.value,
                    attempt_index=jobs.c.attempts_started,
                    attempts_started=jobs.c.attempts_started + 1,
                    updated_ms=now_ms(),
                )
            )
            return self._get(connection, job_id)

    def report_progress(self, job_id: str, fraction: float, stage: str | None) -> bool:
        """Record progress (0-1) and the stage's name. Progress never falls; a terminal job is left alone."""
        percent = min(max(fraction, 0.0) * 100.0, _MOST_WHILE_RUNNING)
        with self._database.write() as connection:
            changed = connection.execute(
                update(jobs)
                .where(
                    jobs.c.job_id == job_id,
                    jobs.c.status.in_(OPEN_STATUSES),
                    or_(jobs.c.progress < percent, jobs.c.stage.is_distinct_from(stage)),
                )
                .values(
                    progress=case((jobs.c.progress < percent, percent), else_=jobs.c.progress),
                    stage=stage,
                    updated_ms=now_ms(),
                )
                .returning(jobs.c.job_id)
            )
            return changed.first() is not None

    def succeed(self, job_id: str, result: BaseModel) -> bool:
        """First writer wins: False when the job had already ended."""
        with self._database.write() as connection:
            return bool(
                finish_jobs(
                    connection,
                    jobs.c.job_id == job_id,
                    JobStatus.SUCCEEDED,
                    now_ms(),
                    progress=100.0,
                    stage=None,
                    result_json=result.model_dump_json(),
                )
            )

    def fail(self, job_id: str, error: ApiError) -> bool:
        """Fail the job and every unfinished job that is part of it. First writer wins."""
        return self._end(job_id, JobStatus.FAILED, error_json=error.model_dump_json(by_alias=True))

    def mark_cancelled(self, job_id: str) -> bool:
        """Cancel the job and every unfinished job that is part of it. First writer wins."""
        return self._end(job_id, JobStatus.CANCELLED)

    def request_cancel(self, job_id: str) -> JobRecord:
        """Ask for the job to be stopped; a terminal job is left alone. Raises NotFoundError."""
        with self._database.write() as connection:
            connection.execute(
                update(jobs)
                .where(
                    or_(jobs.c.job_id == job_id, jobs.c.parent_job_id == job_id),
                    jobs.c.status.in_(OPEN_STATUSES),
                )
                .values(cancel_requested=True, updated_ms=now_ms())
            )
            return self._get(connection, job_id)

    def _end(self, job_id: str, status: JobStatus, **values: object) -> bool:
        with self._database.write() as connection:
            now = now_ms()
            ended = finish_jobs(connection, jobs.c.job_id == job_id, status, now, **values)
            if ended:
                finish_jobs(connection, jobs.c.parent_job_id == job_id, status, now, **values)
            return bool(ended)

    def _get(self, connection: Connection, job_id: str) -> JobRecord:
        row = connection.execute(select(jobs).where(jobs.c.job_id == job_id)).mappings().first()
        if row is None:
            raise NotFoundError(f"There is no job {job_id!r}.", ids={"job_id": job_id})
        return job_record(dict(row))

    def _all(self, query: Select[Any]) -> Sequence[JobRecord]:
        with self._database.read() as connection:
            return [job_record(dict(row)) for row in connection.execute(query).mappings()]
