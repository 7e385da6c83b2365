"""Start work exactly once, over a server that may have no idempotency and a connection that may break.

claim in the ledger → note what exists → send once → write down the ids. When the reply is lost, what exists now is
compared with what was noted: one new job that fits is ours; none means that nothing was started and the request may
be sent again; anything else is the error ``start_unconfirmed``, which names the candidates. Nothing is ever sent
twice on a guess. What is compared depends on the kind:

- workflow runs, tool executions, exports: the newest page of their list. One new item of the same type is ours.
- remix: the project's remix actions. As many new ones as were asked for, of the same types, are ours, in order. With
  ``save_as_new_project``: new projects, each of which must hold exactly those actions.
- entities: the whole list, since its order says nothing. One new entity of the same type and name is ours.
- timeline interchange: the contract lists them nowhere. A lost reply stays unconfirmed until ``new`` is asked for.
- URL import: the contract lists imports nowhere either, but their effect is a file. New files are named as candidates,
  never taken for the answer.

A request that the server took (a 2xx status line was seen), or that it may still be working on (no reply in time), is
not sent again even when nothing new is listed. Long after a claim, one new job that fits is a candidate and no answer:
it may as well be somebody else's. The embedded engine honours the idempotency key, so there the same
request is simply sent again.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from pydantic import JsonValue

from videogen_agents.client.clock import Clock
from videogen_agents.client.http_session import Delivery, HttpSession, LostReplyError
from videogen_agents.client.id_segments import is_id
from videogen_agents.client.ledger import Claim, EntryState, Ledger, LedgerEntry, account_hash, fingerprint
from videogen_agents.client.paging import EndlessListError, walk
from videogen_agents.client.replies import JsonObject
from videogen_agents.config import Backend
from videogen_agents.errors import BusyError, ConnectionLostError, NotFoundError, RetryLaterError, VideoError

#: Times a request that surely started nothing is sent in all.
SENDS = 3
#: Looks at the list after a lost reply, and the pause before each (seconds): a new job may show late.
LOOKS = (0.0, 1.0, 3.0)
#: Longer when the request is to be sent again if nothing shows: a list that lags must not lead to a second job.
LOOKS_BEFORE_SENDING_AGAIN = (*LOOKS, 10.0)
#: More patient when the server took the request, or may still be at work on it.
PATIENT_LOOKS = (0.0, 1.0, 3.0, 10.0, 30.0)
#: Pauses before asking again for a claim that another holds (seconds).
BUSY_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
#: Seconds during which a server that does not know a job yet may just be slow to show it.
SETTLING_SECONDS = 60.0
#: Seconds after a claim during which one new job that fits is ours; later it may as well be somebody else's.
OURS_SECONDS = 600.0
#: Statuses of a start that may be made again, and of one that is over.
FAILED = ("failed", "cancelled", "canceled")
OVER = ("succeeded", *FAILED)

#: The code of the error for a start of which nobody can tell whether it happened.
UNCONFIRMED = "start_unconfirmed"
_LOOKED_FIRST = "Call again with the same arguments: it is first checked what was started."

Ids = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sighting:
    """What a list shows after a lost reply: ``replies`` that could be ours, rebuilt, and the ids of everything new
    that might belong to it."""

    replies: Sequence[JsonObject] = ()
    candidates: Sequence[str] = ()


@dataclass(frozen=True)
class Listing:
    """Where things of a kind are listed. ``recognise`` is given the new ones, oldest first.

    ``newest_first`` says that whatever is new is on the first page; otherwise all pages are walked. A list that does
    not prove anything (``proves`` false) only gives candidates: nothing new in it does not mean that nothing happened.
    """

    path: str
    collection: str
    id_key: str
    recognise: Callable[[list[JsonObject]], Awaitable[Sighting]]
    params: Mapping[str, str | int | bool | None] = field(default_factory=lambda: {"limit": 100})
    newest_first: bool = True
    proves: bool = True


@dataclass(frozen=True)
class StartRequest:
    """One start: where it goes, what proves that it happened, and how its reply is read and checked.

    ``read`` turns a reply into what is kept of it: ids and the project's page, never a signed URL. ``check`` reads a
    started job's status from that, or raises NotFoundError when the server no longer knows it. ``subject`` is the
    state of what the request works on: with another subject the same request is another one; ``edits_subject`` says
    that the work itself changes the subject, so that while it runs a changed subject means nothing. ``repeatable``
    says that a server with idempotency keys takes one here; ``removable`` that a person can take it away again, so that
    it may be gone a moment later.
    """

    kind: str
    path: str
    body: JsonObject
    title: str
    read: Callable[[JsonValue], JsonObject]
    ids: Callable[[JsonObject], Ids]
    check: Callable[[JsonObject], Awaitable[str]]
    listing: Listing | None = None
    subject: str = ""
    edits_subject: bool = False
    repeatable: bool = True
    removable: bool = False


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
        claim = await self._patient_claim(request, key, new)
        if claim.exists:
            if await self._still_counts(request, claim.entry):
                return StartReply(cast("JsonObject", claim.entry.reply), reused=True)
            claim = self._claim(request, key, new, superseded=claim.entry.entry_id)
            if claim.exists:
                # Another process was faster.
                return StartReply(cast("JsonObject", claim.entry.reply), reused=True)
        try:
            return await self._resolve(request, claim, key)
        except BaseException:
            # Whoever calls next looks what came of it at once, instead of waiting for this process.
            self._ledger.leave(claim.entry.entry_id)
            raise

    async def _patient_claim(self, request: StartRequest, key: str | None, new: bool) -> Claim:
        """A start takes a second or two: whoever meets one under way waits for its result instead of failing."""
        for pause in BUSY_PAUSES:
            try:
                return self._claim(request, key, new)
            except BusyError:
                await self._clock.sleep(pause)
        return self._claim(request, key, new)

    def _claim(self, request: StartRequest, key: str | None, new: bool, superseded: int | None = None) -> Claim:
        backend = self._session.backend.value
        return self._ledger.claim(
            backend=backend,
            account=self._account,
            kind=request.kind,
            fingerprint=fingerprint(backend, self._account, request.kind, [request.path, request.body], key),
            idempotency_key=uuid.uuid4().hex,
            title=request.title,
            now=self._clock.now(),
            new=new,
            subject=request.subject,
            superseded=superseded,
        )

    async def _still_counts(self, request: StartRequest, entry: LedgerEntry) -> bool:
        """Whether a start that is known to have happened is the answer to ``request``."""
        if entry.subject != request.subject and not request.edits_subject:
            return False
        try:
            status = await request.check(cast("JsonObject", entry.reply))
        except NotFoundError:
            if not request.removable and self._clock.now() - entry.created < SETTLING_SECONDS:
                return True
            self._ledger.release(entry.entry_id, self._clock.now())
            return False
        self._ledger.record_outcome(entry.entry_id, status, self._clock.now())
        return status not in (FAILED if entry.subject == request.subject else OVER)

    async def _resolve(self, request: StartRequest, claim: Claim, key: str | None) -> StartReply:
        entry = claim.entry
        if claim.takeover and entry.baseline is not None and not self._idempotent(request):
            # The process that claimed this start died, or lost its connection for good: look before sending.
            found = await self._find(request, entry, LOOKS_BEFORE_SENDING_AGAIN)
            if found is not None and self._clock.now() - entry.created > OURS_SECONDS:
                raise unconfirmed(request, [value for _, value in request.ids(found)])
            if found is not None and (entry.subject == request.subject or request.edits_subject):
                return StartReply(self._keep(request, entry, found), reused=True, recovered=True)
            if found is not None:
                # What was lost is now known, but it was made of an older state: this request is another one.
                self._keep(replace(request, subject=entry.subject), entry, found)
                return await self._send(request, self._claim(request, key, False, superseded=entry.entry_id).entry)
            if entry.state is EntryState.ACCEPTED:
                raise unconfirmed(request, [])
        return await self._send(request, entry)

    def _idempotent(self, request: StartRequest) -> bool:
        return self._session.backend is Backend.EMBEDDED and request.repeatable

    async def _send(self, request: StartRequest, entry: LedgerEntry) -> StartReply:
        idempotent = self._idempotent(request)
        if not idempotent and entry.baseline is None:
            entry = await self._note_what_exists(request, entry)
        lost: LostReplyError | None = None
        for _ in range(SENDS):
            try:
                return StartReply(self._keep(request, entry, await self._post(request, entry)))
            except LostReplyError as error:
                lost = error
                if error.delivery is Delivery.NOT_SENT:
                    await self._clock.sleep(1.0)
                    continue
                if idempotent:
                    # The engine honours the idempotency key: sending again returns the same job.
                    continue
                surely = error.delivery is Delivery.ACCEPTED
                if surely:
                    self._ledger.record_accepted(entry.entry_id, self._clock.now())
                looks = LOOKS_BEFORE_SENDING_AGAIN if error.delivery is Delivery.UNKNOWN else PATIENT_LOOKS
                try:
                    found = await self._find(request, entry, looks)
                except RetryLaterError as blind:
                    if blind.code != UNCONFIRMED:
                        blind.next_step = _LOOKED_FIRST
                    raise
                if found is not None:
                    return StartReply(self._keep(request, entry, found), recovered=True)
                if error.delivery is not Delivery.UNKNOWN:
                    raise unconfirmed(request, []) from error
            except VideoError:
                self._ledger.release(entry.entry_id, self._clock.now())
                raise
        assert lost is not None
        if lost.delivery is Delivery.NOT_SENT:
            self._ledger.release(entry.entry_id, self._clock.now())
            lost.next_step = "Nothing was started. Check the connection, then call again."
        else:
            lost.next_step = _LOOKED_FIRST
        raise lost

    async def _post(self, request: StartRequest, entry: LedgerEntry) -> JsonObject:
        reply = await self._session.post_once(request.path, request.body, idempotency_key=entry.idempotency_key)
        try:
            return _read(request, reply)
        except VideoError as error:
            # It was taken, whatever the reply looks like.
            raise LostReplyError(error.message, Delivery.ACCEPTED) from error

    async def _note_what_exists(self, request: StartRequest, entry: LedgerEntry) -> LedgerEntry:
        baseline: list[str] = []
        if request.listing is not None:
            try:
                baseline = [str(item[request.listing.id_key]) for item in await self._list(request.listing)]
            except EndlessListError:
                # Too many to tell what is new: a lost reply will stay unconfirmed, for the same reason.
                baseline = []
            except VideoError:
                self._ledger.release(entry.entry_id, self._clock.now())
                raise
        self._ledger.record_baseline(entry.entry_id, baseline, self._clock.now())
        return entry.model_copy(update={"baseline": baseline})

    async def _find(self, request: StartRequest, entry: LedgerEntry, looks: tuple[float, ...]) -> JsonObject | None:
        """The reply that was lost, rebuilt from what is new in the list; None when surely nothing is new."""
        listing = request.listing
        if listing is None:
            raise unconfirmed(request, [])
        sighting = Sighting()
        for pause in looks:
            if pause:
                await self._clock.sleep(pause)
            try:
                items = await self._list(listing)
            except EndlessListError as error:
                raise unconfirmed(request, []) from error
            known = set(entry.baseline or ()) | self._ledger.owned([str(item[listing.id_key]) for item in items])
            sighting = await listing.recognise([item for item in items if str(item[listing.id_key]) not in known][::-1])
            if len(sighting.replies) == 1:
                return sighting.replies[0]
            if sighting.replies:
                break
        if sighting.candidates or not listing.proves:
            raise unconfirmed(request, sighting.candidates)
        return None

    async def _list(self, listing: Listing) -> list[JsonObject]:
        pages = 1 if listing.newest_first else None
        items = [item async for item in walk(self._session, listing.path, listing.collection, listing.params, pages)]
        for item in items:
            if not isinstance(item.get(listing.id_key), str):
                raise ConnectionLostError(
                    f"The list at {listing.path} is not what the contract says.", code="unexpected_reply"
                )
        return items

    def _keep(self, request: StartRequest, entry: LedgerEntry, reply: JsonObject) -> JsonObject:
        kept = _read(request, reply)
        self._ledger.record_started(entry.entry_id, request.ids(kept), kept, self._clock.now(), subject=request.subject)
        return kept


def _read(request: StartRequest, reply: JsonValue) -> JsonObject:
    kept = request.read(reply)
    for name, value in request.ids(kept):
        if not is_id(value):
            raise ConnectionLostError(f"The server's reply has a {name} that is no id.", code="unexpected_reply")
    return kept


def the_one(replies: list[JsonObject], id_key: str) -> Sighting:
    """A sighting in which each of ``replies`` alone could be the answer."""
    return Sighting(replies, [str(reply.get(id_key, "")) for reply in replies])


def unconfirmed(request: StartRequest, candidates: Sequence[str]) -> ConnectionLostError:
    """The error for a start of which nobody can tell whether it happened."""
    if candidates:
        what = f" and {len(candidates)} new {'thing' if len(candidates) == 1 else 'things'} could be it."
    elif request.listing is None or not request.listing.proves:
        what = ", and the contract has no list to look it up in."
    else:
        what = ", and it is not listed yet."
    again = (
        "this answer stays the same until you call with new=true, which starts another."
        if request.listing is None or not request.listing.proves
        else "call again with the same arguments to check once more, or with new=true to start another."
    )
    return ConnectionLostError(
        f"It cannot be told whether this {request.kind} was started: its reply was lost{what}",
        code=UNCONFIRMED,
        ids={f"candidate_{index}": value for index, value in enumerate(candidates, 1)},
        next_step=f"Look at the newest jobs and files with find; {again}",
    )
