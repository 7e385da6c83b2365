"""The answer of every tool that starts work: ids, whether it was started before, and the call to make next."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import Field

from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import NextCall, ToolOutcome, ToolResult
from videogen_agents.tools.spec import ToolContext

#: What every tool that starts paid work takes beside its request: ``new`` starts again what was started before,
#: ``confirm`` is the token of a quote that the user agreed to.
CONTROLS: Schema = {
    "new": {"type": "boolean"},
    "confirm": {"type": "string"},
}


class StartedResult(ToolResult):
    """A started job; ``reused`` when the same request had started it before.

    ``jobIds`` are all its jobs in order when there are several; ``jobId`` is the one to follow. ``warnings`` name the
    arguments that have no effect beside the others.
    """

    status: str = "started"
    backend: str
    job_id: str
    kind: str
    project_id: str | None = None
    project_url: str | None = None
    job_ids: list[str] = Field(default_factory=list)
    reused: bool = False
    warnings: list[str] = Field(default_factory=list)
    next: NextCall


def started(
    ctx: ToolContext,
    what: str,
    *,
    job_id: str,
    kind: str,
    reused: bool,
    project_id: str | None = None,
    project_url: str | None = None,
    job_ids: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> ToolOutcome:
    """The outcome of a start. ``what`` is what was started, as in "The film"."""
    arguments = {"jobId": job_id}
    ids = f"job {job_id}" + (f", project {project_id}" if project_id else "")
    others = [other for other in job_ids if other != job_id]
    rest = f" Other jobs: {', '.join(others)}." if others else ""
    how = "was already started" if reused else "started"
    lines = [
        f"{what} {how} on the {ctx.client.backend.value} backend: {ids}.{rest}",
        f"next: get_job {json.dumps(arguments)} until it has succeeded.",
    ]
    if warnings:
        lines.append(f"note: {' '.join(warnings)}")
    return ToolOutcome(
        "\n".join(lines),
        StartedResult(
            backend=ctx.client.backend.value,
            job_id=job_id,
            kind=kind,
            project_id=project_id,
            project_url=project_url,
            job_ids=list(job_ids),
            reused=reused,
            warnings=list(warnings),
            next=NextCall(tool="get_job", arguments=json.dumps(arguments)),
        ),
    )
