"""What files were found to be, the words they are searched by, and the public addresses of their previews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_analyses",
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name="fk_file_analyses_file_id_files"),
        sa.PrimaryKeyConstraint("file_id", name="pk_file_analyses"),
    )
    op.create_table(
        "public_previews",
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("playback_id", sa.String(length=64), nullable=True),
        sa.Column("playlist_key", sa.Text(), nullable=True),
        sa.Column("stream_key", sa.Text(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name="fk_public_previews_file_id_files"),
        sa.PrimaryKeyConstraint("file_id", name="pk_public_previews"),
        sa.UniqueConstraint("token", name="uq_public_previews_token"),
        sa.UniqueConstraint("playback_id", name="uq_public_previews_playback_id"),
    )
