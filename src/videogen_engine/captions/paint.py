"""A laid-out cue becomes tiles: one for each word that is lit in turn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from videogen_agents.contract import CaptionBackgroundType
from videogen_engine.captions.boxes import rounded
from videogen_engine.captions.layout import CueLayout, PlacedWord, Rect
from videogen_engine.captions.legibility import Rgb
from videogen_engine.captions.style import ResolvedStyle
from videogen_engine.captions.words import ShownWord

Tile = npt.NDArray[np.uint8]
_Layer = npt.NDArray[np.float32]


@dataclass(frozen=True)
class _Region:
    """Rows and columns of the tile."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def slices(self) -> tuple[slice, slice]:
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def joined(self, other: _Region | None) -> _Region:
        """The smallest region that holds both."""
        if other is None:
            return self
        return _Region(
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            min(self.left, other.left),
            max(self.right, other.right),
        )


@dataclass(frozen=True)
class LitWord:
    """The word's index in the scene, and the pixels that its light changes, from the tile's ``x``, ``y`` on."""

    index: int
    x: int
    y: int
    pixels: Tile


class CuePainter:
    """Paints the states of one cue. Colours are laid over one another in sRGB, premultiplied, 0–255."""

    def __init__(self, layout: CueLayout, words: Sequence[ShownWord], style: ResolvedStyle) -> None:
        self._layout, self._words, self._style = layout, words, style
        self._ground = self._painted_ground()

    def base(self) -> Tile:
        """The cue with no word lit: a straight-alpha RGBA tile."""
        whole = _Region(0, self._layout.height, 0, self._layout.width)
        return _straight(self._composed(whole, None, frozenset()))

    def lit(self) -> Iterator[LitWord]:
        """Each word lit in turn: what changes of the base. Nothing when the style marks no words."""
        if not self._style.marks_words:
            return
        if self._style.persist:
            yield from self._lit_for_good()
            return
        for placed in self._sounding():
            region = self._region(placed)
            pixels = _straight(self._composed(region, placed.index, frozenset()))
            yield LitWord(placed.index, region.left, region.top, pixels)

    def _lit_for_good(self) -> Iterator[LitWord]:
        """Words that keep their colour belong to every later patch, so patches grow from word to word."""
        canvas = self.base()
        spoken: frozenset[int] = frozenset()
        kept: _Region | None = None
        for placed in self._sounding():
            region = self._region(placed)
            kept = region.joined(kept)
            canvas[region.slices] = _straight(self._composed(region, placed.index, spoken))
            yield LitWord(placed.index, kept.left, kept.top, canvas[kept.slices].copy())
            spoken |= {placed.index}
            canvas[region.slices] = _straight(self._composed(region, None, spoken))

    def _sounding(self) -> list[PlacedWord]:
        """The words that are heard: a dash or a quotation mark between spaces is never lit by itself."""
        heard = [word for word in self._layout.words if any(map(str.isalnum, self._words[word.index].text))]
        return heard or list(self._layout.words)

    def _painted_ground(self) -> _Layer:
        layout, box = self._layout, self._style.background
        if box is None or box.kind is CaptionBackgroundType.WORD_BY_WORD:
            return np.zeros((layout.height, layout.width, 4), np.float32)
        rects = [self._padded(rect) for rect in layout.lines]
        if box.kind is CaptionBackgroundType.RECT:
            rects = [
                Rect(
                    min(rect.left for rect in rects),
                    rects[0].top,
                    max(rect.right for rect in rects),
                    rects[-1].bottom,
                )
            ]
        coverage = rounded(rects, box.radius, layout.width, layout.height) * np.float32(box.opacity)
        return coverage[..., None] * np.array([*box.colour, 255], np.float32)

    def _padded(self, rect: Rect) -> Rect:
        """The box around letters: padding and outline added, whole pixels, inside the tile."""
        style, layout = self._style, self._layout
        x, y = style.padding_x + style.stroke, style.padding_y + style.stroke
        return Rect(
            max(0.0, math.floor(rect.left - x)),
            max(0.0, math.floor(rect.top - y)),
            min(float(layout.width), math.ceil(rect.right + x)),
            min(float(layout.height), math.ceil(rect.bottom + y)),
        )

    def _word_box(self, word: PlacedWord) -> Rect:
        """The box behind a lit word, narrower than a line's so that it does not touch its neighbours."""
        style, layout = self._style, self._layout
        x, y = style.size * 0.15 + style.stroke * 0.5, style.padding_y * 0.75 + style.stroke
        return Rect(
            max(0.0, word.box.left - x),
            max(0.0, word.box.top - y),
            min(float(layout.width), word.box.right + x),
            min(float(layout.height), word.box.bottom + y),
        )

    def _region(self, word: PlacedWord) -> _Region:
        """What changes when a word is lit: its ink, and its box if it has one."""
        art, layout = self._words[word.index].art, self._layout
        left, top = word.x + art.dx, word.y + art.dy
        right, bottom = left + art.outline.shape[1], top + art.outline.shape[0]
        box = self._style.background
        if box is not None and box.kind is CaptionBackgroundType.WORD_BY_WORD:
            rect = self._word_box(word)
            left, top = min(left, math.floor(rect.left)), min(top, math.floor(rect.top))
            right, bottom = max(right, math.ceil(rect.right)), max(bottom, math.ceil(rect.bottom))
        return _Region(max(0, top), min(layout.height, bottom), max(0, left), min(layout.width, right))

    def _composed(self, region: _Region, lit: int | None, spoken: frozenset[int]) -> _Layer:
        """The tile's ``region`` with one word lit and others already spoken."""
        style = self._style
        layer = self._ground[region.slices].copy()
        box = style.background
        for word in self._layout.words:
            if word.index == lit and box is not None and box.kind is CaptionBackgroundType.WORD_BY_WORD:
                rect = self._word_box(word)
                shifted = Rect(
                    rect.left - region.left, rect.top - region.top, rect.right - region.left, rect.bottom - region.top
                )
                height, width = layer.shape[:2]
                _over(layer, box.colour, rounded([shifted], box.radius, width, height) * box.opacity)
        for outlines in (True, False):
            for word in self._layout.words:
                bright = word.index == lit or word.index in spoken
                if outlines:
                    colour = style.spoken_stroke if bright else style.text_stroke
                    if style.stroke > 0 and colour is not None:
                        self._stamp(layer, region, word, colour, outline=True)
                else:
                    colour = style.spoken if bright and style.spoken is not None else style.text
                    self._stamp(layer, region, word, colour, outline=False)
        return layer

    def _stamp(self, layer: _Layer, region: _Region, word: PlacedWord, colour: Rgb, *, outline: bool) -> None:
        art = self._words[word.index].art
        mask = art.outline if outline else art.fill
        left, top = word.x + art.dx - region.left, word.y + art.dy - region.top
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(layer.shape[1], left + mask.shape[1]), min(layer.shape[0], top + mask.shape[0])
        if x0 < x1 and y0 < y1:
            part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
            _over(layer[y0:y1, x0:x1], colour, part.astype(np.float32) * np.float32(1 / 255))


def _over(layer: _Layer, colour: Rgb, coverage: npt.NDArray[np.float32]) -> None:
    """Lay ``colour`` with ``coverage`` (0–1) over a premultiplied layer, in place."""
    through = (np.float32(1) - coverage)[..., None]
    layer *= through
    layer += coverage[..., None] * np.array([*colour, 255], np.float32)


def _straight(layer: _Layer) -> Tile:
    """A premultiplied layer as straight-alpha RGBA bytes; clear pixels are black."""
    return np.asarray(cv2.cvtColor((layer + np.float32(0.5)).astype(np.uint8), cv2.COLOR_mRGBA2RGBA), np.uint8)
