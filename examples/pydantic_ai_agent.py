"""A pydantic-ai agent makes a film with the tools' own JSON schemas.

pip install 'videogen-agents[engine]' 'pydantic-ai-slim[openai]'
OPENAI_API_KEY=… python examples/pydantic_ai_agent.py openai:gpt-5 "a 30-second explainer of compost"
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from pydantic_ai import Agent, BinaryContent, Tool, ToolReturn

from videogen_agents.guides import read_guide
from videogen_agents.tools import ListedTool, Toolbox, call_tool


def video_agent(toolbox: Toolbox) -> Agent:
    """An agent without a model; ``run`` is given one."""
    tools = [tool_of(toolbox, listed) for listed in toolbox.tools()]
    return Agent(instructions=read_guide("getting-started"), tools=tools)


def tool_of(toolbox: Toolbox, listed: ListedTool) -> Tool:
    """The model reads the words and sees the thumbnail; the program finds the fields in ``metadata``."""

    async def run(**arguments: Any) -> ToolReturn:
        outcome = await call_tool(toolbox, listed.name, arguments)
        still = outcome.thumbnail
        seen = None if still is None else [BinaryContent(still.data, media_type=still.media_type)]
        return ToolReturn(outcome.text, content=seen, metadata=outcome.data.model_dump(mode="json", by_alias=True))

    return Tool.from_schema(run, listed.name, listed.description, dict(listed.input_schema))


async def main() -> None:
    async with Toolbox() as toolbox:
        result = await video_agent(toolbox).run(sys.argv[2], model=sys.argv[1])
        print(result.output)


if __name__ == "__main__":
    asyncio.run(main())
