"""What strings the stages together: one module per workflow, and the table of them that the runtime runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from videogen_engine.runtime.port import JobContext, Workflow, Workflows
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.workflows.file_probe import file_probe
from videogen_engine.workflows.project_export import project_export
from videogen_engine.workflows.remix_action import remix_action
from videogen_engine.workflows.room import WorkflowRoom
from videogen_engine.workflows.script_to_video import script_to_video
from videogen_engine.workflows.slideshow_to_video import slideshow_to_video
from videogen_engine.workflows.timeline_interchange import timeline_interchange
from videogen_engine.workflows.voiceover_to_video import voiceover_to_video

_Body = Callable[[JobRecord, JobContext, WorkflowRoom], Awaitable[JobOutcome]]

_FILMS: dict[str, _Body] = {
    "script_to_video.v1": script_to_video,
    "slideshow_to_video.v1": slideshow_to_video,
    "voiceover_to_video.v1": voiceover_to_video,
    "project_export.v1": project_export,
    "timeline_interchange.v1": timeline_interchange,
}
#: Short work that a person waits for; it never queues behind a film.
_QUICK: dict[str, _Body] = {"file_probe.v1": file_probe, "remix_action.v1": remix_action}


def workflows(room: WorkflowRoom) -> Workflows:
    """Every workflow by its versioned name; jobs name theirs without the version."""

    def bound(body: _Body, *, quick: bool) -> Workflow:
        return Workflow(lambda job, context: body(job, context, room), quick=quick)

    films = {name: bound(body, quick=False) for name, body in _FILMS.items()}
    return films | {name: bound(body, quick=True) for name, body in _QUICK.items()}
