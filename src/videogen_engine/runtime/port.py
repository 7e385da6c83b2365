"""The narrow port to the durable runtime. Nothing outside this package knows which engine is behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pydantic import BaseModel

from videogen_agents.errors import InternalError
from videogen_engine.store.records import JobOutcome, JobRecord

ResultT = TypeVar("ResultT", bound=BaseModel)


class StaleRecordError(Exception):
    """What was recorded of a job does not fit the body that runs it now: the job has to start over."""


class JobContext(Protocol):
    """What a workflow body is given. Bodies stay tiny: all work happens in steps."""

    @property
    def job_id(self) -> str: ...

    def expect(self, *steps: str) -> None:
        """Name the steps to come, so that progress is a fraction of all of them, each by its usual share."""
        ...

    def part(self, job_id: str, *steps: str) -> JobContext:
        """A view whose steps count for another job's progress as well: an export that ends a run."""
        ...

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        """Run the stage registered as ``name`` on ``request`` in a killable child process.

        Done work is never done twice: the result is kept by the hash of ``name``, the stage's version and the
        request. Progress goes to the job's row. Raises asyncio.CancelledError when the job is cancelled.
        """
        ...

    def reused(self, name: str) -> bool:
        """Whether the result of step ``name`` was there already, so that this job did no work for it."""
        ...


#: One job from its row to its outcome. It may be started again at any point and must then come to the same end.
JobBody = Callable[[JobRecord, JobContext], Awaitable[JobOutcome]]


@dataclass(frozen=True)
class Workflow:
    """``quick`` jobs have a place of their own, so that they need not wait for films. So have ``background`` jobs,
    which may take long or are waited for by nobody."""

    body: JobBody
    quick: bool = False
    background: bool = False


#: By versioned name (``script_to_video.v1``). A changed order of steps is a new version; the old body stays one
#: release, for the jobs that were started with it.
Workflows = Mapping[str, Workflow]


def newest_version(workflows: Workflows, name: str) -> str:
    """The versioned name that new jobs of workflow ``name`` run. Raises InternalError for an unknown one."""
    versions = [int(key.removeprefix(f"{name}.v")) for key in workflows if key.rpartition(".v")[0] == name]
    if not versions:
        raise InternalError(f"There is no workflow named {name!r}.")
    return f"{name}.v{max(versions)}"


class Runtime(Protocol):
    """Runs and stops jobs whose rows already exist in the metadata store."""

    async def start(self) -> None:
        """Own the data home and run its jobs, or stand by for the process that does."""
        ...

    async def submit(self, job_id: str) -> None:
        """Say that the job's row was written. Idempotent; a row nobody submitted is found all the same."""
        ...

    async def cancel(self, job_id: str) -> None:
        """Ask for the job to be stopped; running work ends within 2 s. Raises NotFoundError."""
        ...

    async def stop(self) -> None:
        """Stop executing here. Unfinished jobs stay resumable."""
        ...
