"""Chats with the assistant: their messages in order, and what was proposed in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assistants",
        sa.Column("assistant_id", sa.String(length=64), nullable=False),
        sa.Column("project_id", sa.String(length=64), nullable=False),
        sa.Column("auto_generate", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.project_id"], name="fk_assistants_project_id_projects"),
        sa.PrimaryKeyConstraint("assistant_id", name="pk_assistants"),
        sa.UniqueConstraint("project_id", name="uq_assistants_project_id"),
    )
    op.create_table(
        "assistant_messages",
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("assistant_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("generation_job_id", sa.String(length=64), nullable=True),
        sa.Column("memo_json", sa.Text(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assistant_id"], ["assistants.assistant_id"], name="fk_assistant_messages_assistant_id_assistants"
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_assistant_messages"),
        sa.UniqueConstraint("assistant_id", "place", name="uq_assistant_messages_place"),
    )
    op.create_table(
        "assistant_proposals",
        sa.Column("action_id", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body_json", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("job_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["assistant_messages.message_id"],
            name="fk_assistant_proposals_message_id_assistant_messages",
        ),
        sa.PrimaryKeyConstraint("action_id", name="pk_assistant_proposals"),
    )
    op.create_index("ix_assistant_proposals_message", "assistant_proposals", ["message_id", "place"])
