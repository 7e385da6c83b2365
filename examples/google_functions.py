"""Gemini makes a film: the tools as function declarations, in a loop of one's own.

pip install 'videogen-agents[engine]' google-genai
GEMINI_API_KEY=… python examples/google_functions.py gemini-3.8-flash "a 30-second explainer of compost"
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from google import genai
from google.genai import types

from videogen_agents.guides import read_guide
from videogen_agents.tools import Toolbox, call_tool, export_schemas


async def make(request: str, client: genai.Client, model: str, toolbox: Toolbox) -> str:
    """Gemini's last words: they name the finished file."""
    declarations = [types.FunctionDeclaration.model_validate(one) for one in export_schemas("gemini", toolbox.tools())]
    config = types.GenerateContentConfig(
        system_instruction=read_guide("getting-started"), tools=[types.Tool(function_declarations=declarations)]
    )
    contents: list[Any] = [types.Content(role="user", parts=[types.Part(text=request)])]
    while True:
        reply = await client.aio.models.generate_content(model=model, contents=contents, config=config)
        if not reply.function_calls:
            return reply.text or ""
        assert reply.candidates
        contents.append(reply.candidates[0].content)
        parts: list[types.Part] = []
        for call in reply.function_calls:
            outcome = await call_tool(toolbox, call.name or "", call.args or {})
            said = {"error" if outcome.is_error else "result": outcome.text}
            response = types.FunctionResponse(id=call.id, name=call.name, response=said)
            parts.append(types.Part(function_response=response))
        contents.append(types.Content(role="user", parts=parts))


async def main() -> None:
    client = genai.Client()
    try:
        async with Toolbox() as toolbox:
            print(await make(sys.argv[2], client, sys.argv[1], toolbox))
    finally:
        await client.aio.aclose()


if __name__ == "__main__":
    asyncio.run(main())
