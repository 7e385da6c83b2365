"""The MCP server: the tool table over stdio, for Cursor, Claude and every other MCP host."""

from videogen_agents_mcp.server import build_server, serve_stdio

__all__ = ["build_server", "serve_stdio"]
