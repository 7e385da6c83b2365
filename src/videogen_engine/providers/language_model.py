"""What a language model is asked, and what it answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from pydantic import Field

from videogen_agents.errors import AskUserError, UnavailableError
from videogen_engine.frozen import Frozen

#: The variables that configure one begin with this.
LANGUAGE_MODEL_SETTING = "VIDEOGEN_AGENTS_LLM"
REQUIREMENT = "language_model"


class Speaker(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class Turn(Frozen):
    speaker: Speaker
    text: str


class Question(Frozen):
    """``system`` are our instructions; ``turns`` are data. ``answer_schema`` is a JSON Schema (as JSON) that the
    answer shall follow; what comes back is checked by whoever asked all the same.
    """

    system: str
    turns: tuple[Turn, ...] = Field(min_length=1)
    answer_schema: str | None = None
    answer_name: str = "answer"
    temperature: float | None = 0.0
    max_output_tokens: int = Field(default=4_000, ge=1)

    def followed_by(self, answer: str, reply: str) -> Question:
        """The same conversation, one answer and one reply further on."""
        more = (Turn(speaker=Speaker.ASSISTANT, text=answer), Turn(speaker=Speaker.USER, text=reply))
        return self.model_copy(update={"turns": (*self.turns, *more)})


class Asked(Frozen):
    """A question to the model called ``model``, which is part of what its answer is kept by."""

    model: str
    question: Question


class Answer(Frozen):
    """``made_by`` names the model and where it answered; ``complete`` is False when it ran into its limit."""

    text: str
    made_by: str
    complete: bool = True
    input_tokens: int | None = None
    output_tokens: int | None = None


class LanguageModel(Protocol):
    @property
    def label(self) -> str:
        """The model and where it answers."""
        ...

    async def answer(self, question: Question) -> Answer:
        """Raises RetryLaterError when it cannot be reached or asks for a long pause, AskUserError when it refuses."""
        ...


def cut_short(answer: Answer, question: Question) -> AskUserError:
    """The error of an answer that ran into its limit."""
    return AskUserError(
        f"{answer.made_by} was cut off after {question.max_output_tokens} tokens.",
        code="answer_cut_short",
        status=502,
        next_step="Ask for less, allow more tokens, or choose a model that reasons less.",
    )


def no_language_model(what: str, otherwise: str | None = None) -> UnavailableError:
    """The answer to ``what`` ("TRANSLATE_PROJECT") where no model is configured; ``otherwise`` is what can be done."""
    step = (
        f"Set {LANGUAGE_MODEL_SETTING}_BASE_URL, {LANGUAGE_MODEL_SETTING}_MODEL and, where it wants one, "
        f"{LANGUAGE_MODEL_SETTING}_API_KEY to an OpenAI-compatible endpoint"
    )
    return UnavailableError(
        f"{what} needs a language model, and none is configured.",
        code="not_available",
        requirement=REQUIREMENT,
        next_step=f"{step}, or {otherwise}." if otherwise else f"{step}.",
    )
