"""Our MCP server as the Agents SDK connects to it, with a time limit that a waiting call fits in."""

from __future__ import annotations

import os
import sys
from typing import Any

from agents.mcp import MCPServerStdio, MCPServerStdioParams

#: Seconds for one call. The SDK's own default of 5 cuts off a get_job that waits, and progress does not extend it;
#: get_job waits 45 at most.
CALL_SECONDS = 60.0


def video_mcp_server(*arguments: str, call_seconds: float = CALL_SECONDS, **kwargs: Any) -> MCPServerStdio:
    """``videogen-agents mcp ARGUMENTS`` in a process of its own: ``async with video_mcp_server("--read-only") as s``.

    ``kwargs`` go to ``MCPServerStdio``. The process is given our settings (``VIDEOGEN_*``) and no other variable
    beyond those that MCP passes on by default.
    """
    settings = {name: value for name, value in os.environ.items() if name.startswith("VIDEOGEN_")}
    params = MCPServerStdioParams(
        command=sys.executable, args=["-m", "videogen_agents", "mcp", *arguments], env=settings
    )
    options: dict[str, Any] = {"name": "videogen", "cache_tools_list": True, **kwargs}
    return MCPServerStdio(params, client_session_timeout_seconds=call_seconds, **options)
