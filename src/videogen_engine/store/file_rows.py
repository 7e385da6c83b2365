"""What belongs to a file beside its own row: how far its analysis is, and its public preview."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from videogen_agents.contract import AnalysisLoadingState
from videogen_engine.store.records import PublicPreview
from videogen_engine.store.schema import file_analyses, public_previews


def analyses_of(connection: Connection, file_ids: Sequence[str]) -> dict[str, AnalysisLoadingState]:
    """The states of the analyses that were begun, by file."""
    query = select(file_analyses.c.file_id, file_analyses.c.state).where(file_analyses.c.file_id.in_(file_ids))
    return {str(file_id): AnalysisLoadingState(state) for file_id, state in connection.execute(query)}


def previews_of(connection: Connection, file_ids: Sequence[str]) -> dict[str, PublicPreview]:
    """The public previews that there are, by file."""
    query = select(public_previews).where(public_previews.c.file_id.in_(file_ids))
    found = [preview_record(dict(row)) for row in connection.execute(query).mappings()]
    return {preview.file_id: preview for preview in found}


def preview_record(row: dict[str, object]) -> PublicPreview:
    return PublicPreview.model_validate({name: row[name] for name in PublicPreview.model_fields})


def delete_preview(connection: Connection, file_id: str) -> None:
    """What was public is so no more from here on."""
    connection.execute(delete(public_previews).where(public_previews.c.file_id == file_id))


def preview_keys(connection: Connection) -> frozenset[str]:
    """The media that public streams are made of."""
    query = select(public_previews.c.playlist_key, public_previews.c.stream_key)
    return frozenset(key for row in connection.execute(query) for key in row if key is not None)
