"""run_workflow and export_project: start work and answer at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError
from pydantic.alias_generators import to_camel

from videogen_agents.client import WorkflowRequest
from videogen_agents.contract import (
    ExportProjectRequest,
    PromptToVideoClipRequest,
    ScriptToVideoRequest,
    SlideshowToVideoRequest,
    StoryboardToVideoRequest,
    VideoToVideoRequest,
    VoiceoverToVideoRequest,
)
from videogen_agents.errors import InputError
from videogen_agents.tools.arguments import explain, known_names, reject_unknown, reject_value, unread_values
from videogen_agents.tools.flat_schema import Schema, described, flat_schema, flat_variants, properties_of
from videogen_agents.tools.result import NextCall, ToolOutcome, ToolResult
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec

VARIANTS: dict[str, type[WorkflowRequest]] = {
    "script_to_video": ScriptToVideoRequest,
    "voiceover_to_video": VoiceoverToVideoRequest,
    "slideshow_to_video": SlideshowToVideoRequest,
    "storyboard_to_video": StoryboardToVideoRequest,
    "prompt_to_video_clip": PromptToVideoClipRequest,
    "video_to_video": VideoToVideoRequest,
}
EXAMPLE = json.dumps(
    {"workflow": "script_to_video", "script": "Water keeps you sharp. …", "aspectRatio": {"width": 9, "height": 16}},
    ensure_ascii=False,
)
EXPORT_EXAMPLE = json.dumps({"projectId": "vg_proj_…", "quality": "FULL_HIGH"}, ensure_ascii=False)

#: Shown to models; the contract accepts more (older names, ignored fields), which only costs tokens here.
_SKIPPED = {"hideFromUi", "isOutputTemporary", "exportOptions", "remixActions", "logoFileId", "captionStyle"}
_AUTO_EXPORT: Schema = {"type": "boolean", "default": True, "description": "Render the MP4 too."}
_CONTROL: Schema = {
    "new": {"type": "boolean", "description": "Start again although the same request was already started."},
}


class StartedResult(ToolResult):
    """A started job; ``reused`` when the same request had started it before.

    ``warnings`` name the arguments that have no effect beside the others.
    """

    status: str = "started"
    backend: str
    workflow_run_id: str | None = None
    export_id: str | None = None
    project_id: str
    project_url: str | None = None
    reused: bool = False
    warnings: list[str] = Field(default_factory=list)
    next: NextCall


@dataclass(frozen=True)
class WorkflowCall:
    request: WorkflowRequest
    new: bool
    warnings: tuple[str, ...] = ()


def parse_workflow(arguments: dict[str, Any]) -> WorkflowCall:
    """The variant's true model. A style given as plain words, and a ratio as "9:16", are understood."""
    values = {key: value for key, value in arguments.items() if value is not None}
    name = values.pop("workflow", None)
    if not isinstance(name, str) or name not in VARIANTS:
        raise reject_value("workflow", name, VARIANTS, example=EXAMPLE)
    new = _taken_switch(values, EXAMPLE)
    model = VARIANTS[name]
    reject_unknown(values, known_names(model), example=EXAMPLE)
    values = {to_camel(key) if "_" in key else key: value for key, value in values.items()}
    if "visual_style" in model.model_fields:
        values["visualStyle"] = _style(values.get("visualStyle"))
    if isinstance(ratio := values.get("aspectRatio"), str):
        width, _, height = ratio.replace("x", ":").replace("/", ":").partition(":")
        values["aspectRatio"] = {"width": width.strip(), "height": height.strip()}
    values.setdefault("autoExport", True)
    try:
        request = model.model_validate(values)
    except ValidationError as error:
        raise explain(error, example=EXAMPLE) from error
    return WorkflowCall(request, new, unread_values(model, values, example=EXAMPLE))


def _style(style: object) -> object:
    """A visual style given in words is one to draw; without any, pictures come from the library."""
    if not isinstance(style, str):
        return style or {"type": "STOCK"}
    if style.upper() in ("STOCK", "AI_IMAGE"):
        return {"type": style.upper()}
    return {"type": "AI_IMAGE", "aiStyle": style}


def _taken_switch(values: dict[str, Any], example: str) -> bool:
    new = values.pop("new", False)
    if not isinstance(new, bool):
        raise reject_value("new", new, ("true", "false"), example=example)
    return new


async def run_workflow(call: WorkflowCall, ctx: ToolContext) -> ToolOutcome:
    started = await ctx.client.start_workflow(call.request, new=call.new)
    run = started.reply
    arguments = {"jobId": run.workflow_run_id}
    how = "was already started" if started.reused else "started"
    noted = f"\nnote: {' '.join(call.warnings)}" if call.warnings else ""
    text = (
        f"The film {how} on the {ctx.client.backend.value} backend: job {run.workflow_run_id},"
        f" project {run.project_id}.\nnext: get_job {json.dumps(arguments)} until it has succeeded.{noted}"
    )
    data = StartedResult(
        backend=ctx.client.backend.value,
        workflow_run_id=run.workflow_run_id,
        project_id=run.project_id,
        project_url=run.project_url,
        reused=started.reused,
        warnings=list(call.warnings),
        next=NextCall(tool="get_job", arguments=json.dumps(arguments)),
    )
    return ToolOutcome(text, data)


@dataclass(frozen=True)
class ExportCall:
    project_id: str
    request: ExportProjectRequest
    new: bool


def parse_export(arguments: dict[str, Any]) -> ExportCall:
    values = {key: value for key, value in arguments.items() if value is not None}
    known = known_names(ExportProjectRequest) | {"projectId", "project_id", "new"}
    reject_unknown(values, known, example=EXPORT_EXAMPLE)
    project_id = values.pop("projectId", None) or values.pop("project_id", None)
    if not isinstance(project_id, str) or not 0 < len(project_id) <= 200:
        raise InputError(
            "projectId is required; it is the id of a project.",
            code="invalid_arguments",
            next_step=f"Call again like this: {EXPORT_EXAMPLE}",
        )
    new = _taken_switch(values, EXPORT_EXAMPLE)
    try:
        return ExportCall(project_id, ExportProjectRequest.model_validate(values), new)
    except ValidationError as error:
        raise explain(error, example=EXPORT_EXAMPLE) from error


async def export_project(call: ExportCall, ctx: ToolContext) -> ToolOutcome:
    started = await ctx.client.export_project(call.project_id, call.request, new=call.new)
    arguments = {"jobId": started.reply.export_id, "projectId": call.project_id}
    how = "was already started" if started.reused else "started"
    text = (
        f"The export {how} on the {ctx.client.backend.value} backend: job {started.reply.export_id}.\n"
        f"next: get_job {json.dumps(arguments)} until it has succeeded."
    )
    data = StartedResult(
        backend=ctx.client.backend.value,
        export_id=started.reply.export_id,
        project_id=call.project_id,
        reused=started.reused,
        next=NextCall(tool="get_job", arguments=json.dumps(arguments)),
    )
    return ToolOutcome(text, data)


_WORKFLOW_DESCRIPTIONS = {
    "script": "Narrated word for word; one idea a sentence, about 150 words a minute.",
    "visualStyle": 'STOCK, or AI_IMAGE with aiStyle in words ("watercolour paper", "chalkboard").',
    "aspectRatio": "16:9 when left out; 9:16 is vertical.",
    "voiceId": "Id or display name of a voice (find voices).",
    "language": "BCP-47 tag; found from the text when left out.",
    "featuredBRollFileIds": "The user's pictures and clips to show.",
    "workflowAgentContext": "Production notes, never spoken.",
    "scenes": "script, voiceover: timed visual direction. storyboard: the scenes, each with a prompt.",
    "quality": "Tier of generated pictures.",
    "avatarQuality": "Tier of the talking actor.",
    "voiceSpeed": "1 is the voice's own speed.",
    "visualPacing": "How often the picture changes.",
    "prompt": "What to make, or the restyle wanted.",
    "fileId": "The uploaded audio, PDF or PowerPoint file.",
}


def _workflow_schema() -> Schema:
    schema = described(flat_variants("workflow", VARIANTS, skip=_SKIPPED), _WORKFLOW_DESCRIPTIONS)
    properties: Schema = {**properties_of(schema), "autoExport": _AUTO_EXPORT, **_CONTROL}
    return {**schema, "properties": properties}


def _export_schema() -> Schema:
    schema = described(
        flat_schema(ExportProjectRequest),
        {"quality": "STANDARD 720 lines, HIGH 1080, FULL_HIGH 1080 at best settings, ULTRA_HIGH 2160."},
    )
    properties: Schema = {
        "projectId": {"type": "string"},
        "quality": properties_of(schema)["quality"],
        **_CONTROL,
    }
    return {"type": "object", "properties": properties, "required": ["projectId"]}


RUN_WORKFLOW = ToolSpec(
    name="run_workflow",
    title="Make a video",
    toolset="films",
    description=(
        "Start making a finished, narrated, captioned video. Answers at once with a job id; then call get_job. "
        "The same request again returns the job that exists instead of starting (or paying for) a second one."
    ),
    schema=_workflow_schema(),
    result=StartedResult,
    parse=parse_workflow,
    run=run_workflow,
    flags=ToolFlags(paid=True, open_world=True),
)
EXPORT_PROJECT = ToolSpec(
    name="export_project",
    title="Render a project",
    toolset="films",
    description="Render the newest version of a project as MP4. Answers at once with a job id; then call get_job.",
    schema=_export_schema(),
    result=StartedResult,
    parse=parse_export,
    run=export_project,
    flags=ToolFlags(paid=True),
)
