"""Actors, products, visual styles and slideshow themes, and the files that show them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entities",
        sa.Column("entity_id", sa.String(length=64), nullable=False),
        sa.Column("entity_type", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=256), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("archived_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("entity_id", name="pk_entities"),
        sa.UniqueConstraint("idempotency_key", name="uq_entities_idempotency_key"),
    )
    op.create_index("ix_entities_created", "entities", ["created_ms", "entity_id"])
    op.create_table(
        "entity_references",
        sa.Column("entity_id", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.entity_id"], name="fk_entity_references_entity_id_entities"),
        sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name="fk_entity_references_file_id_files"),
        sa.PrimaryKeyConstraint("entity_id", "file_id", name="pk_entity_references"),
    )
    op.create_index("ix_entity_references_file", "entity_references", ["file_id"])
