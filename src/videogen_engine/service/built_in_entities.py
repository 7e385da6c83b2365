"""The entities that every engine has: embedded looks as visual styles, drawn actors, and slideshow themes."""

from __future__ import annotations

from videogen_agents.contract import EntityType
from videogen_engine.frozen import Frozen
from videogen_engine.presenters.people import ENTITY_PREFIX, PEOPLE
from videogen_engine.slides.themes import BUILT_IN_THEMES
from videogen_engine.visuals.looks.catalogue import DESCRIPTIONS

#: Ids that users' entities cannot have: theirs have no second underscore after the prefix.
_LOOK, _THEME = "vg_enti_look_", "vg_enti_theme_"
#: Short names that read better written out.
_NAMES = {"night": "Night sky", "ink": "Ink wash", "glass": "Frosted glass"}


class BuiltInEntity(Frozen):
    """``key`` is the look's or the theme's name in the engine. As style words it asks for exactly that look."""

    entity_id: str
    entity_type: EntityType
    name: str
    description: str
    key: str


BUILT_INS: tuple[BuiltInEntity, ...] = (
    *(
        BuiltInEntity(
            entity_id=_LOOK + look,
            entity_type=EntityType.VISUAL_STYLE,
            name=_NAMES.get(look, look.capitalize()),
            description=description,
            key=look,
        )
        for look, description in DESCRIPTIONS.items()
    ),
    *(
        BuiltInEntity(
            entity_id=ENTITY_PREFIX + person.key,
            entity_type=EntityType.ACTOR,
            name=person.name,
            description=person.description,
            key=person.key,
        )
        for person in PEOPLE
    ),
    *(
        BuiltInEntity(
            entity_id=_THEME + key,
            entity_type=EntityType.SLIDESHOW_THEME,
            name=theme.name,
            description=description,
            key=key,
        )
        for key, (description, theme) in BUILT_IN_THEMES.items()
    ),
)
_BY_ID = {entity.entity_id: entity for entity in BUILT_INS}


def built_in(entity_id: str) -> BuiltInEntity | None:
    return _BY_ID.get(entity_id)
