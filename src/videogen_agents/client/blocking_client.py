"""The sync face: every method is the async one, run on an event loop in a thread of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Concatenate, Generic, ParamSpec, Self, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

from videogen_agents.client.clock import Clock
from videogen_agents.client.ledger import Ledger
from videogen_agents.client.transport import Transport
from videogen_agents.client.video_client import VideoClient
from videogen_agents.config import Backend, Settings
from videogen_agents.webhooks import WebhookInbox

Arguments = ParamSpec("Arguments")
Reply = TypeVar("Reply")


class _Blocking(Generic[Arguments, Reply]):
    """Turns an async method of VideoClient into a sync one with the same signature."""

    def __init__(self, method: Callable[Concatenate[VideoClient, Arguments], Awaitable[Reply]]) -> None:
        self._method = method

    def __get__(self, client: BlockingVideoClient, owner: type[BlockingVideoClient]) -> Callable[Arguments, Reply]:
        def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Reply:
            async def run() -> Reply:
                return await self._method(client.asynchronous, *args, **kwargs)

            return client.portal.call(run)

        return call


class BlockingVideoClient:
    """Sync client, to be used as a context manager or closed by ``close()``."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: Transport | None = None,
        clock: Clock | None = None,
        ledger: Ledger | None = None,
        inbox: WebhookInbox | None = None,
    ) -> None:
        self._portal_context = start_blocking_portal()
        self.portal: BlockingPortal = self._portal_context.__enter__()

        def make() -> VideoClient:
            return VideoClient(settings, transport=transport, clock=clock, ledger=ledger, inbox=inbox)

        try:
            self.asynchronous = self.portal.call(make)
        except BaseException:
            self._portal_context.__exit__(None, None, None)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the transport and end the loop's thread."""
        try:
            self.portal.call(self.asynchronous.aclose)
        finally:
            self._portal_context.__exit__(None, None, None)

    @property
    def backend(self) -> Backend:
        return self.asynchronous.backend

    @property
    def ledger(self) -> Ledger:
        return self.asynchronous.ledger

    me = _Blocking(VideoClient.me)
    voices = _Blocking(VideoClient.voices)
    languages = _Blocking(VideoClient.languages)
    looks = _Blocking(VideoClient.looks)
    start_workflow = _Blocking(VideoClient.start_workflow)
    remix_project = _Blocking(VideoClient.remix_project)
    export_project = _Blocking(VideoClient.export_project)
    create_timeline_interchange = _Blocking(VideoClient.create_timeline_interchange)
    generate_asset = _Blocking(VideoClient.generate_asset)
    get_job = _Blocking(VideoClient.get_job)
    wait_for_job = _Blocking(VideoClient.wait_for_job)
    cancel_job = _Blocking(VideoClient.cancel_job)
    runs = _Blocking(VideoClient.runs)
    tool_executions = _Blocking(VideoClient.tool_executions)
    projects = _Blocking(VideoClient.projects)
    project = _Blocking(VideoClient.project)
    project_scenes = _Blocking(VideoClient.project_scenes)
    project_versions = _Blocking(VideoClient.project_versions)
    project_findings = _Blocking(VideoClient.project_findings)
    project_difference = _Blocking(VideoClient.project_difference)
    exports = _Blocking(VideoClient.exports)
    remix_actions = _Blocking(VideoClient.remix_actions)
    engine_job = _Blocking(VideoClient.engine_job)
    files = _Blocking(VideoClient.files)
    search_files = _Blocking(VideoClient.search_files)
    file = _Blocking(VideoClient.file)
    archive_file = _Blocking(VideoClient.archive_file)
    upload_file = _Blocking(VideoClient.upload_file)
    import_url = _Blocking(VideoClient.import_url)
    download = _Blocking(VideoClient.download)
    fetch_bytes = _Blocking(VideoClient.fetch_bytes)
    entities = _Blocking(VideoClient.entities)
    entity = _Blocking(VideoClient.entity)
    create_entity = _Blocking(VideoClient.create_entity)
    update_entity = _Blocking(VideoClient.update_entity)
    archive_entity = _Blocking(VideoClient.archive_entity)
    add_entity_reference = _Blocking(VideoClient.add_entity_reference)
    remove_entity_reference = _Blocking(VideoClient.remove_entity_reference)

    def ledger_entries(self, limit: int = 50):
        """What was started from this machine, newest first."""
        return self.asynchronous.ledger_entries(limit)
