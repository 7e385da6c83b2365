"""What a theme styles around the slides: the ground they stand on, and the captions."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import CaptionBackgroundStyle, CaptionBackgroundType, CaptionStyle, RgbColor
from videogen_engine.slides.model import Deck
from videogen_engine.slides.theme_colours import told_from
from videogen_engine.visuals.colour import Rgb, at_lightness, hex_code, oklch, rgb_of, to_oklch
from videogen_engine.visuals.model import SlideTheme

#: How deep the box behind captions is, how much of the picture it hides, and what letters need on it.
_BOX_LIGHTNESS: Final = 0.2
_BOX_OPACITY: Final = 0.84
_SPOKEN: Final = 7.0


def ground_with(deck: Deck, theme: SlideTheme | None) -> str:
    """``#rrggbb`` around the pages: the theme's colour, as deep as these pages need it."""
    if theme is None:
        return deck.ground
    if not deck.exact:
        return theme.ground
    _, chroma, hue = to_oklch(rgb_of(theme.ground))
    return hex_code(oklch(round(to_oklch(rgb_of(deck.ground))[0], 4), round(chroma, 4), round(hue, 2)))


def captions_with(style: CaptionStyle | None, theme: SlideTheme | None) -> CaptionStyle | None:
    """The style with the theme's font and colours where it says nothing itself; None stays None."""
    if style is None or theme is None:
        return style
    box = at_lightness(rgb_of(theme.ground), _BOX_LIGHTNESS)
    themed = CaptionStyle(
        font_name=theme.body_family,
        text_color=RgbColor(red=255, green=255, blue=255),
        spoken_text_color=_colour(told_from(at_lightness(rgb_of(theme.accents[0]), 0.8), box, _SPOKEN)),
        background_style=CaptionBackgroundStyle(
            type=CaptionBackgroundType.WRAPPED, background_color=_colour(box), opacity_proportion=_BOX_OPACITY
        ),
    )
    own = {name: getattr(style, name) for name in style.model_fields_set}
    if {"text_color", "background_style"} & own.keys():
        # Its own letters or box are not put together with half of the theme's.
        return style.model_copy(update={"font_name": own.get("font_name", theme.body_family)})
    return themed.model_copy(update=own)


def _colour(rgb: Rgb) -> RgbColor:
    return RgbColor(red=rgb[0], green=rgb[1], blue=rgb[2])
