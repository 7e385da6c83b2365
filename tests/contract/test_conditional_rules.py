"""Rules that span fields, and bounds: what is refused says which field and what to do; what is right passes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import videogen_agents.contract as contract
from videogen_agents.contract import explain_validation
from videogen_agents.contract.base import WireModel

STOCK = {"type": "STOCK"}
SCRIPT = {"script": "s", "visualStyle": STOCK}


def refusal(model: type[WireModel], body: object) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(body)
    return explain_validation(caught.value)


@pytest.mark.parametrize(
    ("model", "body", "field", "words"),
    [
        (contract.WorkflowVisualStyle, {"type": "AI_IMAGE"}, "aiStyle", ["aiStyle", "entityId", "STOCK"]),
        (contract.WorkflowVisualStyle, {"type": "AI_IMAGE", "aiStyle": "  "}, "aiStyle", ["describe"]),
        (contract.WorkflowVisualStyle, {"type": "ENTITY"}, "aiStyle", ["entityId"]),
        (
            contract.ScriptToVideoRequest,
            {"script": "s", "visualStyle": {"type": "AI_IMAGE"}},
            "visualStyle.aiStyle",
            ["aiStyle"],
        ),
        (
            contract.ScriptToVideoRequest,
            {**SCRIPT, "scenes": [{"startSeconds": 2, "endSeconds": 2, "description": "d"}]},
            "scenes.0.endSeconds",
            ["scenes", "endSeconds (2)", "startSeconds (2)", "move the end"],
        ),
        (
            contract.ScriptToVideoRequest,
            {
                **SCRIPT,
                "scenes": [
                    {"startSeconds": 0, "endSeconds": 3, "description": "d"},
                    {"startSeconds": 2.5, "endSeconds": 4, "description": "d"},
                ],
            },
            "scenes.1.startSeconds",
            ["item 1 starts at 2.5 s", "item 0 ends at 3 s", "sort"],
        ),
        (
            contract.CreateFileUploadRequest,
            {
                "displayName": "a",
                "transcript": {
                    "words": [
                        {"startSeconds": 5, "endSeconds": 6, "word": "a"},
                        {"startSeconds": 1, "endSeconds": 2, "word": "b"},
                    ]
                },
            },
            "transcript.words.1.startSeconds",
            ["words", "sorted", "trim"],
        ),
        (contract.Transcript, {"words": []}, "words", ["at least 1"]),
        (
            contract.DeliveryDestination,
            {"integrationConnectionId": "c", "type": "SLACK_CHANNEL", "googleDriveFolderId": "g"},
            "slackChannelId",
            ["slackChannelId", "SLACK_CHANNEL", "add it"],
        ),
        (
            contract.DeliveryDestination,
            {"integrationConnectionId": "c", "type": "GOOGLE_DRIVE_FOLDER"},
            "googleDriveFolderId",
            ["googleDriveFolderId", "GOOGLE_DRIVE_FOLDER"],
        ),
        (contract.VideoToVideoRequest, {"prompt": "p"}, "videoFileId", ["videoFileId", "videoUrl", "exactly one"]),
        (
            contract.VideoToVideoRequest,
            {"prompt": "p", "videoFileId": "f", "videoUrl": "https://example.com/v.mp4"},
            "videoUrl",
            ["exactly one"],
        ),
        (
            contract.VideoToVideoRequest,
            {"prompt": "p", "videoUrl": "file:///etc/hosts"},
            "videoUrl",
            ["videoUrl", "https://"],
        ),
        (contract.CreateFileUrlImportRequest, {"url": "https://"}, "url", ["url", "https:// or http://"]),
        (
            contract.CreateWebhookEndpointRequest,
            {"url": "http://example.com", "events": ["file.upload.failed"]},
            "url",
            ["url", "https://"],
        ),
        (
            contract.CreateWebhookEndpointRequest,
            {"url": "https://example.com", "events": []},
            "events",
            ["events", "at least 1"],
        ),
        (contract.UpdateEntityRequest, {}, "name", ["name", "description", "at least one"]),
        (contract.UpdateEntityRequest, {"name": None}, "name", ["at least one"]),
        (contract.GenerateVideoClipRequest, {}, "prompt", ["startFrameFileId", "spokenDialogue", "at least one"]),
        (
            contract.GenerateVideoClipRequest,
            {"prompt": " ", "imageFileIds": [], "generateAudio": True},
            "prompt",
            ["at least one"],
        ),
        (contract.RemixProjectRequest, {"remixActions": []}, "remixActions", ["at least 1"]),
        (contract.StoryboardToVideoRequest, {"scenes": []}, "scenes", ["at least 1"]),
        (
            contract.StoryboardToVideoRequest,
            {"scenes": [{"prompt": "p"}], "quality": "STANDARD"},
            "quality",
            ["'HIGH' or 'MAX'"],
        ),
    ],
)
def test_what_breaks_a_rule_is_refused_with_the_field_and_the_fix(
    model: type[WireModel], body: dict[str, Any], field: str, words: list[str]
) -> None:
    told = refusal(model, body)
    assert [path for path, _ in told] == [field]
    for word in words:
        assert word in told[0][1]


@pytest.mark.parametrize(
    ("model", "body"),
    [
        (contract.WorkflowVisualStyle, {"type": "AI_IMAGE", "aiStyle": "ink"}),
        (contract.WorkflowVisualStyle, {"type": "AI_IMAGE", "entityId": "e"}),
        (contract.WorkflowVisualStyle, STOCK),
        (
            contract.ScriptToVideoRequest,
            {
                **SCRIPT,
                "scenes": [
                    {"startSeconds": 0, "endSeconds": 3, "description": "touching is fine"},
                    {"startSeconds": 3, "endSeconds": 4, "description": "d"},
                ],
            },
        ),
        (
            contract.DeliveryDestination,
            {"integrationConnectionId": "c", "type": "SLACK_CHANNEL", "slackChannelId": "s"},
        ),
        (contract.VideoToVideoRequest, {"prompt": "p", "videoFileId": "f"}),
        (contract.VideoToVideoRequest, {"prompt": "p", "videoUrl": "http://example.com/v"}),
        (contract.CreateWebhookEndpointRequest, {"url": "HTTPS://example.com", "events": ["file.upload.failed"]}),
        (contract.UpdateEntityRequest, {"description": ""}),
        (contract.GenerateVideoClipRequest, {"prompt": "p"}),
        (contract.GenerateVideoClipRequest, {"startFrameFileId": "f"}),
        (contract.GenerateVideoClipRequest, {"imageFileIds": ["f"]}),
        (contract.GenerateVideoClipRequest, {"videoFileIds": ["f"]}),
        (contract.GenerateVideoClipRequest, {"audioFileIds": ["f"]}),
        (contract.GenerateVideoClipRequest, {"spokenDialogue": "hello"}),
        (contract.StoryboardToVideoRequest, {"scenes": [{"prompt": "p"}], "quality": "MAX"}),
    ],
)
def test_what_keeps_the_rules_passes_unchanged(model: type[WireModel], body: dict[str, Any]) -> None:
    assert model.model_validate(body).to_wire() == body


CLIP = {"prompt": "p"}
SPEECH = {"ttsText": "t", "voiceId": "v"}
SCENE = {"prompt": "p"}
GREY = {"red": 1, "green": 1, "blue": 1}


@pytest.mark.parametrize(
    ("model", "body", "field", "low", "high"),
    [
        (contract.AspectRatio, {"height": 9}, "width", 1, None),
        (contract.AspectRatio, {"width": 9}, "height", 1, None),
        (contract.ContentPolicyConfig, {}, "maxPromptRewrites", 0, 4),
        (contract.RgbColor, GREY, "red", 0, 255),
        (contract.RgbColor, GREY, "green", 0, 255),
        (contract.RgbColor, GREY, "blue", 0, 255),
        (contract.CaptionStyle, {}, "fontSize", 1, None),
        (contract.CaptionStyle, {}, "strokeWeight", 0, None),
        (contract.ScriptToVideoRequest, SCRIPT, "voiceSpeed", 0.5, 2),
        (contract.SlideshowToVideoRequest, {"fileId": "f"}, "voiceSpeed", 0.5, 2),
        (contract.PromptToVideoClipRequest, CLIP, "durationSeconds", 1, 30),
        (contract.StoryboardScene, SCENE, "durationSeconds", 1, 20),
        (contract.StoryboardToVideoRequest, {"scenes": [SCENE]}, "defaultDurationSeconds", 1, 20),
        (contract.SetBackgroundMusicAction, {}, "volume", 0, 1),
        (contract.CleanUpTranscriptAction, {}, "minPauseSeconds", 0, None),
        (contract.ChangeNarratorAction, {"voiceId": "v"}, "voiceSpeed", 0.5, 2),
        (contract.GenerateImageRequest, CLIP, "numResults", 1, 100),
        (contract.GenerateVideoClipRequest, CLIP, "durationSeconds", 1, 30),
        (contract.GenerateMotionGraphicRequest, CLIP, "durationSeconds", 1, 300),
        (contract.GenerateSoundEffectRequest, CLIP, "durationSeconds", 1, 30),
        (contract.GenerateSoundEffectRequest, CLIP, "promptInfluence", 0, 1),
        (contract.TextToSpeechRequest, SPEECH, "voiceSpeed", 0.5, 2),
        (contract.SearchFilesRequest, {"query": "q"}, "numResults", 1, 100),
        (contract.GenerateTextRequest, CLIP, "temperature", 0, 2),
        (contract.GenerateTextRequest, CLIP, "maxOutputTokens", 1, 2000),
        (contract.PageQuery, {}, "limit", 1, 200),
    ],
)
def test_bounds_are_inclusive_and_beyond_them_the_limit_is_named(
    model: type[WireModel], body: dict[str, Any], field: str, low: float, high: float | None
) -> None:
    model.model_validate({**body, field: low})
    path, sentence = refusal(model, {**body, field: low - 1})[0]
    assert path == field
    assert f"{field} must be at least {low:g}" in sentence
    if high is not None:
        model.model_validate({**body, field: high})
        assert f"{field} must be at most {high:g}" in refusal(model, {**body, field: high + 1})[0][1]


@pytest.mark.parametrize(
    ("model", "body", "field", "most"),
    [
        (contract.PromptToVideoClipRequest, CLIP, "imageFileIds", 4),
        (contract.GenerateImageRequest, CLIP, "imageFileIds", 4),
        (contract.GenerateVideoClipRequest, CLIP, "imageFileIds", 4),
        (contract.GenerateVideoClipRequest, CLIP, "videoFileIds", 4),
        (contract.GenerateVideoClipRequest, CLIP, "audioFileIds", 4),
        (contract.GenerateMotionGraphicRequest, CLIP, "fileIds", 8),
    ],
)
def test_lists_take_as_many_items_as_the_contract_says(
    model: type[WireModel], body: dict[str, Any], field: str, most: int
) -> None:
    ids = [f"vg_file_{number}" for number in range(most + 1)]
    model.model_validate({**body, field: ids[:most]})
    assert refusal(model, {**body, field: ids}) == [(field, f"{field} takes at most {most}; shorten the list.")]


def test_the_start_frame_is_dropped_from_the_image_references() -> None:
    body = {"startFrameFileId": "a", "imageFileIds": ["a", "b", "c", "d", "e"]}
    request = contract.GenerateVideoClipRequest.model_validate(body)
    assert request.image_file_ids == ["b", "c", "d", "e"]
    by_name = contract.GenerateVideoClipRequest(start_frame_file_id="a", image_file_ids=["b", "a"])
    assert by_name.image_file_ids == ["b"]


def test_weights_of_type_are_whole_hundreds() -> None:
    for weight in range(100, 1000, 100):
        contract.CaptionStyle.model_validate({"fontWeight": weight})
    assert refusal(contract.CaptionStyle, {"fontWeight": 450})[0][0] == "fontWeight"


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=5))
def test_scene_notes_pass_exactly_when_sorted_and_apart(pairs: list[tuple[int, int]]) -> None:
    notes = [{"startSeconds": start, "endSeconds": end, "description": "d"} for start, end in pairs]
    right = all(start < end for start, end in pairs) and all(
        pairs[index][1] <= pairs[index + 1][0] for index in range(len(pairs) - 1)
    )
    try:
        contract.ScriptToVideoRequest.model_validate({**SCRIPT, "scenes": notes})
    except ValidationError as error:
        assert not right
        assert explain_validation(error)[0][0].startswith("scenes.")
    else:
        assert right


def test_a_servers_own_transcript_is_read_even_when_its_words_overlap() -> None:
    words = [{"startSeconds": 0, "endSeconds": 2, "word": "a"}, {"startSeconds": 1.9, "endSeconds": 1.9, "word": "b"}]
    file = contract.FileInfo.model_validate({"fileId": "f", "scope": "GLOBAL", "transcript": {"words": words}})
    assert file.transcript is not None
    assert file.transcript.text == "a b"
