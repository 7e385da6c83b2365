"""The client: the same calls to the hosted API, to the embedded engine, and to a server that a test scripts."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from videogen_agents.client.asset_calls import AssetCalls
from videogen_agents.client.connected import Started
from videogen_agents.client.entity_calls import EntityCalls
from videogen_agents.client.file_calls import FileCalls
from videogen_agents.client.project_calls import ProjectCalls
from videogen_agents.client.resource_calls import ResourceCalls
from videogen_agents.client.workflow_calls import WorkflowCalls

__all__ = ["Started", "VideoClient"]


class VideoClient(WorkflowCalls, ProjectCalls, AssetCalls, FileCalls, EntityCalls, ResourceCalls):
    """Async client. Opens its transport on first use; safe for concurrent use within one event loop.

    ``inbox`` brings webhook deliveries: waits then read a job when its end is delivered, instead of polling.
    Every method raises ``videogen_agents.errors.VideoError`` subclasses only. Errors after a start carry the ids.
    """

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
