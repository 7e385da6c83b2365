"""Captions stay inside the frame's safe area whatever is said and however it is styled; every script is shaped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from videogen_agents.contract import (
    CaptionBackgroundStyle,
    CaptionBackgroundType,
    CaptionStyle,
    RgbColor,
    TextJustification,
    VerticalAlignment,
)
from videogen_engine.captions.areas import safe_area
from videogen_engine.captions.model import MAX_SHEET_HEIGHT
from videogen_engine.captions.stage import caption
from videogen_engine.stage import StageCancelledError, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

Captions = Callable[..., object]

SIZES = [(640, 360), (360, 640), (360, 360), (288, 360), (426, 240), (200, 600)]
WORDS = [
    "a",
    "water",
    "Donaudampfschifffahrtsgesellschaft",
    "w" * 700,
    "…",
    "—",
    "ÄÖÜ",
    "Ågjy",
    "https://example.org/a/b/c?d=e",
    "العربية",
    "مُحَمَّدٌ",
    "हिन्दी",
    "ภาษาไทยยาวมาก",
    "空",
    "은행",
    "🎉",
    "ᏣᎳᎩ",
    "(x)",
    "60%",
    "“quoted”",
    "ZA̡͊͠͝LGO",
    "תודה",
]

styles = st.builds(
    CaptionStyle,
    font_size=st.sampled_from([1.0, 24.0, 52.0, 90.0, 300.0, 2000.0]),
    font_weight=st.sampled_from([100, 500, 900]),
    font_name=st.sampled_from(["Inter", "Anton", "Caveat", "Nothing Like It"]),
    text_justification=st.sampled_from(list(TextJustification)),
    vertical_alignment=st.sampled_from(list(VerticalAlignment)),
    stroke_color=st.none() | st.just(RgbColor(red=0, green=0, blue=0)),
    stroke_weight=st.sampled_from([0.0, 3.0, 30.0]),
    persist_spoken_text_color=st.booleans(),
    background_style=st.none()
    | st.builds(
        CaptionBackgroundStyle,
        type=st.sampled_from(list(CaptionBackgroundType)),
        background_color=st.just(RgbColor(red=10, green=10, blue=30)),
        border_radius_proportion=st.sampled_from([0.0, 0.5, 1.0]),
    ),
)


@settings(deadline=None, derandomize=True, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
    style=styles,
    size=st.sampled_from(SIZES),
    language=st.sampled_from(["en", "ar", "hi", "th", "ja"]),
)
def test_every_state_lies_inside_the_safe_area_and_inside_its_sheet(
    captions_of: Captions, words: list[str], style: CaptionStyle, size: tuple[int, int], language: str
) -> None:
    made = captions_of(" ".join(words), language, style, size)
    area = safe_area(*size)
    for state in made.states:
        assert area.left <= state.x and state.x + state.width <= area.right
        assert area.top <= state.y and state.y + state.height <= area.bottom
        tile = made.tile(state)
        assert tile[..., 3].any()
    assert all(1 <= len(cue.lines) <= 2 for cue in made.painted.track.cues)


@pytest.mark.parametrize(
    ("size", "lowest", "highest"),
    [((1920, 1080), 0.955, 0.8), ((1080, 1920), 0.84, 0.7), ((1080, 1080), 0.95, 0.78), ((864, 1080), 0.95, 0.78)],
)
def test_captions_keep_to_the_band_that_pictures_leave_free(
    captions_of: Captions, size: tuple[int, int], lowest: float, highest: float
) -> None:
    made = captions_of(
        "Drinking enough water every day supports your energy and your focus and lifts your mood considerably.",
        size=size,
    )
    assert any(len(cue.lines) == 2 for cue in made.painted.track.cues)
    for state in made.states:
        assert highest * size[1] <= state.y
        assert state.y + state.height <= lowest * size[1] + 1


@pytest.mark.parametrize("language", ["en", "de", "ar", "hi", "ja", "th", "he", "ta", "ko"])
def test_every_script_is_written_in_full(captions_of: Captions, language: str) -> None:
    text = {
        "en": "Water",
        "de": "Größe",
        "ar": "شرب الماء",
        "hi": "पानी है",
        "ja": "空は青い",
        "th": "น้ำดื่ม",
        "he": "מים הם",
        "ta": "தண்ணீர்",
        "ko": "물은",
    }[language]
    made = captions_of(text, language, size=(1280, 720))
    assert made.painted.track.warnings == ()
    assert "".join(line for cue in made.lines for line in cue) == text


def test_arabic_letters_are_joined(captions_of: Captions) -> None:
    """Joined letters have ink on the whole line between them; the same letters apart have gaps."""
    style = CaptionStyle(
        background_style=None,
        spoken_text_color=None,
        stroke_color=RgbColor(red=0, green=0, blue=0),
        stroke_weight=3.2,
        text_color=RgbColor(red=255, green=255, blue=255),
    )

    def parts(text: str) -> int:
        made = captions_of(text, "ar", style, (1280, 720))
        white = (made.tile(made.states[0])[..., :3].min(axis=2) > 200).astype(np.uint8)
        return cv2.connectedComponents(white)[0] - 1

    assert parts("سلمسلم") < parts("س ل م س ل م")


def test_right_to_left_lines_begin_at_the_right(captions_of: Captions) -> None:
    made = captions_of("شرب الماء كل يوم", "ar", size=(1280, 720))
    centres = []
    for state in made.states:
        patch = state.patch
        assert patch is not None
        centres.append(patch.x + patch.width / 2)
    assert centres == sorted(centres, reverse=True)


def test_latin_words_keep_their_order_inside_a_right_to_left_line(captions_of: Captions) -> None:
    made = captions_of("حسب Python 3 فقط", "ar", size=(1280, 720))
    centres = [state.patch.x + state.patch.width / 2 for state in made.states if state.patch is not None]
    first, python, three, last = centres
    assert last < python < three < first


def test_letters_without_a_font_are_left_out_and_named_once_a_script(captions_of: Captions) -> None:
    made = captions_of("Say ᏣᎳᎩ ᎣᏏᏲ and 🎉 now.")
    warnings = made.painted.track.warnings
    assert len(warnings) == 2
    assert any("Cherokee" in warning and "Noto Sans Cherokee" in warning for warning in warnings)
    assert [line for cue in made.lines for line in cue] == ["Say and now."]


def test_a_long_scene_has_several_sheets_none_too_high(captions_of: Captions) -> None:
    made = captions_of("Every drop counts when the well is dry and the summer is long. " * 40, size=(1920, 1080))
    images = {state.image.key: state.image for state in made.states}
    assert len(images) >= 2
    for image in images.values():
        sheet = cv2.imdecode(np.frombuffer(made.ctx.store.path(image).read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
        assert sheet is not None and sheet.shape[0] <= MAX_SHEET_HEIGHT


def test_the_same_request_paints_the_same_bytes(captions_of: Captions, tmp_path: Path) -> None:
    made = captions_of("Drink water. شرب", "en")
    elsewhere = StageContext(MediaArtifactStore((tmp_path / "other").as_uri()), tmp_path / "scratch")
    again = caption(made.request, elsewhere)
    assert again == made.painted
    image = made.states[0].image
    assert elsewhere.store.path(image).read_bytes() == made.ctx.store.path(image).read_bytes()
    assert captions_of("Drink more water.", "en").states[0].image.key != image.key


def test_a_cancelled_job_stops_painting(captions_of: Captions, ctx: StageContext) -> None:
    ctx.cancelled.set()
    with pytest.raises(StageCancelledError):
        captions_of("Some words.")
