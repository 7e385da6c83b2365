"""What an edit may have made for it: durable steps, and the user's files."""

from __future__ import annotations

from typing import Protocol, TypeVar

from pydantic import BaseModel

from videogen_engine.providers.language_model import Answer, Question
from videogen_engine.speech.model import Narration, SpeechRequest
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import FeaturedFile, PictureRequest, PictureSet

ResultT = TypeVar("ResultT", bound=BaseModel)


class WorkLimits(Protocol):
    """What a film may be: the engine's ``Limits``, as far as edits need them."""

    @property
    def max_script_chars(self) -> int: ...

    @property
    def max_scenes(self) -> int: ...

    @property
    def max_duration_seconds(self) -> float: ...


class Workshop(Protocol):
    """Each of these is kept by the hash of its request, so asking again costs nothing.

    They raise what the stages raise. An edit must ask in the same order whenever it is given the same timeline.
    """

    @property
    def limits(self) -> WorkLimits: ...

    @property
    def language_model(self) -> str | None:
        """The model that would answer, None when none is configured."""
        ...

    @property
    def edit_readers(self) -> str:
        """Who reads plain language: ``grammar``, ``grammar-first`` or ``model-first``."""
        ...

    async def ask(self, question: Question) -> Answer:
        """Ask the language model. Raises UnavailableError without one, and what the model raises."""
        ...

    async def speak(self, request: SpeechRequest) -> Narration: ...

    async def picture(self, request: PictureRequest) -> PictureSet: ...

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        """Any other stage, by its name in the registry."""
        ...

    async def file(self, file_id: str) -> FeaturedFile:
        """A ready file of the user's. Raises NotFoundError when it is not there, or no longer."""
        ...

    async def earlier(self, steps: int = 1) -> Timeline | None:
        """The film as it was ``steps`` edits ago, None when there were not so many. See ``Edited.steps_back``."""
        ...

    async def later(self) -> Timeline | None:
        """The film as it was before the last undo, None when nothing was undone."""
        ...
