"""Projects and the immutable versions of their timelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, func, insert, select, update

from videogen_agents.contract import ProjectStatus
from videogen_agents.errors import NotFoundError
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.paging import Page, Position, after, decode_cursor, page_of
from videogen_engine.store.records import OPEN_STATUSES, JobKind, NewProject, ProjectRecord, TimelineVersion
from videogen_engine.store.schema import jobs, projects, timeline_versions

_BUILDING = exists().where(
    jobs.c.project_id == projects.c.project_id,
    jobs.c.kind == JobKind.WORKFLOW_RUN.value,
    jobs.c.status.in_(OPEN_STATUSES),
)


def insert_project(connection: Connection, project: NewProject, now: int) -> None:
    connection.execute(insert(projects).values(**project.model_dump(), created_ms=now, updated_ms=now))


class Projects:
    """All methods are synchronous; call them from a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, project_id: str) -> ProjectRecord:
        """Raises NotFoundError."""
        found = self._records(_select().where(projects.c.project_id == project_id))
        if not found:
            raise NotFoundError(f"There is no project {project_id!r}.", ids={"project_id": project_id})
        return found[0]

    def list(self, *, cursor: str | None = None, limit: int = 50) -> Page[ProjectRecord]:
        """Last updated first. Raises InputError for a foreign cursor."""
        query = _select()
        if (position := decode_cursor("projects", cursor)) is not None:
            query = query.where(after(projects.c.updated_ms, projects.c.project_id, position))
        query = query.order_by(projects.c.updated_ms.desc(), projects.c.project_id.desc()).limit(limit + 1)
        records = self._records(query)
        return page_of(
            "projects",
            [(Position(record.updated_ms, record.project_id), record) for record in records],
            limit,
        )

    def add_version(
        self, project_id: str, timeline_json: str, *, job_id: str, title: str | None = None
    ) -> TimelineVersion:
        """Append a version. A job adds at most one: asked again, it gets the one it added."""
        with self._database.write() as connection:
            done = connection.execute(
                select(timeline_versions).where(
                    timeline_versions.c.project_id == project_id, timeline_versions.c.job_id == job_id
                )
            ).mappings()
            if (row := done.first()) is not None:
                return TimelineVersion.model_validate(dict(row))
            newest = connection.execute(
                select(func.max(timeline_versions.c.version)).where(timeline_versions.c.project_id == project_id)
            ).scalar_one()
            version = TimelineVersion(
                project_id=project_id,
                version=(newest or 0) + 1,
                job_id=job_id,
                timeline_json=timeline_json,
                created_ms=now_ms(),
            )
            connection.execute(insert(timeline_versions).values(**version.model_dump()))
            values: dict[str, object] = {
                "current_version": version.version,
                "updated_ms": version.created_ms,
            }
            if title is not None:
                values["title"] = title
            connection.execute(update(projects).where(projects.c.project_id == project_id).values(values))
            return version

    def version(self, project_id: str, version: int | None = None) -> TimelineVersion:
        """One version, the current one by default. Raises NotFoundError while there is none."""
        wanted = (
            select(projects.c.current_version).where(projects.c.project_id == project_id).scalar_subquery()
            if version is None
            else version
        )
        with self._database.read() as connection:
            row = connection.execute(
                select(timeline_versions).where(
                    timeline_versions.c.project_id == project_id, timeline_versions.c.version == wanted
                )
            ).mappings()
            found = row.first()
        if found is None:
            raise NotFoundError(
                f"Project {project_id!r} has no timeline yet.",
                ids={"project_id": project_id},
                next_step="Follow the run that builds it; the timeline exists once that has succeeded.",
            )
        return TimelineVersion.model_validate(dict(found))

    def timelines(self) -> tuple[str, ...]:
        """Every version's document, for finding out which media are still in use."""
        with self._database.read() as connection:
            return tuple(connection.execute(select(timeline_versions.c.timeline_json)).scalars())

    def _records(self, query: Select[Any]) -> Sequence[ProjectRecord]:
        with self._database.read() as connection:
            return [_record(dict(row)) for row in connection.execute(query).mappings()]


def _select() -> Select[Any]:
    return select(projects, _BUILDING.label("building"))


def _record(row: Mapping[str, Any]) -> ProjectRecord:
    fields = {name: row[name] for name in ProjectRecord.model_fields if name != "status"}
    status = ProjectStatus.GENERATING if row["building"] else ProjectStatus.READY
    return ProjectRecord(**fields, status=status)
