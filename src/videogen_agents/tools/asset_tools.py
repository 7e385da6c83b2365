"""generate_asset: the 13 standalone tools, for a picture, a clip, a voice, a sound, music, an actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from videogen_agents.client import AssetRequest, JobKind
from videogen_agents.contract import (
    GenerateAvatarRequest,
    GenerateImageRequest,
    GenerateMotionGraphicRequest,
    GenerateMusicRequest,
    GenerateSoundEffectRequest,
    GenerateVideoClipRequest,
    Image3dEffectRequest,
    RemoveImageBackgroundRequest,
    RemoveVideoBackgroundRequest,
    TextToSpeechRequest,
    UpscaleImageRequest,
    UpscaleVideoRequest,
    VectorizeImageRequest,
)
from videogen_agents.tools.costs import cost_of_asset
from videogen_agents.tools.flat_schema import Schema, shown_variants
from videogen_agents.tools.forms import wire_values
from videogen_agents.tools.requests import Variants, taken_switch
from videogen_agents.tools.result import ToolOutcome
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec
from videogen_agents.tools.started import CONTROLS, StartedResult, started

_IMAGE: Mapping[str, object] = {"imageFileId": "vg_file_…"}
_VIDEO: Mapping[str, object] = {"videoFileId": "vg_file_…"}
ASSETS = Variants[Any](
    "asset",
    {
        "generate_image": GenerateImageRequest,
        "generate_video_clip": GenerateVideoClipRequest,
        "generate_motion_graphic": GenerateMotionGraphicRequest,
        "text_to_speech": TextToSpeechRequest,
        "generate_sound_effect": GenerateSoundEffectRequest,
        "generate_music": GenerateMusicRequest,
        "generate_avatar": GenerateAvatarRequest,
        "vectorize_image": VectorizeImageRequest,
        "remove_image_background": RemoveImageBackgroundRequest,
        "upscale_image": UpscaleImageRequest,
        "image_3d_effect": Image3dEffectRequest,
        "remove_video_background": RemoveVideoBackgroundRequest,
        "upscale_video": UpscaleVideoRequest,
    },
    {
        "generate_image": {"prompt": "A red kite over dunes", "aspectRatio": "16:9"},
        "generate_video_clip": {"prompt": "Waves at dusk", "durationSeconds": 6},
        "generate_motion_graphic": {"prompt": "A bar chart that grows", "durationSeconds": 5},
        "text_to_speech": {"ttsText": "Welcome.", "voiceId": "vg_voic_…"},
        "generate_sound_effect": {"prompt": "Rain on a window", "durationSeconds": 8},
        "generate_music": {"prompt": "calm piano"},
        "generate_avatar": {"actorEntityId": "vg_enti_…", "audioFileId": "vg_file_…"},
        "vectorize_image": _IMAGE,
        "remove_image_background": _IMAGE,
        "upscale_image": _IMAGE,
        "image_3d_effect": _IMAGE,
        "remove_video_background": _VIDEO,
        "upscale_video": _VIDEO,
    },
)
LEFT_OUT = (
    *("hideFromUi", "isOutputTemporary", "watermarkMode", "contentPolicyConfig", "subToolModes", "avatarQuality"),
    *("autoExpandPronunciationReplacements", "pronunciationReplacements"),
)
REPLACED: Schema = {"aspectRatio": {"type": "string"}}
NOTES: Mapping[str, str] = {
    "ttsText": "Words to speak",
}


@dataclass(frozen=True)
class AssetCall:
    name: str
    request: AssetRequest
    new: bool
    warnings: tuple[str, ...] = ()


def parse_asset(arguments: dict[str, Any]) -> AssetCall:
    values = dict(arguments)
    return read_asset(ASSETS.named(values.pop("asset", None)), values)


def read_asset(name: str, arguments: dict[str, Any]) -> AssetCall:
    """The request of one asset."""
    values = dict(arguments)
    new = taken_switch(values, "new", example=ASSETS.example(name))
    request, warnings = ASSETS.read(name, wire_values(values))
    return AssetCall(name, request, new, warnings)


async def generate_asset(call: AssetCall, ctx: ToolContext) -> ToolOutcome:
    begun = await ctx.client.generate_asset(call.request, new=call.new)
    return started(
        ctx,
        call.name.replace("_", " ").capitalize(),
        job_id=begun.reply.tool_execution_id,
        kind=JobKind.TOOL_EXECUTION.value,
        reused=begun.reused,
        warnings=call.warnings,
    )


GENERATE_ASSET = ToolSpec(
    name="generate_asset",
    title="Make a picture, clip or sound",
    toolset="assets",
    description="Make or change one asset, not a film. Answers with a job id; then get_job.",
    schema=shown_variants("asset", ASSETS.models, notes=NOTES, replaced=REPLACED, left_out=LEFT_OUT, extra=CONTROLS),
    result=StartedResult,
    parse=parse_asset,
    run=generate_asset,
    flags=ToolFlags(paid=True, open_world=True),
    cost=lambda call: cost_of_asset(call.request),
)
