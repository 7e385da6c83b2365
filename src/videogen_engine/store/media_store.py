"""Bytes by key: a folder by default, an object store by URL. Objects never change once they are there.

Keys are relative, slash-separated and made of plain characters; anything else is refused, and so is a key
that a link would lead out of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.store.storage_errors import disk_error

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_MAX_KEY = 512
#: What an interrupted write leaves beside its target, here and in obstore's local store.
_LEFTOVER = re.compile(r".*(#\d+|\.partial-[0-9a-f]+)")
#: Above this size an object store is written in parts, which cannot be create-only.
_ONE_PUT_BYTES = 64 * 1024**2
_NO_HARD_LINKS = {errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@dataclass(frozen=True)
class MediaInfo:
    """``size`` in bytes, ``modified`` in seconds since the epoch."""

    key: str
    size: int
    modified: float


class MediaStore:
    """Everything is synchronous; call it from a thread. ``url`` is ``file:///…`` or ``s3://…``."""

    def __init__(self, url: str, *, cache: Path | None = None) -> None:
        self.url = url
        self._root: Path | None = None
        if urlsplit(url).scheme == "file":
            self._root = Path(url2pathname(unquote(urlsplit(url).path)))
            self._root.mkdir(parents=True, exist_ok=True)
            self._root = self._root.resolve()
            self._store: ObjectStore = LocalStore(self._root)
        else:
            self._store = from_url(url)
        self._cache = cache or Path(tempfile.gettempdir()) / "videogen-media"

    def publish(self, key: str, file: Path) -> bool:
        """Move ``file`` to ``key`` in one atomic step; False when the key is taken. ``file`` goes either way.

        A process killed at any point leaves the key either absent or whole.
        """
        target = self._local(key)
        try:
            if target is not None:
                return _publish_locally(file, target)
            if file.stat().st_size > _ONE_PUT_BYTES:
                if self.head(key) is not None:
                    return False
                obstore.put(self._store, key, file)
                return True
            try:
                obstore.put(self._store, key, file, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
            return True
        finally:
            file.unlink(missing_ok=True)

    def head(self, key: str) -> MediaInfo | None:
        """Size and age of the object, or None."""
        target = self._local(key)
        if target is not None:
            try:
                found = target.stat()
            except (FileNotFoundError, NotADirectoryError):
                return None
            return MediaInfo(key, found.st_size, found.st_mtime) if target.is_file() else None
        try:
            meta = obstore.head(self._store, key)
        except FileNotFoundError:
            return None
        return MediaInfo(key, meta["size"], meta["last_modified"].timestamp())

    def touch(self, key: str) -> None:
        """Note that the object is in use, so that it is among the last to be dropped. Local stores only."""
        target = self._local(key)
        if target is not None:
            with contextlib.suppress(FileNotFoundError):
                os.utime(target)

    def read(self, key: str, start: int = 0, end: int | None = None, *, chunk: int = 1 << 18) -> Iterator[bytes]:
        """Bytes from ``start`` to before ``end``. Raises NotFoundError at once when there are none."""
        info = self.head(key)
        if info is None:
            raise NotFoundError("These media are no longer stored.", ids={"media_key": key})
        return self._chunks(key, start, info.size if end is None else min(end, info.size), chunk)

    def path(self, key: str) -> Path:
        """A local path of the bytes, fetched first when the store is remote. Raises NotFoundError."""
        if self.head(key) is None:
            raise NotFoundError("These media are no longer stored.", ids={"media_key": key})
        target = self._local(key)
        if target is not None:
            return target
        cached = self._cache / key
        if not cached.is_file():
            cached.parent.mkdir(parents=True, exist_ok=True)
            partial = cached.with_name(f"{cached.name}.partial-{secrets.token_hex(4)}")
            with partial.open("wb") as stream:
                for part in obstore.get(self._store, key):
                    stream.write(part)
            partial.replace(cached)
        return cached

    def delete(self, key: str) -> None:
        """Deleting what is not there is no error."""
        check_key(key)
        with contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, key)

    def list(self, prefix: str = "") -> Iterator[MediaInfo]:
        """Every whole object under ``prefix``, which ends at a slash."""
        pages = obstore.list(  # pyright: ignore[reportUnknownMemberType]  # other overloads name pyarrow
            self._store, prefix or None, chunk_size=1000
        )
        for page in pages:
            for meta in page:
                if not _LEFTOVER.fullmatch(meta["path"]):
                    yield MediaInfo(meta["path"], meta["size"], meta["last_modified"].timestamp())

    def sweep_leftovers(self, older_than: float = 3600.0) -> int:
        """Delete what interrupted writes left behind more than ``older_than`` seconds ago; bytes freed."""
        if self._root is None:
            return 0
        freed = 0
        for path in self._root.rglob("*"):
            if path.is_symlink() or not path.is_file() or not _LEFTOVER.fullmatch(path.name):
                continue
            found = path.stat()
            if time.time() - found.st_mtime > older_than:
                path.unlink(missing_ok=True)
                freed += found.st_size
        return freed

    def _chunks(self, key: str, start: int, end: int, chunk: int) -> Iterator[bytes]:
        target = self._local(key)
        if target is None:
            while start < end:
                part = bytes(obstore.get_range(self._store, key, start=start, end=min(end, start + chunk * 16)))
                start += len(part)
                yield part
            return
        with target.open("rb") as stream:
            stream.seek(start)
            while start < end and (part := stream.read(min(chunk, end - start))):
                start += len(part)
                yield part

    def _local(self, key: str) -> Path | None:
        check_key(key)
        if self._root is None:
            return None
        path = self._root / key
        if not path.resolve().is_relative_to(self._root):
            raise InputError("The media key leads out of the media store.", code="invalid_id")
        return path


def check_key(key: str) -> None:
    """Raises InputError unless ``key`` is relative, has no ``..`` and only plain characters."""
    if len(key) > _MAX_KEY or not _KEY.fullmatch(key) or ".." in key:
        raise InputError("The media key is malformed.", code="invalid_id", status=404)


def _publish_locally(file: Path, target: Path) -> bool:
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    # Without this, power loss may leave a whole name with half the bytes, found for ever after.
    _flush(file)
    try:
        return _link(file, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise disk_error(error) from error
    # Scratch lies on another file system, or this one has no hard links: copy beside the target first.
    partial = target.with_name(f"{target.name}.partial-{secrets.token_hex(4)}")
    try:
        try:
            shutil.copyfile(file, partial)
            _flush(partial)
        except OSError as error:
            raise disk_error(error) from error
        try:
            return _link(partial, target)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
        # Equal keys hold equal bytes, so replacing what a racing writer published changes nothing.
        partial.replace(target)
        return True
    finally:
        partial.unlink(missing_ok=True)


def _link(file: Path, target: Path) -> bool:
    try:
        target.hardlink_to(file)
    except FileExistsError:
        return False
    return True


def _flush(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
