"""Entities in the database, and the files that are kept for their sake."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from videogen_agents.contract import EntityType, FileScope, FileType
from videogen_agents.errors import InputError, LimitError, NotFoundError
from videogen_engine.settings import EngineSettings
from videogen_engine.store import entities as entity_store
from videogen_engine.store import migrate
from videogen_engine.store.files import insert_file
from videogen_engine.store.gc import free_space
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import NewFile, Rendition, StoredSource

DAY = 86_400


def upload(store: Metadata, settings: EngineSettings, file_id: str) -> Path:
    """A picture whose bytes came long ago."""
    key = f"uploads/{file_id}/original.bin"
    path = settings.home / "media" / key
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * 10)
    then = time.time() - 400 * DAY
    os.utime(path, (then, then))
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key=key, media_type="image/png", size=10)
    store.files.create(
        NewFile(file_id=file_id, scope=FileScope.GLOBAL, display_name="p.png", type=FileType.IMAGE, sources=(source,))
    )
    return path


def test_a_picture_of_an_entity_outlives_its_file_until_it_is_removed(
    settings: EngineSettings, store: Metadata, media: MediaStore
) -> None:
    shown, other = upload(store, settings, "f_shown"), upload(store, settings, "f_other")
    entity, _ = store.entities.create(EntityType.PRODUCT, "Bottle", "")
    store.entities.add_reference(entity.entity_id, "f_shown", "", is_default=False)
    for file_id in ("f_shown", "f_other"):
        store.files.archive(file_id)
    free_space(settings, store, media)
    assert (shown.exists(), other.exists()) == (True, False)
    store.entities.remove_reference(entity.entity_id, "f_shown")
    free_space(settings, store, media)
    assert not shown.exists()


def test_an_archived_entity_no_longer_keeps_its_pictures(
    settings: EngineSettings, store: Metadata, media: MediaStore
) -> None:
    path = upload(store, settings, "f")
    entity, _ = store.entities.create(EntityType.ACTOR, "Host", "")
    store.entities.add_reference(entity.entity_id, "f", "", is_default=True)
    store.files.archive("f")
    store.entities.archive(entity.entity_id)
    free_space(settings, store, media)
    assert not path.exists()


def test_one_reference_is_the_default_and_each_keeps_its_place(settings: EngineSettings, store: Metadata) -> None:
    entity, _ = store.entities.create(EntityType.PRODUCT, "Bottle", "")
    for file_id in ("a", "b", "c"):
        upload(store, settings, file_id)
        store.entities.add_reference(entity.entity_id, file_id, file_id, is_default=True)
    store.entities.remove_reference(entity.entity_id, "b")
    store.entities.add_reference(entity.entity_id, "a", "front", is_default=True)
    found = store.entities.add_reference(entity.entity_id, "b", "back", is_default=False)
    assert [(one.file_id, one.description, one.is_default) for one in found.references] == [
        ("a", "front", True),
        ("c", "c", False),
        ("b", "back", False),
    ]


def test_there_are_only_so_many_entities_and_references(
    settings: EngineSettings, store: Metadata, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entity_store, "MOST_ENTITIES", 1)
    monkeypatch.setattr(entity_store, "MOST_REFERENCES", 1)
    entity, _ = store.entities.create(EntityType.PRODUCT, "Bottle", "")
    with pytest.raises(LimitError, match="1 entities"):
        store.entities.create(EntityType.PRODUCT, "Cup", "")
    for file_id in ("a", "b"):
        upload(store, settings, file_id)
    store.entities.add_reference(entity.entity_id, "a", "", is_default=False)
    store.entities.add_reference(entity.entity_id, "a", "again", is_default=False)
    with pytest.raises(LimitError, match="at most 1"):
        store.entities.add_reference(entity.entity_id, "b", "", is_default=False)
    store.entities.archive(entity.entity_id)
    store.entities.create(EntityType.PRODUCT, "Cup", "")


def test_a_key_makes_one_entity_and_nothing_else(store: Metadata) -> None:
    first, made_before = store.entities.create(EntityType.ACTOR, "Host", "", idempotency_key="k")
    again, replayed = store.entities.create(EntityType.ACTOR, "Host", "", idempotency_key="k")
    assert (made_before, replayed, again) == (False, True, first)
    with pytest.raises(InputError, match="Idempotency-Key") as refused:
        store.entities.create(EntityType.ACTOR, "Guest", "", idempotency_key="k")
    assert refused.value.status == 409
    assert len(store.entities.list(None, None, 10)) == 1


def test_an_archived_entity_is_gone_for_every_change(store: Metadata) -> None:
    entity, _ = store.entities.create(EntityType.ACTOR, "Host", "")
    store.entities.archive(entity.entity_id)
    gone = entity.entity_id
    for change in (
        lambda: store.entities.get(gone),
        lambda: store.entities.update(gone, name="x"),
        lambda: store.entities.archive(gone),
        lambda: store.entities.add_reference(gone, "f", "", is_default=False),
        lambda: store.entities.remove_reference(gone, "f"),
    ):
        with pytest.raises(NotFoundError, match=gone):
            change()


def test_a_home_from_before_entities_takes_them(settings: EngineSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0004")
        older = Metadata.open(settings.database_url)
    with older.database.write() as connection:
        # As that version wrote it: what reads files today asks for tables that it did not have.
        insert_file(connection, NewFile(file_id="f", scope=FileScope.GLOBAL, display_name="p.png"), 1)
    older.close()
    store = Metadata.open(settings.database_url)
    entity, _ = store.entities.create(EntityType.PRODUCT, "Bottle", "")
    found = store.entities.add_reference(entity.entity_id, "f", "", is_default=False)
    assert [one.file_id for one in found.references] == ["f"]
    store.close()
