"""remix_project: edits of a project, all actions of the contract, in order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from videogen_agents.client import JobKind
from videogen_agents.contract import RemixAction, RemixActionType, RemixProjectRequest
from videogen_agents.contract.base import WireModel
from videogen_agents.errors import InputError
from videogen_agents.tools.arguments import known_names, reject_unknown
from videogen_agents.tools.costs import cost_of_remix
from videogen_agents.tools.flat_schema import Schema, properties_of, shown_variants
from videogen_agents.tools.forms import wire_values
from videogen_agents.tools.requests import Variants, read_model, taken_id, taken_switch
from videogen_agents.tools.result import ToolOutcome
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.started import CONTROLS, StartedResult, started

EXAMPLES: Mapping[RemixActionType, Mapping[str, object]] = {
    RemixActionType.SET_BACKGROUND_MUSIC: {"fileId": "vg_file_…", "volume": 0.2},
    RemixActionType.SET_LOGO: {"fileId": "vg_file_…", "position": "TOP_RIGHT", "sizePercent": 12},
    RemixActionType.ENABLE_CAPTIONS: {"captionStyle": {"textColor": "#ffcc00", "verticalAlignment": "BOTTOM"}},
    RemixActionType.DISABLE_CAPTIONS: {},
    RemixActionType.ADD_TRANSITIONS: {"sectionTransition": "DYNAMIC", "assetTransition": "FADE"},
    RemixActionType.ADD_ZOOM: {},
    RemixActionType.RESIZE_PROJECT: {"aspectRatio": "9:16"},
    RemixActionType.CLEAN_UP_TRANSCRIPT: {"minPauseSeconds": 0.8},
    RemixActionType.CONVERT_IMAGES_TO_VIDEOS: {"motionPrompt": "slow drift"},
    RemixActionType.REGENERATE_IMAGES: {"stylePrompt": "watercolour"},
    RemixActionType.UPSCALE_ASSETS: {},
    RemixActionType.CHANGE_NARRATOR: {"voiceId": "vg_voic_…", "voiceSpeed": 1.1},
    RemixActionType.SHUFFLE_STOCK_VISUALS: {},
    RemixActionType.GENERATE_MUSIC: {"prompt": "calm piano"},
    RemixActionType.TRANSLATE_PROJECT: {"languageCode": "de"},
    RemixActionType.EDIT_WITH_AGENT: {"prompt": "Drop the third scene."},
}
_MODELS: dict[str, type[WireModel]] = {
    str(model.model_fields["type"].default.value): model
    for model in cast("tuple[type[WireModel], ...]", get_args(get_args(RemixAction)[0]))
}
#: The actions by type. Types are the contract's own, in upper case.
ACTIONS = Variants[WireModel]("type", _MODELS, {str(kind.value): example for kind, example in EXAMPLES.items()})
EXAMPLE = json.dumps({"projectId": "vg_proj_…", "remixActions": [{"type": "ADD_ZOOM"}]}, ensure_ascii=False)

_COLOUR: Schema = {"type": "string"}
#: What is mostly asked for; the contract's other fields are read as well.
CAPTION_STYLE: Schema = {
    "type": "object",
    "properties": {
        "fontName": {"type": "string"},
        "fontSize": {"type": "number"},
        "textColor": {"type": "string", "description": "#rrggbb"},
        "verticalAlignment": {"type": "string", "enum": ["TOP", "MIDDLE", "BOTTOM"]},
        "strokeColor": _COLOUR,
        "backgroundStyle": {
            "type": "object",
            "properties": {
                "type": {"type": "string", "enum": ["RECT", "WRAPPED", "WORD_BY_WORD"]},
                "backgroundColor": _COLOUR,
            },
        },
        "spokenTextColor": _COLOUR,
    },
}
NOTES: Mapping[str, str] = {
    "fileId": '"none" removes',
}


@dataclass(frozen=True)
class RemixCall:
    project_id: str
    request: RemixProjectRequest
    new: bool
    warnings: tuple[str, ...] = ()


def read_action(action: Mapping[str, object]) -> dict[str, object]:
    """One action in the contract's form. Raises InputError for an argument that its type does not have."""
    values = wire_values(action)
    kind = values.pop("type", None)
    try:
        name = str(RemixActionType(str(kind).strip().upper().replace("-", "_")).value)
    except ValueError:
        name = ACTIONS.named(kind)
    ACTIONS.read(name, values)
    return {"type": name, **values}


def parse_remix(arguments: dict[str, Any]) -> RemixCall:
    values = {key: value for key, value in arguments.items() if value is not None}
    if isinstance(action := values.get("action"), Mapping):
        values.setdefault("remixActions", [values.pop("action")] if action else [])
    known = known_names(RemixProjectRequest) | {"projectId", "project_id", "new"}
    reject_unknown(values, known, example=EXAMPLE)
    project_id = taken_id(values, "projectId", "a project", example=EXAMPLE)
    new = taken_switch(values, "new", example=EXAMPLE)
    given = values.pop("remixActions", values.pop("remix_actions", None))
    listed = cast("list[object]", given if isinstance(given, list) else [given] if isinstance(given, Mapping) else [])
    if not listed:
        raise InputError(
            "remixActions is required; it is the list of edits, in order.",
            code="invalid_arguments",
            next_step=f"Call again like this: {EXAMPLE}",
        )
    actions: list[dict[str, object]] = []
    warnings: list[str] = []
    for item in listed:
        if isinstance(item, str):
            item = {"type": item}
        if not isinstance(item, Mapping):
            raise InputError(
                "Every item of remixActions is an object with a type.",
                code="invalid_arguments",
                next_step=f"Call again like this: {EXAMPLE}",
            )
        action = read_action(cast("Mapping[str, object]", item))
        kind = str(action["type"])
        warnings += ACTIONS.read(kind, {key: value for key, value in action.items() if key != "type"})[1]
        actions.append(action)
    request = read_model(RemixProjectRequest, {**wire_values(values), "remixActions": actions}, example=EXAMPLE)
    return RemixCall(project_id, request, new, tuple(warnings))


async def remix_project(call: RemixCall, ctx: ToolContext) -> ToolOutcome:
    begun = await ctx.client.remix_project(call.project_id, call.request, new=call.new)
    remix = begun.reply
    ids = remix.remix_action_ids
    return started(
        ctx,
        "The edit" if len(ids) == 1 else f"{len(ids)} edits",
        # Actions run in order: the last one ends last.
        job_id=ids[-1],
        kind=JobKind.REMIX_ACTION.value,
        reused=begun.reused,
        project_id=remix.project_id,
        project_url=remix.project_url,
        job_ids=ids if len(ids) > 1 else (),
        warnings=call.warnings,
    )


def _schema() -> Schema:
    action = shown_variants(
        "type",
        ACTIONS.models,
        notes=NOTES,
        replaced={
            "captionStyle": CAPTION_STYLE,
            "aspectRatio": {"type": "string"},
            "assetTransition": {"type": "string"},
            "quality": {"type": "string"},
        },
        left_out={"avatarQuality"},
    )
    properties: Schema = {
        "projectId": {"type": "string"},
        "remixActions": {"type": "array", "items": {**action, "properties": properties_of(action)}},
        "saveAsNewProject": {"type": "boolean"},
        **CONTROLS,
    }
    return {"type": "object", "properties": properties, "required": ["projectId", "remixActions"]}


REMIX_PROJECT = ToolSpec(
    name="remix_project",
    title="Edit a project",
    toolset="edits",
    description=(
        "Edit a finished project, in order: captions, music, logo, transitions, ratio, voice, language, pictures, or "
        "EDIT_WITH_AGENT. Then get_job, then export_project."
    ),
    schema=_schema(),
    result=StartedResult,
    parse=parse_remix,
    run=remix_project,
    flags=ToolFlags(paid=True, destructive=True),
    cost=lambda call: cost_of_remix(call.request),
)
