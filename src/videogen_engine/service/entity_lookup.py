"""Entities that a request names, found and of the right type."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import EntityType
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.service.built_in_entities import built_in
from videogen_engine.service.call import Call
from videogen_engine.store.entities import EntityRecord


async def entity_of(call: Call, field: str, entity_id: str, wanted: EntityType) -> EntityRecord:
    """The user's entity that ``field`` names; a built-in one is none of the user's.

    Raises NotFoundError for an unknown or archived one, InputError for one of another type than ``wanted``.
    """
    if (known := built_in(entity_id)) is not None:
        raise wrong_type(field, entity_id, known.name, known.entity_type, wanted)
    try:
        entity = await asyncio.to_thread(call.engine.store.entities.get, entity_id)
    except NotFoundError as error:
        raise NotFoundError(
            f"{field} names the entity {entity_id!r}, which does not exist or was archived.",
            ids={"entity_id": entity_id},
            next_step=f"List the entities with entityType={wanted.value} to see which exist.",
        ) from error
    if entity.entity_type is not wanted:
        raise wrong_type(field, entity_id, entity.name, entity.entity_type, wanted)
    return entity


def wrong_type(field: str, entity_id: str, name: str, is_type: EntityType, wanted: EntityType) -> InputError:
    return InputError(
        f"{field} names the entity {name!r}, which is of type {is_type.value}, not {wanted.value}.",
        ids={"entity_id": entity_id},
        next_step=f"List the entities with entityType={wanted.value}, and name one of those.",
    )
