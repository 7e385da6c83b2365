"""Derive ``src/videogen_agents/tools/listing.json`` from the tool table. Run after changing a tool or the contract."""

from __future__ import annotations

import json

from videogen_agents.tools.flat_schema import flat_schema
from videogen_agents.tools.listing import LISTINGS, ListedTool
from videogen_agents.tools.table import TOOLS


def listing() -> str:
    """The file's content."""
    tools = [
        ListedTool(
            name=spec.name,
            title=spec.title,
            toolset=spec.toolset,
            description=spec.description,
            flags=spec.flags,
            input_schema=spec.schema,
            result_schema={**flat_schema(spec.result, mode_serialization=True), "additionalProperties": True},
        )
        for spec in TOOLS
    ]
    return json.dumps([tool.model_dump(mode="json") for tool in tools], indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    LISTINGS["flat"].write_text(listing(), encoding="utf-8")
