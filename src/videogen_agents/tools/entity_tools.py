"""save_entity: actors, products, styles and slide themes that films can use."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field

from videogen_agents.contract import (
    AddEntityReferenceRequest,
    CreateEntityRequest,
    Entity,
    EntityType,
    RemoveEntityReferenceRequest,
    UpdateEntityRequest,
)
from videogen_agents.errors import InputError, VideoError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec

EXAMPLE = json.dumps({"entityType": "ACTOR", "name": "Ada", "addFileIds": ["vg_file_…"]}, ensure_ascii=False)
CHANGE_EXAMPLE = json.dumps({"entityId": "vg_enti_…", "description": "A friendly robot"}, ensure_ascii=False)


class SaveEntityInput(ToolInput):
    entity_id: str | None = Field(default=None, min_length=1, max_length=200)
    entity_type: EntityType | None = None
    name: str | None = Field(default=None, min_length=1, max_length=500)
    description: str | None = Field(default=None, max_length=20_000)
    add_file_ids: list[str] = Field(default_factory=list, max_length=20)
    remove_file_ids: list[str] = Field(default_factory=list, max_length=20)
    archive: bool = False


class EntityResult(ToolResult):
    entity_id: str
    backend: str
    entity_type: str | None = None
    name: str | None = None
    file_ids: list[str] = Field(default_factory=list)
    archived: bool = False
    created: bool = False


def parse_save_entity(arguments: dict[str, Any]) -> SaveEntityInput:
    call = parse_model(SaveEntityInput, arguments, example=EXAMPLE)
    changes = (call.name, call.description, call.add_file_ids, call.remove_file_ids)
    if call.entity_id is None:
        if call.entity_type is None or call.name is None:
            raise _wrong("entityType and name are required for a new entity; entityId changes one that exists.")
        if call.archive or call.remove_file_ids:
            raise _wrong("archive and removeFileIds need the entityId of an entity that exists.", CHANGE_EXAMPLE)
    elif call.entity_type is not None:
        raise _wrong("An entity's type cannot be changed; leave entityType out.", CHANGE_EXAMPLE)
    elif call.archive and any(change for change in changes):
        raise _wrong("archive stands alone; leave the other changes out.", CHANGE_EXAMPLE)
    elif not call.archive and not any(change is not None and change != [] for change in changes):
        raise _wrong("There is nothing to change.", CHANGE_EXAMPLE)
    return call


def _wrong(message: str, example: str = EXAMPLE) -> InputError:
    return InputError(message, code="invalid_arguments", next_step=f"Call again like this: {example}")


async def save_entity(call: SaveEntityInput, ctx: ToolContext) -> ToolOutcome:
    client = ctx.client
    backend = client.backend.value
    if call.entity_id is not None and call.archive:
        await client.archive_entity(call.entity_id)
        data = EntityResult(entity_id=call.entity_id, backend=backend, archived=True)
        return ToolOutcome(f"Archived.\nids: entity_id={call.entity_id}", data)
    created = False
    if call.entity_id is None:
        assert call.entity_type is not None and call.name is not None
        begun = await client.create_entity(
            CreateEntityRequest(entity_type=call.entity_type, name=call.name, description=call.description)
        )
        entity, created = begun.reply, not begun.reused
    elif call.name is not None or call.description is not None:
        # Only what was given: a null would be a change of its own.
        given = {key: value for key, value in (("name", call.name), ("description", call.description)) if value}
        if call.description == "":
            given["description"] = ""
        entity = await client.update_entity(call.entity_id, UpdateEntityRequest.model_validate(given))
    else:
        entity = await client.entity(call.entity_id)
    entity = await _with_references(call, entity, ctx)
    files = [reference.file_id for reference in entity.references]
    data = EntityResult(
        entity_id=entity.entity_id,
        backend=backend,
        entity_type=str(entity.entity_type),
        name=entity.name,
        file_ids=files,
        created=created,
    )
    how = "Created" if created else "Saved"
    shown = f", references {', '.join(files)}" if files else ""
    kind = str(entity.entity_type).lower().replace("_", " ")
    return ToolOutcome(f"{how} {kind} {one_line(entity.name)}{shown}.\nids: entity_id={entity.entity_id}", data)


async def _with_references(call: SaveEntityInput, entity: Entity, ctx: ToolContext) -> Entity:
    """Each reference is one request; an error names the entity, which is saved by then."""
    present = {reference.file_id for reference in entity.references}
    try:
        for file_id in call.add_file_ids:
            if file_id not in present:
                request = AddEntityReferenceRequest(file_id=file_id)
                entity = await ctx.client.add_entity_reference(entity.entity_id, request)
        for file_id in call.remove_file_ids:
            request = RemoveEntityReferenceRequest(file_id=file_id)
            entity = await ctx.client.remove_entity_reference(entity.entity_id, request)
    except VideoError as error:
        error.ids.setdefault("entity_id", entity.entity_id)
        raise
    return entity


_IDS: Schema = {"type": "array", "items": {"type": "string"}}
_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "entityId": {"type": "string", "description": "To change one; left out: a new one."},
        "entityType": {"type": "string", "enum": [kind.value for kind in EntityType]},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "addFileIds": {**_IDS, "description": "Pictures of it."},
        "removeFileIds": _IDS,
        "archive": {"type": "boolean"},
    },
}
SAVE_ENTITY = ToolSpec(
    name="save_entity",
    title="Save an actor, product or style",
    toolset="entities",
    description="Create, change or archive an actor, product, visual style or slide theme.",
    schema=_SCHEMA,
    result=EntityResult,
    parse=parse_save_entity,
    run=save_entity,
    flags=ToolFlags(destructive=True),
)
