"""What the routes need of the engine behind them."""

from __future__ import annotations

from typing import Protocol

from videogen_engine.settings import EngineSettings
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.signed_urls import UrlSigner


class JobQueue(Protocol):
    """The part of the runtime that routes use; the job's row exists before either call."""

    async def submit(self, job_id: str) -> None: ...

    async def cancel(self, job_id: str) -> None: ...


class Links(Protocol):
    """What makes absolute links that carry their own permission. Every ``Call`` is one; webhooks have their own."""

    @property
    def origin(self) -> str: ...

    @property
    def signer(self) -> UrlSigner: ...


class EngineFacade(Protocol):
    """An opened engine."""

    @property
    def settings(self) -> EngineSettings: ...

    @property
    def store(self) -> Metadata: ...

    @property
    def media(self) -> MediaStore: ...

    @property
    def signer(self) -> UrlSigner: ...

    @property
    def queue(self) -> JobQueue: ...
