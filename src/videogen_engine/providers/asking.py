"""The step that asks the language model. Its answer is kept by the question, so none is paid for twice."""

from __future__ import annotations

from videogen_agents.errors import UnavailableError
from videogen_engine.providers.chat_completions import ChatCompletions
from videogen_engine.providers.language_model import REQUIREMENT, Answer, Asked, cut_short, no_language_model
from videogen_engine.providers.outside import OutsideRoom


async def ask(request: Asked, room: OutsideRoom) -> Answer:
    """Raises UnavailableError when the model it was meant for is no longer configured, else as ``LanguageModel``."""
    endpoint = room.settings.language_model
    if endpoint is None:
        raise no_language_model("This step")
    if endpoint.label != request.model:
        raise UnavailableError(
            f"This step was meant for {request.model}, and {endpoint.label} is configured now.",
            code="not_available",
            requirement=REQUIREMENT,
            next_step="Send the request again.",
        )
    answer = await ChatCompletions(endpoint, room.report).answer(request.question)
    if not answer.complete:
        # Half an answer is not kept: the next time it may be whole.
        raise cut_short(answer, request.question)
    return answer
