"""Exports: a job each, and once it has succeeded, a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from videogen_agents.contract import JobStatus
from videogen_agents.errors import NotFoundError
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.files import file_records, insert_file
from videogen_engine.store.jobs import finish_jobs, job_record
from videogen_engine.store.paging import Page, Position, after, decode_cursor, page_of
from videogen_engine.store.records import ExportRecord, JobOutcome, NewExport, NewFile, NewJob
from videogen_engine.store.schema import exports, files, jobs


def insert_export(connection: Connection, job: NewJob, export: NewExport, now: int) -> None:
    """The export's own row; ``job`` must be there already and name its project."""
    connection.execute(
        insert(exports).values(export_id=job.job_id, project_id=job.project_id, created_ms=now, **export.model_dump())
    )


class Exports:
    """All methods are synchronous; call them from a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, export_id: str) -> ExportRecord:
        """Raises NotFoundError."""
        found = self._records(select(exports).where(exports.c.export_id == export_id))
        if not found:
            raise NotFoundError(f"There is no export {export_id!r}.", ids={"export_id": export_id})
        return found[0]

    def of_runs(self, run_ids: Iterable[str]) -> dict[str, ExportRecord]:
        """The export that each run makes at its end, by run id; runs without one are left out."""
        query = select(exports).join(jobs, jobs.c.job_id == exports.c.export_id)
        records = self._records(query.where(jobs.c.parent_job_id.in_(tuple(run_ids))))
        return {record.job.parent_job_id: record for record in records if record.job.parent_job_id}

    def list(self, project_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[ExportRecord]:
        """A project's exports, newest first. Raises InputError for a foreign cursor."""
        listing = f"exports.{project_id}"
        query = select(exports).where(exports.c.project_id == project_id)
        if (position := decode_cursor(listing, cursor)) is not None:
            query = query.where(after(exports.c.created_ms, exports.c.export_id, position))
        query = query.order_by(exports.c.created_ms.desc(), exports.c.export_id.desc()).limit(limit + 1)
        records = self._records(query)
        return page_of(
            listing,
            [(Position(record.job.created_ms, record.export_id), record) for record in records],
            limit,
        )

    def finish(self, export_id: str, file: NewFile, outcome: JobOutcome, *, timeline_version: int) -> ExportRecord:
        """Add the file, link it and let the export succeed, all at once.

        First writer wins: an export that had already ended is returned as it is, and ``file`` is dropped.
        """
        with self._database.write() as connection:
            now = now_ms()
            done = finish_jobs(
                connection,
                jobs.c.job_id == export_id,
                JobStatus.SUCCEEDED,
                now,
                progress=100.0,
                stage=None,
                result_json=outcome.model_copy(
                    update={"export_id": export_id, "file_id": file.file_id}
                ).model_dump_json(),
            )
            if done:
                insert_file(connection, file, now)
                connection.execute(
                    update(exports)
                    .where(exports.c.export_id == export_id)
                    .values(file_id=file.file_id, timeline_version=timeline_version)
                )
        return self.get(export_id)

    def resize(self, export_id: str, width: int, height: int) -> None:
        """Another size for an export that has no file yet; one that has keeps its own."""
        with self._database.write() as connection:
            connection.execute(
                update(exports)
                .where(exports.c.export_id == export_id, exports.c.file_id.is_(None))
                .values(width=width, height=height)
            )

    def _records(self, query: Select[Any]) -> Sequence[ExportRecord]:
        with self._database.read() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            ids = [str(row["export_id"]) for row in rows]
            by_job = {
                str(row["job_id"]): job_record(dict(row))
                for row in connection.execute(select(jobs).where(jobs.c.job_id.in_(ids))).mappings()
            }
            wanted = [row["file_id"] for row in rows if row["file_id"] is not None]
            found = connection.execute(select(files).where(files.c.file_id.in_(wanted))).mappings()
            by_file = {record.file_id: record for record in file_records(connection, [dict(row) for row in found])}
        return [
            ExportRecord(
                job=by_job[row["export_id"]],
                project_id=row["project_id"],
                width=row["width"],
                height=row["height"],
                encoding=row["encoding"],
                temporary=row["temporary"],
                timeline_version=row["timeline_version"],
                file=by_file.get(row["file_id"]),
            )
            for row in rows
        ]
