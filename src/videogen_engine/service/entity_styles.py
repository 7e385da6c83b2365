"""The embedded looks as VISUAL_STYLE entities, and what an entity says to the painter."""

from __future__ import annotations

from videogen_agents.contract import EntityType, VisualStyleType
from videogen_agents.contract.shared import WorkflowVisualStyle
from videogen_engine.frozen import Frozen
from videogen_engine.service.call import Call
from videogen_engine.service.entity_lookup import entity_of
from videogen_engine.visuals.looks.catalogue import DESCRIPTIONS

#: An id that users' entities cannot have: theirs have no second underscore after the prefix.
_PREFIX = "vg_enti_look_"
#: Short names that read better written out.
_NAMES = {"night": "Night sky", "ink": "Ink wash", "glass": "Frosted glass"}


class BuiltInStyle(Frozen):
    """``look`` is the look's name, which as style words asks for exactly that look."""

    entity_id: str
    name: str
    description: str
    look: str


BUILT_IN_STYLES: tuple[BuiltInStyle, ...] = tuple(
    BuiltInStyle(entity_id=_PREFIX + look, name=_NAMES.get(look, look.capitalize()), description=description, look=look)
    for look, description in DESCRIPTIONS.items()
)
_BY_ID = {style.entity_id: style for style in BUILT_IN_STYLES}


def built_in(entity_id: str) -> BuiltInStyle | None:
    return _BY_ID.get(entity_id)


async def with_style_words(call: Call, style: WorkflowVisualStyle) -> WorkflowVisualStyle:
    """The style with the words of the entity that it names, which win over its own words. The words are taken
    now, so that the run keeps them whatever becomes of the entity.

    Raises NotFoundError for an unknown entity, InputError for one that is no VISUAL_STYLE.
    """
    if style.type is not VisualStyleType.AI_IMAGE or not style.entity_id:
        return style
    _, words = await style_of_entity(call, "visualStyle.entityId", style.entity_id)
    return style.model_copy(update={"ai_style": words})


async def style_of_entity(call: Call, field: str, entity_id: str) -> tuple[str, str]:
    """The name of the VISUAL_STYLE that ``field`` names, and its words. Raises as ``with_style_words``."""
    if (known := built_in(entity_id)) is not None:
        return known.name, known.look
    entity = await entity_of(call, field, entity_id, EntityType.VISUAL_STYLE)
    if entity.references:
        # Its words are painted; its reference pictures are not looked at here.
        call.ignore(f"{field}.references")
    return entity.name, entity.description or entity.name
