"""The MCP server over the scripted server, spoken to by the real client in both protocol eras."""

from __future__ import annotations

from ..scripted_toolbox import server, settings, toolbox

__all__ = ["server", "settings", "toolbox"]
