"""The contact sheet of an export becomes a source of its file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: The table as it is from here on; given whole, because what SQLite tells of a check's name is not its name.
_FILE_SOURCES = sa.Table(
    "file_sources",
    sa.MetaData(),
    sa.Column("file_id", sa.String(length=64), nullable=False),
    sa.Column("rendition", sa.String(length=16), nullable=False),
    sa.Column("media_key", sa.Text(), nullable=False),
    sa.Column("media_type", sa.String(length=128), nullable=False),
    sa.Column("size", sa.BigInteger(), nullable=False),
    sa.Column("width", sa.Integer(), nullable=True),
    sa.Column("height", sa.Integer(), nullable=True),
    sa.CheckConstraint(
        "rendition IN ('download', 'preview', 'thumbnail', 'srt', 'vtt', 'manifest', 'contact_sheet')",
        name="ck_file_sources_rendition",
    ),
    sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name="fk_file_sources_file_id_files"),
    sa.PrimaryKeyConstraint("file_id", "rendition", name="pk_file_sources"),
    sa.Index("ix_file_sources_media_key", "media_key"),
)


def upgrade() -> None:
    with op.batch_alter_table("file_sources", recreate="always", copy_from=_FILE_SOURCES):
        pass
