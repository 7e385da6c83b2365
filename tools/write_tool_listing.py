"""Derive what hosts are shown, ``src/videogen_agents/tools/listing*.json``, from the tool table.

Run after changing a tool or the contract.
"""

from __future__ import annotations

import json

from videogen_agents.tools.flat_schema import flat_schema, spare
from videogen_agents.tools.listing import LISTINGS, ListedTool, Surface
from videogen_agents.tools.table import table_of


def listing(surface: Surface) -> str:
    """The file's content."""
    tools = [
        ListedTool(
            name=spec.name,
            title=spec.title,
            toolset=spec.toolset,
            description=spec.description,
            flags=spec.flags,
            input_schema=spec.schema,
            result_schema={**result_schema(spec.result), "additionalProperties": True},
        )
        for spec in table_of(surface)
    ]
    return json.dumps([tool.model_dump(mode="json") for tool in tools], indent=1, ensure_ascii=False) + "\n"


def result_schema(model: type) -> dict:
    """A result's fields and types; which are required, and no more: tokens again."""
    schema = spare(flat_schema(model, mode_serialization=True))
    assert isinstance(schema, dict)
    return schema


if __name__ == "__main__":
    for surface, path in LISTINGS.items():
        path.write_text(listing(surface), encoding="utf-8")
