"""One row of the tool table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import JsonValue

from videogen_agents.config import Settings
from videogen_agents.tools.result import ToolOutcome, ToolResult
from videogen_agents.tools.spend import FREE, Cost

if TYPE_CHECKING:
    # Listing tools must not load the client: it is a third of a host's start.
    from videogen_agents.client import VideoClient
    from videogen_agents.tools.transfer_desk import TransferDesk

InputT = TypeVar("InputT")

#: Progress 0–100 with a short message.
ReportProgress = Callable[[float, str], None]


class ToolContext(Protocol):
    """What a tool function is given beside its input."""

    @property
    def client(self) -> VideoClient: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def report(self) -> ReportProgress: ...

    def allowed_path(self, path: str) -> Path:
        """An absolute path inside the allowed roots, symlinks resolved; raises InputError."""
        ...

    @property
    def transfers(self) -> TransferDesk:
        """Transfers that outlive a call."""
        ...

    @property
    def may_save(self) -> bool:
        """Whether this call may write a file: not under a read-only policy."""
        ...


@dataclass(frozen=True)
class ToolFlags:
    """True to what the tool does: hosts decide by these whether to ask a person.

    ``saves``: its only effect is a file in an allowed folder. Under a read-only policy such a tool stays, reads, and
    saves nothing.
    """

    read_only: bool = False
    saves: bool = False
    destructive: bool = False
    idempotent: bool = False
    paid: bool = False
    open_world: bool = False


def _free(_request: object) -> Cost:
    return FREE


@dataclass(frozen=True)
class ToolSpec(Generic[InputT]):
    """``schema`` is the flat input schema for models; ``parse`` validates by the true models and raises InputError.

    ``cost`` is what the request costs on the hosted backend.
    """

    name: str
    title: str
    toolset: str
    description: str
    schema: Mapping[str, JsonValue]
    result: type[ToolResult]
    parse: Callable[[dict[str, Any]], InputT]
    run: Callable[[InputT, ToolContext], Awaitable[ToolOutcome]]
    flags: ToolFlags = ToolFlags()
    cost: Callable[[InputT], Cost] = _free
