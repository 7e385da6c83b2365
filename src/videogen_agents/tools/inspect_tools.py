"""inspect_project: what is in a project, so that an agent without eyes can judge and edit it."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from itertools import accumulate
from typing import Any, TypeVar

from pydantic import Field

from videogen_agents.client.project_calls import (
    ProjectDifference,
    ProjectFinding,
    ProjectFindings,
    ProjectScene,
    ProjectScenes,
    ProjectVersions,
)
from videogen_agents.contract import ProjectExport
from videogen_agents.errors import InputError, VideoError
from videogen_agents.tools.arguments import ToolInput, parse_model
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import Thumbnail, ToolOutcome, ToolResult, one_line
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.thumbnails import SHEET_BYTES, thumbnail_at

AnswerT = TypeVar("AnswerT")

EXAMPLE = json.dumps({"projectId": "vg_proj_…"}, ensure_ascii=False)
#: Words of a scene that an overview shows, and exports and edits that are listed.
SHOWN_WORDS = 8
SHOWN_JOBS = 5
SHOWN_FINDINGS = 4
#: Characters of the list of scenes: about 1,200 tokens.
SHOWN_CHARS = 4_000


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
    """``exports`` and ``edits`` are the newest, as ``id status``. ``scenes``, what an edit made different, and
    ``findings`` of the newest export, each with the call that mends it, come from the embedded engine alone."""

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
    findings: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)


def parse_inspect(arguments: dict[str, Any]) -> InspectProjectInput:
    return parse_model(InspectProjectInput, arguments, example=EXAMPLE)


async def inspect_project(call: InspectProjectInput, ctx: ToolContext) -> ToolOutcome:
    client = ctx.client
    project = await client.project(call.project_id)
    exports = (await client.exports(call.project_id, limit=SHOWN_JOBS)).exports
    film = await _told(client.project_scenes(call.project_id)) if project.status == "ready" else None
    remix = await _told(client.remix_actions(call.project_id, limit=SHOWN_JOBS))
    versions = await _told(client.project_versions(call.project_id)) if film else None
    review = await _told(client.project_findings(call.project_id)) if film else None
    made = _made(versions)
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
            f"{edit.type} {edit.remix_action_id} {edit.status}{made.get(edit.remix_action_id, '')}"
            for edit in (remix.remix_actions if remix else [])
        ],
        findings=[_finding(finding) for finding in (review.findings if review else ())],
        warnings=list(film.warnings) if film else [],
    )
    new = await _unexported(call, ctx, film, review)
    return ToolOutcome(_text(data, call, versions, review, new), data, thumbnail=await _still(exports, review, ctx))


async def _told(answer: Awaitable[AnswerT]) -> AnswerT | None:
    """None when the server does not tell: a project that was never built has no scenes, and the rest is still worth
    telling."""
    try:
        return await answer
    except VideoError:
        return None


def _made(versions: ProjectVersions | None) -> dict[str, str]:
    """By edit: the version it made and what is different in that, in words."""
    if versions is None:
        return {}
    return {
        item.job_id: f", version {item.version}{' (current)' if item.is_current else ''}: {one_line(item.title)}"
        for item in versions.versions
    }


async def _unexported(
    call: InspectProjectInput, ctx: ToolContext, film: ProjectScenes | None, review: ProjectFindings | None
) -> ProjectDifference | None:
    """What was edited since the newest export; None when nothing was, or nothing was exported."""
    if film is None or review is None or review.version is None or review.version == film.version:
        return None
    return await _told(ctx.client.project_difference(call.project_id, review.version))


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


def _finding(finding: ProjectFinding) -> str:
    place = "whole film" if finding.scene is None else f"scene {finding.scene}"
    mend = f"{finding.mend_tool} {json.dumps(finding.mend_arguments, ensure_ascii=False)}"
    return (
        one_line(f"{finding.start_seconds:g}–{finding.end_seconds:g} s, {place}: {finding.sentence}") + f" mend: {mend}"
    )


def _text(
    data: ProjectResult,
    call: InspectProjectInput,
    versions: ProjectVersions | None,
    review: ProjectFindings | None,
    new: ProjectDifference | None,
) -> str:
    """Three lines: the project, its scenes, what was made of it and what a machine saw wrong with that."""
    length = f", {data.duration_seconds:g} s, version {data.version}" if data.duration_seconds is not None else ""
    lines = [f"{data.title}: {data.status}, {data.aspect_ratio}{length}. ids: project_id={data.project_id}"]
    if data.scenes:
        lines.append(f"scenes: {_scenes(data.scenes)}")
    elif data.backend == "hosted":
        lines.append(f"The contract lists no scenes; the user can look at {data.project_url}")
    made = [f"exports: {', '.join(data.exports)}" if data.exports else "exports: none; export_project makes one"]
    if new is not None and review is not None:
        seen = one_line("; ".join(new.differences))
        made.append(
            f"since version {review.version}, the newest exported: {seen}; renders {new.seconds_to_render:g} s anew"
        )
    if data.edits:
        made.append(f"edits: {'; '.join(data.edits)}")
    if versions is not None and versions.undo_version is not None:
        made.append(f"“undo that” in EDIT_WITH_AGENT goes back to version {versions.undo_version}")
    if review is not None and review.export_id is not None and call.scene is None:
        shown = " | ".join(data.findings[:SHOWN_FINDINGS])
        more = len(data.findings) - SHOWN_FINDINGS
        made.append(f"findings: {shown or 'none'}" + (f" | and {more} more" if more > 0 else ""))
    return "\n".join([*lines, ". ".join(made)])


def _scenes(scenes: list[InspectedScene]) -> str:
    """With reasons if there is room; of very many scenes the first."""
    told = [f"{scene.number}. {scene.start:g}–{scene.end:g} s “{scene.words}” [{scene.picture}]" for scene in scenes]
    whole = "; ".join(f"{line} ({scene.reason})" for line, scene in zip(told, scenes, strict=True))
    if len(whole) <= SHOWN_CHARS:
        return whole
    plain = "; ".join(told)
    if len(plain) <= SHOWN_CHARS:
        return plain
    fitting = sum(total <= SHOWN_CHARS for total in accumulate(len(line) + 2 for line in told))
    return f"{'; '.join(told[:fitting])}; and {len(told) - fitting} more: ask for one by its number"


async def _still(exports: list[ProjectExport], review: ProjectFindings | None, ctx: ToolContext) -> Thumbnail | None:
    """The sheet of the newest export, else its still."""
    if review is not None and review.export_id is not None:
        engine = await _told(ctx.client.engine_job(review.export_id))
        sheet = engine.sidecar("contact_sheet") if engine else None
        if sheet is not None:
            return await thumbnail_at(sheet, ctx, SHEET_BYTES)
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
