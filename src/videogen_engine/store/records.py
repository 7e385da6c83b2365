"""What the store hands out and takes in. Times are milliseconds since the epoch (UTC)."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum

from videogen_agents.contract import (
    AnalysisLoadingState,
    ApiError,
    FileScope,
    FileType,
    JobStatus,
    ProjectStatus,
    ToolType,
    Transcript,
)
from videogen_engine.assets.model import GivenEntity, GivenFile
from videogen_engine.findings.model import Finding
from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef

TERMINAL: frozenset[JobStatus] = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})
OPEN_STATUSES: tuple[str, ...] = (JobStatus.PENDING.value, JobStatus.RUNNING.value)


class JobKind(StrEnum):
    """What a job is to the caller; each kind has its own list and its own id prefix."""

    WORKFLOW_RUN = "workflow_run"
    PROJECT_EXPORT = "project_export"
    FILE_PROBE = "file_probe"
    REMIX_ACTION = "remix_action"
    TOOL_EXECUTION = "tool_execution"
    TIMELINE_INTERCHANGE = "timeline_interchange"
    FILE_IMPORT = "file_import"
    ASSISTANT_MESSAGE = "assistant_message"
    FILE_ANALYSIS = "file_analysis"
    FILE_STREAM = "file_stream"


#: Jobs that change a project's timeline: one after the other, in the order they were asked for.
EDITING_KINDS = frozenset({JobKind.WORKFLOW_RUN, JobKind.REMIX_ACTION})
#: Jobs that wait for one another within a project: its edits do, and the replies of its chat do.
ORDERED_KINDS = (EDITING_KINDS, frozenset({JobKind.ASSISTANT_MESSAGE}))


#: Jobs that follow others by themselves: they fill no queue that anybody waits in.
UNASKED_KINDS = frozenset({JobKind.FILE_ANALYSIS, JobKind.FILE_STREAM})


class NewJob(Frozen):
    """``request_json`` has the wire names; ``subject`` is what the request is about (a project, a file).

    ``asked_json`` is what the caller sent, where ``request_json`` holds more than that: what was looked up for it.
    ``held`` has it wait for a person's approval.
    """

    job_id: str
    kind: JobKind
    workflow: str
    request_json: str
    project_id: str | None = None
    parent_job_id: str | None = None
    idempotency_key: str | None = None
    subject: str = ""
    asked_json: str | None = None
    held: bool = False

    def fingerprint(self) -> str:
        """Equal for requests that ask for the same work."""
        if self.asked_json is not None:
            return asked_fingerprint(self.kind, self.asked_json)
        return _digest([self.kind.value, self.workflow, self.subject, json.loads(self.request_json)])


def asked_fingerprint(kind: JobKind, asked_json: str) -> str:
    """Of a request as the caller sent it, known before anything is looked up for it."""
    return _digest([kind.value, json.loads(asked_json)])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


class JobRecord(Frozen):
    """``progress`` is 0-100 and never falls; ``stage`` is a name for people ("Painting scene 3 of 9")."""

    job_id: str
    kind: JobKind
    workflow: str
    status: JobStatus
    progress: float
    stage: str | None
    attempt_index: int
    project_id: str | None
    parent_job_id: str | None
    request_json: str
    result_json: str | None
    error: ApiError | None
    idempotency_key: str | None
    cancel_requested: bool
    created_ms: int
    updated_ms: int

    @property
    def is_terminal(self) -> bool:
        return self.status in TERMINAL

    def outcome(self) -> JobOutcome | None:
        """What the job left behind, once it has succeeded."""
        return None if self.result_json is None else JobOutcome.model_validate_json(self.result_json)


class JobOutcome(Frozen):
    """What a finished job reports beside its files.

    ``made_by`` names every provider that had a part (``speech: flite``). ``degraded`` are sentences about
    what fell back to something lesser, ``notes`` about what was done. Of an export, ``scenes_rendered`` and
    ``seconds_rendered`` are what it painted and encoded, the rest was reused. Of an edit they are what the next
    export of this version has to render, the parts of scenes that are not as before; ``version`` is the one it
    made, None when it changed nothing, and ``comparison`` the sheet of what looks different, if anything does.
    ``findings`` are what the machine's look at an export found wrong. Of a tool, ``file_ids`` are its results.
    """

    file_id: str | None = None
    file_ids: tuple[str, ...] = ()
    export_id: str | None = None
    duration_seconds: float | None = None
    scenes_reused: int = 0
    scenes_rendered: int = 0
    frames_rendered: int = 0
    seconds_rendered: float = 0.0
    version: int | None = None
    made_by: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    comparison: MediaRef | None = None


class NewProject(Frozen):
    project_id: str
    title: str
    ratio_width: int
    ratio_height: int


class ProjectRecord(Frozen):
    """``status`` is ``generating`` while a run or an edit of this project is unfinished."""

    project_id: str
    title: str
    ratio_width: int
    ratio_height: int
    current_version: int | None
    status: ProjectStatus
    created_ms: int
    updated_ms: int


class TimelineVersion(Frozen):
    """One immutable version of a project; ``timeline_json`` is a ``videogen_engine.timeline.Timeline``.

    ``base_version`` is the one it was made from, None for the first; ``parent_version`` is where undo goes, which is
    the same unless it repeats an earlier film. ``change`` says in words what is different from the base.
    """

    project_id: str
    version: int
    job_id: str
    timeline_json: str
    created_ms: int
    parent_version: int | None = None
    base_version: int | None = None
    change: str = ""


class Rendition(StrEnum):
    """What of a file a source holds. The last four are what an export has beside its film."""

    DOWNLOAD = "download"
    PREVIEW = "preview"
    THUMBNAIL = "thumbnail"
    SRT = "srt"
    VTT = "vtt"
    MANIFEST = "manifest"
    CONTACT_SHEET = "contact_sheet"


#: In the order they are told.
SIDECARS = (Rendition.SRT, Rendition.VTT, Rendition.MANIFEST, Rendition.CONTACT_SHEET)


class FileState(StrEnum):
    """``awaiting`` its bytes, ``checking`` them, ``ready`` for use, or ``failed`` the check."""

    AWAITING = "awaiting"
    CHECKING = "checking"
    READY = "ready"
    FAILED = "failed"


class StoredSource(Frozen):
    """One rendition's bytes in the media store. ``size`` in bytes, sides in pixels."""

    rendition: Rendition
    media_key: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


class NewFile(Frozen):
    file_id: str
    scope: FileScope
    display_name: str
    state: FileState = FileState.READY
    type: FileType | None = None
    declared_type: FileType | None = None
    description: str | None = None
    duration_seconds: float | None = None
    transcript: Transcript | None = None
    temporary: bool = False
    project_id: str | None = None
    source_tool_type: str | None = None
    source_tool_execution_id: str | None = None
    sources: tuple[StoredSource, ...] = ()


class PublicPreview(Frozen):
    """While there is one, anybody who has ``token`` may read the file. With ``playback_id`` it can be streamed too:
    ``playlist_key`` and ``stream_key`` are the media of that."""

    file_id: str
    token: str
    playback_id: str | None = None
    playlist_key: str | None = None
    stream_key: str | None = None


class FileRecord(NewFile):
    """``analysis`` is how far the look into its contents has come; ``preview`` None means that it is private."""

    error: ApiError | None
    analysis: AnalysisLoadingState = AnalysisLoadingState.UNATTEMPTED
    preview: PublicPreview | None = None
    expires_ms: int | None
    archived_ms: int | None
    created_ms: int
    updated_ms: int

    def source(self, rendition: Rendition) -> StoredSource | None:
        return next((source for source in self.sources if source.rendition is rendition), None)


class ProbeJob(Frozen):
    """The request of a ``file_probe`` job."""

    file_id: str


class ImportJob(Frozen):
    """The request of a ``file_import`` job; ``declared`` is what the caller says the file is."""

    url: str
    display_name: str | None = None
    declared: FileType | None = None
    temporary: bool = False


class AnalysisJob(Frozen):
    """The request of a ``file_analysis`` job."""

    file_id: str


class StreamJob(Frozen):
    """The request of a ``file_stream`` job: making the stream of the public preview that ``token`` opens."""

    file_id: str
    token: str


class RemixJob(Frozen):
    """The request of a ``remix_action`` job. ``action_json`` is a contract ``RemixAction`` with wire names.

    ``first_job_id`` is the first action of the same call (of the same run, for actions given with a run), None
    for that one itself. It has no id of its own in it, so equal calls have equal fingerprints.
    """

    action_json: str
    first_job_id: str | None = None


class ToolJob(Frozen):
    """The request of a ``tool_execution`` job. ``tool_request_json`` is the contract's request of that tool, with wire
    names; files and entities are those it names, as they were when it was asked for.
    """

    tool: ToolType
    tool_request_json: str
    files: tuple[GivenFile, ...] = ()
    entities: tuple[GivenEntity, ...] = ()


class InterchangeJob(Frozen):
    """The request of a ``timeline_interchange`` job. ``format`` and ``media_delivery`` are the contract's by value.

    Media are linked under ``origin``; None links the files of this machine. Sides in pixels.
    """

    format: str
    media_delivery: str
    origin: str | None
    timeline_version: int
    width: int
    height: int
    encoding: str


class NewExport(Frozen):
    """``width`` and ``height`` in pixels; ``encoding`` is the render stage's ``Encoding`` by value."""

    width: int
    height: int
    encoding: str
    temporary: bool = False
    timeline_version: int | None = None


class ExportRecord(Frozen):
    """An export: its job, its size and, once it has succeeded, its file."""

    job: JobRecord
    project_id: str
    width: int
    height: int
    encoding: str
    temporary: bool
    timeline_version: int | None
    file: FileRecord | None

    @property
    def export_id(self) -> str:
        return self.job.job_id
