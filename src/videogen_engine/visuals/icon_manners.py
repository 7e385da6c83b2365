"""Good manners: which icons may be shown for which kind of evidence.

A face, a hand or a person is shown only when a concept says so; a cockroach only when somebody writes
"cockroach". Icons reached by nearness of meaning alone must be things: food, places, objects, plants, weather.
"""

from __future__ import annotations

from videogen_engine.bundled_assets import IconWords

#: Unicode subgroups whose icons only the concept list may choose.
_CONCEPT_ONLY_SUBGROUPS = frozenset(
    {
        "alphanum",
        "arrow",
        "av-symbol",
        "cat-face",
        "currency",
        "emotion",
        "face-affection",
        "face-concerned",
        "face-costume",
        "face-glasses",
        "face-hand",
        "face-hat",
        "face-negative",
        "face-neutral-skeptical",
        "face-sleepy",
        "face-smiling",
        "face-tongue",
        "face-unwell",
        "flag",
        "geometric",
        "hand-fingers-closed",
        "hand-fingers-open",
        "hand-fingers-partial",
        "hand-single-finger",
        "hands",
        "keycap",
        "math",
        "other-symbol",
        "person-gesture",
        "person-symbol",
        "punctuation",
        "transport-sign",
    }
)

#: Icons of those subgroups that their own label may choose.
_NAMED_ALL_THE_SAME = frozenset({"robot", "recycling-symbol", "infinity", "handshake", "cinema", "wireless"})

#: Icons that need their full name in the text: unpleasant, trivial out of context, or easily
#: misread; alcohol; doubles that differ in colour only.
_NAME_ONLY = frozenset(
    {
        "beer-mug",
        "black-heart",
        "blue-book",
        "blue-heart",
        "bottle-with-popping-cork",
        "brown-heart",
        "clinking-beer-mugs",
        "clinking-glasses",
        "cocktail-glass",
        "green-book",
        "green-heart",
        "grey-heart",
        "light-blue-heart",
        "mate",
        "orange-book",
        "orange-heart",
        "pink-heart",
        "purple-heart",
        "white-heart",
        "wine-glass",
        "yellow-heart",
        "badger",
        "bat",
        "bathtub",
        "boomerang",
        "chains",
        "club-suit",
        "cockroach",
        "crutch",
        "derelict-house",
        "diamond-suit",
        "dodo",
        "dragon",
        "dragon-face",
        "empty-nest",
        "fly",
        "heart-suit",
        "hole",
        "hook",
        "joker",
        "knot",
        "martial-arts-uniform",
        "mosquito",
        "mouse-trap",
        "nesting-dolls",
        "non-potable-water",
        "no-littering",
        "pager",
        "piata",
        "pig",
        "pig-face",
        "plunger",
        "pregnant-woman",
        "rat",
        "razor",
        "restroom",
        "roll-of-paper",
        "sake",
        "scorpion",
        "skunk",
        "snake",
        "spade-suit",
        "spider",
        "thong-sandal",
        "toilet",
        "unicorn",
        "videocassette",
        "water-closet",
        "wilted-flower",
        "wolf",
        "worm",
        "x-ray",
    }
)

_UNTELLING = """
red green blue yellow orange purple pink brown black white grey gray golden light dark big small large old open closed
left right up down face person people button sign mark symbol hand hands one two three first second third not
"""

#: Words of labels and tags that say nothing of the thing: colours, sizes, kinds of sign.
UNTELLING = frozenset(_UNTELLING.split())

#: How far nearness of meaning alone may choose from a Unicode group; groups not named here are closed to it.
_NEARNESS = {
    "activities": 0.92,
    "animals-nature": 0.85,
    "food-drink": 1.0,
    "objects": 1.0,
    "travel-places": 1.0,
}
_NEAR_SYMBOLS = frozenset({"recycling-symbol", "warning", "atom-symbol", "biohazard", "radioactive", "red-heart"})
_NEAR_BODY = frozenset({"body-parts"})
_NEAR_PEOPLE = frozenset({"person-activity", "person-sport", "person-role"})


def by_concept_only(icon: str, about: IconWords) -> bool:
    """Whether only the concept list may choose the icon."""
    return about.subgroup in _CONCEPT_ONLY_SUBGROUPS and icon not in _NAMED_ALL_THE_SAME


def by_name_only(icon: str) -> bool:
    """Whether only its full label, or a concept, may choose the icon."""
    return icon in _NAME_ONLY


def tags_count(about: IconWords) -> bool:
    """Whether the icon's tags may choose it: not those of animals, of which a beaver's say "dam"."""
    return not about.subgroup.startswith("animal-")


def nearness_share(icon: str, about: IconWords) -> float:
    """Between 0 (never) and 1: how much nearness of meaning alone counts for the icon."""
    if by_concept_only(icon, about) and icon not in _NEAR_SYMBOLS:
        return 0.0
    if icon in _NEAR_SYMBOLS or about.subgroup in _NEAR_BODY:
        return 0.9
    if icon in _NAME_ONLY:
        return 0.0
    if about.subgroup in _NEAR_PEOPLE:
        return 0.7
    return _NEARNESS.get(about.group, 0.0)
