"""Asking the language model from a job: a durable step, so that no answer is paid for twice."""

from __future__ import annotations

from videogen_engine.providers.language_model import Answer, Asked, Question, no_language_model
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import ASK
from videogen_engine.workflows.room import WorkflowRoom


async def ask(context: JobContext, room: WorkflowRoom, question: Question) -> Answer:
    """Raises UnavailableError when no model is configured, and what the model raises."""
    endpoint = room.settings.language_model
    if endpoint is None:
        raise no_language_model("This job")
    return await context.step(ASK, Asked(model=endpoint.label, question=question), Answer)
