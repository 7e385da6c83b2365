"""Whose toolbox serves a request: the server's own, or that of the key which the caller brought."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeAlias

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.context import ServerRequestContext
from starlette.requests import Request

from videogen_agents.errors import AuthError
from videogen_agents.tools import Surface, Toolbox
from videogen_agents.tools.toolbox_pool import ToolboxPool, tightened_by_headers

RequestContext: TypeAlias = ServerRequestContext[Any, Any]


class Callers(Protocol):
    """Gives each request its toolbox, under the policy of the request's headers."""

    @property
    def surface(self) -> Surface: ...

    def toolbox(self, ctx: RequestContext) -> AbstractAsyncContextManager[Toolbox]: ...

    async def aclose(self) -> None: ...


class OneToolbox:
    """Every request is served by the same toolbox."""

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox

    @property
    def surface(self) -> Surface:
        return self._toolbox.surface

    @asynccontextmanager
    async def toolbox(self, ctx: RequestContext) -> AsyncGenerator[Toolbox]:
        yield _tightened(self._toolbox, ctx)

    async def aclose(self) -> None:
        await self._toolbox.aclose()


class KeyedToolboxes:
    """Each request is served by the toolbox of the key that it was let in with."""

    def __init__(self, pool: ToolboxPool) -> None:
        self._pool = pool

    @property
    def surface(self) -> Surface:
        return self._pool.surface

    @asynccontextmanager
    async def toolbox(self, ctx: RequestContext) -> AsyncGenerator[Toolbox]:
        access = get_access_token()
        if access is None:
            raise AuthError("The request carries no key.", next_step="Send your API key as the bearer token.")
        async with self._pool.lease(access.token) as toolbox:
            yield _tightened(toolbox, ctx)

    async def aclose(self) -> None:
        await self._pool.aclose()


def _tightened(toolbox: Toolbox, ctx: RequestContext) -> Toolbox:
    request = ctx.request
    return tightened_by_headers(toolbox, request.headers.items()) if isinstance(request, Request) else toolbox
