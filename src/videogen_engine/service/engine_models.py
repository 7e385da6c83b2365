"""What the engine tells beyond the contract, under ``/engine/v1``. Times are seconds."""

from __future__ import annotations

from pydantic import Field, JsonValue

from videogen_agents.contract import ApiError, JobStatus, Response, Timestamp
from videogen_agents.contract.base import Nullable, Progress


class Sidecar(Response):
    """A file beside an export's film: ``kind`` is srt, vtt, manifest or contact_sheet; ``url`` is signed.

    Beside an edit it is ``comparison``: what looks different, before and after.
    """

    kind: str
    media_type: str
    url: str
    file_bytes: int


class FilmFinding(Response):
    """Something wrong with a film. Seconds; ``scene`` counts from 1, null is the whole film.

    ``mend_tool`` with ``mend_arguments`` is the tool call that mends it.
    """

    kind: str
    start_seconds: float
    end_seconds: float
    scene: Nullable[int] = None
    sentence: str
    mend_tool: str
    mend_arguments: dict[str, JsonValue]


class ProjectFindings(Response):
    """Of the project's newest finished export; ``export_id`` is null while there is none."""

    project_id: str
    export_id: Nullable[str] = None
    version: Nullable[int] = None
    findings: list[FilmFinding]


class JobDetail(Response):
    """``stage`` is what is happening now, for people. Counts and lists are there once the job has succeeded."""

    job_id: str
    kind: str
    workflow: str
    status: JobStatus
    progress_percentage: Progress
    stage: Nullable[str] = None
    attempt_index: int
    project_id: Nullable[str] = None
    parent_job_id: Nullable[str] = None
    cancel_requested: bool
    created_at: Timestamp
    updated_at: Timestamp
    error: Nullable[ApiError] = None
    export_id: Nullable[str] = None
    file_id: Nullable[str] = None
    duration_seconds: Nullable[float] = None
    scenes_reused: Nullable[int] = None
    scenes_rendered: Nullable[int] = None
    frames_rendered: Nullable[int] = None
    seconds_rendered: Nullable[float] = None
    version: Nullable[int] = None
    made_by: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    degraded: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    sidecars: list[Sidecar] = Field(default_factory=list)
    findings: list[FilmFinding] = Field(default_factory=list)


class SceneWord(Response):
    """One spoken word; seconds from the film's start."""

    word: str
    start_seconds: float
    end_seconds: float


class SceneSource(Response):
    """Where a part of the picture came from. ``licence`` is an SPDX id, or ``user``."""

    name: str
    licence: str
    url: Nullable[str] = None


class SceneDetail(Response):
    """One scene of the current version. ``reason`` says why this picture was chosen."""

    scene_id: str
    index: int
    start_seconds: float
    end_seconds: float
    text: str
    headline: str
    structure: str
    look: str
    layout: str
    reason: str
    transition: str
    sources: list[SceneSource]
    words: list[SceneWord]


class ProjectScenes(Response):
    project_id: str
    version: int
    title: str
    duration_seconds: float
    warnings: list[str]
    scenes: list[SceneDetail]


class ProjectVersion(Response):
    """``title`` says in words what is different from the version it was made from."""

    version: int
    title: str
    created_at: Timestamp
    job_id: str
    parent_version: Nullable[int] = None
    is_current: bool


class ProjectVersions(Response):
    """Newest first. ``undo_version`` and ``redo_version`` are where undo and redo would go, if anywhere."""

    project_id: str
    current_version: Nullable[int] = None
    undo_version: Nullable[int] = None
    redo_version: Nullable[int] = None
    versions: list[ProjectVersion]


class VersionDifference(Response):
    """``differences`` are short texts, most important first. The counts say what an export of ``to_version`` would
    render when one of ``from_version`` has been made at the same size."""

    project_id: str
    from_version: int
    to_version: int
    title: str
    differences: list[str]
    scenes_reused: int
    scenes_to_render: int
    seconds_to_render: float


class LookDetail(Response):
    """A look that ``aiStyle`` may name."""

    name: str
    description: str


class LookList(Response):
    looks: list[LookDetail]


class Health(Response):
    status: str
    version: str
