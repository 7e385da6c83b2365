"""A reply of the assistant: what it says, what it proposes, and what was approved of that."""

from __future__ import annotations

import asyncio
import json

from videogen_agents.contract import (
    AspectRatio,
    AssistantActionKind,
    AssistantDecision,
    EditWithAgentAction,
    ProjectStatus,
    ScriptToVideoRequest,
    VisualStyleType,
    WorkflowVisualStyle,
)
from videogen_agents.errors import NotFoundError, VideoError
from videogen_engine.assistant.fixed_replies import decided, fixed_reply
from videogen_engine.assistant.model import ChatReply, Decision, EditWish, FilmWish, Situation
from videogen_engine.assistant.model_replies import chat_question, model_reply
from videogen_engine.frozen import Frozen
from videogen_engine.planning.first_title import first_title
from videogen_engine.planning.language import detect_language
from videogen_engine.providers.language_model import Question
from videogen_engine.remix.edit_with_agent import READ_BY, check, check_without_model, reading_of
from videogen_engine.remix.plain_language.saying import said
from videogen_engine.runtime.port import JobContext
from videogen_engine.service.export_size import check_ratio, new_export
from videogen_engine.service.start_rules import check_script
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.store.assistants import SUGGESTION, AssistantJob, ChatRecord, NewProposal, ProposalRecord
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.asking import ask
from videogen_engine.workflows.assistant_situation import situation_of
from videogen_engine.workflows.remix_workshop import JobWorkshop
from videogen_engine.workflows.room import WorkflowRoom

#: Seconds between looks at an edit that a reply waits for.
_LOOK = 0.25


class _Said(Frozen):
    """A reply as it is kept. ``generation`` is the run it started."""

    content: str
    proposals: tuple[NewProposal, ...] = ()
    generation: str | None = None
    made_by: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()


class _Memo(Frozen):
    """What a reply set out to do before it did anything that is paid for or decided once."""

    question: Question | None = None
    decision: Decision | None = None


class EditProposal(Frozen):
    """What approving an edit sends: a request in plain words for a project."""

    project_id: str
    prompt: str


async def assistant_message(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Answer a message, or carry out a decision. Started again it says and starts the same."""
    request = AssistantJob.model_validate_json(job.request_json)
    chat = await asyncio.to_thread(room.store.assistants.get, request.assistant_id)
    if request.action_id is not None:
        approve = request.decision != AssistantDecision.REJECT.value
        reply = await _decided(job, chat, request.action_id, approve, room)
    else:
        reply = await _answered(job, chat, request.text or "", context, room)
    await asyncio.to_thread(room.store.assistants.answer, job.job_id, reply.content, reply.proposals, reply.generation)
    return JobOutcome(made_by=reply.made_by, degraded=reply.degraded)


async def _answered(job: JobRecord, chat: ChatRecord, text: str, context: JobContext, room: WorkflowRoom) -> _Said:
    situation = await asyncio.to_thread(situation_of, job, chat, text, room)
    kept = await asyncio.to_thread(room.store.assistants.memo, job.job_id)
    memo = _Memo() if kept is None else _Memo.model_validate_json(kept)
    degraded: tuple[str, ...] = ()
    reply = ChatReply(decision=memo.decision) if memo.decision is not None else decided(text, situation)
    if reply is None and situation.model is not None:
        try:
            question = memo.question or chat_question(text, situation)
            await _remember(job, _Memo(question=question), room)
            reply = model_reply(await ask(context, room, question), situation)
        except VideoError as error:
            degraded = (f"{situation.model} could not be asked: {error.message}",)
    reply = reply or fixed_reply(text, situation)
    made_by = () if reply.made_by is None else (f"assistant: {reply.made_by}",)
    if (found := reply.decision) is not None:
        await _remember(job, _Memo(decision=found), room)
        state = AssistantDecision.APPROVE if found.approve else AssistantDecision.REJECT
        first = await asyncio.to_thread(room.store.assistants.decide, found.action_id, state.value)
        if first or memo.decision is not None:
            return await _decided(job, chat, found.action_id, found.approve, room)
        return _Said(content="That was decided before.")
    if reply.film is not None:
        answered = await _film(job, chat, reply, reply.film, room)
    elif reply.edit is not None:
        answered = await _edit(reply, reply.edit, situation, context, room)
    else:
        answered = _Said(content=reply.content)
    return answered.model_copy(update={"made_by": made_by, "degraded": degraded})


async def _remember(job: JobRecord, memo: _Memo, room: WorkflowRoom) -> None:
    await asyncio.to_thread(room.store.assistants.remember, job.job_id, memo.model_dump_json())


async def _film(job: JobRecord, chat: ChatRecord, reply: ChatReply, wish: FilmWish, room: WorkflowRoom) -> _Said:
    """A suggestion to start the film, or the film started where the chat was told to."""
    width, height = wish.ratio
    request = ScriptToVideoRequest(
        script=wish.script,
        visual_style=WorkflowVisualStyle(type=VisualStyleType.STOCK),
        aspect_ratio=AspectRatio(width=width, height=height),
        auto_export=True,
    )
    try:
        check_script(request.script, room.settings.limits)
        check_ratio(AspectRatio(width=width, height=height))
        choose_voice([request.script], detect_language(request.script), None)
    except VideoError as error:
        return _Said(content=f"{reply.content}\nThat film cannot be made: {error.message}")
    title = first_title(wish.script)
    proposal = NewProposal(
        kind=SUGGESTION,
        label=f"Make the film “{title}”",
        summary=f"Script to video, {width}:{height}, {len(wish.script.split())} words, exported at the end.",
        body_json=request.to_wire_json().decode(),
    )
    if not chat.auto_generate:
        return _Said(content=f"{reply.content}\nApprove the suggestion to start it.", proposals=(proposal,))
    run = await _start(chat, proposal.body_json, f"assistant-{job.job_id}", room)
    return _Said(content=f"{reply.content}\nI have started it.", generation=run)


async def _edit(
    reply: ChatReply, wish: EditWish, situation: Situation, context: JobContext, room: WorkflowRoom
) -> _Said:
    """The edit as it was understood, to be approved; or why it was not."""
    project_id = situation.film.project_id
    try:
        action = EditWithAgentAction(prompt=wish.prompt)
        check(action)
        if room.settings.language_model is None:
            check_without_model(action)
        record = await asyncio.to_thread(room.store.projects.get, project_id)
        shown = await asyncio.to_thread(room.store.projects.version, project_id, record.current_version or 0)
        timeline = Timeline.model_validate_json(shown.timeline_json)
        workshop = JobWorkshop(context, room, project_id, shown.version)
        operations = (await reading_of(timeline, action, workshop)).operations
    except VideoError as error:
        hint = f" {error.next_step}" if error.next_step else ""
        return _Said(content="\n".join(part for part in (reply.content, error.message + hint) if part))
    # What was done is told in the past; a proposal is told as a list of what would be.
    steps = " ".join(said(operation) for operation in operations)
    proposal = NewProposal(
        kind=AssistantActionKind.APPLY_EDIT.value,
        label="Apply the edit",
        summary=f"Understood as: {steps}",
        body_json=EditProposal(project_id=project_id, prompt=wish.prompt).model_dump_json(),
    )
    content = "\n".join(part for part in (reply.content, f"{proposal.summary} Approve it to have it done.") if part)
    return _Said(content=content, proposals=(proposal,))


async def _decided(job: JobRecord, chat: ChatRecord, action_id: str, approve: bool, room: WorkflowRoom) -> _Said:
    store = room.store.assistants
    proposal = await asyncio.to_thread(store.proposal, chat.assistant_id, action_id)
    if not approve:
        return _Said(content=f"Left as it is: {proposal.label}.")
    key = f"assistant-{job.job_id}"
    if proposal.kind == SUGGESTION:
        run = await _start(chat, proposal.body_json, key, room)
        await asyncio.to_thread(store.started, action_id, run)
        return _Said(content="The film is started. Ask for its status, or follow the run.", generation=run)
    return await _apply(proposal, key, room)


async def _start(chat: ChatRecord, body_json: str, key: str, room: WorkflowRoom) -> str:
    """Start the film, in the chat's own project while that is empty; the run's id. The same ``key`` starts one run."""
    request = ScriptToVideoRequest.model_validate_json(body_json)
    ratio = (16, 9) if request.aspect_ratio is None else (request.aspect_ratio.width, request.aspect_ratio.height)
    record = await asyncio.to_thread(room.store.projects.get, chat.project_id)
    empty = record.current_version is None and record.status is not ProjectStatus.GENERATING
    started = await asyncio.to_thread(
        lambda: room.store.starts.run(
            workflow="script_to_video",
            request_json=body_json,
            title=first_title(request.script),
            ratio=ratio,
            export=new_export(room.settings, ratio, None),
            idempotency_key=key,
            # A repeat finds the run by its key, whatever has become of the project since.
            asked_json=json.dumps([chat.assistant_id, body_json]),
            into=chat.project_id if empty else None,
            # What a person approved in the chat is approved.
            held=room.settings.ask_approval and chat.auto_generate,
        )
    )
    return started.job.job_id


async def _apply(proposal: ProposalRecord, key: str, room: WorkflowRoom) -> _Said:
    """Edit the project and tell what was done."""
    wish = EditProposal.model_validate_json(proposal.body_json)
    action = EditWithAgentAction(prompt=wish.prompt).to_wire_json().decode()
    try:
        started = await asyncio.to_thread(
            lambda: room.store.starts.remix(wish.project_id, [action], idempotency_key=key)
        )
    except NotFoundError as error:
        return _Said(content=error.message)
    (edit,) = started.jobs
    await asyncio.to_thread(room.store.assistants.started, proposal.action_id, edit.job_id)
    while not edit.is_terminal:
        await asyncio.sleep(_LOOK)
        edit = await asyncio.to_thread(room.store.jobs.get, edit.job_id)
    outcome = edit.outcome()
    if outcome is None:
        reason = "it was cancelled." if edit.error is None else edit.error.message
        return _Said(content=f"The edit was not done: {reason}")
    return _Said(
        content=" ".join(("Done.", *outcome.notes)),
        made_by=tuple(one for one in outcome.made_by if one.startswith(READ_BY)),
        degraded=outcome.degraded,
    )
