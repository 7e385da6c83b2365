"""What hosts may read beside the tools: projects, jobs and files by id, and the guides.

Reading starts nothing and saves nothing, and gives no bytes and no signed link. A kind is readable where the policy
allows a tool that would tell the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from videogen_agents.config import Backend
from videogen_agents.errors import NotFoundError, RetryLaterError
from videogen_agents.guides import guide_topics, read_guide
from videogen_agents.tools.call import Toolbox
from videogen_agents.tools.result import ToolResult, one_line

if TYPE_CHECKING:
    # Listing resources must not load the client: it is a third of a host's start.
    from videogen_agents.client import VideoClient

#: Characters of an id, decoded.
MAX_ID_CHARS = 200
#: How often a reading waits for an engine that is still starting, as long as a client's patience each time.
OPENING_TRIES = 5
JSON = "application/json"
MARKDOWN = "text/markdown"


@dataclass(frozen=True)
class ResourceTemplate:
    """A kind of thing with its address, ``videogen://<kind>/{<variable>}``; ``tools`` tell the same."""

    kind: str
    variable: str
    title: str
    description: str
    media_type: str
    tools: tuple[str, ...]

    @property
    def uri_template(self) -> str:
        return f"{self.prefix}{{{self.variable}}}"

    @property
    def prefix(self) -> str:
        return f"videogen://{self.kind}/"


PROJECTS = ResourceTemplate(
    "projects",
    "id",
    "A project",
    "Title, shape, state and editor link of a project.",
    JSON,
    ("inspect_project", "find"),
)
JOBS = ResourceTemplate(
    "jobs", "id", "A job", "State and progress of anything that runs, and what it made.", JSON, ("get_job",)
)
FILES = ResourceTemplate(
    "files",
    "id",
    "A file",
    "What a file is: type, length, size. Its bytes and links come from get_file.",
    JSON,
    ("get_file", "find"),
)
GUIDES = ResourceTemplate("guides", "topic", "A guide", "A short how-to.", MARKDOWN, ("get_guide",))
TEMPLATES = (PROJECTS, JOBS, FILES, GUIDES)


@dataclass(frozen=True)
class ListedResource:
    """A resource that stands in the list: there is one for each guide."""

    uri: str
    name: str
    title: str
    description: str
    media_type: str


@dataclass(frozen=True)
class ResourceText:
    """A resource as it was read."""

    uri: str
    text: str
    media_type: str


class ProjectFacts(ToolResult):
    backend: str
    project_id: str
    title: str
    status: str
    aspect_ratio: str
    created_at: int
    updated_at: int
    project_url: str | None = None


class JobFacts(ToolResult):
    backend: str
    job_id: str
    kind: str
    status: str
    progress: float
    stage: str | None = None
    project_id: str | None = None
    project_url: str | None = None
    export_id: str | None = None
    file_ids: list[str]
    error: str | None = None


class FileFacts(ToolResult):
    backend: str
    file_id: str
    display_name: str | None = None
    type: str | None = None
    description: str | None = None
    duration_seconds: float | None = None
    width: int | None = None
    height: int | None = None
    size_bytes: int | None = None


def resource_templates(toolbox: Toolbox) -> tuple[ResourceTemplate, ...]:
    """The kinds that the policy lets be read."""
    allowed = {tool.name for tool in toolbox.tools()}
    return tuple(template for template in TEMPLATES if allowed.intersection(template.tools))


def listed_resources(toolbox: Toolbox) -> tuple[ListedResource, ...]:
    """The guides, in reading order."""
    if GUIDES not in resource_templates(toolbox):
        return ()
    return tuple(
        ListedResource(GUIDES.prefix + guide.topic, guide.topic, guide.title, guide.summary, MARKDOWN)
        for guide in guide_topics()
    )


async def read_resource(toolbox: Toolbox, uri: str) -> ResourceText:
    """The resource at ``uri``. Raises NotFoundError for an unknown one, and what the client raises."""
    template, name = _parsed(toolbox, uri)
    if template is GUIDES:
        return ResourceText(uri, read_guide(name), MARKDOWN)
    client = await toolbox.open_client()
    for _ in range(OPENING_TRIES):
        try:
            facts = await _facts(client, template, name)
            break
        except RetryLaterError as error:
            # Of tools a host's model asks again; of resources nobody does.
            if error.code != "still_starting":
                raise
    else:
        facts = await _facts(client, template, name)
    return ResourceText(uri, facts.model_dump_json(by_alias=True, exclude_none=True), template.media_type)


def _parsed(toolbox: Toolbox, uri: str) -> tuple[ResourceTemplate, str]:
    for template in resource_templates(toolbox):
        if uri.startswith(template.prefix):
            encoded = uri.removeprefix(template.prefix)
            name = unquote(encoded)
            if 0 < len(name) <= MAX_ID_CHARS and not set(encoded) & set("/?#") and name.isprintable():
                return template, name
    known = ", ".join(template.uri_template for template in resource_templates(toolbox))
    raise NotFoundError(
        f"There is no resource {one_line(uri)[:120]!r}.",
        code="resource_not_found",
        next_step=f"Use one of: {known}." if known else "Ask the user to allow reading (--tools, --exclude).",
    )


async def _facts(client: VideoClient, template: ResourceTemplate, name: str) -> ToolResult:
    if template is PROJECTS:
        return await _project(client, name)
    return await (_job(client, name) if template is JOBS else _file(client, name))


async def _project(client: VideoClient, project_id: str) -> ProjectFacts:
    project = await client.project(project_id)
    return ProjectFacts(
        backend=client.backend.value,
        project_id=project.project_id,
        title=one_line(project.title),
        status=str(project.status),
        aspect_ratio=f"{project.aspect_ratio.width}:{project.aspect_ratio.height}",
        created_at=project.created_at,
        updated_at=project.updated_at,
        project_url=_link(client, project.project_url),
    )


def _link(client: VideoClient, url: str | None) -> str | None:
    """A link into the engine of this process is signed, and opens nowhere else."""
    return None if client.backend is Backend.EMBEDDED else url


async def _job(client: VideoClient, job_id: str) -> JobFacts:
    job = await client.get_job(job_id)
    made = [result.file_id for result in job.results] or ([job.file_id] if job.file_id else [])
    return JobFacts(
        backend=client.backend.value,
        job_id=job.job_id,
        kind=job.kind.value,
        status=job.status,
        progress=job.progress,
        stage=job.stage,
        project_id=job.project_id,
        project_url=_link(client, job.project_url),
        export_id=job.export_id,
        file_ids=made,
        error=one_line(job.error.message) if job.error else None,
    )


async def _file(client: VideoClient, file_id: str) -> FileFacts:
    file = await client.file(file_id)
    source = file.download_source
    return FileFacts(
        backend=client.backend.value,
        file_id=file.file_id,
        display_name=one_line(file.display_name) if file.display_name else None,
        type=str(file.type) if file.type else None,
        description=one_line(file.description) if file.description else None,
        duration_seconds=file.duration_seconds,
        width=source.width if source else None,
        height=source.height if source else None,
        size_bytes=source.file_bytes if source else None,
    )
