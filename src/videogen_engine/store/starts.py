"""Starting work: everything a start needs is written in one transaction, or nothing is."""

from __future__ import annotations

from videogen_engine.frozen import Frozen
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.exports import insert_export
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.jobs import Jobs, existing_job, insert_job
from videogen_engine.store.projects import insert_project
from videogen_engine.store.records import JobKind, JobRecord, NewExport, NewJob, NewProject


class Started(Frozen):
    """``replayed`` says that the idempotency key had started this job before, and nothing was added."""

    job: JobRecord
    replayed: bool


class Starts:
    """All methods are synchronous; call them from a thread. They raise InputError (409) for a reused key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs = Jobs(database)

    def run(
        self,
        *,
        workflow: str,
        request_json: str,
        title: str,
        ratio: tuple[int, int],
        export: NewExport | None = None,
        export_request_json: str = "{}",
        idempotency_key: str | None = None,
    ) -> Started:
        """A new project and the run that builds it; with ``export``, also the export that ends the run."""
        project = NewProject(
            project_id=new_id(IdPrefix.PROJECT), title=title, ratio_width=ratio[0], ratio_height=ratio[1]
        )
        job = NewJob(
            job_id=new_id(IdPrefix.WORKFLOW_RUN),
            kind=JobKind.WORKFLOW_RUN,
            workflow=workflow,
            request_json=request_json,
            project_id=project.project_id,
            idempotency_key=idempotency_key,
        )
        with self._database.write() as connection:
            if (existing := existing_job(connection, job)) is not None:
                return Started(job=existing, replayed=True)
            now = now_ms()
            insert_project(connection, project, now)
            insert_job(connection, job, now)
            if export is not None:
                child = _export_job(project.project_id, export_request_json, parent=job.job_id)
                insert_job(connection, child, now)
                insert_export(connection, child, export, now)
        return Started(job=self._jobs.get(job.job_id), replayed=False)

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

    def probe(self, request_json: str) -> Started:
        """The check of an upload."""
        job = NewJob(
            job_id=new_id(IdPrefix.PROBE),
            kind=JobKind.FILE_PROBE,
            workflow="file_probe",
            request_json=request_json,
        )
        return Started(job=self._jobs.create(job), replayed=False)


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
