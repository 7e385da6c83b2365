"""Versions know what they were made from and what changed, so that edits can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("timeline_versions", sa.Column("parent_version", sa.Integer(), nullable=True))
    op.add_column("timeline_versions", sa.Column("base_version", sa.Integer(), nullable=True))
    op.add_column("timeline_versions", sa.Column("change", sa.Text(), nullable=False, server_default=""))
    # Until now each version was made from the one before it.
    op.execute(
        "UPDATE timeline_versions SET parent_version = version - 1, base_version = version - 1 WHERE version > 1"
    )
