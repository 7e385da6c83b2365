"""The one table of tools. Adapters loop over it."""

from __future__ import annotations

from functools import cache
from typing import Any

from videogen_agents.errors import InputError
from videogen_agents.tools.add_file_tools import ADD_FILE
from videogen_agents.tools.arguments import nearest
from videogen_agents.tools.asset_tools import GENERATE_ASSET
from videogen_agents.tools.entity_tools import SAVE_ENTITY
from videogen_agents.tools.export_tools import EXPORT_PROJECT
from videogen_agents.tools.file_tools import GET_FILE
from videogen_agents.tools.find_tools import FIND
from videogen_agents.tools.granular import granular_rows
from videogen_agents.tools.guide_tools import GET_GUIDE
from videogen_agents.tools.inspect_tools import INSPECT_PROJECT
from videogen_agents.tools.job_tools import CANCEL_JOB, GET_JOB
from videogen_agents.tools.listing import Surface
from videogen_agents.tools.remix_tools import REMIX_PROJECT
from videogen_agents.tools.spec import ToolSpec
from videogen_agents.tools.workflow_tools import RUN_WORKFLOW

TOOLS: tuple[ToolSpec[Any], ...] = (
    RUN_WORKFLOW,
    REMIX_PROJECT,
    EXPORT_PROJECT,
    GENERATE_ASSET,
    GET_JOB,
    CANCEL_JOB,
    ADD_FILE,
    GET_FILE,
    FIND,
    INSPECT_PROJECT,
    SAVE_ENTITY,
    GET_GUIDE,
)


def table_of(surface: Surface) -> tuple[ToolSpec[Any], ...]:
    """The rows of a surface."""
    return TOOLS if surface == "flat" else _granular()


@cache
def _granular() -> tuple[ToolSpec[Any], ...]:
    return granular_rows(TOOLS)


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
