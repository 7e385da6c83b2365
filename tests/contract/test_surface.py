"""What the package offers, what it costs to import, and how caption styles behave as values."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Literal, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, TypeAdapter

import videogen_agents.contract as contract
from videogen_agents.contract import CaptionBackgroundStyle, CaptionStyle, RgbColor

FOLDER = Path(contract.__file__).parent
#: What the modules share among themselves.
INTERNAL = {"base"}


def test_everything_public_is_exported_in_order_and_once() -> None:
    assert contract.__all__ == sorted(set(contract.__all__))
    for name in contract.__all__:
        assert hasattr(contract, name)


def test_every_model_and_enum_of_every_module_is_exported() -> None:
    missing: list[str] = []
    for source in FOLDER.glob("*.py"):
        if source.stem in {"__init__", *INTERNAL}:
            continue
        for node in ast.parse(source.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name not in {*contract.__all__, "Span", "Style"}:
                missing.append(f"{source.stem}.{node.name}")
    assert missing == []


def test_importing_the_contract_loads_nothing_but_pydantic() -> None:
    code = "import sys, json, videogen_agents.contract; print(json.dumps([name for name in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(run.stdout)}
    assert "pydantic" in loaded
    heavy = {"httpx", "click", "platformdirs", "mcp", "numpy", "av", "cv2", "fastapi", "dbos", "videogen_engine"}
    assert not loaded & heavy


MODES: list[Literal["validation", "serialization"]] = ["validation", "serialization"]


@pytest.mark.parametrize("mode", MODES)
def test_every_operation_has_a_json_schema_for_its_body_and_its_answer(
    mode: Literal["validation", "serialization"],
) -> None:
    for row in contract.OPERATIONS.values():
        for shape in (row.request, row.query, row.response):
            if shape is not None:
                schema = TypeAdapter(cast("type[BaseModel]", shape)).json_schema(mode=mode)
                assert schema.get("properties") or schema.get("oneOf")


def test_a_schema_offers_null_only_where_null_means_something() -> None:
    properties = contract.VoiceoverToVideoRequest.model_json_schema()["properties"]
    assert properties["aspectRatio"] == {"$ref": "#/$defs/AspectRatio"}
    assert {"type": "null"} in properties["captionStyle"]["anyOf"]
    run = contract.WorkflowRun.model_json_schema(mode="serialization")
    assert set(run["required"]) == set(run["properties"])
    assert contract.ApiError.model_json_schema(mode="serialization")["required"] == ["message"]


STYLE = {
    "fontName": "Inter",
    "strokeColor": None,
    "textColor": {"red": 1, "green": 2, "blue": 3},
    "backgroundStyle": {"type": "WRAPPED", "backgroundColor": {"red": 0, "green": 0, "blue": 0}},
}


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    style: CaptionStyle | None


def test_a_style_inside_another_document_keeps_what_was_given_and_what_was_not() -> None:
    document = Document(style=CaptionStyle.model_validate(STYLE))
    again = Document.model_validate_json(document.model_dump_json())
    assert again == document
    assert again.style is not None
    assert again.style.model_fields_set == {"font_name", "stroke_color", "text_color", "background_style"}
    assert again.style.to_wire() == STYLE


def test_styles_are_hashable_and_null_differs_from_left_out() -> None:
    first, second = CaptionStyle.model_validate(STYLE), CaptionStyle.model_validate(STYLE)
    assert (first, hash(first)) == (second, hash(second))
    assert CaptionStyle() != CaptionStyle(stroke_color=None)
    assert len({CaptionStyle(), CaptionStyle(stroke_color=None), CaptionStyle(), first, second}) == 3
    red = RgbColor(red=255, green=0, blue=0)
    assert red in {RgbColor(red=255, green=0, blue=0)}
    boxes = {
        CaptionBackgroundStyle(type=contract.CaptionBackgroundType.RECT, background_color=red),
        CaptionBackgroundStyle(type=contract.CaptionBackgroundType.WRAPPED, background_color=red),
    }
    assert len(boxes) == 2
    assert red != (255, 0, 0)


optional_colors = st.none() | st.builds(
    RgbColor, red=st.integers(0, 255), green=st.integers(0, 255), blue=st.integers(0, 255)
)
styles = st.fixed_dictionaries(
    {},
    optional={
        "font_size": st.floats(1, 200),
        "stroke_color": optional_colors,
        "spoken_text_color": optional_colors,
        "persist_spoken_text_color": st.booleans(),
    },
).map(lambda given_fields: CaptionStyle.model_validate(given_fields))


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(styles, styles)
def test_an_override_changes_exactly_the_fields_it_was_given(base: CaptionStyle, over: CaptionStyle) -> None:
    merged = base.overridden_by(over)
    assert merged.model_fields_set == base.model_fields_set | over.model_fields_set
    assert merged.to_wire() == {**base.to_wire(), **over.to_wire()}
    assert base.overridden_by(CaptionStyle()) == base
