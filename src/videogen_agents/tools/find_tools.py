"""find: list and search what there is."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from pydantic import Field

from videogen_agents.client import VideoClient
from videogen_agents.config import Backend
from videogen_agents.contract import (
    Entity,
    EntityType,
    ExecutedTool,
    FileInfo,
    Project,
    ProjectExport,
    RemixActionRun,
    TtsVoice,
    WorkflowRun,
)
from videogen_agents.errors import InputError, UnavailableError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import NextCall, ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec

EXAMPLE = json.dumps({"type": "voices", "query": "german"}, ensure_ascii=False)
#: Pages of a list that are searched for a query the contract has no search for.
SEARCHED_PAGES = 5


class Findable(StrEnum):
    PROJECTS = "projects"
    JOBS = "jobs"
    ASSETS = "assets"
    EXPORTS = "exports"
    EDITS = "edits"
    FILES = "files"
    VOICES = "voices"
    LANGUAGES = "languages"
    ACTORS = "actors"
    PRODUCTS = "products"
    STYLES = "styles"
    THEMES = "themes"


class FindInput(ToolInput):
    type: Findable
    query: str | None = Field(default=None, max_length=200)
    project_id: str | None = Field(default=None, min_length=1, max_length=200)
    limit: int = Field(default=10, ge=1, le=50)
    cursor: str | None = Field(default=None, max_length=1000)


class Found(ToolResult):
    id: str
    name: str
    detail: str

    @classmethod
    def of(cls, id_: str, name: str | None, detail: str) -> Found:
        """An item whose texts fit on a line."""
        return cls(id=id_, name=one_line(name or ""), detail=one_line(detail))

    @property
    def line(self) -> str:
        """The item as a model reads it."""
        name = f" {self.name}" if self.name and self.name != self.id else ""
        return f"{self.id}{name} ({self.detail})"


class FindResult(ToolResult):
    type: str
    backend: str
    items: list[Found]
    next: NextCall | None = None


def parse_find(arguments: dict[str, Any]) -> FindInput:
    call = parse_model(FindInput, arguments, example=EXAMPLE)
    if (call.type in _OF_A_PROJECT) != (call.project_id is not None):
        needed = "is required for" if call.type in _OF_A_PROJECT else "does not go with"
        raise InputError(
            f"projectId {needed} type {call.type.value}.",
            code="invalid_arguments",
            next_step='Call again like this: {"type": "exports", "projectId": "vg_proj_…"}',
        )
    return call


async def find(call: FindInput, ctx: ToolContext) -> ToolOutcome:
    items, cursor = await _found(call, ctx.client)
    backend = ctx.client.backend.value
    if not items:
        none = f"No {call.type.value} match {call.query!r}" if call.query else f"There are no {call.type.value} yet"
        return ToolOutcome(
            f"{none} on the {backend} backend.", FindResult(type=call.type.value, backend=backend, items=[])
        )
    shown = "; ".join(item.line for item in items)
    text = f"{len(items)} {call.type.value} on the {backend} backend:\n{shown}"
    following = None
    if cursor:
        more = {"type": call.type.value, "projectId": call.project_id, "limit": call.limit, "cursor": cursor}
        arguments = json.dumps({key: value for key, value in more.items() if value is not None})
        following = NextCall(tool="find", arguments=arguments)
        text += f"\nnext: find {arguments} for more."
    return ToolOutcome(text, FindResult(type=call.type.value, backend=backend, items=items, next=following))


async def _found(call: FindInput, client: VideoClient) -> tuple[list[Found], str | None]:
    """A page, or with a query the best matches."""
    if call.type is Findable.VOICES:
        page = await client.voices(query=call.query, limit=call.limit, cursor=call.cursor)
        return [_voice(voice) for voice in page.tts_voices], page.next_cursor
    if call.type is Findable.LANGUAGES:
        languages = await client.languages(query=call.query)
        return [Found.of(one.language_code, one.name, "language") for one in languages[: call.limit]], None
    if call.type is Findable.STYLES and client.backend is Backend.EMBEDDED:
        looks = [Found.of(look.name, look.name, look.description) for look in await client.looks()]
        # A closed list of short words: a part of it would hide the rest.
        return _matching(looks, call.query), None
    if call.type is Findable.FILES and call.query:
        try:
            results = (await client.search_files(call.query, limit=call.limit)).results
        except UnavailableError:
            results = []
        found = [_file(one.file) for one in results]
        known = {item.id for item in found}
        # Exports, and files that were not looked into yet, are found by their names alone.
        named, _ = await _listed(call, client)
        return [*found, *(item for item in named if item.id not in known)][: call.limit], None
    return await _listed(call, client)


async def _listed(call: FindInput, client: VideoClient) -> tuple[list[Found], str | None]:
    """A page, or with a query the matches within the newest pages."""
    found: list[Found] = []
    cursor = call.cursor
    for _ in range(SEARCHED_PAGES if call.query else 1):
        limit = 100 if call.query else call.limit
        items, cursor = await _PAGES[call.type](client, call, limit, cursor)
        found += _matching(items, call.query)
        if cursor is None or len(found) >= call.limit:
            break
    return found[: call.limit], None if call.query else cursor


Page = tuple[list[Found], str | None]


async def _projects(client: VideoClient, call: FindInput, limit: int, cursor: str | None) -> Page:
    page = await client.projects(limit=limit, cursor=cursor)
    return [_project(one) for one in page.projects], page.next_cursor


async def _runs(client: VideoClient, call: FindInput, limit: int, cursor: str | None) -> Page:
    page = await client.runs(limit=limit, cursor=cursor)
    return [_run(one) for one in page.workflow_runs], page.next_cursor


async def _assets(client: VideoClient, call: FindInput, limit: int, cursor: str | None) -> Page:
    page = await client.tool_executions(limit=limit, cursor=cursor)
    return [_asset(one) for one in page.tool_executions], page.next_cursor


async def _exports(client: VideoClient, call: FindInput, limit: int, cursor: str | None) -> Page:
    page = await client.exports(call.project_id or "", limit=limit, cursor=cursor)
    return [_export(one) for one in page.exports], page.next_cursor


async def _edits(client: VideoClient, call: FindInput, limit: int, cursor: str | None) -> Page:
    page = await client.remix_actions(call.project_id or "", limit=limit, cursor=cursor)
    return [_edit(one) for one in page.remix_actions], page.next_cursor


async def _files(client: VideoClient, call: FindInput, limit: int, cursor: str | None) -> Page:
    page = await client.files(limit=limit, cursor=cursor, include_export_files=True)
    return [_file(one) for one in page.files], page.next_cursor


def _entities(kind: EntityType) -> Callable[[VideoClient, FindInput, int, str | None], Awaitable[Page]]:
    async def page_of(client: VideoClient, call: FindInput, limit: int, cursor: str | None) -> Page:
        page = await client.entities(entity_type=kind, limit=limit, cursor=cursor)
        return [_entity(one) for one in page.entities], page.next_cursor

    return page_of


_PAGES: Mapping[Findable, Callable[[VideoClient, FindInput, int, str | None], Awaitable[Page]]] = {
    Findable.PROJECTS: _projects,
    Findable.JOBS: _runs,
    Findable.ASSETS: _assets,
    Findable.EXPORTS: _exports,
    Findable.EDITS: _edits,
    Findable.FILES: _files,
    Findable.ACTORS: _entities(EntityType.ACTOR),
    Findable.PRODUCTS: _entities(EntityType.PRODUCT),
    Findable.STYLES: _entities(EntityType.VISUAL_STYLE),
    Findable.THEMES: _entities(EntityType.SLIDESHOW_THEME),
}
_OF_A_PROJECT = (Findable.EXPORTS, Findable.EDITS)


def _matching(items: Iterable[Found], query: str | None) -> list[Found]:
    if not query:
        return list(items)
    wanted = query.casefold()
    return [item for item in items if wanted in f"{item.id} {item.name} {item.detail}".casefold()]


def _voice(voice: TtsVoice) -> Found:
    detail = ", ".join(
        part for part in (voice.language_code, str(voice.display_gender).lower(), voice.description) if part
    )
    return Found.of(voice.voice_id, voice.display_name, detail)


def _project(project: Project) -> Found:
    ratio = f"{project.aspect_ratio.width}:{project.aspect_ratio.height}"
    return Found.of(project.project_id, project.title, f"{project.status}, {ratio}")


def _run(run: WorkflowRun) -> Found:
    detail = f"{run.status}, {run.progress_percentage:.0f} %, project {run.project_id}"
    return Found.of(run.workflow_run_id, str(run.workflow_type).lower(), detail)


def _asset(execution: ExecutedTool) -> Found:
    made = [result.file_id for result in execution.results]
    files = f", files {', '.join(made)}" if made else ""
    return Found.of(execution.tool_execution_id, str(execution.tool_type).lower(), f"{execution.status}{files}")


def _export(export: ProjectExport) -> Found:
    file = f", file {export.export_file_id}" if export.export_file_id else ""
    return Found.of(export.export_id, "export", f"{export.status}, {export.progress_percentage:.0f} %{file}")


def _edit(action: RemixActionRun) -> Found:
    failed = f": {action.error.message}" if action.error else ""
    return Found.of(action.remix_action_id, str(action.type), f"{action.status}{failed}")


def _file(file: FileInfo) -> Found:
    length = f", {file.duration_seconds:.1f} s" if file.duration_seconds else ""
    state = file.download_source.status if file.download_source is not None else "ready"
    unusable = "" if state == "ready" else f", {state}"
    return Found.of(file.file_id, file.display_name, f"{str(file.type or 'file').lower()}{length}{unusable}")


def _entity(entity: Entity) -> Found:
    own = "built in" if entity.is_built_in else f"{len(entity.references)} references"
    return Found.of(entity.entity_id, entity.name, f"{own}{': ' if entity.description else ''}{entity.description}")


_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": [kind.value for kind in Findable]},
        "query": {"type": "string"},
        "projectId": {"type": "string", "description": "For exports and edits."},
        "limit": {"type": "integer", "minimum": 1, "maximum": 50},
        "cursor": {"type": "string"},
    },
    "required": ["type"],
}
FIND = ToolSpec(
    name="find",
    title="Find things",
    toolset="library",
    description="List or search what there is. Never guess an id: find it.",
    schema=_SCHEMA,
    result=FindResult,
    parse=parse_find,
    run=find,
    flags=ToolFlags(read_only=True, idempotent=True),
)
