"""Everything that starts work at a server, each with one request: for clients of this process and of killed ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, JsonValue

from videogen_agents.client import VideoClient
from videogen_agents.client.connected import Started
from videogen_agents.client.operations import WorkflowRequest
from videogen_agents.contract import (
    CreateEntityRequest,
    CreateFileUrlImportRequest,
    ExportProjectRequest,
    GenerateImageRequest,
    PromptToVideoClipRequest,
    RemixProjectRequest,
    ScriptToVideoRequest,
    SlideshowToVideoRequest,
    StoryboardToVideoRequest,
    VideoToVideoRequest,
    VoiceoverToVideoRequest,
)

if TYPE_CHECKING:
    # The killed clients import this module, and need no server.
    from videogen_agents.testing import ScriptedServer

PROJECT = "vg_proj_0001"
STOCK = {"type": "STOCK"}
EDITS: list[dict[str, JsonValue]] = [{"type": "ADD_ZOOM"}, {"type": "DISABLE_CAPTIONS"}]


@dataclass(frozen=True)
class Work:
    """``start`` asks for it; ``made`` is what the server has of it, each as the ids that its reply named.

    ``listed`` says that the contract lists such work, so that a lost reply can be found again.
    """

    name: str
    operation: str
    start: Callable[..., Awaitable[Started[Any]]]
    ids: tuple[str, ...]
    records: str
    listed: bool = True

    def __str__(self) -> str:
        return self.name

    def made(self, server: ScriptedServer) -> list[list[str]]:
        return [_flat(record, self.ids) for record in getattr(server, self.records)]

    def answered(self, reply: BaseModel) -> list[str]:
        return _flat(reply.model_dump(by_alias=True), self.ids)


def _flat(values: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    ids: list[str] = []
    for name in names:
        ids += values[name] if isinstance(values[name], list) else [values[name]]
    return ids


def _workflow(name: str, operation: str, request: type[WorkflowRequest], **values: Any) -> Work:
    def start(client: VideoClient, **more: Any) -> Awaitable[Started[Any]]:
        return client.start_workflow(request.model_validate({"autoExport": True, **values}), **more)

    return Work(name, operation, start, ("workflowRunId", "projectId", "remixActionIds"), "runs")


def _remix(name: str, **values: Any) -> Work:
    def start(client: VideoClient, **more: Any) -> Awaitable[Started[Any]]:
        return client.remix_project(
            PROJECT, RemixProjectRequest.model_validate({"remixActions": EDITS, **values}), **more
        )

    return Work(name, "remixProject", start, ("projectId", "remixActionIds"), "remixes")


#: The script is longer than what a socket takes at once, so that half of it really is on its way when it is cut.
WORK = (
    _workflow("script to video", "scriptToVideo", ScriptToVideoRequest, script="Water. " * 100_000, visualStyle=STOCK),
    _workflow("voiceover to video", "voiceoverToVideo", VoiceoverToVideoRequest, fileId="vg_file_1", visualStyle=STOCK),
    _workflow("slideshow to video", "slideshowToVideo", SlideshowToVideoRequest, fileId="vg_file_1"),
    _workflow("prompt to clip", "promptToVideoClip", PromptToVideoClipRequest, prompt="Water."),
    _workflow("video to video", "videoToVideo", VideoToVideoRequest, prompt="Ink.", videoFileId="vg_file_1"),
    _workflow(
        "storyboard to video, with edits",
        "storyboardToVideo",
        StoryboardToVideoRequest,
        scenes=[{"prompt": "Water."}],
        remixActions=EDITS,
    ),
    _remix("remix"),
    _remix("remix of a copy", saveAsNewProject=True),
    Work(
        "export",
        "exportProject",
        lambda client, **more: client.export_project(PROJECT, ExportProjectRequest(), **more),
        ("exportId",),
        "exports",
    ),
    Work(
        "asset",
        "generateImage",
        lambda client, **more: client.generate_asset(GenerateImageRequest(prompt="Water."), **more),
        ("toolExecutionId",),
        "executions",
    ),
    Work(
        "entity",
        "createEntity",
        lambda client, **more: client.create_entity(
            CreateEntityRequest.model_validate({"entityType": "PRODUCT", "name": "Bottle"}), **more
        ),
        ("entityId",),
        "entities",
    ),
    Work(
        "timeline interchange",
        "createTimelineInterchange",
        lambda client, **more: client.create_timeline_interchange(PROJECT, **more),
        ("interchangeJobId",),
        "interchanges",
        listed=False,
    ),
    Work(
        "URL import",
        "createFileUrlImport",
        lambda client, **more: client.import_url(
            CreateFileUrlImportRequest(url="https://files.example/talk.mp4"), **more
        ),
        ("fileImportId",),
        "imports",
        listed=False,
    ),
)


def work_named(name: str) -> Work:
    return next(work for work in WORK if work.name == name)
