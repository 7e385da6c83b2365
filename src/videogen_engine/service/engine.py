"""The engine, opened: settings, store, media and the durable runtime in one object."""

from __future__ import annotations

import asyncio
from types import TracebackType

from videogen_engine.runtime.embedded import EmbeddedRuntime
from videogen_engine.runtime.port import Runtime
from videogen_engine.runtime.stage_registry import STAGES_REFERENCE
from videogen_engine.service.ports import JobQueue
from videogen_engine.service.webhook_courier import WebhookCourier
from videogen_engine.settings import EngineSettings, load_engine_settings
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.signed_urls import UrlSigner
from videogen_engine.workflows import workflows
from videogen_engine.workflows.room import WorkflowRoom


class Engine:
    """Use as ``async with await Engine.open() as engine``, or call ``close`` at the end.

    Several processes may open the same data home: one runs the jobs, the others submit and follow.
    """

    def __init__(
        self,
        settings: EngineSettings,
        store: Metadata,
        media: MediaStore,
        signer: UrlSigner,
        runtime: Runtime,
    ) -> None:
        self.settings = settings
        self.store = store
        self.media = media
        self.signer = signer
        self._runtime = runtime

    @classmethod
    async def open(
        cls,
        settings: EngineSettings | None = None,
        *,
        registry: str = STAGES_REFERENCE,
    ) -> Engine:
        """Open the data home, made first if need be, and start running its jobs."""
        settings = settings or load_engine_settings()
        store, media, signer = await asyncio.to_thread(_open_store, settings)
        bodies = workflows(WorkflowRoom(settings, store))
        courier = WebhookCourier(settings, store, signer)
        runtime = EmbeddedRuntime(settings, store, bodies, registry=registry, beside=[courier.run])
        try:
            await runtime.start()
        except BaseException:
            await asyncio.to_thread(store.close)
            raise
        return cls(settings, store, media, signer, runtime)

    @property
    def queue(self) -> JobQueue:
        return self._runtime

    async def close(self) -> None:
        """Stop running jobs here. Unfinished ones stay resumable."""
        await self._runtime.stop()
        await asyncio.to_thread(self.store.close)

    async def __aenter__(self) -> Engine:
        return self

    async def __aexit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()


def _open_store(settings: EngineSettings) -> tuple[Metadata, MediaStore, UrlSigner]:
    # Scripts and films are private to their owner.
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    media = MediaStore(settings.media_url, cache=settings.scratch / "fetched")
    return Metadata.open(settings.database_url), media, UrlSigner(settings.media_secret())
