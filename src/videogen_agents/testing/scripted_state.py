"""Everything the scripted server knows: what was started, what it made, and the switches a test turns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from videogen_agents.contract import ApiError, JobStatus
from videogen_agents.contract.base import Query, Request, WireModel
from videogen_agents.contract.operations import Operation

#: A record of the server under the contract's own (camelCase) names, plus ``body``: the request that made it.
Record: TypeAlias = dict[str, Any]

MEDIA_ORIGIN = "https://media.example"
APP_ORIGIN = "https://app.example"
#: Seconds since the epoch: when everything was made, and when links end by their own word.
MADE_AT = 1_800_000_000
LINKS_END_AT = 1_900_000_000


class RefusedError(Exception):
    """The server refuses: becomes an ApiError with this status."""

    def __init__(self, status: int, message: str, code: str | None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code


def not_found(what: str = "thing") -> RefusedError:
    return RefusedError(404, f"There is no such {what}.", "not_found")


@dataclass(frozen=True)
class ScriptedCall:
    """A request of the contract that has passed validation. ``body`` is the raw JSON object."""

    operation: Operation
    ids: Mapping[str, str]
    body: Record
    request: Request | None
    query: Query | None


Handler: TypeAlias = Callable[["ScriptedState", ScriptedCall], WireModel | None]


@dataclass
class ScriptedState:
    """One source of truth. The lists hold what was started, oldest first; change the switches at any time.

    A job is ``running`` for ``polls_until_done`` reads by its id, then has ``final_status``, or the one that
    ``outcomes`` names for its id. ``hide_new_runs_for`` listings leave the newest start out, as a server with a
    slow index does, and ``unknown_reads`` reads of a job by its id answer 404. ``unavailable`` holds ids of operations
    that answer 501. With ``api_key``, any other key is 401.
    """

    film: bytes = b"film" * 1000
    thumbnail: bytes = b"\xff\xd8\xff\xe0" + b"thumbnail" * 100
    polls_until_done: int = 2
    final_status: str = "succeeded"
    outcomes: dict[str, str] = field(default_factory=dict[str, str])
    failure: ApiError = field(default_factory=lambda: ApiError(message="The voice failed.", code="voice_failed"))
    hide_new_runs_for: int = 0
    unknown_reads: int = 0
    hydrations_until_ready: int = 0
    api_key: str | None = None
    unavailable: set[str] = field(default_factory=set[str])
    media_origin: str = MEDIA_ORIGIN

    runs: list[Record] = field(default_factory=list[Record])
    exports: list[Record] = field(default_factory=list[Record])
    remixes: list[Record] = field(default_factory=list[Record])
    interchanges: list[Record] = field(default_factory=list[Record])
    executions: list[Record] = field(default_factory=list[Record])
    imports: list[Record] = field(default_factory=list[Record])
    remix_actions: list[Record] = field(default_factory=list[Record])
    projects: list[Record] = field(default_factory=list[Record])
    files: list[Record] = field(default_factory=list[Record])
    entities: list[Record] = field(default_factory=list[Record])
    messages: list[Record] = field(default_factory=list[Record])
    endpoints: list[Record] = field(default_factory=list[Record])
    cancelled: set[str] = field(default_factory=set[str])
    link_age: int = 0
    _reads: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def started(self) -> int:
        """How many requests that start work were carried out."""
        lists = (self.runs, self.exports, self.remixes, self.interchanges, self.executions, self.imports)
        return sum(len(records) for records in lists)

    # Jobs

    def read_job(self, job_id: str) -> JobStatus:
        """The status that a read by id finds; the job moves on by one read. Raises RefusedError (404) when hidden."""
        if self.unknown_reads > 0:
            self.unknown_reads -= 1
            raise not_found("job")
        self._reads[job_id] = self._reads.get(job_id, 0) + 1
        return self.job_status(job_id)

    def job_status(self, job_id: str) -> JobStatus:
        """The status as a listing shows it."""
        if job_id in self.cancelled:
            return JobStatus.CANCELLED
        if self._reads.get(job_id, 0) <= self.polls_until_done:
            return JobStatus.RUNNING
        return JobStatus(self.outcomes.get(job_id, self.final_status))

    def job_error(self, status: JobStatus) -> ApiError | None:
        return self.failure if status is JobStatus.FAILED else None

    def cancel(self, job_id: str) -> None:
        """What has ended stays as it is."""
        if not self.job_status(job_id).is_terminal:
            self.cancelled.add(job_id)

    def finish(self, job_id: str, status: str = "succeeded") -> None:
        """The job has ended, however often it was read. Also approves one that awaits approval."""
        self.outcomes[job_id] = status
        self._reads[job_id] = self.polls_until_done + 1

    def stall(self) -> None:
        """No job moves on any more."""
        self.polls_until_done = 10**9

    def newest_shown(self, records: list[Record], started_together: Callable[[Record], object] = id) -> list[Record]:
        """Newest first; without the newest start while ``hide_new_runs_for`` counts down."""
        shown = list(reversed(records))
        if self.hide_new_runs_for > 0:
            self.hide_new_runs_for -= 1
            newest = started_together(shown[0]) if shown else None
            shown = [record for record in shown if started_together(record) != newest]
        return shown

    # Projects

    def project(self, project_id: str) -> Record:
        """Raises RefusedError (404) when there is none."""
        for project in self.projects:
            if project["projectId"] == project_id:
                return project
        if any(run["projectId"] == project_id for run in self.runs):
            return self.add_project({}, project_id)
        raise not_found("project")

    def add_project(self, body: Record, project_id: str | None = None) -> Record:
        """A project titled by what it is made from."""
        new_id = project_id or new_id_of("proj", len(self.projects))
        text = str(body.get("script") or body.get("prompt") or "Untitled")
        title = re.split(r"[.!?\n]", text, maxsplit=1)[0].strip()[:60] or "Untitled"
        project: Record = {
            "projectId": new_id,
            "assistantId": None,
            "title": title,
            "aspectRatio": body.get("aspectRatio") or {"width": 16, "height": 9},
            "status": "ready",
            "createdAt": MADE_AT,
            "updatedAt": MADE_AT,
            "projectUrl": f"{APP_ORIGIN}/project/{new_id}",
        }
        self.projects.append(project)
        return project

    # Files and their links

    def file(self, file_id: str) -> Record:
        """Raises RefusedError (404) when there is none, or none any more."""
        for record in self.files:
            if record["fileId"] == file_id and not record["archived"]:
                return record
        raise not_found("file")

    def add_file(
        self,
        name: str,
        kind: str,
        content: bytes | None,
        *,
        scope: str = "GLOBAL",
        path: str | None = None,
        **more: Any,
    ) -> Record:
        """A file with these bytes; None means that they are still to be sent (or are the film)."""
        file_id = new_id_of("file", len(self.files))
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        record: Record = {
            "fileId": file_id,
            "scope": scope,
            "type": kind,
            "displayName": name,
            "content": content,
            "path": path or f"/files/{file_id}.{suffix}",
            "archived": False,
            "isPublicPreviewEnabled": False,
            "hydrations": 0,
            "linkAge": self.link_age,
            **more,
        }
        self.files.append(record)
        return record

    def link(self, path: str, age: int | None = None) -> str:
        """A media URL as signed now, or at an earlier age."""
        signed = self.link_age if age is None else age
        return f"{self.media_origin}{path}" + (f"?link={signed}" if signed else "")

    def expire_links(self) -> None:
        """Every media link given out so far answers 403; a job or file that is read again carries a fresh one."""
        self.link_age += 1


def new_id_of(prefix: str, existing: int) -> str:
    """The next id of a kind, such as ``vg_work_0001``."""
    return f"vg_{prefix}_{existing + 1:04}"


def found(records: list[Record], key: str, value: str, what: str) -> Record:
    """The record with this id. Raises RefusedError (404)."""
    for record in records:
        if record[key] == value:
            return record
    raise not_found(what)


def type_of(path: str) -> str:
    """``/v1/tools/text-to-speech`` is ``TEXT_TO_SPEECH``."""
    return path.rpartition("/")[2].replace("-", "_").upper()


def progress_of(status: JobStatus) -> int:
    return 100 if status is JobStatus.SUCCEEDED else 40
