"""Projects: read, edit, export."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from videogen_agents.client.connected import Started, kept
from videogen_agents.client.id_segments import segment
from videogen_agents.client.job_calls import JobCalls
from videogen_agents.client.jobs import JobKind
from videogen_agents.client.paging import walk
from videogen_agents.client.remix_sightings import in_asked_order, outcome_of, remix_ids
from videogen_agents.client.replies import JsonObject, parse, text_of
from videogen_agents.client.starts import Listing, Sighting, StartRequest, the_one
from videogen_agents.config import Backend
from videogen_agents.contract import (
    CreateTimelineInterchangeRequest,
    CreateTimelineInterchangeResponse,
    ExportProjectRequest,
    ExportProjectResponse,
    Project,
    ProjectExportPage,
    ProjectPage,
    RemixActionPage,
    RemixProjectRequest,
    RemixProjectResponse,
)


class SceneWord(BaseModel):
    """One spoken word; seconds from the film's start."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    word: str
    start_seconds: float = Field(validation_alias="startSeconds")
    end_seconds: float = Field(validation_alias="endSeconds")


class SceneSource(BaseModel):
    """Where a part of a picture came from. ``licence`` is an SPDX id, or ``user``."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    licence: str
    url: str | None = None


class ProjectScene(BaseModel):
    """One scene of the newest version. ``reason`` says why this picture was chosen."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    scene_id: str = Field(validation_alias="sceneId")
    index: int
    start_seconds: float = Field(validation_alias="startSeconds")
    end_seconds: float = Field(validation_alias="endSeconds")
    text: str
    headline: str = ""
    structure: str = ""
    look: str = ""
    layout: str = ""
    reason: str = ""
    transition: str = ""
    sources: tuple[SceneSource, ...] = ()
    words: tuple[SceneWord, ...] = ()


class ProjectScenes(BaseModel):
    """What only our own engine tells of a project. Times are seconds."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    project_id: str = Field(validation_alias="projectId")
    version: int
    title: str = ""
    duration_seconds: float = Field(validation_alias="durationSeconds")
    warnings: tuple[str, ...] = ()
    scenes: tuple[ProjectScene, ...] = ()


class ProjectVersion(BaseModel):
    """``title`` says in words what is different from the version it was made from."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    version: int
    title: str = ""
    job_id: str = Field(default="", validation_alias="jobId")
    parent_version: int | None = Field(default=None, validation_alias="parentVersion")
    is_current: bool = Field(default=False, validation_alias="isCurrent")


class ProjectFinding(BaseModel):
    """Something that a machine saw wrong with the newest export. Seconds; no ``scene`` means the whole film.

    ``mend_tool`` with ``mend_arguments`` is the tool call that mends it.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str
    start_seconds: float = Field(validation_alias="startSeconds")
    end_seconds: float = Field(validation_alias="endSeconds")
    scene: int | None = None
    sentence: str
    mend_tool: str = Field(validation_alias="mendTool")
    mend_arguments: dict[str, JsonValue] = Field(validation_alias="mendArguments")


class ProjectFindings(BaseModel):
    """Of the newest finished export, which showed ``version``; without an export there are none."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    export_id: str | None = Field(default=None, validation_alias="exportId")
    version: int | None = None
    findings: tuple[ProjectFinding, ...] = ()


class ProjectDifference(BaseModel):
    """What is different between two versions, in words, and what an export has to render anew for it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    from_version: int = Field(validation_alias="fromVersion")
    to_version: int = Field(validation_alias="toVersion")
    differences: tuple[str, ...] = ()
    scenes_to_render: int = Field(validation_alias="scenesToRender")
    seconds_to_render: float = Field(validation_alias="secondsToRender")


class ProjectVersions(BaseModel):
    """Newest first. What only our own engine tells: where undo and redo would go, if anywhere."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    current_version: int | None = Field(default=None, validation_alias="currentVersion")
    undo_version: int | None = Field(default=None, validation_alias="undoVersion")
    redo_version: int | None = Field(default=None, validation_alias="redoVersion")
    versions: tuple[ProjectVersion, ...] = ()


class ProjectCalls(JobCalls):
    """Projects and what is made of them."""

    async def projects(self, *, limit: int = 50, cursor: str | None = None) -> ProjectPage:
        return await self._get(ProjectPage, "/v1/projects", {"limit": limit, "cursor": cursor})

    async def project(self, project_id: str) -> Project:
        return await self._get(Project, f"/v1/projects/{segment(project_id)}")

    async def exports(self, project_id: str, *, limit: int = 50, cursor: str | None = None) -> ProjectExportPage:
        path = f"/v1/projects/{segment(project_id)}/exports"
        return await self._get(ProjectExportPage, path, {"limit": limit, "cursor": cursor})

    async def remix_actions(self, project_id: str, *, limit: int = 50, cursor: str | None = None) -> RemixActionPage:
        """The project's edits, newest first."""
        path = f"/v1/projects/{segment(project_id)}/remix-actions"
        return await self._get(RemixActionPage, path, {"limit": limit, "cursor": cursor})

    async def project_scenes(self, project_id: str) -> ProjectScenes | None:
        """Scenes of the newest version, from our own engine; None from any other server."""
        if self.backend is not Backend.EMBEDDED:
            return None
        return parse(ProjectScenes, await self._raw_get(f"/engine/v1/projects/{segment(project_id)}/scenes"))

    async def project_versions(self, project_id: str) -> ProjectVersions | None:
        """What was changed when, from our own engine; None from any other server."""
        if self.backend is not Backend.EMBEDDED:
            return None
        return parse(ProjectVersions, await self._raw_get(f"/engine/v1/projects/{segment(project_id)}/versions"))

    async def project_findings(self, project_id: str) -> ProjectFindings | None:
        """What a machine saw wrong with the newest export, from our own engine; None from any other server."""
        if self.backend is not Backend.EMBEDDED:
            return None
        return parse(ProjectFindings, await self._raw_get(f"/engine/v1/projects/{segment(project_id)}/findings"))

    async def project_difference(self, project_id: str, since: int) -> ProjectDifference | None:
        """From version ``since`` to the current one, from our own engine; None from any other server."""
        if self.backend is not Backend.EMBEDDED:
            return None
        path = f"/engine/v1/projects/{segment(project_id)}/diff"
        return parse(ProjectDifference, await self._raw_get(path, {"from": since}))

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
        path = f"/v1/projects/{segment(project_id)}/export"

        async def recognise(items: list[JsonObject]) -> Sighting:
            return the_one([{"exportId": text_of(item, "exportId")} for item in items], "exportId")

        async def check(reply: JsonObject) -> str:
            job = await self.get_job(text_of(reply, "exportId"), kind=JobKind.EXPORT, project_id=project_id)
            return job.status

        return await self._start(
            ExportProjectResponse,
            StartRequest(
                kind="export",
                path=path,
                body=(request or ExportProjectRequest()).to_wire(),
                title=f"export of {project_id}",
                read=kept(ExportProjectResponse),
                ids=lambda reply: [("export_id", text_of(reply, "exportId")), ("project_id", project_id)],
                check=check,
                listing=Listing(f"{path}s", "exports", "exportId", recognise),
                # An edited project is another film: the same export request must render again.
                subject=str(project.updated_at),
            ),
            key=key,
            new=new,
        )

    async def create_timeline_interchange(
        self,
        project_id: str,
        request: CreateTimelineInterchangeRequest | None = None,
        *,
        key: str | None = None,
        new: bool = False,
    ) -> Started[CreateTimelineInterchangeResponse]:
        """Write the project's timeline in an editing program's format, once per request and project state.

        The contract has no list of these jobs: when the reply is lost for good, the error ``start_unconfirmed`` stays
        until ``new`` is given.
        """
        project = await self.project(project_id)

        async def check(reply: JsonObject) -> str:
            job = await self.get_job(text_of(reply, "interchangeJobId"), kind=JobKind.TIMELINE_INTERCHANGE)
            return job.status

        return await self._start(
            CreateTimelineInterchangeResponse,
            StartRequest(
                kind="timeline-interchange",
                path=f"/v1/projects/{segment(project_id)}/timeline-interchange",
                body=(request or CreateTimelineInterchangeRequest()).to_wire(),
                title=f"timeline of {project_id}",
                read=kept(CreateTimelineInterchangeResponse),
                ids=lambda reply: [
                    ("timeline_interchange_id", text_of(reply, "interchangeJobId")),
                    ("project_id", project_id),
                ],
                check=check,
                subject=str(project.updated_at),
            ),
            key=key,
            new=new,
        )

    async def remix_project(
        self, project_id: str, request: RemixProjectRequest, *, key: str | None = None, new: bool = False
    ) -> Started[RemixProjectResponse]:
        """Edit the project, or a copy of it, once per request and project state.

        While the actions of the same request run, they are returned. Once they are done the project is another one,
        and the same request edits it again.
        """
        project = await self.project(project_id)
        path = f"/v1/projects/{segment(project_id)}/remix"
        wanted = [str(action.type) for action in request.remix_actions]

        async def among_actions(items: list[JsonObject]) -> Sighting:
            # Newer actions of others may follow ours, or come between: only what is surely ours is taken.
            fitting = [item for item in items if text_of(item, "type") in wanted]
            ids = in_asked_order(fitting, wanted)
            if ids is None:
                return Sighting((), [text_of(item, "remixActionId") for item in fitting])
            reply: JsonObject = {
                "projectId": project_id,
                "projectUrl": text_of(fitting[0], "projectUrl") or project.project_url,
                "remixActionIds": ids,
            }
            return the_one([reply], "projectId")

        async def among_projects(items: list[JsonObject]) -> Sighting:
            replies: list[JsonObject] = []
            for item in items:
                copy = text_of(item, "projectId")
                listing = f"/v1/projects/{segment(copy)}/remix-actions"
                actions = [action async for action in walk(await self._open(), listing, "remixActions", {"limit": 100})]
                ids = in_asked_order(actions[::-1], wanted)
                if ids is not None:
                    reply: JsonObject = {"projectId": copy, "projectUrl": text_of(item, "projectUrl")}
                    replies.append({**reply, "remixActionIds": ids})
            if replies:
                return the_one(replies, "projectId")
            # A new project without these actions may be the copy before its edits are listed.
            return Sighting((), [text_of(item, "projectId") for item in items])

        async def check(reply: JsonObject) -> str:
            edited = text_of(reply, "projectId")
            ids = {job_id for _, job_id in remix_ids(reply)}
            listing = f"/v1/projects/{segment(edited)}/remix-actions"
            statuses: list[str] = []
            async for action in walk(await self._open(), listing, "remixActions", {"limit": 100}):
                if text_of(action, "remixActionId") in ids:
                    statuses.append(text_of(action, "status"))
                if len(statuses) == len(ids):
                    return outcome_of(statuses)
            # The project is there, and edits do not vanish from it: the list lags.
            return "running"

        copied = request.save_as_new_project
        return await self._start(
            RemixProjectResponse,
            StartRequest(
                kind="remix",
                path=path,
                body=request.to_wire(),
                title=f"remix of {project_id}: {', '.join(wanted)}",
                read=kept(RemixProjectResponse),
                ids=lambda reply: [*remix_ids(reply), ("project_id", text_of(reply, "projectId"))],
                check=check,
                listing=Listing(
                    "/v1/projects",
                    "projects",
                    "projectId",
                    among_projects,
                    {"limit": 200, "selfOnly": True},
                    newest_first=False,
                )
                if copied
                else Listing(f"{path}-actions", "remixActions", "remixActionId", among_actions),
                subject=str(project.updated_at),
                # A copy leaves the project as it is.
                edits_subject=not copied,
            ),
            key=key,
            new=new,
        )
