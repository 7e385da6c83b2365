"""Which class of spend each request of the contract is. The vendor's guidance names the dear ones: generated video,
image to video, upscaling, talking actors, translation of pictures."""

from __future__ import annotations

from collections.abc import Iterable

from videogen_agents.client import AssetRequest, WorkflowRequest
from videogen_agents.contract import (
    ChangeNarratorAction,
    GenerateAvatarRequest,
    GenerateMotionGraphicRequest,
    GenerateVideoClipRequest,
    PromptToVideoClipRequest,
    RemixAction,
    RemixActionType,
    RemixProjectRequest,
    RemoveVideoBackgroundRequest,
    StoryboardToVideoRequest,
    TranslateProjectAction,
    UpscaleVideoRequest,
    VideoToVideoRequest,
)
from videogen_agents.tools.spend import Cost, SpendClass

Part = tuple[SpendClass, str, int]

_ACTIONS: dict[RemixActionType, tuple[SpendClass, str]] = {
    RemixActionType.GENERATE_MUSIC: (SpendClass.LOW, "new music"),
    RemixActionType.CLEAN_UP_TRANSCRIPT: (SpendClass.LOW, "a transcript clean-up"),
    RemixActionType.SHUFFLE_STOCK_VISUALS: (SpendClass.LOW, "other stock pictures"),
    RemixActionType.CHANGE_NARRATOR: (SpendClass.MEDIUM, "a new narration"),
    RemixActionType.TRANSLATE_PROJECT: (SpendClass.MEDIUM, "a translation"),
    RemixActionType.EDIT_WITH_AGENT: (SpendClass.MEDIUM, "an edit by the vendor's agent"),
    RemixActionType.REGENERATE_IMAGES: (SpendClass.HIGH, "redrawn pictures"),
    RemixActionType.CONVERT_IMAGES_TO_VIDEOS: (SpendClass.HIGH, "pictures turned into video"),
    RemixActionType.UPSCALE_ASSETS: (SpendClass.HIGH, "upscaling"),
}
_CLIPS = (GenerateVideoClipRequest, GenerateAvatarRequest, UpscaleVideoRequest)
_MIDDLING = (GenerateMotionGraphicRequest, RemoveVideoBackgroundRequest)


def cost_of_workflow(request: WorkflowRequest) -> Cost:
    """Of the film and of the edits that follow it."""
    style = getattr(request, "visual_style", None)
    film: tuple[SpendClass, str]
    if isinstance(request, (StoryboardToVideoRequest, PromptToVideoClipRequest, VideoToVideoRequest)):
        film = (SpendClass.HIGH, "a film of generated video")
    elif style is not None and style.type == "AI_IMAGE":
        film = (SpendClass.DRAWN, "a film of drawn pictures")
    else:
        film = (SpendClass.MEDIUM, "a film")
    parts: list[Part] = [(film[0], film[1], 1)]
    if getattr(request, "actor_entity_id", None):
        parts.append((SpendClass.HIGH, "a talking actor", 1))
    return Cost.of([*parts, *_action_parts(getattr(request, "remix_actions", None) or ())])


def cost_of_remix(request: RemixProjectRequest) -> Cost:
    return Cost.of(_action_parts(request.remix_actions))


def cost_of_asset(request: AssetRequest) -> Cost:
    kind = SpendClass.HIGH if isinstance(request, _CLIPS) else SpendClass.LOW
    if isinstance(request, _MIDDLING):
        kind = SpendClass.MEDIUM
    name = type(request).__name__.removesuffix("Request")
    return Cost.of([(kind, name, request.num_results)])


def _action_parts(actions: Iterable[RemixAction]) -> Iterable[Part]:
    for action in actions:
        if action.type in _ACTIONS:
            yield (*_ACTIONS[action.type], 1)
        if isinstance(action, ChangeNarratorAction) and action.actor_entity_id:
            yield SpendClass.HIGH, "a talking actor", 1
        if isinstance(action, TranslateProjectAction) and action.translate_image_text:
            yield SpendClass.HIGH, "translated pictures", 1
