"""What a VISUAL_STYLE entity says to the painter."""

from __future__ import annotations

from videogen_agents.contract import EntityType, VisualStyleType
from videogen_agents.contract.shared import WorkflowVisualStyle
from videogen_engine.service.built_in_entities import built_in
from videogen_engine.service.call import Call
from videogen_engine.service.entity_lookup import entity_of


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
    known = built_in(entity_id)
    if known is not None and known.entity_type is EntityType.VISUAL_STYLE:
        return known.name, known.key
    entity = await entity_of(call, field, entity_id, EntityType.VISUAL_STYLE)
    if entity.references:
        # Its words are painted; its reference pictures are not looked at here.
        call.ignore(f"{field}.references")
    return entity.name, entity.description or entity.name
