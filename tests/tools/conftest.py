"""Tools called as an adapter calls them, over the scripted server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from videogen_agents.tools import Policy, Toolbox, ToolOutcome, call_tool

from ..scripted_toolbox import server, settings, toolbox

__all__ = ["server", "settings", "toolbox"]

Call = Callable[..., Any]


@pytest.fixture
def call(toolbox: Toolbox) -> Call:
    """Calls a tool with keyword arguments under the names that stand on the wire."""

    async def run(name: str, /, *, policy: Policy | None = None, **arguments: Any) -> ToolOutcome:
        if policy is not None:
            toolbox.policy = policy
        return await call_tool(toolbox, name, arguments)

    return run
