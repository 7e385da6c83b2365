"""Files: their way from announced to ready, and which of them lists show."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from videogen_agents.contract import ApiError, FileScope, FileType, Transcript, TranscriptWord
from videogen_agents.errors import NotFoundError
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import FileState, NewFile, Rendition, StoredSource
from videogen_engine.store.schema import files

UPLOADED = StoredSource(rendition=Rendition.DOWNLOAD, media_key="u/a.bin", media_type="image/png", size=9)
THUMBNAIL = StoredSource(rendition=Rendition.THUMBNAIL, media_key="t/a.jpg", media_type="image/jpeg", size=3)


def announce(store: Metadata, file_id: str = "vg_file_1", *, temporary: bool = False) -> None:
    store.files.create(
        NewFile(
            file_id=file_id,
            scope=FileScope.TEMPORARY if temporary else FileScope.GLOBAL,
            display_name="a.png",
            state=FileState.AWAITING,
            temporary=temporary,
        )
    )


def make_ready(store: Metadata, file_id: str = "vg_file_1") -> bool:
    return store.files.mark_ready(
        file_id, type_=FileType.IMAGE, duration_seconds=None, width=4, height=2, sources=(THUMBNAIL,)
    )


def test_an_upload_goes_from_announced_to_ready_once(store: Metadata) -> None:
    announce(store)
    assert not make_ready(store), "it has no bytes yet"
    assert store.files.mark_uploaded("vg_file_1", UPLOADED)
    assert not store.files.mark_uploaded("vg_file_1", UPLOADED)
    assert make_ready(store)
    assert not make_ready(store)
    assert not store.files.mark_failed("vg_file_1", ApiError(message="late"))
    file = store.files.get("vg_file_1")
    assert (file.state, file.type) == (FileState.READY, FileType.IMAGE)
    download = file.source(Rendition.DOWNLOAD)
    assert download is not None and (download.width, download.height) == (4, 2)
    assert file.source(Rendition.THUMBNAIL) == THUMBNAIL
    assert store.files.media_type_of("u/a.bin") == "image/png"


def test_a_refused_file_says_why(store: Metadata) -> None:
    announce(store)
    store.files.mark_uploaded("vg_file_1", UPLOADED)
    assert store.files.mark_failed("vg_file_1", ApiError(message="damaged", code="damaged_media"))
    file = store.files.get("vg_file_1")
    assert file.state is FileState.FAILED
    assert file.error is not None and file.error.message == "damaged"


def test_a_transcript_is_kept_word_for_word(store: Metadata) -> None:
    transcript = Transcript(language_code="de", words=[TranscriptWord(start_seconds=0, end_seconds=0.5, word="Grüße")])
    store.files.create(NewFile(file_id="f", scope=FileScope.GLOBAL, display_name="a", transcript=transcript))
    found = store.files.get("f").transcript
    assert found is not None and found.text == "Grüße"


def test_lists_leave_out_what_is_archived_expired_unsent_or_of_another_scope(store: Metadata) -> None:
    for file_id in ("f_ready", "f_archived", "f_unsent", "f_expired"):
        announce(store, file_id, temporary=file_id == "f_expired")
        if file_id != "f_unsent":
            store.files.mark_uploaded(file_id, UPLOADED)
    store.files.create(NewFile(file_id="f_export", scope=FileScope.EXPORT, display_name="x"))
    store.files.archive("f_archived")
    with store.database.write() as connection:
        connection.execute(update(files).where(files.c.file_id == "f_expired").values(expires_ms=1))
    listed = store.files.list([FileScope.GLOBAL, FileScope.TEMPORARY]).items
    assert [file.file_id for file in listed] == ["f_ready"]


def test_files_changed_at_the_same_instant_are_paged_without_loss(store: Metadata) -> None:
    ids = [f"f_{number}" for number in range(5)]
    for file_id in ids:
        store.files.create(NewFile(file_id=file_id, scope=FileScope.GLOBAL, display_name="a"))
    with store.database.write() as connection:
        connection.execute(update(files).values(updated_ms=5))
    first = store.files.list([FileScope.GLOBAL], limit=2)
    second = store.files.list([FileScope.GLOBAL], limit=2, cursor=first.next_cursor)
    third = store.files.list([FileScope.GLOBAL], limit=2, cursor=second.next_cursor)
    assert sorted(file.file_id for page in (first, second, third) for file in page.items) == ids
    assert third.next_cursor is None


def test_archiving_twice_is_archiving_once(store: Metadata) -> None:
    announce(store)
    assert store.files.archive("vg_file_1") == store.files.archive("vg_file_1")
    with pytest.raises(NotFoundError):
        store.files.archive("vg_file_2")


def test_announced_uploads_stop_counting_when_their_url_has_lapsed(store: Metadata) -> None:
    announce(store)
    assert store.files.open_uploads(within_ms=1000_000) == 1
    with store.database.write() as connection:
        connection.execute(update(files).values(created_ms=1))
    assert store.files.open_uploads(within_ms=1000_000) == 0
