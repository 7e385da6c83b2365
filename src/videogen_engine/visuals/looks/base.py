"""What every look provides."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from videogen_engine.visuals.colour import BLACK, WHITE, Rgb, mix
from videogen_engine.visuals.palette import Palette
from videogen_engine.visuals.pixels import Mask, Pixels, blurred, clear, lay_over, tinted
from videogen_engine.visuals.shapes import fill_of, rounded_distance, stroke_of
from videogen_engine.visuals.text_fitting import TextStyle


class IconKind(StrEnum):
    """How a look shows icons: shaded, in flat colours, or as line drawings in its own ink."""

    SHADED = "shaded"
    FLAT = "flat"
    LINE = "line"


class AccentMark(StrEnum):
    """How a look points out a word of the headline."""

    COLOUR = "colour"
    MARKER = "marker"
    UNDERLINE = "underline"


@dataclass(frozen=True)
class Ground:
    """What a background is painted for. ``width`` and ``height`` in pixels; ``seed`` decides every chance.

    ``side`` is where the layout puts its picture: 1 right, -1 left, 0 neither; lettering stands opposite.
    """

    width: int
    height: int
    palette: Palette
    scenery: str
    seed: int
    side: int = 0

    @property
    def short(self) -> int:
        return min(self.width, self.height)

    def rng(self, salt: int = 0) -> np.random.Generator:
        return np.random.default_rng([self.seed & 0xFFFFFFFF, salt])


@dataclass(frozen=True)
class Tones:
    """Preferred lettering colours on a ground; the painter moves them when contrast asks for it."""

    ink: Rgb
    accent: Rgb
    soft: Rgb


@dataclass(frozen=True)
class Art:
    """A layer whose content proper starts ``pad`` px from its left and top (shadow or glow around it)."""

    pixels: Pixels
    pad: int = 0


def shadow_under(mask: Mask, pad: int, sigma: float, drop: float, opacity: float, colour: Rgb = BLACK) -> Pixels:
    """A soft shadow layer, ``pad`` px larger on each side than ``mask``."""
    wide = np.pad(mask, pad)
    soft = blurred(wide, sigma)
    shift = min(pad, round(drop))
    if shift:
        soft = np.roll(soft, shift, axis=0)
    return tinted(soft, colour, opacity)


@lru_cache(maxsize=8)
def plain_panel(
    width: int,
    height: int,
    radius: float,
    fill: Rgb,
    *,
    opacity: float = 1.0,
    border: Rgb | None = None,
    border_width: float = 0.0,
    border_opacity: float = 1.0,
    shadow: float = 0.25,
    spread: float = 0.0,
) -> Art:
    """A rounded card with a border and a soft shadow (``spread`` px). Shared: copy before drawing on it."""
    distance = rounded_distance(width, height, radius)
    body = fill_of(distance)
    pad = round(spread * 2.4) if shadow > 0 and spread > 0 else 0
    canvas = clear(width + 2 * pad, height + 2 * pad)
    if pad:
        under = shadow_under(body, pad, spread, spread * 0.55, shadow)
        if opacity < 1:
            # Under glass the shadow must not show through.
            hole = np.pad(1 - body, pad, constant_values=1.0)
            under = (under * hole[..., None]).astype(np.uint8)
        canvas = under
    lay_over(canvas, tinted(body, fill, opacity), pad, pad)
    if border is not None and border_width > 0:
        lay_over(canvas, tinted(stroke_of(distance, border_width), border, border_opacity), pad, pad)
    return Art(canvas, pad)


class Look(ABC):
    """One way of drawing a film. Sizes handed to it are pixels."""

    name: str
    headline: TextStyle
    label: TextStyle
    kicker: TextStyle
    figure: TextStyle
    quote: TextStyle
    icon_kind: IconKind = IconKind.SHADED
    accent_mark: AccentMark = AccentMark.COLOUR
    #: At least four; the last two are kept for breaking ties between neighbours.
    sceneries: tuple[str, ...]
    headline_scale: float = 1.0
    quote_scale: float = 1.0
    #: The main icon's share of its halo.
    hero_fill: float = 0.62
    #: Layouts that suit the look, by kind of scene, where not all do. At least four each.
    layouts: Mapping[str, tuple[str, ...]] = {}

    @abstractmethod
    def background(self, ground: Ground) -> Pixels:
        """An opaque BGR image of the ground's size. Nothing in it may need to line up with lettering."""

    @abstractmethod
    def tones(self, ground: Ground) -> Tones:
        """Lettering on the bare ground."""

    @abstractmethod
    def panel(self, width: int, height: int, ground: Ground, index: int) -> Art:
        """A card."""

    def panel_tones(self, ground: Ground, index: int) -> Tones:
        """Lettering on a card."""
        return self.tones(ground)

    def halo(self, size: int, ground: Ground) -> Art | None:
        """What stands behind the main icon: a disc, rings, a blob. None for nothing."""
        return None

    def letters(self, layer: Pixels, size: float, ground: Ground) -> Art:
        """Lettering with the look's finish (shadow, glow, chalk); ``size`` is the type size."""
        return Art(layer)

    def icon(self, layer: Pixels, ground: Ground) -> Art:
        """An icon with the look's finish; a soft shadow by default."""
        size = layer.shape[0]
        pad = max(4, round(size * 0.10))
        alpha = layer[..., 3].astype(np.float32) / 255
        canvas = shadow_under(alpha, pad, size * 0.035, size * 0.03, 0.30, mix(ground.palette.ink, BLACK, 0.4))
        lay_over(canvas, layer, pad, pad)
        return Art(canvas, pad)

    def icon_ink(self, ground: Ground, index: int) -> Rgb:
        """The colour of line icons."""
        return WHITE

    def icon_base(self, ground: Ground) -> Rgb | None:
        """What line icons are filled with, so that nothing shows through them. None leaves them open."""
        return None

    def mark_colour(self, ground: Ground) -> Rgb:
        """The colour of markers, underlines, progress and badges."""
        return ground.palette.bright
