"""Boxes in frame pixels, and the part of a frame that a layout may use."""

from __future__ import annotations

from dataclasses import dataclass

#: Sprites end above this share of the height, so that captions have the space below to themselves.
CAPTION_LINE_WIDE = 0.80
CAPTION_LINE_TALL = 0.74


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height in pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    def inset(self, dx: float, dy: float | None = None) -> Box:
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, max(1.0, self.w - 2 * dx), max(1.0, self.h - 2 * dy))

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def part(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The sub-box between the given shares (0–1) of width and height."""
        return Box(self.x + left * self.w, self.y + top * self.h, (right - left) * self.w, (bottom - top) * self.h)

    def square(self, across: float = 0.5, down: float = 0.5, limit: float | None = None) -> Box:
        """The largest square inside (at most ``limit``), placed at the given shares of the free space."""
        side = min(self.w, self.h) if limit is None else min(self.w, self.h, limit)
        return Box(self.x + across * (self.w - side), self.y + down * (self.h - side), side, side)

    def columns(self, count: int, gap: float) -> tuple[Box, ...]:
        each = (self.w - gap * (count - 1)) / count
        return tuple(Box(self.x + i * (each + gap), self.y, each, self.h) for i in range(count))

    def rows(self, count: int, gap: float) -> tuple[Box, ...]:
        each = (self.h - gap * (count - 1)) / count
        return tuple(Box(self.x, self.y + i * (each + gap), self.w, each) for i in range(count))


@dataclass(frozen=True)
class Frame:
    """A frame of ``width`` × ``height`` pixels. Layouts think left to right; ``mirror`` flips them for RTL."""

    width: int
    height: int
    rtl: bool = False

    @property
    def ratio(self) -> float:
        return self.width / self.height

    @property
    def wide(self) -> bool:
        """Room for text and picture side by side."""
        return self.ratio >= 1.25

    @property
    def unit(self) -> float:
        """1 % of the short side, in pixels."""
        return min(self.width, self.height) / 100

    @property
    def caption_line(self) -> float:
        """The height share below which no sprite may reach."""
        return CAPTION_LINE_TALL if self.ratio < 0.7 else CAPTION_LINE_WIDE

    @property
    def safe(self) -> Box:
        """Where elements may stand: margins of 5 % or more, and nothing in the caption band."""
        side = self.width * (0.073 if self.ratio >= 1.2 else 0.075)
        top = self.height * (0.085 if self.ratio >= 0.7 else 0.09)
        bottom = self.height * (self.caption_line - 0.015)
        return Box(side, top, self.width - 2 * side, bottom - top)

    def mirror(self, box: Box) -> Box:
        return Box(self.width - box.right, box.y, box.w, box.h) if self.rtl else box
