"""The store's records as the contract's answers."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from urllib.parse import quote

from videogen_agents.contract import (
    AnalysisLoadingState,
    AspectRatio,
    FileAnalysisMetadata,
    FileInfo,
    FileSource,
    Project,
    ProjectExport,
    RemixActionRun,
    RenditionStatus,
    WorkflowRun,
)
from videogen_engine.service.ports import Links
from videogen_engine.store.clock import now_ms
from videogen_engine.store.media_types import UNKNOWN, media_type_of, suffix_of
from videogen_engine.store.records import (
    ExportRecord,
    FileRecord,
    FileState,
    JobRecord,
    ProjectRecord,
    RemixJob,
    Rendition,
    StoredSource,
)
from videogen_engine.streaming.model import PLAYLIST_NAME


def project_url(links: Links, project_id: str) -> str:
    """Where a person sees the project; the link carries its own permission."""
    return links.origin + links.signer.page(f"/studio/projects/{project_id}")


def workflow_run(links: Links, job: JobRecord, export: ExportRecord | None) -> WorkflowRun:
    """``export`` is the one that ends the run, if any; its file shows once the run has succeeded."""
    file = export.file if export is not None and job.status.value == "succeeded" else None
    download = _signed(links, file, Rendition.DOWNLOAD)
    thumbnail = _signed(links, file, Rendition.THUMBNAIL)
    assert job.project_id is not None
    return WorkflowRun(
        workflow_run_id=job.job_id,
        status=job.status,
        workflow_type=job.workflow.upper(),
        progress_percentage=job.progress,
        attempt_index=job.attempt_index,
        project_id=job.project_id,
        project_url=project_url(links, job.project_id),
        error=job.error,
        export_id=export.export_id if export is not None and file is not None else None,
        export_file_id=file.file_id if file is not None else None,
        download_url=download.url,
        download_url_expires_at=download.expires_at,
        thumbnail_url=thumbnail.url,
        thumbnail_url_expires_at=thumbnail.expires_at,
    )


def project(links: Links, record: ProjectRecord, assistant_id: str | None = None) -> Project:
    """``assistant_id`` is the chat that the project belongs to."""
    return Project(
        project_id=record.project_id,
        assistant_id=assistant_id,
        title=record.title,
        aspect_ratio=AspectRatio(width=record.ratio_width, height=record.ratio_height),
        status=record.status,
        created_at=record.created_ms // 1000,
        updated_at=record.updated_ms // 1000,
        project_url=project_url(links, record.project_id),
    )


def project_export(links: Links, record: ExportRecord) -> ProjectExport:
    file = record.file
    download = _signed(links, file, Rendition.DOWNLOAD)
    thumbnail = _signed(links, file, Rendition.THUMBNAIL)
    return ProjectExport(
        export_id=record.export_id,
        project_id=record.project_id,
        status=record.job.status,
        progress_percentage=record.job.progress,
        attempt_index=record.job.attempt_index,
        download_url=download.url,
        download_url_expires_at=download.expires_at,
        thumbnail_url=thumbnail.url,
        thumbnail_url_expires_at=thumbnail.expires_at,
        export_file_id=None if file is None else file.file_id,
        file=None if file is None else file_info(links, file),
        error=record.job.error,
    )


def remix_action_run(links: Links, job: JobRecord) -> RemixActionRun:
    assert job.project_id is not None
    action = json.loads(RemixJob.model_validate_json(job.request_json).action_json)
    return RemixActionRun(
        remix_action_id=job.job_id,
        type=action["type"],
        status=job.status,
        project_id=job.project_id,
        project_url=project_url(links, job.project_id),
        progress_percentage=job.progress,
        attempt_index=job.attempt_index,
        error=job.error,
    )


def file_info(links: Links, record: FileRecord) -> FileInfo:
    """The file with freshly signed sources. There is no private streaming rendition here."""
    download = _signed(links, record, Rendition.DOWNLOAD)
    thumbnail = _signed(links, record, Rendition.THUMBNAIL)
    return FileInfo(
        file_id=record.file_id,
        scope=record.scope,
        type=record.type or record.declared_type,
        display_name=record.display_name,
        # The contract gives a file no error of its own, so a refused one says here why.
        description=record.description if record.error is None else record.error.message,
        duration_seconds=record.duration_seconds,
        transcript=record.transcript,
        transcript_text=None if record.transcript is None else record.transcript.text,
        download_url=download.url,
        download_url_expires_at=download.expires_at,
        thumbnail_url=thumbnail.url,
        thumbnail_url_expires_at=thumbnail.expires_at,
        download_source=download,
        preview_source=_signed(links, record, Rendition.PREVIEW),
        thumbnail_source=thumbnail,
        hls_source=FileSource(status=RenditionStatus.SKIPPED),
        is_public_preview_enabled=record.preview is not None,
        static_public_preview_source=_public_source(links, record),
        public_hls_url=_public_stream(links, record),
        public_playback_id=None if record.preview is None else record.preview.playback_id,
        file_analysis_metadata=FileAnalysisMetadata(
            analysis_loading_state=record.analysis,
            analysis_progress_percentage=100 if record.analysis is AnalysisLoadingState.FULFILLED else 0,
            analysis_attempt_index=0 if record.analysis is AnalysisLoadingState.LOADING else None,
        ),
        source_tool_type=record.source_tool_type,
        source_tool_execution_id=record.source_tool_execution_id,
    )


def _public_source(links: Links, record: FileRecord) -> FileSource | None:
    """The file under an address that needs no permission and does not expire, while there is one."""
    source = record.source(Rendition.DOWNLOAD)
    if record.preview is None or source is None:
        return None
    name = quote(download_name(record, source), safe="")
    return FileSource(
        status=RenditionStatus.READY,
        url=f"{links.origin}/public/files/{record.preview.token}/{name}",
        expires_at=None,
        width=source.width,
        height=source.height,
        file_bytes=source.size,
    )


def _public_stream(links: Links, record: FileRecord) -> str | None:
    preview = record.preview
    if preview is None or preview.playback_id is None:
        return None
    return f"{links.origin}/public/streams/{preview.playback_id}/{PLAYLIST_NAME}"


def _signed(links: Links, record: FileRecord | None, rendition: Rendition) -> FileSource:
    source = None if record is None else record.source(rendition)
    if record is None or source is None or record.state is not FileState.READY or _has_expired(record):
        return FileSource(status=_status(record))
    url, expires = signed_url(links, record, source)
    return FileSource(
        status=RenditionStatus.READY,
        url=url,
        expires_at=expires,
        width=source.width,
        height=source.height,
        file_bytes=source.size,
    )


def signed_url(links: Links, record: FileRecord, source: StoredSource) -> tuple[str, int]:
    """A fresh link to the source's bytes, and the second it expires."""
    path, expires = links.signer.download(source.media_key, file_name=download_name(record, source))
    return links.origin + path, expires


def _has_expired(record: FileRecord) -> bool:
    """A temporary file after its day; its bytes may be gone at any moment."""
    return record.expires_ms is not None and record.expires_ms <= now_ms()


def _status(record: FileRecord | None) -> RenditionStatus:
    """Of a rendition that is not there."""
    if record is None or record.state in {FileState.AWAITING, FileState.CHECKING}:
        return RenditionStatus.PENDING
    return RenditionStatus.FAILED if record.state is FileState.FAILED else RenditionStatus.SKIPPED


def download_name(record: FileRecord, source: StoredSource) -> str:
    """What a browser saves the rendition as: the display name with the suffix that fits the bytes."""
    name = PurePosixPath(record.display_name.replace("/", "-").replace("\\", "-")).name
    known = media_type_of(name)
    if known == source.media_type:
        return name
    # "Report 2.0" has no suffix; "clip.mov" has one that would lie about its thumbnail.
    stem = name if known == UNKNOWN else PurePosixPath(name).stem
    return f"{stem or 'file'}{suffix_of(source.media_type)}"
