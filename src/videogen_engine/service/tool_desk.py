"""Where a tool's request is looked at: its files and entities are read now, so that the job keeps them as they are."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import EntityType, FileType
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.assets.model import GivenEntity, GivenFile, GivenReference
from videogen_engine.service.built_in_entities import built_in
from videogen_engine.service.call import Call
from videogen_engine.service.slideshow_rules import ready_file
from videogen_engine.settings import Limits
from videogen_engine.stage import MediaRef
from videogen_engine.store.records import FileRecord, FileState, Rendition


class ToolDesk:
    """See ``assets.asset.Desk``. ``files`` and ``entities`` are what was asked for."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._files: dict[str, GivenFile] = {}
        self._entities: dict[str, GivenEntity] = {}

    @property
    def limits(self) -> Limits:
        return self._call.engine.settings.limits

    @property
    def files(self) -> tuple[GivenFile, ...]:
        return tuple(self._files.values())

    @property
    def entities(self) -> tuple[GivenEntity, ...]:
        return tuple(self._entities.values())

    async def file(self, field: str, file_id: str, *types: FileType) -> GivenFile:
        found = await asyncio.to_thread(self._call.engine.store.files.get_many, [file_id])
        given = _given(ready_file(field, file_id, found.get(file_id)))
        if given is None:
            raise NotFoundError(f"{field} names the file {file_id!r}, which has no bytes.", ids={"file_id": file_id})
        if types and given.type not in types:
            wanted = " or ".join(type_.value for type_ in types)
            raise InputError(
                f"{field} names the file {file_id!r}, which is of type {given.type.value}, not {wanted}.",
                ids={"file_id": file_id},
                next_step=f"Name a file of type {wanted}.",
            )
        return self._files.setdefault(file_id, given)

    async def entity(self, field: str, entity_id: str, *types: EntityType) -> GivenEntity:
        given = await self._entity(entity_id)
        if types and given.entity_type not in types:
            wanted = " or ".join(type_.value for type_ in types)
            raise InputError(
                f"{field} names the entity {given.name!r}, which is of type {given.entity_type.value}, not {wanted}.",
                ids={"entity_id": entity_id},
                next_step=f"List the entities with entityType={types[0].value}.",
            )
        return self._entities.setdefault(entity_id, given)

    async def _entity(self, entity_id: str) -> GivenEntity:
        if (known := built_in(entity_id)) is not None:
            return GivenEntity(
                entity_id=entity_id,
                entity_type=known.entity_type,
                name=known.name,
                description=known.description,
                look=known.key if known.entity_type is EntityType.VISUAL_STYLE else None,
            )
        store = self._call.engine.store
        entity = await asyncio.to_thread(store.entities.get, entity_id)
        files = await asyncio.to_thread(store.files.get_many, [one.file_id for one in entity.references])
        references = [
            GivenReference(file=file, description=one.description, is_default=one.is_default)
            for one in entity.references
            if (record := files.get(one.file_id)) is not None and (file := _given(record)) is not None
        ]
        return GivenEntity(
            entity_id=entity_id,
            entity_type=entity.entity_type,
            name=entity.name,
            description=entity.description,
            references=tuple(sorted(references, key=lambda one: not one.is_default)),
        )


def _given(record: FileRecord) -> GivenFile | None:
    source = record.source(Rendition.DOWNLOAD)
    if source is None or record.type is None or record.state is not FileState.READY:
        return None
    return GivenFile(
        file_id=record.file_id,
        media=MediaRef(key=source.media_key, media_type=source.media_type, size=source.size),
        type=record.type,
        name=record.display_name,
        seconds=record.duration_seconds,
        width=source.width,
        height=source.height,
    )
