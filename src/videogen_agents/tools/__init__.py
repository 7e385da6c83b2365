"""The tool table: one row per tool, the functions behind it, schemas for models, and the policy that limits it.

``TOOLS`` and ``tool_named`` load what runs the tools; everything else here is light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from videogen_agents.tools.call import Toolbox, call_tool, declined, quote_call
from videogen_agents.tools.listing import ListedTool, Surface, listed_tools
from videogen_agents.tools.policy import Policy, resolve_policy
from videogen_agents.tools.result import FileLink, Thumbnail, ToolOutcome, ToolResult
from videogen_agents.tools.schema_export import SchemaStyle, export_schemas
from videogen_agents.tools.spec import ToolFlags, ToolSpec
from videogen_agents.tools.spend import Quote

if TYPE_CHECKING:
    from videogen_agents.tools.table import TOOLS, tool_named

__all__ = [
    "TOOLS",
    "FileLink",
    "ListedTool",
    "Policy",
    "Quote",
    "SchemaStyle",
    "Surface",
    "Thumbnail",
    "ToolFlags",
    "ToolOutcome",
    "ToolResult",
    "ToolSpec",
    "Toolbox",
    "call_tool",
    "declined",
    "export_schemas",
    "listed_tools",
    "quote_call",
    "resolve_policy",
    "tool_named",
]


def __getattr__(name: str) -> Any:
    if name in ("TOOLS", "tool_named"):
        from videogen_agents.tools import table

        return getattr(table, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
