"""SLIDESHOW_THEME entities, found when a film of slides is started."""

from __future__ import annotations

from videogen_agents.contract import EntityType
from videogen_engine.service.built_in_entities import built_in
from videogen_engine.service.call import Call
from videogen_engine.service.entity_lookup import entity_of
from videogen_engine.workflows.slideshow_theme import ThemeSource

_FIELD = "slideshowThemeEntityId"
#: References that are looked at.
_MOST_REFERENCES = 4


async def theme_source(call: Call, entity_id: str) -> ThemeSource:
    """Raises NotFoundError for an unknown entity, InputError for one that is no SLIDESHOW_THEME."""
    known = built_in(entity_id)
    if known is not None and known.entity_type is EntityType.SLIDESHOW_THEME:
        return ThemeSource(name=known.name, built_in=known.key)
    entity = await entity_of(call, _FIELD, entity_id, EntityType.SLIDESHOW_THEME)
    ordered = sorted(entity.references, key=lambda reference: not reference.is_default)
    return ThemeSource(
        name=entity.name,
        file_ids=[reference.file_id for reference in ordered[:_MOST_REFERENCES]],
        words=f"{entity.name}. {entity.description}",
    )
