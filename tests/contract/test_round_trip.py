"""Every model of the contract survives the wire: parse, emit, parse again."""

from __future__ import annotations

import json
import math
import types
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic.fields import FieldInfo

import videogen_agents.contract as contract
from videogen_agents.contract.base import Request, Response, WireModel, accepted_names, wire_name

MODELS = sorted(
    {
        value
        for value in vars(contract).values()
        if isinstance(value, type) and issubclass(value, WireModel) and value.model_fields
    },
    key=lambda model: model.__name__,
)
QUICK = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


def values(annotation: Any, bounds: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """JSON values that an annotation takes."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *notes = get_args(annotation)
        flat = [item for note in notes for item in (note.metadata if isinstance(note, FieldInfo) else [note])]
        return values(inner, (*bounds, *flat))
    if origin in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        null = [st.none()] if type(None) in get_args(annotation) else []
        return st.one_of(*null, *(values(member, bounds) for member in members))
    if origin is Literal:
        return st.sampled_from([getattr(choice, "value", choice) for choice in get_args(annotation)])
    if origin is list:
        low, high = limits(bounds, annotated_types.MinLen, annotated_types.MaxLen, 0, 3)
        return st.lists(values(get_args(annotation)[0]), min_size=low, max_size=min(high, 3))
    if origin is dict:
        return st.dictionaries(TEXT, values(get_args(annotation)[1]), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, WireModel):
        return bodies(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from([member.value for member in annotation])
    low, high = limits(bounds, annotated_types.Ge, annotated_types.Le, 0, 2_000_000_000)
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        return st.integers(math.ceil(low), math.floor(high))
    if annotation is float:
        return st.floats(low, high, allow_nan=False, allow_infinity=False)
    assert annotation is str, annotation
    return TEXT


def limits(bounds: tuple[Any, ...], low: type, high: type, least: float, most: float) -> tuple[Any, Any]:
    for note in bounds:
        if isinstance(note, low):
            least = getattr(note, "ge", getattr(note, "min_length", least))
        if isinstance(note, high):
            most = getattr(note, "le", getattr(note, "max_length", most))
    return least, most


def spans(text_key: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Ranges in order, by steps, some touching."""
    steps = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), TEXT), min_size=1, max_size=3)

    def lay(rows: list[tuple[int, int, str]]) -> list[dict[str, Any]]:
        at = 0
        laid: list[dict[str, Any]] = []
        for gap, length, text in rows:
            laid.append({"startSeconds": at + gap, "endSeconds": at + gap + length, text_key: text})
            at += gap + length
        return laid

    return steps.map(lay)


def mend(model: type[WireModel], body: dict[str, Any]) -> dict[str, Any]:
    """The body, changed where a rule that spans fields would refuse it."""
    name = model.__name__
    if name == "WorkflowVisualStyle" and not (body.get("aiStyle") or "").strip():
        body["aiStyle"] = "ink on paper"
    elif name == "DeliveryDestination":
        key = "slackChannelId" if body["type"] == "SLACK_CHANNEL" else "googleDriveFolderId"
        body[key] = body.get(key) or "target"
    elif name == "VideoToVideoRequest":
        body.pop("videoUrl", None)
        body["videoFileId"] = "vg_file_1"
    elif name == "GenerateVideoClipRequest":
        body["prompt"] = "a kite"
        if body.get("startFrameFileId") in (body.get("imageFileIds") or []):
            body.pop("startFrameFileId")
    elif name == "UpdateEntityRequest" and body.get("name") is None:
        body["description"] = body.get("description") or ""
    return body


@cache
def bodies(model: type[WireModel]) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects that a model takes, some optional keys missing."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in model.model_fields.items():
        key = wire_name(name, field)
        value = values(field.annotation, tuple(field.metadata))
        if key == "words":
            value = spans("word")
        elif key == "scenes" and "SceneDescription" in repr(field.annotation):
            value = spans("description")
        elif model.__name__ in {"CreateWebhookEndpointRequest", "CreateFileUrlImportRequest"} and key == "url":
            value = TEXT.map(lambda text: f"https://example.com/{text}")
        elif key == "videoUrl":
            value = st.just("https://example.com/v.mp4")
        mandatory = field.is_required() or get_origin(field.annotation) is Literal
        (required if mandatory else optional)[key] = value
    return st.fixed_dictionaries(required, optional=optional).map(lambda body: mend(model, dict(body)))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_parsed_is_emitted_and_parsed_again_to_the_same(model: type[WireModel]) -> None:
    @QUICK
    @given(bodies(model))
    def check(body: dict[str, Any]) -> None:
        parsed = model.model_validate(body)
        wire = parsed.to_wire()
        again = model.model_validate(wire)
        assert again == parsed
        assert again.to_wire() == wire
        assert json.loads(parsed.to_wire_json()) == wire
        assert model.model_validate_json(parsed.to_wire_json()) == parsed

        by_name = model.model_validate(parsed.model_dump(mode="json"))
        assert by_name == parsed
        assert by_name.to_wire() == wire
        assert model.model_validate_json(parsed.model_dump_json()).to_wire() == wire

        known = {wire_name(name, field) for name, field in model.model_fields.items()}
        assert set(wire) <= known
        for key, value in body.items():
            assert wire.get(key) == value or value is None or isinstance(value, dict | list)

    check()


@pytest.mark.parametrize(
    "model", [model for model in MODELS if issubclass(model, Response)], ids=lambda model: model.__name__
)
def test_a_response_always_has_its_required_keys_even_when_they_are_null(model: type[Response]) -> None:
    mandatory = required_keys(model)
    promised = set(model.model_json_schema(mode="serialization")["required"])

    @settings(QUICK, max_examples=2)
    @given(bodies(model))
    def check(body: dict[str, Any]) -> None:
        sparse = {key: value for key, value in body.items() if key in mandatory}
        assert promised <= set(model.model_validate(sparse).to_wire())

    check()


def required_keys(model: type[WireModel]) -> set[str]:
    return {
        wire_name(name, field)
        for name, field in model.model_fields.items()
        if field.is_required() or get_origin(field.annotation) is Literal
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_wire_names_are_camel_case_and_tried_first(model: type[WireModel]) -> None:
    for name, field in model.model_fields.items():
        key = wire_name(name, field)
        assert "_" not in key
        assert accepted_names(name, field)[0] == key
        assert name in accepted_names(name, field)


def test_a_request_leaves_out_what_was_not_given_and_keeps_null_where_it_means_something() -> None:
    style = contract.WorkflowVisualStyle(type=contract.VisualStyleType.STOCK)
    assert contract.VoiceoverToVideoRequest(file_id="f", visual_style=style).to_wire() == {
        "fileId": "f",
        "visualStyle": {"type": "STOCK"},
    }
    hidden = contract.VoiceoverToVideoRequest(
        file_id="f", visual_style=style, caption_style=None, aspect_ratio=None, logo_file_id=None
    )
    assert hidden.to_wire() == {
        "fileId": "f",
        "visualStyle": {"type": "STOCK"},
        "captionStyle": None,
        "logoFileId": None,
    }


def test_null_for_a_field_that_may_be_left_out_counts_as_left_out() -> None:
    request = contract.GenerateImageRequest.model_validate(
        {"prompt": "p", "numResults": None, "aspectRatio": None, "watermarkMode": None}
    )
    assert (request.num_results, request.aspect_ratio) == (1, None)
    assert request.to_wire() == {"prompt": "p"}


def test_unknown_keys_are_ignored_in_requests_and_responses() -> None:
    assert contract.GenerateMusicRequest.model_validate({"prompt": "p", "tempo": 90}).to_wire() == {"prompt": "p"}
    me = {"apiKeyId": "k", "apiKeyNickname": "n", "email": "e", "displayName": None, "teamId": "t"}
    assert contract.Me.model_validate({**me, "creditsLeft": 4}).to_wire() == me


def test_a_value_that_a_newer_server_added_does_not_break_reading() -> None:
    file = contract.FileInfo.model_validate({"fileId": "f", "scope": "TEAM", "type": "HOLOGRAM"})
    assert (file.scope, file.type) == ("TEAM", "HOLOGRAM")
    known = contract.FileInfo.model_validate({"fileId": "f", "scope": "GLOBAL", "type": "IMAGE"})
    assert known.scope is contract.FileScope.GLOBAL
    assert known.type is contract.FileType.IMAGE


def test_models_cannot_be_changed_in_place() -> None:
    request = contract.GenerateMusicRequest(prompt="p")
    with pytest.raises(ValueError, match="frozen"):
        request.prompt = "q"  # pyright: ignore[reportAttributeAccessIssue] - the refusal is what is tested
    assert isinstance(request.model_copy(update={"prompt": "q"}), Request)


def test_job_status_knows_what_is_final_and_what_ends_a_wait() -> None:
    final = {status.value for status in contract.JobStatus if status.is_terminal}
    assert final == {"succeeded", "failed", "cancelled"}
    assert {status.value for status in contract.JobStatus if status.ends_wait} == {*final, "awaiting_approval"}
    assert contract.JobStatus("canceled") is contract.JobStatus.CANCELLED


def test_query_parameters_are_text_with_lower_case_booleans_and_only_what_was_given() -> None:
    query = contract.ListFilesQuery(limit=20, self_only=True, include_export_files=False)
    assert query.to_query() == {"limit": "20", "selfOnly": "true", "includeExportFiles": "false"}
    assert contract.ListFilesQuery.model_validate({"limit": "20", "selfOnly": "true"}).self_only is True
