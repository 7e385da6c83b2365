"""How much space the data home takes, and freeing what nothing needs.

Artifacts are only ever a saving of time: any of them can be made again. Even so nothing is dropped that a project,
a file or an entity refers to, that was used within the last hour, or while any job is unfinished.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import cast

from videogen_engine.frozen import Frozen
from videogen_engine.settings import EngineSettings
from videogen_engine.store import artifact_store
from videogen_engine.store.media_store import MediaInfo, MediaStore
from videogen_engine.store.metadata import Metadata

_UPLOADS = "uploads/"
#: Where ``videogen_agents.tools.toolbox_pool`` keeps a home for each key.
_CLIENTS = "clients"
_HOUR = 3600.0
_DAY = 24 * _HOUR
#: Deletions per transaction: new jobs wait that long at most.
_BATCH = 200


class SpaceKind(StrEnum):
    """``exports`` are finished films and their thumbnails; ``artifacts`` everything else that was made; ``clients`` the
    ledgers of those who use the MCP server with keys of their own."""

    EXPORTS = "exports"
    ARTIFACTS = "artifacts"
    UPLOADS = "uploads"
    SCRATCH = "scratch"
    LOGS = "logs"
    DATABASES = "databases"
    CLIENTS = "clients"


class SpaceUse(Frozen):
    kind: SpaceKind
    bytes: int
    objects: int


class SpaceReport(Frozen):
    """``open_jobs`` unfinished jobs hold back the freeing of artifacts and uploads."""

    uses: tuple[SpaceUse, ...]
    open_jobs: int

    @property
    def bytes(self) -> int:
        return sum(use.bytes for use in self.uses)


def report(settings: EngineSettings, store: Metadata, media: MediaStore) -> SpaceReport:
    """What takes how much. Reads every object's size, so it takes a moment on a large home."""
    exports = store.files.media_keys()
    sizes: dict[SpaceKind, list[int]] = {kind: [] for kind in SpaceKind}
    for info in media.list():
        sizes[_kind(info.key, exports)].append(info.size)
    folders = {SpaceKind.SCRATCH: settings.scratch, SpaceKind.LOGS: settings.home / "logs"}
    folders[SpaceKind.CLIENTS] = settings.home / _CLIENTS
    for kind, folder in folders.items():
        sizes[kind] += [path.stat().st_size for path in _files(folder)]
    for database in (store.database.path, settings.engine_database):
        for path in database.parent.glob(f"{database.name}*"):
            sizes[SpaceKind.DATABASES].append(path.stat().st_size)
    uses = tuple(SpaceUse(kind=kind, bytes=sum(found), objects=len(found)) for kind, found in sizes.items())
    return SpaceReport(uses=uses, open_jobs=len(store.jobs.pending_or_running()))


def free_space(
    settings: EngineSettings,
    store: Metadata,
    media: MediaStore,
    *,
    older_than_days: float | None = None,
    keep_bytes: int | None = None,
    dry_run: bool = False,
) -> SpaceReport:
    """Drop artifacts unused for ``older_than_days``, then the longest unused beyond ``keep_bytes`` of them,
    uploads whose file was archived or has expired and shows no entity, leftovers of work that ended, and the homes of
    clients who did not come for ``older_than_days``.

    What was dropped, or would be with ``dry_run``, by kind.
    """
    now = time.time()
    # Entities after files: a file that has lapsed when the first is read can no longer be attached.
    needed = store.files.media_keys() | store.entities.media_keys() | _keys_in_timelines(store)
    dropped: dict[SpaceKind, list[int]] = {kind: [] for kind in SpaceKind}
    candidates = [
        *_unused_artifacts(media, needed, now, older_than_days, keep_bytes),
        *(info for info in media.list(_UPLOADS) if info.key not in needed and now - info.modified > _DAY),
    ]
    for start in range(0, len(candidates), _BATCH):
        batch = candidates[start : start + _BATCH]
        # A job's row comes before its work, so nothing can start to use these while the lock is held.
        with store.database.write():
            if store.jobs.pending_or_running():
                break
            for info in batch:
                if not dry_run:
                    media.delete(info.key)
                dropped[_kind(info.key, frozenset())].append(info.size)
    dropped[SpaceKind.SCRATCH] = _sweep_scratch(settings, store, now, dry_run)
    if older_than_days is not None:
        dropped[SpaceKind.CLIENTS] = _sweep_clients(settings.home / _CLIENTS, now - older_than_days * _DAY, dry_run)
    if not dry_run:
        media.sweep_leftovers()
    uses = tuple(SpaceUse(kind=kind, bytes=sum(found), objects=len(found)) for kind, found in dropped.items())
    return SpaceReport(uses=uses, open_jobs=len(store.jobs.pending_or_running()))


def _unused_artifacts(
    media: MediaStore, needed: frozenset[str], now: float, older_than_days: float | None, keep_bytes: int | None
) -> Iterator[MediaInfo]:
    found = sorted(media.list(artifact_store.PREFIX), key=lambda info: (info.modified, info.key))
    total = sum(info.size for info in found)
    for info in found:
        age = now - info.modified
        if info.key in needed or age < _HOUR:
            continue
        too_old = older_than_days is not None and age > older_than_days * _DAY
        if too_old or (keep_bytes is not None and total > keep_bytes):
            total -= info.size
            yield info


def _sweep_scratch(settings: EngineSettings, store: Metadata, now: float, dry_run: bool) -> list[int]:
    """Files that no running work can still want: an hour old, or a day while jobs are unfinished."""
    patience = _DAY if store.jobs.pending_or_running() else _HOUR
    freed: list[int] = []
    for path in _files(settings.scratch):
        found = path.stat()
        if now - found.st_mtime > patience:
            freed.append(found.st_size)
            if not dry_run:
                path.unlink(missing_ok=True)
    if not dry_run:
        for folder in sorted(settings.scratch.glob("**/"), key=lambda path: len(path.parts), reverse=True):
            if folder != settings.scratch and not any(folder.iterdir()) and now - folder.stat().st_mtime > patience:
                folder.rmdir()
    return freed


def _sweep_clients(clients: Path, before: float, dry_run: bool) -> list[int]:
    """Homes in which nothing was written since ``before``, or since yesterday if that is earlier."""
    before = min(before, time.time() - _DAY)
    freed: list[int] = []
    for home in clients.iterdir() if clients.is_dir() else ():
        found = [path.stat() for path in _files(home)]
        if max((file.st_mtime for file in found), default=home.stat().st_mtime) < before:
            freed += [file.st_size for file in found]
            if not dry_run:
                shutil.rmtree(home)
    return freed


def _keys_in_timelines(store: Metadata) -> frozenset[str]:
    found: set[str] = set()
    for timeline in store.projects.timelines():
        found.update(_media_keys(json.loads(timeline)))
    return frozenset(found)


def _media_keys(value: object) -> Iterator[str]:
    """The ``key`` of every MediaRef, wherever it stands in the document."""
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        if {"key", "media_type", "size"} <= fields.keys():
            yield str(fields["key"])
        for item in fields.values():
            yield from _media_keys(item)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _media_keys(item)


def _kind(key: str, exports: frozenset[str]) -> SpaceKind:
    if key.startswith(_UPLOADS):
        return SpaceKind.UPLOADS
    return SpaceKind.EXPORTS if key in exports else SpaceKind.ARTIFACTS


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path
