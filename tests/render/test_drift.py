"""The background's movement: as exact as a resampling of every pixel, at a fraction of its work."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from videogen_engine.render.drift import TAIL_FRAMES, still
from videogen_engine.render.drift import scratch_for as scratch
from videogen_engine.render.raster import Planes, blank
from videogen_engine.timeline.document import Motion

WIDTH, HEIGHT, FRAMES = 480, 270, 60


def ramp(width: int, height: int, *, across: bool = True) -> Planes:
    """Luma that tells where it is: 40 at the left (or top) edge, 200 at the other."""
    slope = np.rint(np.linspace(40, 200, width if across else height)).astype(np.uint8)
    luma = np.broadcast_to(slope if across else slope[:, None], (height, width)).copy()
    return Planes(luma, np.full((height // 2, width // 2, 2), 128, np.uint8))


def soft_noise(width: int, height: int) -> Planes:
    noise = np.random.default_rng(7).normal(size=(height, width)).astype(np.float32)
    luma = cv2.GaussianBlur(noise, (0, 0), 6)
    luma = cv2.normalize(luma, None, 30, 220, cv2.NORM_MINMAX)
    return Planes(np.asarray(luma, np.uint8), np.full((height // 2, width // 2, 2), 128, np.uint8))


def drawn(source: Planes, motion: Motion, frame: int) -> Planes:
    target = blank(WIDTH, HEIGHT)
    still(source, motion, WIDTH, HEIGHT, FRAMES).draw(target, frame, scratch(WIDTH, HEIGHT))
    return target


def resampled(source: Planes, zoom: float, frame_share: float = 0.5) -> np.ndarray:
    """The reference: every pixel by itself, linearly."""
    scale = min(source.width / WIDTH, source.height / HEIGHT) / zoom
    left = (source.width - WIDTH * scale) * frame_share
    top = (source.height - HEIGHT * scale) * frame_share
    matrix = np.array([[scale, 0, left + scale / 2 - 0.5], [0, scale, top + scale / 2 - 0.5]], np.float32)
    return cv2.warpAffine(source.y, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


@pytest.mark.parametrize("oversize", [1.05, 1.12, 1.5])
@pytest.mark.parametrize("frame", [0, 20, 59])
def test_a_zoom_shows_what_resampling_each_pixel_would(oversize: float, frame: int) -> None:
    source = soft_noise(round(WIDTH * oversize / 2) * 2, round(HEIGHT * oversize / 2) * 2)
    motion = Motion(zoom_from=1.015, zoom_to=1.055)
    zoom = 1.015 + 0.04 * frame / (FRAMES + TAIL_FRAMES)
    difference = np.abs(drawn(source, motion, frame).y.astype(int) - resampled(source, zoom))
    assert difference.mean() < 1.0


def test_a_zoom_never_jerks_back() -> None:
    source = ramp(504, 284)
    motion = Motion(zoom_from=1.015, zoom_to=1.055)
    edges = [float(drawn(source, motion, frame).y[135, :8].mean()) for frame in range(FRAMES)]
    steps = np.diff(edges)
    assert steps.min() > -0.35
    assert edges[-1] > edges[0] + 1


@pytest.mark.parametrize(
    ("start", "end"), [((0.1, 0.5), (0.9, 0.5)), ((0.9, 0.5), (0.1, 0.5)), ((0.5, 0.1), (0.5, 0.9))]
)
def test_a_slide_moves_evenly_from_focus_to_focus(start: tuple[float, float], end: tuple[float, float]) -> None:
    source = ramp(504, 284, across=start[1] == end[1])
    motion = Motion(zoom_from=1.04, zoom_to=1.04, focus_from=start, focus_to=end)
    ground = still(source, motion, WIDTH, HEIGHT, FRAMES)
    target, room = blank(WIDTH, HEIGHT), scratch(WIDTH, HEIGHT)
    seen = []
    for frame in range(FRAMES):
        ground.draw(target, frame, room)
        seen.append(float(target.y.mean()))
    steps = np.diff(seen) * (1 if seen[-1] > seen[0] else -1)
    assert steps.min() >= -0.02
    assert steps.max() < 0.6
    assert abs(seen[-1] - seen[0]) > 1.5


@pytest.mark.parametrize("frames", [30, 150, 600])
@pytest.mark.parametrize(
    "motion",
    [
        Motion(zoom_from=1.015, zoom_to=1.055),
        Motion(zoom_from=1.04, zoom_to=1.04, focus_from=(0.3, 0.5), focus_to=(0.7, 0.5)),
    ],
)
def test_frames_that_count_as_the_same_are_the_same_and_steps_stay_small(motion: Motion, frames: int) -> None:
    ground = still(soft_noise(504, 284), motion, WIDTH, HEIGHT, frames)
    target, room = blank(WIDTH, HEIGHT), scratch(WIDTH, HEIGHT)
    before: np.ndarray | None = None
    steps = [ground.step(frame) for frame in range(frames)]
    for frame, step in enumerate(steps):
        ground.draw(target, frame, room)
        if frame and step == steps[frame - 1]:
            assert np.array_equal(before, target.y)
        before = target.y.copy()
    assert max(abs(after - step) for after, step in pairwise(steps)) <= 1
    assert len(set(steps)) > 5


def test_movement_goes_on_into_the_tail_and_then_rests() -> None:
    motion = Motion(zoom_from=1.02, zoom_to=1.05)
    source = soft_noise(504, 284)
    end, tail, rest, later = (
        drawn(source, motion, frame).y for frame in (FRAMES, FRAMES + 15, FRAMES + TAIL_FRAMES, FRAMES + 99)
    )
    assert np.any(end != tail)
    assert np.array_equal(rest, later)


@pytest.mark.parametrize("size", [(480, 270), (490, 400), (1000, 300), (242, 136)])
@pytest.mark.parametrize("zoom", [(1.0, 1.0), (1.0, 1.3), (1.2, 1.2)])
def test_any_background_fills_the_frame_under_any_motion(size: tuple[int, int], zoom: tuple[float, float]) -> None:
    motion = Motion(zoom_from=zoom[0], zoom_to=zoom[1], focus_from=(0.0, 1.0), focus_to=(1.0, 0.0))
    source = Planes(np.full(size[::-1], 77, np.uint8), np.full((size[1] // 2, size[0] // 2, 2), 99, np.uint8))
    for frame in (0, 30, 90):
        result = drawn(source, motion, frame)
        assert np.all(result.y == 77)
        assert np.all(result.uv == 99)
