"""The tables. Times are milliseconds since the epoch (UTC); ``*_json`` columns are never queried into."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = String(64)
_STATUS = "status IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')"

projects = Table(
    "projects",
    metadata,
    Column("project_id", _ID, primary_key=True),
    Column("title", Text, nullable=False),
    Column("ratio_width", Integer, nullable=False),
    Column("ratio_height", Integer, nullable=False),
    Column("current_version", Integer),
    Column("created_ms", BigInteger, nullable=False),
    Column("updated_ms", BigInteger, nullable=False),
    Index("ix_projects_updated", "updated_ms", "project_id"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("job_id", _ID, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("workflow", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("progress", Float, nullable=False),
    Column("stage", Text),
    Column("attempt_index", Integer, nullable=False),
    Column("attempts_started", Integer, nullable=False),
    Column("project_id", _ID, ForeignKey("projects.project_id")),
    Column("parent_job_id", _ID, ForeignKey("jobs.job_id")),
    Column("request_json", Text, nullable=False),
    Column("result_json", Text),
    Column("error_json", Text),
    Column("idempotency_key", String(256), unique=True),
    Column("fingerprint", String(64), nullable=False),
    Column("cancel_requested", Boolean, nullable=False),
    Column("held", Boolean, nullable=False, server_default=text("0")),
    Column("created_ms", BigInteger, nullable=False),
    Column("updated_ms", BigInteger, nullable=False),
    CheckConstraint(_STATUS, name="status"),
    Index("ix_jobs_kind_created", "kind", "created_ms", "job_id"),
    Index("ix_jobs_status_created", "status", "created_ms"),
    Index("ix_jobs_project_created", "project_id", "created_ms"),
    Index("ix_jobs_parent", "parent_job_id"),
)

timeline_versions = Table(
    "timeline_versions",
    metadata,
    Column("project_id", _ID, ForeignKey("projects.project_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("job_id", _ID, ForeignKey("jobs.job_id"), nullable=False),
    Column("timeline_json", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("parent_version", Integer),
    Column("base_version", Integer),
    Column("change", Text, nullable=False, server_default=""),
    UniqueConstraint("project_id", "job_id", name="uq_timeline_versions_project_job"),
)

files = Table(
    "files",
    metadata,
    Column("file_id", _ID, primary_key=True),
    Column("scope", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("type", String(16)),
    Column("declared_type", String(16)),
    Column("display_name", Text, nullable=False),
    Column("description", Text),
    Column("duration_seconds", Float),
    Column("transcript_json", Text),
    Column("temporary", Boolean, nullable=False),
    Column("project_id", _ID, ForeignKey("projects.project_id")),
    Column("source_tool_type", String(64)),
    Column("source_tool_execution_id", _ID),
    Column("error_json", Text),
    Column("expires_ms", BigInteger),
    Column("archived_ms", BigInteger),
    Column("created_ms", BigInteger, nullable=False),
    Column("updated_ms", BigInteger, nullable=False),
    CheckConstraint("state IN ('awaiting', 'checking', 'ready', 'failed')", name="state"),
    Index("ix_files_scope_updated", "scope", "updated_ms", "file_id"),
    Index("ix_files_state_created", "state", "created_ms"),
)

file_sources = Table(
    "file_sources",
    metadata,
    Column("file_id", _ID, ForeignKey("files.file_id"), primary_key=True),
    Column("rendition", String(16), primary_key=True),
    Column("media_key", Text, nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    CheckConstraint(
        "rendition IN ('download', 'preview', 'thumbnail', 'srt', 'vtt', 'manifest', 'contact_sheet')",
        name="rendition",
    ),
    Index("ix_file_sources_media_key", "media_key"),
)

exports = Table(
    "exports",
    metadata,
    Column("export_id", _ID, ForeignKey("jobs.job_id"), primary_key=True),
    Column("project_id", _ID, ForeignKey("projects.project_id"), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("encoding", String(16), nullable=False),
    Column("temporary", Boolean, nullable=False),
    Column("timeline_version", Integer),
    Column("file_id", _ID, ForeignKey("files.file_id")),
    Column("created_ms", BigInteger, nullable=False),
    Index("ix_exports_project_created", "project_id", "created_ms", "export_id"),
)

entities = Table(
    "entities",
    metadata,
    Column("entity_id", _ID, primary_key=True),
    Column("entity_type", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("idempotency_key", String(256), unique=True),
    Column("fingerprint", String(64), nullable=False),
    Column("archived_ms", BigInteger),
    Column("created_ms", BigInteger, nullable=False),
    Column("updated_ms", BigInteger, nullable=False),
    Index("ix_entities_created", "created_ms", "entity_id"),
)

entity_references = Table(
    "entity_references",
    metadata,
    Column("entity_id", _ID, ForeignKey("entities.entity_id"), primary_key=True),
    Column("file_id", _ID, ForeignKey("files.file_id"), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("description", Text, nullable=False),
    Column("is_default", Boolean, nullable=False),
    Index("ix_entity_references_file", "file_id"),
)

file_analyses = Table(
    "file_analyses",
    metadata,
    Column("file_id", _ID, ForeignKey("files.file_id"), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("vectors", LargeBinary, nullable=False),
)

public_previews = Table(
    "public_previews",
    metadata,
    Column("file_id", _ID, ForeignKey("files.file_id"), primary_key=True),
    Column("token", _ID, nullable=False, unique=True),
    Column("playback_id", _ID, unique=True),
    Column("playlist_key", Text),
    Column("stream_key", Text),
    Column("created_ms", BigInteger, nullable=False),
)

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    Column("endpoint_id", _ID, primary_key=True),
    Column("url", Text, nullable=False),
    Column("events_json", Text, nullable=False),
    Column("description", Text),
    Column("origin", Text, nullable=False),
    Column("failing_since_ms", BigInteger),
    Column("disabled_ms", BigInteger),
    Column("disabled_reason", Text),
    Column("created_ms", BigInteger, nullable=False),
    Index("ix_webhook_endpoints_created", "created_ms", "endpoint_id"),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("message_id", _ID, primary_key=True),
    Column("endpoint_id", _ID, ForeignKey("webhook_endpoints.endpoint_id"), nullable=False),
    Column("event", String(64), nullable=False),
    Column("subject_id", _ID, nullable=False),
    Column("occurred_ms", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_ms", BigInteger),
    Column("body", Text),
    Column("last_status", Integer),
    Column("last_error", Text),
    Column("updated_ms", BigInteger, nullable=False),
    CheckConstraint("state IN ('waiting', 'delivered', 'failed')", name="state"),
    Index("ix_webhook_deliveries_next", "next_ms"),
    Index("ix_webhook_deliveries_endpoint", "endpoint_id"),
    Index("ix_webhook_deliveries_occurred", "occurred_ms", "message_id"),
)

assistants = Table(
    "assistants",
    metadata,
    Column("assistant_id", _ID, primary_key=True),
    Column("project_id", _ID, ForeignKey("projects.project_id"), nullable=False, unique=True),
    Column("auto_generate", Boolean, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)

assistant_messages = Table(
    "assistant_messages",
    metadata,
    Column("message_id", _ID, primary_key=True),
    Column("assistant_id", _ID, ForeignKey("assistants.assistant_id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("content", Text),
    Column("generation_job_id", _ID),
    Column("memo_json", Text),
    Column("created_ms", BigInteger, nullable=False),
    UniqueConstraint("assistant_id", "place", name="uq_assistant_messages_place"),
)

assistant_proposals = Table(
    "assistant_proposals",
    metadata,
    Column("action_id", _ID, primary_key=True),
    Column("message_id", _ID, ForeignKey("assistant_messages.message_id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("label", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body_json", Text, nullable=False),
    Column("decision", String(16)),
    Column("job_id", _ID),
    Index("ix_assistant_proposals_message", "message_id", "place"),
)
