"""The presenters that every engine has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Person:
    """Colours are ``#rrggbb``. ``hair`` names a cut of ``figure``; ``key`` is a stable short name."""

    key: str
    name: str
    description: str
    skin: str
    hair: str
    hair_colour: str
    clothes: str
    shirt: str
    eyes: str = "#4a3527"
    glasses: bool = False
    beard: bool = False
    headscarf: str | None = None


PEOPLE: Final[tuple[Person, ...]] = (
    Person(
        "bob", "Presenter with a bob", "Drawn; dark bob, warm brown skin, teal jacket.",
        "#c98d63", "bob", "#2a1c18", "#1f7a7a", "#f6f1e8",
    ),
    Person(
        "short", "Presenter with short hair", "Drawn; short brown hair, light skin, navy jacket.",
        "#f0c8a4", "short", "#5b3a24", "#27406b", "#ffffff", eyes="#4b6b8a",
    ),
    Person(
        "curls", "Presenter with curls", "Drawn; black curls, dark brown skin, mustard jumper.",
        "#84523a", "curls", "#1d1514", "#d29a2c", "#fbf3df",
    ),
    Person(
        "bun", "Presenter with a bun", "Drawn; grey bun, glasses, light skin, plum cardigan.",
        "#f3cfb4", "bun", "#a9a6a8", "#6d3b63", "#f4e9f0", eyes="#57706b", glasses=True,
    ),
    Person(
        "beard", "Presenter with a beard", "Drawn; black hair and beard, brown skin, green shirt.",
        "#b87a52", "short", "#17130f", "#3d6b46", "#e9efe6", beard=True,
    ),
    Person(
        "scarf", "Presenter with a headscarf", "Drawn; rose headscarf, olive skin, slate jacket.",
        "#dcae84", "none", "#2a1c18", "#46536b", "#e8ebf2", headscarf="#c0607a",
    ),
)  # fmt: skip
#: Everyone may use pictures of them for anything, as music that the engine makes.
PRESENTER_LICENCE: Final = "CC0-1.0"
#: How the ids of their entities begin.
ENTITY_PREFIX: Final = "vg_enti_actor_"
BY_KEY: Final = {person.key: person for person in PEOPLE}


def person_of(entity_id: str) -> Person | None:
    """The presenter whose entity this is."""
    return BY_KEY.get(entity_id.removeprefix(ENTITY_PREFIX)) if entity_id.startswith(ENTITY_PREFIX) else None


def presenter_name(key: str) -> str:
    """The presenter's name; the key itself when this engine does not know it."""
    known = BY_KEY.get(key)
    return key if known is None else known.name
