"""What the library knows of its files beyond their bytes: imports, analyses, search rows, public previews."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from videogen_agents.contract import AnalysisLoadingState, FileScope, FileType, WebhookEvent
from videogen_agents.errors import NotFoundError
from videogen_engine.frozen import Frozen
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.file_rows import delete_preview, preview_record, previews_of
from videogen_engine.store.ids import IdPrefix, derived_id, new_id
from videogen_engine.store.jobs import Jobs
from videogen_engine.store.outbox import announce_file
from videogen_engine.store.records import (
    AnalysisJob,
    FileRecord,
    FileState,
    ImportJob,
    JobKind,
    JobRecord,
    NewJob,
    PublicPreview,
    StreamJob,
)
from videogen_engine.store.schema import file_analyses, files, public_previews

#: Files that a search may find. What was made inside a project, and exports, are found by their project.
SEARCHED_SCOPES = (FileScope.GLOBAL, FileScope.ENTITY)
_STREAMED = frozenset({FileType.VIDEO, FileType.AUDIO})
_TOKEN_BYTES = 32


class SearchRow(Frozen):
    """``words`` are in order and in lower case; ``vectors`` rows of 8-bit numbers, see ``search/index.py``."""

    file_id: str
    words: str
    vectors: bytes


class Library:
    """All methods are synchronous; call them from a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs = Jobs(database)

    def start_import(self, request: ImportJob, *, idempotency_key: str | None = None) -> tuple[JobRecord, bool]:
        """The import's job, and whether it is one that the key had started before.

        Raises InputError (409) for a key that was used for another request.
        """
        new = NewJob(
            job_id=new_id(IdPrefix.IMPORT),
            kind=JobKind.FILE_IMPORT,
            workflow="file_import",
            request_json=request.model_dump_json(),
            idempotency_key=idempotency_key,
        )
        job = self._jobs.create(new)
        return job, job.job_id != new.job_id

    def start_analysis(self, file: FileRecord) -> JobRecord | None:
        """Have a ready file looked into, once. Temporary files are not, nor those that searches leave out."""
        if file.temporary or file.scope not in SEARCHED_SCOPES or file.state is not FileState.READY:
            return None
        job_id = derived_id(IdPrefix.ANALYSIS, file.file_id)
        if (known := self._jobs.find(job_id, JobKind.FILE_ANALYSIS)) is not None:
            return known
        job = self._jobs.create(
            NewJob(
                job_id=job_id,
                kind=JobKind.FILE_ANALYSIS,
                workflow="file_analysis",
                request_json=AnalysisJob(file_id=file.file_id).model_dump_json(),
            )
        )
        self._set_analysis(file.file_id, AnalysisLoadingState.LOADING)
        return job

    def finish_analysis(self, file_id: str, *, description: str, words: str, vectors: bytes) -> None:
        """The file can be found from now on. A description that a person or a tool gave stays."""
        with self._database.write() as connection:
            connection.execute(delete(file_analyses).where(file_analyses.c.file_id == file_id))
            state = AnalysisLoadingState.FULFILLED.value
            connection.execute(insert(file_analyses).values(file_id=file_id, state=state, words=words, vectors=vectors))
            connection.execute(
                update(files)
                .where(files.c.file_id == file_id, or_(files.c.description.is_(None), files.c.description == ""))
                .values(description=description)
            )
            announce_file(connection, file_id, (WebhookEvent.FILE_ANALYSIS_COMPLETED,), now_ms())

    def reject_analysis(self, file_id: str) -> None:
        """The look into it failed; the file is as usable as before."""
        self._set_analysis(file_id, AnalysisLoadingState.REJECTED, WebhookEvent.FILE_ANALYSIS_FAILED)

    def search_rows(self) -> Sequence[SearchRow]:
        """Every file that a search may find, in order of id."""
        query = (
            select(file_analyses.c.file_id, file_analyses.c.words, file_analyses.c.vectors)
            .join(files, files.c.file_id == file_analyses.c.file_id)
            .where(
                file_analyses.c.state == AnalysisLoadingState.FULFILLED.value,
                files.c.archived_ms.is_(None),
                files.c.scope.in_(tuple(scope.value for scope in SEARCHED_SCOPES)),
            )
            .order_by(file_analyses.c.file_id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        # Ten thousand of them at a time: they are as the table has them.
        return [SearchRow.model_construct(file_id=row[0], words=row[1], vectors=row[2]) for row in rows]

    def enable_preview(self, file: FileRecord) -> tuple[PublicPreview, JobRecord | None]:
        """Give the file an address that anybody may read it by, for good; the same one while there is one.

        Also the job that makes its stream, of sound and moving pictures.
        """
        with self._database.write() as connection:
            preview = previews_of(connection, [file.file_id]).get(file.file_id)
            if preview is None:
                preview = PublicPreview(file_id=file.file_id, token=secrets.token_urlsafe(_TOKEN_BYTES))
                connection.execute(insert(public_previews).values(created_ms=now_ms(), **preview.model_dump()))
        if file.type not in _STREAMED:
            return preview, None
        job_id = derived_id(IdPrefix.STREAM, preview.token)
        if (known := self._jobs.find(job_id, JobKind.FILE_STREAM)) is not None:
            return preview, known
        request = StreamJob(file_id=file.file_id, token=preview.token)
        job = NewJob(
            job_id=job_id, kind=JobKind.FILE_STREAM, workflow="file_stream", request_json=request.model_dump_json()
        )
        return preview, self._jobs.create(job)

    def disable_preview(self, file_id: str) -> PublicPreview | None:
        """Take the address back; what there was. Its media are the caller's to delete."""
        with self._database.write() as connection:
            preview = previews_of(connection, [file_id]).get(file_id)
            delete_preview(connection, file_id)
        return preview

    def publish_stream(self, file_id: str, token: str, *, playlist_key: str, stream_key: str) -> bool:
        """Make the stream public; False when the preview that it was made for has ended meanwhile."""
        with self._database.write() as connection:
            changed = connection.execute(
                update(public_previews)
                .where(public_previews.c.file_id == file_id, public_previews.c.token == token)
                .values(
                    playback_id=derived_id(IdPrefix.PLAYBACK, token), playlist_key=playlist_key, stream_key=stream_key
                )
                .returning(public_previews.c.file_id)
            )
            if changed.first() is None:
                return False
            announce_file(connection, file_id, (WebhookEvent.FILE_PLAYBACK_READY,), now_ms())
            return True

    def preview_by_token(self, token: str) -> PublicPreview:
        """Raises NotFoundError for one that is not, or no more."""
        return self._preview(public_previews.c.token == token)

    def preview_by_playback(self, playback_id: str) -> PublicPreview:
        """Raises NotFoundError for one that is not, or no more."""
        return self._preview(public_previews.c.playback_id == playback_id)

    def _preview(self, which: ColumnElement[bool]) -> PublicPreview:
        with self._database.read() as connection:
            row = connection.execute(select(public_previews).where(which)).mappings().first()
        if row is None:
            raise NotFoundError(
                "Nothing is public at this address.",
                next_step="Ask whoever gave you the link for a new one; the preview may have been switched off.",
            )
        return preview_record(dict(row))

    def _set_analysis(self, file_id: str, state: AnalysisLoadingState, *events: WebhookEvent) -> None:
        with self._database.write() as connection:
            connection.execute(delete(file_analyses).where(file_analyses.c.file_id == file_id))
            connection.execute(insert(file_analyses).values(file_id=file_id, state=state.value, words="", vectors=b""))
            announce_file(connection, file_id, events, now_ms())
