"""Who is let in over HTTP: holders of the server's token, or of a key that the hosted API takes."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from mcp.server.auth.middleware.auth_context import AuthContextMiddleware
from mcp.server.auth.middleware.bearer_auth import BearerAuthBackend, RequireAuthMiddleware
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import AnyHttpUrl, SecretStr
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.types import ASGIApp

from videogen_agents.tools.toolbox_pool import ToolboxPool, key_hash
from videogen_agents_mcp.listening import shown_host

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class StaticToken:
    """Lets in whoever has the one token. It is kept as a hash and compared in constant time."""

    def __init__(self, token: SecretStr) -> None:
        self._digest = _digest(token.get_secret_value())

    async def verify_token(self, token: str) -> AccessToken | None:
        """See TokenVerifier."""
        if not hmac.compare_digest(_digest(token), self._digest):
            return None
        return AccessToken(token="", client_id="holder-of-the-token", scopes=[])


class ClientKeys:
    """Lets in whoever has a key of the hosted API, which then works with that key and no other."""

    def __init__(self, pool: ToolboxPool) -> None:
        self._pool = pool

    async def verify_token(self, token: str) -> AccessToken | None:
        """See TokenVerifier. The hash of the key stands for its holder, who alone may use the sessions it opened."""
        if not await self._pool.admits(token):
            return None
        return AccessToken(token=token, client_id=key_hash(token), scopes=[])


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def guarded(app: ASGIApp, verifier: TokenVerifier | None, metadata_url: str) -> ASGIApp:
    """``app`` for those whom ``verifier`` knows; others get a 401 that says where to read how to get in."""
    if verifier is None:
        return app
    required = RequireAuthMiddleware(app, [], AnyHttpUrl(metadata_url))
    return AuthenticationMiddleware(AuthContextMiddleware(required), backend=BearerAuthBackend(verifier))


def allowed_addresses(
    host: str, hosts: Sequence[str], origins: Sequence[str], public_host: str | None
) -> TransportSecuritySettings:
    """The Host and Origin headers that are answered: this machine's own, the address, the public one, those allowed.

    Without this a page in a browser reaches the server by making a name of its own mean this machine.
    """
    names: list[str] = [*_LOOPBACK, shown_host(host), *([public_host] if public_host else []), *hosts]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[pattern for name in names for pattern in (name, f"{name}:*")],
        allowed_origins=[*(f"http://{name}{port}" for name in _LOOPBACK for port in ("", ":*")), *origins],
    )
