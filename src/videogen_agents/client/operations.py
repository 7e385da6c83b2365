"""Where each kind of job starts, is read, is listed and is cancelled in the contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from videogen_agents.client.jobs import JobKind
from videogen_agents.contract import (
    GenerateAvatarRequest,
    GenerateImageRequest,
    GenerateMotionGraphicRequest,
    GenerateMusicRequest,
    GenerateSoundEffectRequest,
    GenerateVideoClipRequest,
    Image3dEffectRequest,
    PromptToVideoClipRequest,
    RemoveImageBackgroundRequest,
    RemoveVideoBackgroundRequest,
    Request,
    ScriptToVideoRequest,
    SlideshowToVideoRequest,
    StoryboardToVideoRequest,
    TextToSpeechRequest,
    ToolType,
    UpscaleImageRequest,
    UpscaleVideoRequest,
    VectorizeImageRequest,
    VideoToVideoRequest,
    VoiceoverToVideoRequest,
    WorkflowType,
)

WorkflowRequest: TypeAlias = (
    ScriptToVideoRequest
    | VoiceoverToVideoRequest
    | SlideshowToVideoRequest
    | StoryboardToVideoRequest
    | PromptToVideoClipRequest
    | VideoToVideoRequest
)

WORKFLOWS: dict[type[WorkflowRequest], tuple[str, WorkflowType]] = {
    ScriptToVideoRequest: ("script-to-video", WorkflowType.SCRIPT_TO_VIDEO),
    VoiceoverToVideoRequest: ("voiceover-to-video", WorkflowType.VOICEOVER_TO_VIDEO),
    SlideshowToVideoRequest: ("slideshow-to-video", WorkflowType.SLIDESHOW_TO_VIDEO),
    StoryboardToVideoRequest: ("storyboard-to-video", WorkflowType.STORYBOARD_TO_VIDEO),
    PromptToVideoClipRequest: ("prompt-to-video-clip", WorkflowType.PROMPT_TO_VIDEO_CLIP),
    VideoToVideoRequest: ("video-to-video", WorkflowType.VIDEO_TO_VIDEO),
}

AssetRequest: TypeAlias = (
    GenerateImageRequest
    | GenerateVideoClipRequest
    | GenerateMotionGraphicRequest
    | TextToSpeechRequest
    | GenerateSoundEffectRequest
    | GenerateMusicRequest
    | GenerateAvatarRequest
    | VectorizeImageRequest
    | RemoveImageBackgroundRequest
    | UpscaleImageRequest
    | Image3dEffectRequest
    | RemoveVideoBackgroundRequest
    | UpscaleVideoRequest
)

#: The path segment under ``/v1/tools`` of each asset, and what its executions are called in lists.
ASSETS: dict[type[AssetRequest], tuple[str, ToolType]] = {
    GenerateImageRequest: ("generate-image", ToolType.GENERATE_IMAGE),
    GenerateVideoClipRequest: ("generate-video-clip", ToolType.GENERATE_VIDEO_CLIP),
    GenerateMotionGraphicRequest: ("generate-motion-graphic", ToolType.GENERATE_MOTION_GRAPHIC),
    TextToSpeechRequest: ("text-to-speech", ToolType.TEXT_TO_SPEECH),
    GenerateSoundEffectRequest: ("generate-sound-effect", ToolType.GENERATE_SOUND_EFFECT),
    GenerateMusicRequest: ("generate-music", ToolType.GENERATE_MUSIC),
    GenerateAvatarRequest: ("generate-avatar", ToolType.GENERATE_AVATAR),
    VectorizeImageRequest: ("vectorize-image", ToolType.VECTORIZE_IMAGE),
    RemoveImageBackgroundRequest: ("remove-image-background", ToolType.REMOVE_IMAGE_BACKGROUND),
    UpscaleImageRequest: ("upscale-image", ToolType.UPSCALE_IMAGE),
    Image3dEffectRequest: ("image-3d-effect", ToolType.IMAGE_3D_EFFECT),
    RemoveVideoBackgroundRequest: ("remove-video-background", ToolType.REMOVE_VIDEO_BACKGROUND),
    UpscaleVideoRequest: ("upscale-video", ToolType.UPSCALE_VIDEO),
}


@dataclass(frozen=True)
class JobReading:
    """How to read a kind of job by id (escaped). ``cancel`` is None where the contract has no cancel.

    ``listed`` names the collection and the id of its items when the contract has only a list, and no read by id.
    """

    kind: JobKind
    path: Callable[[str, str | None], str | None]
    cancel: Callable[[str], str] | None = None
    listed: tuple[str, str] | None = None


#: Tried in this order for an id of unknown kind; a path of None means that the project's id is needed too.
READINGS: tuple[JobReading, ...] = (
    JobReading(
        JobKind.WORKFLOW_RUN,
        lambda job_id, _project: f"/v1/workflows/runs/{job_id}",
        lambda job_id: f"/v1/workflows/runs/{job_id}/cancel",
    ),
    JobReading(
        JobKind.EXPORT,
        lambda job_id, project: f"/v1/projects/{project}/exports/{job_id}" if project else None,
    ),
    JobReading(
        JobKind.TOOL_EXECUTION,
        lambda job_id, _project: f"/v1/tools/executions/{job_id}",
        lambda job_id: f"/v1/tools/executions/{job_id}/cancel",
    ),
    JobReading(
        JobKind.REMIX_ACTION,
        lambda _job_id, project: f"/v1/projects/{project}/remix-actions" if project else None,
        listed=("remixActions", "remixActionId"),
    ),
    JobReading(
        JobKind.TIMELINE_INTERCHANGE,
        lambda job_id, _project: f"/v1/timeline-interchange/{job_id}",
    ),
    JobReading(
        JobKind.FILE_IMPORT,
        lambda job_id, _project: f"/v1/files/imports/{job_id}",
    ),
)


def title_of(kind: str, request: Request) -> str:
    """What a person tells starts apart by in a list: the kind and how long its text is, never a word of it."""
    words = sum(
        len(value.split())
        for name in ("script", "prompt", "tts_text", "style_prompt")
        if isinstance(value := getattr(request, name, None), str)
    )
    return f"{kind}, {words} words" if words else kind
