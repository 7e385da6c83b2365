"""What hosts are shown of the tools, ready made: a server lists its tools without loading what runs them.

``listing.json`` is derived from the tool table by ``tools/write_tool_listing.py``, and a test keeps the two equal.
Building it anew takes most of a second, at every start of every host.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from videogen_agents.tools.spec import ToolFlags

#: The twelve tools, or one for each workflow, edit and asset.
Surface = Literal["flat", "granular"]
LISTINGS: Mapping[Surface, Path] = {
    "flat": Path(__file__).with_name("listing.json"),
    "granular": Path(__file__).with_name("listing_granular.json"),
}


class ListedTool(BaseModel):
    """One tool as it is shown. ``input_schema`` and ``result_schema`` are flat; see ``flat_schema``."""

    model_config = ConfigDict(frozen=True)

    name: str
    title: str
    toolset: str
    description: str
    flags: ToolFlags = Field(default=ToolFlags())
    input_schema: Mapping[str, JsonValue]
    result_schema: Mapping[str, JsonValue]


_TOOLS = TypeAdapter(tuple[ListedTool, ...])


@cache
def listed_tools(surface: Surface = "flat") -> tuple[ListedTool, ...]:
    """Every tool of a surface, in table order."""
    return _TOOLS.validate_json(LISTINGS[surface].read_bytes())
