"""How every workflow ends: the project is there, the run's remix actions are done, the film is made."""

from __future__ import annotations

import asyncio
import logging

from videogen_agents.errors import InternalError, VideoError
from videogen_engine.api_errors import api_error
from videogen_engine.presenters.refusal import DRAWN_NOTE
from videogen_engine.runtime.port import JobContext, StaleRecordError
from videogen_engine.store.records import JobKind, JobOutcome, JobRecord
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.export_film import EXPORT_STEPS, export_film, made_by
from videogen_engine.workflows.remix_action import Shown, apply_action, parse_action
from videogen_engine.workflows.room import WorkflowRoom

logger = logging.getLogger(__name__)


async def tail_steps(job: JobRecord, room: WorkflowRoom) -> tuple[str, ...]:
    """The steps that ``finish_film`` is known to take, for ``context.expect``."""
    exports = await asyncio.to_thread(room.store.exports.of_runs, [job.job_id])
    return EXPORT_STEPS if job.job_id in exports else ()


async def finish_film(job: JobRecord, context: JobContext, room: WorkflowRoom, timeline: Timeline) -> JobOutcome:
    """Make ``timeline`` the project's first version, do the run's remix actions in order, then its export, if any.

    An action that fails does not stop the run: it says so itself, and in the outcome's ``degraded``. Raises what
    the export's stages raise.
    """
    if job.project_id is None:
        raise InternalError(f"Run {job.job_id!r} has no project.")
    store = room.store
    version = await asyncio.to_thread(
        lambda: store.projects.add_version(
            job.project_id or "",
            timeline.model_dump_json(),
            job_id=job.job_id,
            title=timeline.title,
            ratio=(timeline.ratio_width, timeline.ratio_height),
        )
    )
    shown = Shown(timeline, version.version)
    degraded = [*_about_presenter(timeline)]
    notes: list[str] = []
    for child in await asyncio.to_thread(store.jobs.children, [job.job_id]):
        if child.kind is JobKind.REMIX_ACTION:
            shown, outcome = await _as_part(child, context, room, shown)
            degraded += outcome.degraded
            notes += outcome.notes
    exports = await asyncio.to_thread(store.exports.of_runs, [job.job_id])
    export = exports.get(job.job_id)
    if export is None:
        outcome = JobOutcome(
            duration_seconds=shown.timeline.duration, made_by=made_by(shown.timeline), warnings=shown.timeline.warnings
        )
    else:
        await asyncio.to_thread(store.jobs.start_attempt, export.export_id)
        part = context.part(export.export_id, *EXPORT_STEPS)
        outcome = await export_film(part, room, export, shown.timeline, shown.version)
    return outcome.model_copy(
        update={
            "version": shown.version,
            "degraded": tuple(dict.fromkeys((*outcome.degraded, *degraded))),
            "notes": tuple(dict.fromkeys((*outcome.notes, *notes))),
        }
    )


def _about_presenter(timeline: Timeline) -> tuple[str, ...]:
    if timeline.presenter is None:
        return ()
    if all(scene.speech is None for scene in timeline.scenes):
        return ("Nothing is said in this film, so its actor is not seen.",)
    return (DRAWN_NOTE,)


async def _as_part(child: JobRecord, context: JobContext, room: WorkflowRoom, shown: Shown) -> tuple[Shown, JobOutcome]:
    """The action as part of its run, ended in its own row. After a failure the film is as it was before."""
    jobs = room.store.jobs
    await asyncio.to_thread(jobs.start_attempt, child.job_id)
    try:
        after, outcome = await apply_action(child, context.part(child.job_id), room, shown)
    except StaleRecordError:
        raise
    except VideoError as error:
        fault = error
    except Exception as error:
        logger.exception("Remix action %s failed.", child.job_id)
        fault = InternalError(f"The edit failed: {type(error).__name__}: {error}", code="job_failed")
    else:
        await asyncio.to_thread(jobs.succeed, child.job_id, outcome)
        return after, outcome
    await asyncio.to_thread(jobs.fail, child.job_id, api_error(fault))
    failed = f"The remix action {parse_action(child).type.value} failed: {fault.message}"
    return shown, JobOutcome(degraded=(failed,))
