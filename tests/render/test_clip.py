"""A user's video as a scene's ground: fitted, in step with the scene, held or repeated to its end."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from film_rig import colour_at, design, film, keep, looks_like, pictures, render

from videogen_agents.errors import InputError
from videogen_engine.render.model import Encoding
from videogen_engine.stage import MediaRef, StageContext

RED, BLUE = (200, 30, 30), (30, 30, 200)


def clip(
    ctx: StageContext,
    colours: list[tuple[int, int, int]],
    *,
    seconds: float = 0.5,
    size: tuple[int, int] = (160, 90),
    rate: int = 24,
    rotation: int = 0,
) -> MediaRef:
    """An MP4 that shows each colour for some seconds."""
    path = ctx.temporary(".mp4")
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate, options={"crf": "12", "g": "6"})
        stream.width, stream.height, stream.pix_fmt = (*size, "yuv420p")
        if rotation:
            stream.set_display_rotation(rotation)
        for index in range(round(len(colours) * seconds * rate)):
            pixels = np.full((size[1], size[0], 3), colours[int(index / rate / seconds)], np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    name = f"clip/{len(colours)}-{seconds}-{size[0]}x{size[1]}-{rate}-{rotation}.mp4"
    return keep(ctx, Path(path).read_bytes(), name, "video/mp4")


def frames_over(ctx: StageContext, media: MediaRef, text: str) -> list[np.ndarray]:
    timeline = film(ctx, [(text, design("#000000", clip=media))])
    return pictures(ctx, render(ctx, timeline, encoding=Encoding.HIGH))


def named(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{value:02x}" for value in colour)


def test_a_clip_plays_at_its_own_speed(ctx: StageContext) -> None:
    seen = frames_over(ctx, clip(ctx, [RED, BLUE], seconds=1.0), "one two three four")
    assert looks_like(colour_at(seen[0], 0.5, 0.5), named(RED), 14)
    assert looks_like(colour_at(seen[28], 0.5, 0.5), named(RED), 14)
    assert looks_like(colour_at(seen[31], 0.5, 0.5), named(BLUE), 14)


def test_a_clip_a_little_too_short_holds_its_last_picture(ctx: StageContext) -> None:
    seen = frames_over(ctx, clip(ctx, [RED, BLUE], seconds=0.5), "one two three four")
    assert len(seen) > 45
    assert looks_like(colour_at(seen[-1], 0.5, 0.5), named(BLUE), 14)


def test_a_clip_much_too_short_starts_over(ctx: StageContext) -> None:
    seen = frames_over(ctx, clip(ctx, [RED, BLUE], seconds=0.5), "word " * 12)
    for second in range(3):
        assert looks_like(colour_at(seen[second * 30 + 7], 0.5, 0.5), named(RED), 14)
        assert looks_like(colour_at(seen[second * 30 + 22], 0.5, 0.5), named(BLUE), 14)


@pytest.mark.parametrize("size", [(160, 90), (200, 80), (160, 120)])
def test_a_clip_of_nearly_the_frames_shape_covers_it(ctx: StageContext, size: tuple[int, int]) -> None:
    seen = frames_over(ctx, clip(ctx, [RED], size=size), "one")
    assert all(looks_like(colour_at(seen[0], x, y), named(RED), 14) for x in (0, 1) for y in (0, 1))


@pytest.mark.parametrize(
    ("size", "inside", "outside"), [((50, 160), (0.5, 0.02), (0.04, 0.5)), ((160, 40), (0.02, 0.5), (0.5, 0.03))]
)
def test_a_clip_of_quite_another_shape_stands_whole_before_its_own_colours(
    ctx: StageContext, size: tuple[int, int], inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    seen = frames_over(ctx, clip(ctx, [RED], size=size), "one")
    assert looks_like(colour_at(seen[0], *inside), named(RED), 14)
    around = colour_at(seen[0], *outside)
    dimmed = named(tuple(round(0.72 * value) for value in RED))  # type: ignore[arg-type]
    assert looks_like(around, dimmed, 16)


def test_a_clip_filmed_upright_is_turned_upright(ctx: StageContext) -> None:
    media = clip(ctx, [RED], size=(90, 160), rotation=90)
    seen = frames_over(ctx, media, "one")
    assert looks_like(colour_at(seen[0], 0.5, 0.5), named(RED), 14)


def test_a_long_scene_shows_the_same_clip_frames_however_it_is_split(ctx: StageContext) -> None:
    media = clip(ctx, [RED, BLUE] * 8, seconds=1.0)
    seen = frames_over(ctx, media, "word " * 52)
    assert len(seen) > 300
    for second in (4, 5, 9, 10, 12):
        expected = RED if second % 2 == 0 else BLUE
        assert looks_like(colour_at(seen[second * 30 + 15], 0.5, 0.5), named(expected), 14)


def test_a_scene_fades_in_over_a_clip_that_goes_on(ctx: StageContext) -> None:
    media = clip(ctx, [RED], seconds=3.0)
    timeline = film(ctx, [("one two", design("#000000", clip=media)), ("three", design("#000000"))])
    seen = pictures(ctx, render(ctx, timeline))
    assert looks_like(colour_at(seen[timeline.scenes[0].frames], 0.5, 0.5), named(RED), 30)
    assert looks_like(colour_at(seen[-1], 0.5, 0.5), "#000000", 14)


def test_a_file_that_is_no_video_is_refused_with_a_next_step(ctx: StageContext) -> None:
    media = keep(ctx, b"not a video at all", "clip/broken.mp4", "video/mp4")
    with pytest.raises(InputError) as caught:
        frames_over(ctx, media, "one")
    assert caught.value.code == "unreadable_video"
    assert caught.value.next_step
