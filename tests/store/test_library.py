"""Public previews and analyses as the database keeps them."""

from __future__ import annotations

import pytest

from videogen_agents.contract import AnalysisLoadingState, FileScope, FileType
from videogen_agents.errors import NotFoundError
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import FileRecord, NewFile, Rendition, StoredSource


def video(store: Metadata, file_id: str = "f", **fields: object) -> FileRecord:
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key="uploads/f/a.mp4", media_type="video/mp4", size=3)
    values = {"scope": FileScope.GLOBAL, "display_name": "a.mp4", "type": FileType.VIDEO, "sources": (source,)}
    return store.files.create(NewFile.model_validate({"file_id": file_id} | values | fields))


def test_a_stream_is_kept_as_long_as_it_is_public(store: Metadata) -> None:
    preview, job = store.library.enable_preview(video(store))
    assert job is not None
    assert store.library.publish_stream("f", preview.token, playlist_key="p.m3u8", stream_key="s.mp4")
    assert {"p.m3u8", "s.mp4"} <= store.files.media_keys()
    shown = store.files.get("f").preview
    assert shown is not None and shown.playback_id is not None
    assert store.library.preview_by_playback(shown.playback_id) == shown
    assert store.library.disable_preview("f") == shown
    assert not {"p.m3u8", "s.mp4"} & store.files.media_keys()
    with pytest.raises(NotFoundError):
        store.library.preview_by_token(preview.token)


def test_a_stream_that_comes_too_late_is_not_published(store: Metadata) -> None:
    file = video(store)
    first, _ = store.library.enable_preview(file)
    store.library.disable_preview("f")
    second, _ = store.library.enable_preview(file)
    assert first.token != second.token
    assert not store.library.publish_stream("f", first.token, playlist_key="p.m3u8", stream_key="s.mp4")
    assert store.library.preview_by_token(second.token).playback_id is None


def test_an_analysis_begins_once_and_fills_no_queue(store: Metadata) -> None:
    file = video(store)
    job = store.library.start_analysis(file)
    assert job is not None
    assert store.library.start_analysis(file) == job
    assert store.jobs.open_count() == 0
    assert store.files.get("f").analysis is AnalysisLoadingState.LOADING
    store.library.finish_analysis("f", description="A video.", words=" a | b ", vectors=b"")
    assert store.files.get("f").description == "A video."
    assert [row.file_id for row in store.library.search_rows()] == ["f"]
    store.files.archive("f")
    assert store.library.search_rows() == []


def test_what_somebody_said_of_a_file_stays(store: Metadata) -> None:
    store.library.start_analysis(video(store, description="My cat."))
    store.library.finish_analysis("f", description="A video.", words=" a | b ", vectors=b"")
    assert store.files.get("f").description == "My cat."


@pytest.mark.parametrize("fields", [{"temporary": True}, {"scope": FileScope.EXPORT}, {"state": "checking"}])
def test_some_files_are_not_looked_into(store: Metadata, fields: dict[str, object]) -> None:
    assert store.library.start_analysis(video(store, **fields)) is None
    assert store.files.get("f").analysis is AnalysisLoadingState.UNATTEMPTED
