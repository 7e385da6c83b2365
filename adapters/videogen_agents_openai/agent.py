"""A ready agent that makes films: the tools, and instructions from the guides."""

from __future__ import annotations

from typing import Any

from agents import Agent, Tool
from agents.models.interface import Model

from videogen_agents.guides import guide_topics, read_guide
from videogen_agents.tools import Toolbox
from videogen_agents.tools.spec import ReportProgress
from videogen_agents.tools.toolbox_options import configured_toolbox
from videogen_agents_openai.function_tools import video_tools

#: The guides an agent is given from the start; it reads the others with get_guide.
READ_FIRST = ("getting-started", "scripts", "waiting")
ROLE = "You make finished videos for the user with the tools you have, and tell them where the file is."


def video_agent(
    model: str | Model | None = None,
    *,
    toolbox: Toolbox | None = None,
    name: str = "Video maker",
    on_progress: ReportProgress | None = None,
    **kwargs: Any,
) -> Agent[Any]:
    """An Agent with the tools of ``toolbox`` (default: all, settings from the environment) and our instructions.

    ``kwargs`` go to ``Agent``: ``tools`` are added to ours, a text as ``instructions`` stands before ours, and any
    other value of ``instructions`` replaces them. Close the toolbox when the agent is done; jobs go on.
    """
    own: str | Any = kwargs.pop("instructions", ROLE)
    extra: list[Tool] = list(kwargs.pop("tools", ()))
    instructions = f"{own}\n\n{video_instructions(toolbox)}" if isinstance(own, str) else own
    tools = [*video_tools(toolbox, on_progress=on_progress), *extra]
    return Agent[Any](name=name, model=model, instructions=instructions, tools=tools, **kwargs)


def video_instructions(toolbox: Toolbox | None = None) -> str:
    """What the guides say to an agent that begins, and which guides there are besides."""
    parts = [read_guide(topic).strip() for topic in READ_FIRST]
    if any(tool.name == "get_guide" for tool in configured_toolbox(toolbox).tools()):
        others = [guide for guide in guide_topics() if guide.topic not in READ_FIRST]
        listed = "\n".join(f"- `{guide.topic}`: {guide.summary}" for guide in others)
        parts.append(f"# More guides, read with get_guide\n\n{listed}")
    return "\n\n".join(parts)
