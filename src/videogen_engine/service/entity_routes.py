"""Entities: built-in ones first, then what users made, with the files that show them."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    ActorConfig,
    AddEntityReferenceRequest,
    ArchiveEntityResponse,
    CreateEntityRequest,
    Entity,
    EntityPage,
    EntityReference,
    EntityType,
    FileType,
    ListEntitiesQuery,
    RemoveEntityReferenceRequest,
    UpdateEntityRequest,
    WireModel,
)
from videogen_agents.errors import InputError, LimitError, NotFoundError
from videogen_engine.service.built_in_entities import BUILT_INS, BuiltInEntity, built_in
from videogen_engine.service.call import Call
from videogen_engine.store.clock import now_ms
from videogen_engine.store.entities import EntityRecord
from videogen_engine.store.paging import Position, decode_cursor, encode_cursor
from videogen_engine.store.records import FileRecord, FileState

_MOST_NAME_CHARS = 120
#: As much of a style's words as the painter reads.
_MOST_DESCRIPTION_CHARS = 4000
_MOST_REFERENCE_CHARS = 1000
#: 2026-01-01. Built-in entities have no moment of their own; this one stays the same.
_BUILT_IN_SECONDS = 1_767_225_600
#: Drawn actors can be seen speaking; whose voice is heard is the film's.
_DRAWN = ActorConfig(has_voice=False, has_avatar_presenter=True)
#: In a cursor: after this many built-in ones. Rows of the database have a time above 0 and an id.
_BUILT_INS_GIVEN = ""

_PICTURES = frozenset({FileType.IMAGE})
_THEMES = frozenset({FileType.IMAGE, FileType.PDF, FileType.SLIDESHOW})


async def list_entities(call: Call) -> WireModel:
    query = call.query(ListEntitiesQuery)
    wanted = query.entity_type
    listing = "entities" if wanted is None else f"entities {wanted.value}"
    position = decode_cursor(listing, query.cursor)
    built_ins = [entity for entity in BUILT_INS if wanted in {None, entity.entity_type}]
    given = 0 if position is None else len(built_ins)
    if position is not None and position.row_id == _BUILT_INS_GIVEN:
        given, position = min(position.time_ms, len(built_ins)), None
    shown = built_ins[given : given + query.limit]
    rows: list[EntityRecord] = []
    room = query.limit - len(shown)
    more = given + len(shown) < len(built_ins)
    if not more:
        found = await asyncio.to_thread(call.engine.store.entities.list, wanted, position, room + 1)
        rows, more = found[:room], len(found) > room
    end = Position(given + len(shown), _BUILT_INS_GIVEN)
    if rows:
        end = Position(rows[-1].created_ms, rows[-1].entity_id)
    return EntityPage(
        entities=[*map(_built_in, shown), *map(_entity, rows)],
        has_more=more,
        next_cursor=encode_cursor(listing, end) if more else None,
    )


async def create_entity(call: Call) -> WireModel:
    body = await call.body(CreateEntityRequest)
    name = _name(body.name)
    description = _words("description", body.description or "", _MOST_DESCRIPTION_CHARS)
    key = call.idempotency_key()
    entities = call.engine.store.entities
    made, replayed = await asyncio.to_thread(
        lambda: entities.create(body.entity_type, name, description, idempotency_key=key)
    )
    call.mark_replayed(replayed)
    return _entity(made)


async def get_entity(call: Call) -> WireModel:
    entity_id = call.id("entityId")
    if (known := built_in(entity_id)) is not None:
        return _built_in(known)
    return _entity(await asyncio.to_thread(call.engine.store.entities.get, entity_id))


async def update_entity(call: Call) -> WireModel:
    body = await call.body(UpdateEntityRequest)
    entity_id = _changeable(call)
    name = None if body.name is None else _name(body.name)
    description = body.description
    if description is not None:
        description = _words("description", description, _MOST_DESCRIPTION_CHARS)
    entities = call.engine.store.entities
    return _entity(await asyncio.to_thread(lambda: entities.update(entity_id, name=name, description=description)))


async def archive_entity(call: Call) -> WireModel:
    entity_id = _changeable(call)
    await asyncio.to_thread(call.engine.store.entities.archive, entity_id)
    return ArchiveEntityResponse(entity_id=entity_id)


async def add_entity_reference(call: Call) -> WireModel:
    body = await call.body(AddEntityReferenceRequest)
    entity_id = _changeable(call)
    description = _words("description", body.description or "", _MOST_REFERENCE_CHARS)
    store = call.engine.store
    entity = await asyncio.to_thread(store.entities.get, entity_id)
    found = await asyncio.to_thread(store.files.get_many, [body.file_id])
    _check_file(body.file_id, found.get(body.file_id), entity.entity_type)
    return _entity(
        await asyncio.to_thread(
            lambda: store.entities.add_reference(entity_id, body.file_id, description, is_default=body.is_default)
        )
    )


async def remove_entity_reference(call: Call) -> WireModel:
    body = await call.body(RemoveEntityReferenceRequest)
    entity_id = _changeable(call)
    return _entity(await asyncio.to_thread(call.engine.store.entities.remove_reference, entity_id, body.file_id))


def _changeable(call: Call) -> str:
    """The path's entity id. Raises InputError (403) for a built-in one."""
    entity_id = call.id("entityId")
    if (known := built_in(entity_id)) is not None:
        raise InputError(
            f"{known.name} is a built-in entity, which cannot be updated, archived or given references.",
            code="built_in_entity",
            status=403,
            ids={"entity_id": entity_id},
            next_step="Create an entity of your own and change that.",
        )
    return entity_id


def _name(name: str) -> str:
    shown = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    if not shown or len(shown) > _MOST_NAME_CHARS:
        raise InputError(f"name must have 1 to {_MOST_NAME_CHARS} printable characters.")
    return shown


def _words(field: str, text: str, most: int) -> str:
    text = text.strip()
    if len(text) > most:
        raise LimitError(
            f"{field} has {len(text)} characters; at most {most} are accepted.",
            code="invalid_request",
            next_step="Shorten it.",
        )
    return text


def _check_file(file_id: str, file: FileRecord | None, entity_type: EntityType) -> None:
    """Raises NotFoundError for a file that is unknown or gone, InputError for one that cannot show the entity."""
    gone = file is not None and (
        file.archived_ms is not None or (file.expires_ms is not None and file.expires_ms <= now_ms())
    )
    if file is None or gone:
        raise NotFoundError(
            f"fileId names the file {file_id!r}, which does not exist.",
            ids={"file_id": file_id},
            next_step="List files to see which exist.",
        )
    if file.state is not FileState.READY:
        raise InputError(
            f"The file {file_id!r} is {file.state.value}, not ready.",
            ids={"file_id": file_id},
            next_step="Upload its bytes and wait until it is ready, then send this again.",
        )
    theme = entity_type is EntityType.SLIDESHOW_THEME
    if file.type not in (_THEMES if theme else _PICTURES):
        kinds = "an image, a PDF or a PowerPoint file" if theme else "an image"
        raise InputError(
            f"The file {file_id!r} is of type {'unknown' if file.type is None else file.type.value}; a reference of "
            f"{entity_type.value} is {kinds}.",
            ids={"file_id": file_id},
            next_step=f"Give {kinds}.",
        )


def _entity(record: EntityRecord) -> Entity:
    """There is no talking actor and no voice of an actor here, and ``actor_config`` says so."""
    actor = record.entity_type is EntityType.ACTOR
    return Entity(
        entity_id=record.entity_id,
        entity_type=record.entity_type,
        name=record.name,
        description=record.description,
        actor_config=ActorConfig(has_voice=False, has_avatar_presenter=False) if actor else None,
        references=[
            EntityReference(file_id=one.file_id, description=one.description, is_default=one.is_default)
            for one in record.references
        ],
        created_at=record.created_ms // 1000,
        updated_at=record.updated_ms // 1000,
        is_built_in=False,
    )


def _built_in(known: BuiltInEntity) -> Entity:
    return Entity(
        entity_id=known.entity_id,
        entity_type=known.entity_type,
        name=known.name,
        description=known.description,
        actor_config=_DRAWN if known.entity_type is EntityType.ACTOR else None,
        references=[],
        created_at=_BUILT_IN_SECONDS,
        updated_at=_BUILT_IN_SECONDS,
        is_built_in=True,
    )


ENTITIES = {
    "listEntities": list_entities,
    "createEntity": create_entity,
    "getEntity": get_entity,
    "updateEntity": update_entity,
    "archiveEntity": archive_entity,
    "addEntityReference": add_entity_reference,
    "removeEntityReference": remove_entity_reference,
}
