"""Anything that runs, in one shape: workflow runs, exports, tool executions, remix actions, timeline jobs."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, JsonValue

from videogen_agents.contract import ApiError, ToolSuccessResult
from videogen_agents.errors import JobFailedError

#: Statuses after which nothing changes any more. ``awaiting_approval`` waits for a person, not for us.
TERMINAL = frozenset({"succeeded", "failed", "cancelled", "canceled"})
AWAITING_APPROVAL = "awaiting_approval"


class JobKind(StrEnum):
    WORKFLOW_RUN = "workflow_run"
    EXPORT = "export"
    TOOL_EXECUTION = "tool_execution"
    REMIX_ACTION = "remix_action"
    TIMELINE_INTERCHANGE = "timeline_interchange"


class Job(BaseModel):
    """A snapshot of a job. ``progress`` is 0–100; URLs are signed and expire (seconds since the epoch).

    ``stage`` is what the embedded engine is doing now, None from a server that does not say.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    job_id: str
    kind: JobKind
    status: str
    progress: float = Field(default=0.0, validation_alias=AliasChoices("progress", "progressPercentage"))
    attempt_index: int = Field(default=0, validation_alias="attemptIndex")
    project_id: str | None = Field(default=None, validation_alias="projectId")
    project_url: str | None = Field(default=None, validation_alias="projectUrl")
    export_id: str | None = Field(default=None, validation_alias="exportId")
    file_id: str | None = Field(default=None, validation_alias=AliasChoices("exportFileId", "interchangeFileId"))
    download_url: str | None = Field(default=None, validation_alias="downloadUrl")
    download_url_expires_at: int | None = Field(default=None, validation_alias="downloadUrlExpiresAt")
    thumbnail_url: str | None = Field(default=None, validation_alias="thumbnailUrl")
    results: tuple[ToolSuccessResult, ...] = ()
    error: ApiError | None = None
    stage: str | None = None

    @classmethod
    def from_wire(cls, job_id: str, kind: JobKind, body: JsonValue, *, project_id: str | None = None) -> Self:
        """A job from a reply of the contract. Raises pydantic.ValidationError when it is none."""
        values = dict(body) if isinstance(body, dict) else {}
        if project_id is not None:
            values.setdefault("projectId", project_id)
        return cls.model_validate({**values, "job_id": job_id, "kind": kind.value})

    @property
    def finished(self) -> bool:
        return self.status in TERMINAL

    @property
    def waiting_for_person(self) -> bool:
        return self.status == AWAITING_APPROVAL

    def ids(self) -> dict[str, str]:
        """Every id known, by name."""
        named = {
            f"{self.kind.value}_id": self.job_id,
            "project_id": self.project_id,
            "export_id": self.export_id,
            "file_id": self.file_id,
        }
        return {name: value for name, value in named.items() if value}

    def raise_for_failure(self) -> None:
        """Raise JobFailedError unless the job succeeded or is still going."""
        if self.status in ("failed", "cancelled", "canceled"):
            reason = self.error.message if self.error else f"The job was {self.status}."
            raise JobFailedError(
                reason,
                code=(self.error.code if self.error and self.error.code else f"job_{self.status}"),
                ids=self.ids(),
                next_step="Change the input and start again."
                if self.status == "failed"
                else "Start again when the user wants it.",
            )


class Sidecar(BaseModel):
    """A file beside a film: ``kind`` is srt, vtt or manifest; ``url`` is signed and expires."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str
    url: str


class EngineJob(BaseModel):
    """What only our own engine tells about a job.

    ``made_by`` names what had a part in it (``speech: flite``), ``degraded`` what fell back to something lesser.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    stage: str | None = None
    made_by: tuple[str, ...] = Field(default=(), validation_alias="madeBy")
    warnings: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    sidecars: tuple[Sidecar, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """All that a person should know of the film, as sentences."""
        return tuple(dict.fromkeys((*self.degraded, *self.warnings)))
