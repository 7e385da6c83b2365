"""The theme of a film of slides: what it was found to be at the start, and what it is read to be."""

from __future__ import annotations

import asyncio

from pydantic import Field

from videogen_agents.contract import SlideshowToVideoRequest
from videogen_agents.contract.base import Request
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import READ_THEME
from videogen_engine.slides.model import Deck, ThemeReading, ThemeRequest
from videogen_engine.slides.themes import BUILT_IN_THEMES
from videogen_engine.visuals.model import SlideTheme
from videogen_engine.workflows.remix_workshop import users_file
from videogen_engine.workflows.room import WorkflowRoom


class ThemeSource(Request):
    """``built_in`` is the name of a theme of the engine's own; otherwise the files show it, or else the words."""

    name: str
    built_in: str | None = None
    file_ids: list[str] = Field(default_factory=list[str])
    words: str | None = None


class SlideshowRun(SlideshowToVideoRequest):
    """The request with its theme: the run keeps it, whatever becomes of the entity."""

    theme: ThemeSource | None = None


def theme_steps(source: ThemeSource | None) -> tuple[str, ...]:
    """The steps that ``theme_of`` takes."""
    return () if source is None or source.built_in is not None else (READ_THEME,)


async def theme_of(source: ThemeSource | None, context: JobContext, room: WorkflowRoom) -> ThemeReading:
    """The theme, if any. Raises NotFoundError for a reference that is gone, and what the stage raises."""
    if source is None:
        return ThemeReading(theme=None)
    if source.built_in is not None:
        return ThemeReading(theme=BUILT_IN_THEMES[source.built_in][1])
    found = await asyncio.to_thread(room.store.files.get_many, source.file_ids)
    references = tuple(users_file(file_id, found.get(file_id)) for file_id in source.file_ids)
    request = ThemeRequest(name=source.name, references=references, words=source.words or "")
    return await context.step(READ_THEME, request, ThemeReading)


def untouched(theme: SlideTheme | None, deck: Deck) -> tuple[str, ...]:
    """What the theme could not change, as a sentence for the user."""
    if theme is None or not deck.exact:
        return ()
    return (
        f"The slides are exact pictures of your document, so the theme “{theme.name}” leaves their colours and fonts "
        "alone: it styles the ground around them and the captions. A PowerPoint file that is set anew takes all of it.",
    )
