"""The assistant: a chat that plans, suggests workflows and edits a project."""

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from videogen_agents.contract.base import Nullable, Open, Request, Response, SparseResponse, Timestamp
from videogen_agents.contract.errors import ApiError
from videogen_agents.contract.jobs import JobStatus
from videogen_agents.contract.workflows import StartWorkflowRunResponse, WorkflowType


class StartAssistantChatRequest(Request):
    """``auto_generate`` lets the assistant start the workflow it suggests."""

    message: str
    auto_generate: bool = False


class StartAssistantChatResponse(Response):
    message_id: str
    assistant_id: str
    project_id: str
    project_url: str


class SendAssistantMessageRequest(Request):
    message: str


class AssistantMessageResponse(Response):
    """The id of the assistant's answer, which is a job to follow."""

    message_id: str


class AssistantDecision(StrEnum):
    APPROVE = "APPROVE"
    REJECT = "REJECT"


class ActOnAssistantActionRequest(Request):
    decision: AssistantDecision = AssistantDecision.APPROVE


class AssistantAttachment(SparseResponse):
    display_name: str
    file_id: Nullable[str] = None


class AssistantWorkflowSuggestion(Response):
    action_id: str
    workflow_type: Open[WorkflowType]
    title: str
    description: str


class AssistantActionKind(StrEnum):
    APPROVE_PLAN = "APPROVE_PLAN"
    APPLY_EDIT = "APPLY_EDIT"
    RUN_TOOL = "RUN_TOOL"
    GENERATE = "GENERATE"
    OPEN_IN_APP = "OPEN_IN_APP"


class AssistantActionDetail(SparseResponse):
    summary: Nullable[str] = None
    credits_remaining: Nullable[int] = None
    estimated_credits: Nullable[int] = None


class AssistantAction(SparseResponse):
    """Only APPLY_EDIT without ``requires_app`` can be completed by API; the rest need the project's page."""

    action_id: str
    kind: Open[AssistantActionKind]
    label: str
    requires_app: bool
    detail: AssistantActionDetail | None = None


class UserMessage(Response):
    message_id: str
    role: Literal["user"] = "user"
    status: JobStatus
    content: str
    attachments: list[AssistantAttachment] = Field(default_factory=list)
    created_at: Timestamp


class AssistantReply(Response):
    """``content`` is null until there is text; ``generation`` is the run that the reply started."""

    message_id: str
    role: Literal["assistant"] = "assistant"
    status: JobStatus
    content: str | None = None
    attachments: list[AssistantAttachment] = Field(default_factory=list)
    workflow_suggestions: list[AssistantWorkflowSuggestion] = Field(default_factory=list)
    actions: list[AssistantAction] = Field(default_factory=list)
    generation: StartWorkflowRunResponse | None = None
    error: ApiError | None = None
    created_at: Timestamp


#: One message of a chat, told apart by ``role``.
AssistantMessage: TypeAlias = Annotated[UserMessage | AssistantReply, Field(discriminator="role")]


class AssistantChat(Response):
    """Messages are oldest first."""

    assistant_id: str
    project_id: str
    project_url: str
    messages: list[AssistantMessage]
