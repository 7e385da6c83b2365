"""Entities: actors, products, visual styles and slideshow themes."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from videogen_agents.contract.base import Nullable, Open, Request, Response, SparseResponse, Timestamp, rule
from videogen_agents.contract.jobs import Page, PageQuery


class EntityType(StrEnum):
    ACTOR = "ACTOR"
    PRODUCT = "PRODUCT"
    VISUAL_STYLE = "VISUAL_STYLE"
    SLIDESHOW_THEME = "SLIDESHOW_THEME"


class EntityReference(Response):
    """A file that shows the entity. ``description`` is empty when unset."""

    file_id: str
    description: str = ""
    is_default: bool = False


class ActorConfig(SparseResponse):
    has_voice: bool
    has_avatar_presenter: bool
    voice_display_name: Nullable[str] = None


class Entity(SparseResponse):
    """``actor_config`` is null for anything but actors. Built-in entities cannot be changed."""

    entity_id: str
    entity_type: Open[EntityType]
    name: str
    description: str
    actor_config: Nullable[ActorConfig] = None
    references: list[EntityReference]
    created_at: Timestamp
    updated_at: Timestamp
    is_built_in: bool | None = None


class ListEntitiesQuery(PageQuery):
    entity_type: EntityType | None = None


class EntityPage(Page):
    """Built-in ones first."""

    entities: list[Entity]


class CreateEntityRequest(Request):
    entity_type: EntityType
    name: str
    description: str | None = None


class UpdateEntityRequest(Request):
    """At least one of the two; null leaves a field as it is, and an empty description clears it."""

    name: Nullable[str] = None
    description: Nullable[str] = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.name is None and self.description is None:
            raise rule("name", "name or description is required; give at least one of the two.")
        return self


class ArchiveEntityResponse(Response):
    entity_id: str
    archived: Literal[True] = True


class AddEntityReferenceRequest(Request):
    file_id: str
    description: str | None = None
    is_default: bool = False


class RemoveEntityReferenceRequest(Request):
    file_id: str
