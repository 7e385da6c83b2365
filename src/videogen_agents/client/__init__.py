"""The client over hosted, embedded and scripted transports: nothing lost, nothing paid twice."""

from videogen_agents.client.blocking_client import BlockingVideoClient
from videogen_agents.client.clock import Clock, SystemClock
from videogen_agents.client.jobs import EngineJob, Job, JobKind
from videogen_agents.client.ledger import Ledger, LedgerEntry
from videogen_agents.client.operations import ASSETS, WORKFLOWS, AssetRequest, WorkflowRequest
from videogen_agents.client.project_calls import (
    ProjectScene,
    ProjectScenes,
    ProjectVersion,
    ProjectVersions,
    SceneSource,
    SceneWord,
)
from videogen_agents.client.transport import EmbeddedTransport, HostedTransport, Transport
from videogen_agents.client.video_client import Started, VideoClient

__all__ = [
    "ASSETS",
    "WORKFLOWS",
    "AssetRequest",
    "BlockingVideoClient",
    "Clock",
    "EmbeddedTransport",
    "EngineJob",
    "HostedTransport",
    "Job",
    "JobKind",
    "Ledger",
    "LedgerEntry",
    "ProjectScene",
    "ProjectScenes",
    "ProjectVersion",
    "ProjectVersions",
    "SceneSource",
    "SceneWord",
    "Started",
    "SystemClock",
    "Transport",
    "VideoClient",
    "WorkflowRequest",
]
