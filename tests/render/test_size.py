"""Frame sizes from ratios and lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen_agents.errors import LimitError
from videogen_engine.render.size import MAX_PIXELS, frame_size


@pytest.mark.parametrize(
    ("ratio", "lines", "size"),
    [
        ((16, 9), 1080, (1920, 1080)),
        ((16, 9), 720, (1280, 720)),
        ((16, 9), 2160, (3840, 2160)),
        ((9, 16), 1080, (1080, 1920)),
        ((1, 1), 1080, (1080, 1080)),
        ((4, 5), 1080, (1080, 1350)),
        ((16, 9), 90, (160, 90)),
        ((1920, 1080), 1080, (1920, 1080)),
    ],
)
def test_the_short_side_has_the_lines(ratio: tuple[int, int], lines: int, size: tuple[int, int]) -> None:
    assert frame_size(*ratio, lines) == size


@given(st.integers(1, 400), st.integers(1, 400), st.integers(16, 2160))
def test_sides_are_even_and_keep_the_ratio(width: int, height: int, lines: int) -> None:
    if not 0.25 <= width / height <= 4:
        with pytest.raises(LimitError):
            frame_size(width, height, lines)
        return
    size = frame_size(width, height, lines)
    assert size[0] % 2 == size[1] % 2 == 0
    assert abs(min(size) - lines) <= 1
    assert abs(size[0] / size[1] - width / height) <= 2.5 / min(size) * max(1, width / height)
    assert size[0] * size[1] <= MAX_PIXELS


def test_too_many_pixels_are_refused_with_a_next_step() -> None:
    with pytest.raises(LimitError) as caught:
        frame_size(16, 9, 4320, max_pixels=3840 * 2160)
    assert caught.value.next_step


@pytest.mark.parametrize("ratio", [(0, 9), (16, 0), (-16, 9)])
def test_a_ratio_without_size_is_refused(ratio: tuple[int, int]) -> None:
    with pytest.raises(LimitError):
        frame_size(*ratio, 1080)
