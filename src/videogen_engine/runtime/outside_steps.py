"""Steps that ask an outside service, run where the runtime is: many of them may wait at once, beside the films."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from pydantic import BaseModel

from videogen_agents.errors import InternalError, VideoError
from videogen_engine.providers.outside import OutsideRoom
from videogen_engine.runtime.stage_registry import StageRegistry, result_key, spec_of
from videogen_engine.settings import EngineSettings
from videogen_engine.stage import ArtifactStore

ResultT = TypeVar("ResultT", bound=BaseModel)


class OutsideSteps:
    """Runs and keeps them as the stage processes do theirs: the result is in the store before it is given out."""

    def __init__(self, settings: EngineSettings, artifacts: ArtifactStore, registry: StageRegistry) -> None:
        self._settings = settings
        self._artifacts = artifacts
        self._registry = registry

    async def run(
        self, step: str, request: BaseModel, result: type[ResultT], on_progress: Callable[[float, str], None]
    ) -> ResultT:
        """Raises the VideoError the step raised, InternalError for any other exception in it."""
        spec = spec_of(self._registry, step)
        # The annotation of a stage's function is of those that run in a stage process.
        function = cast("Callable[[BaseModel, OutsideRoom], Awaitable[BaseModel]]", await asyncio.to_thread(spec.load))
        room = OutsideRoom(self._settings, self._artifacts.path, lambda message: on_progress(0.0, message))
        try:
            made = await function(request, room)
        except VideoError:
            raise
        except Exception as error:
            # Its text may hold what was sent, so only its kind is told.
            raise InternalError(f"The step {step!r} failed: {type(error).__name__}.", code="step_failed") from error
        if not isinstance(made, result):
            raise InternalError(f"The step {step!r} gave another result than it is registered with.")
        await asyncio.to_thread(self._publish, result_key(step, spec, request), made)
        return made

    def _publish(self, key: str, made: BaseModel) -> None:
        self._settings.scratch.mkdir(parents=True, exist_ok=True)
        path = self._settings.scratch / f"outside-{uuid.uuid4().hex}.json"
        path.write_bytes(made.model_dump_json().encode())
        try:
            self._artifacts.publish(key, path, "application/json")
        finally:
            path.unlink(missing_ok=True)
