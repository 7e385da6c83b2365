"""``workflowAgentContext``: notes on how the film shall look and sound, read sentence by sentence, never spoken."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from videogen_agents.contract import (
    AddTransitionsAction,
    AddZoomAction,
    DisableCaptionsAction,
    EnableCaptionsAction,
    GenerateMusicAction,
    RegenerateImagesAction,
)
from videogen_agents.errors import VideoError
from videogen_engine.frozen import Frozen
from videogen_engine.remix.plain_language.doing import done
from videogen_engine.remix.plain_language.operations import (
    ChangeMusicVolume,
    Operation,
    ReplacePicture,
    ResizeCaptions,
    RestyleScenes,
)
from videogen_engine.remix.plain_language.outline import outline_of
from videogen_engine.remix.plain_language.reading import Understood, read
from videogen_engine.remix.table import EDITS
from videogen_engine.runtime.port import JobContext, StaleRecordError
from videogen_engine.store.records import JobOutcome
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import StyleKind
from videogen_engine.workflows.remix_workshop import JobWorkshop
from videogen_engine.workflows.room import WorkflowRoom

#: What notes may ask for. Words, voice, scenes and shape are the request's own.
_MANNER: Final = (
    AddTransitionsAction,
    AddZoomAction,
    DisableCaptionsAction,
    EnableCaptionsAction,
    GenerateMusicAction,
    ChangeMusicVolume,
    ReplacePicture,
    ResizeCaptions,
    RestyleScenes,
)
_MOST_SENTENCES: Final = 12
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_FIELD: Final = "workflowAgentContext"


class Noted(Frozen):
    """The film as the notes want it. ``notes`` say what was done, ``degraded`` what could not be."""

    timeline: Timeline
    notes: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()

    def told(self, outcome: JobOutcome) -> JobOutcome:
        """The outcome of the film, with what was done for the notes."""
        return outcome.model_copy(
            update={"notes": (*self.notes, *outcome.notes), "degraded": (*self.degraded, *outcome.degraded)}
        )


async def with_production_notes(
    timeline: Timeline, text: str | None, context: JobContext, room: WorkflowRoom, project_id: str
) -> Noted:
    """Each sentence that the grammar of plain edits reads, and that is about how the film looks or sounds, is done.

    A sentence that is neither changes nothing; ``notes`` name it.
    """
    sentences = [part.strip() for part in _SENTENCE_END.split(text or "") if any(char.isalnum() for char in part)]
    workshop = JobWorkshop(context, room, project_id, 0)
    film = timeline
    notes: list[str] = []
    degraded: list[str] = []
    unread = sentences[_MOST_SENTENCES:]
    for sentence in sentences[:_MOST_SENTENCES]:
        reading = read(sentence, outline_of(film))
        if (
            not isinstance(reading, Understood)
            or reading.corrected
            or not all(map(_is_manner(film), reading.operations))
        ):
            unread.append(sentence)
            continue
        try:
            edited = await done(reading.operations, film, workshop, EDITS)
        except StaleRecordError:
            raise
        except VideoError as error:
            degraded.append(f"{_FIELD}: “{sentence}” could not be done: {error.message}")
            continue
        film = edited.timeline
        notes += [f"{_FIELD}: {note}" for note in edited.notes]
        degraded += edited.degraded
    if unread:
        listed = " ".join(f"“{_shortened(sentence)}”" for sentence in unread[:5])
        more = f" and {len(unread) - 5} more" if len(unread) > 5 else ""
        notes.append(f"{_FIELD}: nothing was changed for {listed}{more}.")
    return Noted(timeline=film, notes=tuple(notes), degraded=tuple(degraded))


def _is_manner(film: Timeline) -> Callable[[Operation], bool]:
    """Whether an operation is about how ``film`` looks or sounds. A look that the request describes stays."""
    free = film.style.kind is StyleKind.STOCK

    def asks(operation: Operation) -> bool:
        return isinstance(operation, _MANNER) or (free and isinstance(operation, RegenerateImagesAction))

    return asks


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= 80 else sentence[:79].rstrip() + "…"
