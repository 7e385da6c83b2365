"""What a prompt shows: things with their number, colour and place, the scenery behind them, and a look."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from videogen_engine.visuals.design import SCENERY_WORDS
from videogen_engine.visuals.icon_matching import match_icons
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.style_words import COLOURS, photo_warning, read_style

_MOST_THINGS: Final = 6
_MOST_OF_ONE: Final = 7
_NUMBERS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "pair": 2, "couple": 2, "several": 4, "some": 3,
    "many": 6, "few": 3, "group": 5, "flock": 6, "crowd": 6, "row": 5, "herd": 5, "bunch": 5, "2": 2, "3": 3, "4": 4,
    "5": 5, "6": 6, "7": 7,
}  # fmt: skip
_ABOVE: Final = re.compile(
    r"sun|moon|star|cloud|rainbow|airplane|rocket|kite|bird|eagle|dove|balloon|parachute|helicopter|butterfly|honeybee|"
    r"satellite|saucer|comet|planet|snowflake|lightning|umbrella-with-rain|droplet|fireworks|sparkles|bat$|owl|parrot|"
    r"globe|fog|tornado|light-bulb|musical|heart|speech|thought"
)
#: Named things that the scenery of that name shows already.
_IN_SCENERY: Final = {
    "sea": "wave|ocean|beach|water", "mountains": "mountain|mount", "forest": "tree|national-park|wood",
    "desert": "desert|cactus", "city": "cityscape|building|night-with", "snow": "snow|ice$",
    "space": "galaxy|milky|ringed",
    "meadow": "seedling|sheaf|herb",
}  # fmt: skip
_AFLOAT: Final = re.compile(r"\b(sail\w*|boats?|yachts?|whales?|dolphins?|sharks?|islands?|surf\w*|lighthouse)\b")
#: Drawings that are whole pictures in a square, and words that are said of pictures.
_TILES: Final = frozenset(
    {
        "sunset", "sunrise", "cityscape", "night-with-stars", "sunrise-over-mountains", "cityscape-at-dusk",
        "bridge-at-night", "national-park", "desert", "camping", "beach-with-umbrella", "desert-island", "milky-way",
        "foggy", "framed-picture", "artist-palette", "camera", "paintbrush",
    }
)  # fmt: skip
_NO_THINGS: Final = frozenset({"table", "background", "picture", "image", "illustration", "scene", "style", "drawing"})
#: Looks that a picture is drawn in when no word says otherwise, in the order of its variants.
_LOOKS: Final = ("landscape", "clay", "watercolour", "flat", "boho", "isometric", "paper", "poster")
_TOPICS: Final = (
    (r"night|stars?\b|moonlit|midnight", "night"), (r"chart|growth|finance|business|data|meeting|office", "minimal"),
    (r"robot|tech|software|ai\b|digital|cyber", "glass"), (r"child|kids?|toy|cute|birthday|party", "clay"),
)  # fmt: skip
_PALETTES: Final = {
    "sea": "ocean", "forest": "forest", "desert": "ember", "city": "indigo", "snow": "ocean", "space": "violet",
    "meadow": "forest", "mountains": "teal",
}  # fmt: skip
#: Drawings that show several already.
_SEVERAL: Final = re.compile(r"people|busts|couple|family|^books|grapes|cherries")
_WORD: Final = re.compile(r"[\w’'-]+")


@dataclass(frozen=True)
class Thing:
    """``icon`` of the bundled sets, ``word`` of the prompt that asked for it. ``colour`` is a hex code."""

    icon: str
    word: str
    number: int = 1
    colour: str | None = None

    @property
    def is_above(self) -> bool:
        """Belongs into the sky."""
        return _ABOVE.search(self.icon) is not None


@dataclass(frozen=True)
class Reading:
    things: tuple[Thing, ...]
    look: str
    palette: str
    scenery: str
    seed: int
    notes: tuple[str, ...]


def read_illustration(prompt: str, style: str, variant: int) -> Reading:
    """The picture that the words ask for. Never fails: a prompt that names nothing is a mood and a palette."""
    things, plain = _things(prompt)
    asked = read_style(f"{style} {plain}") if style else read_style(plain)
    if style and (own := read_style(style)).look is not None:
        asked = own
    lower = f"{style} {prompt}".lower()
    named = next((name for name, words in SCENERY_WORDS if re.search(rf"\b(?:{words})s?\b", lower)), None)
    named = "sea" if named is None and _AFLOAT.search(lower) else named
    look = asked.look or ("landscape" if asked.photographic else _look(lower, named, variant))
    digest = int.from_bytes(hashlib.sha256(f"{lower}|{variant}".encode("utf-8", "surrogatepass")).digest()[:6])
    sceneries = LOOKS[look].sceneries
    scenery = named if named in sceneries else sceneries[digest % max(1, len(sceneries) - 2)]
    shown = re.compile(_IN_SCENERY[named] if named == scenery and named is not None else "^$")
    spare = [
        thing
        for thing in things
        if shown.search(thing.icon) or thing.icon in _TILES or thing.word.lower() in {*asked.matched, *_NO_THINGS}
    ]
    things = tuple(thing for thing in things if thing not in spare) or (() if named is not None else things[:1])
    palette = asked.palette or _palette(lower, named, digest)
    notes: list[str] = []
    if asked.photographic:
        notes.append(photo_warning(look))
    if not things:
        notes.append("No word of the prompt names a thing that the bundled drawings show, so the picture is scenery.")
    return Reading(
        things, look, f"ocean{palette}" if palette.startswith("+") else palette, scenery, digest, tuple(notes)
    )


def _things(prompt: str) -> tuple[tuple[Thing, ...], str]:
    """The things in the order of the prompt, and the prompt without the colours that belong to them."""
    lower = " ".join(prompt[:4000].split()).lower()
    words = _WORD.findall(lower)
    found: list[tuple[int, Thing]] = []
    taken: set[int] = set()
    for match in match_icons(prompt, [prompt], _MOST_THINGS):
        if match.word is None:
            continue
        first = match.word.lower().split()[-1]
        at = next((index for index, word in enumerate(words) if word == first), None)
        if at is None:
            continue
        number, colour = 1, None
        for before in range(max(0, at - 4), at):
            word = words[before]
            if word in _NUMBERS and before >= at - 4:
                number = _NUMBERS[word]
            if word in COLOURS and before >= at - 2:
                colour = COLOURS[word]
                taken.add(before)
        if number == 1 and words[at].endswith("s") and not words[at].endswith("ss") and not match.name.endswith("s"):
            number = 3
        if _SEVERAL.search(match.name):
            number = 1
        found.append((at, Thing(match.name, match.word, min(number, _MOST_OF_ONE), colour)))
    found.sort(key=lambda item: item[0])
    return tuple(thing for _, thing in found), " ".join(word for index, word in enumerate(words) if index not in taken)


def _look(lower: str, named: str | None, variant: int) -> str:
    order = list(_LOOKS)
    topic = next((look for pattern, look in _TOPICS if re.search(pattern, lower)), None)
    if topic is not None and (named is None or topic == "night"):
        order = [topic, *(look for look in order if look != topic)]
    return order[variant % len(order)]


def _palette(lower: str, named: str | None, digest: int) -> str:
    if re.search(r"\b(sunset|dusk|dawn|evening|sunrise)\b", lower):
        return "sunset"
    if named is not None:
        return _PALETTES[named]
    return ("ocean", "violet", "sunset", "teal", "rose", "indigo", "gold")[digest % 7]
