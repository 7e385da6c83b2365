"""The reference's example payloads parse, and are emitted as they came."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter

import videogen_agents.contract as contract
from videogen_agents.contract import WebhookPayload
from videogen_agents.contract.base import WireModel

START = """{"workflowRunId":"vg_work_0001","projectId":"vg_proj_0001",
 "projectUrl":"https://app.videogen.io/project/vg_proj_0001","remixActionIds":["vg_rmix_0001"]}"""
RUN = """{"workflowRunId":"vg_work_0001","status":"succeeded","workflowType":"SCRIPT_TO_VIDEO",
 "progressPercentage":100,"attemptIndex":0,"projectId":"vg_proj_0001",
 "projectUrl":"https://app.videogen.io/project/vg_proj_0001","error":null,"exportId":"vg_expo_0001",
 "exportFileId":"vg_file_0009","downloadUrl":"https://media.example/v.mp4?sig=a","downloadUrlExpiresAt":1767225600,
 "thumbnailUrl":"https://media.example/v.jpg?sig=b","thumbnailUrlExpiresAt":1767225600}"""
EXECUTION = """{"toolExecutionId":"vg_tool_0001","status":"succeeded","toolType":"GENERATE_IMAGE",
 "progressPercentage":100,"attemptIndex":0,"error":null,"results":[{"fileId":"vg_file_0001","type":"IMAGE",
 "downloadUrl":"https://media.example/i.png?sig=c","downloadUrlExpiresAt":1767225600,
 "thumbnailUrl":"https://media.example/i_t.jpg?sig=d","thumbnailUrlExpiresAt":1767225600,
 "file":{"fileId":"vg_file_0001","scope":"GLOBAL","type":"IMAGE","displayName":"A red kite"}}]}"""
FILE = """{"fileId":"vg_file_0002","scope":"GLOBAL","type":"VIDEO","displayName":"clip.mp4","description":null,
 "durationSeconds":12.5,"transcript":null,"transcriptText":null,"isPublicPreviewEnabled":false,
 "downloadUrl":"https://media.example/c.mp4?sig=e","downloadUrlExpiresAt":1767225600,"thumbnailUrl":null,
 "thumbnailUrlExpiresAt":null,"downloadSource":{"status":"ready","url":"https://media.example/c.mp4?sig=e",
 "expiresAt":1767225600,"width":1920,"height":1080,"fileBytes":812345},"previewSource":{"status":"pending"},
 "thumbnailSource":{"status":"pending"},"hlsSource":{"status":"pending"},"fileAnalysisMetadata":
 {"analysisLoadingState":"LOADING","analysisProgressPercentage":40,"analysisAttemptIndex":0}}"""
ERROR = """{"message":"This feature needs a higher plan.","code":"not_authorized",
 "requirement":{"type":"upgrade_plan","details":{"planId":"pro"}},"internalErrorCode":null}"""
DELIVERY = """{"event":"project_export.succeeded","exportId":"vg_expo_0001","projectId":"vg_proj_0001",
 "occurredAt":1766620800,"exportFileId":"vg_file_0009","error":null}"""
UPLOAD = """{"displayName":"clip.mp4","type":"VIDEO","isTemporary":false}"""


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (contract.StartWorkflowRunResponse, START),
        (contract.WorkflowRun, RUN),
        (contract.ExecutedTool, EXECUTION),
        (contract.FileInfo, FILE),
        (contract.ApiError, ERROR),
        (contract.ProjectExportEvent, DELIVERY),
        (contract.CreateFileUploadRequest, UPLOAD),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_an_example_is_emitted_as_it_came(model: type[WireModel], text: str) -> None:
    assert model.model_validate_json(text).to_wire() == json.loads(text)


def test_a_delivery_is_told_apart_by_its_event() -> None:
    payload = TypeAdapter[WebhookPayload](WebhookPayload).validate_json(DELIVERY)
    assert isinstance(payload, contract.ProjectExportEvent)
    assert payload.to_wire() == json.loads(DELIVERY)


def test_an_optional_error_is_absent_from_a_delivery_that_has_none() -> None:
    event = contract.ProjectExportEvent(
        event=contract.WebhookEvent.PROJECT_EXPORT_SUCCEEDED, export_id="e", project_id="p", occurred_at=1
    )
    assert event.to_wire() == {
        "event": "project_export.succeeded",
        "exportId": "e",
        "projectId": "p",
        "occurredAt": 1,
        "exportFileId": None,
    }


def test_every_event_has_a_payload() -> None:
    adapter = TypeAdapter[WebhookPayload](WebhookPayload)
    assert len(contract.WebhookEvent) == 18
    for event in contract.WebhookEvent:
        body = {
            "event": event.value,
            "occurredAt": 1,
            "toolExecutionId": "t",
            "toolType": "GENERATE_IMAGE",
            "workflowRunId": "w",
            "workflowType": "SCRIPT_TO_VIDEO",
            "projectId": "p",
            "projectUrl": "u",
            "exportId": "e",
            "fileId": "f",
            "file": {"fileId": "f", "scope": "GLOBAL"},
            "messageId": "m",
            "message": {"messageId": "m", "role": "assistant", "status": "succeeded", "createdAt": 1},
        }
        assert adapter.validate_python(body).event is event


def test_a_reply_of_the_assistant_has_every_key() -> None:
    reply = contract.OPERATIONS["getAssistantMessage"].read(
        {"messageId": "m", "role": "assistant", "status": "running", "createdAt": 1}
    )
    assert isinstance(reply, contract.AssistantReply)
    assert reply.to_wire() == {
        "messageId": "m",
        "role": "assistant",
        "status": "running",
        "content": None,
        "attachments": [],
        "workflowSuggestions": [],
        "actions": [],
        "generation": None,
        "error": None,
        "createdAt": 1,
    }


def test_a_failed_import_tells_why_in_either_form() -> None:
    read = contract.OPERATIONS["getFileUrlImport"].read
    told = [read({"status": "failed", "error": error}) for error in ("no such page", {"message": "no such page"})]
    assert told[0] == told[1]
    assert isinstance(told[0], contract.FileUrlImport)
    assert told[0].error == contract.ApiError(message="no such page")


def test_details_of_a_requirement_that_are_not_text_do_not_hide_the_error() -> None:
    error = contract.ApiError.model_validate({"message": "m", "requirement": {"type": "t", "details": {"seats": 3}}})
    assert error.requirement is not None
    assert error.requirement.details == {"seats": "3"}
