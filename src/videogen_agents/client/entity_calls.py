"""Entities: actors, products, visual styles and slideshow themes, to draw and speak with."""

from __future__ import annotations

from videogen_agents.client.connected import Connected, Started, kept
from videogen_agents.client.id_segments import segment
from videogen_agents.client.replies import JsonObject, parse, text_of
from videogen_agents.client.starts import Listing, Sighting, StartRequest, the_one
from videogen_agents.contract import (
    AddEntityReferenceRequest,
    ArchiveEntityResponse,
    CreateEntityRequest,
    Entity,
    EntityPage,
    EntityType,
    RemoveEntityReferenceRequest,
    Response,
    UpdateEntityRequest,
)
from videogen_agents.errors import VideoError


class _CreatedEntity(Response):
    """What the ledger keeps of a created entity."""

    entity_id: str


class EntityCalls(Connected):
    """Entities."""

    async def entities(
        self, *, entity_type: EntityType | None = None, limit: int = 50, cursor: str | None = None
    ) -> EntityPage:
        """Built-in ones first."""
        kind = entity_type.value if entity_type is not None else None
        return await self._get(EntityPage, "/v1/entities", {"entityType": kind, "limit": limit, "cursor": cursor})

    async def entity(self, entity_id: str) -> Entity:
        return await self._get(Entity, f"/v1/entities/{segment(entity_id)}")

    async def create_entity(
        self, request: CreateEntityRequest, *, key: str | None = None, new: bool = False
    ) -> Started[Entity]:
        """Create an entity once. The same request within a day returns the one that exists, as it is now; ``new``
        forces another."""

        async def recognise(items: list[JsonObject]) -> Sighting:
            fitting = [item for item in items if item.get("name") == request.name and not item.get("isBuiltIn")]
            return the_one([{"entityId": text_of(item, "entityId")} for item in fitting], "entityId")

        async def check(reply: JsonObject) -> str:
            await self.entity(text_of(reply, "entityId"))
            return "succeeded"

        started = await self._start(
            _CreatedEntity,
            StartRequest(
                kind="entity",
                path="/v1/entities",
                body=request.to_wire(),
                title=f"entity of type {request.entity_type.value}",
                read=kept(_CreatedEntity),
                ids=lambda reply: [("entity_id", text_of(reply, "entityId"))],
                check=check,
                listing=Listing(
                    "/v1/entities",
                    "entities",
                    "entityId",
                    recognise,
                    {"limit": 200, "entityType": request.entity_type.value},
                    newest_first=False,
                ),
                repeatable=False,
                removable=True,
            ),
            key=key,
            new=new,
        )
        try:
            entity = await self.entity(started.reply.entity_id)
        except VideoError as error:
            error.ids.setdefault("entity_id", started.reply.entity_id)
            raise
        return Started(reply=entity, reused=started.reused, recovered=started.recovered)

    async def update_entity(self, entity_id: str, request: UpdateEntityRequest) -> Entity:
        return await self._post(Entity, f"/v1/entities/{segment(entity_id)}/update", request)

    async def archive_entity(self, entity_id: str) -> ArchiveEntityResponse:
        gone = ArchiveEntityResponse(entity_id=entity_id)
        session = await self._open()
        path = f"/v1/entities/{segment(entity_id)}/archive"
        return parse(ArchiveEntityResponse, await session.post_json(path, when_gone=gone.to_wire()))

    async def add_entity_reference(self, entity_id: str, request: AddEntityReferenceRequest) -> Entity:
        return await self._post(Entity, f"/v1/entities/{segment(entity_id)}/references", request)

    async def remove_entity_reference(self, entity_id: str, request: RemoveEntityReferenceRequest) -> Entity:
        session = await self._open()
        path = f"/v1/entities/{segment(entity_id)}/references/remove"
        reply = await session.post_json(path, request.to_wire(), when_gone={})
        return parse(Entity, reply) if reply else await self.entity(entity_id)
