"""Where captions may stand in a frame, and how much one line may hold.

Sizes of a style are pixels at 1080 lines; they scale with the frame's shorter side, so that 1080 × 1920 and
1920 × 1080 show letters of the same size. Wide and square frames keep captions in the lowest fifth; tall ones
keep them above the buttons and titles that phone apps lay over the lowest sixth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Area:
    """The safe rectangle in pixels, and the widest line in pixels and in em (whichever is smaller counts)."""

    left: int
    top: int
    right: int
    bottom: int
    line_em: float
    scale: float

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def within(self, left: int, right: int) -> Area:
        """What of it lies between two columns of the frame."""
        return replace(self, left=max(self.left, (left + 1) // 2 * 2), right=min(self.right, right // 2 * 2))


@dataclass(frozen=True)
class _Shape:
    """Margins as shares of width and height; ``line_em`` is a comfortable line."""

    side: float
    top: float
    bottom: float
    line_em: float
    font_size: float


_WIDE = _Shape(side=0.07, top=0.07, bottom=0.045, line_em=23.0, font_size=52.0)
_SQUARE = _Shape(side=0.07, top=0.07, bottom=0.05, line_em=17.5, font_size=52.0)
_TALL = _Shape(side=0.085, top=0.12, bottom=0.165, line_em=15.0, font_size=60.0)


def safe_area(width: int, height: int) -> Area:
    """The area for a frame of ``width`` × ``height`` pixels. All edges are even."""
    shape = _shape(width, height)
    return Area(
        left=_even(width * shape.side),
        top=_even(height * shape.top),
        right=_even(width * (1 - shape.side)),
        bottom=_even(height * (1 - shape.bottom)),
        line_em=shape.line_em,
        scale=min(width, height) / 1080,
    )


def default_font_size(width: int, height: int) -> float:
    """Pixels at 1080 lines, larger on tall frames, which are watched on phones."""
    return _shape(width, height).font_size


def _shape(width: int, height: int) -> _Shape:
    ratio = width / height
    return _WIDE if ratio >= 1.2 else _SQUARE if ratio >= 0.7 else _TALL


def _even(value: float) -> int:
    return int(value) // 2 * 2
