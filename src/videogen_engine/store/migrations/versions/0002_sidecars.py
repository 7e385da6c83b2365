"""Subtitles and the manifest of an export become sources of its file."""

from __future__ import annotations

from videogen_engine.store.migrations.file_sources import allow_renditions

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow_renditions("download", "preview", "thumbnail", "srt", "vtt", "manifest")
