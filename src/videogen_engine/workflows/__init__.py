"""What strings the stages together: one module per workflow, and the table of them that the runtime runs.

A body's module is loaded when the first job of its kind runs: what knows frames and samples stays out of a process that
only listens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from importlib import import_module
from typing import cast

from videogen_engine.runtime.port import JobContext, Workflow, Workflows
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.workflows.room import WorkflowRoom

_Body = Callable[[JobRecord, JobContext, WorkflowRoom], Awaitable[JobOutcome]]

#: By versioned name, the module and the function in this package.
_FILMS: dict[str, str] = {
    "script_to_video.v1": "script_to_video",
    "slideshow_to_video.v1": "slideshow_to_video",
    "voiceover_to_video.v1": "voiceover_to_video",
    "storyboard_to_video.v1": "storyboard_to_video",
    "video_to_video.v1": "video_to_video",
    "prompt_to_video_clip.v1": "prompt_to_video_clip",
    "project_export.v1": "project_export",
    "timeline_interchange.v1": "timeline_interchange",
    "long_tool_execution.v1": "tool_execution",
}
#: Short work that a person waits for; it never queues behind a film.
_QUICK: dict[str, str] = {
    "file_probe.v1": "file_probe",
    "remix_action.v1": "remix_action",
    "tool_execution.v1": "tool_execution",
}
#: What may take long, or follows other work by itself: it holds up neither films nor what people wait for.
_BACKGROUND: dict[str, str] = {
    "file_import.v1": "file_import",
    "assistant_message.v1": "assistant_message",
    "file_analysis.v1": "file_analysis",
    "file_stream.v1": "file_stream",
}


def workflows(room: WorkflowRoom) -> Workflows:
    """Every workflow by its versioned name; jobs name theirs without the version."""

    def bound(name: str, *, quick: bool = False, background: bool = False) -> Workflow:
        async def body(job: JobRecord, context: JobContext) -> JobOutcome:
            run = await asyncio.to_thread(_body, name)
            return await run(job, context, room)

        return Workflow(body, quick=quick, background=background)

    return (
        {version: bound(name) for version, name in _FILMS.items()}
        | {version: bound(name, quick=True) for version, name in _QUICK.items()}
        | {version: bound(name, background=True) for version, name in _BACKGROUND.items()}
    )


@cache
def _body(name: str) -> _Body:
    """The function called like its module."""
    return cast("_Body", getattr(import_module(f"{__name__}.{name}"), name))
