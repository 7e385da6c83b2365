"""A caption style with every choice made: defaults filled in, sizes in frame pixels, contrast guaranteed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from videogen_agents.contract import (
    CaptionBackgroundStyle,
    CaptionBackgroundType,
    CaptionStyle,
    RgbColor,
    TextJustification,
    VerticalAlignment,
)
from videogen_engine.captions.areas import Area, default_font_size, safe_area
from videogen_engine.captions.legibility import WANTED, Rgb, contrast, contrast_over, outline_for
from videogen_engine.captions.typefaces import family_for

DEFAULT_WEIGHT = 700
#: Text and spoken colours for dark and for light grounds, in the order they are tried.
DEFAULT_TEXTS: tuple[Rgb, ...] = ((255, 255, 255), (17, 18, 23))
DEFAULT_SPOKENS: tuple[Rgb, ...] = ((255, 214, 77), (24, 62, 168))
DEFAULT_GROUND: Rgb = (13, 15, 22)
DEFAULT_OPACITY = 0.72
DEFAULT_RADIUS = 0.5
#: An outline thinner than this share of the letter size does not separate a letter from a picture.
_LEAST_OUTLINE = 0.055
#: The smallest letters, as a share of the shorter side of the frame.
_LEAST_SIZE = 0.016
#: Steps of 0 to 255 in one channel from which the spoken word is told from the others.
_TOLD_APART = 90
#: Lines of a caption, and the least number of em that a line must be able to hold.
_LINES = 2
_LEAST_LINE_EM = 5.0


@dataclass(frozen=True)
class Background:
    """``radius`` is a share of the largest possible, ``opacity`` 0–1."""

    kind: CaptionBackgroundType
    colour: Rgb
    radius: float
    opacity: float


@dataclass(frozen=True)
class ResolvedStyle:
    """Pixels of the frame. ``stroke`` is the visible thickness of the outline around the letters.

    ``spoken`` None means that no word is marked by its colour; ``persist`` keeps the colour of spoken words.
    """

    family: str
    size: float
    weight: int
    text: Rgb
    spoken: Rgb | None
    stroke: float
    text_stroke: Rgb | None
    spoken_stroke: Rgb | None
    background: Background | None
    justification: TextJustification
    alignment: VerticalAlignment
    persist: bool
    area: Area
    warnings: tuple[str, ...]

    @property
    def marks_words(self) -> bool:
        """Whether states of one cue differ at all."""
        boxed = self.background is not None and self.background.kind is CaptionBackgroundType.WORD_BY_WORD
        return boxed or (self.spoken is not None and self.spoken != self.text) or self._strokes_differ

    @property
    def _strokes_differ(self) -> bool:
        return self.stroke > 0 and self.spoken_stroke != self.text_stroke

    @property
    def line_width(self) -> float:
        """Pixels that the letters of one line may take."""
        inside = self.area.width - 2 * self.padding_x - 2 * self.stroke
        return max(self.size, min(inside, self.area.line_em * self.size))

    @property
    def padding_x(self) -> float:
        """Pixels between the letters and the sides of their box."""
        return self.size * (0.42 if self.background is not None else 0.06)

    @property
    def spacing(self) -> float:
        """How much wider than normal the spaces are: a box behind one word needs room."""
        boxed = self.background is not None and self.background.kind is CaptionBackgroundType.WORD_BY_WORD
        return 1.35 if boxed else 1.0

    @property
    def padding_y(self) -> float:
        return self.size * (0.2 if self.background is not None else 0.04)


def resolve(style: CaptionStyle, width: int, height: int, between: tuple[int, int] | None = None) -> ResolvedStyle:
    """The style for a frame, or for some columns of it. A field left out takes the default; null switches its
    feature off.
    """
    area = safe_area(width, height)
    if between is not None:
        area = area.within(*between)
    family, warning = family_for(style.font_name)
    warnings = [warning] if warning else []
    size = (style.font_size or default_font_size(width, height)) * area.scale
    fitted = min(max(size, _LEAST_SIZE * min(width, height)), _largest(area))
    if fitted < size:
        warnings.append(
            f"Captions of {style.font_size:g} px do not fit this frame; they are {fitted / area.scale:.0f} px high."
        )
    given = style.model_fields_set
    background = _background(style.background_style if "background_style" in given else _default_background())
    text = _rgb(style.text_color) or _default_text(background)
    spoken = _rgb(style.spoken_text_color) if "spoken_text_color" in given else _default_spoken(text, background)
    stroke_colour = _rgb(style.stroke_color)
    thickness = style.stroke_weight if style.stroke_weight is not None else (0.0 if stroke_colour is None else 4.0)
    stroke = min(thickness * area.scale, fitted * 0.25) if stroke_colour is not None else 0.0
    spoken_stroke = _rgb(style.spoken_text_stroke_color) or stroke_colour
    resolved = ResolvedStyle(
        family=family,
        size=fitted,
        weight=style.font_weight or DEFAULT_WEIGHT,
        text=text,
        spoken=spoken,
        stroke=stroke,
        text_stroke=stroke_colour,
        spoken_stroke=spoken_stroke,
        background=background,
        justification=style.text_justification or TextJustification.CENTER,
        alignment=style.vertical_alignment or VerticalAlignment.BOTTOM,
        persist=bool(style.persist_spoken_text_color),
        area=area,
        warnings=tuple(warnings),
    )
    return _readable(resolved)


def _readable(style: ResolvedStyle) -> ResolvedStyle:
    """Outlines where neither the box nor the outline that was asked for makes a colour stand out."""
    least = max(style.size * _LEAST_OUTLINE, 1.0)
    text_stroke, spoken_stroke, stroke = style.text_stroke, style.spoken_stroke, style.stroke
    changed: list[str] = []
    if not _stands_out(style, style.text, text_stroke, lit=False):
        text_stroke, stroke = outline_for(style.text), max(stroke, least)
        changed.append("text")
    if style.spoken is not None and not _stands_out(style, style.spoken, spoken_stroke, lit=True):
        spoken_stroke, stroke = outline_for(style.spoken), max(stroke, least)
        changed.append("spoken")
    if not changed:
        return style
    which = {"text": "the text colour", "spoken": "the colour of the spoken word"}
    sentence = (
        f"The caption style cannot guarantee that {' and '.join(which[name] for name in changed)} can be read over "
        "every picture, so the letters were given an outline."
    )
    return replace(
        style,
        stroke=stroke,
        text_stroke=text_stroke,
        spoken_stroke=spoken_stroke,
        warnings=(*style.warnings, sentence),
    )


def _stands_out(style: ResolvedStyle, colour: Rgb, outline: Rgb | None, *, lit: bool) -> bool:
    """Whether a text colour reaches the wanted contrast on its box, or on its outline if that is thick enough."""
    box = style.background
    boxed = box is not None and (lit or box.kind is not CaptionBackgroundType.WORD_BY_WORD)
    if boxed and box is not None and contrast_over(colour, box.colour, box.opacity) >= WANTED:
        return True
    thick = style.stroke >= style.size * _LEAST_OUTLINE - 0.01
    return thick and outline is not None and contrast(colour, outline) >= min(WANTED, 4.5)


def _default_text(background: Background | None) -> Rgb:
    """White, or nearly black when only that can be read on the ground."""
    if background is None or background.kind is CaptionBackgroundType.WORD_BY_WORD:
        return DEFAULT_TEXTS[0]
    return _first_readable(DEFAULT_TEXTS, background) or DEFAULT_TEXTS[0]


def _default_spoken(text: Rgb, background: Background | None) -> Rgb | None:
    """A colour that can be read on the ground and told from the other words; a box behind the word needs no colour but
    a readable one."""
    if background is not None and background.kind is CaptionBackgroundType.WORD_BY_WORD:
        return _first_readable((text, *DEFAULT_TEXTS), background)
    told = [colour for colour in (*DEFAULT_SPOKENS, *DEFAULT_TEXTS) if _told_from(colour, text)]
    if background is None:
        return told[0]
    return _first_readable(told, background) or told[0]


def _told_from(colour: Rgb, text: Rgb) -> bool:
    return max(abs(one - other) for one, other in zip(colour, text, strict=True)) >= _TOLD_APART


def _first_readable(colours: Sequence[Rgb], background: Background) -> Rgb | None:
    return next(
        (colour for colour in colours if contrast_over(colour, background.colour, background.opacity) >= WANTED),
        None,
    )


def _largest(area: Area) -> float:
    """The largest letters of which two lines and a few characters a line fit the area, boxes included."""
    by_height = area.height / (_LINES * 1.9 + 0.8)
    by_width = area.width / (_LEAST_LINE_EM + 1.0)
    return min(by_height, by_width)


def _default_background() -> CaptionBackgroundStyle:
    red, green, blue = DEFAULT_GROUND
    return CaptionBackgroundStyle(
        type=CaptionBackgroundType.WRAPPED, background_color=RgbColor(red=red, green=green, blue=blue)
    )


def _background(style: CaptionBackgroundStyle | None) -> Background | None:
    if style is None:
        return None
    radius, opacity = style.border_radius_proportion, style.opacity_proportion
    colour = style.background_color
    return Background(
        kind=style.type,
        colour=(colour.red, colour.green, colour.blue),
        radius=DEFAULT_RADIUS if radius is None else radius,
        opacity=DEFAULT_OPACITY if opacity is None else opacity,
    )


def _rgb(colour: RgbColor | None) -> Rgb | None:
    return None if colour is None else (colour.red, colour.green, colour.blue)
