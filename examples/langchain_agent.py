"""A LangChain chat model makes a film, in a loop of one's own; ``create_agent(model, tools)`` takes the same tools.

pip install 'videogen-agents[langchain,engine]' langchain langchain-openai
OPENAI_API_KEY=… python examples/langchain_agent.py openai:gpt-5 "a 30-second explainer of compost"
"""

from __future__ import annotations

import asyncio
import sys

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from videogen_agents.guides import read_guide
from videogen_agents_langchain import VideoToolkit


async def make(request: str, model: BaseChatModel, toolkit: VideoToolkit) -> str:
    """The model's last words: they name the finished file."""
    tools = {tool.name: tool for tool in toolkit.get_tools()}
    chat = model.bind_tools(list(tools.values()))
    messages: list[BaseMessage] = [SystemMessage(read_guide("getting-started")), HumanMessage(request)]
    while True:
        reply = await chat.ainvoke(messages)
        messages.append(reply)
        if not reply.tool_calls:
            return str(reply.text)
        messages += [await tools[call["name"]].ainvoke(call) for call in reply.tool_calls]


async def main() -> None:
    from langchain.chat_models import init_chat_model

    async with VideoToolkit() as toolkit:
        print(await make(sys.argv[2], init_chat_model(sys.argv[1]), toolkit))


if __name__ == "__main__":
    asyncio.run(main())
