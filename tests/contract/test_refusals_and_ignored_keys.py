"""What is wrong is told in plain sentences; what had no effect is listed by path."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

import videogen_agents.contract as contract
from videogen_agents.contract import OPERATIONS, explain_validation, ignored_keys

QUICK = settings(
    max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
INTERNALS = ("pydantic", "http://errors", "Input should", "validation", "<", "function-", "dictionary", "NoneType")


def told(model: type[BaseModel], body: object) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(body)
    return dict(explain_validation(caught.value))


def test_each_fault_is_told_once_by_its_wire_name() -> None:
    body = {
        "visual_style": {"type": "FOOTAGE"},
        "remixActions": [
            {"type": "ZOOM"},
            {},
            "ADD_ZOOM",
            {"type": "SET_LOGO", "position": "MIDDLE", "sizePercent": "big"},
            {"type": "GENERATE_MUSIC"},
        ],
        "aspectRatio": {"width": 0, "height": 1.5},
        "autoExport": "perhaps",
        "language": 5,
        "voiceSpeed": float("inf"),
        "featuredBRollFileIds": "vg_file_1",
        "exportOptions": [],
    }
    sentences = told(contract.ScriptToVideoRequest, body)
    kinds = "'SET_BACKGROUND_MUSIC', 'SET_LOGO', 'ENABLE_CAPTIONS'"
    assert sentences.pop("remixActions.0.type").startswith(f"remixActions.0.type must be one of {kinds}")
    assert sentences == {
        "script": "script is required; add it.",
        "visualStyle.type": "visualStyle.type must be 'STOCK' or 'AI_IMAGE'.",
        "remixActions.1.type": "remixActions.1.type is required; it says which kind this is.",
        "remixActions.2": "remixActions.2 must be a JSON object.",
        "remixActions.3.position": "remixActions.3.position must be 'TOP_LEFT', 'TOP_CENTER', 'TOP_RIGHT', "
        "'BOTTOM_LEFT', 'BOTTOM_CENTER' or 'BOTTOM_RIGHT'.",
        "remixActions.3.sizePercent": "remixActions.3.sizePercent must be a number.",
        "remixActions.4.prompt": "remixActions.4.prompt is required; add it.",
        "aspectRatio.width": "aspectRatio.width must be at least 1.",
        "aspectRatio.height": "aspectRatio.height must be a whole number; round it.",
        "autoExport": "autoExport must be true or false.",
        "language": "language must be text.",
        "voiceSpeed": "voiceSpeed must be a finite number.",
        "featuredBRollFileIds": "featuredBRollFileIds must be a list.",
        "exportOptions": "exportOptions must be a JSON object.",
    }


@pytest.mark.parametrize("body", [[], "text", 3, None, True])
def test_a_body_that_is_no_object_is_told_as_such(body: object) -> None:
    assert told(contract.GenerateMusicRequest, body) == {"": "The body must be a JSON object."}


def test_text_with_broken_characters_is_refused_plainly() -> None:
    sentence = told(contract.GenerateMusicRequest, {"prompt": "a\ud800"})["prompt"]
    assert sentence == "prompt must be valid Unicode text; remove the broken characters."
    assert "slideScripts" in told(contract.SlideshowToVideoRequest, {"fileId": "f", "slide_scripts": ["a", "\udfff"]})
    words = {"words": [{"startSeconds": 0, "endSeconds": 1, "word": "\ud800"}]}
    assert "transcript.words.0.word" in told(
        contract.CreateFileUploadRequest, {"displayName": "d", "transcript": words}
    )


def test_a_body_with_many_faults_is_told_in_part() -> None:
    assert len(told(contract.SlideshowToVideoRequest, {"slideScripts": [1] * 5000})) == 20


def test_a_tools_own_model_is_explained_too() -> None:
    class Choice(BaseModel):
        model_config = ConfigDict(extra="forbid")
        job_id: str

        @field_validator("job_id")
        @classmethod
        def _known(cls, value: str) -> str:
            raise ValueError("jobId is not known; list the jobs first.")

    assert told(Choice, {"job_id": "x", "jobb": 1}) == {
        "jobId": "jobId is not known; list the jobs first.",
        "jobb": "jobb is not known here; remove it.",
    }


@pytest.mark.parametrize("name", sorted(row.id for row in OPERATIONS.values() if row.request))
def test_no_refusal_shows_the_library_or_repeats_what_was_sent(name: str) -> None:
    model = OPERATIONS[name].request
    assert model is not None
    keys = st.sampled_from(sorted(model.model_json_schema(by_alias=True)["properties"]))

    @settings(QUICK, max_examples=10)
    @given(st.dictionaries(keys, JSON, max_size=4) | JSON)
    def check(body: Any) -> None:
        try:
            model.model_validate(body)
        except ValidationError as error:
            for path, sentence in explain_validation(error):
                assert sentence.endswith(".")
                assert path.rpartition(".")[2] in sentence or not path
                assert not any(word in sentence for word in INTERNALS)

    check()


@pytest.mark.parametrize(
    ("model", "body", "ignored"),
    [
        (contract.GenerateMusicRequest, {"prompt": "p", "tempo": 90}, ["tempo"]),
        (contract.GenerateMusicRequest, {"prompt": "p", "num_results": 2}, []),
        (
            contract.ScriptToVideoRequest,
            {
                "script": "s",
                "captionStyle": {},
                "visualStyle": {"type": "AI_IMAGE", "aiStyle": "ink", "style": "ink"},
                "remixActions": [
                    {"type": "ADD_ZOOM", "speed": 1},
                    {"type": "ANIMATE_IMAGES", "quality": "HIGH", "x": 1},
                ],
                "autoExport": True,
                "exportOptions": {
                    "qualty": "HIGH",
                    "deliveryDestinations": [
                        {"type": "slack_channel", "slackChannelId": "s", "channel": "c", "integrationConnectionId": "i"}
                    ],
                },
            },
            [
                "captionStyle",
                "visualStyle.style",
                "remixActions.0.speed",
                "remixActions.1.x",
                "exportOptions.qualty",
                "exportOptions.deliveryDestinations.0.channel",
            ],
        ),
        (
            contract.VoiceoverToVideoRequest,
            {"fileId": "f", "visualStyle": {"type": "STOCK"}, "captionStyle": {"textColor": {"red": 1, "alpha": 2}}},
            ["captionStyle.textColor.alpha"],
        ),
        (
            contract.ScriptToVideoRequest,
            {
                "script": "s",
                "visualStyle": {"type": "STOCK", "aiStyle": "ink"},
                "quality": "HIGH",
                "avatarQuality": "HIGH",
                "exportOptions": {"quality": "HIGH"},
            },
            ["visualStyle.aiStyle", "quality", "avatarQuality", "exportOptions"],
        ),
        (contract.TextToSpeechRequest, {"text": "old", "ttsText": "new", "voiceId": "v"}, ["text"]),
        (contract.TextToSpeechRequest, {"text": "old", "voiceId": "v"}, []),
        (contract.GenerateVideoClipRequest, {"videoFileId": "f"}, []),
        (contract.GenerateVideoClipRequest, {"videoFileId": "f", "videoFileIds": ["g"]}, ["videoFileId"]),
        (
            contract.RemixProjectRequest,
            {
                "remixActions": [
                    {"type": "VIDEO_EDITOR_AGENT", "prompt": "p", "targetDurationSeconds": 9},
                    {"type": "CHANGE_NARRATOR", "voiceId": "v", "avatarQuality": "HIGH"},
                    {"type": "NO_SUCH_ACTION", "x": 1},
                    "ADD_ZOOM",
                ]
            },
            ["remixActions.0.targetDurationSeconds", "remixActions.1.avatarQuality"],
        ),
    ],
)
def test_keys_without_effect_are_listed_by_path(
    model: type[contract.GenerateMusicRequest], body: dict[str, Any], ignored: list[str]
) -> None:
    assert ignored_keys(model, body) == ignored


def test_a_body_of_nothing_but_unknown_keys_is_listed_in_part() -> None:
    assert len(ignored_keys(contract.GenerateMusicRequest, {f"k{number}": 1 for number in range(5000)})) == 100


@QUICK
@given(st.dictionaries(st.text(max_size=8), JSON, max_size=5))
def test_listing_ignored_keys_never_fails(body: dict[str, Any]) -> None:
    assert set(ignored_keys(contract.StoryboardToVideoRequest, body)) <= set(body)
