"""What is in the frames: ground, sprites, captions, logo, each at its place and time."""

from __future__ import annotations

import av
import numpy as np
import pytest
from film_rig import (
    CAPTION_COLOUR,
    PAINTERS,
    colour_at,
    design,
    film,
    flat,
    keep,
    looks_like,
    paint_captions,
    paint_scene,
    pictures,
    png,
    render,
)

from videogen_agents.errors import InputError
from videogen_engine.render.film import render_with
from videogen_engine.render.model import Encoding, RenderRequest
from videogen_engine.render.studio import Painters
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Logo, Motion
from videogen_engine.visuals.model import Entrance, PaintedScene, SceneDesign

BROWN, RED, BLUE, YELLOW = "#804020", "#d02020", "#203080", "#e0d020"
#: Centre of the first square that the rig paints.
SQUARE = (0.156, 0.3)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#d02020", "#20c040", "#2040d0", "#808080"])
def test_a_colour_comes_out_as_it_was_painted(ctx: StageContext, colour: str) -> None:
    rendered = render(ctx, film(ctx, [("one two", design(colour))]), encoding=Encoding.HIGH)
    last = pictures(ctx, rendered)[-1]
    for x, y in ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0)):
        assert looks_like(colour_at(last, x, y), colour, 4)


def test_a_film_has_exactly_the_timelines_frames(ctx: StageContext) -> None:
    timeline = film(ctx, [("one two three", design(BROWN)), ("four", design(BLUE))])
    rendered = render(ctx, timeline)
    assert len(pictures(ctx, rendered)) == timeline.frames == rendered.frames == rendered.frames_rendered


def test_a_sprite_is_not_there_before_its_time_and_stays_after_it(ctx: StageContext) -> None:
    seen = pictures(ctx, render(ctx, film(ctx, [("one two three four", design(BROWN, [(RED, 0.5)]))])))
    assert looks_like(colour_at(seen[14], *SQUARE), BROWN)
    assert looks_like(colour_at(seen[15], *SQUARE), RED)
    assert looks_like(colour_at(seen[-1], *SQUARE), RED)
    assert looks_like(colour_at(seen[-1], 0.5, 0.3), BROWN)


def test_a_fading_sprite_passes_through_mixtures(ctx: StageContext) -> None:
    scene = design("#000000", [("#ffffff", 0.5)], entrance=Entrance.FADE)
    seen = pictures(ctx, render(ctx, film(ctx, [("one two three four", scene)])))
    reds = [colour_at(frame, *SQUARE)[0] for frame in seen[14:23]]
    assert reds == sorted(reds)
    assert reds[0] < 10
    assert 60 < reds[4] < 200
    assert reds[-1] > 245


def test_a_rising_sprite_comes_from_below_its_place(ctx: StageContext) -> None:
    scene = design("#000000", [("#ffffff", 0.5)], entrance=Entrance.RISE)
    seen = pictures(ctx, render(ctx, film(ctx, [("one two three four", scene)]), lines=180))
    tops = [int(np.argmax(frame[:, 50, 0] > 40)) for frame in seen[16:24]]
    assert tops == sorted(tops, reverse=True)
    assert tops[0] > tops[-1] == 36


def test_a_popping_sprite_grows_to_its_size(ctx: StageContext) -> None:
    scene = design("#000000", [("#ffffff", 0.5)], entrance=Entrance.POP)
    seen = pictures(ctx, render(ctx, film(ctx, [("one two three four", scene)]), lines=180))
    widths = [int((frame[54, :, 0] > 30).sum()) for frame in (seen[15], seen[-1])]
    assert 28 <= widths[0] < widths[1] == 36


def test_a_wiped_sprite_is_uncovered_from_the_left(ctx: StageContext) -> None:
    scene = design("#000000", [("#ffffff", 0.5)], entrance=Entrance.WIPE)
    seen = pictures(ctx, render(ctx, film(ctx, [("one two three four", scene)]), lines=180))
    row = seen[16][54, :, 0]
    assert row[34] > 200
    assert row[64] < 40
    assert seen[-1][54, 64, 0] > 240


def test_sprites_keep_their_paint_order_while_one_below_is_still_entering(ctx: StageContext) -> None:
    squares = [(RED, 0.0), (YELLOW, 0.0)]
    scene = design(BROWN, squares, entrance=Entrance.NONE)
    seen = pictures(ctx, render(ctx, film(ctx, [("one two", scene)])))
    assert looks_like(colour_at(seen[0], *SQUARE), RED)
    assert looks_like(colour_at(seen[0], 0.156 + 0.16875, 0.3), YELLOW)


def test_captions_show_while_words_are_spoken_and_no_longer(ctx: StageContext) -> None:
    timeline = film(ctx, [("one two three four", design(BROWN))], captions=True)
    seen = pictures(ctx, render(ctx, timeline))
    place = (0.5, 0.85)
    assert looks_like(colour_at(seen[5], *place), BROWN)
    assert looks_like(colour_at(seen[6], *place), CAPTION_COLOUR, 14)
    assert looks_like(colour_at(seen[35], *place), CAPTION_COLOUR, 14)
    assert looks_like(colour_at(seen[36], *place), BROWN)


@pytest.mark.parametrize(("position", "place"), [("TOP_LEFT", (0.09, 0.1)), ("BOTTOM_RIGHT", (0.91, 0.9))])
def test_a_logo_sits_in_its_corner_of_every_frame(ctx: StageContext, position: str, place: tuple[float, float]) -> None:
    media = keep(ctx, png(flat(50, 50, YELLOW, 255)), "logo.png", "image/png")
    timeline = film(ctx, [("one", design(BROWN)), ("two", design(BLUE))])
    timeline = timeline.model_copy(update={"logo": Logo(media=media, position=position, size_percent=10)})
    seen = pictures(ctx, render(ctx, timeline))
    assert all(looks_like(colour_at(frame, *place), YELLOW, 14) for frame in seen)
    assert looks_like(colour_at(seen[0], 0.5, 0.5), BROWN)


def test_a_logo_that_is_no_image_is_refused(ctx: StageContext) -> None:
    media = keep(ctx, b"not an image", "logo.png", "image/png")
    timeline = film(ctx, [("one", design(BROWN))])
    timeline = timeline.model_copy(update={"logo": Logo(media=media, position="TOP_LEFT", size_percent=10)})
    with pytest.raises(InputError, match="The logo is not a readable image"):
        render(ctx, timeline)


def test_the_picture_moves_with_its_motion(ctx: StageContext) -> None:
    def striped(wanted: SceneDesign, width: int, height: int, ctx: StageContext) -> PaintedScene:
        painted = paint_scene(wanted, width, height, ctx)
        stripes = np.zeros((painted.background_height, painted.background_width, 3), np.uint8)
        stripes[:, painted.background_width // 2 :] = 255
        media = keep(ctx, png(stripes), "stripes.png", "image/png")
        return painted.model_copy(update={"background": media})

    painters = Painters(scene=striped, captions=paint_captions, version="stripes")
    timeline = film(ctx, [("one two three four", design(BROWN))])
    motion = Motion(zoom_from=1.04, zoom_to=1.04, focus_from=(0.0, 0.5), focus_to=(1.0, 0.5))
    moving = timeline.scenes[0].model_copy(update={"motion": motion})
    timeline = timeline.model_copy(update={"scenes": (moving,)})
    request = RenderRequest(timeline=timeline, width=320, height=180, encoding=Encoding.DRAFT)
    seen = pictures(ctx, render_with(painters, request, ctx, workers=1))
    edges = [int(np.argmax(frame[90, :, 0] > 128)) for frame in (seen[0], seen[len(seen) // 2], seen[-1])]
    assert edges[0] > edges[1] > edges[2]
    assert 8 <= edges[0] - edges[2] <= 20


def test_the_stream_says_which_colours_it_means(ctx: StageContext) -> None:
    rendered = render(ctx, film(ctx, [("one two", design(BROWN))]))
    with av.open(str(ctx.store.path(rendered.segments[0].media))) as container:
        context = container.streams.video[0].codec_context
        next(container.decode(video=0))
        tags = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
    assert tags == (1, 1, 1, 1)


@pytest.mark.parametrize("ratio", [(16, 9), (9, 16), (1, 1), (4, 5)])
def test_every_aspect_ratio_fills_its_frame(ctx: StageContext, ratio: tuple[int, int]) -> None:
    rendered = render(ctx, film(ctx, [("one two", design(BLUE))], ratio=ratio))
    frame = pictures(ctx, rendered)[0]
    assert frame.shape[:2] == (rendered.height, rendered.width)
    assert all(looks_like(colour_at(frame, x, y), BLUE) for x in (0.0, 1.0) for y in (0.0, 1.0))


def test_a_timeline_without_scenes_is_refused(ctx: StageContext) -> None:
    timeline = film(ctx, [("one", design(BROWN))]).model_copy(update={"scenes": ()})
    with pytest.raises(InputError, match="no scenes"):
        render(ctx, timeline)


def test_odd_frame_sizes_are_refused(ctx: StageContext) -> None:
    request = RenderRequest(timeline=film(ctx, [("one", design(BROWN))]), width=161, height=90)
    with pytest.raises(InputError, match="even sides"):
        render_with(PAINTERS, request, ctx)
