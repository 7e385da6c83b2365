"""Text by the language model, answered at once."""

from __future__ import annotations

from videogen_agents.contract import GenerateTextRequest, GenerateTextResponse, WireModel
from videogen_agents.errors import InputError, LimitError
from videogen_engine.providers.chat_completions import ChatCompletions
from videogen_engine.providers.language_model import Question, Speaker, Turn, cut_short, no_language_model
from videogen_engine.service.call import Call

#: Names the model that wrote the text; the contract's answer has no place for it.
MADE_BY_HEADER = "VideoGen-Made-By"
_MOST_CHARS = 100_000


async def generate_text(call: Call) -> WireModel:
    """Nothing of it is kept. Raises UnavailableError where no model is configured, and what the model raises."""
    body = await call.body(GenerateTextRequest)
    endpoint = call.engine.settings.language_model
    if not body.prompt.strip():
        raise InputError("prompt is empty.", next_step="Say what the text shall be.")
    for name, text in (("prompt", body.prompt), ("system", body.system or "")):
        if len(text) > _MOST_CHARS:
            raise LimitError(
                f"{name} has {len(text)} characters; at most {_MOST_CHARS} are accepted.",
                code="invalid_request",
                next_step="Shorten it.",
            )
    if endpoint is None:
        raise no_language_model("Text generation", "write the text yourself")
    if body.quality is not None:
        # There is one model, whichever tier is asked for.
        call.ignore("quality")
    question = Question(
        system=body.system or "You are a helpful writer. Answer with the text alone.",
        turns=(Turn(speaker=Speaker.USER, text=body.prompt),),
        temperature=body.temperature,
        max_output_tokens=body.max_output_tokens,
    )
    answer = await ChatCompletions(endpoint).answer(question)
    # A text that ends at its limit is what was asked for; none at all is not.
    if not answer.text:
        raise cut_short(answer, question)
    call.headers[MADE_BY_HEADER] = answer.made_by.encode("ascii", "replace").decode()
    return GenerateTextResponse(text=answer.text)


TEXT = {"generateText": generate_text}
