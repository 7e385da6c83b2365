"""The tool table: one row per tool, the functions behind it, schemas for models, and the policy that limits it."""

from videogen_agents.tools.call import Toolbox, call_tool
from videogen_agents.tools.policy import Policy, resolve_policy
from videogen_agents.tools.result import FileLink, Thumbnail, ToolOutcome, ToolResult
from videogen_agents.tools.spec import ToolFlags, ToolSpec
from videogen_agents.tools.table import TOOLS, tool_named

__all__ = [
    "TOOLS",
    "FileLink",
    "Policy",
    "Thumbnail",
    "ToolFlags",
    "ToolOutcome",
    "ToolResult",
    "ToolSpec",
    "Toolbox",
    "call_tool",
    "resolve_policy",
    "tool_named",
]
