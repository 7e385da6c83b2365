"""Files: what is known of one, uploading, importing from a URL, searching."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, cast

from pydantic import BeforeValidator, Field, model_validator

from videogen_agents.contract.base import (
    Nullable,
    Open,
    Progress,
    Request,
    Response,
    SparseResponse,
    Timestamp,
    old_names,
)
from videogen_agents.contract.errors import ApiError
from videogen_agents.contract.jobs import JobStatus, OwnedPageQuery, Page
from videogen_agents.contract.shared import FileTranscript, HttpUrlText, Transcript


class FileType(StrEnum):
    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    AUDIO = "AUDIO"
    PDF = "PDF"
    SLIDESHOW = "SLIDESHOW"
    TEXT = "TEXT"
    LOTTIE = "LOTTIE"


class FileScope(StrEnum):
    """GLOBAL: uploads and standalone tool outputs. PROJECT: made inside a project. EXPORT: rendered exports.
    TEMPORARY: kept at least 24 h. ENTITY: attached to an entity."""

    GLOBAL = "GLOBAL"
    PROJECT = "PROJECT"
    EXPORT = "EXPORT"
    TEMPORARY = "TEMPORARY"
    ENTITY = "ENTITY"


class RenditionStatus(StrEnum):
    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    SKIPPED = "skipped"


class AnalysisLoadingState(StrEnum):
    UNATTEMPTED = "UNATTEMPTED"
    LOADING = "LOADING"
    FULFILLED = "FULFILLED"
    REJECTED = "REJECTED"


class FileSource(SparseResponse):
    """One rendition: signed ``url`` until ``expires_at``, size in pixels and bytes."""

    status: Open[RenditionStatus]
    url: Nullable[str] = None
    expires_at: Nullable[Timestamp] = None
    width: Nullable[int] = None
    height: Nullable[int] = None
    file_bytes: Nullable[int] = None


class FileAnalysisMetadata(SparseResponse):
    """``analysis_attempt_index`` is given only while loading."""

    analysis_loading_state: Open[AnalysisLoadingState]
    analysis_progress_percentage: Progress
    analysis_attempt_index: Annotated[int, Field(ge=0)] | None = None


class FileInfo(SparseResponse):
    """A file. The ``*_source`` renditions are signed after hydration: preview is 720p or a resized still, hls
    a private stream. ``download_url`` and ``thumbnail_url`` are copies for convenience."""

    file_id: str = Field(validation_alias=old_names("fileId", "storageFileId"))
    scope: Open[FileScope]
    type: Nullable[Open[FileType]] = None
    display_name: str | None = None
    description: Nullable[str] = None
    duration_seconds: Nullable[float] = None
    transcript: Nullable[FileTranscript] = None
    transcript_text: Nullable[str] = None
    download_url: Nullable[str] = None
    download_url_expires_at: Nullable[Timestamp] = None
    thumbnail_url: Nullable[str] = None
    thumbnail_url_expires_at: Nullable[Timestamp] = None
    thumbnail_source: Nullable[FileSource] = None
    preview_source: Nullable[FileSource] = None
    download_source: Nullable[FileSource] = None
    hls_source: Nullable[FileSource] = None
    is_public_preview_enabled: bool | None = None
    static_public_preview_source: Nullable[FileSource] = None
    public_hls_url: Nullable[str] = None
    public_playback_id: Nullable[str] = None
    source_tool_type: str | None = None
    source_tool_execution_id: str | None = None
    file_analysis_metadata: FileAnalysisMetadata | None = None

    @model_validator(mode="before")
    @classmethod
    def _older_transcript(cls, value: object) -> object:
        """A transcript that is plain text is what ``transcript_text`` holds now."""
        if not isinstance(value, Mapping):
            return value
        body = dict(cast("Mapping[str, object]", value))
        if isinstance(text := body.get("transcript"), str):
            body["transcript"] = None
            if body.get("transcriptText") is None and body.get("transcript_text") is None:
                body["transcriptText"] = text
        return body


class ListFilesQuery(OwnedPageQuery):
    """Export files and files made inside projects are left out unless asked for."""

    include_export_files: bool = False
    include_project_files: bool = False


class FilePage(Page):
    files: list[FileInfo]


class SearchFilesRequest(Request):
    query: str
    num_results: Annotated[int, Field(ge=1, le=100)] = 10
    self_only: bool = False


class FileSearchResult(Response):
    similarity: Annotated[float, Field(ge=0, le=1)]
    file: FileInfo


class SearchFilesResponse(Response):
    """Best first."""

    results: list[FileSearchResult]


class CreateFileUploadRequest(Request):
    """``type`` is found out when left out, except LOTTIE, which must be stated."""

    display_name: str
    type: FileType | None = None
    is_temporary: bool = False
    hide_from_ui: bool = False
    transcript: Nullable[Transcript] = None


class CreateFileUploadResponse(Response):
    """PUT the bytes to ``upload_url``, without credentials."""

    file_id: str = Field(validation_alias=old_names("fileId", "storageFileId"))
    upload_url: str


class CreateFileUrlImportRequest(Request):
    """``url`` is a public page or file. Only the operation is published: all fields but ``url`` are this
    project's reading of it."""

    url: HttpUrlText
    display_name: str | None = None
    type: FileType | None = None
    is_temporary: bool = False


class CreateFileUrlImportResponse(Response):
    file_import_id: str


def _structured(value: object) -> object:
    return {"message": value} if isinstance(value, str) else value


class FileUrlImport(Response):
    """State of an import. ``file_id`` and ``file`` are null until it succeeded; ``message`` says in words
    what went wrong, for clients that read only text."""

    file_import_id: Nullable[str] = None
    status: JobStatus
    progress_percentage: Nullable[Progress] = None
    file_id: Nullable[str] = None
    file: Nullable[FileInfo] = None
    error: Annotated[ApiError | None, BeforeValidator(_structured)] = None
    message: Nullable[str] = None
