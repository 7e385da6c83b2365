"""The three adapters over one scripted server."""

from __future__ import annotations

from ..scripted_toolbox import server, settings, toolbox

__all__ = ["server", "settings", "toolbox"]
