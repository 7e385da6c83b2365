"""The table of files' sources, made anew whenever there are further renditions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def allow_renditions(*names: str) -> None:
    """Let ``rendition`` be one of ``names``, those from before included.

    The table is given whole, because what SQLite tells of a check's name is not its name.
    """
    allowed = ", ".join(f"'{name}'" for name in names)
    table = sa.Table(
        "file_sources",
        sa.MetaData(),
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("rendition", sa.String(length=16), nullable=False),
        sa.Column("media_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"rendition IN ({allowed})", name="ck_file_sources_rendition"),
        sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name="fk_file_sources_file_id_files"),
        sa.PrimaryKeyConstraint("file_id", "rendition", name="pk_file_sources"),
        sa.Index("ix_file_sources_media_key", "media_key"),
    )
    with op.batch_alter_table("file_sources", recreate="always", copy_from=table):
        pass
