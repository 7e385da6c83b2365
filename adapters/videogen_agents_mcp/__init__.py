"""The MCP server: the tool table over stdio and HTTP, for Cursor, Claude and every other MCP host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from videogen_agents_mcp.listening import is_loopback
from videogen_agents_mcp.server import build_server
from videogen_agents_mcp.stdio import serve_stdio

if TYPE_CHECKING:
    from videogen_agents_mcp.http import HttpOptions, serve_http, serving_http

__all__ = ["HttpOptions", "build_server", "is_loopback", "serve_http", "serve_stdio", "serving_http"]


def __getattr__(name: str) -> Any:
    if name in ("HttpOptions", "serve_http", "serving_http"):
        # What serves HTTP is not loaded where stdio is spoken.
        from videogen_agents_mcp import http

        return getattr(http, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
