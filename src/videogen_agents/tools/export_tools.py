"""export_project: an MP4, or the timeline in the format of an editing program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from videogen_agents.client import JobKind
from videogen_agents.contract import CreateTimelineInterchangeRequest, ExportProjectRequest
from videogen_agents.tools.arguments import known_names, reject_unknown, reject_value, unread_values
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.forms import wire_values
from videogen_agents.tools.requests import read_model, taken_id, taken_switch
from videogen_agents.tools.result import ToolOutcome
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.spend import FREE, Cost, SpendClass
from videogen_agents.tools.started import CONTROLS, StartedResult, started

EXAMPLE = json.dumps({"projectId": "vg_proj_…", "format": "MP4", "quality": "FULL_HIGH"}, ensure_ascii=False)
MP4 = "MP4"
TIMELINES = ("SRT", "OTIO", "FCPXML", "PREMIERE_XML")


@dataclass(frozen=True)
class ExportCall:
    project_id: str
    request: ExportProjectRequest | CreateTimelineInterchangeRequest
    new: bool
    warnings: tuple[str, ...] = ()


def parse_export(arguments: dict[str, Any]) -> ExportCall:
    values = {key: value for key, value in arguments.items() if value is not None}
    known = known_names(ExportProjectRequest) | known_names(CreateTimelineInterchangeRequest)
    reject_unknown(values, known | {"projectId", "project_id", "new"}, example=EXAMPLE)
    project_id = taken_id(values, "projectId", "a project", example=EXAMPLE)
    new = taken_switch(values, "new", example=EXAMPLE)
    form = values.pop("format", MP4)
    if not isinstance(form, str) or form.upper() not in (MP4, *TIMELINES):
        raise reject_value("format", form, (MP4, *TIMELINES), example=EXAMPLE)
    wire = wire_values(values)
    model = ExportProjectRequest
    if form.upper() != MP4:
        model = CreateTimelineInterchangeRequest
        wire["format"] = form.upper()
    request = read_model(model, wire, example=EXAMPLE)
    return ExportCall(project_id, request, new, tuple(_unread(model, wire)))


def _unread(model: type[ExportProjectRequest | CreateTimelineInterchangeRequest], wire: dict[str, Any]) -> list[str]:
    return [
        sentence.replace("beside the other arguments", "for this format")
        for sentence in unread_values(model, wire, example=EXAMPLE)
    ]


async def export_project(call: ExportCall, ctx: ToolContext) -> ToolOutcome:
    if isinstance(call.request, ExportProjectRequest):
        export = await ctx.client.export_project(call.project_id, call.request, new=call.new)
        what, job_id, kind, reused = "The export", export.reply.export_id, JobKind.EXPORT, export.reused
    else:
        timeline = await ctx.client.create_timeline_interchange(call.project_id, call.request, new=call.new)
        job_id, reused = timeline.reply.interchange_job_id, timeline.reused
        what, kind = "The timeline export", JobKind.TIMELINE_INTERCHANGE
    return started(
        ctx,
        what,
        job_id=job_id,
        kind=kind.value,
        reused=reused,
        project_id=call.project_id,
        warnings=call.warnings,
    )


def cost_of_export(call: ExportCall) -> Cost:
    """An MP4 is rendered; a timeline is only written down."""
    return Cost.of([(SpendClass.LOW, "an export", 1)]) if isinstance(call.request, ExportProjectRequest) else FREE


#: Watermark, end screen and destinations are read but not shown.
_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "projectId": {"type": "string"},
        "format": {"type": "string", "enum": [MP4, *TIMELINES]},
        "quality": {
            "type": "string",
            "enum": ["STANDARD", "HIGH", "FULL_HIGH", "ULTRA_HIGH"],
            "description": "480, 720, 1080, 2160 lines",
        },
        "mediaDelivery": {
            "type": "string",
            "enum": ["REMOTE_URLS", "BUNDLE"],
        },
        **CONTROLS,
    },
    "required": ["projectId"],
}
EXPORT_PROJECT = ToolSpec(
    name="export_project",
    title="Render a project",
    toolset="films",
    description="Render a project's newest version as MP4, or write its timeline or subtitles. Then get_job.",
    schema=_SCHEMA,
    result=StartedResult,
    parse=parse_export,
    run=export_project,
    flags=ToolFlags(paid=True),
    cost=cost_of_export,
)
