"""TRANSLATE_PROJECT: needs a language model; without one it says so before anything starts."""

from __future__ import annotations

from videogen_agents.contract import TranslateProjectAction
from videogen_agents.errors import UnavailableError
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Timeline


def check(action: TranslateProjectAction) -> None:
    """Raises UnavailableError: no language model can be asked yet."""
    raise UnavailableError(
        f"TRANSLATE_PROJECT to {action.language_code!r} needs a language model, and none is configured.",
        code="not_available",
        requirement="language_model",
        next_step="Set VIDEOGEN_AGENTS_LLM_BASE_URL, VIDEOGEN_AGENTS_LLM_API_KEY and VIDEOGEN_AGENTS_LLM_MODEL to an "
        "OpenAI-compatible endpoint, or start a new film from a translated script.",
    )


async def prepare(timeline: Timeline, action: TranslateProjectAction, workshop: Workshop) -> None:
    del timeline, workshop
    check(action)


def apply(timeline: Timeline, action: TranslateProjectAction, made: None) -> Edited:
    del action, made
    return Edited(timeline=timeline)


TRANSLATE_PROJECT = Edit(TranslateProjectAction, apply, prepare, check)
