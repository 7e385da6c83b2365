"""Webhook endpoints, the 18 events, and what each delivery carries."""

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from videogen_agents.contract.assistant import AssistantMessage
from videogen_agents.contract.base import OMIT_UNSET, Nullable, Open, Request, Response, SparseResponse, Timestamp
from videogen_agents.contract.errors import ApiError
from videogen_agents.contract.files import FileInfo
from videogen_agents.contract.jobs import Page
from videogen_agents.contract.shared import HttpsUrlText
from videogen_agents.contract.tools import ToolSuccessResult, ToolType
from videogen_agents.contract.workflows import WorkflowType


class WebhookEvent(StrEnum):
    """There are none for remix actions, timeline jobs and URL imports."""

    TOOL_EXECUTION_SUCCEEDED = "tool_execution.succeeded"
    TOOL_EXECUTION_FAILED = "tool_execution.failed"
    TOOL_EXECUTION_CANCELLED = "tool_execution.cancelled"
    WORKFLOW_RUN_SUCCEEDED = "workflow_run.succeeded"
    WORKFLOW_RUN_FAILED = "workflow_run.failed"
    WORKFLOW_RUN_CANCELLED = "workflow_run.cancelled"
    PROJECT_EXPORT_SUCCEEDED = "project_export.succeeded"
    PROJECT_EXPORT_FAILED = "project_export.failed"
    PROJECT_EXPORT_CANCELLED = "project_export.cancelled"
    ASSISTANT_MESSAGE_SUCCEEDED = "assistant_message.succeeded"
    ASSISTANT_MESSAGE_FAILED = "assistant_message.failed"
    ASSISTANT_MESSAGE_CANCELLED = "assistant_message.cancelled"
    FILE_UPLOAD_COMPLETED = "file.upload.completed"
    FILE_UPLOAD_FAILED = "file.upload.failed"
    FILE_PLAYBACK_READY = "file.playback_ready"
    FILE_DOWNLOAD_READY = "file.download_ready"
    FILE_ANALYSIS_COMPLETED = "file.analysis_completed"
    FILE_ANALYSIS_FAILED = "file.analysis_failed"


class CreateWebhookEndpointRequest(Request):
    url: HttpsUrlText
    events: Annotated[list[WebhookEvent], Field(min_length=1)]
    description: Nullable[str] = None


class WebhookEndpoint(SparseResponse):
    """``signing_secret`` is told once, on creation."""

    endpoint_id: str
    url: str
    events: list[Open[WebhookEvent]]
    created_at: Timestamp
    description: Nullable[str] = None
    signing_secret: Nullable[str] = None
    signing_secret_last4: str | None = None


class WebhookEndpointPage(Page):
    endpoints: list[WebhookEndpoint]


class ToolExecutionEvent(SparseResponse):
    """``results`` when it succeeded, ``error`` when it failed."""

    event: Literal[
        WebhookEvent.TOOL_EXECUTION_SUCCEEDED,
        WebhookEvent.TOOL_EXECUTION_FAILED,
        WebhookEvent.TOOL_EXECUTION_CANCELLED,
    ]
    tool_execution_id: str
    occurred_at: Timestamp
    tool_type: Open[ToolType]
    results: list[ToolSuccessResult] | None = None
    error: ApiError | None = None


class WorkflowRunEvent(Response):
    """Sent when the run is terminal; with automatic export, after the export."""

    event: Literal[
        WebhookEvent.WORKFLOW_RUN_SUCCEEDED,
        WebhookEvent.WORKFLOW_RUN_FAILED,
        WebhookEvent.WORKFLOW_RUN_CANCELLED,
    ]
    workflow_run_id: str
    occurred_at: Timestamp
    workflow_type: Open[WorkflowType]
    project_id: str
    project_url: str
    export_id: str | None = None
    download_url: str | None = None
    download_url_expires_at: Timestamp | None = None
    thumbnail_url: str | None = None
    thumbnail_url_expires_at: Timestamp | None = None
    export_file_id: str | None = None
    error: Annotated[Nullable[ApiError], OMIT_UNSET] = None


class ProjectExportEvent(Response):
    """For exports that were started by API."""

    event: Literal[
        WebhookEvent.PROJECT_EXPORT_SUCCEEDED,
        WebhookEvent.PROJECT_EXPORT_FAILED,
        WebhookEvent.PROJECT_EXPORT_CANCELLED,
    ]
    export_id: str
    project_id: str
    occurred_at: Timestamp
    export_file_id: str | None = None
    error: Annotated[Nullable[ApiError], OMIT_UNSET] = None


class AssistantMessageEvent(Response):
    event: Literal[
        WebhookEvent.ASSISTANT_MESSAGE_SUCCEEDED,
        WebhookEvent.ASSISTANT_MESSAGE_FAILED,
        WebhookEvent.ASSISTANT_MESSAGE_CANCELLED,
    ]
    message_id: str
    occurred_at: Timestamp
    message: AssistantMessage


class FileEvent(SparseResponse):
    """For uploads by API. Analysis events are never sent for temporary files; ``error`` is on failures only."""

    event: Literal[
        WebhookEvent.FILE_UPLOAD_COMPLETED,
        WebhookEvent.FILE_UPLOAD_FAILED,
        WebhookEvent.FILE_PLAYBACK_READY,
        WebhookEvent.FILE_DOWNLOAD_READY,
        WebhookEvent.FILE_ANALYSIS_COMPLETED,
        WebhookEvent.FILE_ANALYSIS_FAILED,
    ]
    file_id: str
    occurred_at: Timestamp
    file: FileInfo
    error: ApiError | None = None


#: What a delivery's body holds, told apart by ``event``.
WebhookPayload: TypeAlias = Annotated[
    ToolExecutionEvent | WorkflowRunEvent | ProjectExportEvent | AssistantMessageEvent | FileEvent,
    Field(discriminator="event"),
]
