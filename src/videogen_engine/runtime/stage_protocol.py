"""What the engine and its stage process say to one another: one JSON object per line, both ways."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from videogen_agents import errors
from videogen_agents.errors import InternalError, VideoError
from videogen_engine.frozen import Frozen

#: Longest line either side accepts, in bytes. The timeline of a four-hour film is about a tenth of it.
MAX_LINE_BYTES = 256 * 1024**2


class RunCommand(Frozen):
    """Run ``stage`` on ``request`` (its request model as JSON). ``scratch`` is the call's own folder."""

    type: Literal["run"] = "run"
    call: int
    stage: str
    request: str
    media_url: str
    scratch: str
    memory_bytes: int


class CancelCommand(Frozen):
    type: Literal["cancel"] = "cancel"
    call: int


class WarmCommand(Frozen):
    """Load the modules of ``stages`` in the background, so that their first run starts at once."""

    type: Literal["warm"] = "warm"
    stages: tuple[str, ...]


class ProgressReply(Frozen):
    type: Literal["progress"] = "progress"
    call: int
    fraction: float
    message: str


class DoneReply(Frozen):
    """The result was published in the artifact store at the step's key."""

    type: Literal["done"] = "done"
    call: int


class CancelledReply(Frozen):
    type: Literal["cancelled"] = "cancelled"
    call: int


class WireError(Frozen):
    """A VideoError with every field it had; ``error_class`` names its place in the tree."""

    error_class: str
    message: str
    code: str | None = None
    next_step: str | None = None
    ids: dict[str, str] = Field(default_factory=dict)
    retry_after: float | None = None
    status: int | None = None
    requirement: str | None = None

    @classmethod
    def of(cls, error: VideoError) -> WireError:
        return cls(
            error_class=type(error).__name__,
            message=error.message,
            code=error.code,
            next_step=error.next_step,
            ids=error.ids,
            retry_after=error.retry_after,
            status=error.status,
            requirement=error.requirement,
        )

    def error(self) -> VideoError:
        """The same error again. A class this version does not know becomes InternalError."""
        found: object = getattr(errors, self.error_class, None)
        kind = found if isinstance(found, type) and issubclass(found, VideoError) else InternalError
        return kind(
            self.message,
            code=self.code,
            next_step=self.next_step,
            ids=self.ids,
            retry_after=self.retry_after,
            status=self.status,
            requirement=self.requirement,
        )


class FailedReply(Frozen):
    type: Literal["failed"] = "failed"
    call: int
    error: WireError


Command = Annotated[RunCommand | CancelCommand | WarmCommand, Field(discriminator="type")]
Reply = Annotated[ProgressReply | DoneReply | CancelledReply | FailedReply, Field(discriminator="type")]

COMMANDS: TypeAdapter[RunCommand | CancelCommand | WarmCommand] = TypeAdapter(Command)
REPLIES: TypeAdapter[ProgressReply | DoneReply | CancelledReply | FailedReply] = TypeAdapter(Reply)


def line(message: Frozen) -> bytes:
    """One message as one line. JSON escapes every newline inside it."""
    return message.model_dump_json().encode() + b"\n"
