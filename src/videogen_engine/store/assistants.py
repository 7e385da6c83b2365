"""Chats with the assistant: messages in order, each reply a job, and what was proposed in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from videogen_agents.errors import InputError, LimitError, NotFoundError
from videogen_engine.frozen import Frozen
from videogen_engine.store.clock import now_ms
from videogen_engine.store.database import Database
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.jobs import existing_job, insert_job, job_record
from videogen_engine.store.projects import insert_project
from videogen_engine.store.records import JobKind, JobRecord, NewJob, NewProject
from videogen_engine.store.schema import assistant_messages, assistant_proposals, assistants, jobs

WORKFLOW = "assistant_message"
#: What a proposal is besides the contract's action kinds: the start of a workflow.
SUGGESTION = "WORKFLOW"
USER = "user"
ASSISTANT = "assistant"
_MOST_MESSAGES = 2_000


class AssistantJob(Frozen):
    """The request of a reply's job: the user's ``text``, or a ``decision`` on a proposal."""

    assistant_id: str
    text: str | None = None
    action_id: str | None = None
    decision: str | None = None


class ChatRecord(Frozen):
    assistant_id: str
    project_id: str
    auto_generate: bool


class NewProposal(Frozen):
    """``kind`` is ``SUGGESTION`` or the contract's action kind by value; ``body_json`` is what approving it does."""

    kind: str
    label: str
    summary: str
    body_json: str


class ProposalRecord(NewProposal):
    """``decision`` is None while it is open; ``job_id`` is what approving it started."""

    action_id: str
    message_id: str
    decision: str | None
    job_id: str | None


class MessageRecord(Frozen):
    """``job`` is the reply's, None for what the user said."""

    message_id: str
    assistant_id: str
    role: str
    content: str | None
    generation_job_id: str | None
    created_ms: int
    proposals: tuple[ProposalRecord, ...] = ()
    job: JobRecord | None = None


class ReplyStarted(Frozen):
    chat: ChatRecord
    job: JobRecord
    replayed: bool


class Assistants:
    """All methods are synchronous; call them from a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(
        self, message: str, *, title: str, auto_generate: bool, idempotency_key: str | None = None
    ) -> ReplyStarted:
        """A chat with a project of its own, and the job that answers ``message``. InputError (409) for a reused key."""
        chat = ChatRecord(
            assistant_id=new_id(IdPrefix.ASSISTANT), project_id=new_id(IdPrefix.PROJECT), auto_generate=auto_generate
        )
        job = _job(
            AssistantJob(assistant_id=chat.assistant_id, text=message),
            chat.project_id,
            idempotency_key,
            ["start", message, auto_generate],
        )
        with self._database.write() as connection:
            if (existing := existing_job(connection, job)) is not None:
                return ReplyStarted(chat=_chat_of_job(connection, existing), job=existing, replayed=True)
            now = now_ms()
            project = NewProject(project_id=chat.project_id, title=title, ratio_width=16, ratio_height=9)
            insert_project(connection, project, now)
            connection.execute(insert(assistants).values(**chat.model_dump(), created_ms=now))
            return self._replying(connection, chat, job, message, now)

    def send(self, assistant_id: str, message: str, *, idempotency_key: str | None = None) -> ReplyStarted:
        """A further message and the job that answers it. Raises NotFoundError, LimitError for too long a chat."""
        with self._database.write() as connection:
            chat = _chat(connection, assistant_id)
            request = AssistantJob(assistant_id=assistant_id, text=message)
            job = _job(request, chat.project_id, idempotency_key, ["send", assistant_id, message])
            if (existing := existing_job(connection, job)) is not None:
                return ReplyStarted(chat=chat, job=existing, replayed=True)
            return self._replying(connection, chat, job, message, now_ms())

    def act(
        self, assistant_id: str, action_id: str, decision: str, *, idempotency_key: str | None = None
    ) -> ReplyStarted:
        """Decide on a proposal, once. Raises NotFoundError, and InputError (409) when it was decided before."""
        with self._database.write() as connection:
            chat = _chat(connection, assistant_id)
            request = AssistantJob(assistant_id=assistant_id, action_id=action_id, decision=decision)
            job = _job(request, chat.project_id, idempotency_key, ["act", assistant_id, action_id, decision])
            if (existing := existing_job(connection, job)) is not None:
                return ReplyStarted(chat=chat, job=existing, replayed=True)
            proposal = _proposal(connection, assistant_id, action_id)
            if proposal.decision is not None:
                raise InputError(
                    f"The action was decided before: {proposal.decision}.",
                    code="already_decided",
                    status=409,
                    ids={"action_id": action_id},
                    next_step="Say what is wanted in a new message.",
                )
            self._decide(connection, action_id, decision)
            return self._replying(connection, chat, job, None, now_ms())

    def decide(self, action_id: str, decision: str) -> bool:
        """Decide on an open proposal from within a reply; False when it was decided before."""
        with self._database.write() as connection:
            return self._decide(connection, action_id, decision)

    def get(self, assistant_id: str) -> ChatRecord:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            return _chat(connection, assistant_id)

    def of_project(self, project_id: str) -> ChatRecord:
        """The chat that a project belongs to. Raises NotFoundError."""
        found = self.of_projects([project_id])
        if project_id not in found:
            raise NotFoundError(f"The project {project_id!r} has no chat.", ids={"project_id": project_id})
        return self.get(found[project_id])

    def of_projects(self, project_ids: Sequence[str]) -> dict[str, str]:
        """The chats that projects belong to, for those that have one."""
        query = select(assistants.c.project_id, assistants.c.assistant_id)
        with self._database.read() as connection:
            rows = connection.execute(query.where(assistants.c.project_id.in_(project_ids)))
            return {str(row.project_id): str(row.assistant_id) for row in rows}

    def messages(self, assistant_id: str) -> tuple[MessageRecord, ...]:
        """Oldest first. Raises NotFoundError."""
        with self._database.read() as connection:
            _chat(connection, assistant_id)
            return _messages(connection, assistant_messages.c.assistant_id == assistant_id)

    def message(self, message_id: str) -> MessageRecord:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            found = _messages(connection, assistant_messages.c.message_id == message_id)
        if not found:
            raise NotFoundError(
                f"There is no assistant message {message_id!r}.",
                ids={"message_id": message_id},
                next_step="Use a messageId of this assistant; GET /v1/assistants/{assistantId} lists them.",
            )
        return found[0]

    def proposal(self, assistant_id: str, action_id: str) -> ProposalRecord:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            return _proposal(connection, assistant_id, action_id)

    def answer(
        self, message_id: str, content: str, proposals: Sequence[NewProposal] = (), generation: str | None = None
    ) -> None:
        """What the assistant says. Saying it again replaces what was said, so that a reply may be run twice."""
        with self._database.write() as connection:
            connection.execute(delete(assistant_proposals).where(assistant_proposals.c.message_id == message_id))
            connection.execute(
                update(assistant_messages)
                .where(assistant_messages.c.message_id == message_id)
                .values(content=content, generation_job_id=generation)
            )
            for place, proposal in enumerate(proposals):
                connection.execute(
                    insert(assistant_proposals).values(
                        **proposal.model_dump(), action_id=new_id(IdPrefix.PROPOSAL), message_id=message_id, place=place
                    )
                )

    def remember(self, message_id: str, memo_json: str) -> None:
        """What a reply has set out to do: one that is run again asks and decides the same."""
        where = assistant_messages.c.message_id == message_id
        with self._database.write() as connection:
            connection.execute(update(assistant_messages).where(where).values(memo_json=memo_json))

    def memo(self, message_id: str) -> str | None:
        """What ``remember`` was last told."""
        query = select(assistant_messages.c.memo_json).where(assistant_messages.c.message_id == message_id)
        with self._database.read() as connection:
            found: object = connection.execute(query).scalar_one_or_none()
        return None if found is None else str(found)

    def started(self, action_id: str, job_id: str) -> None:
        """Note what approving a proposal started."""
        with self._database.write() as connection:
            where = assistant_proposals.c.action_id == action_id
            connection.execute(update(assistant_proposals).where(where).values(job_id=job_id))

    def _decide(self, connection: Connection, action_id: str, decision: str) -> bool:
        changed = connection.execute(
            update(assistant_proposals)
            .where(assistant_proposals.c.action_id == action_id, assistant_proposals.c.decision.is_(None))
            .values(decision=decision)
            .returning(assistant_proposals.c.action_id)
        )
        return changed.first() is not None

    def _replying(
        self, connection: Connection, chat: ChatRecord, job: NewJob, said: str | None, now: int
    ) -> ReplyStarted:
        query = select(func.max(assistant_messages.c.place)).where(
            assistant_messages.c.assistant_id == chat.assistant_id
        )
        last = connection.execute(query).scalar_one()
        place = 0 if last is None else int(last) + 1
        if place >= _MOST_MESSAGES:
            raise LimitError(f"A chat has at most {_MOST_MESSAGES} messages.", next_step="Start a new chat.")
        rows = [] if said is None else [(new_id(IdPrefix.MESSAGE), USER, said)]
        for step, (message_id, role, content) in enumerate([*rows, (job.job_id, ASSISTANT, None)]):
            connection.execute(
                insert(assistant_messages).values(
                    message_id=message_id,
                    assistant_id=chat.assistant_id,
                    place=place + step,
                    role=role,
                    content=content,
                    created_ms=now,
                )
            )
        insert_job(connection, job, now)
        row = connection.execute(select(jobs).where(jobs.c.job_id == job.job_id)).mappings().one()
        return ReplyStarted(chat=chat, job=job_record(dict(row)), replayed=False)


def _job(request: AssistantJob, project_id: str, key: str | None, asked: list[object]) -> NewJob:
    """A reply's job; its id is the message's."""
    return NewJob(
        job_id=new_id(IdPrefix.MESSAGE),
        kind=JobKind.ASSISTANT_MESSAGE,
        workflow=WORKFLOW,
        request_json=request.model_dump_json(),
        project_id=project_id,
        idempotency_key=key,
        asked_json=json.dumps(asked),
    )


def _chat(connection: Connection, assistant_id: str) -> ChatRecord:
    row = connection.execute(select(assistants).where(assistants.c.assistant_id == assistant_id)).mappings().first()
    if row is None:
        raise NotFoundError(
            f"There is no assistant {assistant_id!r}.",
            ids={"assistant_id": assistant_id},
            next_step="Start a chat with POST /v1/assistants.",
        )
    return ChatRecord(**{name: row[name] for name in ChatRecord.model_fields})


def _chat_of_job(connection: Connection, job: JobRecord) -> ChatRecord:
    return _chat(connection, AssistantJob.model_validate_json(job.request_json).assistant_id)


def _proposal(connection: Connection, assistant_id: str, action_id: str) -> ProposalRecord:
    query = select(assistant_proposals).join(
        assistant_messages, assistant_messages.c.message_id == assistant_proposals.c.message_id
    )
    where = (assistant_proposals.c.action_id == action_id, assistant_messages.c.assistant_id == assistant_id)
    row = connection.execute(query.where(*where)).mappings().first()
    if row is None:
        raise NotFoundError(
            f"There is no action {action_id!r} in this chat.",
            ids={"assistant_id": assistant_id, "action_id": action_id},
            next_step="Use an actionId of one of its messages.",
        )
    return _proposal_record(row)


def _messages(connection: Connection, where: Any) -> tuple[MessageRecord, ...]:
    query = select(assistant_messages).where(where).order_by(assistant_messages.c.place)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    ids = [row["message_id"] for row in rows]
    proposals: dict[str, list[ProposalRecord]] = {}
    listed = select(assistant_proposals).where(assistant_proposals.c.message_id.in_(ids))
    for row in connection.execute(listed.order_by(assistant_proposals.c.place)).mappings():
        proposals.setdefault(row["message_id"], []).append(_proposal_record(row))
    replies = connection.execute(select(jobs).where(jobs.c.job_id.in_(ids))).mappings()
    by_id = {row["job_id"]: job_record(dict(row)) for row in replies}
    plain = ("message_id", "assistant_id", "role", "content", "generation_job_id", "created_ms")
    return tuple(
        MessageRecord(
            **{name: row[name] for name in plain},
            proposals=tuple(proposals.get(row["message_id"], ())),
            job=by_id.get(row["message_id"]),
        )
        for row in rows
    )


def _proposal_record(row: Mapping[Any, Any]) -> ProposalRecord:
    return ProposalRecord(**{name: row[name] for name in ProposalRecord.model_fields})
