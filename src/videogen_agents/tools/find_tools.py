"""find: list and search what there is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from pydantic import Field

from videogen_agents.client import VideoClient
from videogen_agents.contract import FileInfo, Project, TtsVoice, WorkflowRun
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.flat_schema import flat_schema
from videogen_agents.tools.result import ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec

EXAMPLE = json.dumps({"type": "voices", "query": "german"}, ensure_ascii=False)
#: Pages of a list that are searched for a query the contract has no search for.
SEARCHED_PAGES = 5


class Findable(StrEnum):
    PROJECTS = "projects"
    JOBS = "jobs"
    FILES = "files"
    VOICES = "voices"
    LANGUAGES = "languages"


class FindInput(ToolInput):
    type: Findable
    query: str | None = Field(default=None, max_length=200, description="Part of a name or detail.")
    limit: int = Field(default=10, ge=1, le=50)
    cursor: str | None = Field(default=None, max_length=1000, description="nextCursor of the last call.")


class Found(ToolResult):
    id: str
    name: str
    detail: str

    @classmethod
    def of(cls, id_: str, name: str | None, detail: str) -> Found:
        """An item whose texts fit on a line."""
        return cls(id=id_, name=one_line(name or ""), detail=one_line(detail))


class FindResult(ToolResult):
    type: str
    backend: str
    items: list[Found]
    next_cursor: str | None = None


def parse_find(arguments: dict[str, Any]) -> FindInput:
    return parse_model(FindInput, arguments, example=EXAMPLE)


async def find(call: FindInput, ctx: ToolContext) -> ToolOutcome:
    client = ctx.client
    if call.type is Findable.VOICES:
        page = await client.voices(query=call.query, limit=call.limit, cursor=call.cursor)
        items, cursor = [_voice(voice) for voice in page.tts_voices], page.next_cursor
    elif call.type is Findable.LANGUAGES:
        languages = await client.languages(query=call.query)
        items = [Found.of(one.language_code, one.name, "language") for one in languages[: call.limit]]
        cursor = None
    else:
        items, cursor = await _search(call, client)
    backend = client.backend.value
    shown = "; ".join(f"{item.id} {item.name} ({item.detail})" for item in items)
    more = f"\nnext: find again with {json.dumps({'type': call.type.value, 'cursor': cursor})}" if cursor else ""
    text = f"{len(items)} {call.type.value} on the {backend} backend:\n{shown}{more}" if items else _nothing(call)
    return ToolOutcome(text, FindResult(type=call.type.value, backend=backend, items=items, next_cursor=cursor))


def _nothing(call: FindInput) -> str:
    return f"No {call.type.value} match {call.query!r}." if call.query else f"There are no {call.type.value} yet."


async def _search(call: FindInput, client: VideoClient) -> tuple[list[Found], str | None]:
    """A page, or with a query the matches within the newest pages."""
    found: list[Found] = []
    cursor = call.cursor
    for _ in range(SEARCHED_PAGES if call.query else 1):
        limit = 100 if call.query else call.limit
        items, cursor = await _page(call.type, client, limit, cursor)
        found += _matching(items, call.query)
        if cursor is None or len(found) >= call.limit:
            break
    return found[: call.limit], None if call.query else cursor


async def _page(kind: Findable, client: VideoClient, limit: int, cursor: str | None) -> tuple[list[Found], str | None]:
    if kind is Findable.PROJECTS:
        projects = await client.projects(limit=limit, cursor=cursor)
        return [_project(one) for one in projects.projects], projects.next_cursor
    if kind is Findable.JOBS:
        runs = await client.runs(limit=limit, cursor=cursor)
        return [_run(one) for one in runs.workflow_runs], runs.next_cursor
    files = await client.files(limit=limit, cursor=cursor, include_export_files=True)
    return [_file(one) for one in files.files], files.next_cursor


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


def _file(file: FileInfo) -> Found:
    length = f", {file.duration_seconds:.1f} s" if file.duration_seconds else ""
    return Found.of(file.file_id, file.display_name, f"{str(file.type or 'file').lower()}{length}")


FIND = ToolSpec(
    name="find",
    title="Find things",
    toolset="find",
    description="List or search projects, jobs, files, voices and languages. Never guess an id: find it.",
    schema=flat_schema(FindInput),
    result=FindResult,
    parse=parse_find,
    run=find,
    flags=ToolFlags(read_only=True, idempotent=True),
)
