"""Anything that runs, in one shape: workflow runs, exports, tool executions, remix actions, timeline jobs, imports."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, JsonValue

from videogen_agents.contract import ApiError, FileUrlImport, ToolSuccessResult
from videogen_agents.errors import CreditsError, JobFailedError

#: Statuses after which nothing changes any more. ``awaiting_approval`` waits for a person, not for us.
TERMINAL = frozenset({"succeeded", "failed", "cancelled", "canceled"})
AWAITING_APPROVAL = "awaiting_approval"


class JobKind(StrEnum):
    WORKFLOW_RUN = "workflow_run"
    EXPORT = "export"
    TOOL_EXECUTION = "tool_execution"
    REMIX_ACTION = "remix_action"
    TIMELINE_INTERCHANGE = "timeline_interchange"
    FILE_IMPORT = "file_import"


class Job(BaseModel):
    """A snapshot of a job. ``progress`` is 0–100; URLs are signed and expire (seconds since the epoch).

    ``file_id`` and the URLs are those of what the job made; a tool execution that made several files has them in
    ``results`` alone. ``action_type``, ``tool_type`` and ``format`` say more of what runs, None when they do not apply.
    ``stage`` is what the embedded engine is doing now, None from a server that does not say.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    job_id: str
    kind: JobKind
    status: str
    progress: float = Field(default=0.0, validation_alias=AliasChoices("progress", "progressPercentage"))
    attempt_index: int = Field(default=0, validation_alias="attemptIndex")
    project_id: str | None = Field(default=None, validation_alias="projectId")
    project_url: str | None = Field(default=None, validation_alias="projectUrl")
    export_id: str | None = Field(default=None, validation_alias="exportId")
    file_id: str | None = Field(
        default=None, validation_alias=AliasChoices("exportFileId", "interchangeFileId", "fileId")
    )
    download_url: str | None = Field(default=None, validation_alias="downloadUrl")
    download_url_expires_at: int | None = Field(default=None, validation_alias="downloadUrlExpiresAt")
    thumbnail_url: str | None = Field(default=None, validation_alias="thumbnailUrl")
    results: tuple[ToolSuccessResult, ...] = ()
    action_type: str | None = Field(default=None, validation_alias="type")
    tool_type: str | None = Field(default=None, validation_alias="toolType")
    format: str | None = None
    error: ApiError | None = None
    stage: str | None = None

    @classmethod
    def from_wire(cls, job_id: str, kind: JobKind, body: JsonValue, *, project_id: str | None = None) -> Self:
        """A job from a reply of the contract. Raises pydantic.ValidationError when it is none."""
        values = dict(body) if isinstance(body, dict) else {}
        if kind is JobKind.FILE_IMPORT:
            values = _import_values(values)
        if project_id is not None:
            values.setdefault("projectId", project_id)
        job = cls.model_validate({**values, "job_id": job_id, "kind": kind.value})
        if len(job.results) != 1 or job.file_id is not None:
            return job
        (made,) = job.results
        return job.model_copy(
            update={
                "file_id": made.file_id,
                "download_url": made.download_url or made.file.download_url,
                "download_url_expires_at": made.download_url_expires_at or made.file.download_url_expires_at,
                "thumbnail_url": made.thumbnail_url or made.file.thumbnail_url,
            }
        )

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
        """Raise JobFailedError unless the job succeeded or is still going; CreditsError when credits ran out."""
        if self.error is not None and self.error.code == "insufficient_credits" and self.status == "failed":
            raise CreditsError(
                self.error.message,
                ids=self.ids(),
                next_step="Add credits at https://app.videogen.io, then start again.",
            )
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


def _import_values(body: dict[str, JsonValue]) -> dict[str, JsonValue]:
    state = FileUrlImport.model_validate(body)
    error = state.error or (ApiError(message=state.message) if state.message and state.status == "failed" else None)
    file = state.file
    return {
        "status": state.status.value,
        "progress": state.progress_percentage or 0.0,
        "fileId": state.file_id or (file.file_id if file else None),
        "downloadUrl": file.download_url if file else None,
        "downloadUrlExpiresAt": file.download_url_expires_at if file else None,
        "thumbnailUrl": file.thumbnail_url if file else None,
        "error": error.to_wire() if error else None,
    }


class Sidecar(BaseModel):
    """A file beside a film: ``kind`` is srt, vtt, manifest or contact_sheet; beside an edit it is comparison, a picture
    of what looks different. ``url`` is signed and expires.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str
    url: str


class EngineJob(BaseModel):
    """What only our own engine tells about a job.

    ``made_by`` names what had a part in it (``speech: flite``), ``degraded`` what fell back to something lesser,
    ``done`` what an edit did. ``version`` is the one that an edit made, None when it changed nothing;
    ``scenes_rendered`` and ``seconds_rendered`` are what its next export has to render anew.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    stage: str | None = None
    made_by: tuple[str, ...] = Field(default=(), validation_alias="madeBy")
    warnings: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    done: tuple[str, ...] = Field(default=(), validation_alias="notes")
    version: int | None = None
    scenes_rendered: int | None = Field(default=None, validation_alias="scenesRendered")
    seconds_rendered: float | None = Field(default=None, validation_alias="secondsRendered")
    sidecars: tuple[Sidecar, ...] = ()

    def sidecar(self, kind: str) -> str | None:
        """Its URL; None when there is none."""
        return next((sidecar.url for sidecar in self.sidecars if sidecar.kind == kind), None)

    @property
    def notes(self) -> tuple[str, ...]:
        """All that a person should know of the film, as sentences."""
        return tuple(dict.fromkeys((*self.degraded, *self.warnings)))
