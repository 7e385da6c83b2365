"""The workshop of edits: the job's own durable steps, and the store's files."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from pydantic import BaseModel

from videogen_agents.errors import NotFoundError
from videogen_engine.providers.language_model import Answer, Question
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import PICTURE, SPEAK
from videogen_engine.settings import Limits
from videogen_engine.speech.model import Narration, SpeechRequest
from videogen_engine.stage import MediaRef
from videogen_engine.store.records import FileRecord, FileState, Rendition
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import FeaturedFile, PictureRequest, PictureSet
from videogen_engine.workflows.asking import ask
from videogen_engine.workflows.room import WorkflowRoom

ResultT = TypeVar("ResultT", bound=BaseModel)


class JobWorkshop:
    """See ``remix.workshop.Workshop``. ``version`` is the one that the edit starts from."""

    def __init__(self, context: JobContext, room: WorkflowRoom, project_id: str, version: int) -> None:
        self._context = context
        self._room = room
        self._project_id = project_id
        self._version = version

    @property
    def limits(self) -> Limits:
        return self._room.settings.limits

    @property
    def language_model(self) -> str | None:
        endpoint = self._room.settings.language_model
        return None if endpoint is None else endpoint.label

    @property
    def edit_readers(self) -> str:
        return self._room.settings.edit_readers

    async def ask(self, question: Question) -> Answer:
        return await ask(self._context, self._room, question)

    async def speak(self, request: SpeechRequest) -> Narration:
        return await self._context.step(SPEAK, request, Narration)

    async def picture(self, request: PictureRequest) -> PictureSet:
        return await self._context.step(PICTURE, request, PictureSet)

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        return await self._context.step(name, request, result)

    async def file(self, file_id: str) -> FeaturedFile:
        found = await asyncio.to_thread(self._room.store.files.get_many, [file_id])
        return users_file(file_id, found.get(file_id))

    async def earlier(self, steps: int = 1) -> Timeline | None:
        found = await asyncio.to_thread(self._room.store.projects.ancestor, self._project_id, self._version, steps)
        return None if found is None else Timeline.model_validate_json(found.timeline_json)

    async def later(self) -> Timeline | None:
        found = await asyncio.to_thread(self._room.store.projects.successor, self._project_id, self._version)
        return None if found is None else Timeline.model_validate_json(found.timeline_json)


def users_file(file_id: str, file: FileRecord | None) -> FeaturedFile:
    """The user's file for use in a film. Raises NotFoundError when it is not there, or no longer."""
    source = None if file is None else file.source(Rendition.DOWNLOAD)
    if file is None or source is None or file.state is not FileState.READY:
        raise NotFoundError(
            f"The file {file_id!r} is no longer there.",
            ids={"file_id": file_id},
            next_step="Upload it again, or leave it out.",
        )
    return FeaturedFile(
        file_id=file_id,
        media=MediaRef(key=source.media_key, media_type=source.media_type, size=source.size),
        display_name=file.display_name,
        duration=file.duration_seconds,
    )
