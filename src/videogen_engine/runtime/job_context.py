"""One job's steps: reused when their result is there, else run in a stage process and recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from videogen_agents.errors import InternalError, VideoError
from videogen_engine.frozen import Frozen
from videogen_engine.runtime.attempts import AttemptLog, Happening
from videogen_engine.runtime.media_refs import media_refs
from videogen_engine.runtime.outside_steps import OutsideSteps
from videogen_engine.runtime.port import StaleRecordError
from videogen_engine.runtime.progress import ProgressLine
from videogen_engine.runtime.stage_process import StageCrashedError, StagePool
from videogen_engine.runtime.stage_protocol import WireError
from videogen_engine.runtime.stage_registry import StageRegistry, result_key, spec_of
from videogen_engine.stage import ArtifactStore, MediaRef
from videogen_engine.store.jobs import Jobs

ResultT = TypeVar("ResultT", bound=BaseModel)

#: How often one step may take its process down before the job is given up.
MOST_CRASHES = 3


class StepOutcome(Frozen):
    """What the durable engine records of a step: where the result is, or the error it ended with."""

    key: str
    error: WireError | None = None


#: Runs ``work`` as a durable step: at once, or not at all when its outcome was recorded before.
Record = Callable[[str, Callable[[], Awaitable[StepOutcome]]], Awaitable[StepOutcome]]


@dataclass(frozen=True)
class StepRoom:
    """What every job's steps share. ``exists`` tells whether media are still stored."""

    pool: StagePool
    outside: OutsideSteps
    registry: StageRegistry
    artifacts: ArtifactStore
    exists: Callable[[MediaRef], bool]
    log: AttemptLog
    jobs: Jobs
    record: Record
    stopping: asyncio.Event


class StepContext:
    """The runtime's JobContext."""

    def __init__(self, room: StepRoom, job_id: str, lines: tuple[ProgressLine, ...] = ()) -> None:
        self._room = room
        self._job_id = job_id
        self._lines = lines or (ProgressLine(room.jobs, job_id),)
        self._parts: list[StepContext] = []
        self._loaded: dict[str, BaseModel] = {}
        self._reused: set[str] = set()

    @property
    def job_id(self) -> str:
        return self._job_id

    def expect(self, *steps: str) -> None:
        for line in self._lines:
            line.expect(steps)

    def part(self, job_id: str, *steps: str) -> StepContext:
        part = StepContext(self._room, self._job_id, (*self._lines, ProgressLine(self._room.jobs, job_id, steps)))
        self._parts.append(part)
        return part

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        """See ``port.JobContext``. Raises the stage's VideoError, the first time and on every replay."""
        key = result_key(name, spec_of(self._room.registry, name), request)
        for line in self._lines:
            line.report(name, 0.0, "")
        outcome = await self._room.record(name, lambda: self._ensure(name, key, request, result))
        if outcome.key != key:
            raise StaleRecordError(f"The record of step {name!r} is of another request.")
        if outcome.error is not None:
            raise outcome.error.error()
        found = await self._result(key, result)
        if found is None:
            # The record says done, but the result was dropped from the store since. Make it again.
            again = await self._ensure(name, key, request, result)
            if again.error is not None:
                raise again.error.error()
            found = await self._result(key, result)
        if found is None:
            raise InternalError(f"The result of the {name!r} stage was dropped while it was in use.")
        for line in self._lines:
            await line.finish(name)
        return found

    def reused(self, name: str) -> bool:
        return name in self._reused

    async def close(self) -> None:
        for part in self._parts:
            await part.close()
        for line in self._lines:
            await line.close()

    async def _ensure(self, name: str, key: str, request: BaseModel, result: type[BaseModel]) -> StepOutcome:
        """Have the result in the store, made now if need be. Errors are part of the outcome."""
        if (found := await asyncio.to_thread(self._load, key, result)) is not None:
            self._loaded[key] = found
            self._reused.add(name)
            self._note(Happening.REUSED, name, key)
            return StepOutcome(key=key)
        outside = spec_of(self._room.registry, name).outside
        run = self._room.outside.run if outside else self._room.pool.run
        crash: StageCrashedError | None = None
        for _ in range(MOST_CRASHES):
            self._note(Happening.STARTED, name, key)
            try:
                self._loaded[key] = await run(name, request, result, self._reporter(name))
            except StageCrashedError as error:
                crash = error
                self._note(Happening.CRASHED, name, key, error.message)
            except VideoError as error:
                self._note(Happening.FAILED, name, key, error.message)
                return StepOutcome(key=key, error=WireError.of(error))
            except asyncio.CancelledError:
                stopping = self._room.stopping.is_set()
                self._note(Happening.INTERRUPTED if stopping else Happening.CANCELLED, name, key)
                raise
            else:
                self._note(Happening.DONE, name, key)
                return StepOutcome(key=key)
        return StepOutcome(key=key, error=WireError.of(_given_up(name, crash)))

    def _reporter(self, name: str) -> Callable[[float, str], None]:
        def report(fraction: float, message: str) -> None:
            for line in self._lines:
                line.report(name, fraction, message)

        return report

    async def _result(self, key: str, result: type[ResultT]) -> ResultT | None:
        found = self._loaded.pop(key, None)
        return found if isinstance(found, result) else await asyncio.to_thread(self._load, key, result)

    def _load(self, key: str, result: type[ResultT]) -> ResultT | None:
        """The stored result, or None when it, or any media it refers to, is not in the store."""
        ref = self._room.artifacts.find(key)
        if ref is None:
            return None
        document = result.model_validate_json(self._room.artifacts.path(ref).read_bytes())
        return document if all(self._room.exists(media) for media in media_refs(document)) else None

    def _note(self, happening: Happening, name: str, key: str, detail: str | None = None) -> None:
        self._room.log.write(happening, job_id=self._job_id, step=name, key=key, detail=detail)


def _given_up(name: str, crash: StageCrashedError | None) -> InternalError:
    reason = "" if crash is None else f" {crash.message}"
    return InternalError(
        f"The {name!r} stage took its process down {MOST_CRASHES} times, so the job was given up.{reason}",
        code="stage_crashed",
        next_step="Look into logs/stages.log in the data home; the same request can be sent again, "
        "and what was finished is kept.",
    )
