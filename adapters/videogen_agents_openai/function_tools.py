"""A loop over the tool table: each row becomes a FunctionTool. No exception leaves a call: it would end the run."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from agents import FunctionTool, ToolOutputImage, ToolOutputText
from agents.tool_context import ToolContext
from pydantic import TypeAdapter, ValidationError

from videogen_agents.tools import ListedTool, Toolbox, ToolOutcome, call_tool
from videogen_agents.tools.dialects import strict_schema

_ARGUMENTS = TypeAdapter(dict[str, Any])


def video_tools(toolbox: Toolbox | None = None) -> list[FunctionTool]:
    """The tools that ``toolbox``'s policy allows, by default all of them with settings from the environment.

    Close the toolbox when the agent is done; jobs go on.
    """
    box = toolbox or Toolbox()
    return [_function_tool(box, listed) for listed in box.tools()]


def _function_tool(toolbox: Toolbox, listed: ListedTool) -> FunctionTool:
    async def invoke(_ctx: ToolContext[Any], arguments: str) -> ToolOutputText | list[ToolOutputText | ToolOutputImage]:
        try:
            values = _ARGUMENTS.validate_json(arguments or "{}")
        except ValidationError:
            return ToolOutputText(text="The arguments are not a JSON object. [invalid_arguments, fix_input]")
        return _output(await call_tool(toolbox, listed.name, values))

    return FunctionTool(
        name=listed.name,
        description=listed.description,
        params_json_schema=strict_schema(listed.input_schema),
        on_invoke_tool=invoke,
        strict_json_schema=True,
    )


def _output(outcome: ToolOutcome) -> ToolOutputText | list[ToolOutputText | ToolOutputImage]:
    text = ToolOutputText(text=outcome.text)
    if outcome.thumbnail is None:
        return text
    image = b64encode(outcome.thumbnail.data).decode("ascii")
    return [text, ToolOutputImage(image_url=f"data:{outcome.thumbnail.media_type};base64,{image}", detail="low")]
