"""What is served under which path: the endpoint, its health, and how one is let in."""

from __future__ import annotations

from urllib.parse import urlsplit

from mcp.server.auth.provider import TokenVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from videogen_agents import __version__
from videogen_agents_mcp.admission import guarded

_METADATA = "/.well-known/oauth-protected-resource"


def application(endpoint: ASGIApp, verifier: TokenVerifier | None, path: str, public_url: str) -> Starlette:
    """``endpoint`` at ``path`` for those whom ``verifier`` knows, and beside it what anybody may read."""
    parts = urlsplit(public_url)
    metadata_path = _METADATA + parts.path.rstrip("/")

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "version": __version__})

    async def metadata(_request: Request) -> JSONResponse:
        """RFC 9728. No server hands tokens out: the operator does, or the hosted API's own settings page."""
        said = {"resource": public_url, "resource_name": "VideoGen agents", "bearer_methods_supported": ["header"]}
        return JSONResponse(said)

    metadata_url = f"{parts.scheme}://{parts.netloc}{metadata_path}"
    routes = [Route("/health", health), Route(path, guarded(endpoint, verifier, metadata_url))]
    if verifier is not None:
        # Behind a proxy that cuts a prefix off, the path asked for may be either.
        routes += [Route(known, metadata) for known in {_METADATA, _METADATA + path, metadata_path}]
    return Starlette(routes=routes)
