"""What a stage is given beside its input: an artifact store, scratch space, progress and cancellation.

A stage is a plain function ``stage(request, ctx) -> result`` with pydantic models on both sides. It may be
killed at any instant and run again, so everything it wants to keep goes through ``ctx.cached_*``.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Protocol, TypeVar

from pydantic import BaseModel

from videogen_engine import ENGINE_VERSION
from videogen_engine.frozen import Frozen

ModelT = TypeVar("ModelT", bound=BaseModel)


class StageCancelledError(Exception):
    """Raised inside a stage by ``ctx.check()`` once the job was cancelled."""


class MediaRef(Frozen):
    """Bytes in the media store. ``key`` is opaque and stable; ``size`` is in bytes."""

    key: str
    media_type: str
    size: int


class ArtifactStore(Protocol):
    """Finished work by key. Keys are made of input hashes, so equal keys hold equal bytes."""

    def find(self, key: str) -> MediaRef | None:
        """The artifact at ``key``, or None."""
        ...

    def publish(self, key: str, file: Path, media_type: str) -> MediaRef:
        """Move ``file`` into the store, atomically. First writer wins; the loser's file is dropped."""
        ...

    def path(self, ref: MediaRef) -> Path:
        """A readable local path of the bytes (fetched first when the store is remote)."""
        ...


def content_key(kind: str, version: str, inputs: BaseModel | object, suffix: str = "") -> str:
    """``kind/ab/abcdef….suffix`` from the canonical JSON of ``inputs``, the stage and the engine version."""
    body = inputs.model_dump(mode="json") if isinstance(inputs, BaseModel) else inputs
    canonical = json.dumps([ENGINE_VERSION, kind, version, body], sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    return f"{kind}/{digest[:2]}/{digest}{suffix}"


def _silent(_fraction: float, _message: str) -> None:
    return None


@dataclass(frozen=True)
class StageContext:
    """``report(fraction 0–1, message)`` may be called as often as you like; it is throttled by the caller."""

    store: ArtifactStore
    scratch: Path
    report: Callable[[float, str], None] = _silent
    cancelled: Event = field(default_factory=Event)

    def check(self) -> None:
        """Raise StageCancelledError once the job was cancelled. Call it at least every 0.5 s of work."""
        if self.cancelled.is_set():
            raise StageCancelledError

    def temporary(self, suffix: str) -> Path:
        """A fresh path under the scratch folder."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        return self.scratch / f"{uuid.uuid4().hex}{suffix}"

    def cached_file(
        self,
        kind: str,
        version: str,
        inputs: BaseModel | object,
        *,
        suffix: str,
        media_type: str,
        make: Callable[[Path], None],
    ) -> MediaRef:
        """The file made from ``inputs``: from the store, or by ``make(path)``, which must write ``path``."""
        key = content_key(kind, version, inputs, suffix)
        if (hit := self.store.find(key)) is not None:
            return hit
        path = self.temporary(suffix)
        make(path)
        return self.store.publish(key, path, media_type)

    def cached_model(
        self,
        kind: str,
        version: str,
        inputs: BaseModel | object,
        model: type[ModelT],
        make: Callable[[], ModelT],
    ) -> ModelT:
        """The model made from ``inputs``: from the store, or by ``make()``."""
        key = content_key(kind, version, inputs, ".json")
        if (hit := self.store.find(key)) is not None:
            return model.model_validate_json(self.store.path(hit).read_bytes())
        result = make()
        path = self.temporary(".json")
        path.write_bytes(result.model_dump_json().encode())
        self.store.publish(key, path, "application/json")
        return result
