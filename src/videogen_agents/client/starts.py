"""Start work exactly once, over a server that may have no idempotency and a connection that may break.

claim in the ledger → note which jobs exist → send once → write down the ids. When the reply is lost, the jobs that
exist now are compared with those noted before: one new job is ours; none means that nothing was started and the
request may be sent again; more than can be told apart is an error that names them. Nothing is ever sent twice on
a guess.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from pydantic import JsonValue

from videogen_agents.client.clock import Clock
from videogen_agents.client.http_session import Delivery, HttpSession, LostReplyError
from videogen_agents.client.ledger import Claim, Ledger, LedgerEntry, account_hash, fingerprint
from videogen_agents.config import Backend
from videogen_agents.errors import ConnectionLostError, NotFoundError, VideoError

JsonObject = dict[str, JsonValue]

#: Times a request that surely started nothing is sent in all.
SENDS = 3
#: Looks at the list after a lost reply, and the pause before each (seconds): a new job may show late.
LOOKS = (0.0, 1.0, 3.0)
#: More patient when a 2xx status line was seen: the job exists for sure.
LOOKS_WHEN_ACCEPTED = (0.0, 1.0, 3.0, 10.0, 30.0)


def _any_item(_item: JsonObject) -> bool:
    return True


@dataclass(frozen=True)
class Listing:
    """Where jobs of a kind are listed, newest first. ``expected`` jobs are made by one start."""

    path: str
    collection: str
    id_key: str
    params: Mapping[str, str | int | bool | None] = field(default_factory=dict[str, str | int | bool | None])
    matches: Callable[[JsonObject], bool] = _any_item
    expected: int = 1


@dataclass(frozen=True)
class StartRequest:
    """One start: where it goes, what proves that it happened, and how its reply is rebuilt from a listing.

    ``rebuild`` is given the new listing items, oldest first. ``check`` reads a started job's status from its
    reply, or raises NotFoundError when the server no longer knows it.
    """

    kind: str
    path: str
    body: JsonObject
    title: str
    listing: Listing
    ids: Callable[[JsonObject], dict[str, str]]
    rebuild: Callable[[list[JsonObject]], Awaitable[JsonObject]]
    check: Callable[[JsonObject], Awaitable[str]]


@dataclass(frozen=True)
class StartReply:
    """``reused`` says that the job existed already; ``recovered`` that its reply was lost and found again."""

    reply: JsonObject
    reused: bool = False
    recovered: bool = False


class Starter:
    """Runs StartRequests against one account."""

    def __init__(self, session: HttpSession, ledger: Ledger, clock: Clock, account: tuple[str, str | None]) -> None:
        self._session = session
        self._ledger = ledger
        self._clock = clock
        self._account = account_hash(*account)

    async def start(self, request: StartRequest, *, key: str | None, new: bool) -> StartReply:
        """Start, or return what the same request started before.

        Raises BusyError while another process sends the same request, InputError and AskUserError for a refused
        one, ConnectionLostError with code ``start_unconfirmed`` and all ids known when it cannot be told what
        happened; calling again then looks again before anything is sent.
        """
        backend = self._session.backend
        mark = fingerprint(backend.value, self._account, request.kind, [request.path, request.body], key)
        claim = self._claim(request, mark, new)
        if claim.exists:
            reply = cast("JsonObject", claim.entry.reply)
            if await self._still_counts(request, claim.entry, reply):
                return StartReply(reply, reused=True)
            claim = self._claim(request, mark, new)
            if claim.exists:
                return StartReply(cast("JsonObject", claim.entry.reply), reused=True)
        if claim.takeover and claim.entry.baseline is not None:
            # The process that claimed this start died, or lost its connection for good: look before sending.
            found = await self._find(request, claim.entry, LOOKS)
            if found is not None:
                return StartReply(self._keep(request, claim.entry, found), reused=True, recovered=True)
        return await self._send(request, claim.entry)

    def _claim(self, request: StartRequest, mark: str, new: bool) -> Claim:
        return self._ledger.claim(
            backend=self._session.backend.value,
            account=self._account,
            kind=request.kind,
            fingerprint=mark,
            idempotency_key=uuid.uuid4().hex,
            title=request.title,
            now=self._clock.now(),
            new=new,
        )

    async def _still_counts(self, request: StartRequest, entry: LedgerEntry, reply: JsonObject) -> bool:
        try:
            status = await request.check(reply)
        except NotFoundError:
            self._ledger.release(entry.entry_id, self._clock.now())
            return False
        for job_id in entry.ids.values():
            self._ledger.record_status(job_id, status, self._clock.now())
        return status not in ("failed", "cancelled")

    async def _send(self, request: StartRequest, entry: LedgerEntry) -> StartReply:
        idempotent = self._session.backend is Backend.EMBEDDED
        if not idempotent:
            try:
                existing = await self._list(request.listing)
            except VideoError:
                self._ledger.release(entry.entry_id, self._clock.now())
                raise
            baseline = [str(item[request.listing.id_key]) for item in existing]
            self._ledger.record_baseline(entry.entry_id, baseline, self._clock.now())
            entry = entry.model_copy(update={"baseline": baseline})
        lost: LostReplyError | None = None
        for _ in range(SENDS):
            try:
                reply = await self._session.post_once(request.path, request.body, idempotency_key=entry.idempotency_key)
            except LostReplyError as error:
                lost = error
                if error.delivery is Delivery.NOT_SENT:
                    await self._clock.sleep(1.0)
                    continue
                if idempotent:
                    # The engine honours the idempotency key: sending again returns the same job.
                    continue
                accepted = error.delivery is Delivery.ACCEPTED
                found = await self._find(request, entry, LOOKS_WHEN_ACCEPTED if accepted else LOOKS)
                if found is not None:
                    return StartReply(self._keep(request, entry, found), recovered=True)
                if accepted:
                    raise _unconfirmed(request, []) from error
            except VideoError:
                self._ledger.release(entry.entry_id, self._clock.now())
                raise
            else:
                return StartReply(self._keep(request, entry, _object(reply)))
        assert lost is not None
        if lost.delivery is Delivery.NOT_SENT:
            self._ledger.release(entry.entry_id, self._clock.now())
            lost.next_step = "Nothing was started. Check the connection, then call again."
        else:
            lost.next_step = "Call again with the same arguments: it is first checked what was started."
        raise lost

    async def _find(self, request: StartRequest, entry: LedgerEntry, looks: tuple[float, ...]) -> JsonObject | None:
        """The reply that was lost, rebuilt from what is new in the list; None when nothing is new."""
        listing = request.listing
        for pause in looks:
            if pause:
                await self._clock.sleep(pause)
            items = await self._list(listing)
            known = set(entry.baseline or ()) | self._ledger.owned([str(item[listing.id_key]) for item in items])
            fresh = [item for item in items if str(item[listing.id_key]) not in known and listing.matches(item)]
            if len(fresh) == listing.expected:
                return await request.rebuild(fresh[::-1])
            if len(fresh) > listing.expected:
                raise _unconfirmed(request, [str(item[listing.id_key]) for item in fresh])
        return None

    async def _list(self, listing: Listing) -> list[JsonObject]:
        reply = _object(await self._session.get_json(listing.path, listing.params))
        items = reply.get(listing.collection)
        if not isinstance(items, list):
            raise ConnectionLostError(f"The list at {listing.path} is not what the contract says.")
        return [_object(item) for item in items]

    def _keep(self, request: StartRequest, entry: LedgerEntry, reply: JsonObject) -> JsonObject:
        self._ledger.record_started(entry.entry_id, request.ids(reply), reply, self._clock.now())
        return reply


def _object(value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        raise ConnectionLostError("The server's reply is not a JSON object.")
    return value


def _unconfirmed(request: StartRequest, candidates: list[str]) -> ConnectionLostError:
    return ConnectionLostError(
        f"It cannot be told whether this {request.kind} was started: its reply was lost"
        + (f" and {len(candidates)} new jobs could be it." if candidates else ", and it is not listed yet."),
        code="start_unconfirmed",
        ids={f"candidate_{index}": value for index, value in enumerate(candidates, 1)},
        next_step="Look at the newest jobs with find; call again with the same arguments to check once more, or with "
        "new=true to start another.",
    )
