"""run_workflow: start a whole film and answer at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from videogen_agents.client import JobKind, WorkflowRequest
from videogen_agents.contract import (
    ExportQuality,
    PromptToVideoClipRequest,
    ScriptToVideoRequest,
    SlideshowToVideoRequest,
    StoryboardToVideoRequest,
    VideoToVideoRequest,
    VoiceoverToVideoRequest,
)
from videogen_agents.errors import InputError
from videogen_agents.tools.arguments import reject_value
from videogen_agents.tools.costs import cost_of_workflow
from videogen_agents.tools.flat_schema import Schema, shown_variants
from videogen_agents.tools.forms import visual_style, wire_values
from videogen_agents.tools.public_url import check_public_url
from videogen_agents.tools.remix_tools import read_action
from videogen_agents.tools.requests import Variants, taken_switch
from videogen_agents.tools.result import ToolOutcome
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.started import CONTROLS, StartedResult, started

WORKFLOWS = Variants[Any](
    "workflow",
    {
        "script_to_video": ScriptToVideoRequest,
        "voiceover_to_video": VoiceoverToVideoRequest,
        "slideshow_to_video": SlideshowToVideoRequest,
        "storyboard_to_video": StoryboardToVideoRequest,
        "prompt_to_video_clip": PromptToVideoClipRequest,
        "video_to_video": VideoToVideoRequest,
    },
    {
        "script_to_video": {"script": "Water keeps you sharp. …", "aspectRatio": "9:16"},
        "voiceover_to_video": {"fileId": "vg_file_…", "visualStyle": "flat art"},
        "slideshow_to_video": {"fileId": "vg_file_…"},
        "storyboard_to_video": {"scenes": [{"prompt": "A lighthouse at dawn", "voiceoverScript": "Day breaks."}]},
        "prompt_to_video_clip": {"prompt": "A red kite over dunes", "durationSeconds": 8},
        "video_to_video": {"videoFileId": "vg_file_…", "prompt": "as a watercolour"},
    },
)

#: Shown in a shorter form, or read without being shown: they would cost every conversation tokens.
REPLACED: Schema = {
    "aspectRatio": {"type": "string", "description": "As 9:16"},
    "visualStyle": {
        "type": "string",
        "description": "STOCK, or a style in words",
    },
    "remixActions": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Then edit: types, or actions of remix_project as JSON.",
    },
    "exportOptions": {},
    "scenes": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "prompt": {"type": "string"},
                "voiceoverScript": {"type": "string"},
                "durationSeconds": {"type": "integer"},
                "actorEntityIds": {"type": "array", "items": {"type": "string"}},
                "productEntityIds": {"type": "array", "items": {"type": "string"}},
                "visualStyleEntityId": {"type": "string"},
                "startSeconds": {"type": "number"},
                "endSeconds": {"type": "number"},
                "description": {"type": "string"},
            },
        },
        "description": "storyboard: prompts. Else: descriptions of time ranges.",
    },
}
LEFT_OUT = (
    *("hideFromUi", "isOutputTemporary", "exportOptions", "logoFileId", "captionStyle", "defaultGeneration"),
    *("defaultDurationSeconds", "avatarQuality", "actorEntityIds", "productEntityIds"),
)
NOTES: Mapping[str, str] = {
    "script": "Narrated word for word; 150 words a minute",
    "fileId": "Audio, PDF or PowerPoint",
    "voiceId": "Id or name",
    "language": "BCP-47",
    "workflowAgentContext": "Notes, never spoken",
}


@dataclass(frozen=True)
class WorkflowCall:
    request: WorkflowRequest
    new: bool
    warnings: tuple[str, ...] = ()


def parse_workflow(arguments: dict[str, Any]) -> WorkflowCall:
    """The variant's true model. Styles and ratios in short forms are understood."""
    values = dict(arguments)
    return read_workflow(WORKFLOWS.named(values.pop("workflow", None)), values)


def read_workflow(name: str, arguments: dict[str, Any]) -> WorkflowCall:
    """The request of one workflow, a film to be exported unless it says otherwise."""
    values = dict(arguments)
    new = taken_switch(values, "new", example=WORKFLOWS.example(name))
    values = wire_values(values)
    ours = {"exportQuality", *(("visualStyle",) if name == "storyboard_to_video" else ())}
    WORKFLOWS.check_names(name, {key: value for key, value in values.items() if key not in ours})
    fields = WORKFLOWS.models[name].model_fields
    if "visual_style" in fields:
        values["visualStyle"] = visual_style(values.get("visualStyle"))
    elif name == "storyboard_to_video" and isinstance(style := values.pop("visualStyle", None), str):
        values.setdefault("defaultGeneration", {"aiStyle": style})
    if (quality := values.pop("exportQuality", None)) is not None:
        if not isinstance(quality, str) or quality not in [known.value for known in ExportQuality]:
            raise reject_value("exportQuality", quality, ExportQuality, example=WORKFLOWS.example(name))
        options = values.get("exportOptions")
        values["exportOptions"] = {**(cast("dict[str, object]", options) if isinstance(options, dict) else {})} | {
            "quality": quality
        }
    if "remix_actions" in fields and isinstance(actions := values.get("remixActions"), list):
        values["remixActions"] = [_action(action) for action in cast("list[object]", actions)]
    values.setdefault("autoExport", True)
    request, warnings = WORKFLOWS.read(name, values)
    if isinstance(url := getattr(request, "video_url", None), str):
        check_public_url(url)
    return WorkflowCall(request, new, warnings)


def _action(action: object) -> object:
    """An action given as an object, as its type alone, or as JSON text."""
    if isinstance(action, str):
        text = action.strip()
        if not text.startswith("{"):
            action = {"type": text}
        else:
            try:
                action = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise InputError(
                    "An item of remixActions is not valid JSON.",
                    code="invalid_arguments",
                    next_step='Give a type ("ADD_ZOOM") or an action: {"type": "CHANGE_NARRATOR", "voiceId": "…"}.',
                ) from error
    return read_action(cast("Mapping[str, object]", action)) if isinstance(action, Mapping) else action


async def run_workflow(call: WorkflowCall, ctx: ToolContext) -> ToolOutcome:
    begun = await ctx.client.start_workflow(call.request, new=call.new)
    run = begun.reply
    return started(
        ctx,
        "The film",
        job_id=run.workflow_run_id,
        kind=JobKind.WORKFLOW_RUN.value,
        reused=begun.reused,
        project_id=run.project_id,
        project_url=run.project_url,
        job_ids=[run.workflow_run_id, *run.remix_action_ids] if run.remix_action_ids else (),
        warnings=call.warnings,
    )


def _schema() -> Schema:
    extra: Schema = {
        "exportQuality": {"type": "string"},
        **CONTROLS,
    }
    return shown_variants("workflow", WORKFLOWS.models, notes=NOTES, replaced=REPLACED, left_out=LEFT_OUT, extra=extra)


RUN_WORKFLOW = ToolSpec(
    name="run_workflow",
    title="Make a video",
    toolset="films",
    description=(
        "Start a finished, narrated, captioned video; default script_to_video. Answers at once with a job id; then "
        "get_job. The same call again returns the job that exists; new starts another."
    ),
    schema=_schema(),
    result=StartedResult,
    parse=parse_workflow,
    run=run_workflow,
    flags=ToolFlags(paid=True, open_world=True),
    cost=lambda call: cost_of_workflow(call.request),
)
