"""get_job and cancel_job: follow or stop anything that runs, by id, with a bounded wait."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import Field

from videogen_agents.client import EngineJob, Job, JobKind
from videogen_agents.config import Backend
from videogen_agents.errors import JobFailedError, VideoError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.file_names import file_stem
from videogen_agents.tools.flat_schema import flat_schema
from videogen_agents.tools.result import FileLink, NextCall, Thumbnail, ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec

#: Bytes of a thumbnail that is handed to a model.
THUMBNAIL_BYTES = 100_000
#: The still formats that models read, by their first bytes.
_STILLS = (("image/jpeg", b"\xff\xd8\xff"), ("image/png", b"\x89PNG\r\n"), ("image/webp", b"RIFF"))
EXAMPLE = json.dumps({"jobId": "vg_work_…", "waitSeconds": 20}, ensure_ascii=False)


class GetJobInput(ToolInput):
    job_id: str = Field(min_length=1, max_length=200, description="From run_workflow or export_project.")
    wait_seconds: float = Field(
        default=3,
        ge=0,
        le=45,
        description="Wait this long for the end. More saves calls, if your host allows calls that long.",
    )
    kind: JobKind | None = Field(default=None, description="Only for an id made elsewhere.")
    project_id: str | None = Field(default=None, max_length=200, description="Only for an export made elsewhere.")


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
    arguments = {"jobId": job.job_id}
    if job.kind is JobKind.EXPORT and job.project_id:
        arguments["projectId"] = job.project_id
    doing = f", {one_line(job.stage)}" if job.stage else ""
    text = (
        f"{job.status}: {job.progress:.0f} %{doing}. The job goes on by itself.\n"
        f"next: get_job {json.dumps(arguments)} again."
    )
    return ToolOutcome(text, _data(job, ctx, next_call=NextCall(tool="get_job", arguments=json.dumps(arguments))))


async def _finished(job: Job, ctx: ToolContext) -> ToolOutcome:
    if job.download_url is None:
        return _without_film(job, ctx)
    engine = await ctx.client.engine_job(job.job_id)
    embedded = ctx.client.backend is Backend.EMBEDDED
    path = await _save(job, ctx) if embedded and ctx.may_save else None
    size = path.stat().st_size if path else None
    if path is None and embedded:
        text = (
            "succeeded: the video is in this machine's engine; this server is read-only and did not save it.\n"
            f"ids: {_ids_text(job)}. The user can save it with: videogen-agents job {job.job_id}"
        )
        return ToolOutcome(text, _data(job, ctx, engine=engine), thumbnail=await _thumbnail(job, ctx))
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
    data = _data(job, ctx, path=path, engine=engine)
    return ToolOutcome(text, data, links=(link,), thumbnail=await _thumbnail(job, ctx))


def _without_film(job: Job, ctx: ToolContext) -> ToolOutcome:
    """A job that succeeded and has no MP4: it made files, or a project that nobody has rendered yet."""
    made = [result.file_id for result in job.results] or ([job.file_id] if job.file_id else [])
    if made:
        arguments = {"fileId": made[0]}
        text = f"succeeded: made {', '.join(made)}.\nnext: get_file {json.dumps(arguments)}."
        following = NextCall(tool="get_file", arguments=json.dumps(arguments))
    elif job.project_id is not None:
        arguments = {"projectId": job.project_id}
        text = (
            f"succeeded: project {job.project_id} is built; no MP4 was rendered yet.\n"
            f"next: export_project {json.dumps(arguments)}."
        )
        following = NextCall(tool="export_project", arguments=json.dumps(arguments))
    else:
        return ToolOutcome(f"succeeded.\nids: {_ids_text(job)}", _data(job, ctx))
    return ToolOutcome(text, _data(job, ctx, next_call=following))


async def _save(job: Job, ctx: ToolContext) -> Path:
    """Copy the film out of the engine's store, once, under a name that a person recognises."""
    title = (await ctx.client.project(job.project_id)).title if job.project_id else "video"
    mark = file_stem((job.file_id or job.job_id)[-6:])
    path = ctx.settings.output_dir / f"{file_stem(title)}-{mark}.mp4"
    if not path.is_file():
        assert job.download_url is not None
        path = await ctx.client.download(job.download_url, path)
    return path


async def _thumbnail(job: Job, ctx: ToolContext) -> Thumbnail | None:
    if job.thumbnail_url is None:
        return None
    try:
        content = await ctx.client.fetch_bytes(job.thumbnail_url, THUMBNAIL_BYTES)
    except VideoError:
        # The film is there; a missing thumbnail is no reason to hide it.
        return None
    for media_type, start in _STILLS:
        if content.startswith(start):
            return Thumbnail(content, media_type)
    return None


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


GET_JOB = ToolSpec(
    name="get_job",
    title="Follow a job",
    toolset="jobs",
    description=(
        "Status and progress of a job; when it has succeeded, where the video is, with a thumbnail. "
        "Ending the wait never stops the job."
    ),
    schema=flat_schema(GetJobInput),
    result=JobResult,
    parse=parse_get_job,
    run=get_job,
    flags=ToolFlags(saves=True, idempotent=True),
)
CANCEL_JOB = ToolSpec(
    name="cancel_job",
    title="Stop a job",
    toolset="jobs",
    description="Stop a running workflow or asset job. What is finished stays as it is.",
    schema=flat_schema(CancelJobInput),
    result=JobResult,
    parse=parse_cancel_job,
    run=cancel_job,
    flags=ToolFlags(destructive=True, idempotent=True),
)
