"""The client: the same calls to the hosted API, to the embedded engine, and to a server that a test scripts."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from videogen_agents.client.clock import Clock, SystemClock
from videogen_agents.client.http_session import HttpSession
from videogen_agents.client.jobs import EngineJob, Job, JobKind
from videogen_agents.client.ledger import Ledger, LedgerEntry
from videogen_agents.client.operations import READINGS, WORKFLOWS, JobReading, WorkflowRequest, text_of, title_of
from videogen_agents.client.pacing import Pacer
from videogen_agents.client.replies import objects_in, parse, unexpected
from videogen_agents.client.starts import JsonObject, Listing, Starter, StartRequest
from videogen_agents.client.transfers import Progress, Transfers
from videogen_agents.client.transport import Transport, transport_for
from videogen_agents.client.waits import OnProgress, Waiter
from videogen_agents.config import Backend, Settings, load_settings
from videogen_agents.contract import (
    CreateFileUploadRequest,
    CreateFileUploadResponse,
    ExportProjectRequest,
    ExportProjectResponse,
    FileInfo,
    FilePage,
    FileType,
    Language,
    ListLanguagesResponse,
    Me,
    Project,
    ProjectExportPage,
    ProjectPage,
    StartWorkflowRunResponse,
    TtsVoicePage,
    WorkflowRunPage,
)
from videogen_agents.errors import ConnectionLostError, InputError, NotFoundError, UnavailableError

ReplyT = TypeVar("ReplyT", bound=BaseModel)
_NEWEST: dict[str, str | int | bool | None] = {"limit": 100}


class Started(BaseModel, Generic[ReplyT]):
    """A started job. ``reused``: the same request had started it before. ``recovered``: its reply was lost."""

    model_config = ConfigDict(frozen=True)

    reply: ReplyT
    reused: bool = False
    recovered: bool = False


class VideoClient:
    """Async client. Opens its transport on first use; safe for concurrent use within one event loop.

    Every method raises ``videogen_agents.errors.VideoError`` subclasses only. Errors after a start carry the ids.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: Transport | None = None,
        clock: Clock | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self._transport = transport or transport_for(self.settings)
        self._clock = clock or SystemClock()
        self._ledger = ledger
        self._opening = asyncio.Lock()
        self._session: HttpSession | None = None
        self._waiter = Waiter(self._clock, long_poll=self._transport.backend is Backend.EMBEDDED)

    @property
    def backend(self) -> Backend:
        return self._transport.backend

    @property
    def ledger(self) -> Ledger:
        """Opened on first use, in the data home."""
        if self._ledger is None:
            self._ledger = Ledger(self.settings.home / "ledger.db")
        return self._ledger

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the transport. Jobs go on: hosted ones at the server, embedded ones at the next start."""
        await self._transport.aclose()
        self._session = None

    # Account and resources

    async def me(self) -> Me:
        return await self._get(Me, "/v1/me")

    async def voices(self, *, query: str | None = None, limit: int = 50, cursor: str | None = None) -> TtsVoicePage:
        return await self._get(
            TtsVoicePage, "/v1/resources/tts-voices", {"query": query, "limit": limit, "cursor": cursor}
        )

    async def languages(self, *, query: str | None = None) -> list[Language]:
        reply = await self._get(ListLanguagesResponse, "/v1/resources/languages", {"query": query})
        return list(reply.languages)

    # Work

    async def start_workflow(
        self, request: WorkflowRequest, *, key: str | None = None, new: bool = False
    ) -> Started[StartWorkflowRunResponse]:
        """Start a workflow once. The same request within a day returns the run that exists; ``new`` forces another.

        ``key`` tells apart starts that look the same but are meant to be different.
        """
        name, workflow_type = WORKFLOWS[type(request)]

        async def rebuild(items: list[JsonObject]) -> JsonObject:
            run = items[0]
            project = text_of(run, "projectId")
            listed: list[JsonObject] = []
            if getattr(request, "remix_actions", None):
                actions = await self._raw_get(f"/v1/projects/{quote(project, safe='')}/remix-actions", _NEWEST)
                listed = objects_in(actions, "remixActions")
            ids: list[JsonValue] = [text_of(item, "remixActionId") for item in listed[::-1]]
            return {
                "workflowRunId": text_of(run, "workflowRunId"),
                "projectId": project,
                "projectUrl": text_of(run, "projectUrl"),
                "remixActionIds": ids,
            }

        async def check(reply: JsonObject) -> str:
            return (await self.get_job(text_of(reply, "workflowRunId"), kind=JobKind.WORKFLOW_RUN)).status

        started = await (await self._starter()).start(
            StartRequest(
                kind=name,
                path=f"/v1/workflows/{name}",
                body=request.to_wire(),
                title=title_of(request),
                listing=Listing(
                    "/v1/workflows/runs",
                    "workflowRuns",
                    "workflowRunId",
                    {"limit": 100, "selfOnly": True},
                    matches=lambda item: item.get("workflowType") == workflow_type.value,
                ),
                ids=lambda reply: {
                    "workflow_run_id": text_of(reply, "workflowRunId"),
                    "project_id": text_of(reply, "projectId"),
                },
                rebuild=rebuild,
                check=check,
            ),
            key=key,
            new=new,
        )
        reply = parse(StartWorkflowRunResponse, started.reply)
        return Started(reply=reply, reused=started.reused, recovered=started.recovered)

    async def export_project(
        self,
        project_id: str,
        request: ExportProjectRequest | None = None,
        *,
        key: str | None = None,
        new: bool = False,
    ) -> Started[ExportProjectResponse]:
        """Render an MP4 of the project's newest version, once per request and project state."""
        project = await self.project(project_id)
        path = f"/v1/projects/{quote(project_id, safe='')}/export"

        async def rebuild(items: list[JsonObject]) -> JsonObject:
            return {"exportId": text_of(items[0], "exportId")}

        async def check(reply: JsonObject) -> str:
            job = await self.get_job(text_of(reply, "exportId"), kind=JobKind.EXPORT, project_id=project_id)
            return job.status

        started = await (await self._starter()).start(
            StartRequest(
                kind="export",
                path=path,
                body=(request or ExportProjectRequest()).to_wire(),
                title=project.title,
                listing=Listing(f"{path}s", "exports", "exportId", _NEWEST),
                ids=lambda reply: {"export_id": text_of(reply, "exportId"), "project_id": project_id},
                rebuild=rebuild,
                check=check,
            ),
            # An edited project is another film: the same export request must render again.
            key=f"{project.updated_at}/{key or ''}",
            new=new,
        )
        reply = parse(ExportProjectResponse, started.reply)
        return Started(reply=reply, reused=started.reused, recovered=started.recovered)

    async def get_job(
        self, job_id: str, *, kind: JobKind | None = None, project_id: str | None = None, hold: float = 0.0
    ) -> Job:
        """A snapshot of any job by id. ``hold`` lets a server of ours keep the reply until a change (seconds).

        Without ``kind`` the ledger is asked, then the kinds are tried in turn. Raises NotFoundError.
        """
        known = kind or self._known_kind(job_id)
        project = project_id or self._known_project(job_id)
        readings = [reading for reading in READINGS if known is None or reading.kind is known]
        for reading in readings:
            path = reading.path(quote(job_id, safe=""), quote(project, safe="") if project else None)
            if path is None:
                continue
            try:
                return await self._read_job(reading, job_id, path, project, hold)
            except NotFoundError:
                continue
            except UnavailableError:
                # A server that cannot do a kind of work has no job of that kind.
                if len(readings) == 1:
                    raise
        raise NotFoundError(
            f"There is no job {job_id!r} on the {self.backend.value} backend.",
            ids={"job_id": job_id},
            next_step="Check the id with find (type: jobs)"
            + (
                "; an export also needs its project_id." if project is None and known in (None, JobKind.EXPORT) else "."
            ),
        )

    async def wait_for_job(
        self,
        job_id: str,
        *,
        kind: JobKind | None = None,
        project_id: str | None = None,
        timeout: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> Job:
        """The job once it ended or awaits approval, or its newest snapshot after ``timeout`` seconds.

        Ending, timing out or cancelling the wait never ends the job.
        """

        async def read(hold: float) -> Job:
            return await self.get_job(job_id, kind=kind, project_id=project_id, hold=hold)

        return await self._waiter.follow(job_id, read, timeout=timeout, on_progress=on_progress)

    async def cancel_job(self, job_id: str, *, kind: JobKind | None = None) -> Job:
        """Cancel a run or a tool execution; a finished job is left as it is. Returns its state afterwards."""
        job = await self.get_job(job_id, kind=kind)
        reading = next(reading for reading in READINGS if reading.kind is job.kind)
        if reading.cancel is None:
            raise UnavailableError(
                f"The contract has no way to cancel a job of kind {job.kind.value}.",
                ids=job.ids(),
                next_step="Let it finish; nothing else depends on it.",
            )
        if not job.finished:
            session = await self._open()
            await session.post_json(reading.cancel(quote(job_id, safe="")))
            job = await self.get_job(job_id, kind=job.kind)
        return job

    async def runs(self, *, limit: int = 50, cursor: str | None = None) -> WorkflowRunPage:
        return await self._get(WorkflowRunPage, "/v1/workflows/runs", {"limit": limit, "cursor": cursor})

    async def projects(self, *, limit: int = 50, cursor: str | None = None) -> ProjectPage:
        return await self._get(ProjectPage, "/v1/projects", {"limit": limit, "cursor": cursor})

    async def project(self, project_id: str) -> Project:
        return await self._get(Project, f"/v1/projects/{quote(project_id, safe='')}")

    async def exports(self, project_id: str, *, limit: int = 50, cursor: str | None = None) -> ProjectExportPage:
        path = f"/v1/projects/{quote(project_id, safe='')}/exports"
        return await self._get(ProjectExportPage, path, {"limit": limit, "cursor": cursor})

    async def engine_job(self, job_id: str) -> EngineJob:
        """Stage and warnings of a job of our own engine; empty for any other server."""
        if self.backend is not Backend.EMBEDDED:
            return EngineJob()
        return parse(EngineJob, await self._raw_get(f"/engine/v1/jobs/{quote(job_id, safe='')}"))

    def ledger_entries(self, limit: int = 50) -> list[LedgerEntry]:
        """What was started from this machine, newest first."""
        return self.ledger.entries(limit)

    # Files

    async def files(
        self, *, limit: int = 50, cursor: str | None = None, include_export_files: bool = False
    ) -> FilePage:
        return await self._get(
            FilePage,
            "/v1/files",
            {"limit": limit, "cursor": cursor, "includeExportFiles": include_export_files or None},
        )

    async def file(self, file_id: str) -> FileInfo:
        """The file with freshly signed links."""
        session = await self._open()
        return parse(FileInfo, await session.post_json(f"/v1/files/{quote(file_id, safe='')}/hydrate"))

    async def archive_file(self, file_id: str) -> FileInfo:
        session = await self._open()
        return parse(FileInfo, await session.post_json(f"/v1/files/{quote(file_id, safe='')}/archive"))

    async def upload_file(
        self,
        path: Path,
        *,
        display_name: str | None = None,
        file_type: FileType | None = None,
        temporary: bool = False,
        timeout: float = 300.0,
        progress: Progress | None = None,
    ) -> FileInfo:
        """Send a local file and return it once the server can use it. Raises InputError for a missing or empty one."""
        if not path.is_file():
            raise InputError(f"There is no file at {path}.", code="file_not_found", next_step="Check the path.")
        if path.stat().st_size == 0:
            raise InputError(f"{path} is empty.", code="file_empty")
        session = await self._open()
        request = CreateFileUploadRequest(
            display_name=display_name or path.name, type=file_type, is_temporary=temporary
        )
        created = parse(CreateFileUploadResponse, await session.post_json("/v1/files/upload", request.to_wire()))
        media_type = mimetypes.guess_type(path.name)[0]
        transfers = Transfers(session.http, self._clock)
        if progress is None:
            await transfers.upload(path, created.upload_url, media_type)
        else:
            await transfers.upload(path, created.upload_url, media_type, progress)
        return await self._usable_file(created.file_id, timeout)

    async def _usable_file(self, file_id: str, timeout: float) -> FileInfo:
        deadline = self._clock.now() + timeout
        pause = 0.2
        while True:
            info = await self.file(file_id)
            sources = [info.download_source, info.preview_source, info.thumbnail_source, info.hls_source]
            states = [source.status for source in sources if source is not None]
            if "ready" in states:
                return info
            if "failed" in states:
                raise InputError(
                    "The server could not read the file.",
                    code="file_unreadable",
                    ids={"file_id": file_id},
                    next_step="Check that it is a whole image, video, audio, PDF or slideshow file.",
                )
            if self._clock.now() >= deadline:
                raise ConnectionLostError(
                    "The file is sent but not ready yet.",
                    code="file_not_ready",
                    ids={"file_id": file_id},
                    next_step="Read it again with get_file in a minute; do not send it again.",
                )
            await self._clock.sleep(pause)
            pause = min(3.0, pause * 1.5)

    async def download(self, url: str, destination: Path, progress: Progress | None = None) -> Path:
        """Fetch a media URL of this backend to ``destination``; returns the absolute path, whole or not at all."""
        session = await self._open()
        transfers = Transfers(session.http, self._clock)
        if progress is None:
            return await transfers.download(url, destination)
        return await transfers.download(url, destination, progress)

    async def fetch_bytes(self, url: str, limit: int) -> bytes:
        """A small media file (a thumbnail) of at most ``limit`` bytes, in memory."""
        session = await self._open()
        try:
            response = await session.http.get(url, headers={"Range": f"bytes=0-{limit}"}, follow_redirects=True)
        except httpx.TransportError as error:
            raise ConnectionLostError(f"The media could not be read: {type(error).__name__}.") from error
        if not response.is_success or len(response.content) > limit:
            raise NotFoundError("The media is gone or too large.", code="media_link_expired")
        return response.content

    # Inside

    async def _open(self) -> HttpSession:
        async with self._opening:
            if self._session is None:
                http = await self._transport.open()
                pacer = Pacer(self._clock, self.backend)
                headers = self._transport.api_headers
                self._session = HttpSession(http, headers, self.backend, self._clock, pacer)
            return self._session

    async def _starter(self) -> Starter:
        return Starter(await self._open(), self.ledger, self._clock, self._transport.account)

    async def _raw_get(
        self, path: str, params: Mapping[str, str | int | bool | None] | None = None, *, wait: float = 0.0
    ) -> JsonValue:
        return await (await self._open()).get_json(path, params, wait=wait)

    async def _get(
        self,
        model: type[ReplyT],
        path: str,
        params: Mapping[str, str | int | bool | None] | None = None,
    ) -> ReplyT:
        return parse(model, await self._raw_get(path, params))

    async def _read_job(self, reading: JobReading, job_id: str, path: str, project: str | None, hold: float) -> Job:
        body = await self._raw_get(path, wait=hold)
        try:
            job = Job.from_wire(job_id, reading.kind, body, project_id=project)
        except ValidationError as error:
            raise unexpected(Job, error) from error
        if self.backend is Backend.EMBEDDED and not job.finished:
            job = job.model_copy(update={"stage": (await self.engine_job(job_id)).stage})
        now = self._clock.now()
        self.ledger.remember(job_id, f"{reading.kind.value}_id", now)
        self.ledger.record_status(job_id, job.status, now)
        return job

    def _known_kind(self, job_id: str) -> JobKind | None:
        name = self.ledger.kind_of(job_id)
        return next((kind for kind in JobKind if f"{kind.value}_id" == name), None)

    def _known_project(self, job_id: str) -> str | None:
        entry = self.ledger.entry_for(job_id)
        return entry.ids.get("project_id") if entry else None
