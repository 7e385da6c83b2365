"""How scenes enter: over the tail of the one before, within their own frames."""

from __future__ import annotations

import pytest
from film_rig import colour_at, design, film, looks_like, pictures, render

from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Timeline, Transition, TransitionKind

BEFORE, AFTER, SQUARE = "#203080", "#d08020", "#20d040"
FRAMES = 11


def two_scenes(ctx: StageContext, kind: TransitionKind, frames: int = FRAMES) -> Timeline:
    timeline = film(ctx, [("one two", design(BEFORE, [(SQUARE, 0.0)])), ("three four", design(AFTER))])
    second = timeline.scenes[1].model_copy(update={"transition": Transition(kind=kind, frames=frames)})
    return timeline.model_copy(update={"scenes": (timeline.scenes[0], second)})


def around(ctx: StageContext, kind: TransitionKind) -> tuple[list, list]:
    """The last two frames of the first scene with the entering ones, and the two frames after those."""
    timeline = two_scenes(ctx, kind)
    seen = pictures(ctx, render(ctx, timeline, lines=180))
    start = timeline.scenes[0].frames
    return seen[start - 2 : start + FRAMES], seen[start + FRAMES : start + FRAMES + 2]


@pytest.mark.parametrize("kind", list(TransitionKind))
def test_every_transition_begins_before_and_ends_after(ctx: StageContext, kind: TransitionKind) -> None:
    entering, after = around(ctx, kind)
    assert looks_like(colour_at(entering[1], 0.5, 0.5), BEFORE)
    assert all(looks_like(colour_at(frame, x, 0.5), AFTER) for frame in after for x in (0.0, 0.5, 1.0))


def test_a_fade_mixes_both_scenes_and_keeps_what_had_settled_in_the_first(ctx: StageContext) -> None:
    entering, _ = around(ctx, TransitionKind.FADE)
    reds = [colour_at(frame, 0.5, 0.5)[0] for frame in entering]
    assert reds == sorted(reds)
    middle = entering[2 + FRAMES // 2]
    assert 0x50 < colour_at(middle, 0.5, 0.5)[0] < 0xA0
    assert colour_at(middle, 0.156, 0.3)[1] > colour_at(middle, 0.5, 0.3)[1] + 25


def test_a_pan_pushes_the_old_scene_out_to_the_left(ctx: StageContext) -> None:
    entering, _ = around(ctx, TransitionKind.PAN)
    middle = entering[2 + FRAMES // 2]
    assert looks_like(colour_at(middle, 0.02, 0.8), BEFORE)
    assert looks_like(colour_at(middle, 0.98, 0.8), AFTER)


def test_a_rise_covers_the_old_scene_from_below(ctx: StageContext) -> None:
    entering, _ = around(ctx, TransitionKind.RISE)
    middle = entering[2 + FRAMES // 2]
    assert looks_like(colour_at(middle, 0.5, 0.05), BEFORE)
    assert looks_like(colour_at(middle, 0.5, 0.95), AFTER)


def test_a_wipe_uncovers_the_new_scene_from_the_left(ctx: StageContext) -> None:
    entering, _ = around(ctx, TransitionKind.WIPE)
    middle = entering[2 + FRAMES // 2]
    assert looks_like(colour_at(middle, 0.02, 0.8), AFTER)
    assert looks_like(colour_at(middle, 0.98, 0.8), BEFORE)


def test_a_pop_lets_the_new_scene_grow_from_the_middle(ctx: StageContext) -> None:
    entering, _ = around(ctx, TransitionKind.POP)
    early = entering[4]
    assert looks_like(colour_at(early, 0.0, 0.0), BEFORE)
    assert not looks_like(colour_at(early, 0.5, 0.5), BEFORE)


def test_no_transition_cuts_from_one_frame_to_the_next(ctx: StageContext) -> None:
    entering, _ = around(ctx, TransitionKind.NONE)
    assert looks_like(colour_at(entering[1], 0.5, 0.5), BEFORE)
    assert looks_like(colour_at(entering[2], 0.5, 0.5), AFTER)


@pytest.mark.parametrize("frames", [0, 1, 29, 500])
def test_a_transition_of_any_length_keeps_the_number_of_frames(ctx: StageContext, frames: int) -> None:
    timeline = two_scenes(ctx, TransitionKind.FADE, frames)
    assert len(pictures(ctx, render(ctx, timeline))) == timeline.frames
