"""Where each kind of job starts, is read, is listed and is cancelled in the contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import JsonValue

from videogen_agents.client.jobs import JobKind
from videogen_agents.contract import (
    PromptToVideoClipRequest,
    ScriptToVideoRequest,
    SlideshowToVideoRequest,
    StoryboardToVideoRequest,
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


@dataclass(frozen=True)
class JobReading:
    """How to read a kind of job by id. ``cancel`` is None where the contract has no cancel."""

    kind: JobKind
    path: Callable[[str, str | None], str | None]
    cancel: Callable[[str], str] | None = None


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
        JobKind.TIMELINE_INTERCHANGE,
        lambda job_id, _project: f"/v1/timeline-interchange/{job_id}",
    ),
)


def text_of(item: dict[str, JsonValue], key: str) -> str:
    """A string field of a reply; empty when missing."""
    value = item.get(key)
    return value if isinstance(value, str) else ""


def title_of(request: WorkflowRequest) -> str:
    """What a person recognises the request by: the beginning of its text, at most 60 characters."""
    for name in ("script", "prompt", "file_id"):
        value = getattr(request, name, None)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())[:60]
    return type(request).__name__
