"""What all scenes of a film share: a look, perhaps a companion look, a palette."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from videogen_engine.planning.model import Structure
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.model import PictureRequest, StyleKind
from videogen_engine.visuals.style_words import photo_warning, read_style, unknown_warning

_EXPRESSIVE = frozenset({Structure.STATEMENT, Structure.QUOTE, Structure.QUESTION})


@dataclass(frozen=True)
class FilmStyle:
    """``companion`` shares fonts and palette with ``look`` and takes ``share`` (0–1) of the expressive scenes."""

    look: str
    palette: str
    key: str
    why: str
    companion: str | None = None
    share: float = 0.0
    warnings: tuple[str, ...] = ()

    def look_for(self, structure: Structure, digest: int, *, edge: bool) -> str:
        """The look of a scene; ``edge`` is the first or the last one."""
        if self.companion is None or structure not in _EXPRESSIVE:
            return self.look
        if edge or structure is Structure.QUOTE or (digest >> 7) % 100 < self.share * 100:
            return self.companion
        return self.look


@dataclass(frozen=True)
class _Family:
    look: str
    companion: str | None
    share: float


_FAMILIES: dict[str, _Family] = {
    "modern": _Family("glass", "landscape", 0.30),
    "scenic": _Family("glass", "landscape", 0.75),
    "editorial": _Family("paper", "watercolour", 0.30),
    "graphic": _Family("flat", None, 0.0),
    "soft": _Family("clay", None, 0.0),
    "calm": _Family("minimal", "bauhaus", 0.25),
}

#: Words of a title, the families and palettes that suit them. The first row that matches decides.
_TOPICS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        r"waters?|hydrat\w*|oceans?|seas?|rivers?|rain\w*|swim\w*|fish\w*",
        ("modern", "scenic"),
        ("ocean", "teal"),
    ),
    (
        r"climat\w*|forests?|garden\w*|plants?|trees?|natur\w*|farm\w*|eco\w*|recycl\w*",
        ("scenic", "graphic", "editorial"),
        ("forest", "teal"),
    ),
    (
        r"space|planets?|stars?|moons?|physic\w*|quantum|scien\w*|astronom\w*|sky",
        ("modern", "scenic"),
        ("indigo", "violet"),
    ),
    (
        r"travel\w*|trips?|mountains?|holidays?|vacations?|journey\w*|camp\w*",
        ("scenic",),
        ("sunset", "ocean"),
    ),
    (
        r"recipes?|cook\w*|foods?|coffee|bread|soup|cakes?|kitchen|pasta",
        ("graphic", "editorial", "soft"),
        ("ember", "gold"),
    ),
    (
        r"poems?|poetry|histor\w*|books?|story|stories|arts?|letters?|cultur\w*|novels?|fog",
        ("editorial",),
        ("gold", "berry", "teal"),
    ),
    (
        r"financ\w*|money|markets?|revenue|quarter\w*|reports?|budgets?|sales|invest\w*|tax\w*",
        ("calm", "modern"),
        ("indigo", "slate", "teal"),
    ),
    (
        r"safety|secur\w*|emergenc\w*|fires?|warning\w*|rules?|polic\w+",
        ("calm", "graphic"),
        ("ember", "indigo"),
    ),
    (
        r"ai|software|apps?|tech\w*|data|cloud|digital|products?|startups?|online",
        ("modern", "soft"),
        ("violet", "indigo", "ocean"),
    ),
    (
        r"health\w*|sleep\w*|fitness|yoga|minds?|doctors?|medic\w*|hearts?",
        ("modern", "graphic", "soft"),
        ("teal", "rose", "ocean"),
    ),
    (
        r"kids?|child\w*|school\w*|learn\w*|teach\w*|class\w*|bab(?:y|ies)|pets?|dogs?|cats?",
        ("soft", "graphic"),
        ("violet", "rose", "gold"),
    ),
)
_ANY_PALETTE = ("ocean", "violet", "sunset", "teal", "indigo", "rose", "forest", "ember", "berry")
_AI_PALETTES: dict[str, tuple[str, ...]] = {
    "blueprint": ("ocean",),
    "chalkboard": ("forest", "slate"),
    "neon": ("violet", "berry"),
    "retro": ("ember", "teal"),
    "boho": ("ember", "gold"),
    "poster": ("ember", "indigo", "rose"),
    "ink": ("mono",),
    "night": ("indigo", "teal", "violet"),
    "watercolour": ("teal", "rose", "ocean", "violet"),
}


def film_style(request: PictureRequest) -> FilmStyle:
    """The style of a whole film, from its title, language and style words only.

    A sentence edited later changes none of them, so it changes no other scene's picture.
    """
    title = request.title or next((scene.plan.headline for scene in request.scenes), "")
    wanted = request.style.ai_style or ""
    kind = request.style.kind
    language = request.look_language or request.language
    key = hashlib.sha256(f"{kind}|{wanted}|{language}|{title}".encode("utf-8", "surrogatepass")).hexdigest()
    chance = int(key[:12], 16)
    if kind is StyleKind.AI_IMAGE and wanted.strip():
        return _from_words(wanted, title, key, chance)
    return _from_topic(title, key, chance)


def _from_words(wanted: str, title: str, key: str, chance: int) -> FilmStyle:
    reading = read_style(wanted)
    warnings: list[str] = []
    fallback = _from_topic(title, key, chance)
    look = reading.look or ("landscape" if reading.photographic else fallback.look)
    if reading.photographic:
        warnings.append(photo_warning(look))
    elif reading.look is None and reading.palette is None:
        warnings.append(unknown_warning(wanted, look, tuple(sorted(LOOKS))))
    own = _AI_PALETTES.get(look, ())
    base = own[chance % len(own)] if own else fallback.palette
    palette = reading.palette or base
    if palette.startswith("+"):
        palette = base + palette
    why = f"style words {', '.join(f'“{word}”' for word in reading.matched)}" if reading.matched else "style words"
    return FilmStyle(look, palette, key, why, warnings=tuple(warnings))


def _from_topic(title: str, key: str, chance: int) -> FilmStyle:
    for pattern, families, palettes in _TOPICS:
        if (found := re.search(rf"\b(?:{pattern})\b", title.lower())) is not None:
            name = families[chance % len(families)]
            palette = palettes[(chance >> 8) % len(palettes)]
            why = f"title word “{found.group(0)}”"
            break
    else:
        names = tuple(_FAMILIES)
        name = names[chance % len(names)]
        palette = _ANY_PALETTE[(chance >> 8) % len(_ANY_PALETTE)]
        why = "the title"
    family = _FAMILIES[name]
    return FilmStyle(family.look, palette, key, why, family.companion, family.share)
