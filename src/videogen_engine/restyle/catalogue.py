"""The styles: what each is called in a prompt, and what it does to a picture.

``docs/clips-and-restyling.md`` has this table; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Turn(IntEnum):
    """When a style's filter runs: what is drawn is graded afterwards, then lit, then printed or filmed."""

    DRAW = 0
    GRADE = 1
    LIGHT = 2
    MEDIUM = 3


@dataclass(frozen=True)
class Style:
    """``words`` are the phrases of a prompt that ask for it, in lower case."""

    name: str
    turn: Turn
    words: tuple[str, ...]
    does: str


_STYLES: Final = (
    Style(
        "cartoon",
        Turn.DRAW,
        ("cartoon", "cartoonish", "cartoony", "toon", "cel shaded", "cel shading", "animated film", "animation"),
        "Flat areas, a few steps of light, dark outlines, stronger colours.",
    ),
    Style(
        "comic",
        Turn.DRAW,
        ("comic", "comic book", "comics", "graphic novel", "superhero"),
        "Flat areas, heavy black ink, printed dots in the shadows.",
    ),
    Style(
        "anime",
        Turn.DRAW,
        ("anime", "anime like", "japanese animation", "ghibli"),
        "Smooth painted areas, fine lines, clear bright colours, a soft bloom.",
    ),
    Style(
        "pencil sketch",
        Turn.DRAW,
        (
            "pencil",
            "pencil sketch",
            "pencil drawing",
            "sketch",
            "sketched",
            "graphite",
            "hand drawn",
            "drawing",
            "drawn",
        ),
        "Graphite lines and hatching on white paper.",
    ),
    Style(
        "ink drawing",
        Turn.DRAW,
        ("ink", "ink drawing", "pen and ink", "line art", "line drawing", "linocut", "woodcut", "manga"),
        "Black ink on white, without greys.",
    ),
    Style(
        "charcoal",
        Turn.DRAW,
        ("charcoal", "charcoal drawing", "chalk"),
        "Soft dark strokes on rough paper, in greys.",
    ),
    Style(
        "watercolour",
        Turn.DRAW,
        ("watercolour", "watercolor", "water colour", "water color", "aquarelle"),
        "Light washes with darker rims on grained paper.",
    ),
    Style(
        "oil painting",
        Turn.DRAW,
        (
            "oil painting",
            "oil paint",
            "oil",
            "painting",
            "painted",
            "painterly",
            "impressionist",
            "impressionism",
            "brush strokes",
        ),
        "Dabs of thick paint that follow the shapes.",
    ),
    Style(
        "pixel art",
        Turn.DRAW,
        ("pixel art", "pixel", "pixelated", "pixelart", "8 bit", "16 bit", "retro game", "video game"),
        "Large square pixels in 24 colours chosen once for the whole video.",
    ),
    Style(
        "poster",
        Turn.DRAW,
        (
            "posterised",
            "posterized",
            "posterise",
            "posterize",
            "poster",
            "flat colours",
            "flat colors",
            "screen print",
            "stencil",
            "vector art",
        ),
        "Seven flat colours chosen once for the whole video, with clean edges.",
    ),
    Style(
        "pop art",
        Turn.DRAW,
        ("pop art", "warhol", "lichtenstein"),
        "Flat, loud colours with black outlines and printed dots.",
    ),
    Style(
        "blueprint",
        Turn.DRAW,
        ("blueprint", "technical drawing", "schematic", "cyanotype"),
        "White lines on blue paper with a grid.",
    ),
    Style(
        "neon",
        Turn.DRAW,
        ("neon", "cyberpunk", "synthwave", "vaporwave", "retrowave", "blade runner"),
        "Dark blue and magenta, with glowing outlines and lights.",
    ),
    Style(
        "thermal",
        Turn.DRAW,
        ("thermal", "thermal camera", "heat map", "infrared", "predator vision"),
        "Brightness as false colours from violet to yellow.",
    ),
    Style(
        "black and white",
        Turn.GRADE,
        ("black and white", "black & white", "black white", "b&w", "bw", "monochrome", "greyscale", "grayscale"),
        "No colour, full range of greys.",
    ),
    Style(
        "noir",
        Turn.GRADE,
        ("noir", "film noir", "detective film"),
        "Black and white with hard contrast, deep shadows and dark corners.",
    ),
    Style(
        "sepia",
        Turn.GRADE,
        ("sepia", "antique photo", "old photograph", "daguerreotype"),
        "Brown tones of an old photograph.",
    ),
    Style(
        "cinematic",
        Turn.GRADE,
        (
            "cinematic",
            "teal and orange",
            "teal orange",
            "teal & orange",
            "orange and teal",
            "blockbuster",
            "film look",
            "movie look",
            "hollywood",
        ),
        "Teal shadows, orange skin and lights, gentle contrast.",
    ),
    Style(
        "warm",
        Turn.GRADE,
        ("warm", "warmer", "golden hour", "golden", "sunset", "sunny", "autumn", "summer"),
        "Shifted towards amber.",
    ),
    Style(
        "cool",
        Turn.GRADE,
        (
            "cooler",
            "cool tones",
            "cool colours",
            "cool colors",
            "cool blue",
            "cool grade",
            "cold",
            "icy",
            "winter",
            "wintry",
            "frosty",
            "bluish",
            "blue tones",
            "blue tint",
        ),
        "Shifted towards blue.",
    ),
    Style(
        "pastel",
        Turn.GRADE,
        ("pastel", "pastels", "pastel colours", "pastel colors", "soft colours", "soft colors", "candy"),
        "Light, milky colours.",
    ),
    Style(
        "vivid",
        Turn.GRADE,
        (
            "vivid",
            "vibrant",
            "saturated",
            "colourful",
            "colorful",
            "bold colours",
            "bold colors",
            "bright colours",
            "bright colors",
        ),
        "Stronger colours; what is strong already changes least.",
    ),
    Style(
        "muted",
        Turn.GRADE,
        ("muted", "desaturated", "washed out", "faded", "matte"),
        "Weaker colours and lifted blacks.",
    ),
    Style(
        "high contrast",
        Turn.GRADE,
        ("high contrast", "contrasty", "more contrast", "punchy", "dramatic", "gritty"),
        "Darker shadows, brighter lights, more local contrast.",
    ),
    Style(
        "night",
        Turn.GRADE,
        ("night", "night time", "nighttime", "at night", "moonlight", "moonlit", "day for night"),
        "Dark, blue and less colourful, as films turn day into night.",
    ),
    Style(
        "dream",
        Turn.LIGHT,
        (
            "dream",
            "dreamy",
            "dreamlike",
            "ethereal",
            "soft glow",
            "glow",
            "glowing",
            "bloom",
            "soft focus",
            "hazy",
            "romantic",
        ),
        "Lights bloom softly into what is around them.",
    ),
    Style(
        "vignette",
        Turn.LIGHT,
        ("vignette", "dark corners", "dark edges"),
        "Dark corners.",
    ),
    Style(
        "vintage film",
        Turn.MEDIUM,
        (
            "vintage",
            "vintage film",
            "old film",
            "retro",
            "nostalgic",
            "analog film",
            "analogue film",
            "super 8",
            "8mm",
            "16mm",
            "1970s",
            "70s",
            "1960s",
            "60s",
            "kodak",
            "polaroid",
            "home movie",
        ),
        "Faded warm dyes, red halation around lights, grain, dark corners.",
    ),
    Style(
        "film grain",
        Turn.MEDIUM,
        ("film grain", "grain", "grainy"),
        "Fine grain, another in every frame.",
    ),
    Style(
        "halftone",
        Turn.MEDIUM,
        ("halftone", "half tone", "newsprint", "newspaper", "printed dots", "dots"),
        "Black printed dots on cream paper.",
    ),
    Style(
        "vhs",
        Turn.MEDIUM,
        ("vhs", "video tape", "videotape", "camcorder", "80s", "1980s", "90s", "1990s", "analog tv", "crt"),
        "Smeared colours, scan lines, noise, a band of bad tracking.",
    ),
)

STYLES: Final[Mapping[str, Style]] = {style.name: style for style in _STYLES}


def style_table() -> str:
    """The styles as the table of the documentation."""
    rows = [f"| {style.name} | {', '.join(style.words)} | {style.does} |" for style in _STYLES]
    return "\n".join(["| style | words that ask for it | what it does |", "|---|---|---|", *rows])
