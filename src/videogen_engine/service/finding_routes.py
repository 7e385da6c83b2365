"""What the machine's look at a project's newest export found."""

from __future__ import annotations

import asyncio
import json

from videogen_agents.contract import JobStatus, WireModel
from videogen_engine.findings.model import Finding
from videogen_engine.service.call import Call
from videogen_engine.service.engine_models import FilmFinding, ProjectFindings
from videogen_engine.store.records import ExportRecord


async def project_findings(call: Call) -> WireModel:
    """Raises NotFoundError for an unknown project."""
    project_id = call.id("projectId")
    store = call.engine.store
    await asyncio.to_thread(store.projects.get, project_id)
    page = await asyncio.to_thread(lambda: store.exports.list(project_id))
    newest = next((export for export in page.items if export.job.status is JobStatus.SUCCEEDED), None)
    return ProjectFindings(
        project_id=project_id,
        export_id=None if newest is None else newest.export_id,
        version=None if newest is None else newest.timeline_version,
        findings=[] if newest is None else _of(newest),
    )


def film_finding(project_id: str | None, finding: Finding) -> FilmFinding:
    """With the whole tool call, the project named in it."""
    arguments = json.loads(finding.mend.arguments_json)
    return FilmFinding(
        kind=finding.kind.value,
        start_seconds=finding.start,
        end_seconds=finding.end,
        scene=finding.scene,
        sentence=finding.sentence,
        mend_tool=finding.mend.tool,
        mend_arguments={"projectId": project_id, **arguments},
    )


def _of(export: ExportRecord) -> list[FilmFinding]:
    outcome = export.job.outcome()
    return [film_finding(export.project_id, finding) for finding in (outcome.findings if outcome is not None else ())]
