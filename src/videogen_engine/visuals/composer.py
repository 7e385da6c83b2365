"""Puts the parts of a scene onto the frame: measured, readable, clear of the captions, mirrored for RTL.

Layouts call it in reading order with logical boxes (left is where reading starts). Every part becomes a layer of
its own with the time and manner of its entrance.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from videogen_engine.visuals.colour import WHITE, Rgb, luminance
from videogen_engine.visuals.contrast import best_of_extremes, legible
from videogen_engine.visuals.geometry import Box, Frame
from videogen_engine.visuals.icon_art import IconArtist
from videogen_engine.visuals.inset_art import InsetPicture, inset_art, places_for
from videogen_engine.visuals.looks.base import AccentMark, Art, Ground, Look, Tones
from videogen_engine.visuals.model import Accent, Element, Entrance, SceneDesign, Shown
from videogen_engine.visuals.pixels import Pixels, blurred, lay_over, resized, resized_mask, tinted
from videogen_engine.visuals.shapes import fill_of, polygon, rounded_distance
from videogen_engine.visuals.text_art import bare, draw_text, word_boxes
from videogen_engine.visuals.text_fitting import Fitted, TextStyle, fit

_PREVIEW = 4
ENTRANCE_SECONDS = {
    Entrance.NONE: 0.0,
    Entrance.FADE: 0.5,
    Entrance.RISE: 0.5,
    Entrance.POP: 0.55,
    Entrance.WIPE: 0.45,
}


@dataclass(frozen=True)
class Layer:
    """A premultiplied BGRA sprite at ``x``, ``y`` of the frame."""

    pixels: Pixels
    x: int
    y: int
    appear: float
    entrance: Entrance


@dataclass
class Composer:
    """One scene in the making. ``lettering`` False leaves out every letter, for judging what lies under them."""

    design: SceneDesign
    frame: Frame
    look: Look
    ground: Ground
    artist: IconArtist
    background: Pixels
    window: tuple[int, int]
    lettering: bool = True
    insets: tuple[InsetPicture, ...] = ()
    layers: list[Layer] = field(default_factory=list[Layer])

    def __post_init__(self) -> None:
        self._preview = self._shown_background()
        self.tones = self.look.tones(self.ground) if self.design.featured is None else _over_pictures(self.ground)

    def _shown_background(self) -> Pixels:
        x, y = self.window
        part = self.background[y : y + self.frame.height, x : x + self.frame.width]
        small = max(8, self.frame.width // _PREVIEW), max(8, self.frame.height // _PREVIEW)
        return resized(part, *small).copy()

    # What the design holds

    def first(self, kind: Shown) -> Element | None:
        return next((element for element in self.design.elements if element.kind is kind), None)

    def every(self, kind: Shown) -> tuple[Element, ...]:
        return tuple(element for element in self.design.elements if element.kind is kind)

    @property
    def unit(self) -> float:
        return self.frame.unit

    @property
    def short(self) -> float:
        return float(min(self.frame.width, self.frame.height))

    # Layers

    def add(self, art: Art, x: float, y: float, appear: float, entrance: Entrance) -> None:
        """Add a layer whose content proper stands at ``x``, ``y`` (physical px); cut at frame and caption band."""
        left, top = round(x) - art.pad, round(y) - art.pad
        lowest = int(self.frame.height * self.frame.caption_line)
        pixels = art.pixels[max(0, -top) : max(0, lowest - top), max(0, -left) : max(0, self.frame.width - left)]
        left, top = max(0, left), max(0, top)
        if pixels.size == 0:
            return
        filled = pixels[..., 3] > 0
        rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
        if rows.size == 0:
            return
        tight = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        left, top = left + int(columns[0]), top + int(rows[0])
        self.layers.append(Layer(np.ascontiguousarray(tight), left, top, round(appear, 3), entrance))
        self._stamp(tight, left, top)

    def _stamp(self, pixels: Pixels, left: int, top: int) -> None:
        """Lay every fourth pixel over the preview: samples, not averages, so that no extreme is smoothed away."""
        thin = pixels[-top % _PREVIEW :: _PREVIEW, -left % _PREVIEW :: _PREVIEW]
        if thin.size:
            lay_over(self._preview, np.ascontiguousarray(thin), -(-left // _PREVIEW), -(-top // _PREVIEW))

    def under(self, box: Box) -> Pixels:
        """The settled frame under a physical box and its close surroundings, at a quarter of the size."""
        reach = self.short * 0.012
        wide = box.inset(-reach)
        x0, y0 = max(0, int(wide.x / _PREVIEW)), max(0, int(wide.y / _PREVIEW))
        return self._preview[y0 : int(wide.bottom / _PREVIEW) + 1, x0 : int(wide.right / _PREVIEW) + 1]

    # Lettering

    def fit(self, text: str, style: TextStyle, box: Box, largest: float, smallest: float, max_lines: int = 3) -> Fitted:
        return fit(
            text,
            style,
            box.w,
            box.h,
            largest=largest,
            smallest=smallest,
            max_lines=max_lines,
            language=self.design.language,
            # Tall frames have height to spare.
            worth=1.26 if self.frame.wide else 1.12,
        )

    def letters(
        self,
        fitted: Fitted,
        box: Box,
        *,
        align: float = 0.0,
        down: float = 0.0,
        tones: Tones | None = None,
        soft: bool = False,
        accents: tuple[Accent, ...] = (),
        appear: float = 0.1,
        entrance: Entrance = Entrance.RISE,
    ) -> Box:
        """Draw fitted lines in a logical ``box`` at ``align`` and ``down`` (0–1). Gives the block's logical box."""
        block = Box(
            box.x + align * (box.w - fitted.width), box.y + down * (box.h - fitted.height), fitted.width, fitted.height
        )
        place = self.frame.mirror(block)
        edge = 1.0 - align if self.frame.rtl else align
        ink, accent = self._readable(place, tones or self.tones, soft, appear)
        words = frozenset(bare(word.word) for word in accents)
        marked = self.look.accent_mark is not AccentMark.COLOUR
        if marked:
            self._marks(fitted, place, edge, accents)
        if self.lettering and fitted.lines:
            art = draw_text(fitted, edge, ink, frozenset() if marked else words, accent)
            finished = self.look.letters(art.pixels, fitted.size, self.ground)
            self.add(finished, place.x + art.dx, place.y + art.dy, appear, entrance)
        return block

    def _readable(self, place: Box, tones: Tones, soft: bool, appear: float) -> tuple[Rgb, Rgb]:
        """Ink and accent that read on what lies under ``place``.

        Where no shade of the wanted ink would, the background is shaded softly; where that is not enough, because
        something else lies between or a clip will play, a scrim goes under the letters.
        """
        wanted = tones.soft if soft else tones.ink
        ink = legible(wanted, self.under(place))
        dark = luminance(wanted) > 0.35
        clip = self.design.featured is not None and self.design.featured.duration is not None
        if ink is None and not clip:
            for _ in range(3):
                self._shade(place, dark, 0.38)
                ink = legible(wanted, self.under(place))
                if ink is not None:
                    break
        if clip or ink is None:
            for strength in (0.55,) if clip and ink is not None else (0.35, 0.5, 0.65, 0.8, 0.92):
                self._scrim(place, dark, strength, appear)
                ink = legible(wanted, self.under(place))
                if ink is not None:
                    break
        ink = ink or best_of_extremes(self.under(place))
        accent = legible(tones.accent, self.under(place)) or ink
        return ink, accent

    def _veil(self, dark: bool) -> Rgb:
        return self.ground.palette.tone(0.17, 0.05) if dark else self.ground.palette.paper

    def _shade(self, place: Box, dark: bool, strength: float) -> None:
        """Darken (or lighten) the background around ``place``, fading over half the frame."""
        height, width = self.background.shape[:2]
        x = (np.arange(0, width, 16, dtype=np.float32) - self.window[0])[None, :]
        y = (np.arange(0, height, 16, dtype=np.float32) - self.window[1])[:, None]
        away = np.hypot(
            np.maximum(np.maximum(place.x - x, x - place.right), 0),
            np.maximum(np.maximum(place.y - y, y - place.bottom), 0),
        )
        near = np.exp(-((away / (0.20 * self.short)) ** 2)).astype(np.float32)
        lay_over(self.background, tinted(resized_mask(near, width, height), self._veil(dark), strength), 0, 0)
        self._preview = self._shown_background()
        for layer in self.layers:
            self._stamp(layer.pixels, layer.x, layer.y)

    def _scrim(self, place: Box, dark: bool, strength: float, appear: float) -> None:
        reach = max(self.short * 0.13, 8.0)
        width, height = round(place.w + 2 * reach), round(place.h + 2 * reach)
        mask = blurred(fill_of(rounded_distance(width, height, reach, reach * 0.62)), reach * 0.28)
        art = Art(tinted(mask, self._veil(dark), strength))
        self.add(art, place.x - reach, place.y - reach, max(0.0, appear - 0.1), Entrance.FADE)

    def _marks(self, fitted: Fitted, place: Box, edge: float, accents: tuple[Accent, ...]) -> None:
        """Markers or underlines beneath the accented words, each wiped in as its word is said."""
        times = {bare(accent.word): accent.appear for accent in accents}
        colour = self.look.mark_colour(self.ground)
        for number, (word, box) in enumerate(word_boxes(fitted, edge, frozenset(times))):
            size = fitted.size
            thin = self.look.accent_mark is AccentMark.UNDERLINE
            # On the smallest stills a line is thinner than a pixel.
            height = max(1, round(size * (0.09 if thin else 0.30)))
            width = round(box.w + size * (0.04 if thin else 0.16))
            mask = _stroke(width, height, self.design.seed + number, 0.0 if not thin else 0.02)
            x = place.x + box.x - (width - box.w) / 2
            y = place.y + box.bottom + size * (0.10 if thin else -0.14)
            self.add(Art(tinted(mask, colour)), x, y, max(0.35, times[word] - 0.05), Entrance.WIPE)

    # Pictures

    def icon(
        self, name: str | None, box: Box, appear: float, *, index: int = 0, entrance: Entrance = Entrance.POP
    ) -> None:
        """An icon in a logical square."""
        if name is None:
            return
        place = self.frame.mirror(box)
        layer = self.icon_layer(name, round(place.w), index)
        self.add(self.look.icon(layer, self.ground), place.x, place.y, appear, entrance)

    def icon_layer(self, name: str, size: int, index: int = 0) -> Pixels:
        ink = self.look.icon_ink(self.ground, index)
        return self.artist.draw(name, max(8, size), self.look.icon_kind, ink, self.look.icon_base(self.ground))

    def hero(self, name: str | None, box: Box, appear: float = 0.25, fill: float = 1.0) -> None:
        """The main icon in the middle of the look's halo, in a logical square; ``fill`` scales the icon in it.

        Where the design shows people or things of the user's, they stand there instead.
        """
        if self.insets:
            self.inset_pictures(box, appear)
            return
        place = self.frame.mirror(box)
        halo = self.look.halo(round(place.w), self.ground)
        if halo is not None:
            self.add(halo, place.x, place.y, max(0.0, appear - 0.25), Entrance.FADE)
        inner = box.w * min(0.96, fill * (self.look.hero_fill if halo is not None else 0.86))
        self.icon(name, Box(box.cx - inner / 2, box.cy - inner / 2, inner, inner), appear)

    def inset_pictures(self, box: Box, appear: float) -> None:
        """The design's people and things in a logical square."""
        for number, (picture, one) in enumerate(zip(self.insets, places_for(len(self.insets), box), strict=True)):
            place = self.frame.mirror(one)
            art = inset_art(picture, max(8, round(place.w)), self.ground)
            self.add(art, place.x, place.y, appear + 0.15 * number, Entrance.POP)

    def card(
        self, element: Element, box: Box, index: int, *, sideways: bool = False, size: float | None = None
    ) -> None:
        """A card with the element's icon and text in a logical box, as one layer."""
        place = self.frame.mirror(box)
        width, height = round(place.w), round(place.h)
        art = self.look.panel(width, height, self.ground, index)
        canvas = art.pixels.copy()
        saved = self._preview.copy()
        self._stamp(canvas, round(place.x) - art.pad, round(place.y) - art.pad)
        icon_box, text_box, align = card_parts(width, height, sideways, element.icon is not None, element.text or "")
        rtl = self.frame.rtl
        if rtl:
            icon_box, text_box = (Box(width - b.right, b.y, b.w, b.h) for b in (icon_box, text_box))
            align = 1.0 - align
        if element.icon is not None:
            finished = self.look.icon(self.icon_layer(element.icon, round(icon_box.w), index), self.ground)
            lay_over(
                canvas,
                finished.pixels,
                art.pad + round(icon_box.x) - finished.pad,
                art.pad + round(icon_box.y) - finished.pad,
            )
        if element.text:
            fitted = self.card_text(element.text, text_box, size)
            block = Box(
                text_box.x + align * (text_box.w - fitted.width),
                text_box.y + (text_box.h - fitted.height) / 2,
                fitted.width,
                fitted.height,
            )
            ground = self.under(block.moved(place.x, place.y))
            wanted = self.look.panel_tones(self.ground, index).ink
            ink = legible(wanted, ground)
            for _ in range(4):
                if ink is not None:
                    break
                self._veil_card(canvas, luminance(wanted) > 0.35)
                self._stamp(canvas, round(place.x) - art.pad, round(place.y) - art.pad)
                ground = self.under(block.moved(place.x, place.y))
                ink = legible(wanted, ground)
            ink = ink or best_of_extremes(ground)
            if self.lettering:
                drawn = draw_text(fitted, align, ink, frozenset(), ink)
                lay_over(canvas, drawn.pixels, art.pad + round(block.x) + drawn.dx, art.pad + round(block.y) + drawn.dy)
        self._preview = saved
        self.add(Art(canvas, art.pad), place.x, place.y, element.appear, Entrance.RISE)

    def card_text(self, text: str, box: Box, size: float | None) -> Fitted:
        largest = size or self.short * 0.046
        return self.fit(text, self.look.label, box, largest, min(largest, self.short * 0.024), 3)

    def card_text_size(self, texts: list[str], boxes: list[Box], sideways: bool, with_icon: bool) -> float:
        """The size at which all the cards' texts fit, so that cards of a row look alike."""
        sizes: list[float] = []
        for text, box in zip(texts, boxes, strict=True):
            _, text_box, _ = card_parts(box.w, box.h, sideways, with_icon, text)
            sizes.append(self.card_text(text, text_box, None).size)
        return min(sizes, default=self.short * 0.04)

    def _veil_card(self, canvas: Pixels, dark: bool) -> None:
        """Deepen (or lighten) a whole card in place, so that it stays one piece."""
        body = canvas[..., 3].astype(np.float32) / 255
        solid = np.clip((body - 0.3) * 4, 0, 1)
        lay_over(canvas, tinted(solid, self._veil(dark), 0.35), 0, 0)


def _over_pictures(ground: Ground) -> Tones:
    """Lettering over the user's own picture, which the painter darkens where it must."""
    return Tones(WHITE, ground.palette.tone(0.90, 0.11, "spark"), (238, 238, 238))


def card_parts(width: float, height: float, sideways: bool, with_icon: bool, text: str) -> tuple[Box, Box, float]:
    """Where icon and text stand in a card, and how the text is aligned."""
    if not with_icon:
        pad = min(width, height) * 0.12
        return Box(0, 0, 1, 1), Box(pad, pad, width - 2 * pad, height - 2 * pad), 0.5
    if sideways:
        pad = height * 0.16
        side = height - 2 * pad
        left = pad * 1.4 + side + height * 0.18
        return Box(pad * 1.4, pad, side, side), Box(left, pad, width - left - pad * 1.4, height - 2 * pad), 0.0
    pad = min(width, height) * 0.11
    side = min(height * (0.46 if text else 0.7), width * 0.5)
    free = height - 2 * pad - side
    return (
        Box((width - side) / 2, pad, side, side),
        Box(pad * 0.9, pad + side + free * 0.12, width - 1.8 * pad, free * 0.88),
        0.5,
    )


def _stroke(width: int, height: int, seed: int, rough: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """A slightly slanted marker stroke."""
    rng = np.random.default_rng(seed & 0xFFFFFFFF)
    slant = height * rng.uniform(0.06, 0.16)
    end = height * rng.uniform(0.1, 0.3)
    points = [(0.0, slant + 1), (width - 1.0, 0.5), (width - 1 - end, height - slant - 1), (end * 0.6, height - 1.0)]
    return polygon(width, height, points)
