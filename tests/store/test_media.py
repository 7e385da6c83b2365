"""Bytes by key: published whole or not at all, the first writer's for good, never outside of the folder."""

from __future__ import annotations

import errno
import os
import threading
import time
from pathlib import Path

import pytest

from videogen_agents.errors import InputError, InternalError, NotFoundError
from videogen_engine.settings import EngineSettings
from videogen_engine.stage import ArtifactStore, StageContext, content_key
from videogen_engine.store.artifact_store import PREFIX, MediaArtifactStore
from videogen_engine.store.media_store import MediaStore


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_published_bytes_are_found_read_in_part_and_deleted(media: MediaStore, tmp_path: Path) -> None:
    assert media.publish("a/b/c.bin", write(tmp_path / "f", b"0123456789"))
    info = media.head("a/b/c.bin")
    assert info is not None and info.size == 10
    assert b"".join(media.read("a/b/c.bin", 2, 6, chunk=3)) == b"2345"
    assert media.path("a/b/c.bin").read_bytes() == b"0123456789"
    assert [found.key for found in media.list("a/")] == ["a/b/c.bin"]
    media.delete("a/b/c.bin")
    media.delete("a/b/c.bin")
    assert media.head("a/b/c.bin") is None
    with pytest.raises(NotFoundError):
        media.read("a/b/c.bin")


def test_the_first_writer_wins_and_the_loser_s_file_is_gone(media: MediaStore, tmp_path: Path) -> None:
    assert media.publish("k.bin", write(tmp_path / "one", b"one"))
    loser = write(tmp_path / "two", b"two")
    assert not media.publish("k.bin", loser)
    assert media.path("k.bin").read_bytes() == b"one"
    assert not loser.exists()


def test_of_many_writers_at_once_exactly_one_wins(media: MediaStore, tmp_path: Path) -> None:
    won: list[int] = []

    def publish(number: int) -> None:
        if media.publish("race/k.bin", write(tmp_path / f"w{number}", bytes([number]) * 1000)):
            won.append(number)

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert media.path("race/k.bin").read_bytes() == bytes([won[0]]) * 1000


def test_scratch_on_another_disk_is_copied_and_published_whole(
    media: MediaStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Path.hardlink_to

    def only_within_the_store(self: Path, target: Path) -> None:
        if ".partial-" not in Path(target).name:
            raise OSError(errno.EXDEV, "another disk")
        link(self, target)

    monkeypatch.setattr(Path, "hardlink_to", only_within_the_store)
    assert media.publish("k.bin", write(tmp_path / "f", b"abc"))
    assert not media.publish("k.bin", write(tmp_path / "g", b"xyz"))
    assert media.path("k.bin").read_bytes() == b"abc"
    assert [info.key for info in media.list()] == ["k.bin"]


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/.hidden", "a\\b", "a\x00b", "a/b#1", "C:/x", "ü", "a" * 600],
)
def test_keys_that_are_not_plain_are_refused(media: MediaStore, key: str) -> None:
    with pytest.raises(InputError, match="key"):
        media.head(key)


def test_a_link_inside_the_store_leads_nowhere(media: MediaStore, settings: EngineSettings, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.bin", b"secret")
    root = settings.home / "media"
    (root / "sub").mkdir()
    (root / "sub" / "x.bin").symlink_to(secret)
    (root / "away").symlink_to(tmp_path, target_is_directory=True)
    for key in ("sub/x.bin", "away/secret.bin"):
        with pytest.raises(InputError, match="leads out"):
            media.read(key)


def test_leftovers_of_killed_writers_are_never_listed_and_are_swept_by_age(
    media: MediaStore, settings: EngineSettings
) -> None:
    root = settings.home / "media"
    old = [write(root / "a" / "x.mp4#3", b"123"), write(root / "a" / "y.mp4.partial-0a1b2c3d", b"45")]
    fresh = write(root / "a" / "z.mp4#1", b"6")
    for path in old:
        os.utime(path, (1, 1))
    assert list(media.list()) == []
    assert media.sweep_leftovers(older_than=3600) == 5
    assert fresh.exists() and not any(path.exists() for path in old)


def test_the_artifact_store_is_what_stages_expect(settings: EngineSettings) -> None:
    """Made from nothing but the URL, as a stage process makes it."""
    store: ArtifactStore = MediaArtifactStore(settings.media_url)
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"pcm")

    ref = None
    for _ in range(2):
        context = StageContext(store, settings.scratch)
        ref = context.cached_file("clip", "1", {"text": "hi"}, suffix=".wav", media_type="audio/wav", make=make)
    assert ref is not None and len(made) == 1
    assert store.path(ref).read_bytes() == b"pcm"
    assert (ref.media_type, ref.size) == ("audio/wav", 3)
    assert store.find(content_key("clip", "1", {"text": "hi"}, ".wav")) == ref
    assert store.find("clip/none.wav") is None


def test_an_artifact_whose_suffix_says_another_type_is_a_bug(settings: EngineSettings, tmp_path: Path) -> None:
    store = MediaArtifactStore(settings.media_url)
    with pytest.raises(InternalError, match="video/mp4"):
        store.publish("a/b.wav", write(tmp_path / "f", b"x"), "video/mp4")


def test_finding_an_artifact_makes_it_young_again(media: MediaStore, settings: EngineSettings, tmp_path: Path) -> None:
    store = MediaArtifactStore(media)
    store.publish("a/b.wav", write(tmp_path / "f", b"x"), "audio/wav")
    path = settings.home / "media" / PREFIX / "a" / "b.wav"
    os.utime(path, (1_000, 1_000))
    store.find("a/b.wav")
    assert time.time() - path.stat().st_mtime < 3600
