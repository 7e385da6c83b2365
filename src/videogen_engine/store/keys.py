"""Secrets that this machine makes for itself, one per file, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from filelock import FileLock
from pydantic import SecretStr

_RANDOM_BYTES = 32
_LOCK_SECONDS = 30.0


def load_or_create_key(home: Path, name: str, *, prefix: str) -> SecretStr:
    """The secret in ``home/keys/<name>``, made on first use. Two processes get the same one."""
    folder = home / "keys"
    path = folder / name
    if found := _read(path):
        return found
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(folder / ".lock", timeout=_LOCK_SECONDS):
        if found := _read(path):
            return found
        value = prefix + secrets.token_urlsafe(_RANDOM_BYTES)
        temporary = folder / f".{name}.{secrets.token_hex(4)}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(value)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        return SecretStr(value)


def _read(path: Path) -> SecretStr | None:
    try:
        value = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    return SecretStr(value) if value else None
