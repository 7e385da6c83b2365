"""Which toolbox serves a request: the server's own under the request's policy, or one for each caller's key.

For callers that bring their own keys of the hosted API there is a pool of toolboxes.

Bounded: the one used longest ago is closed when there is no room. A key is kept by its toolbox alone; elsewhere stands
its hash. Each key has a home of its own, so that no caller is told of another's jobs, and no folder of this machine.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from videogen_agents.config import Backend, Settings
from videogen_agents.errors import AuthError, BusyError, InputError, VideoError
from videogen_agents.tools.call import Session, Toolbox
from videogen_agents.tools.listing import Surface, listed_tools
from videogen_agents.tools.policy import HEADERS, resolve_policy

#: Keys in use at the same time, or not long ago.
POOL_SIZE = 100
#: Characters of a key.
MAX_KEY_CHARS = 512
#: Seconds that the hosted API may take to say whether a key is good.
CHECK_SECONDS = 10.0
#: Keys that are asked about at the same time, and keys that are known to be good.
MAX_CHECKS = 20
MAX_ADMITTED = 10_000


def tightened_by_headers(toolbox: Toolbox, headers: Iterable[tuple[str, str]]) -> Toolbox:
    """The toolbox under its policy and that of a request's headers (``X-Videogen-Tools`` …), which only tighten.

    Raises InputError for a header that cannot be read, that stands there twice, or that leaves no tool.
    """
    known = set(HEADERS.values())
    sent: dict[str, str] = {}
    for name, value in headers:
        header = name.lower()
        if header not in known:
            continue
        if header in sent:
            # A proxy that adds its own must not be outvoted by what comes after it.
            raise InputError(f"The header {header} stands there twice.", code="invalid_setting", next_step="Send one.")
        sent[header] = value
    if not sent:
        return toolbox
    policy = toolbox.policy
    tightened = resolve_policy(
        listed_tools(toolbox.surface),
        tools=policy.tools,
        exclude=policy.exclude,
        read_only=policy.read_only,
        max_spend=policy.max_spend,
        confirm_above=policy.confirm_above,
        environ={},
        headers=sent,
    )
    return toolbox.tightened(tightened)


def key_hash(api_key: str) -> str:
    """Names a key without revealing it; 64 hexadecimal digits."""
    return hashlib.sha256(b"videogen-agents client key\n" + api_key.encode("utf-8", "surrogatepass")).hexdigest()


def settings_for_key(settings: Settings, api_key: str) -> Settings:
    """Hosted, with a home of the key's own. No file of this machine is read, and none is written for a caller."""
    home = settings.home / "clients" / key_hash(api_key)[:32]
    return settings.model_copy(
        update={
            "backend": Backend.HOSTED,
            "api_key": SecretStr(api_key),
            "home": home,
            "output_dir": home / "videos",
            "allowed_roots": (),
        }
    )


@dataclass
class _Place:
    toolbox: Toolbox
    users: int = 0


class ToolboxPool:
    """Toolboxes like ``template``, one for each key, with nothing shared.

    ``open_toolbox`` makes one from the key's settings.
    """

    def __init__(
        self,
        template: Toolbox,
        *,
        size: int = POOL_SIZE,
        open_toolbox: Callable[[Settings], Toolbox] | None = None,
    ) -> None:
        self._template = template
        self._open_toolbox = open_toolbox or self._like_template
        self._size = size
        self._places: OrderedDict[str, _Place] = OrderedDict()
        self._admitted: OrderedDict[str, None] = OrderedDict()
        self._checks = asyncio.Semaphore(MAX_CHECKS)

    @property
    def surface(self) -> Surface:
        return self._template.surface

    def _like_template(self, settings: Settings) -> Toolbox:
        return replace(self._template, settings=settings, client=None, session=Session())

    def __len__(self) -> int:
        return len(self._places)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every toolbox. Jobs go on."""
        places, self._places = self._places, OrderedDict()
        for place in places.values():
            await place.toolbox.aclose()

    async def admits(self, api_key: str) -> bool:
        """Whether the hosted API takes the key. Asked once; while the API cannot be reached, each call will tell.

        Keys that are refused never take a place in the pool.
        """
        if not 0 < len(api_key) <= MAX_KEY_CHARS or not api_key.isascii() or not api_key.isprintable():
            return False
        name = key_hash(api_key)
        if name in self._admitted:
            return True
        async with self._checks, self._open_toolbox(settings_for_key(self._template.settings, api_key)) as toolbox:
            client = await toolbox.open_client()
            try:
                async with asyncio.timeout(CHECK_SECONDS):
                    await client.me()
            except AuthError:
                return False
            except (VideoError, TimeoutError):
                return True
        self._admitted[name] = None
        while len(self._admitted) > MAX_ADMITTED:
            self._admitted.popitem(last=False)
        return True

    @asynccontextmanager
    async def lease(self, api_key: str) -> AsyncGenerator[Toolbox]:
        """The toolbox of a key, which is not closed while it is leased. Raises BusyError when all are in use."""
        name = key_hash(api_key)
        place = self._places.get(name)
        if place is None:
            await self._make_room()
            place = self._places.setdefault(
                name, _Place(self._open_toolbox(settings_for_key(self._template.settings, api_key)))
            )
        self._places.move_to_end(name)
        place.users += 1
        try:
            yield place.toolbox
        finally:
            place.users -= 1

    async def _make_room(self) -> None:
        while len(self._places) >= self._size:
            idle = next((name for name, place in self._places.items() if not place.users), None)
            if idle is None:
                raise BusyError(
                    "Too many clients are at work on this server.",
                    code="too_many_clients",
                    next_step="Call again in a minute.",
                    retry_after=60.0,
                )
            await self._drop(idle)

    async def _drop(self, name: str) -> None:
        place = self._places.get(name)
        if place is not None and not place.users:
            del self._places[name]
            await place.toolbox.aclose()
