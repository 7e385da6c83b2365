"""The actor who is seen narrating a film, checked when the film or the edit is asked for."""

from __future__ import annotations

from videogen_agents.contract import EntityType
from videogen_agents.contract.workflows import NarratedWorkflow
from videogen_engine.presenters.people import person_of
from videogen_engine.presenters.refusal import cannot_speak
from videogen_engine.service.call import Call
from videogen_engine.service.entity_lookup import entity_of


async def check_narrator(call: Call, body: NarratedWorkflow) -> None:
    """Raises what ``check_narrating_actor`` raises. There is one quality of drawn actors."""
    if body.actor_entity_id:
        await check_narrating_actor(call, "actorEntityId", body.actor_entity_id)
        if body.avatar_quality is not None:
            call.ignore("avatarQuality")


async def check_narrating_actor(call: Call, field: str, entity_id: str) -> None:
    """Raises NotFoundError for an unknown entity, InputError for one that is no actor, UnavailableError for an
    actor who has no avatar presenter: one of the user's own.
    """
    if person_of(entity_id) is None:
        raise cannot_speak((await entity_of(call, field, entity_id, EntityType.ACTOR)).name)
