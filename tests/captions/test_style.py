"""A caption style is honoured in full, and made readable where it would not be."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen_agents.contract import (
    CaptionBackgroundStyle,
    CaptionBackgroundType,
    CaptionStyle,
    RgbColor,
    TextJustification,
    VerticalAlignment,
)
from videogen_engine.captions.legibility import contrast, contrast_over
from videogen_engine.captions.style import ResolvedStyle, resolve

Captions = Callable[..., object]

TEXT = "Drink one glass of water now, and another one later."


def colour(red: int, green: int, blue: int) -> RgbColor:
    return RgbColor(red=red, green=green, blue=blue)


def box(kind: CaptionBackgroundType, rgb: RgbColor, **rest: float) -> CaptionBackgroundStyle:
    return CaptionBackgroundStyle(type=kind, background_color=rgb, **rest)


WHITE, BLACK, RED = colour(255, 255, 255), colour(0, 0, 0), colour(255, 0, 0)
PLAIN = CaptionStyle(background_style=None, stroke_color=BLACK, stroke_weight=6)


def test_the_default_style_needs_no_warning_and_lights_the_spoken_word(captions_of: Captions) -> None:
    made = captions_of(TEXT)
    assert made.painted.track.warnings == ()
    assert made.painted.track.fonts == ("Inter",)
    first, second = (made.over(state, (90, 120, 150)) for state in made.states[:2])
    yellow = [((seen[..., 0] > 200) & (seen[..., 1] > 160) & (seen[..., 2] < 120)) for seen in (first, second)]
    assert yellow[0].any() and yellow[1].any()
    assert yellow[0].nonzero()[1].max() < yellow[1].nonzero()[1].min()


def test_one_state_for_each_word_without_a_gap(captions_of: Captions) -> None:
    made = captions_of(TEXT)
    for cue in made.painted.track.cues:
        states = [state for state in made.states if cue.start <= state.start < cue.end]
        assert len(states) == sum(len(line) for line in cue.lines)
        assert states[0].start == cue.start and states[-1].end == cue.end
        assert all(one.end == two.start for one, two in pairwise(states))


def test_a_style_that_marks_no_word_needs_one_state_a_cue(captions_of: Captions) -> None:
    made = captions_of(TEXT, style=CaptionStyle(spoken_text_color=None))
    assert len(made.states) == len(made.painted.track.cues)


@pytest.mark.parametrize("text", [(255, 214, 77), (255, 221, 0), (24, 62, 168), (255, 255, 255), (0, 0, 0)])
def test_the_spoken_word_is_told_from_words_in_the_colour_that_it_has_by_default(text: tuple[int, int, int]) -> None:
    for box_or_none in ({}, {"background_style": None}):
        spoken = resolve(CaptionStyle(text_color=colour(*text), **box_or_none), 1920, 1080).spoken
        assert spoken is not None
        assert max(abs(one - other) for one, other in zip(spoken, text, strict=True)) > 80


def test_spoken_words_keep_their_colour_when_asked(captions_of: Captions) -> None:
    style = CaptionStyle(spoken_text_color=colour(0, 255, 0), persist_spoken_text_color=True)
    made = captions_of(TEXT, style=style, size=(1280, 720))
    green = [
        int((seen[..., 1].astype(int) - seen[..., 0] > 120).sum())
        for seen in (made.over(state, (0, 0, 0)) for state in made.states[:5])
    ]
    assert all(more > less for less, more in pairwise(green))


def test_text_and_box_have_the_colours_asked_for(captions_of: Captions) -> None:
    style = CaptionStyle(
        text_color=WHITE,
        spoken_text_color=None,
        background_style=box(
            CaptionBackgroundType.RECT, colour(20, 40, 120), opacity_proportion=1, border_radius_proportion=0
        ),
    )
    made = captions_of(TEXT, style=style)
    tile = made.tile(made.states[0])
    assert tuple(tile[1, 1]) == (120, 40, 20, 255)
    assert (tile[..., :3].min(axis=2) > 245).sum() > 200


@pytest.mark.parametrize("opacity", [0.8, 1.0])
def test_the_box_has_the_opacity_asked_for(captions_of: Captions, opacity: float) -> None:
    style = CaptionStyle(background_style=box(CaptionBackgroundType.RECT, BLACK, opacity_proportion=opacity))
    made = captions_of(TEXT, style=style)
    alpha = made.tile(made.states[0])[..., 3]
    assert abs(int(alpha[alpha.shape[0] // 2, 3]) - round(opacity * 255)) <= 1


def test_a_radius_rounds_the_corners_and_none_leaves_them_square(captions_of: Captions) -> None:
    corners = []
    for radius in (0.0, 1.0):
        made = captions_of(
            "Water.",
            style=CaptionStyle(
                background_style=box(
                    CaptionBackgroundType.RECT, BLACK, opacity_proportion=1, border_radius_proportion=radius
                )
            ),
        )
        alpha = made.tile(made.states[0])[..., 3]
        rows, columns = alpha.any(axis=1).nonzero()[0], alpha.any(axis=0).nonzero()[0]
        corners.append(int(alpha[rows[0], columns[0]]))
    assert corners == [255, 0]


def test_a_wrapped_box_hugs_each_line_and_a_rectangle_holds_both(captions_of: Captions) -> None:
    text = "Streuobstwiesen gehören zu den artenreichsten Lebensräumen Europas."
    covered = {}
    for kind in (CaptionBackgroundType.RECT, CaptionBackgroundType.WRAPPED):
        style = CaptionStyle(background_style=box(kind, BLACK, opacity_proportion=1))
        made = captions_of(text, "de", style=style, size=(1920, 1080))
        covered[kind] = (made.tile(made.states[0])[..., 3] > 200).mean()
    assert covered[CaptionBackgroundType.WRAPPED] < covered[CaptionBackgroundType.RECT] - 0.03


def test_word_by_word_puts_its_box_behind_the_spoken_word_alone(captions_of: Captions) -> None:
    style = CaptionStyle(background_style=box(CaptionBackgroundType.WORD_BY_WORD, RED, opacity_proportion=1))
    made = captions_of(TEXT, style=style)
    places = []
    for state in made.states[:3]:
        seen = made.over(state, (0, 0, 0)).astype(int)
        columns = ((seen[..., 0] > 230) & (seen[..., 1] < 40) & (seen[..., 2] < 40)).any(axis=0).nonzero()[0]
        places.append((columns.min(), columns.max()))
        assert columns.max() - columns.min() < state.width / 2
    assert places[0][1] < places[1][0] < places[1][1] < places[2][0]


def test_outlines_have_their_colour_and_weight(captions_of: Captions) -> None:
    thin = captions_of("Water.", style=PLAIN.model_copy(update={"stroke_weight": 5}), size=(1920, 1080))
    thick = captions_of("Water.", style=PLAIN.model_copy(update={"stroke_weight": 10}), size=(1920, 1080))
    grown = thick.states[0].height - thin.states[0].height
    assert 8 <= grown <= 12
    seen = thick.tile(thick.states[0])
    assert ((seen[..., :3].max(axis=2) < 10) & (seen[..., 3] > 250)).sum() > 1000


def test_the_spoken_word_may_have_an_outline_of_its_own(captions_of: Captions) -> None:
    style = PLAIN.model_copy(update={"spoken_text_stroke_color": colour(0, 0, 160)})
    style = CaptionStyle.model_validate({**style.model_dump(exclude_unset=True), "spoken_text_color": WHITE})
    made = captions_of(TEXT, style=style, size=(1280, 720))
    seen = made.over(made.states[0], (200, 200, 200)).astype(int)
    assert ((seen[..., 2] > 140) & (seen[..., 0] < 30) & (seen[..., 1] < 30)).any()


@pytest.mark.parametrize("alignment", list(VerticalAlignment))
def test_captions_stand_at_the_top_in_the_middle_or_at_the_bottom(
    captions_of: Captions, alignment: VerticalAlignment
) -> None:
    made = captions_of(TEXT, style=CaptionStyle(vertical_alignment=alignment))
    centre = made.states[0].y + made.states[0].height / 2
    share = centre / made.request.height
    assert {
        VerticalAlignment.TOP: share < 0.25,
        VerticalAlignment.MIDDLE: 0.4 < share < 0.6,
        VerticalAlignment.BOTTOM: share > 0.75,
    }[alignment]


def test_justification_moves_the_lines(captions_of: Captions) -> None:
    lefts = [
        captions_of("Water.", style=CaptionStyle(text_justification=side)).states[0].x
        for side in (TextJustification.LEFT, TextJustification.CENTER, TextJustification.RIGHT)
    ]
    assert lefts[0] < lefts[1] < lefts[2]
    assert lefts[0] < 640 * 0.1


def test_a_size_is_pixels_at_1080_lines_and_the_same_on_a_tall_frame() -> None:
    style = CaptionStyle(font_size=60)
    assert resolve(style, 1920, 1080).size == 60
    assert resolve(style, 1080, 1920).size == 60
    assert resolve(style, 3840, 2160).size == 120
    assert resolve(style, 640, 360).size == 20


def test_letters_too_large_for_the_frame_are_made_to_fit_and_it_says_so(captions_of: Captions) -> None:
    made = captions_of(TEXT, style=CaptionStyle(font_size=900))
    assert any("do not fit" in warning for warning in made.painted.track.warnings)


@pytest.mark.parametrize(
    ("wanted", "family"),
    [
        ("Inter", "Inter"),
        ("noto sans", "Noto Sans"),
        ("Georgia", "Fraunces"),
        ("Courier New", "JetBrains Mono"),
        ("Helvetica", "Inter"),
        ("Frances", "Fraunces"),
    ],
)
def test_a_font_that_is_not_bundled_is_replaced_by_its_like_and_it_says_so(
    captions_of: Captions, wanted: str, family: str
) -> None:
    made = captions_of("Water.", style=CaptionStyle(font_name=wanted))
    assert made.painted.track.fonts == (family,)
    assert bool(made.painted.track.warnings) == (wanted.lower() != family.lower())


def test_weights_change_the_letters(captions_of: Captions) -> None:
    ink = [
        int(
            captions_of("Water.", style=PLAIN.model_copy(update={"font_weight": weight}), size=(1920, 1080))
            .tile(
                captions_of("Water.", style=PLAIN.model_copy(update={"font_weight": weight}), size=(1920, 1080)).states[
                    0
                ]
            )[..., 3]
            .sum()
        )
        for weight in (400, 900)
    ]
    assert ink[1] > ink[0] * 1.08


def test_a_light_box_gets_dark_letters_when_none_are_asked_for() -> None:
    style = resolve(
        CaptionStyle(background_style=box(CaptionBackgroundType.WRAPPED, WHITE, opacity_proportion=0.95)), 640, 360
    )
    assert max(style.text) < 40 and style.stroke == 0 and style.warnings == ()
    assert style.spoken is not None and style.spoken != style.text


@pytest.mark.parametrize(
    "style",
    [
        CaptionStyle(background_style=None),
        CaptionStyle(text_color=colour(128, 128, 128)),
        CaptionStyle(background_style=box(CaptionBackgroundType.RECT, BLACK, opacity_proportion=0.1)),
        CaptionStyle(
            background_style=box(CaptionBackgroundType.RECT, WHITE, opacity_proportion=1),
            text_color=colour(255, 255, 200),
        ),
        CaptionStyle(background_style=None, text_color=WHITE, stroke_color=colour(250, 250, 240), stroke_weight=6),
        CaptionStyle(background_style=None, stroke_color=BLACK, stroke_weight=0.2),
    ],
)
def test_a_style_that_cannot_be_read_everywhere_gets_an_outline_and_says_so(
    captions_of: Captions, style: CaptionStyle
) -> None:
    made = captions_of("Water.", style=style)
    assert any("outline" in warning for warning in made.painted.track.warnings)
    for ground in ((255, 255, 255), (0, 0, 0), (128, 128, 128)):
        seen = made.over(made.states[0], ground)
        pixels = sorted(seen.reshape(-1, 3)[::3].tolist(), key=sum)
        assert contrast(pixels[0], pixels[-1]) > 4.4


channel = st.integers(0, 255)
colours = st.builds(colour, channel, channel, channel)
share = st.floats(0, 1)
boxes = st.builds(
    lambda kind, rgb, radius, opacity: box(kind, rgb, border_radius_proportion=radius, opacity_proportion=opacity),
    st.sampled_from(list(CaptionBackgroundType)),
    colours,
    share,
    share,
)
styles = st.fixed_dictionaries(
    {},
    optional={
        "text_color": colours,
        "spoken_text_color": st.none() | colours,
        "stroke_color": st.none() | colours,
        "spoken_text_stroke_color": st.none() | colours,
        "stroke_weight": st.floats(0, 40),
        "background_style": st.none() | boxes,
        "font_size": st.floats(1, 400),
    },
).map(lambda fields: CaptionStyle(**fields))


def stands_out(
    style: ResolvedStyle, rgb: tuple[int, int, int], outline: tuple[int, int, int] | None, *, lit: bool
) -> bool:
    ground = style.background
    boxed = ground is not None and (lit or ground.kind is not CaptionBackgroundType.WORD_BY_WORD)
    if boxed and ground is not None and contrast_over(rgb, ground.colour, ground.opacity) >= 4.5:
        return True
    return outline is not None and style.stroke >= 1 and contrast(rgb, outline) >= 4.5


@settings(deadline=None, derandomize=True, max_examples=300)
@given(style=styles, size=st.sampled_from([(1920, 1080), (1080, 1920), (1080, 1080), (640, 360)]))
def test_every_style_gives_text_the_contrast_it_needs_over_any_picture(
    style: CaptionStyle, size: tuple[int, int]
) -> None:
    resolved = resolve(style, *size)
    assert stands_out(resolved, resolved.text, resolved.text_stroke, lit=False)
    if resolved.spoken is not None:
        assert stands_out(resolved, resolved.spoken, resolved.spoken_stroke, lit=True)
