"""EDIT_WITH_AGENT: an edit in plain language, read by a grammar or a language model, done as a whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from videogen_agents.contract import AgentEditMode, EditWithAgentAction, RemixActionType
from videogen_agents.errors import InputError, LimitError, VideoError
from videogen_engine.remix.edit import AnyEdit, Edit, Edited
from videogen_engine.remix.plain_language.doing import done
from videogen_engine.remix.plain_language.foreign import foreign_language
from videogen_engine.remix.plain_language.model_reading import question_of, read_by_model
from videogen_engine.remix.plain_language.operations import MOST_CHARS, KeepToDuration, Operation, Redo, Undo
from videogen_engine.remix.plain_language.outline import outline_of
from videogen_engine.remix.plain_language.reading import Refused, read
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Timeline

#: How ``Edited.made_by`` names a model that read the request.
READ_BY: Final = "edit reading: "
_SHORTEST_SECONDS: Final = 1.0
_LONGEST_SECONDS: Final = 86_400.0
#: What says no more than that the film shall be cut; a target duration says to what.
_CUT: Final = re.compile(
    r"(?:please )?(?:(?:make|get) (?:it|this|the (?:video|film)) (?:much |a bit |a lot )?"
    r"(?:shorter|tighter|snappier|more concise|fit)|(?:shorten|tighten|condense|trim|rethink|cut|recut|summari[sz]e)"
    r"(?: down)?(?: (?:it|this|everything|the (?:video|film|structure)))?(?: down)?)(?: please)?",
    re.IGNORECASE,
)


def edit_with_agent(edits: Mapping[RemixActionType, AnyEdit]) -> AnyEdit:
    """The edit over all others; ``edits`` do those of its operations that are actions of the contract."""

    async def prepare(timeline: Timeline, action: EditWithAgentAction, workshop: Workshop) -> Edited:
        reading = await reading_of(timeline, action, workshop)
        edited = await done(_with_target(reading.operations, action), timeline, workshop, edits)
        return edited.model_copy(
            update={"notes": (*reading.notes, *edited.notes), "made_by": (*reading.made_by, *edited.made_by)}
        )

    return Edit(EditWithAgentAction, _apply, prepare, check, check_without_model)


def check(action: EditWithAgentAction) -> None:
    """Raises InputError for a prompt that no film could be edited by, LimitError for one that is too long."""
    if len(action.prompt) > MOST_CHARS:
        raise LimitError(
            f"prompt has {len(action.prompt)} characters; at most {MOST_CHARS} are read.",
            next_step="Send the edits in several remix actions.",
        )
    target = _target(action)
    if target is not None and not _SHORTEST_SECONDS <= target <= _LONGEST_SECONDS:
        raise InputError(
            f"targetDurationSeconds is {target:g}; it must be {_SHORTEST_SECONDS:g} to {_LONGEST_SECONDS:g}.",
            next_step="Give the wanted length of the film in seconds.",
        )
    if not any(char.isalnum() for char in action.prompt):
        raise InputError(
            "prompt is empty.", next_step="Say what shall be different, for example “drop the third scene”."
        )


def check_without_model(action: EditWithAgentAction) -> None:
    """Raises InputError for a prompt in a language that the grammar does not read."""
    language = foreign_language(action.prompt)
    if language is not None and not action.prompt.isascii():
        raise InputError(
            f"Edits are read in English only; the prompt looks like {language}.",
            code="edit_not_understood",
            next_step="Say it in English, or send the remix actions themselves.",
        )


def _apply(timeline: Timeline, action: EditWithAgentAction, made: Edited) -> Edited:
    """All of it was made beforehand, since later operations start from what earlier ones made."""
    del timeline, action
    return made


def _target(action: EditWithAgentAction) -> float | None:
    """Seconds; counts with RETHINK alone."""
    return action.target_duration_seconds if action.mode is AgentEditMode.RETHINK else None


@dataclass(frozen=True)
class Reading:
    """What is to be done. ``notes`` say who read it, ``made_by`` names a model that did."""

    operations: tuple[Operation, ...]
    notes: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()


async def reading_of(timeline: Timeline, action: EditWithAgentAction, workshop: Workshop) -> Reading:
    """By the grammar, the model, or one after the other. Raises InputError when none understands it."""
    model = workshop.language_model
    if model is None or workshop.edit_readers == "grammar":
        understood = _by_grammar(timeline, action)
        if isinstance(understood, Refused):
            raise refusal(understood)
        return understood
    if workshop.edit_readers == "model-first":
        try:
            return await _by_model(timeline, action, workshop)
        except VideoError as error:
            understood = _by_grammar(timeline, action)
            if isinstance(understood, Refused):
                raise
            note = f"{model} did not read it ({error.message.rstrip('.')}); the built-in grammar did."
            return replace(understood, notes=(note, *understood.notes))
    understood = _by_grammar(timeline, action)
    if not isinstance(understood, Refused):
        return replace(understood, notes=("Read by the built-in grammar.", *understood.notes))
    try:
        return await _by_model(timeline, action, workshop)
    except InputError as error:
        # What the grammar would have read is the better hint.
        error.next_step = refusal(understood).next_step
        raise
    except VideoError as error:
        plain = refusal(understood)
        raise InputError(
            f"{plain.message} The language model could not be asked: {error.message}",
            code=plain.code,
            next_step=plain.next_step,
        ) from error


async def _by_model(timeline: Timeline, action: EditWithAgentAction, workshop: Workshop) -> Reading:
    film = outline_of(timeline)
    rethink = action.mode is AgentEditMode.RETHINK
    question = question_of(action.prompt, film, rethink=rethink, target=_target(action))
    reading = await read_by_model(question, film, workshop)
    if isinstance(reading.found, Refused):
        raise InputError(
            f"{reading.made_by} did not understand the request as edits of this film. {reading.found.reason} "
            "Nothing was changed.",
            code="edit_not_understood",
            next_step="Say it in other words, or send the remix actions themselves.",
        )
    return Reading(reading.found, (f"Read by {reading.made_by}.",), (f"{READ_BY}{reading.made_by}",))


def _by_grammar(timeline: Timeline, action: EditWithAgentAction) -> Reading | Refused:
    target = _target(action)
    if target is not None and _CUT.fullmatch(action.prompt.strip(" .!")):
        return Reading((KeepToDuration(seconds=target),))
    understood = read(action.prompt, outline_of(timeline))
    if isinstance(understood, Refused):
        return understood
    corrected = understood.corrected
    return Reading(understood.operations, () if corrected is None else (f"Read as “{corrected}”.",))


def _with_target(operations: tuple[Operation, ...], action: EditWithAgentAction) -> tuple[Operation, ...]:
    """A target duration adds a cut to it, unless the request names one."""
    target = _target(action)
    if target is None or any(isinstance(one, KeepToDuration | Undo | Redo) for one in operations):
        return operations
    return (*operations, KeepToDuration(seconds=target))


def refusal(refused: Refused) -> InputError:
    """What was not understood, what was, and what would be."""
    parts = ", ".join(f"“{_short(part)}”" for part in refused.parts[:3])
    if refused.reason and refused.parts:
        message = f"{parts} cannot be done: {refused.reason.rstrip('.')}."
    elif refused.reason:
        message = refused.reason
    else:
        message = f"{parts} was not understood."
    rest = ", ".join(f"“{_short(part)}”" for part in refused.understood[:5])
    message += f" Understood, but not done without the rest: {rest}." if rest else ""
    examples = "; ".join(refused.examples)
    return InputError(
        f"{message} Nothing was changed.",
        code="edit_not_understood",
        next_step=f"Say it in other words, for example: {examples}." if examples else "Send less at once.",
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
