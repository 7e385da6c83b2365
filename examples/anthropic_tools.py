"""Claude makes a film: the tools as Anthropic tool dicts, in a loop of one's own.

pip install 'videogen-agents[engine]' anthropic
ANTHROPIC_API_KEY=… python examples/anthropic_tools.py claude-sonnet-5-5 "a 30-second explainer of compost"
"""

from __future__ import annotations

import asyncio
import sys
from base64 import b64encode
from typing import Any

from anthropic import AsyncAnthropic

from videogen_agents.guides import read_guide
from videogen_agents.tools import Toolbox, ToolOutcome, call_tool, export_schemas


async def make(request: str, client: AsyncAnthropic, model: str, toolbox: Toolbox) -> str:
    """Claude's last words: they name the finished file."""
    tools: Any = export_schemas("anthropic", toolbox.tools())
    messages: list[Any] = [{"role": "user", "content": request}]
    while True:
        reply = await client.messages.create(
            model=model, max_tokens=8192, system=read_guide("getting-started"), tools=tools, messages=messages
        )
        messages.append({"role": "assistant", "content": reply.content})
        results = [
            tool_result(use.id, await call_tool(toolbox, use.name, use.input))
            for use in reply.content
            if use.type == "tool_use"
        ]
        if not results:
            return "".join(part.text for part in reply.content if part.type == "text")
        messages.append({"role": "user", "content": results})


def tool_result(use_id: str, outcome: ToolOutcome) -> dict[str, Any]:
    """The words, and the thumbnail when there is one."""
    content: list[dict[str, Any]] = [{"type": "text", "text": outcome.text}]
    if still := outcome.thumbnail:
        source = {"type": "base64", "media_type": still.media_type, "data": b64encode(still.data).decode()}
        content.append({"type": "image", "source": source})
    return {"type": "tool_result", "tool_use_id": use_id, "content": content, "is_error": outcome.is_error}


async def main() -> None:
    async with AsyncAnthropic() as client, Toolbox() as toolbox:
        print(await make(sys.argv[2], client, sys.argv[1], toolbox))


if __name__ == "__main__":
    asyncio.run(main())
