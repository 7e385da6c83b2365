"""The assistant: chats, messages, and decisions on what was proposed in them."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import (
    ActOnAssistantActionRequest,
    AssistantChat,
    AssistantMessageResponse,
    AssistantReply,
    SendAssistantMessageRequest,
    StartAssistantChatRequest,
    StartAssistantChatResponse,
    UserMessage,
    WireModel,
)
from videogen_agents.errors import InputError, LimitError
from videogen_engine.planning.first_title import first_title
from videogen_engine.service.answers import project_url
from videogen_engine.service.assistant_answers import assistant_message
from videogen_engine.service.call import Call
from videogen_engine.service.film_start import refuse_when_full
from videogen_engine.service.waiting import job_after_change
from videogen_engine.store.assistants import ChatRecord, MessageRecord, ReplyStarted

#: What a message may say beside a script.
_MORE_CHARS = 2_000


async def start_assistant_chat(call: Call) -> WireModel:
    """A chat with a project of its own; the reply is a job."""
    body = await call.body(StartAssistantChatRequest)
    message = _checked(call, body.message)
    await refuse_when_full(call)
    started = await asyncio.to_thread(
        lambda: call.engine.store.assistants.start(
            message,
            title=first_title(message),
            auto_generate=body.auto_generate,
            idempotency_key=call.idempotency_key(),
        )
    )
    await _submit(call, started)
    return StartAssistantChatResponse(
        message_id=started.job.job_id,
        assistant_id=started.chat.assistant_id,
        project_id=started.chat.project_id,
        project_url=project_url(call, started.chat.project_id),
    )


async def get_assistant(call: Call) -> WireModel:
    chat = await _chat(call)
    messages = await asyncio.to_thread(call.engine.store.assistants.messages, chat.assistant_id)
    return AssistantChat(
        assistant_id=chat.assistant_id,
        project_id=chat.project_id,
        project_url=project_url(call, chat.project_id),
        messages=[await _message(call, message) for message in messages],
    )


async def send_assistant_message(call: Call) -> WireModel:
    body = await call.body(SendAssistantMessageRequest)
    message = _checked(call, body.message)
    chat = await _chat(call)
    await refuse_when_full(call)
    started = await asyncio.to_thread(
        lambda: call.engine.store.assistants.send(chat.assistant_id, message, idempotency_key=call.idempotency_key())
    )
    await _submit(call, started)
    return AssistantMessageResponse(message_id=started.job.job_id)


async def act_on_assistant_action(call: Call) -> WireModel:
    """Approve or reject what was proposed. The reply tells what came of it."""
    body = await call.body(ActOnAssistantActionRequest)
    chat = await _chat(call)
    await refuse_when_full(call)
    started = await asyncio.to_thread(
        lambda: call.engine.store.assistants.act(
            chat.assistant_id, call.id("actionId"), body.decision.value, idempotency_key=call.idempotency_key()
        )
    )
    await _submit(call, started)
    return AssistantMessageResponse(message_id=started.job.job_id)


async def get_assistant_message(call: Call) -> WireModel:
    store = call.engine.store
    message = await asyncio.to_thread(store.assistants.message, call.id("messageId"))
    if message.job is not None and not message.job.is_terminal:
        await job_after_change(lambda: store.jobs.get(message.message_id), call.wait_seconds(), call.request)
        message = await asyncio.to_thread(store.assistants.message, message.message_id)
    return await _message(call, message)


async def _message(call: Call, message: MessageRecord) -> UserMessage | AssistantReply:
    return await asyncio.to_thread(assistant_message, call, call.engine.store, message)


async def _chat(call: Call) -> ChatRecord:
    """The chat of the path; older paths name its project. Raises NotFoundError."""
    store = call.engine.store.assistants
    if "assistantId" in call.request.path_params:
        return await asyncio.to_thread(store.get, call.id("assistantId"))
    return await asyncio.to_thread(store.of_project, call.id("projectId"))


async def _submit(call: Call, started: ReplyStarted) -> None:
    call.mark_replayed(started.replayed)
    await call.engine.queue.submit(started.job.job_id)


def _checked(call: Call, message: str) -> str:
    """Raises InputError for an empty message, LimitError for one that is longer than a script and a request."""
    most = call.engine.settings.limits.max_script_chars + _MORE_CHARS
    if len(message) > most:
        raise LimitError(
            f"message has {len(message)} characters; at most {most} are read.",
            code="invalid_request",
            next_step="Shorten it.",
        )
    if not message.strip():
        raise InputError("message is empty.", next_step="Say what is wanted, or “help”.")
    return message


ASSISTANT = {
    "startAssistantChat": start_assistant_chat,
    "getAssistant": get_assistant,
    "sendAssistantMessage": send_assistant_message,
    "actOnAssistantAction": act_on_assistant_action,
    "getAssistantMessage": get_assistant_message,
}
