"""The contact sheet of an export becomes a source of its file."""

from __future__ import annotations

from videogen_engine.store.migrations.file_sources import allow_renditions

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow_renditions("download", "preview", "thumbnail", "srt", "vtt", "manifest", "contact_sheet")
