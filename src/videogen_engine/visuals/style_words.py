"""Reads the words of an AI style: which look, which colours, which mood, and what cannot be had."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from videogen_engine.visuals.palette import PALETTES

#: Look, then words that ask for it. Words marked with "~" ask weakly and give way to any other.
_LOOK_WORDS: tuple[tuple[str, str], ...] = (
    ("watercolour", "watercolor watercolour aquarelle gouache water-color wash-painting storybook"),
    ("chalkboard", "chalkboard blackboard chalk"),
    (
        "whiteboard",
        "whiteboard doodle sketch sketchy hand-drawn handdrawn education educational classroom notebook ~school",
    ),
    ("blueprint", "blueprint schematic technical-drawing cad ~engineering ~technical"),
    ("poster", "poster halftone pop-art screen-print screenprint comic silkscreen ~propaganda ~bold"),
    ("neon", "neon cyberpunk synthwave vaporwave retrowave ~futuristic ~glowing"),
    ("night", "night midnight aurora starry ~dark"),
    ("paper", "editorial magazine newspaper paper papercut paper-cut collage serif print ~elegant ~vintage-book"),
    ("flat", "flat flat-art flat-design vector material-design ~illustration ~illustrated ~cartoon"),
    ("glass", "glass glassmorphism frosted gradient ~modern ~sleek ~saas ~tech ~glossy"),
    ("minimal", "minimal minimalist minimalistic swiss ~clean ~simple ~corporate ~business ~professional"),
    ("bauhaus", "bauhaus geometric constructivist suprematist ~abstract"),
    ("retro", "retro vintage sunburst americana fifties sixties seventies 1950s 1960s 1970s 50s 60s 70s"),
    ("isometric", "isometric isometry axonometric"),
    ("clay", "clay claymation plasticine 3d-cartoon 3d pixar stop-motion ~soft ~playful ~cute ~kids"),
    ("boho", "boho bohemian terracotta ~earthy ~organic"),
    ("ink", "ink ink-paint ink-wash sumi sumi-e calligraphy brush-painting ~brush"),
    ("landscape", "landscape scenery scenic anime ghibli ~nature ~cinematic ~travel"),
)

_PHOTO = (
    "realistic photorealistic photo photos photograph photography photographic hyperrealistic photoreal live-action"
)
_PHOTO_NEEDS = (
    "The style asks for photographs or realism, which needs an image provider; none is set up, so the nearest "
    "painted look ({look}) was used. Configure an image provider to get photographic pictures."
)
_UNKNOWN_STYLE = (
    "The style “{style}” names no look that can be painted without an image provider; the look “{look}” was "
    "used. Known looks: {known}."
)

#: Colour words as hex codes that palettes are made of.
COLOURS: dict[str, str] = {
    "blue": "#2563eb", "navy": "#1e3a8a", "azure": "#0284c7", "sky": "#38bdf8", "cyan": "#06b6d4",
    "teal": "#0d9488", "turquoise": "#14b8a6", "mint": "#34d399", "green": "#16a34a", "emerald": "#059669",
    "olive": "#84802e", "lime": "#84cc16", "yellow": "#eab308", "gold": "#d4a017", "golden": "#d4a017",
    "amber": "#f59e0b", "orange": "#f97316", "coral": "#fb7185", "red": "#dc2626", "crimson": "#be123c",
    "maroon": "#7f1d1d", "burgundy": "#881337", "pink": "#ec4899", "magenta": "#d946ef", "rose": "#f43f5e",
    "purple": "#9333ea", "violet": "#7c3aed", "lavender": "#a78bfa", "indigo": "#4f46e5", "brown": "#92400e",
    "terracotta": "#c2613f", "beige": "#c8ad7f", "sepia": "#9c7a4b", "grey": "#64748b", "gray": "#64748b",
}  # fmt: skip

_MOODS: dict[str, str] = {
    "warm": "ember", "sunset": "sunset", "autumn": "ember", "fall": "ember", "cosy": "ember", "cozy": "ember",
    "cool": "ocean", "cold": "ocean", "ocean": "ocean", "sea": "ocean", "forest": "forest", "nature": "forest",
    "natural": "forest", "spring": "forest", "eco": "forest", "corporate": "slate", "business": "slate",
    "professional": "slate", "monochrome": "mono", "black-and-white": "mono", "grayscale": "mono",
    "greyscale": "mono", "romantic": "rose", "luxury": "gold", "royal": "violet", "berry": "berry", "earthy": "gold",
}  # fmt: skip

_MODIFIERS: dict[str, str] = {
    "pastel": "pastel", "pastels": "pastel", "soft": "pastel", "muted": "muted", "subdued": "muted",
    "desaturated": "muted", "vivid": "vivid", "vibrant": "vivid", "saturated": "vivid", "colorful": "vivid",
    "colourful": "vivid", "dark": "dark", "moody": "dark", "night": "dark",
}  # fmt: skip

_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class StyleReading:
    """What a style text asks for. ``look`` and ``palette`` are None where it does not say."""

    look: str | None
    palette: str | None
    photographic: bool
    matched: tuple[str, ...]


def read_style(text: str) -> StyleReading:
    """The look and palette that the words of ``text`` ask for."""
    lower = " ".join(text[:4000].lower().split())
    words = _WORD.findall(lower)
    pairs = [f"{a}-{b}" for a, b in pairwise(words)]
    triples = [f"{a}-{b}-{c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    places = {word: i for i, word in reversed(list(enumerate(words)))}
    for joined in (pairs, triples):
        places.update({phrase: i for i, phrase in reversed(list(enumerate(joined)))})
    matched: list[str] = []
    look = _look(places, matched)
    palette = _palette(lower, places, matched)
    photographic = any(word in places for word in _PHOTO.split())
    return StyleReading(look, palette, photographic, tuple(matched))


def _look(places: dict[str, int], matched: list[str]) -> str | None:
    """Strong words before weak ones, longer phrases before shorter, then the first mentioned."""
    best: tuple[int, int, int, str, str] | None = None
    for look, asking in _LOOK_WORDS:
        for entry in asking.split():
            weak, word = entry.startswith("~"), entry.removeprefix("~")
            if word in places:
                rank = (1 if weak else 0, -word.count("-"), places[word], look, word)
                best = rank if best is None or rank < best else best
    if best is None:
        return None
    matched.append(best[4])
    return best[3]


def _palette(lower: str, places: dict[str, int], matched: list[str]) -> str | None:
    codes = [_long_hex(code) for code in _HEX.findall(lower)][:3]
    if not codes:
        named = sorted((places[word], code, word) for word, code in COLOURS.items() if word in places)
        codes = [code for _, code, _ in named][:3]
        matched.extend(word for _, _, word in named[:3])
    else:
        matched.extend(codes)
    base = "".join(codes)
    if not base:
        moods = sorted((places[word], name, word) for word, name in _MOODS.items() if word in places)
        names = [(places[name], name, name) for name in PALETTES if name in places]
        first = min([*moods, *names], default=None)
        if first is not None:
            base = first[1]
            matched.append(first[2])
    extras = [name for word, name in _MODIFIERS.items() if word in places]
    matched.extend(word for word in _MODIFIERS if word in places and word not in matched)
    if not base and not extras:
        return None
    return "+".join([base, *dict.fromkeys(extras)])


def _long_hex(code: str) -> str:
    return code if len(code) == 7 else "#" + "".join(2 * digit for digit in code[1:])


def photo_warning(look: str) -> str:
    return _PHOTO_NEEDS.format(look=look)


def unknown_warning(style: str, look: str, known: tuple[str, ...]) -> str:
    short = style if len(style) <= 60 else style[:59].rstrip() + "…"
    return _UNKNOWN_STYLE.format(style=short, look=look, known=", ".join(known))
