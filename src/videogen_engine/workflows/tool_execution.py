"""A standalone tool makes its results, one after the other, and they become files."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel

from videogen_agents.contract import FileScope, ToolRequest
from videogen_agents.errors import InternalError
from videogen_engine.assets.model import GivenEntity, GivenFile, MadeAsset
from videogen_engine.assets.table import REQUESTS, asset_of
from videogen_engine.runtime.port import JobContext
from videogen_engine.settings import EngineSettings, Limits
from videogen_engine.stage import MediaRef
from videogen_engine.store.ids import IdPrefix
from videogen_engine.store.records import JobOutcome, JobRecord, NewFile, Rendition, StoredSource, ToolJob
from videogen_engine.workflows.room import WorkflowRoom

ResultT = TypeVar("ResultT", bound=BaseModel)


class _JobBench:
    """See ``assets.asset.Bench``."""

    def __init__(self, context: JobContext, settings: EngineSettings, asked: ToolJob) -> None:
        self._context = context
        self._files = {file.file_id: file for file in asked.files}
        self._entities = {entity.entity_id: entity for entity in asked.entities}
        self._settings = settings

    @property
    def limits(self) -> Limits:
        return self._settings.limits

    @property
    def lines(self) -> int | None:
        return self._settings.render_lines

    @property
    def encoding(self) -> str:
        return self._settings.encoding

    def file(self, file_id: str) -> GivenFile:
        try:
            return self._files[file_id]
        except KeyError:
            raise InternalError(f"The file {file_id!r} was not looked at when the tool was started.") from None

    def entity(self, entity_id: str) -> GivenEntity:
        try:
            return self._entities[entity_id]
        except KeyError:
            raise InternalError(f"The entity {entity_id!r} was not looked at when the tool was started.") from None

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        return await self._context.step(name, request, result)


async def tool_execution(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """The files appear together, once the last is made. Raises what the asset and its stages raise."""
    asked = ToolJob.model_validate_json(job.request_json)
    asset = asset_of(asked.tool)
    request = REQUESTS[asked.tool].model_validate_json(asked.tool_request_json)
    context.expect(*asset.steps * request.num_results)
    bench = _JobBench(context, room.settings, asked)
    made = [await asset.make(request, variant, bench) for variant in range(request.num_results)]
    files = [_file(job, asked, request, one, variant) for variant, one in enumerate(made)]
    # After a crash between the files and the job's end, they are there already.
    there = await asyncio.to_thread(room.store.files.get_many, [file.file_id for file in files])
    for file in files:
        if file.file_id not in there:
            await asyncio.to_thread(room.store.files.create, file)
    for record in (await asyncio.to_thread(room.store.files.get_many, [file.file_id for file in files])).values():
        await asyncio.to_thread(room.store.library.start_analysis, record)
    return JobOutcome(
        file_id=files[0].file_id,
        file_ids=tuple(file.file_id for file in files),
        duration_seconds=made[0].seconds,
        made_by=_once(one.made_by for one in made),
        degraded=_once(one.degraded for one in made),
        warnings=_once(one.warnings for one in made),
        notes=_once(one.notes for one in made),
    )


def _file(job: JobRecord, asked: ToolJob, request: ToolRequest, made: MadeAsset, variant: int) -> NewFile:
    sources = [_source(Rendition.DOWNLOAD, made.media, made.width, made.height)]
    if (picture := made.thumbnail) is not None:
        sources.append(_source(Rendition.THUMBNAIL, picture.media, picture.width, picture.height))
    several = request.num_results > 1
    return NewFile(
        file_id=f"{IdPrefix.FILE}{job.job_id.removeprefix(IdPrefix.TOOL_EXECUTION)}{variant:02d}",
        scope=FileScope.TEMPORARY if request.is_output_temporary else FileScope.GLOBAL,
        display_name=f"{made.name} ({variant + 1})" if several else made.name,
        type=made.type,
        description=made.description,
        duration_seconds=made.seconds,
        transcript=made.transcript,
        temporary=request.is_output_temporary,
        source_tool_type=asked.tool.value,
        source_tool_execution_id=job.job_id,
        sources=tuple(sources),
    )


def _source(rendition: Rendition, media: MediaRef, width: int | None, height: int | None) -> StoredSource:
    return StoredSource(
        rendition=rendition,
        media_key=media.key,
        media_type=media.media_type,
        size=media.size,
        width=width,
        height=height,
    )


def _once(sentences: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence for some in sentences for sentence in some))
