"""The 63 operations of the REST contract, as one table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, cast
from urllib.parse import quote

from pydantic import TypeAdapter

from videogen_agents.contract.account import Me
from videogen_agents.contract.assistant import (
    ActOnAssistantActionRequest,
    AssistantChat,
    AssistantMessage,
    AssistantMessageResponse,
    SendAssistantMessageRequest,
    StartAssistantChatRequest,
    StartAssistantChatResponse,
)
from videogen_agents.contract.base import Query, Request, WireModel
from videogen_agents.contract.entities import (
    AddEntityReferenceRequest,
    ArchiveEntityResponse,
    CreateEntityRequest,
    Entity,
    EntityPage,
    ListEntitiesQuery,
    RemoveEntityReferenceRequest,
    UpdateEntityRequest,
)
from videogen_agents.contract.files import (
    CreateFileUploadRequest,
    CreateFileUploadResponse,
    CreateFileUrlImportRequest,
    CreateFileUrlImportResponse,
    FileInfo,
    FilePage,
    FileUrlImport,
    ListFilesQuery,
    SearchFilesRequest,
    SearchFilesResponse,
)
from videogen_agents.contract.jobs import OwnedPageQuery, PageQuery
from videogen_agents.contract.projects import (
    CreateTimelineInterchangeRequest,
    CreateTimelineInterchangeResponse,
    ExportProjectRequest,
    ExportProjectResponse,
    ListProjectsQuery,
    Project,
    ProjectExport,
    ProjectExportPage,
    ProjectPage,
    TimelineInterchange,
)
from videogen_agents.contract.remix import RemixActionPage, RemixProjectRequest, RemixProjectResponse
from videogen_agents.contract.resources import (
    ListLanguagesQuery,
    ListLanguagesResponse,
    ListTtsVoicesQuery,
    TtsVoicePage,
)
from videogen_agents.contract.text import GenerateTextRequest, GenerateTextResponse
from videogen_agents.contract.tools import (
    ExecutedTool,
    GenerateAvatarRequest,
    GenerateImageRequest,
    GenerateMotionGraphicRequest,
    GenerateMusicRequest,
    GenerateSoundEffectRequest,
    GenerateVideoClipRequest,
    Image3dEffectRequest,
    RemoveImageBackgroundRequest,
    RemoveVideoBackgroundRequest,
    StartToolResponse,
    TextToSpeechRequest,
    ToolExecutionPage,
    ToolRequest,
    UpscaleImageRequest,
    UpscaleVideoRequest,
    VectorizeImageRequest,
)
from videogen_agents.contract.webhooks import (
    CreateWebhookEndpointRequest,
    WebhookEndpoint,
    WebhookEndpointPage,
)
from videogen_agents.contract.workflows import (
    PromptToVideoClipRequest,
    ScriptToVideoRequest,
    SlideshowToVideoRequest,
    StartWorkflowRunResponse,
    StoryboardToVideoRequest,
    VideoToVideoRequest,
    VoiceoverToVideoRequest,
    WorkflowRun,
    WorkflowRunPage,
)


class OperationGroup(StrEnum):
    ACCOUNT = "account"
    WORKFLOWS = "workflows"
    PROJECTS = "projects"
    TOOLS = "tools"
    FILES = "files"
    ENTITIES = "entities"
    ASSISTANT = "assistant"
    TEXT = "text"
    RESOURCES = "resources"
    WEBHOOKS = "webhooks"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation.

    ``path`` is a template such as ``/v1/projects/{projectId}``. ``request`` is None when no body is read;
    ``body_optional`` says that an absent body means ``{}``. ``response`` is a model, a union of models, or None
    for an empty answer. ``starts_work`` marks a job that would run, and cost, twice when sent twice; ``follow``
    names the operation that reports on it.
    """

    id: str
    group: OperationGroup
    method: Literal["GET", "POST", "DELETE"]
    path: str
    response: object | None
    request: type[Request] | None = None
    query: type[Query] | None = None
    status: int = 200
    body_optional: bool = False
    starts_work: bool = False
    follow: str | None = None

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """Names in the path, in order."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    def url(self, **ids: str) -> str:
        """The path with ids in place, escaped. ``ids`` are path parameters by wire or Python name.

        Raises ValueError for a missing, empty or unknown id, and for one that is only dots, which a server
        would take for another path.
        """
        given = {re.sub(r"_(\w)", lambda found: found[1].upper(), name): value for name, value in ids.items()}
        names = self.path_parameters
        if set(given) != set(names):
            raise ValueError(f"{self.id} takes the ids {', '.join(names) or 'none'}; got {', '.join(given) or 'none'}")
        for name, value in given.items():
            if not value.strip("."):
                raise ValueError(f"{name} is not an id")
        return self.path.format_map({name: quote(value, safe="") for name, value in given.items()})

    def read(self, body: object) -> WireModel | None:
        """The answer's JSON value as its model; None when the operation answers with nothing."""
        if self.response is None:
            return None
        return cast("WireModel", _adapter(self.id).validate_python(body))


@cache
def _adapter(operation_id: str) -> TypeAdapter[Any]:
    return TypeAdapter(cast("type[WireModel]", OPERATIONS[operation_id].response))


_RUN = "/v1/workflows/runs/{workflowRunId}"
_EXECUTION = "/v1/tools/executions/{toolExecutionId}"
_PROJECT = "/v1/projects/{projectId}"
_FILE = "/v1/files/{fileId}"
_ENTITY = "/v1/entities/{entityId}"
_ASSISTANT = "/v1/assistants/{assistantId}"
_ENDPOINTS = "/v1/webhooks/endpoints"


def _get(group: OperationGroup, name: str, path: str, response: object, query: type[Query] | None = None) -> Operation:
    return Operation(id=name, group=group, method="GET", path=path, response=response, query=query)


def _post(
    group: OperationGroup, name: str, path: str, request: type[Request] | None, response: object, status: int = 200
) -> Operation:
    return Operation(id=name, group=group, method="POST", path=path, request=request, response=response, status=status)


def _start(
    group: OperationGroup,
    name: str,
    path: str,
    request: type[Request],
    response: object,
    follow: str,
    body_optional: bool = False,
) -> Operation:
    return Operation(
        id=name,
        group=group,
        method="POST",
        path=path,
        request=request,
        response=response,
        status=202,
        body_optional=body_optional,
        starts_work=True,
        follow=follow,
    )


def _workflow(name: str, path: str, request: type[Request]) -> Operation:
    return _start(
        OperationGroup.WORKFLOWS,
        name,
        f"/v1/workflows/{path}",
        request,
        StartWorkflowRunResponse,
        "getWorkflowRun",
    )


def _tool(name: str, path: str, request: type[ToolRequest]) -> Operation:
    return _start(OperationGroup.TOOLS, name, f"/v1/tools/{path}", request, StartToolResponse, "getToolExecutionInfo")


_G = OperationGroup

_TABLE: tuple[Operation, ...] = (
    _get(_G.ACCOUNT, "getMe", "/v1/me", Me),
    _workflow("scriptToVideo", "script-to-video", ScriptToVideoRequest),
    _workflow("voiceoverToVideo", "voiceover-to-video", VoiceoverToVideoRequest),
    _workflow("slideshowToVideo", "slideshow-to-video", SlideshowToVideoRequest),
    _workflow("promptToVideoClip", "prompt-to-video-clip", PromptToVideoClipRequest),
    _workflow("videoToVideo", "video-to-video", VideoToVideoRequest),
    _workflow("storyboardToVideo", "storyboard-to-video", StoryboardToVideoRequest),
    _get(_G.WORKFLOWS, "listWorkflowRuns", "/v1/workflows/runs", WorkflowRunPage, OwnedPageQuery),
    _get(_G.WORKFLOWS, "getWorkflowRun", _RUN, WorkflowRun),
    _post(_G.WORKFLOWS, "cancelWorkflowRun", f"{_RUN}/cancel", None, StartWorkflowRunResponse, 202),
    _get(_G.PROJECTS, "listProjects", "/v1/projects", ProjectPage, ListProjectsQuery),
    _get(_G.PROJECTS, "getProject", _PROJECT, Project),
    _start(
        _G.PROJECTS,
        "exportProject",
        f"{_PROJECT}/export",
        ExportProjectRequest,
        ExportProjectResponse,
        "getProjectExport",
        body_optional=True,
    ),
    _get(_G.PROJECTS, "listProjectExports", f"{_PROJECT}/exports", ProjectExportPage, PageQuery),
    _get(_G.PROJECTS, "getProjectExport", f"{_PROJECT}/exports/{{exportId}}", ProjectExport),
    _start(
        _G.PROJECTS,
        "remixProject",
        f"{_PROJECT}/remix",
        RemixProjectRequest,
        RemixProjectResponse,
        "listProjectRemixActions",
    ),
    _get(_G.PROJECTS, "listProjectRemixActions", f"{_PROJECT}/remix-actions", RemixActionPage, PageQuery),
    _start(
        _G.PROJECTS,
        "createTimelineInterchange",
        f"{_PROJECT}/timeline-interchange",
        CreateTimelineInterchangeRequest,
        CreateTimelineInterchangeResponse,
        "getTimelineInterchange",
        body_optional=True,
    ),
    _get(
        _G.PROJECTS,
        "getTimelineInterchange",
        "/v1/timeline-interchange/{interchangeJobId}",
        TimelineInterchange,
    ),
    _tool("generateImage", "generate-image", GenerateImageRequest),
    _tool("generateVideoClip", "generate-video-clip", GenerateVideoClipRequest),
    _tool("generateMotionGraphic", "generate-motion-graphic", GenerateMotionGraphicRequest),
    _tool("textToSpeech", "text-to-speech", TextToSpeechRequest),
    _tool("generateSoundEffect", "generate-sound-effect", GenerateSoundEffectRequest),
    _tool("generateMusic", "generate-music", GenerateMusicRequest),
    _tool("generateAvatar", "generate-avatar", GenerateAvatarRequest),
    _tool("vectorizeImage", "vectorize-image", VectorizeImageRequest),
    _tool("removeImageBackground", "remove-image-background", RemoveImageBackgroundRequest),
    _tool("upscaleImage", "upscale-image", UpscaleImageRequest),
    _tool("image3dEffect", "image-3d-effect", Image3dEffectRequest),
    _tool("removeVideoBackground", "remove-video-background", RemoveVideoBackgroundRequest),
    _tool("upscaleVideo", "upscale-video", UpscaleVideoRequest),
    _get(_G.TOOLS, "listToolExecutions", "/v1/tools/executions", ToolExecutionPage, OwnedPageQuery),
    _get(_G.TOOLS, "getToolExecutionInfo", _EXECUTION, ExecutedTool),
    _post(_G.TOOLS, "cancelToolExecution", f"{_EXECUTION}/cancel", None, StartToolResponse, 202),
    _get(_G.FILES, "getFiles", "/v1/files", FilePage, ListFilesQuery),
    _post(_G.FILES, "searchFiles", "/v1/files/search", SearchFilesRequest, SearchFilesResponse),
    _get(_G.FILES, "getFile", _FILE, FileInfo),
    _post(_G.FILES, "createFileUpload", "/v1/files/upload", CreateFileUploadRequest, CreateFileUploadResponse),
    _start(
        _G.FILES,
        "createFileUrlImport",
        "/v1/files/import-url",
        CreateFileUrlImportRequest,
        CreateFileUrlImportResponse,
        "getFileUrlImport",
    ),
    _get(_G.FILES, "getFileUrlImport", "/v1/files/imports/{fileImportId}", FileUrlImport),
    _post(_G.FILES, "hydrateFile", f"{_FILE}/hydrate", None, FileInfo),
    _post(_G.FILES, "archiveFile", f"{_FILE}/archive", None, FileInfo),
    _post(_G.FILES, "enablePublicPreview", f"{_FILE}/enable-public-preview", None, FileInfo),
    _post(_G.FILES, "disablePublicPreview", f"{_FILE}/disable-public-preview", None, FileInfo),
    _get(_G.ENTITIES, "listEntities", "/v1/entities", EntityPage, ListEntitiesQuery),
    _post(_G.ENTITIES, "createEntity", "/v1/entities", CreateEntityRequest, Entity),
    _get(_G.ENTITIES, "getEntity", _ENTITY, Entity),
    _post(_G.ENTITIES, "updateEntity", f"{_ENTITY}/update", UpdateEntityRequest, Entity),
    _post(_G.ENTITIES, "archiveEntity", f"{_ENTITY}/archive", None, ArchiveEntityResponse),
    _post(_G.ENTITIES, "addEntityReference", f"{_ENTITY}/references", AddEntityReferenceRequest, Entity),
    _post(
        _G.ENTITIES,
        "removeEntityReference",
        f"{_ENTITY}/references/remove",
        RemoveEntityReferenceRequest,
        Entity,
    ),
    _start(
        _G.ASSISTANT,
        "startAssistantChat",
        "/v1/assistants",
        StartAssistantChatRequest,
        StartAssistantChatResponse,
        "getAssistantMessage",
    ),
    _get(_G.ASSISTANT, "getAssistant", _ASSISTANT, AssistantChat),
    _start(
        _G.ASSISTANT,
        "sendAssistantMessage",
        f"{_ASSISTANT}/messages",
        SendAssistantMessageRequest,
        AssistantMessageResponse,
        "getAssistantMessage",
    ),
    _start(
        _G.ASSISTANT,
        "actOnAssistantAction",
        f"{_ASSISTANT}/actions/{{actionId}}",
        ActOnAssistantActionRequest,
        AssistantMessageResponse,
        "getAssistantMessage",
        body_optional=True,
    ),
    _get(_G.ASSISTANT, "getAssistantMessage", "/v1/assistant-messages/{messageId}", AssistantMessage),
    _post(_G.TEXT, "generateText", "/v1/text/generate", GenerateTextRequest, GenerateTextResponse),
    _get(_G.RESOURCES, "listTtsVoices", "/v1/resources/tts-voices", TtsVoicePage, ListTtsVoicesQuery),
    _get(_G.RESOURCES, "listLanguages", "/v1/resources/languages", ListLanguagesResponse, ListLanguagesQuery),
    _get(_G.WEBHOOKS, "listWebhookEndpoints", _ENDPOINTS, WebhookEndpointPage, PageQuery),
    _post(
        _G.WEBHOOKS,
        "createWebhookEndpoint",
        _ENDPOINTS,
        CreateWebhookEndpointRequest,
        WebhookEndpoint,
        201,
    ),
    Operation(
        id="deleteWebhookEndpoint",
        group=_G.WEBHOOKS,
        method="DELETE",
        path=f"{_ENDPOINTS}/{{endpointId}}",
        response=None,
        status=204,
    ),
)

#: Every operation by its id, in the order of the reference.
OPERATIONS: Mapping[str, Operation] = MappingProxyType({row.id: row for row in _TABLE})

#: Paths of older servers (all POST), each with the operation that took its place. Serving them is optional.
RETIRED_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "/v1/tools/prompt-to-image": "generateImage",
        "/v1/tools/image-to-image": "generateImage",
        "/v1/tools/prompt-to-video-clip": "generateVideoClip",
        "/v1/tools/image-to-video-clip": "generateVideoClip",
        "/v1/tools/video-to-video-clip": "generateVideoClip",
        "/v1/tools/image-to-video": "generateVideoClip",
        "/v1/tools/generate-video-from-image": "generateVideoClip",
        "/v1/tools/prompt-to-sound-effect": "generateSoundEffect",
        "/v1/tools/generate-tts": "textToSpeech",
        "/v1/tools/audio-to-avatar-clip": "generateAvatar",
        "/v1/workflows/add-visuals-narrations-and-captions-to-script": "scriptToVideo",
        "/v1/workflows/add-visuals-and-captions-to-voiceover": "voiceoverToVideo",
        "/v1/workflows/add-narration-transitions-and-captions-to-slideshow": "slideshowToVideo",
        "/v1/workflows/generate-scenes-from-storyboard": "storyboardToVideo",
        "/v1/workflows/ai-video-clip": "promptToVideoClip",
        "/v1/assistant/chats": "startAssistantChat",
        "/v1/assistant/chats/{projectId}/messages": "sendAssistantMessage",
        "/v1/assistant/chats/{projectId}/actions/{actionId}": "actOnAssistantAction",
    }
)
