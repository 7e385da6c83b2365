"""get_job and cancel_job: follow or stop anything that runs, by id, with a bounded wait."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import Field

from videogen_agents.client import EngineJob, Job, JobKind
from videogen_agents.config import Backend
from videogen_agents.errors import JobFailedError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.file_names import file_stem
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import FileLink, NextCall, ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.thumbnails import SHEET_BYTES, thumbnail_at

#: Jobs that end with an MP4, and those that are found by their project alone.
_FILMS = (JobKind.WORKFLOW_RUN, JobKind.EXPORT)
_OF_A_PROJECT = (JobKind.EXPORT, JobKind.REMIX_ACTION)
#: Sentences about what an edit did, and about what to know of it.
SHOWN_SENTENCES = 5
EXAMPLE = json.dumps({"jobId": "vg_work_…", "waitSeconds": 20}, ensure_ascii=False)


class GetJobInput(ToolInput):
    job_id: str = Field(min_length=1, max_length=200)
    wait_seconds: float = Field(default=3, ge=0, le=45)
    kind: JobKind | None = None
    project_id: str | None = Field(default=None, min_length=1, max_length=200)


class CancelJobInput(ToolInput):
    job_id: str = Field(min_length=1, max_length=200)
    kind: JobKind | None = None


class JobResult(ToolResult):
    """``path`` is absolute, on this machine; ``downloadUrl`` expires. ``progress`` is 0–100.

    ``madeBy`` names what made the film (``speech: flite``), ``warnings`` what the user should know of it.
    """

    status: str
    backend: str
    kind: str
    job_id: str
    progress: float
    stage: str | None = None
    project_id: str | None = None
    export_id: str | None = None
    file_id: str | None = None
    file_ids: list[str] = Field(default_factory=list)
    path: str | None = None
    download_url: str | None = None
    made_by: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    next: NextCall | None = None


def parse_get_job(arguments: dict[str, Any]) -> GetJobInput:
    return parse_model(GetJobInput, arguments, example=EXAMPLE)


async def get_job(call: GetJobInput, ctx: ToolContext) -> ToolOutcome:
    def on_progress(job: Job) -> None:
        ctx.report(job.progress, job.stage or job.status)

    job = await ctx.client.wait_for_job(
        call.job_id, kind=call.kind, project_id=call.project_id, timeout=call.wait_seconds, on_progress=on_progress
    )
    job.raise_for_failure()
    if job.waiting_for_person:
        raise JobFailedError(
            "The job waits for a person's approval; it is not finished.",
            code="awaiting_approval",
            ids=job.ids(),
            next_step=f"Ask the user to approve it at {job.project_url or 'the VideoGen app'}; then call get_job.",
        )
    return await (_finished(job, ctx) if job.finished else _running(job, ctx))


async def _running(job: Job, ctx: ToolContext) -> ToolOutcome:
    arguments = _arguments(job)
    doing = f", {one_line(job.stage)}" if job.stage else ""
    text = (
        f"{job.status}: {job.progress:.0f} %{doing}. The job goes on by itself.\n"
        f"next: get_job {json.dumps(arguments)} again."
    )
    return ToolOutcome(text, _data(job, ctx, next_call=NextCall(tool="get_job", arguments=json.dumps(arguments))))


def _arguments(job: Job) -> dict[str, str]:
    """What get_job needs to find this job again."""
    arguments = {"jobId": job.job_id}
    if job.kind in _OF_A_PROJECT and job.project_id:
        arguments["projectId"] = job.project_id
    return arguments


async def _finished(job: Job, ctx: ToolContext) -> ToolOutcome:
    if job.kind not in _FILMS or job.download_url is None:
        return await _without_film(job, ctx)
    engine = await ctx.client.engine_job(job.job_id)
    embedded = ctx.client.backend is Backend.EMBEDDED
    path = await _save(job, ctx) if embedded and ctx.may_save else None
    size = path.stat().st_size if path else None
    still = await thumbnail_at(job.thumbnail_url, ctx) if job.thumbnail_url else None
    if path is None and embedded:
        text = (
            "succeeded: the video is in this machine's engine; this server is read-only and did not save it.\n"
            f"ids: {_ids_text(job)}. The user can save it with: videogen-agents job {job.job_id}"
        )
        return ToolOutcome(text, _data(job, ctx, engine=engine), thumbnail=still)
    where = str(path) if path else job.download_url
    noted = f"\nnote: {one_line(' '.join(engine.notes))}" if engine.notes else ""
    text = f"succeeded: the video is at {where}\nids: {_ids_text(job)}. Give the user that path or link.{noted}"
    link = FileLink(
        name=path.name if path else f"{job.job_id}.mp4",
        media_type="video/mp4",
        path=path,
        url=None if path else job.download_url,
        size=size,
    )
    return ToolOutcome(text, _data(job, ctx, path=path, engine=engine), links=(link,), thumbnail=still)


async def _without_film(job: Job, ctx: ToolContext) -> ToolOutcome:
    """A job that succeeded and has no MP4: it made files, edited a project, or built one that nobody rendered yet."""
    made = [result.file_id for result in job.results] or ([job.file_id] if job.file_id else [])
    if made:
        tool, arguments = "get_file", {"fileId": made[0]}
        text = f"succeeded: {'added' if job.kind is JobKind.FILE_IMPORT else 'made'} {', '.join(made)}."
    elif job.kind is JobKind.REMIX_ACTION and job.project_id is not None:
        return await _edited(job, job.project_id, ctx)
    elif job.project_id is not None:
        tool, arguments = "export_project", {"projectId": job.project_id}
        text = f"succeeded: project {job.project_id} is built; no MP4 was rendered of it yet."
    else:
        return ToolOutcome(f"succeeded.\nids: {_ids_text(job)}", _data(job, ctx))
    following = NextCall(tool=tool, arguments=json.dumps(arguments))
    url = job.thumbnail_url or next((result.thumbnail_url for result in job.results if result.thumbnail_url), None)
    data = _data(job, ctx, next_call=following).model_copy(update={"file_ids": made if len(made) > 1 else []})
    still = await thumbnail_at(url, ctx) if url else None
    return ToolOutcome(f"{text}\nnext: {tool} {json.dumps(arguments)}.", data, thumbnail=still)


async def _edited(job: Job, project_id: str, ctx: ToolContext) -> ToolOutcome:
    """What was done in words, what an export will render anew, and the sheet of what looks different."""
    engine = await ctx.client.engine_job(job.job_id)
    following = NextCall(tool="export_project", arguments=json.dumps({"projectId": project_id}))
    lines = [f"succeeded: project {project_id} is edited; no MP4 was rendered of it yet."]
    if ctx.client.backend is Backend.EMBEDDED:
        if engine.version is None:
            lines = [f"succeeded: project {project_id} is as it was."]
        else:
            lines[0] += f" The next export renders at most {engine.seconds_rendered or 0:g} s anew."
        told = [one_line(sentence) for sentence in engine.done[:SHOWN_SENTENCES]]
        told += [f"note: {one_line(sentence)}" for sentence in engine.notes[:SHOWN_SENTENCES]]
        lines += [" ".join(told)] if told else []
    lines.append(f"next: {following.tool} {following.arguments}.")
    url = engine.sidecar("comparison")
    still = await thumbnail_at(url, ctx, SHEET_BYTES) if url else None
    return ToolOutcome("\n".join(lines), _data(job, ctx, engine=engine, next_call=following), thumbnail=still)


async def _save(job: Job, ctx: ToolContext) -> Path:
    """Copy the film out of the engine's store, once, under a name that a person recognises."""
    title = (await ctx.client.project(job.project_id)).title if job.project_id else "video"
    mark = file_stem((job.file_id or job.job_id)[-6:])
    path = ctx.settings.output_dir / f"{file_stem(title)}-{mark}.mp4"
    if not path.is_file():
        assert job.download_url is not None
        path = await ctx.client.download(job.download_url, path)
    return path


def _ids_text(job: Job) -> str:
    return ", ".join(f"{name}={value}" for name, value in job.ids().items())


def _data(
    job: Job,
    ctx: ToolContext,
    *,
    path: Path | None = None,
    engine: EngineJob | None = None,
    next_call: NextCall | None = None,
) -> JobResult:
    return JobResult(
        status=job.status,
        backend=ctx.client.backend.value,
        kind=job.kind.value,
        job_id=job.job_id,
        progress=job.progress,
        stage=job.stage,
        project_id=job.project_id,
        export_id=job.export_id,
        file_id=job.file_id,
        path=str(path) if path else None,
        # A link into the engine of this process opens nowhere else.
        download_url=None if ctx.client.backend is Backend.EMBEDDED else job.download_url,
        made_by=[] if engine is None else list(engine.made_by),
        warnings=[] if engine is None else list(engine.notes),
        next=next_call,
    )


def parse_cancel_job(arguments: dict[str, Any]) -> CancelJobInput:
    return parse_model(CancelJobInput, arguments, example=json.dumps({"jobId": "vg_work_…"}, ensure_ascii=False))


async def cancel_job(call: CancelJobInput, ctx: ToolContext) -> ToolOutcome:
    job = await ctx.client.cancel_job(call.job_id, kind=call.kind)
    if job.status == "succeeded":
        text = "The job had already succeeded; nothing was cancelled."
    elif job.status == "failed":
        text = f"The job had already failed{f': {one_line(job.error.message)}' if job.error else '.'}"
    elif job.finished:
        text = f"The job is {job.status}."
    else:
        text = "Cancelling; it stops within seconds."
    return ToolOutcome(f"{text}\nids: {_ids_text(job)}", _data(job, ctx))


_KIND: Schema = {"type": "string", "enum": [kind.value for kind in JobKind], "description": "Of an id made elsewhere."}
_GET_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "jobId": {"type": "string"},
        "waitSeconds": {
            "type": "number",
            "minimum": 0,
            "maximum": 45,
            "description": "Default 3. More saves calls, if your host allows calls that long.",
        },
        "kind": _KIND,
        "projectId": {"type": "string", "description": "Of an export or edit made elsewhere."},
    },
    "required": ["jobId"],
}
_CANCEL_SCHEMA: Schema = {
    "type": "object",
    "properties": {"jobId": {"type": "string"}, "kind": {**_KIND, "enum": ["workflow_run", "tool_execution"]}},
    "required": ["jobId"],
}
GET_JOB = ToolSpec(
    name="get_job",
    title="Follow a job",
    toolset="jobs",
    description=(
        "Status of a job; once succeeded, where the video or file is, with a still. A wait that ends stops nothing."
    ),
    schema=_GET_SCHEMA,
    result=JobResult,
    parse=parse_get_job,
    run=get_job,
    flags=ToolFlags(saves=True, idempotent=True),
)
CANCEL_JOB = ToolSpec(
    name="cancel_job",
    title="Stop a job",
    toolset="jobs",
    description="Stop a running workflow or asset.",
    schema=_CANCEL_SCHEMA,
    result=JobResult,
    parse=parse_cancel_job,
    run=cancel_job,
    flags=ToolFlags(destructive=True, idempotent=True),
)
