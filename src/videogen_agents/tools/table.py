"""The one table of tools. Adapters loop over it."""

from __future__ import annotations

from typing import Any

from videogen_agents.errors import InputError
from videogen_agents.tools.arguments import nearest
from videogen_agents.tools.file_tools import GET_FILE
from videogen_agents.tools.find_tools import FIND
from videogen_agents.tools.job_tools import CANCEL_JOB, GET_JOB
from videogen_agents.tools.listing import Surface
from videogen_agents.tools.spec import ToolSpec
from videogen_agents.tools.workflow_tools import EXPORT_PROJECT, RUN_WORKFLOW

TOOLS: tuple[ToolSpec[Any], ...] = (RUN_WORKFLOW, EXPORT_PROJECT, GET_JOB, CANCEL_JOB, GET_FILE, FIND)


def table_of(surface: Surface) -> tuple[ToolSpec[Any], ...]:
    """The rows of a surface."""
    return TOOLS


def tool_named(name: str, surface: Surface = "flat") -> ToolSpec[Any]:
    """The row called ``name``. Raises InputError with the nearest name."""
    rows = table_of(surface)
    for spec in rows:
        if spec.name == name:
            return spec
    names = [spec.name for spec in rows]
    near = nearest(name[:100], names)
    raise InputError(
        f"There is no tool {name[:60]!r}.",
        code="unknown_tool",
        next_step=f"Did you mean {near}?" if near else f"Use one of: {', '.join(names)}.",
    )
