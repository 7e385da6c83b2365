"""One request for every operation of the contract, in an order in which each finds what it asks about."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue

from videogen_agents.contract import OPERATIONS
from videogen_agents.contract.operations import Operation

STOCK: JsonValue = {"type": "STOCK"}
ZOOM: JsonValue = [{"type": "ADD_ZOOM"}]
IDS = {
    "workflowRunId": "vg_work_0001",
    "projectId": "vg_proj_0001",
    "exportId": "vg_expo_0001",
    "interchangeJobId": "vg_inte_0001",
    "toolExecutionId": "vg_tool_0001",
    "fileId": "vg_file_0001",
    "fileImportId": "vg_fimp_0001",
    "entityId": "vg_enti_0001",
    "assistantId": "vg_asst_0007",
    "messageId": "vg_mesg_0002",
    "actionId": "an action",
    "endpointId": "ep_0001",
}
BODIES: dict[str, dict[str, JsonValue]] = {
    "scriptToVideo": {"script": "Water.", "visualStyle": STOCK, "autoExport": True, "remixActions": ZOOM},
    "voiceoverToVideo": {"fileId": "vg_file_1", "visualStyle": STOCK},
    "slideshowToVideo": {"fileId": "vg_file_1"},
    "promptToVideoClip": {"prompt": "Water."},
    "videoToVideo": {"prompt": "Ink.", "videoFileId": "vg_file_1"},
    "storyboardToVideo": {"scenes": [{"prompt": "Water."}]},
    "remixProject": {"remixActions": ZOOM, "saveAsNewProject": True},
    "createTimelineInterchange": {"format": "OTIO", "mediaDelivery": "BUNDLE"},
    "generateImage": {"prompt": "Water.", "numResults": 2},
    "generateVideoClip": {"prompt": "Water."},
    "generateMotionGraphic": {"prompt": "Water."},
    "textToSpeech": {"ttsText": "Water.", "voiceId": "Ada"},
    "generateSoundEffect": {"prompt": "Water."},
    "generateMusic": {"prompt": "Water."},
    "generateAvatar": {"actorEntityId": "vg_enti_mia", "audioFileId": "vg_file_1"},
    "vectorizeImage": {"imageFileId": "vg_file_1"},
    "removeImageBackground": {"imageFileId": "vg_file_1"},
    "upscaleImage": {"imageFileId": "vg_file_1"},
    "image3dEffect": {"imageFileId": "vg_file_1"},
    "removeVideoBackground": {"videoFileId": "vg_file_1"},
    "upscaleVideo": {"videoFileId": "vg_file_1"},
    "searchFiles": {"query": "water film"},
    "createFileUpload": {"displayName": "talk.mp3"},
    "createFileUrlImport": {"url": "https://files.example/talk.mp4"},
    "createEntity": {"entityType": "PRODUCT", "name": "Bottle"},
    "updateEntity": {"name": "Blue bottle"},
    "addEntityReference": {"fileId": "vg_file_0001", "isDefault": True},
    "removeEntityReference": {"fileId": "vg_file_0001"},
    "startAssistantChat": {"message": "A film on water."},
    "sendAssistantMessage": {"message": "Shorter."},
    "generateText": {"prompt": "Water."},
    "createWebhookEndpoint": {"url": "https://hooks.example/in", "events": ["workflow_run.succeeded"]},
}
#: What ends a thing comes after what looks at it; what makes one comes first.
_UNDOES = ("disable", "removeEntity")
_ENDS = ("cancel", "archive", "delete")


@dataclass(frozen=True)
class Asked:
    """A request of the contract."""

    operation: Operation
    path: str
    body: dict[str, JsonValue] | None


def _order(operation: Operation) -> tuple[bool, bool, bool, bool]:
    name = operation.id
    return name.startswith(_ENDS), name.startswith(_UNDOES), operation.method == "GET", bool(operation.path_parameters)


def everything() -> list[Asked]:
    """Every operation once: makers, then what changes things, then readers, then what ends things."""
    asked: list[Asked] = []
    for operation in sorted(OPERATIONS.values(), key=_order):
        path = operation.url(**{name: IDS[name] for name in operation.path_parameters})
        body = BODIES.get(operation.id, {} if operation.request else None)
        asked.append(Asked(operation, path, body))
    return asked
