"""Projects, their exports, and timelines in the formats of editing programs."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from videogen_agents.contract.base import Nullable, Open, Progress, Request, Response, Timestamp, rule
from videogen_agents.contract.errors import ApiError
from videogen_agents.contract.files import FileInfo
from videogen_agents.contract.jobs import JobStatus, OwnedPageQuery, Page
from videogen_agents.contract.shared import AspectRatio, EndScreenMode, WatermarkMode


class ProjectStatus(StrEnum):
    GENERATING = "generating"
    READY = "ready"


class Project(Response):
    """``assistant_id`` is null when no assistant chat belongs to the project."""

    project_id: str
    assistant_id: str | None = None
    title: str
    aspect_ratio: AspectRatio
    status: Open[ProjectStatus]
    created_at: Timestamp
    updated_at: Timestamp
    project_url: str


class ListProjectsQuery(OwnedPageQuery):
    """``include_ui_projects`` is taken and ignored, as newer servers do."""

    include_ui_projects: bool = False


class ProjectPage(Page):
    """Last updated first."""

    projects: list[Project]


class ExportQuality(StrEnum):
    """Tier of vertical resolution. The contract names no pixel heights."""

    STANDARD = "STANDARD"
    HIGH = "HIGH"
    FULL_HIGH = "FULL_HIGH"
    ULTRA_HIGH = "ULTRA_HIGH"


class DeliveryDestinationType(StrEnum):
    SLACK_CHANNEL = "SLACK_CHANNEL"
    GOOGLE_DRIVE_FOLDER = "GOOGLE_DRIVE_FOLDER"


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


class DeliveryDestination(Request):
    """Where a finished export is sent. The target id of its ``type`` is required."""

    integration_connection_id: str
    type: Annotated[DeliveryDestinationType, BeforeValidator(_upper)]
    slack_channel_id: Nullable[str] = None
    google_drive_folder_id: Nullable[str] = None

    @model_validator(mode="after")
    def _has_its_target(self) -> Self:
        field, target = (
            ("slackChannelId", self.slack_channel_id)
            if self.type is DeliveryDestinationType.SLACK_CHANNEL
            else ("googleDriveFolderId", self.google_drive_folder_id)
        )
        if not target:
            raise rule(field, f"{field} is required when type is {self.type.value}; add it, or change type.")
        return self


class ExportProjectRequest(Request):
    quality: ExportQuality | None = None
    watermark_mode: WatermarkMode = WatermarkMode.AUTO
    end_screen_mode: EndScreenMode = EndScreenMode.AUTO
    delivery_destinations: list[DeliveryDestination] | None = None


class ExportProjectResponse(Response):
    export_id: str


class ProjectExport(Response):
    """The URL, file and id fields are null until the export succeeded."""

    export_id: str
    project_id: str
    status: JobStatus
    progress_percentage: Progress
    attempt_index: Annotated[int, Field(ge=0)]
    download_url: str | None = None
    download_url_expires_at: Timestamp | None = None
    thumbnail_url: str | None = None
    thumbnail_url_expires_at: Timestamp | None = None
    export_file_id: str | None = None
    file: FileInfo | None = None
    error: ApiError | None = None


class ProjectExportPage(Page):
    """Newest first, URLs freshly signed."""

    exports: list[ProjectExport]


class TimelineFormat(StrEnum):
    """FCPXML for Final Cut and Resolve, xmeml for Premiere, OpenTimelineIO, or a caption sidecar."""

    FCPXML = "FCPXML"
    PREMIERE_XML = "PREMIERE_XML"
    OTIO = "OTIO"
    SRT = "SRT"


class TimelineMediaDelivery(StrEnum):
    """BUNDLE is a zip of document and media with relative paths."""

    REMOTE_URLS = "REMOTE_URLS"
    BUNDLE = "BUNDLE"


class CreateTimelineInterchangeRequest(Request):
    """The contract states no defaults; FCPXML with remote URLs is this project's choice."""

    format: TimelineFormat = TimelineFormat.FCPXML
    media_delivery: TimelineMediaDelivery = TimelineMediaDelivery.REMOTE_URLS


class CreateTimelineInterchangeResponse(Response):
    interchange_job_id: str


class TimelineInterchange(Response):
    """The URL, file and id fields are null until the job succeeded."""

    interchange_job_id: str
    project_id: str
    format: Open[TimelineFormat]
    media_delivery: Open[TimelineMediaDelivery]
    status: JobStatus
    progress_percentage: Progress
    attempt_index: Annotated[int, Field(ge=0)]
    download_url: str | None = None
    download_url_expires_at: Timestamp | None = None
    interchange_file_id: str | None = None
    file: FileInfo | None = None
    error: ApiError | None = None
