"""The vendor's own SDK calls each of its operations; every answer is the contract's, to the last key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import videogen
from pydantic import TypeAdapter
from videogen import VideoGen, VideoGenError, verify_webhook_signature

from videogen_agents.contract import ApiError, WireModel
from videogen_agents.contract.operations import OPERATIONS, Operation
from videogen_engine.service.operations import unbuilt_operations

from ..webhooks.receiver import Receiver, receiving
from .conftest import Served
from .sdk_calls import CALLS, Desk

pytestmark = pytest.mark.xdist_group("one-film")

#: What no engine can do without something that is not here, by what would enable it.
REFUSED: Mapping[str, str] = {"generateText": "language_model"}
#: What webhooks tell of all this, whatever else they do.
TOLD = frozenset(
    {
        *("workflow_run.succeeded", "workflow_run.cancelled", "project_export.succeeded", "tool_execution.succeeded"),
        *("file.upload.completed", "file.download_ready", "file.analysis_completed", "assistant_message.succeeded"),
    }
)

_JOB = ("status", "progressPercentage", "attemptIndex", "error")
_PROJECT = ("projectId", "assistantId", "title", "status", "projectUrl", "createdAt", "updatedAt", "aspectRatio")
_RUN = ("workflowRunId", "projectId", "projectUrl")
_ENTITY = ("entityId", "entityType", "name", "description", "references", "createdAt", "updatedAt")
_TOOL = ("toolExecutionId", "toolType", "results", *_JOB)
_RESULT = ("fileId", "type", "downloadUrl", "downloadUrlExpiresAt", "thumbnailUrl", "thumbnailUrlExpiresAt", "file")
_REMIX = ("remixActionId", "type", "projectId", "projectUrl", *_JOB)
_VOICE = (
    *("voiceId", "languageCode", "displayName", "displayGender"),
    *("supportsDirectToolExecution", "supportsAllLanguages", "isDeprecated"),
)
#: Keys that the vendor's MCP server refuses an answer without, by operation and where in the answer.
MCP_KEYS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "getMe": {"": ("apiKeyId", "apiKeyNickname", "email", "displayName", "teamId")},
    "getProject": {"": _PROJECT},
    "listProjects": {"projects": _PROJECT},
    **{name: {"": _RUN} for name in ("scriptToVideo", "voiceoverToVideo", "slideshowToVideo")},
    **{name: {"": _RUN} for name in ("promptToVideoClip", "videoToVideo", "getWorkflowRun")},
    "listWorkflowRuns": {"workflowRuns": (*_RUN, "workflowType", *_JOB)},
    "listToolExecutions": {"toolExecutions": _TOOL},
    "getToolExecutionInfo": {"": _TOOL, "results": _RESULT},
    "exportProject": {"": ("exportId",)},
    "getProjectExport": {"": ("exportId",)},
    "remixProject": {"": ("projectId", "projectUrl", "remixActionIds")},
    "listProjectRemixActions": {"remixActions": _REMIX},
    "getFile": {"": ("fileId",)},
    "hydrateFile": {"": ("fileId",)},
    "getFiles": {"files": ("fileId",)},
    "createFileUpload": {"": ("fileId", "uploadUrl")},
    "createEntity": {"": _ENTITY},
    "getEntity": {"": _ENTITY},
    "listEntities": {"entities": _ENTITY},
    "listTtsVoices": {"ttsVoices": _VOICE},
    "listLanguages": {"languages": ("languageCode", "name")},
}


def sdk_operations() -> dict[str, str]:
    """Operation ids that the SDK's source names, each with the method that calls it."""
    folder = Path(videogen.__file__).parent / "resources"
    sources = [path.read_text(encoding="utf-8").partition("\nclass Async")[0] for path in folder.glob("*.py")]
    return dict(re.findall(r"@sdk-operation (\w+)\s+def (\w+)", "\n".join(sources)))


def operation_of(request: httpx.Request) -> Operation:
    for operation in OPERATIONS.values():
        pattern = re.sub(r"{\w+}", "[^/]+", operation.path)
        if operation.method == request.method and re.fullmatch(pattern, request.url.path):
            return operation
    raise AssertionError(f"{request.method} {request.url.path} is no operation")


@dataclass
class Checked:
    """Answers as they came: looked through, and counted by operation."""

    answered: dict[str, int] = field(default_factory=dict)

    def __call__(self, response: httpx.Response) -> None:
        if not response.request.url.path.startswith("/v1/"):
            return
        operation = operation_of(response.request)
        content = response.read()
        assert response.headers["x-request-id"]
        if response.status_code >= 400:
            ApiError.model_validate_json(content, strict=True)
            return
        self.answered[operation.id] = self.answered.get(operation.id, 0) + 1
        assert response.status_code == operation.status
        if operation.response is None:
            assert content == b""
            return
        answer = TypeAdapter[WireModel](operation.response).validate_json(content, strict=True)
        sent = json.loads(content)
        assert json.loads(answer.to_wire_json()) == sent, operation.id
        for place, keys in MCP_KEYS.get(operation.id, {}).items():
            for part in sent[place] if place else [sent]:
                assert set(keys) <= part.keys(), operation.id
        if "hasMore" in sent or (operation.id.startswith("list") and operation.id != "listLanguages"):
            assert isinstance(sent["hasMore"], bool) and (sent["nextCursor"] is None) is not sent["hasMore"]


@pytest.fixture
def checked() -> Checked:
    return Checked()


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_every_operation_of_the_vendors_sdk_is_answered_as_the_contract_says(
    served: Served, checked: Checked, hook: Receiver
) -> None:
    operations = sdk_operations()
    assert len(operations) == 62 and operations.keys() == CALLS.keys() == OPERATIONS.keys() - {"storyboardToVideo"}
    assert unbuilt_operations() == ()
    transport = httpx.Client(event_hooks={"response": [checked]}, timeout=60)
    with transport, VideoGen(api_key=served.key, base_url=served.url, http_client=transport) as sdk:
        desk = Desk(sdk, hook.url(), {})
        events: set[str] = set()
        for name, call in CALLS.items():
            if name == "deleteWebhookEndpoint":
                events = told(hook, desk.secret)
            if name in REFUSED:
                assert refusal(desk, name) == (501, REFUSED[name])
            else:
                call(desk)
    assert checked.answered.keys() >= operations.keys() - REFUSED.keys()
    assert events >= TOLD and not any("failed" in event for event in events)


def refusal(desk: Desk, name: str) -> tuple[int, str]:
    """Status, and what the answer says is missing."""
    with pytest.raises(VideoGenError) as refused:
        CALLS[name](desk)
    return refused.value.status, refused.value.body["requirement"]["type"]


def told(hook: Receiver, secret: str) -> set[str]:
    """The events that came, verified by the vendor's own code, once all that must come have."""
    assert hook.wait_until(lambda: {json.loads(one.body)["event"] for one in hook.got} >= TOLD)
    found = [verify_webhook_signature(one.body, one.headers, secret) for one in hook.got]
    assert len({one.message_id for one in hook.got}) == len(hook.got)
    return {event["event"] for event in found}
