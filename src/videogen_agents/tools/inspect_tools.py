"""inspect_project: what is in a project, so that an agent without eyes can judge and edit it."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field

from videogen_agents.client.project_calls import ProjectScene, ProjectScenes
from videogen_agents.contract import ProjectExport, RemixActionRun
from videogen_agents.errors import InputError, VideoError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.thumbnails import thumbnail_at

EXAMPLE = json.dumps({"projectId": "vg_proj_…"}, ensure_ascii=False)
#: Words of a scene that an overview shows, and exports and edits that are listed.
SHOWN_WORDS = 8
SHOWN_JOBS = 5


class InspectProjectInput(ToolInput):
    project_id: str = Field(min_length=1, max_length=200)
    scene: int | None = Field(default=None, ge=1, le=10_000)


class InspectedScene(ToolResult):
    """``number`` counts from 1; times are seconds of the film. ``reason`` says why this picture."""

    number: int
    start: float
    end: float
    words: str
    picture: str
    reason: str


class ProjectResult(ToolResult):
    """``exports`` and ``edits`` are the newest, as ``id status``. ``scenes``, and what an edit made different, come
    from the embedded engine alone."""

    project_id: str
    backend: str
    title: str
    status: str
    aspect_ratio: str
    project_url: str
    version: int | None = None
    duration_seconds: float | None = None
    scenes: list[InspectedScene] = Field(default_factory=list)
    exports: list[str] = Field(default_factory=list)
    edits: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)


def parse_inspect(arguments: dict[str, Any]) -> InspectProjectInput:
    return parse_model(InspectProjectInput, arguments, example=EXAMPLE)


async def inspect_project(call: InspectProjectInput, ctx: ToolContext) -> ToolOutcome:
    client = ctx.client
    project = await client.project(call.project_id)
    exports = (await client.exports(call.project_id, limit=SHOWN_JOBS)).exports
    film = await _scenes(call, ctx) if project.status == "ready" else None
    edits = await _edits(call, ctx)
    made = await _versions(call, ctx) if film and edits else {}
    ratio = f"{project.aspect_ratio.width}:{project.aspect_ratio.height}"
    data = ProjectResult(
        project_id=call.project_id,
        backend=client.backend.value,
        title=one_line(project.title),
        status=str(project.status),
        aspect_ratio=ratio,
        project_url=project.project_url,
        version=film.version if film else None,
        duration_seconds=round(film.duration_seconds, 2) if film else None,
        scenes=_shown(call, film),
        exports=[_export(export) for export in exports],
        edits=[
            f"{edit.type} {edit.remix_action_id} {edit.status}{made.get(edit.remix_action_id, '')}" for edit in edits
        ],
        warnings=list(film.warnings) if film else [],
    )
    return ToolOutcome(_text(data, call), data, thumbnail=await _still(exports, ctx))


async def _scenes(call: InspectProjectInput, ctx: ToolContext) -> ProjectScenes | None:
    try:
        return await ctx.client.project_scenes(call.project_id)
    except VideoError:
        # A project that was never built has no scenes; the rest is still worth telling.
        return None


async def _edits(call: InspectProjectInput, ctx: ToolContext) -> list[RemixActionRun]:
    try:
        return (await ctx.client.remix_actions(call.project_id, limit=SHOWN_JOBS)).remix_actions
    except VideoError:
        return []


async def _versions(call: InspectProjectInput, ctx: ToolContext) -> dict[str, str]:
    """By edit: the version it made and what is different in that, in words."""
    try:
        found = await ctx.client.project_versions(call.project_id)
    except VideoError:
        return {}
    if found is None:
        return {}
    return {
        item.job_id: f", version {item.version}{' (current)' if item.is_current else ''}: {one_line(item.title)}"
        for item in found.versions
    }


def _shown(call: InspectProjectInput, film: ProjectScenes | None) -> list[InspectedScene]:
    if film is None:
        return []
    scenes = list(film.scenes)
    if call.scene is not None:
        if call.scene > len(scenes):
            raise InputError(
                f"There is no scene {call.scene}; the film has {len(scenes)}.",
                code="no_such_scene",
                ids={"project_id": call.project_id},
                next_step=f"Give a scene from 1 to {len(scenes)}, or leave it out for all.",
            )
        return [_scene(scenes[call.scene - 1], whole=True)]
    return [_scene(scene, whole=False) for scene in scenes]


def _scene(scene: ProjectScene, *, whole: bool) -> InspectedScene:
    words = scene.text.split()
    shown = scene.text if whole or len(words) <= SHOWN_WORDS else " ".join(words[:SHOWN_WORDS]) + " …"
    return InspectedScene(
        number=scene.index + 1,
        start=round(scene.start_seconds, 2),
        end=round(scene.end_seconds, 2),
        words=one_line(shown),
        picture=one_line(f"{scene.look}, {scene.layout}: {scene.headline}" if scene.headline else scene.layout),
        reason=one_line(scene.reason),
    )


def _export(export: ProjectExport) -> str:
    return f"{export.export_id} {export.status}" + (f" {export.export_file_id}" if export.export_file_id else "")


def _text(data: ProjectResult, call: InspectProjectInput) -> str:
    """Three lines: the project, its scenes, what was made of it."""
    length = f", {data.duration_seconds:g} s, version {data.version}" if data.duration_seconds is not None else ""
    lines = [f"{data.title}: {data.status}, {data.aspect_ratio}{length}. ids: project_id={data.project_id}"]
    if data.scenes:
        why = " ({reason})" if call.scene is not None else ""
        scenes = "; ".join(
            f"{scene.number}. {scene.start:g}–{scene.end:g} s “{scene.words}” [{scene.picture}]"
            + why.format(reason=scene.reason)
            for scene in data.scenes
        )
        lines.append(f"scenes: {scenes}")
    elif data.backend == "hosted":
        lines.append(f"The contract lists no scenes; the user can look at {data.project_url}")
    made = [f"exports: {', '.join(data.exports)}" if data.exports else "exports: none; export_project makes one"]
    if data.edits:
        made.append(f"edits: {'; '.join(data.edits)}")
    lines.append(". ".join(made))
    return "\n".join(lines)


async def _still(exports: list[ProjectExport], ctx: ToolContext) -> Any:
    url = next((export.thumbnail_url for export in exports if export.thumbnail_url), None)
    return await thumbnail_at(url, ctx) if url else None


_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "projectId": {"type": "string"},
        "scene": {"type": "integer", "minimum": 1, "description": "Only this one, in full."},
    },
    "required": ["projectId"],
}
INSPECT_PROJECT = ToolSpec(
    name="inspect_project",
    title="Look into a project",
    toolset="library",
    description="What a project holds: scenes with words, times and pictures, exports, edits, a still.",
    schema=_SCHEMA,
    result=ProjectResult,
    parse=parse_inspect,
    run=inspect_project,
    flags=ToolFlags(read_only=True, idempotent=True),
)
