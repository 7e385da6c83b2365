"""Projects and the immutable versions of their timelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, func, insert, select, update

from videogen_agents.contract import ProjectStatus
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.paging import Page, Position, after, decode_cursor, page_of
from videogen_engine.store.records import EDITING_KINDS, OPEN_STATUSES, NewProject, ProjectRecord, TimelineVersion
from videogen_engine.store.schema import jobs, projects, timeline_versions

_EDITING = (
    jobs.c.project_id == projects.c.project_id,
    jobs.c.kind.in_([kind.value for kind in EDITING_KINDS]),
    jobs.c.status.in_(OPEN_STATUSES),
)
_BUILDING = exists().where(*_EDITING)


def insert_project(connection: Connection, project: NewProject, now: int) -> None:
    connection.execute(insert(projects).values(**project.model_dump(), created_ms=now, updated_ms=now))


def describe_project(connection: Connection, project: NewProject, now: int) -> None:
    """Give an empty project the title and shape of the film that it is for."""
    values = {**project.model_dump(exclude={"project_id"}), "updated_ms": now}
    connection.execute(update(projects).where(projects.c.project_id == project.project_id).values(**values))


def copy_project(connection: Connection, project_id: str, copy_id: str, now: int) -> None:
    """A project of its own that begins with the current version of another.

    Raises NotFoundError, and InputError (409) while there is no version.
    """
    row = connection.execute(select(projects).where(projects.c.project_id == project_id)).mappings().first()
    if row is None:
        raise _unknown(project_id)
    if row["current_version"] is None:
        raise InputError(
            "The project is not built yet, so there is nothing to copy.",
            code="project_not_ready",
            status=409,
            ids={"project_id": project_id},
            next_step="Wait until its run has succeeded.",
        )
    version = connection.execute(
        select(timeline_versions).where(
            timeline_versions.c.project_id == project_id, timeline_versions.c.version == row["current_version"]
        )
    ).mappings()
    source = dict(version.one())
    values = dict(row) | {"project_id": copy_id, "current_version": 1, "created_ms": now, "updated_ms": now}
    connection.execute(insert(projects).values(values | {"title": f"{row['title']} (copy)"}))
    first = {"project_id": copy_id, "version": 1, "parent_version": None, "base_version": None}
    first |= {"change": "", "created_ms": now}
    connection.execute(insert(timeline_versions).values(source | first))


class Projects:
    """All methods are synchronous; call them from a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, project_id: str) -> ProjectRecord:
        """Raises NotFoundError."""
        found = self._records(_select().where(projects.c.project_id == project_id))
        if not found:
            raise _unknown(project_id)
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
        self,
        project_id: str,
        timeline_json: str,
        *,
        job_id: str,
        title: str | None = None,
        ratio: tuple[int, int] | None = None,
        parent: int | None = None,
        change: str = "",
        steps_back: int = 0,
    ) -> TimelineVersion:
        """Append a version made from ``parent`` (the current one by default) and make it the current one.

        With ``steps_back`` it repeats the film of that many edits before ``parent``, and counts as made from what
        that one was made from.

        A job adds at most one: asked again, it gets the one it added.
        """
        with self._database.write() as connection:
            if (done := _version_of(connection, project_id, job_id)) is not None:
                return done
            newest = connection.execute(
                select(func.max(timeline_versions.c.version)).where(timeline_versions.c.project_id == project_id)
            ).scalar_one()
            current = connection.execute(
                select(projects.c.current_version).where(projects.c.project_id == project_id)
            ).scalar_one_or_none()
            base = current if parent is None else parent
            version = TimelineVersion(
                project_id=project_id,
                version=(newest or 0) + 1,
                job_id=job_id,
                timeline_json=timeline_json,
                created_ms=now_ms(),
                parent_version=_lineage(connection, project_id, base, steps_back),
                base_version=base,
                change=change,
            )
            connection.execute(insert(timeline_versions).values(**version.model_dump()))
            _show(connection, project_id, version.version, version.created_ms, title, ratio)
            return version

    def base_of(self, project_id: str, job_id: str) -> TimelineVersion:
        """What the edit ``job_id`` starts from: the current version, or, once it has made its own, the same as then.

        Raises NotFoundError while there is none.
        """
        with self._database.read() as connection:
            made = _version_of(connection, project_id, job_id)
        return self.version(project_id, None if made is None else made.base_version)

    def ancestor(self, project_id: str, version: int, steps: int) -> TimelineVersion | None:
        """The version that ``version`` was made from, ``steps`` edits back; None when there were not so many."""
        found = self.version(project_id, version)
        for _ in range(steps):
            if found.parent_version is None:
                return None
            found = self.version(project_id, found.parent_version)
        return found

    def successor(self, project_id: str, version: int) -> TimelineVersion | None:
        """The newest version that was made from the film of ``version``, whenever it was that film, and is another."""
        before, after = timeline_versions.alias(), timeline_versions.alias()
        film = (
            select(timeline_versions.c.timeline_json)
            .where(timeline_versions.c.project_id == project_id, timeline_versions.c.version == version)
            .scalar_subquery()
        )
        query = (
            select(after)
            .join(before, (before.c.project_id == after.c.project_id) & (before.c.version == after.c.parent_version))
            .where(after.c.project_id == project_id, before.c.timeline_json == film, after.c.timeline_json != film)
            .order_by(after.c.version.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else TimelineVersion.model_validate(dict(row))

    def versions(self, project_id: str) -> tuple[TimelineVersion, ...]:
        """Every version, newest first, each without its document (``timeline_json`` is empty)."""
        columns = [column for column in timeline_versions.c if column.name != "timeline_json"]
        query = select(*columns).where(timeline_versions.c.project_id == project_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(timeline_versions.c.version.desc())).mappings()
            return tuple(TimelineVersion.model_validate({**row, "timeline_json": ""}) for row in rows)

    def move(
        self, project_id: str, *, current: int | None, to: int, title: str | None, ratio: tuple[int, int]
    ) -> ProjectRecord:
        """Make version ``to`` the current one.

        Raises InputError (409) while a run or an edit of the project is unfinished, or when its current version
        is no longer ``current``.
        """
        with self._database.write() as connection:
            row = connection.execute(_select().where(projects.c.project_id == project_id)).mappings().one()
            if row["building"]:
                raise InputError(
                    "The project is being edited.",
                    code="project_busy",
                    status=409,
                    ids={"project_id": project_id},
                    next_step="Wait until its remix actions have ended, then undo or redo.",
                )
            if row["current_version"] != current:
                raise InputError(
                    "The project was changed a moment ago.",
                    code="project_changed",
                    status=409,
                    ids={"project_id": project_id},
                    next_step="Look at its versions again, then undo or redo.",
                )
            _show(connection, project_id, to, now_ms(), title, ratio)
        return self.get(project_id)

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


def _unknown(project_id: str) -> NotFoundError:
    return NotFoundError(f"There is no project {project_id!r}.", ids={"project_id": project_id})


def _version_of(connection: Connection, project_id: str, job_id: str) -> TimelineVersion | None:
    """The version that the job added, if it has."""
    row = connection.execute(
        select(timeline_versions).where(
            timeline_versions.c.project_id == project_id, timeline_versions.c.job_id == job_id
        )
    ).mappings()
    found = row.first()
    return None if found is None else TimelineVersion.model_validate(dict(found))


def _lineage(connection: Connection, project_id: str, parent: int | None, steps_back: int) -> int | None:
    """``parent``, or the parent of its ancestor ``steps_back`` edits before."""
    for _ in range(steps_back + 1 if steps_back else 0):
        if parent is None:
            return None
        parent = connection.execute(
            select(timeline_versions.c.parent_version).where(
                timeline_versions.c.project_id == project_id, timeline_versions.c.version == parent
            )
        ).scalar_one()
    return parent


def _show(
    connection: Connection, project_id: str, version: int, now: int, title: str | None, ratio: tuple[int, int] | None
) -> None:
    """Make ``version`` the current one; title and ratio follow the document."""
    values: dict[str, object] = {"current_version": version, "updated_ms": now}
    if title is not None:
        values["title"] = title
    if ratio is not None:
        values |= {"ratio_width": ratio[0], "ratio_height": ratio[1]}
    connection.execute(update(projects).where(projects.c.project_id == project_id).values(values))


def _select() -> Select[Any]:
    return select(projects, _BUILDING.label("building"))


def _record(row: Mapping[str, Any]) -> ProjectRecord:
    fields = {name: row[name] for name in ProjectRecord.model_fields if name != "status"}
    status = ProjectStatus.GENERATING if row["building"] else ProjectStatus.READY
    return ProjectRecord(**fields, status=status)
