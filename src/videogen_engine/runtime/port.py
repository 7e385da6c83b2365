"""The narrow port to the durable runtime. Nothing outside this package knows which engine is behind it."""

from __future__ import annotations

from typing import Protocol, TypeVar

from pydantic import BaseModel

ResultT = TypeVar("ResultT", bound=BaseModel)


class JobContext(Protocol):
    """What a workflow body is given. Bodies stay tiny: all work happens in steps."""

    @property
    def job_id(self) -> str: ...

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        """Run the stage registered as ``name`` on ``request`` in a killable child process.

        Done work is never done twice: the result is kept by the hash of ``name``, the stage's version and the
        request. Progress goes to the job's row. Raises asyncio.CancelledError when the job is cancelled.
        """
        ...


class Runtime(Protocol):
    """Submits and stops jobs whose rows already exist in the metadata store."""

    async def start(self) -> None:
        """Own the data home and run its queue, or become a client of the process that does."""
        ...

    async def submit(self, job_id: str) -> None:
        """Queue the job. Idempotent by ``job_id``."""
        ...

    async def cancel(self, job_id: str) -> None:
        """Stop the job; running work ends within 2 s."""
        ...

    async def stop(self) -> None:
        """Stop executing here. Unfinished jobs stay resumable."""
        ...
