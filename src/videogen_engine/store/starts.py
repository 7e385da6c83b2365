"""Starting work: everything a start needs is written in one transaction, or nothing is."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from videogen_engine.frozen import Frozen
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.exports import insert_export
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.jobs import Jobs, existing_job, insert_job, job_record, newest_job_ms, started_job
from videogen_engine.store.projects import copy_project, describe_project, insert_project
from videogen_engine.store.records import (
    InterchangeJob,
    JobKind,
    JobRecord,
    NewExport,
    NewJob,
    NewProject,
    RemixJob,
    ToolJob,
    asked_fingerprint,
)
from videogen_engine.store.schema import jobs


class Started(Frozen):
    """``replayed`` says that the idempotency key had started this job before, and nothing was added."""

    job: JobRecord
    replayed: bool


class RemixStarted(Frozen):
    """``project_id`` is the copy's when one was made; ``jobs`` are one per action, in order."""

    project_id: str
    jobs: tuple[JobRecord, ...]
    replayed: bool


class Starts:
    """All methods are synchronous; call them from a thread. They raise InputError (409) for a reused key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs = Jobs(database)

    def repeated(self, kind: JobKind, idempotency_key: str, asked_json: str) -> JobRecord | None:
        """The job that this key and request started before, whatever has become since of what they named."""
        with self._database.read() as connection:
            return started_job(connection, idempotency_key, asked_fingerprint(kind, asked_json))

    def run(
        self,
        *,
        workflow: str,
        request_json: str,
        title: str,
        ratio: tuple[int, int],
        export: NewExport | None = None,
        export_request_json: str = "{}",
        remix: Sequence[str] = (),
        idempotency_key: str | None = None,
        asked_json: str | None = None,
        into: str | None = None,
        held: bool = False,
    ) -> Started:
        """A new project and the run that builds it; with ``export``, also the export that ends the run.

        ``remix`` are actions as JSON: jobs that are part of the run, done in order before the export. ``into`` is an
        empty project that was made before, for the run to build.
        """
        project = NewProject(
            project_id=into or new_id(IdPrefix.PROJECT), title=title, ratio_width=ratio[0], ratio_height=ratio[1]
        )
        job = NewJob(
            job_id=new_id(IdPrefix.WORKFLOW_RUN),
            kind=JobKind.WORKFLOW_RUN,
            workflow=workflow,
            request_json=request_json,
            project_id=project.project_id,
            idempotency_key=idempotency_key,
            asked_json=asked_json,
            held=held,
        )
        with self._database.write() as connection:
            if (existing := existing_job(connection, job)) is not None:
                return Started(job=existing, replayed=True)
            now = now_ms()
            if into is None:
                insert_project(connection, project, now)
            else:
                describe_project(connection, project, now)
            insert_job(connection, job, now)
            if export is not None:
                child = _export_job(project.project_id, export_request_json, parent=job.job_id)
                insert_job(connection, child, now)
                insert_export(connection, child, export, now)
            for place, action in enumerate(_action_jobs(project.project_id, remix, parent=job.job_id)):
                insert_job(connection, action, now + 1 + place)
        return Started(job=self._jobs.get(job.job_id), replayed=False)

    def remix(
        self,
        project_id: str,
        actions: Sequence[str],
        *,
        save_as_new: bool = False,
        idempotency_key: str | None = None,
    ) -> RemixStarted:
        """A job for each action (JSON), in order, after all edits of the project that were asked for before.

        With ``save_as_new`` the project's current version becomes a project of its own first, and that is edited.
        Raises NotFoundError, and InputError (409) when a project that was never built, or is not built yet, is to
        be copied.
        """
        with self._database.write() as connection:
            target = new_id(IdPrefix.PROJECT) if save_as_new else project_id
            call = json.dumps([project_id, save_as_new, list(actions)])
            new = _action_jobs(target, actions, key=idempotency_key, call=call)
            if (existing := existing_job(connection, new[0])) is not None:
                assert existing.project_id is not None
                return RemixStarted(
                    project_id=existing.project_id, jobs=_same_call(connection, existing), replayed=True
                )
            now = now_ms()
            if save_as_new:
                copy_project(connection, project_id, target, now)
            # One after the other in time, whatever the clock does: order of asking is order of doing.
            first = max(now, newest_job_ms(connection, target) + 1)
            for place, job in enumerate(new):
                insert_job(connection, job, first + place)
        return RemixStarted(project_id=target, jobs=tuple(self._jobs.get(job.job_id) for job in new), replayed=False)

    def export(
        self,
        project_id: str,
        export: NewExport,
        *,
        request_json: str,
        idempotency_key: str | None = None,
    ) -> Started:
        """An export of an existing project."""
        job = _export_job(project_id, request_json, key=idempotency_key)
        with self._database.write() as connection:
            if (existing := existing_job(connection, job)) is not None:
                return Started(job=existing, replayed=True)
            now = now_ms()
            insert_job(connection, job, now)
            insert_export(connection, job, export, now)
        return Started(job=self._jobs.get(job.job_id), replayed=False)

    def interchange(self, project_id: str, request: InterchangeJob, *, idempotency_key: str | None = None) -> Started:
        """The writing of a project's timeline for an editing program."""
        job = NewJob(
            job_id=new_id(IdPrefix.INTERCHANGE),
            kind=JobKind.TIMELINE_INTERCHANGE,
            workflow="timeline_interchange",
            request_json=request.model_dump_json(),
            project_id=project_id,
            idempotency_key=idempotency_key,
            subject=project_id,
        )
        return self._alone(job)

    def tool(
        self,
        request: ToolJob,
        *,
        quick: bool,
        idempotency_key: str | None = None,
        asked_json: str | None = None,
        held: bool = False,
    ) -> Started:
        """The making of one asset, or of several that differ; what is not ``quick`` queues with the films."""
        job = NewJob(
            job_id=new_id(IdPrefix.TOOL_EXECUTION),
            kind=JobKind.TOOL_EXECUTION,
            workflow="tool_execution" if quick else "long_tool_execution",
            request_json=request.model_dump_json(),
            idempotency_key=idempotency_key,
            asked_json=asked_json,
            held=held,
        )
        return self._alone(job)

    def probe(self, request_json: str) -> Started:
        """The check of an upload."""
        job = NewJob(
            job_id=new_id(IdPrefix.PROBE),
            kind=JobKind.FILE_PROBE,
            workflow="file_probe",
            request_json=request_json,
        )
        return Started(job=self._jobs.create(job), replayed=False)

    def _alone(self, job: NewJob) -> Started:
        """A job that needs no other rows."""
        with self._database.write() as connection:
            if (existing := existing_job(connection, job)) is not None:
                return Started(job=existing, replayed=True)
            insert_job(connection, job, now_ms())
        return Started(job=self._jobs.get(job.job_id), replayed=False)


def _action_jobs(
    project_id: str, actions: Sequence[str], *, parent: str | None = None, key: str | None = None, call: str = ""
) -> list[NewJob]:
    """``key`` goes to the first job, whose fingerprint covers the whole ``call``."""
    ids = [new_id(IdPrefix.REMIX_ACTION) for _ in actions]
    return [
        NewJob(
            job_id=ids[place],
            kind=JobKind.REMIX_ACTION,
            workflow="remix_action",
            request_json=RemixJob(action_json=action, first_job_id=ids[0] if place else None).model_dump_json(),
            project_id=project_id,
            parent_job_id=parent,
            idempotency_key=key if place == 0 else None,
            subject=call,
        )
        for place, action in enumerate(actions)
    ]


def _same_call(connection: Connection, first: JobRecord) -> tuple[JobRecord, ...]:
    """All actions of the call that ``first`` began."""
    query = select(jobs).where(
        jobs.c.project_id == first.project_id,
        jobs.c.kind == JobKind.REMIX_ACTION.value,
        jobs.c.created_ms >= first.created_ms,
    )
    rows = connection.execute(query.order_by(jobs.c.created_ms, jobs.c.job_id)).mappings()
    found = [job_record(dict(row)) for row in rows]
    return (
        first,
        *(job for job in found if RemixJob.model_validate_json(job.request_json).first_job_id == first.job_id),
    )


def _export_job(project_id: str, request_json: str, *, parent: str | None = None, key: str | None = None) -> NewJob:
    return NewJob(
        job_id=new_id(IdPrefix.EXPORT),
        kind=JobKind.PROJECT_EXPORT,
        workflow="project_export",
        request_json=request_json,
        project_id=project_id,
        parent_job_id=parent,
        idempotency_key=key,
        subject=project_id,
    )
