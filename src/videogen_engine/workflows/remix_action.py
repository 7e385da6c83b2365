"""One edit of a project: from its current version to the next."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from pydantic import TypeAdapter

from videogen_agents.contract import RemixAction
from videogen_agents.errors import InternalError, NotFoundError, UnavailableError, VideoError
from videogen_engine.package.contact_sheet_model import Comparison, ComparisonRequest
from videogen_engine.remix.differences import change_title
from videogen_engine.remix.table import EDITS
from videogen_engine.render.cost import rendered_anew
from videogen_engine.runtime.port import JobContext, StaleRecordError
from videogen_engine.runtime.stage_registry import COMPARISON_SHEET
from videogen_engine.stage import MediaRef
from videogen_engine.store.records import JobOutcome, JobRecord, RemixJob
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.export_film import made_by
from videogen_engine.workflows.remix_workshop import JobWorkshop
from videogen_engine.workflows.room import WorkflowRoom

logger = logging.getLogger(__name__)

_ACTION: TypeAdapter[RemixAction] = TypeAdapter(RemixAction)


@dataclass(frozen=True)
class Shown:
    """A version of a project and its document."""

    timeline: Timeline
    version: int


async def remix_action(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Raises NotFoundError when the project was never built, and what the edit raises."""
    if job.project_id is None:
        raise InternalError(f"The remix action {job.job_id!r} has no project.")
    try:
        base = await asyncio.to_thread(room.store.projects.base_of, job.project_id, job.job_id)
    except NotFoundError as error:
        raise NotFoundError(
            "The project was never built, so there is nothing to edit.",
            code="project_not_ready",
            ids=error.ids,
            next_step="Start a new run.",
        ) from error
    shown = Shown(Timeline.model_validate_json(base.timeline_json), base.version)
    after, outcome = await apply_action(job, context, room, shown)
    if after.version == shown.version:
        return outcome
    return outcome.model_copy(update={"comparison": await _comparison(context, shown.timeline, after.timeline)})


async def _comparison(context: JobContext, before: Timeline, after: Timeline) -> MediaRef | None:
    """What looks different, as a sheet. The edit is done by now: without a sheet it is as good."""
    try:
        made = await context.step(COMPARISON_SHEET, ComparisonRequest(before=before, after=after), Comparison)
    except StaleRecordError:
        raise
    except VideoError:
        logger.exception("There is no before-and-after sheet.")
        return None
    return None if made.sheet is None else made.sheet.media


async def apply_action(
    job: JobRecord, context: JobContext, room: WorkflowRoom, base: Shown
) -> tuple[Shown, JobOutcome]:
    """What the project is after the action ``job``, and what to report. An edit that changes nothing adds no version.

    Started again at any point it comes to the same end: it starts from ``base``, and a job adds one version at most.
    """
    assert job.project_id is not None
    action = parse_action(job)
    edit = EDITS.get(action.type)
    if edit is None:
        raise UnavailableError(
            f"The remix action {action.type.value} is not built in the embedded engine.",
            code="not_built",
            requirement="hosted_backend",
            next_step="Leave it out, or use VideoGen's hosted backend by setting VIDEOGEN_API_KEY.",
        )
    edited = await edit.run(base.timeline, action, JobWorkshop(context, room, job.project_id, base.version))
    after = edited.timeline
    outcome = JobOutcome(
        duration_seconds=after.duration,
        made_by=(*made_by(after), *edited.made_by),
        warnings=after.warnings,
        degraded=edited.degraded,
        notes=edited.notes,
    )
    if after == base.timeline:
        unchanged = edited.notes or ("Nothing in this film was eligible, so nothing was changed.",)
        return base, outcome.model_copy(update={"scenes_reused": len(after.scenes), "notes": unchanged})
    version = await asyncio.to_thread(
        lambda: room.store.projects.add_version(
            job.project_id or "",
            after.model_dump_json(),
            job_id=job.job_id,
            title=after.title if after.title != base.timeline.title else None,
            ratio=(after.ratio_width, after.ratio_height),
            parent=base.version,
            change=f"undone: {change_title(after, base.timeline)}"
            if edited.steps_back
            else change_title(base.timeline, after),
            steps_back=edited.steps_back,
        )
    )
    cost = rendered_anew(base.timeline, after)
    counts = {
        "version": version.version,
        "scenes_rendered": cost.scenes,
        "scenes_reused": len(after.scenes) - cost.scenes,
        "frames_rendered": cost.frames,
        "seconds_rendered": round(cost.frames / after.frames_per_second, 3),
    }
    return Shown(after, version.version), outcome.model_copy(update=counts)


def parse_action(job: JobRecord) -> RemixAction:
    """The action that the job was started for."""
    return _ACTION.validate_json(RemixJob.model_validate_json(job.request_json).action_json)
