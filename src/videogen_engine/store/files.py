"""Files: uploads and results, with a source in the media store for each rendition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from videogen_agents.contract import AnalysisLoadingState, ApiError, FileScope, FileType, Transcript, WebhookEvent
from videogen_agents.errors import NotFoundError
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.file_rows import analyses_of, delete_preview, preview_keys, previews_of
from videogen_engine.store.outbox import announce_file
from videogen_engine.store.paging import Page, Position, after, decode_cursor, page_of
from videogen_engine.store.records import FileRecord, FileState, NewFile, PublicPreview, StoredSource
from videogen_engine.store.schema import file_sources, files

#: Temporary files are kept at least this long.
TEMPORARY_MS = 24 * 3600 * 1000
#: What webhooks tell of an upload that comes to a state.
_EVENTS = {
    FileState.READY: (WebhookEvent.FILE_UPLOAD_COMPLETED, WebhookEvent.FILE_DOWNLOAD_READY),
    FileState.FAILED: (WebhookEvent.FILE_UPLOAD_FAILED,),
}


def insert_file(connection: Connection, file: NewFile, now: int) -> None:
    fields = file.model_dump(exclude={"sources", "transcript"}, mode="json")
    transcript = None if file.transcript is None else file.transcript.model_dump_json(by_alias=True)
    connection.execute(
        insert(files).values(
            **fields,
            transcript_json=transcript,
            expires_ms=now + TEMPORARY_MS if file.temporary else None,
            created_ms=now,
            updated_ms=now,
        )
    )
    insert_sources(connection, file.file_id, file.sources)


def insert_sources(connection: Connection, file_id: str, sources: Iterable[StoredSource]) -> None:
    for source in sources:
        connection.execute(insert(file_sources).values(file_id=file_id, **source.model_dump(mode="json")))


def file_records(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[FileRecord]:
    """Rows of the files table as records, each with its sources."""
    ids = [str(row["file_id"]) for row in rows]
    sources: dict[str, list[StoredSource]] = {file_id: [] for file_id in ids}
    found = connection.execute(
        select(file_sources).where(file_sources.c.file_id.in_(ids)).order_by(file_sources.c.rendition)
    )
    for row in found.mappings():
        fields = {name: row[name] for name in StoredSource.model_fields}
        sources[str(row["file_id"])].append(StoredSource.model_validate(fields))
    found_out = analyses_of(connection, ids)
    previews = previews_of(connection, ids)
    return [
        _record(
            row,
            sources=tuple(sources[str(row["file_id"])]),
            analysis=found_out.get(str(row["file_id"]), AnalysisLoadingState.UNATTEMPTED),
            preview=previews.get(str(row["file_id"])),
        )
        for row in rows
    ]


class Files:
    """All methods are synchronous; call them from a thread. Changes say whether they took place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, file: NewFile) -> FileRecord:
        with self._database.write() as connection:
            insert_file(connection, file, now_ms())
            return self._get(connection, file.file_id)

    def get(self, file_id: str) -> FileRecord:
        """Archived files included. Raises NotFoundError."""
        with self._database.read() as connection:
            return self._get(connection, file_id)

    def get_many(self, file_ids: Iterable[str]) -> dict[str, FileRecord]:
        """Those that exist, by id."""
        with self._database.read() as connection:
            rows = connection.execute(select(files).where(files.c.file_id.in_(tuple(file_ids)))).mappings()
            return {record.file_id: record for record in file_records(connection, [dict(row) for row in rows])}

    def list(self, scopes: Iterable[FileScope], *, cursor: str | None = None, limit: int = 50) -> Page[FileRecord]:
        """Last updated first, without archived files and without uploads that never came."""
        query = select(files).where(
            files.c.scope.in_(tuple(scope.value for scope in scopes)),
            files.c.state != FileState.AWAITING.value,
            files.c.archived_ms.is_(None),
            or_(files.c.expires_ms.is_(None), files.c.expires_ms > now_ms()),
        )
        if (position := decode_cursor("files", cursor)) is not None:
            query = query.where(after(files.c.updated_ms, files.c.file_id, position))
        query = query.order_by(files.c.updated_ms.desc(), files.c.file_id.desc()).limit(limit + 1)
        with self._database.read() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            records = file_records(connection, rows)
        return page_of("files", [(Position(record.updated_ms, record.file_id), record) for record in records], limit)

    def open_uploads(self, within_ms: int) -> int:
        """How many files announced within the last ``within_ms`` still wait for their bytes."""
        with self._database.read() as connection:
            query = select(func.count()).where(
                files.c.state == FileState.AWAITING.value, files.c.created_ms > now_ms() - within_ms
            )
            return int(connection.execute(query).scalar_one())

    def mark_uploaded(self, file_id: str, source: StoredSource) -> bool:
        """The bytes are there and go to be checked. False when they were there already."""
        return self._advance(file_id, FileState.AWAITING, FileState.CHECKING, sources=(source,))

    def mark_ready(
        self,
        file_id: str,
        *,
        type_: FileType,
        duration_seconds: float | None,
        width: int | None,
        height: int | None,
        sources: Iterable[StoredSource] = (),
    ) -> bool:
        """The check passed. ``sources`` are further renditions, such as a thumbnail."""
        values = {"type": type_.value, "duration_seconds": duration_seconds}
        return self._advance(file_id, FileState.CHECKING, FileState.READY, values, tuple(sources), size=(width, height))

    def mark_failed(self, file_id: str, error: ApiError) -> bool:
        """The check refused the bytes."""
        values = {"error_json": error.model_dump_json(by_alias=True)}
        return self._advance(file_id, FileState.CHECKING, FileState.FAILED, values)

    def archive(self, file_id: str) -> FileRecord:
        """Hide the file from lists and end its public preview. Archiving twice is the same as once.

        Raises NotFoundError.
        """
        with self._database.write() as connection:
            now = now_ms()
            connection.execute(
                update(files)
                .where(files.c.file_id == file_id, files.c.archived_ms.is_(None))
                .values(archived_ms=now, updated_ms=now)
            )
            delete_preview(connection, file_id)
            return self._get(connection, file_id)

    def media_type_of(self, media_key: str) -> str | None:
        """What the bytes at ``media_key`` were found to be, if a file has them."""
        query = select(file_sources.c.media_type).where(file_sources.c.media_key == media_key)
        with self._database.read() as connection:
            return connection.execute(query).scalars().first()

    def media_keys(self) -> frozenset[str]:
        """The media of every file that is neither archived nor expired."""
        kept = and_(
            files.c.archived_ms.is_(None),
            or_(files.c.expires_ms.is_(None), files.c.expires_ms > now_ms()),
        )
        query = select(file_sources.c.media_key).join(files, files.c.file_id == file_sources.c.file_id)
        with self._database.read() as connection:
            return frozenset(connection.execute(query.where(kept)).scalars()) | preview_keys(connection)

    def _advance(
        self,
        file_id: str,
        before: FileState,
        to: FileState,
        values: Mapping[str, object] | None = None,
        sources: tuple[StoredSource, ...] = (),
        size: tuple[int | None, int | None] | None = None,
    ) -> bool:
        with self._database.write() as connection:
            changed = connection.execute(
                update(files)
                .where(files.c.file_id == file_id, files.c.state == before.value)
                .values(state=to.value, updated_ms=now_ms(), **(values or {}))
                .returning(files.c.file_id)
            )
            if changed.first() is None:
                return False
            insert_sources(connection, file_id, sources)
            if size is not None:
                connection.execute(
                    update(file_sources)
                    .where(file_sources.c.file_id == file_id, file_sources.c.rendition == "download")
                    .values(width=size[0], height=size[1])
                )
            announce_file(connection, file_id, _EVENTS.get(to, ()), now_ms())
            return True

    def _get(self, connection: Connection, file_id: str) -> FileRecord:
        row = connection.execute(select(files).where(files.c.file_id == file_id)).mappings().first()
        if row is None:
            raise NotFoundError(f"There is no file {file_id!r}.", ids={"file_id": file_id})
        return file_records(connection, [dict(row)])[0]


def _record(
    row: Mapping[str, Any],
    *,
    sources: tuple[StoredSource, ...],
    analysis: AnalysisLoadingState,
    preview: PublicPreview | None,
) -> FileRecord:
    built = {"sources", "transcript", "error", "analysis", "preview"}
    fields = {name: row[name] for name in FileRecord.model_fields if name not in built}
    transcript, error = row["transcript_json"], row["error_json"]
    return FileRecord(
        **fields,
        sources=sources,
        analysis=analysis,
        preview=preview,
        transcript=None if transcript is None else Transcript.model_validate_json(transcript),
        error=None if error is None else ApiError.model_validate_json(error),
    )
