"""What a tool answers: a short text for the model, declared fields for programs, links for hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from videogen_agents.errors import VideoError

#: Characters of a foreign text (a server's message, a title) that a result repeats at most.
MAX_QUOTED = 600


def one_line(text: str) -> str:
    """``text`` without line breaks and of a length that a model is willing to read."""
    flat = " ".join(text.split())
    return flat if len(flat) <= MAX_QUOTED else flat[: MAX_QUOTED - 1] + "…"


class ToolResult(BaseModel):
    """Base of all result models; camelCase on the wire, exactly the declared fields."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


class NextCall(ToolResult):
    """The tool to call next, with its arguments as one JSON text."""

    tool: str
    arguments: str = "{}"


@dataclass(frozen=True)
class FileLink:
    """A file that a host may open: an absolute path or a URL, never both. ``size`` in bytes."""

    name: str
    media_type: str
    path: Path | None = None
    url: str | None = None
    size: int | None = None

    @property
    def uri(self) -> str:
        return self.path.as_uri() if self.path is not None else (self.url or "")


@dataclass(frozen=True)
class Thumbnail:
    """A still of at most 100 kB, or a sheet of stills of at most 150 kB."""

    data: bytes
    media_type: str = "image/jpeg"


class ErrorResult(ToolResult):
    """A failed call: ``kind`` says what the reader can do (fix_input, retry_later, ask_user, bug)."""

    code: str
    kind: str
    message: str
    ids: list[str] = Field(default_factory=list)
    next: str | None = None


@dataclass(frozen=True)
class ToolOutcome:
    """``text`` alone suffices: at most three lines. ``data`` is the tool's result model, or ErrorResult."""

    text: str
    data: ToolResult
    is_error: bool = False
    links: tuple[FileLink, ...] = field(default=())
    thumbnail: Thumbnail | None = None
    error: VideoError | None = None

    @classmethod
    def from_error(cls, error: VideoError) -> ToolOutcome:
        data = ErrorResult(
            code=error.code,
            kind=error.kind.value,
            message=one_line(error.message),
            ids=[one_line(f"{name}={value}") for name, value in sorted(error.ids.items())],
            next=None if error.next_step is None else one_line(error.next_step),
        )
        lines = [f"{data.message} [{data.code}, {data.kind}]"]
        if data.ids:
            lines.append(f"ids: {', '.join(data.ids)}")
        if data.next:
            lines.append(f"next: {data.next}")
        return cls("\n".join(lines), data, is_error=True, error=error)
