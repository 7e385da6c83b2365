"""Edits that change the document alone: captions, transitions, camera, zoom, logo."""

from __future__ import annotations

from itertools import pairwise

import pytest

from videogen_agents.contract import (
    AddTransitionsAction,
    AddZoomAction,
    CaptionStyle,
    ConvertImagesToVideosAction,
    DisableCaptionsAction,
    EnableCaptionsAction,
    LogoPosition,
    RgbColor,
    SetLogoAction,
    TransitionType,
    UpscaleAssetsAction,
)
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.remix.camera import camera_move, move_camera
from videogen_engine.remix.captions import disable, enable
from videogen_engine.remix.logo import SET_LOGO
from videogen_engine.remix.transitions import add_transitions, opens_section
from videogen_engine.remix.upscale import upscale
from videogen_engine.remix.zoom import add_zoom
from videogen_engine.render.cost import rendered_anew
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline, TransitionKind
from videogen_engine.visuals.model import FeaturedFile

from .conftest import Bench, made

RED = RgbColor(red=255, green=0, blue=0)
MARK = FeaturedFile(file_id="f1", media=MediaRef(key="m", media_type="image/png", size=9), display_name="mark.png")
CLIP = FeaturedFile(
    file_id="f2", media=MediaRef(key="c", media_type="video/mp4", size=9), display_name="clip.mp4", duration=4.0
)


def test_captions_that_were_hidden_come_back_in_their_own_style(film: Timeline) -> None:
    styled = enable(film, EnableCaptionsAction(caption_style=CaptionStyle(font_size=90, text_color=RED))).timeline
    hidden = disable(styled, DisableCaptionsAction()).timeline
    assert hidden.caption_style is None
    assert enable(hidden, EnableCaptionsAction()).timeline == styled


def test_a_caption_style_is_overridden_field_by_field(film: Timeline) -> None:
    large = enable(film, EnableCaptionsAction(caption_style=CaptionStyle(font_size=90))).timeline
    both = enable(large, EnableCaptionsAction(caption_style=CaptionStyle(text_color=RED))).timeline
    assert both.caption_style == CaptionStyle(font_size=90, text_color=RED)
    plain = enable(both, EnableCaptionsAction(caption_style=CaptionStyle(spoken_text_color=None))).timeline
    assert plain.caption_style is not None
    assert "spoken_text_color" in plain.caption_style.model_fields_set


def test_hiding_hidden_captions_changes_nothing(film: Timeline) -> None:
    hidden = disable(film, DisableCaptionsAction()).timeline
    again = disable(hidden, DisableCaptionsAction())
    assert again.timeline == hidden
    assert again.notes == ("The captions were hidden already.",)


@pytest.mark.parametrize("kind", [kind for kind in TransitionType if kind is not TransitionType.DYNAMIC])
def test_a_transition_is_put_at_every_boundary_of_its_scope_and_no_other(film: Timeline, kind: TransitionType) -> None:
    sections = [opens_section(scene, before) for before, scene in pairwise(film.scenes)]
    assert True in sections and False in sections
    edited = add_transitions(film, AddTransitionsAction(section_transition=kind)).timeline
    for scene, old, section in zip(edited.scenes[1:], film.scenes[1:], sections, strict=True):
        if section:
            assert scene.transition.kind.value == kind.value
            assert 0 < scene.transition.frames <= scene.frames // 3
        else:
            assert scene == old
    assert edited.scenes[0] == film.scenes[0]


def test_dynamic_transitions_are_the_same_every_time_and_stay_when_another_scene_goes(film: Timeline) -> None:
    action = AddTransitionsAction(section_transition=TransitionType.DYNAMIC, asset_transition=TransitionType.DYNAMIC)
    edited = add_transitions(film, action).timeline
    assert edited == add_transitions(film, action).timeline
    assert {scene.transition.kind for scene in edited.scenes[1:]} - {TransitionKind.FADE}
    shorter = film.model_copy(update={"scenes": film.scenes[:-1]})
    kept = add_transitions(shorter, action).timeline
    assert [scene.transition for scene in kept.scenes] == [scene.transition for scene in edited.scenes[:-1]]


def test_transitions_left_out_change_nothing(film: Timeline) -> None:
    assert add_transitions(film, AddTransitionsAction()).timeline == film


def test_a_film_of_one_scene_has_no_boundary_and_says_so(film: Timeline) -> None:
    single = film.model_copy(update={"scenes": film.scenes[:1]})
    edited = add_transitions(single, AddTransitionsAction(section_transition=TransitionType.PAN))
    assert edited.timeline == single
    assert "one single section" in edited.notes[0]


def test_other_transitions_render_the_frames_at_the_boundaries_alone(film: Timeline) -> None:
    edited = add_transitions(film, AddTransitionsAction(asset_transition=TransitionType.FADE)).timeline
    assert rendered_anew(film, edited).frames == 0
    action = AddTransitionsAction(section_transition=TransitionType.WIPE, asset_transition=TransitionType.WIPE)
    wiped = add_transitions(film, action).timeline
    cost = rendered_anew(film, wiped)
    assert cost.frames == sum(scene.transition.frames for scene in wiped.scenes[1:])
    none = AddTransitionsAction(section_transition=TransitionType.NONE, asset_transition=TransitionType.NONE)
    assert rendered_anew(wiped, add_transitions(wiped, none).timeline).frames == cost.frames


def test_zoom_moves_every_still_and_leaves_clips_alone(bench: Bench, film: Timeline) -> None:
    edited = add_zoom(film, AddZoomAction()).timeline
    assert edited.zoom
    assert all(scene.motion.zoom_from != scene.motion.zoom_to for scene in edited.scenes)
    assert add_zoom(edited, AddZoomAction()).timeline == edited
    clips = made("One sentence only here.", bench, featured=(CLIP,))
    assert add_zoom(clips, AddZoomAction()).timeline == clips


@pytest.mark.parametrize(
    ("prompt", "move"),
    [
        ("slowly push in", "in"),
        ("Zoom out from the subject", "out"),
        ("the camera pans to the left", "left"),
        ("gentle pan right", "right"),
        ("tilt up", "up"),
        ("camera drifts down slowly", "down"),
        ("pull back to reveal the scene", "out"),
        ("make the water flow", None),
        ("", None),
    ],
)
def test_the_camera_does_what_the_words_say(prompt: str, move: str | None) -> None:
    assert camera_move(prompt) == move


def test_stills_become_camera_moves_and_the_result_says_that_nothing_moves_inside_them(film: Timeline) -> None:
    edited = move_camera(film, ConvertImagesToVideosAction(motion_prompt="pan left dramatically"))
    assert all(scene.motion.focus_from[0] > scene.motion.focus_to[0] for scene in edited.timeline.scenes)
    assert "No video model" in edited.degraded[0]
    odd = move_camera(film, ConvertImagesToVideosAction(motion_prompt="make the water flow"))
    assert "name no camera move" in odd.degraded[1]


def test_upscaling_changes_nothing_and_says_why(film: Timeline) -> None:
    edited = upscale(film, UpscaleAssetsAction())
    assert edited.timeline == film
    assert "painted afresh" in edited.notes[0]


async def test_a_logo_is_set_moved_resized_and_removed(bench: Bench, film: Timeline) -> None:
    bench.files["f1"] = MARK
    set_ = (await SET_LOGO.run(film, SetLogoAction(file_id="f1"), bench)).timeline
    assert set_.logo is not None and set_.logo.media == MARK.media
    moved = (await SET_LOGO.run(set_, SetLogoAction(position=LogoPosition.BOTTOM_LEFT), bench)).timeline
    assert moved.logo is not None
    assert (moved.logo.media, moved.logo.position) == (MARK.media, "BOTTOM_LEFT")
    larger = (await SET_LOGO.run(moved, SetLogoAction(file_id="f1", size_percent=30), bench)).timeline
    assert larger.logo is not None
    assert (larger.logo.position, larger.logo.size_percent) == ("BOTTOM_LEFT", 30)
    assert (await SET_LOGO.run(larger, SetLogoAction(file_id=None), bench)).timeline == film
    assert (await SET_LOGO.run(film, SetLogoAction(file_id=None), bench)).notes == ("The film had no logo.",)


async def test_a_logo_that_cannot_be_is_refused(bench: Bench, film: Timeline) -> None:
    with pytest.raises(NotFoundError):
        await SET_LOGO.run(film, SetLogoAction(file_id="gone"), bench)
    for size in (0.0, -3.0, 101.0):
        with pytest.raises(InputError, match="sizePercent"):
            SET_LOGO.check(SetLogoAction(file_id="f1", size_percent=size))
