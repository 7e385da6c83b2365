"""A project's versions: list, differences in words, undo and redo."""

from __future__ import annotations

import asyncio

from pydantic import Field

from videogen_agents.contract import Query, WireModel
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.remix.differences import change_title, differences
from videogen_engine.render.cost import rendered_anew
from videogen_engine.service.call import Call
from videogen_engine.service.engine_models import ProjectVersion, ProjectVersions, VersionDifference
from videogen_engine.store.records import TimelineVersion
from videogen_engine.timeline.document import Timeline


class DifferenceQuery(Query):
    """``from`` and ``to`` are version numbers; by default the current version and the one it was made from."""

    from_: int | None = Field(default=None, alias="from", ge=1)
    to: int | None = Field(default=None, ge=1)


async def project_versions(call: Call) -> WireModel:
    project_id = call.id("projectId")
    projects = call.engine.store.projects
    record = await asyncio.to_thread(projects.get, project_id)
    found = await asyncio.to_thread(projects.versions, project_id)
    current = next((item for item in found if item.version == record.current_version), None)
    after = None
    if current is not None:
        after = await asyncio.to_thread(projects.successor, project_id, current.version)
    return ProjectVersions(
        project_id=project_id,
        current_version=record.current_version,
        undo_version=None if current is None else current.parent_version,
        redo_version=None if after is None else after.version,
        versions=[
            ProjectVersion(
                version=item.version,
                title=item.change or "First version",
                created_at=item.created_ms // 1000,
                job_id=item.job_id,
                parent_version=item.parent_version,
                is_current=item.version == record.current_version,
            )
            for item in found
        ],
    )


async def version_difference(call: Call) -> WireModel:
    query = call.query(DifferenceQuery)
    after = await _version(call, query.to)
    start = query.from_ if query.from_ is not None else after.parent_version
    before = after if start is None else await _version(call, start)
    old, new = _timeline(before), _timeline(after)
    cost = rendered_anew(old, new)
    return VersionDifference(
        project_id=after.project_id,
        from_version=before.version,
        to_version=after.version,
        title=change_title(old, new) if old != new else "Nothing is different",
        differences=list(differences(old, new)),
        scenes_reused=len(new.scenes) - cost.scenes,
        scenes_to_render=cost.scenes,
        seconds_to_render=round(cost.frames / new.frames_per_second, 3),
    )


async def undo(call: Call) -> WireModel:
    """Back to the version that the current one was made from. Raises InputError (409) when it is the first."""
    current = await _version(call, None)
    if current.parent_version is None:
        raise InputError(
            f"Version {current.version} is the project's first, so there is nothing to undo.",
            code="nothing_to_undo",
            status=409,
            ids={"project_id": current.project_id},
            next_step="List the project's versions to see what there is.",
        )
    return await _moved(call, current, current.parent_version)


async def redo(call: Call) -> WireModel:
    """On to the newest version that was made from the film as it is now. Raises InputError (409) when there is none."""
    current = await _version(call, None)
    after = await asyncio.to_thread(call.engine.store.projects.successor, current.project_id, current.version)
    if after is None:
        raise InputError(
            f"Nothing was made from version {current.version}, so there is nothing to redo.",
            code="nothing_to_redo",
            status=409,
            ids={"project_id": current.project_id},
            next_step="List the project's versions to see what there is.",
        )
    return await _moved(call, current, after.version)


async def _moved(call: Call, current: TimelineVersion, to: int) -> WireModel:
    """Raises InputError (409) while the project is being edited."""
    target = await _version(call, to)
    old, new = _timeline(current), _timeline(target)
    await asyncio.to_thread(
        lambda: call.engine.store.projects.move(
            current.project_id,
            current=current.version,
            to=to,
            title=new.title if new.title != old.title else None,
            ratio=(new.ratio_width, new.ratio_height),
        )
    )
    return await project_versions(call)


async def _version(call: Call, version: int | None) -> TimelineVersion:
    """Raises NotFoundError for an unknown project, a project without versions, an unknown version."""
    project_id = call.id("projectId")
    projects = call.engine.store.projects
    await asyncio.to_thread(projects.get, project_id)
    try:
        return await asyncio.to_thread(projects.version, project_id, version)
    except NotFoundError as error:
        if version is None:
            raise
        raise NotFoundError(
            f"The project has no version {version}.",
            ids=error.ids,
            next_step="List the project's versions to see which exist.",
        ) from error


def _timeline(version: TimelineVersion) -> Timeline:
    return Timeline.model_validate_json(version.timeline_json)
