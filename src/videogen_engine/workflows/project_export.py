"""A version of a project becomes an MP4 of the size that was fixed when the export was asked for."""

from __future__ import annotations

import asyncio

from videogen_engine.runtime.port import JobContext
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.export_film import EXPORT_STEPS, export_film
from videogen_engine.workflows.room import WorkflowRoom


async def project_export(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Raises NotFoundError while the project has no timeline."""
    export = await asyncio.to_thread(room.store.exports.get, job.job_id)
    version = await asyncio.to_thread(room.store.projects.version, export.project_id, export.timeline_version)
    timeline = Timeline.model_validate_json(version.timeline_json)
    context.expect(*EXPORT_STEPS)
    return await export_film(context, room, export, timeline, version.version)
