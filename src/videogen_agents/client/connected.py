"""What all groups of calls stand on: one transport, one session, one ledger, one clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Generic

from pydantic import BaseModel, ConfigDict, JsonValue

from videogen_agents.client.clock import Clock, SystemClock
from videogen_agents.client.http_session import HttpSession
from videogen_agents.client.ledger import Ledger
from videogen_agents.client.pacing import Pacer
from videogen_agents.client.replies import JsonObject, ReplyT, parse
from videogen_agents.client.starts import Starter, StartReply, StartRequest
from videogen_agents.client.transport import Transport, transport_for
from videogen_agents.config import Backend, Settings, load_settings
from videogen_agents.contract import WireModel
from videogen_agents.errors import BusyError

#: How long closing waits for the replies to starts.
LAST_MOMENT_SECONDS = 5.0

Query = Mapping[str, str | int | bool | None]


class Started(BaseModel, Generic[ReplyT]):
    """A started job. ``reused``: the same request had started it before. ``recovered``: its reply was lost."""

    model_config = ConfigDict(frozen=True)

    reply: ReplyT
    reused: bool = False
    recovered: bool = False


class Connected:
    """Opens the transport on first use.

    Calls raise BusyError when that takes longer than ``opening_patience`` seconds; it goes on for the next call. None
    waits as long as it takes.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: Transport | None = None,
        clock: Clock | None = None,
        ledger: Ledger | None = None,
        opening_patience: float | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self._transport = transport or transport_for(self.settings)
        self._clock = clock or SystemClock()
        self._ledger = ledger
        self.opening_patience = opening_patience
        self._starting: set[asyncio.Task[StartReply]] = set()
        self._opening: asyncio.Task[HttpSession] | None = None

    @property
    def backend(self) -> Backend:
        return self._transport.backend

    @property
    def is_open(self) -> bool:
        """Whether a call would find the transport open: of the embedded backend, whether the engine runs."""
        opening = self._opening
        return opening is not None and opening.done() and not opening.cancelled() and opening.exception() is None

    @property
    def ledger(self) -> Ledger:
        """Opened on first use, in the data home."""
        if self._ledger is None:
            self._ledger = Ledger(self.settings.home / "ledger.db")
        return self._ledger

    async def aclose(self) -> None:
        """Close the transport. Jobs go on: hosted ones at the server, embedded ones at the next start.

        Starts that are under way get a moment to end.
        """
        if self._starting:
            _, late = await asyncio.wait(self._starting, timeout=LAST_MOMENT_SECONDS)
            for starting in late:
                starting.cancel()
            if late:
                await asyncio.wait(late)
        opening, self._opening = self._opening, None
        if opening is not None and not opening.done():
            opening.cancel()
            await asyncio.wait({opening})
        await self._transport.aclose()

    def _started(self, starting: asyncio.Task[StartReply]) -> None:
        self._starting.discard(starting)
        if not starting.cancelled():
            # Whoever called may be gone: then nobody else looks at the outcome.
            starting.exception()

    async def _open(self) -> HttpSession:
        """Opens once, however many calls ask for it, and goes on when a host cuts off the call that began it."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._opened())
        opening = self._opening
        if opening.done() and not opening.cancelled() and opening.exception() is None:
            return opening.result()
        try:
            async with asyncio.timeout(self.opening_patience):
                return await asyncio.shield(opening)
        except TimeoutError as error:
            raise BusyError(
                f"The {self.backend.value} backend is still starting.",
                code="still_starting",
                next_step="Nothing was started yet. Call again in a moment with the same arguments.",
            ) from error
        except BaseException:
            if opening.done() and self._opening is opening:
                self._opening = None
            raise

    async def _opened(self) -> HttpSession:
        http = await self._transport.open()
        pacer = Pacer(self._clock, self.backend)
        return HttpSession(http, self._transport.api_headers, self.backend, self._clock, pacer)

    async def _raw_get(self, path: str, params: Query | None = None, *, wait: float = 0.0) -> JsonValue:
        return await (await self._open()).get_json(path, params, wait=wait)

    async def _get(self, model: type[ReplyT], path: str, params: Query | None = None) -> ReplyT:
        return parse(model, await self._raw_get(path, params))

    async def _post(self, model: type[ReplyT], path: str, body: WireModel | None = None) -> ReplyT:
        """A POST that is harmless when sent twice."""
        session = await self._open()
        return parse(model, await session.post_json(path, body.to_wire() if body is not None else None))

    async def _start(
        self, model: type[ReplyT], request: StartRequest, *, key: str | None, new: bool
    ) -> Started[ReplyT]:
        starter = Starter(await self._open(), self.ledger, self._clock, self._transport.account)
        # A host that gives up on the call must not cut a request that may already be at the server: the start goes on,
        # and the next call with the same arguments gets its answer.
        starting = asyncio.create_task(starter.start(request, key=key, new=new))
        self._starting.add(starting)
        starting.add_done_callback(self._started)
        started = await asyncio.shield(starting)
        return Started(reply=parse(model, started.reply), reused=started.reused, recovered=started.recovered)


def kept(model: type[WireModel]) -> Callable[[JsonValue], JsonObject]:
    """Reads a reply and keeps what the contract names of it: only that enters the ledger."""

    def read(reply: JsonValue) -> JsonObject:
        return parse(model, reply).to_wire()

    return read
