"""get_guide: short how-tos by topic."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from pydantic import Field

from videogen_agents.guides import guide_topics, read_guide
from videogen_agents.tools.arguments import ToolInput, parse_model, reject_value
from videogen_agents.tools.flat_schema import Schema
from videogen_agents.tools.result import ToolOutcome, ToolResult
from videogen_agents.tools.spec import ToolContext, ToolFlags, ToolSpec

EXAMPLE = json.dumps({"topic": "scripts"})


class GetGuideInput(ToolInput):
    topic: str | None = Field(default=None, max_length=100)


class GuideResult(ToolResult):
    """``markdown`` is the guide; without a topic it is the list of topics."""

    topic: str | None = None
    topics: list[str] = Field(default_factory=list)


def parse_get_guide(arguments: dict[str, Any]) -> GetGuideInput:
    call = parse_model(GetGuideInput, arguments, example=EXAMPLE)
    topics = [guide.topic for guide in guide_topics()]
    if call.topic is not None and call.topic not in topics:
        raise reject_value("topic", call.topic, topics, example=EXAMPLE)
    return call


async def get_guide(call: GetGuideInput, ctx: ToolContext) -> ToolOutcome:
    del ctx
    guides = guide_topics()
    if call.topic is None:
        listed = "; ".join(f"{guide.topic}: {guide.summary}" for guide in guides)
        return ToolOutcome(f"Guides: {listed}", GuideResult(topics=[guide.topic for guide in guides]))
    text = await asyncio.to_thread(read_guide, call.topic)
    return ToolOutcome(text, GuideResult(topic=call.topic))


def _schema() -> Schema:
    topics: list[Any] = [guide.topic for guide in guide_topics()]
    return {"type": "object", "properties": {"topic": {"type": "string", "enum": topics}}}


GET_GUIDE = ToolSpec(
    name="get_guide",
    title="Read a guide",
    toolset="guides",
    description="A short how-to; without a topic, the list.",
    schema=_schema(),
    result=GuideResult,
    parse=parse_get_guide,
    run=get_guide,
    flags=ToolFlags(read_only=True, idempotent=True),
)
