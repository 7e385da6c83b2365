"""Entities that users made: actors, products, visual styles and slideshow themes, with the files that show them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from videogen_agents.contract import EntityType
from videogen_agents.errors import InputError, LimitError, NotFoundError
from videogen_engine.frozen import Frozen
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.paging import Position, after
from videogen_engine.store.schema import entities, entity_references, file_sources

MOST_ENTITIES = 1000
MOST_REFERENCES = 20


class ReferenceRecord(Frozen):
    file_id: str
    description: str
    is_default: bool


class EntityRecord(Frozen):
    """``references`` are in the order they were added; at most one of them is the default."""

    entity_id: str
    entity_type: EntityType
    name: str
    description: str
    references: tuple[ReferenceRecord, ...]
    created_ms: int
    updated_ms: int


class Entities:
    """All methods are synchronous; call them from a thread. An archived entity is as good as gone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, entity_type: EntityType, name: str, description: str, *, idempotency_key: str | None = None
    ) -> tuple[EntityRecord, bool]:
        """The entity, and whether ``idempotency_key`` had made it before.

        Raises InputError (409) for a key that made something else, LimitError for one entity too many.
        """
        fingerprint = hashlib.sha256(json.dumps([entity_type.value, name, description]).encode()).hexdigest()
        with self._database.write() as connection:
            if idempotency_key is not None:
                known = select(entities).where(entities.c.idempotency_key == idempotency_key)
                if (row := connection.execute(known).mappings().first()) is not None:
                    if row["fingerprint"] != fingerprint:
                        raise _key_reused(str(row["entity_id"]))
                    return _records(connection, [dict(row)])[0], True
            living = select(func.count()).select_from(entities).where(entities.c.archived_ms.is_(None))
            if int(connection.execute(living).scalar_one()) >= MOST_ENTITIES:
                raise LimitError(
                    f"There are {MOST_ENTITIES} entities already.", next_step="Archive those that are not needed."
                )
            entity_id = new_id(IdPrefix.ENTITY)
            now = now_ms()
            connection.execute(
                insert(entities).values(
                    entity_id=entity_id,
                    entity_type=entity_type.value,
                    name=name,
                    description=description,
                    idempotency_key=idempotency_key,
                    fingerprint=fingerprint,
                    created_ms=now,
                    updated_ms=now,
                )
            )
            return _get(connection, entity_id), False

    def get(self, entity_id: str) -> EntityRecord:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            return _get(connection, entity_id)

    def list(self, entity_type: EntityType | None, position: Position | None, limit: int) -> list[EntityRecord]:
        """Up to ``limit`` after ``position``, last created first."""
        query = select(entities).where(entities.c.archived_ms.is_(None))
        if entity_type is not None:
            query = query.where(entities.c.entity_type == entity_type.value)
        if position is not None:
            query = query.where(after(entities.c.created_ms, entities.c.entity_id, position))
        query = query.order_by(entities.c.created_ms.desc(), entities.c.entity_id.desc()).limit(limit)
        with self._database.read() as connection:
            return _records(connection, [dict(row) for row in connection.execute(query).mappings()])

    def update(self, entity_id: str, *, name: str | None = None, description: str | None = None) -> EntityRecord:
        """None leaves a field as it is. Raises NotFoundError."""
        given = {"name": name, "description": description}
        with self._database.write() as connection:
            _touch(connection, entity_id, {key: value for key, value in given.items() if value is not None})
            return _get(connection, entity_id)

    def archive(self, entity_id: str) -> None:
        """Its files are no longer kept for its sake. Raises NotFoundError."""
        with self._database.write() as connection:
            _touch(connection, entity_id, {"archived_ms": now_ms()})

    def add_reference(self, entity_id: str, file_id: str, description: str, *, is_default: bool) -> EntityRecord:
        """Attach an existing file; one that is attached already is described anew and keeps its place.

        Raises NotFoundError for the entity, LimitError for one reference too many.
        """
        with self._database.write() as connection:
            found = _get(connection, entity_id)
            others = [reference for reference in found.references if reference.file_id != file_id]
            if len(others) >= MOST_REFERENCES:
                raise LimitError(
                    f"An entity has at most {MOST_REFERENCES} references.",
                    ids={"entity_id": entity_id},
                    next_step="Remove one of them first.",
                )
            mine = entity_references.c.entity_id == entity_id
            if is_default:
                connection.execute(update(entity_references).where(mine).values(is_default=False))
            values = {"description": description, "is_default": is_default}
            if len(others) < len(found.references):
                this = entity_references.c.file_id == file_id
                connection.execute(update(entity_references).where(mine, this).values(**values))
            else:
                last = connection.execute(select(func.max(entity_references.c.place)).where(mine)).scalar_one()
                place = 0 if last is None else int(last) + 1
                connection.execute(
                    insert(entity_references).values(entity_id=entity_id, file_id=file_id, place=place, **values)
                )
            _touch(connection, entity_id, {})
            return _get(connection, entity_id)

    def remove_reference(self, entity_id: str, file_id: str) -> EntityRecord:
        """Raises NotFoundError for the entity, and for a file that it does not refer to."""
        with self._database.write() as connection:
            _touch(connection, entity_id, {})
            removed = connection.execute(
                delete(entity_references)
                .where(entity_references.c.entity_id == entity_id, entity_references.c.file_id == file_id)
                .returning(entity_references.c.file_id)
            )
            if removed.first() is None:
                raise NotFoundError(
                    f"The entity does not refer to a file {file_id!r}.",
                    ids={"entity_id": entity_id, "file_id": file_id},
                    next_step="Get the entity to see its references.",
                )
            return _get(connection, entity_id)

    def media_keys(self) -> frozenset[str]:
        """The media of every file that an entity refers to, be the file itself archived or expired."""
        query = (
            select(file_sources.c.media_key)
            .join(entity_references, entity_references.c.file_id == file_sources.c.file_id)
            .join(entities, entities.c.entity_id == entity_references.c.entity_id)
            .where(entities.c.archived_ms.is_(None))
        )
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())


def _touch(connection: Connection, entity_id: str, values: Mapping[str, object]) -> None:
    """Change a living entity. Raises NotFoundError."""
    changed = connection.execute(
        update(entities)
        .where(entities.c.entity_id == entity_id, entities.c.archived_ms.is_(None))
        .values(updated_ms=now_ms(), **values)
        .returning(entities.c.entity_id)
    )
    if changed.first() is None:
        raise _not_found(entity_id)


def _get(connection: Connection, entity_id: str) -> EntityRecord:
    query = select(entities).where(entities.c.entity_id == entity_id, entities.c.archived_ms.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise _not_found(entity_id)
    return _records(connection, [dict(row)])[0]


def _records(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[EntityRecord]:
    references: dict[str, list[ReferenceRecord]] = {str(row["entity_id"]): [] for row in rows}
    query = select(entity_references).where(entity_references.c.entity_id.in_(tuple(references)))
    for row in connection.execute(query.order_by(entity_references.c.place)).mappings():
        fields = {name: row[name] for name in ReferenceRecord.model_fields}
        references[str(row["entity_id"])].append(ReferenceRecord.model_validate(fields))
    built = {"references"}
    return [
        EntityRecord(
            **{name: row[name] for name in EntityRecord.model_fields if name not in built},
            references=tuple(references[str(row["entity_id"])]),
        )
        for row in rows
    ]


def _not_found(entity_id: str) -> NotFoundError:
    return NotFoundError(
        f"There is no entity {entity_id!r}, or it was archived.",
        ids={"entity_id": entity_id},
        next_step="List the entities to see which exist.",
    )


def _key_reused(entity_id: str) -> InputError:
    return InputError(
        "This Idempotency-Key was already used for a different request.",
        code="idempotency_key_reused",
        status=409,
        ids={"entity_id": entity_id},
        next_step="Use a new Idempotency-Key, or send the first request again unchanged.",
    )
