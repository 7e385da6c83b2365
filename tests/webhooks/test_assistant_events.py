"""Endpoints are told what the assistant said, as the contract has it."""

from __future__ import annotations

import json

from videogen_agents.contract import ApiError, WebhookEvent
from videogen_agents.contract.webhooks import AssistantMessageEvent
from videogen_engine.service.webhook_courier import WebhookCourier
from videogen_engine.store.assistants import SUGGESTION, NewProposal
from videogen_engine.store.records import JobOutcome

from ..service.conftest import ParkedEngine
from .conftest import Subscribe
from .receiver import Receiver


async def test_a_reply_is_told_with_its_suggestions_and_a_failure_with_its_error(
    engine: ParkedEngine, receiver: Receiver, subscribe: Subscribe, courier: WebhookCourier
) -> None:
    await subscribe(receiver.url())
    store = engine.store
    first = store.assistants.start("Make a video: Snow is white.", title="Snow", auto_generate=False)
    second = store.assistants.send(first.chat.assistant_id, "help")
    proposal = NewProposal(kind=SUGGESTION, label="Make the film", summary="16:9", body_json="{}")
    store.assistants.answer(first.job.job_id, "A film of 3 words.", [proposal])
    store.jobs.succeed(first.job.job_id, JobOutcome())
    store.jobs.fail(second.job.job_id, ApiError(message="It went wrong.", code="job_failed"))
    await courier.deliver_due()
    events = {
        body["event"]: AssistantMessageEvent.model_validate(body)
        for body in (json.loads(delivered.body) for delivered in receiver.got)
    }
    good = events[WebhookEvent.ASSISTANT_MESSAGE_SUCCEEDED.value]
    assert good.message_id == first.job.job_id and good.message.content == "A film of 3 words."
    assert good.message.role == "assistant" and good.message.workflow_suggestions[0].title == "Make the film"
    bad = events[WebhookEvent.ASSISTANT_MESSAGE_FAILED.value]
    assert bad.message.role == "assistant" and bad.message.error is not None and bad.message.content is None
