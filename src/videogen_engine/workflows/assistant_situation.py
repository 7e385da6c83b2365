"""What the assistant is told of the user's work when it answers."""

from __future__ import annotations

import re
from typing import Final

from videogen_agents.contract import ProjectStatus
from videogen_agents.errors import NotFoundError
from videogen_engine.assistant.model import ChatFilm, ChatLine, JobLine, OpenProposal, Situation
from videogen_engine.store.assistants import ChatRecord
from videogen_engine.store.records import JobKind, JobRecord
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.room import WorkflowRoom

_MOST_JOBS: Final = 5
_PROJECT: Final = re.compile(r"\bvg_proj_\w{1,40}")
_WHAT: Final = {
    JobKind.WORKFLOW_RUN: "the film",
    JobKind.PROJECT_EXPORT: "an export",
    JobKind.REMIX_ACTION: "an edit",
}


def situation_of(job: JobRecord, chat: ChatRecord, message: str, room: WorkflowRoom) -> Situation:
    """Reads the store. A project that the message names is what it is about; else the chat's own is."""
    store = room.store
    messages = [one for one in store.assistants.messages(chat.assistant_id) if one.message_id != job.job_id]
    # The user's own message is the last before its reply.
    told = [one for one in messages if one.created_ms <= job.created_ms][:-1]
    proposals = [
        OpenProposal(action_id=proposal.action_id, label=proposal.label)
        for one in reversed(told)
        for proposal in one.proposals
        if proposal.decision is None
    ]
    endpoint = room.settings.language_model
    return Situation(
        film=_film(_named(message, room) or chat.project_id, room),
        jobs=_jobs(room),
        proposals=tuple(proposals),
        history=tuple(ChatLine(role=one.role, text=one.content or "") for one in told if one.content),
        model=None if endpoint is None else endpoint.label,
        most_script_chars=room.settings.limits.max_script_chars,
    )


def _named(message: str, room: WorkflowRoom) -> str | None:
    for found in _PROJECT.findall(message):
        try:
            return room.store.projects.get(found).project_id
        except NotFoundError:
            continue
    return None


def _film(project_id: str, room: WorkflowRoom) -> ChatFilm:
    record = room.store.projects.get(project_id)
    film = ChatFilm(
        project_id=project_id,
        title=record.title,
        built=record.current_version is not None,
        building=record.status is ProjectStatus.GENERATING,
    )
    if record.current_version is None:
        return film
    timeline = Timeline.model_validate_json(
        room.store.projects.version(project_id, record.current_version).timeline_json
    )
    scenes = tuple(scene.plan.text for scene in timeline.scenes)
    return film.model_copy(update={"seconds": timeline.duration, "scenes": scenes})


def _jobs(room: WorkflowRoom) -> tuple[JobLine, ...]:
    """The newest jobs that people know of."""
    found = [job for kind in _WHAT for job in room.store.jobs.list(kind, limit=_MOST_JOBS).items]
    newest = sorted(found, key=lambda job: (-job.created_ms, job.job_id))[:_MOST_JOBS]
    return tuple(
        JobLine(
            title=room.store.projects.get(job.project_id).title,
            project_id=job.project_id,
            what=_WHAT[job.kind],
            status=job.status.value,
            progress=job.progress,
            error=None if job.error is None else job.error.message,
        )
        for job in newest
        if job.project_id is not None
    )
