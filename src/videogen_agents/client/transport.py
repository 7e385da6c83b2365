"""The seam: which server answers. Hosted over HTTPS, embedded in this process, or scripted by a test.

All three are an ``httpx.AsyncClient`` with an origin; the client above them is the same.
"""

from __future__ import annotations

import asyncio
import importlib
from contextlib import AsyncExitStack
from typing import Protocol, cast

import httpx

from videogen_agents import __version__
from videogen_agents.config import Backend, Settings
from videogen_agents.errors import AuthError, UnavailableError

#: Seconds. A start answers at once; only reading a slow body may take longer.
TIMEOUT = httpx.Timeout(60.0, connect=10.0)
EMBEDDED_ORIGIN = "http://embedded.videogen.local"


class Transport(Protocol):
    """``open`` may be called once; ``account`` separates ledgers of different accounts without naming a key."""

    @property
    def backend(self) -> Backend: ...

    @property
    def account(self) -> tuple[str, str | None]:
        """Origin and key, for the ledger's account hash."""
        ...

    @property
    def api_headers(self) -> dict[str, str]:
        """Headers of API requests. Signed media URLs are fetched without them."""
        ...

    async def open(self) -> httpx.AsyncClient: ...

    async def aclose(self) -> None: ...


def request_headers(api_key: str | None) -> dict[str, str]:
    """Headers of every API request (never of a request to a signed URL). Raises AuthError for a key that is none."""
    headers = {"Accept": "application/json", "X-VideoGen-Client": f"videogen-agents/{__version__}"}
    if api_key:
        if not (api_key.isascii() and api_key.isprintable()) or " " in api_key:
            raise AuthError(
                "The API key holds characters that no key has.", next_step="Set VIDEOGEN_API_KEY to the key alone."
            )
        headers["Authorization"] = f"Bearer {api_key}"
    return headers


class HostedTransport:
    """Any server of the contract, by URL and key: VideoGen's own, or ``videogen-agents serve``."""

    backend = Backend.HOSTED

    def __init__(
        self, base_url: str, api_key: str | None, *, http_transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._api_key = api_key
        self._http_transport = http_transport
        self._client: httpx.AsyncClient | None = None

    @property
    def account(self) -> tuple[str, str | None]:
        return self._base_url, self._api_key

    @property
    def api_headers(self) -> dict[str, str]:
        return request_headers(self._api_key)

    async def open(self) -> httpx.AsyncClient:
        self._client = httpx.AsyncClient(
            base_url=self._base_url,
            timeout=TIMEOUT,
            transport=self._http_transport,
        )
        return self._client

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.aclose()


class EmbeddedTransport:
    """The engine in this process, over ASGI. The engine is imported and started on first use."""

    backend = Backend.EMBEDDED

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = AsyncExitStack()

    @property
    def account(self) -> tuple[str, str | None]:
        return str(self._settings.home), None

    @property
    def api_headers(self) -> dict[str, str]:
        return request_headers(None)

    async def open(self) -> httpx.AsyncClient:
        try:
            # Lazy: the engine and its media libraries cost nothing until a film is asked for. In a thread, so that
            # other calls are answered meanwhile.
            embedded = await asyncio.to_thread(importlib.import_module, "videogen_engine.service.embedded")
        except ModuleNotFoundError as error:
            raise UnavailableError(
                f"The embedded engine is not installed (missing {error.name}).",
                code="engine_not_installed",
                requirement="install_extra",
                next_step="Install it with: pip install 'videogen-agents[engine]', or set VIDEOGEN_API_KEY for the "
                "hosted API.",
            ) from error
        application = await self._stack.enter_async_context(embedded.open_application(self._settings.home))
        client = httpx.AsyncClient(
            base_url=EMBEDDED_ORIGIN,
            timeout=TIMEOUT,
            transport=httpx.ASGITransport(app=cast("httpx.ASGITransport", application), raise_app_exceptions=False),  # pyright: ignore[reportArgumentType]
        )
        return await self._stack.enter_async_context(client)

    async def aclose(self) -> None:
        await self._stack.aclose()


def transport_for(settings: Settings) -> Transport:
    """The transport that the settings ask for."""
    if settings.backend is Backend.EMBEDDED:
        return EmbeddedTransport(settings)
    key = settings.api_key.get_secret_value() if settings.api_key else None
    return HostedTransport(settings.base_url, key)
