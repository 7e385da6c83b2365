"""Names of older clients and servers are read; only the newest are emitted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

import videogen_agents.contract as contract
from videogen_agents.contract import RemixAction
from videogen_agents.contract.base import WireModel

STOCK = {"type": "STOCK"}
FILE = {"fileId": "f", "scope": "GLOBAL"}
RESULT = {
    "fileId": "f",
    "type": "IMAGE",
    "downloadUrl": None,
    "downloadUrlExpiresAt": None,
    "thumbnailUrl": None,
    "thumbnailUrlExpiresAt": None,
    "file": FILE,
}


def renamed(body: dict[str, Any], newest: str, older: str) -> dict[str, Any]:
    return {older if key == newest else key: value for key, value in body.items()}


@pytest.mark.parametrize(
    ("model", "newest", "older", "body"),
    [
        (contract.FileInfo, "fileId", "storageFileId", FILE),
        (contract.ToolSuccessResult, "fileId", "storageFileId", RESULT),
        (contract.CreateFileUploadResponse, "fileId", "storageFileId", {"fileId": "f", "uploadUrl": "u"}),
        (contract.VectorizeImageRequest, "imageFileId", "imageStorageFileId", {"imageFileId": "f"}),
        (contract.RemoveImageBackgroundRequest, "imageFileId", "imageStorageFileId", {"imageFileId": "f"}),
        (contract.UpscaleImageRequest, "imageFileId", "imageStorageFileId", {"imageFileId": "f"}),
        (contract.Image3dEffectRequest, "imageFileId", "imageStorageFileId", {"imageFileId": "f"}),
        (contract.RemoveVideoBackgroundRequest, "videoFileId", "videoStorageFileId", {"videoFileId": "f"}),
        (contract.UpscaleVideoRequest, "videoFileId", "videoStorageFileId", {"videoFileId": "f"}),
        (
            contract.GenerateAvatarRequest,
            "audioFileId",
            "audioStorageFileId",
            {"actorEntityId": "e", "audioFileId": "f"},
        ),
        (
            contract.GenerateAvatarRequest,
            "actorEntityId",
            "avatarPresenterId",
            {"actorEntityId": "vg_pres_1", "audioFileId": "f"},
        ),
        (
            contract.ScriptToVideoRequest,
            "actorEntityId",
            "avatarPresenterId",
            {"script": "s", "visualStyle": STOCK, "actorEntityId": "vg_pres_1"},
        ),
        (
            contract.VoiceoverToVideoRequest,
            "actorEntityId",
            "avatarPresenterId",
            {"fileId": "f", "visualStyle": STOCK, "actorEntityId": "vg_pres_1"},
        ),
        (contract.VoiceoverToVideoRequest, "fileId", "storageFileId", {"fileId": "f", "visualStyle": STOCK}),
        (
            contract.SlideshowToVideoRequest,
            "actorEntityId",
            "avatarPresenterId",
            {"fileId": "f", "actorEntityId": "vg_pres_1"},
        ),
        (contract.SlideshowToVideoRequest, "fileId", "storageFileId", {"fileId": "f"}),
        (contract.TextToSpeechRequest, "ttsText", "text", {"ttsText": "hello", "voiceId": "v"}),
        (contract.GenerateTextRequest, "quality", "model", {"prompt": "p", "quality": "HIGH"}),
        (contract.GenerateImageRequest, "imageFileIds", "imageStorageFileIds", {"prompt": "p", "imageFileIds": ["f"]}),
        (
            contract.ScriptToVideoRequest,
            "featuredBRollFileIds",
            "featuredBrollFileIds",
            {"script": "s", "visualStyle": STOCK, "featuredBRollFileIds": ["f"]},
        ),
        (
            contract.WorkflowVisualStyle,
            "restyleFeaturedBRollWithAiStyle",
            "restyleFeaturedBrollWithAiStyle",
            {"type": "AI_IMAGE", "aiStyle": "ink", "restyleFeaturedBRollWithAiStyle": False},
        ),
    ],
)
def test_an_older_name_is_read_and_the_newest_is_emitted(
    model: type[WireModel], newest: str, older: str, body: dict[str, Any]
) -> None:
    parsed = model.model_validate(renamed(body, newest, older))
    assert parsed == model.model_validate(body)
    assert parsed.to_wire() == body


@pytest.mark.parametrize(
    ("older", "newest"),
    [
        (
            {"type": "CHANGE_NARRATOR", "voiceId": "v", "avatarPresenterId": "vg_pres_1"},
            {"type": "CHANGE_NARRATOR", "voiceId": "v", "actorEntityId": "vg_pres_1"},
        ),
        (
            {"type": "REGENERATE_IMAGES", "stylePrompt": "ink", "modelMode": "HIGH"},
            {"type": "REGENERATE_IMAGES", "stylePrompt": "ink", "quality": "HIGH"},
        ),
        (
            {"type": "VIDEO_EDITOR_AGENT", "prompt": "shorter", "mode": "RETHINK", "targetDurationSeconds": 20},
            {"type": "EDIT_WITH_AGENT", "prompt": "shorter", "mode": "RETHINK", "targetDurationSeconds": 20},
        ),
        ({"type": "ANIMATE_IMAGES"}, {"type": "CONVERT_IMAGES_TO_VIDEOS"}),
    ],
)
def test_an_older_remix_action_is_read_as_the_newest(older: dict[str, Any], newest: dict[str, Any]) -> None:
    given_body = dict(older)
    request = contract.RemixProjectRequest.model_validate({"remixActions": [older]})
    assert request.to_wire() == {"remixActions": [newest]}
    assert older == given_body


def test_older_types_of_finished_actions_and_runs_are_read() -> None:
    run = {"remixActionId": "r", "type": "VIDEO_EDITOR_AGENT", "status": "canceled", "projectId": "p"}
    rest = {"projectUrl": "u", "progressPercentage": 3, "attemptIndex": 0}
    action = contract.RemixActionRun.model_validate({**run, **rest})
    assert action.type is contract.RemixActionType.EDIT_WITH_AGENT
    assert action.status is contract.JobStatus.CANCELLED
    assert contract.WorkflowType("GENERATE_SCENES_FROM_STORYBOARD") is contract.WorkflowType.STORYBOARD_TO_VIDEO
    assert contract.ToolType("PROMPT_TO_IMAGE") is contract.ToolType.GENERATE_IMAGE


def test_a_visual_style_of_type_entity_is_read_as_ai_image_with_that_entity() -> None:
    style = contract.WorkflowVisualStyle.model_validate({"type": "ENTITY", "entityId": "vg_enti_1"})
    assert style.to_wire() == {"type": "AI_IMAGE", "entityId": "vg_enti_1"}


def test_a_single_video_reference_is_read_as_a_list_of_one() -> None:
    body = {"videoFileId": "vg_file_1"}
    assert contract.GenerateVideoClipRequest.model_validate(body).to_wire() == {"videoFileIds": ["vg_file_1"]}
    both = {"videoFileId": "old", "videoFileIds": ["new"]}
    assert contract.GenerateVideoClipRequest.model_validate(both).video_file_ids == ["new"]
    assert body == {"videoFileId": "vg_file_1"}


def test_a_single_actor_of_a_storyboard_scene_is_read_as_a_list_of_one() -> None:
    scene = contract.StoryboardScene.model_validate({"prompt": "p", "actorEntityId": "vg_enti_1"})
    assert scene.to_wire() == {"prompt": "p", "actorEntityIds": ["vg_enti_1"]}


@pytest.mark.parametrize(
    ("older", "newest", "key"),
    [
        ("slack_channel", "SLACK_CHANNEL", "slackChannelId"),
        ("google_drive_folder", "GOOGLE_DRIVE_FOLDER", "googleDriveFolderId"),
    ],
)
def test_lower_case_delivery_types_are_read(older: str, newest: str, key: str) -> None:
    body = {"integrationConnectionId": "c", "type": older, key: "target"}
    assert contract.DeliveryDestination.model_validate(body).to_wire() == {**body, "type": newest}


def test_a_transcript_that_is_plain_text_becomes_the_transcript_text() -> None:
    file = contract.FileInfo.model_validate({**FILE, "transcript": "hello there"})
    assert file.to_wire() == {**FILE, "transcript": None, "transcriptText": "hello there"}


@settings(max_examples=30, deadline=None, database=None, derandomize=True)
@given(st.datetimes())
def test_iso_timestamps_are_read_as_whole_seconds_and_emitted_as_numbers(moment: Any) -> None:
    source = {"status": "ready", "expiresAt": moment.isoformat() + "Z"}
    expires = contract.FileSource.model_validate(source).to_wire()["expiresAt"]
    assert isinstance(expires, int)
    bare = {"status": "ready", "expiresAt": moment.isoformat()}
    assert contract.FileSource.model_validate(bare).expires_at == expires


def test_an_offset_and_a_fraction_are_resolved() -> None:
    for text in ("1970-01-01T01:00:10+01:00", "1970-01-01T00:00:10.900Z"):
        assert contract.FileSource.model_validate({"status": "ready", "expiresAt": text}).expires_at == 10
    assert contract.FileSource.model_validate({"status": "ready", "expiresAt": 10.9}).expires_at == 10


def test_the_newest_name_wins_over_an_older_one() -> None:
    request = contract.TextToSpeechRequest.model_validate({"text": "old", "ttsText": "new", "voiceId": "v"})
    assert request.tts_text == "new"


def test_retired_paths_lead_to_operations_that_exist() -> None:
    assert set(contract.RETIRED_PATHS.values()) <= set(contract.OPERATIONS)
    assert not set(contract.RETIRED_PATHS) & {row.path for row in contract.OPERATIONS.values()}


def test_a_union_read_on_its_own_takes_older_types_too() -> None:
    action = TypeAdapter[RemixAction](RemixAction).validate_python({"type": "VIDEO_EDITOR_AGENT", "prompt": "p"})
    assert isinstance(action, contract.EditWithAgentAction)
