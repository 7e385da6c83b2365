"""Icons to pixels, each drawn once per size and kept in the artifact store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from videogen_agents.errors import NotFoundError
from videogen_engine.bundled_assets import IconSet, icon_svg
from videogen_engine.stage import StageContext
from videogen_engine.visuals.colour import Rgb
from videogen_engine.visuals.looks.base import IconKind
from videogen_engine.visuals.pixels import (
    Mask,
    Pixels,
    blurred,
    clear,
    decoded,
    lay_over,
    resized,
    resized_mask,
    tinted,
    write_sprite,
)
from videogen_engine.visuals.svg_raster import document_raster

VERSION = "1"
#: Sizes that icons are drawn at. Shading filters cost by the square of the size, so large icons are enlarged:
#: they are soft gradients, and the largest step is still above what a 720p frame shows.
_STEPS = (64, 96, 128, 176, 240, 304)


@dataclass(frozen=True)
class IconArtist:
    """Draws icons for one job."""

    ctx: StageContext

    def draw(self, name: str, size: int, kind: IconKind, ink: Rgb, base: Rgb | None = None) -> Pixels:
        """A premultiplied layer of ``size`` × ``size`` px; nothing but transparency for an unknown icon.

        Line icons are drawn in ``ink`` over a body of ``base``.
        """
        step = next((step for step in _STEPS if step >= size), _STEPS[-1])
        if kind is IconKind.LINE:
            return self._line(name, size, max(step, 176), ink, base)
        kept = self._kept(name, IconSet.EMOJI if kind is IconKind.SHADED else IconSet.EMOJI_FLAT, step)
        if kept is None:
            return clear(size, size)
        return resized(kept, size, size)

    def _kept(self, name: str, icons: IconSet, step: int) -> Pixels | None:
        try:
            svg = icon_svg(icons, name)
        except NotFoundError:
            return None

        def make(path: Path) -> None:
            write_sprite(path, document_raster(svg, step))

        inputs = {"name": name, "set": icons.value, "size": step}
        ref = self.ctx.cached_file("icon", VERSION, inputs, suffix=".png", media_type="image/png", make=make)
        return decoded(self.ctx.store.path(ref).read_bytes())

    def _line(self, name: str, size: int, step: int, ink: Rgb, base: Rgb | None) -> Pixels:
        """Lines in ink over a faint wash that keeps the icon's own lights and darks."""
        flat = self._kept(name, IconSet.EMOJI_FLAT, step)
        if flat is None:
            return clear(size, size)
        body = resized(flat, size, size)
        alpha = body[..., 3].astype(np.float32) / 255
        light = body[..., :3].astype(np.float32) @ np.array([0.11, 0.59, 0.30], dtype=np.float32) / 255
        canvas = clear(size, size) if base is None else tinted(alpha, base)
        lay_over(canvas, tinted(alpha * 0.05 + light * 0.22, ink), 0, 0)
        lines = resized_mask(_outline(flat), size, size)
        lay_over(canvas, tinted(np.clip(lines * 1.15, 0, 1), ink), 0, 0)
        return canvas


def _outline(flat: Pixels) -> Mask:
    """A line drawing of a flat icon: where its colour areas meet, and its rim."""
    size = flat.shape[0]
    wide = np.asarray(cv2.copyMakeBorder(flat, 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)), dtype=np.uint8)
    kernel = np.ones((3, 3), dtype=np.uint8)
    step = np.asarray(cv2.morphologyEx(wide, cv2.MORPH_GRADIENT, kernel), dtype=np.uint8).max(axis=2)
    edges = (step > 26).astype(np.float32)
    thick = max(0.8, size / 118)
    soft = blurred(edges, thick)
    return np.clip((soft - 0.22) * 3.4, 0, 1).astype(np.float32)[4:-4, 4:-4]
