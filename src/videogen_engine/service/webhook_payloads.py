"""What a webhook tells: the body of one event, from what the store knows now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from videogen_agents.contract import (
    AssistantMessageEvent,
    FileEvent,
    ProjectExportEvent,
    ToolExecutionEvent,
    WebhookEvent,
    WireModel,
    WorkflowRunEvent,
)
from videogen_engine.service.answers import file_info, workflow_run
from videogen_engine.service.assistant_answers import assistant_message
from videogen_engine.service.tool_routes import executed_tool, without_analysis
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.signed_urls import UrlSigner


@dataclass(frozen=True)
class WebhookLinks:
    """See ``ports.Links``. ``origin`` is where the receiver can reach this engine."""

    origin: str
    signer: UrlSigner


def webhook_body(store: Metadata, links: WebhookLinks, event: WebhookEvent, subject_id: str, occurred_at: int) -> str:
    """The JSON that tells ``event`` of a job or a file. Reads the store. ``occurred_at`` in seconds since the epoch.

    Raises NotFoundError when there is no such job or file.
    """
    family = event.value.partition(".")[0]
    return _FAMILIES[family](store, links, event, subject_id, occurred_at).to_wire_json().decode()


def _workflow_run(store: Metadata, links: WebhookLinks, event: WebhookEvent, job_id: str, at: int) -> WireModel:
    run = workflow_run(links, store.jobs.get(job_id), store.exports.of_runs([job_id]).get(job_id))
    return WorkflowRunEvent(
        event=event,  # pyright: ignore[reportArgumentType]  # of this family, which pydantic checks
        workflow_run_id=job_id,
        occurred_at=at,
        workflow_type=run.workflow_type,
        project_id=run.project_id,
        project_url=run.project_url,
        export_id=run.export_id,
        download_url=run.download_url,
        download_url_expires_at=run.download_url_expires_at,
        thumbnail_url=run.thumbnail_url,
        thumbnail_url_expires_at=run.thumbnail_url_expires_at,
        export_file_id=run.export_file_id,
        error=run.error,
    )


def _tool_execution(store: Metadata, links: WebhookLinks, event: WebhookEvent, job_id: str, at: int) -> WireModel:
    job = store.jobs.get(job_id)
    outcome = job.outcome()
    executed = executed_tool(links, job, store.files.get_many(() if outcome is None else outcome.file_ids))
    told: dict[str, object] = {}
    if event is WebhookEvent.TOOL_EXECUTION_SUCCEEDED:
        told["results"] = executed.results
    elif event is WebhookEvent.TOOL_EXECUTION_FAILED:
        told["error"] = executed.error
    return ToolExecutionEvent(
        event=event,  # pyright: ignore[reportArgumentType]  # of this family, which pydantic checks
        tool_execution_id=job_id,
        occurred_at=at,
        tool_type=executed.tool_type,
    ).model_copy(update=told)


def _project_export(store: Metadata, links: WebhookLinks, event: WebhookEvent, job_id: str, at: int) -> WireModel:
    del links
    export = store.exports.get(job_id)
    return ProjectExportEvent(
        event=event,  # pyright: ignore[reportArgumentType]  # of this family, which pydantic checks
        export_id=job_id,
        project_id=export.project_id,
        occurred_at=at,
        export_file_id=None if export.file is None else export.file.file_id,
        error=export.job.error,
    )


def _assistant_message(store: Metadata, links: WebhookLinks, event: WebhookEvent, job_id: str, at: int) -> WireModel:
    return AssistantMessageEvent(
        event=event,  # pyright: ignore[reportArgumentType]  # of this family, which pydantic checks
        message_id=job_id,
        occurred_at=at,
        message=assistant_message(links, store, store.assistants.message(job_id)),
    )


def _file(store: Metadata, links: WebhookLinks, event: WebhookEvent, file_id: str, at: int) -> WireModel:
    record = store.files.get(file_id)
    told = FileEvent(
        event=event,  # pyright: ignore[reportArgumentType]  # of this family, which pydantic checks
        file_id=file_id,
        occurred_at=at,
        file=without_analysis(file_info(links, record)),
    )
    failed = event in {WebhookEvent.FILE_UPLOAD_FAILED, WebhookEvent.FILE_ANALYSIS_FAILED}
    return told.model_copy(update={"error": record.error}) if failed else told


_FAMILIES: Mapping[str, Callable[[Metadata, WebhookLinks, WebhookEvent, str, int], WireModel]] = {
    "tool_execution": _tool_execution,
    "workflow_run": _workflow_run,
    "project_export": _project_export,
    "assistant_message": _assistant_message,
    "file": _file,
}
