"""The entities that a storyboard names, found when it is started."""

from __future__ import annotations

from collections.abc import Iterator

from videogen_agents.contract import EntityType, StoryboardScene, StoryboardToVideoRequest
from videogen_engine.service.built_in_entities import built_in
from videogen_engine.service.call import Call
from videogen_engine.service.entity_lookup import entity_of, wrong_type
from videogen_engine.service.entity_styles import style_of_entity
from videogen_engine.storyboard.mentions import mentions_in
from videogen_engine.workflows.storyboard_cast import CastMember


async def cast_of(call: Call, body: StoryboardToVideoRequest) -> list[CastMember]:
    """Each entity once, in the order in which the request names them.

    Raises NotFoundError for an unknown one, InputError for one of another type than it is named as, or for a
    mention that cannot be read; both name the field.
    """
    found: dict[str, CastMember] = {}
    for field, entity_id, wanted in _named(body):
        known = found.get(entity_id)
        if known is None:
            found[entity_id] = await _member(call, field, entity_id, wanted)
        elif known.entity_type is not wanted:
            raise wrong_type(field, entity_id, known.name, EntityType(known.entity_type), wanted)
    return list(found.values())


def _named(body: StoryboardToVideoRequest) -> Iterator[tuple[str, str, EntityType]]:
    """Field, entity id and type of everything that is named."""
    yield from _listed("", body.actor_entity_ids, body.product_entity_ids)
    for index, scene in enumerate(body.scenes):
        yield from _in_scene(f"scenes[{index}].", scene)


def _in_scene(prefix: str, scene: StoryboardScene) -> Iterator[tuple[str, str, EntityType]]:
    yield from _listed(prefix, scene.actor_entity_ids, scene.product_entity_ids)
    if scene.visual_style_entity_id:
        yield f"{prefix}visualStyleEntityId", scene.visual_style_entity_id, EntityType.VISUAL_STYLE
    texts = (("prompt", scene.prompt), ("voiceoverScript", scene.voiceover_script), ("title", scene.title))
    for name, text in texts:
        for mention in mentions_in(text or "", prefix + name):
            yield prefix + name, mention.entity_id, mention.entity_type


def _listed(prefix: str, actors: list[str] | None, products: list[str] | None) -> Iterator[tuple[str, str, EntityType]]:
    for number, entity_id in enumerate(actors or ()):
        yield f"{prefix}actorEntityIds[{number}]", entity_id, EntityType.ACTOR
    for number, entity_id in enumerate(products or ()):
        yield f"{prefix}productEntityIds[{number}]", entity_id, EntityType.PRODUCT


async def _member(call: Call, field: str, entity_id: str, wanted: EntityType) -> CastMember:
    if wanted is EntityType.VISUAL_STYLE:
        name, words = await style_of_entity(call, field, entity_id)
        return CastMember(entity_id=entity_id, entity_type=wanted, name=name, style=words)
    known = built_in(entity_id)
    if known is not None and known.entity_type is wanted:
        return CastMember(entity_id=entity_id, entity_type=wanted, name=known.name, drawn=known.key)
    entity = await entity_of(call, field, entity_id, wanted)
    shown = next((one for one in entity.references if one.is_default), None) or next(iter(entity.references), None)
    return CastMember(
        entity_id=entity_id,
        entity_type=wanted,
        name=entity.name,
        file_id=None if shown is None else shown.file_id,
    )
