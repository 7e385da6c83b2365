"""Who and what a storyboard's mentions and lists name, as found when the run was started."""

from __future__ import annotations

from pydantic import Field

from videogen_agents.contract import EntityType, StoryboardToVideoRequest
from videogen_agents.contract.base import Request


class CastMember(Request):
    """``file_id`` is the picture that shows an actor or a product, ``drawn`` a built-in actor's key, ``style`` the
    words of a visual style."""

    entity_id: str
    entity_type: EntityType
    name: str
    file_id: str | None = None
    style: str | None = None
    drawn: str | None = None

    @property
    def is_seen(self) -> bool:
        """Whether there is a picture of it."""
        return self.file_id is not None or self.drawn is not None


class StoryboardRun(StoryboardToVideoRequest):
    """The request with its cast: the run keeps it, whatever becomes of the entities."""

    cast: list[CastMember] = Field(default_factory=list[CastMember])
