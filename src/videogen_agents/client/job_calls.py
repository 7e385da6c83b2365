"""Jobs of every kind: read, follow, cancel, list."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from videogen_agents.client.clock import Clock
from videogen_agents.client.connected import Connected
from videogen_agents.client.id_segments import segment
from videogen_agents.client.jobs import EngineJob, Job, JobKind
from videogen_agents.client.ledger import Ledger, LedgerEntry
from videogen_agents.client.operations import READINGS, JobReading
from videogen_agents.client.paging import walk
from videogen_agents.client.replies import parse, text_of, unexpected
from videogen_agents.client.transport import Transport
from videogen_agents.client.waits import OnProgress, Waiter
from videogen_agents.config import Backend, Settings
from videogen_agents.contract import ToolExecutionPage, WorkflowRunPage
from videogen_agents.errors import NotFoundError, UnavailableError
from videogen_agents.webhooks import WebhookInbox

#: Kinds that are found only when the project is known too.
_OF_A_PROJECT = (JobKind.EXPORT, JobKind.REMIX_ACTION)


#: Jobs whose kind and status are kept in memory, so that polling does not write to disk each time.
_REMEMBERED = 4096


@dataclass(frozen=True)
class _Seen:
    kind: JobKind
    project_id: str | None
    status: str


class JobCalls(Connected):
    """Reading and following whatever runs."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: Transport | None = None,
        clock: Clock | None = None,
        ledger: Ledger | None = None,
        inbox: WebhookInbox | None = None,
        opening_patience: float | None = None,
    ) -> None:
        super().__init__(settings, transport=transport, clock=clock, ledger=ledger, opening_patience=opening_patience)
        self._seen: dict[str, _Seen] = {}
        self._waiter = Waiter(self._clock, long_poll=self._transport.backend is Backend.EMBEDDED, inbox=inbox)

    async def get_job(
        self, job_id: str, *, kind: JobKind | None = None, project_id: str | None = None, hold: float = 0.0
    ) -> Job:
        """A snapshot of any job by id. ``hold`` lets a server of ours keep the reply until a change (seconds).

        Without ``kind`` the ledger is asked, then the kinds are tried in turn. Exports and remix actions also need
        their project, which the ledger knows of everything started from here. Raises NotFoundError.
        """
        seen = self._seen.get(job_id)
        known = kind or (seen.kind if seen else self._known_kind(job_id))
        project = project_id or (seen.project_id if seen else self._known_project(job_id))
        readings = [reading for reading in READINGS if known is None or reading.kind is known]
        for reading in readings:
            path = reading.path(segment(job_id), segment(project) if project else None)
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
        needs_project = project is None and (known is None or known in _OF_A_PROJECT)
        raise NotFoundError(
            f"There is no job {job_id!r} on the {self.backend.value} backend.",
            ids={"job_id": job_id},
            next_step="Check the id with find (type: jobs)"
            + ("; an export or a remix action also needs its project_id." if needs_project else "."),
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
        """Cancel a run or a tool execution; a finished job is left as it is. Returns its state afterwards.

        Raises UnavailableError with code ``not_cancellable`` for the other kinds, which the contract cannot cancel.
        """
        job = await self.get_job(job_id, kind=kind)
        reading = next(reading for reading in READINGS if reading.kind is job.kind)
        if reading.cancel is None:
            raise UnavailableError(
                f"The contract has no way to cancel a job of kind {job.kind.value}; this one is {job.status}.",
                code="not_cancellable",
                ids=job.ids(),
                next_step="Let it finish; nothing else depends on it.",
            )
        if not job.finished:
            session = await self._open()
            await session.post_json(reading.cancel(segment(job_id)))
            job = await self.get_job(job_id, kind=job.kind)
        return job

    async def runs(self, *, limit: int = 50, cursor: str | None = None) -> WorkflowRunPage:
        return await self._get(WorkflowRunPage, "/v1/workflows/runs", {"limit": limit, "cursor": cursor})

    async def tool_executions(self, *, limit: int = 50, cursor: str | None = None) -> ToolExecutionPage:
        """Newest first; the URLs in it may have expired."""
        return await self._get(ToolExecutionPage, "/v1/tools/executions", {"limit": limit, "cursor": cursor})

    async def engine_job(self, job_id: str) -> EngineJob:
        """Stage and warnings of a job of our own engine; empty for any other server."""
        if self.backend is not Backend.EMBEDDED:
            return EngineJob()
        return parse(EngineJob, await self._raw_get(f"/engine/v1/jobs/{segment(job_id)}"))

    def ledger_entries(self, limit: int = 50) -> list[LedgerEntry]:
        """What was started from this machine, newest first."""
        return self.ledger.entries(limit)

    async def _read_job(self, reading: JobReading, job_id: str, path: str, project: str | None, hold: float) -> Job:
        body = await (self._raw_get(path, wait=hold) if reading.listed is None else self._listed(reading, job_id, path))
        try:
            job = Job.from_wire(job_id, reading.kind, body, project_id=project)
        except ValidationError as error:
            raise unexpected(Job, error) from error
        if self.backend is Backend.EMBEDDED and not job.finished:
            job = job.model_copy(update={"stage": (await self.engine_job(job_id)).stage})
        self._note(job, project)
        return job

    def _note(self, job: Job, project: str | None) -> None:
        """Write down what kind of job this is and how it stands, when that is news."""
        seen = _Seen(job.kind, project, job.status)
        if self._seen.get(job.job_id) == seen:
            return
        now = self._clock.now()
        self.ledger.remember(job.job_id, f"{job.kind.value}_id", now)
        self.ledger.record_status(job.job_id, job.status, now)
        self._seen[job.job_id] = seen
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]

    async def _listed(self, reading: JobReading, job_id: str, path: str) -> JsonValue:
        """The item of a job that can be read in a list alone."""
        assert reading.listed is not None
        collection, id_key = reading.listed
        async for item in walk(await self._open(), path, collection, {"limit": 100}):
            if text_of(item, id_key) == job_id:
                return item
        raise NotFoundError(f"There is no job {job_id!r} in the list of its project.", ids={"job_id": job_id})

    def _known_kind(self, job_id: str) -> JobKind | None:
        name = self.ledger.kind_of(job_id)
        return next((kind for kind in JobKind if f"{kind.value}_id" == name), None)

    def _known_project(self, job_id: str) -> str | None:
        entry = self.ledger.entry_for(job_id)
        return entry.ids.get("project_id") if entry else None
