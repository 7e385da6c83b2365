"""A message of a chat as the contract tells it."""

from __future__ import annotations

from videogen_agents.contract import (
    AssistantAction,
    AssistantActionDetail,
    AssistantReply,
    AssistantWorkflowSuggestion,
    JobStatus,
    StartWorkflowRunResponse,
    UserMessage,
    WorkflowType,
)
from videogen_agents.errors import InternalError
from videogen_engine.service.answers import project_url
from videogen_engine.service.ports import Links
from videogen_engine.store.assistants import SUGGESTION, USER, MessageRecord
from videogen_engine.store.metadata import Metadata


def assistant_message(links: Links, store: Metadata, message: MessageRecord) -> UserMessage | AssistantReply:
    """Reads the store for the run that a reply started."""
    if message.role == USER:
        return UserMessage(
            message_id=message.message_id,
            status=JobStatus.SUCCEEDED,
            content=message.content or "",
            created_at=message.created_ms // 1000,
        )
    if message.job is None:
        raise InternalError(f"The reply {message.message_id!r} has no job.")
    return AssistantReply(
        message_id=message.message_id,
        status=message.job.status,
        content=message.content,
        workflow_suggestions=[
            AssistantWorkflowSuggestion(
                action_id=proposal.action_id,
                workflow_type=WorkflowType.SCRIPT_TO_VIDEO,
                title=proposal.label,
                description=proposal.summary,
            )
            for proposal in message.proposals
            if proposal.kind == SUGGESTION
        ],
        actions=[
            AssistantAction(
                action_id=proposal.action_id,
                kind=proposal.kind,
                label=proposal.label,
                requires_app=False,
                detail=AssistantActionDetail(summary=proposal.summary),
            )
            for proposal in message.proposals
            if proposal.kind != SUGGESTION
        ],
        generation=_generation(links, store, message.generation_job_id),
        error=message.job.error,
        created_at=message.created_ms // 1000,
    )


def _generation(links: Links, store: Metadata, job_id: str | None) -> StartWorkflowRunResponse | None:
    """The run that a reply started; a reply's films begin without remix actions."""
    if job_id is None:
        return None
    job = store.jobs.get(job_id)
    if job.project_id is None:
        raise InternalError(f"The run {job_id!r} has no project.")
    return StartWorkflowRunResponse(
        workflow_run_id=job.job_id,
        project_id=job.project_id,
        project_url=project_url(links, job.project_id),
        remix_action_ids=[],
    )
