"""The first schema: projects, their timelines, jobs, exports and files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "projects",
        sa.Column("project_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("ratio_width", sa.Integer(), nullable=False),
        sa.Column("ratio_height", sa.Integer(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", name="pk_projects"),
    )
    op.create_index("ix_projects_updated", "projects", ["updated_ms", "project_id"], unique=False)
    op.create_table(
        "files",
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=True),
        sa.Column("declared_type", sa.String(length=16), nullable=True),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("duration_seconds", sa.Float(), nullable=True),
        sa.Column("transcript_json", sa.Text(), nullable=True),
        sa.Column("temporary", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.String(length=64), nullable=True),
        sa.Column("source_tool_type", sa.String(length=64), nullable=True),
        sa.Column("source_tool_execution_id", sa.String(length=64), nullable=True),
        sa.Column("error_json", sa.Text(), nullable=True),
        sa.Column("expires_ms", sa.BigInteger(), nullable=True),
        sa.Column("archived_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('awaiting', 'checking', 'ready', 'failed')", name="ck_files_state"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.project_id"], name="fk_files_project_id_projects"),
        sa.PrimaryKeyConstraint("file_id", name="pk_files"),
    )
    op.create_index("ix_files_scope_updated", "files", ["scope", "updated_ms", "file_id"], unique=False)
    op.create_index("ix_files_state_created", "files", ["state", "created_ms"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("job_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("workflow", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("attempt_index", sa.Integer(), nullable=False),
        sa.Column("attempts_started", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=64), nullable=True),
        sa.Column("parent_job_id", sa.String(length=64), nullable=True),
        sa.Column("request_json", sa.Text(), nullable=False),
        sa.Column("result_json", sa.Text(), nullable=True),
        sa.Column("error_json", sa.Text(), nullable=True),
        sa.Column("idempotency_key", sa.String(length=256), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')", name="ck_jobs_status"
        ),
        sa.ForeignKeyConstraint(["parent_job_id"], ["jobs.job_id"], name="fk_jobs_parent_job_id_jobs"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.project_id"], name="fk_jobs_project_id_projects"),
        sa.PrimaryKeyConstraint("job_id", name="pk_jobs"),
        sa.UniqueConstraint("idempotency_key", name="uq_jobs_idempotency_key"),
    )
    op.create_index("ix_jobs_kind_created", "jobs", ["kind", "created_ms", "job_id"], unique=False)
    op.create_index("ix_jobs_parent", "jobs", ["parent_job_id"], unique=False)
    op.create_index("ix_jobs_project_created", "jobs", ["project_id", "created_ms"], unique=False)
    op.create_index("ix_jobs_status_created", "jobs", ["status", "created_ms"], unique=False)
    op.create_table(
        "exports",
        sa.Column("export_id", sa.String(length=64), nullable=False),
        sa.Column("project_id", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.String(length=16), nullable=False),
        sa.Column("temporary", sa.Boolean(), nullable=False),
        sa.Column("timeline_version", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.String(length=64), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["jobs.job_id"], name="fk_exports_export_id_jobs"),
        sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name="fk_exports_file_id_files"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.project_id"], name="fk_exports_project_id_projects"),
        sa.PrimaryKeyConstraint("export_id", name="pk_exports"),
    )
    op.create_index("ix_exports_project_created", "exports", ["project_id", "created_ms", "export_id"], unique=False)
    op.create_table(
        "file_sources",
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("rendition", sa.String(length=16), nullable=False),
        sa.Column("media_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.CheckConstraint("rendition IN ('download', 'preview', 'thumbnail')", name="ck_file_sources_rendition"),
        sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name="fk_file_sources_file_id_files"),
        sa.PrimaryKeyConstraint("file_id", "rendition", name="pk_file_sources"),
    )
    op.create_index("ix_file_sources_media_key", "file_sources", ["media_key"], unique=False)
    op.create_table(
        "timeline_versions",
        sa.Column("project_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(length=64), nullable=False),
        sa.Column("timeline_json", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.job_id"], name="fk_timeline_versions_job_id_jobs"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.project_id"], name="fk_timeline_versions_project_id_projects"
        ),
        sa.PrimaryKeyConstraint("project_id", "version", name="pk_timeline_versions"),
        sa.UniqueConstraint("project_id", "job_id", name="uq_timeline_versions_project_job"),
    )


def downgrade() -> None:
    op.drop_table("timeline_versions")
    op.drop_index("ix_file_sources_media_key", table_name="file_sources")
    op.drop_table("file_sources")
    op.drop_index("ix_exports_project_created", table_name="exports")
    op.drop_table("exports")
    op.drop_index("ix_jobs_status_created", table_name="jobs")
    op.drop_index("ix_jobs_project_created", table_name="jobs")
    op.drop_index("ix_jobs_parent", table_name="jobs")
    op.drop_index("ix_jobs_kind_created", table_name="jobs")
    op.drop_table("jobs")
    op.drop_index("ix_files_state_created", table_name="files")
    op.drop_index("ix_files_scope_updated", table_name="files")
    op.drop_table("files")
    op.drop_index("ix_projects_updated", table_name="projects")
    op.drop_table("projects")
