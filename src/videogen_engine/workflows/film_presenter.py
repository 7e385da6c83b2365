"""The actor who is seen narrating a film that a run builds."""

from __future__ import annotations

from videogen_agents.contract.workflows import NarratedWorkflow
from videogen_engine.presenters.people import person_of
from videogen_engine.presenters.refusal import cannot_speak
from videogen_engine.timeline.document import Timeline


def with_presenter(timeline: Timeline, request: NarratedWorkflow) -> Timeline:
    """``timeline`` with the actor that was asked for. Raises UnavailableError for one who is not built in."""
    if not request.actor_entity_id:
        return timeline
    person = person_of(request.actor_entity_id)
    if person is None:
        raise cannot_speak(request.actor_entity_id)
    return timeline.model_copy(update={"presenter": person.key})
