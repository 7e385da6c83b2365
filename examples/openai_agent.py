"""An OpenAI Agents SDK agent makes a film; a person is asked about hosted calls that cost.

pip install 'videogen-agents[openai,engine]'
OPENAI_API_KEY=… python examples/openai_agent.py "a 30-second explainer of compost"
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from agents import Agent, Runner

from videogen_agents.tools import Toolbox
from videogen_agents_openai import video_agent


async def make(request: str, agent: Agent[Any], ask: Callable[[str], bool]) -> str:
    """The agent's last words: they name the finished file. ``ask`` decides on each call that costs."""
    result = await Runner.run(agent, request, max_turns=100)
    while result.interruptions:
        state = result.to_state()
        for item in result.interruptions:
            if ask(f"{item.name} {item.arguments}"):
                state.approve(item)
            else:
                state.reject(item)
        result = await Runner.run(agent, state, max_turns=100)
    return str(result.final_output)


async def main() -> None:
    async with Toolbox() as toolbox:
        agent = video_agent(toolbox=toolbox)
        print(await make(sys.argv[1], agent, lambda call: input(f"{call}\nGo on? [y/N] ") == "y"))


if __name__ == "__main__":
    asyncio.run(main())
