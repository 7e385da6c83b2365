"""Freeing space: what is long unused goes, what anything refers to stays."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from videogen_agents.config import load_settings
from videogen_agents.contract import FileScope
from videogen_agents.tools.toolbox_pool import settings_for_key
from videogen_engine.settings import EngineSettings
from videogen_engine.store.gc import SpaceKind, SpaceReport, free_space, report
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import JobOutcome, NewFile, Rendition, StoredSource

DAY = 86_400


def put(settings: EngineSettings, key: str, *, size: int = 10, days: float = 0.0) -> Path:
    path = settings.home / "media" / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


def of(found: SpaceReport, kind: SpaceKind) -> tuple[int, int]:
    use = next(use for use in found.uses if use.kind is kind)
    return use.bytes, use.objects


@pytest.fixture
def film(store: Metadata) -> NewFile:
    """A project whose timeline and whose export refer to artifacts."""
    started = store.starts.run(workflow="w", request_json="{}", title="t", ratio=(16, 9)).job
    assert started.project_id is not None
    clip = {"key": "artifacts/clip/old.wav", "media_type": "audio/wav", "size": 10}
    timeline = json.dumps({"scenes": [{"speech": {"clip": clip}}]})
    store.projects.add_version(started.project_id, timeline, job_id=started.job_id)
    store.jobs.succeed(started.job_id, JobOutcome())
    source = StoredSource(
        rendition=Rendition.DOWNLOAD, media_key="artifacts/film/old.mp4", media_type="video/mp4", size=10
    )
    file = NewFile(file_id="vg_file_film", scope=FileScope.EXPORT, display_name="f", sources=(source,))
    store.files.create(file)
    return file


def test_the_report_tells_films_artifacts_uploads_and_scratch_apart(
    settings: EngineSettings, store: Metadata, media: MediaStore, film: NewFile
) -> None:
    put(settings, film.sources[0].media_key, size=100)
    put(settings, "artifacts/seg/a.mp4", size=20)
    put(settings, "uploads/f/original.bin", size=3)
    settings.scratch.mkdir()
    (settings.scratch / "x").write_bytes(b"1234")
    found = report(settings, store, media)
    assert of(found, SpaceKind.EXPORTS) == (100, 1)
    assert of(found, SpaceKind.ARTIFACTS) == (20, 1)
    assert of(found, SpaceKind.UPLOADS) == (3, 1)
    assert of(found, SpaceKind.SCRATCH) == (4, 1)
    assert of(found, SpaceKind.DATABASES)[0] > 0
    assert found.bytes >= 127


def test_old_artifacts_go_and_those_in_use_stay_however_old(
    settings: EngineSettings, store: Metadata, media: MediaStore, film: NewFile
) -> None:
    kept = [
        put(settings, "artifacts/clip/old.wav", days=400),
        put(settings, film.sources[0].media_key, days=400),
        put(settings, "artifacts/seg/young.mp4", days=5),
    ]
    gone = put(settings, "artifacts/seg/old.mp4", size=77, days=400)
    before = free_space(settings, store, media, older_than_days=30, dry_run=True)
    assert of(before, SpaceKind.ARTIFACTS) == (77, 1)
    assert gone.exists()
    assert of(free_space(settings, store, media, older_than_days=30), SpaceKind.ARTIFACTS) == (77, 1)
    assert not gone.exists()
    assert all(path.exists() for path in kept)


def test_beyond_the_cap_the_longest_unused_go_first(
    settings: EngineSettings, store: Metadata, media: MediaStore
) -> None:
    paths = {days: put(settings, f"artifacts/seg/{days}.mp4", size=100, days=days) for days in (1, 2, 3, 4)}
    now = put(settings, "artifacts/seg/now.mp4", size=100)
    free_space(settings, store, media, keep_bytes=250)
    assert {days for days, path in paths.items() if path.exists()} == {1}
    assert now.exists(), "used within the hour"


def test_nothing_is_dropped_while_a_job_is_unfinished(
    settings: EngineSettings, store: Metadata, media: MediaStore
) -> None:
    old = put(settings, "artifacts/seg/old.mp4", days=400)
    job = store.starts.run(workflow="w", request_json="{}", title="t", ratio=(1, 1)).job
    freed = free_space(settings, store, media, older_than_days=1)
    assert old.exists() and freed.open_jobs == 1
    store.jobs.mark_cancelled(job.job_id)
    free_space(settings, store, media, older_than_days=1)
    assert not old.exists()


def test_uploads_go_once_their_file_is_archived(settings: EngineSettings, store: Metadata, media: MediaStore) -> None:
    source = StoredSource(
        rendition=Rendition.DOWNLOAD, media_key="uploads/f/original.bin", media_type="image/png", size=10
    )
    path = put(settings, source.media_key, days=2)
    store.files.create(NewFile(file_id="f", scope=FileScope.GLOBAL, display_name="a", sources=(source,)))
    free_space(settings, store, media)
    assert path.exists()
    store.files.archive("f")
    assert of(free_space(settings, store, media), SpaceKind.UPLOADS) == (10, 1)
    assert not path.exists()


def test_old_scratch_goes_and_fresh_scratch_stays(settings: EngineSettings, store: Metadata, media: MediaStore) -> None:
    folder = settings.scratch / "call"
    folder.mkdir(parents=True)
    old, fresh = folder / "old", settings.scratch / "fresh"
    old.write_bytes(b"12")
    fresh.write_bytes(b"3")
    os.utime(old, (1, 1))
    assert of(free_space(settings, store, media), SpaceKind.SCRATCH) == (2, 1)
    assert fresh.exists() and not old.exists()


def test_the_homes_of_clients_who_stay_away_go_whole(
    settings: EngineSettings, store: Metadata, media: MediaStore
) -> None:
    away, back, unused = (settings_for_key(load_settings(home=settings.home, environ={}), key) for key in "abc")
    for client, days in ((away, (50, 40)), (back, (50, 5))):
        (client.home / "videos").mkdir(parents=True)
        for name, age in zip(("ledger.db", "videos/note"), days, strict=True):
            (client.home / name).write_bytes(b"x" * 10)
            then = time.time() - age * DAY
            os.utime(client.home / name, (then, then))
    unused.home.mkdir()
    assert of(report(settings, store, media), SpaceKind.CLIENTS) == (40, 4)
    assert of(free_space(settings, store, media, keep_bytes=0), SpaceKind.CLIENTS) == (0, 0)
    shown = free_space(settings, store, media, older_than_days=30, dry_run=True)
    assert of(shown, SpaceKind.CLIENTS) == (20, 2) and away.home.is_dir()
    assert of(free_space(settings, store, media, older_than_days=30), SpaceKind.CLIENTS) == (20, 2)
    assert not away.home.exists() and (back.home / "ledger.db").exists()
    # Whoever came today is known tomorrow, whatever was asked for.
    free_space(settings, store, media, older_than_days=0)
    assert not back.home.exists() and unused.home.is_dir()
