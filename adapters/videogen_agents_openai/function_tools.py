"""A loop over the tool table: each row becomes a FunctionTool. No exception leaves a call: it would end the run."""

from __future__ import annotations

import asyncio
import json
import logging
from base64 import b64encode
from collections.abc import Iterable
from typing import Any, Literal, cast

from agents import FunctionTool, RunContextWrapper, ToolOutputImage, ToolOutputText
from agents.tool import FunctionToolCustomDataContext
from agents.tool_context import ToolContext
from pydantic import Field, TypeAdapter, ValidationError

from videogen_agents.config import Backend
from videogen_agents.errors import InputError, InternalError, VideoError
from videogen_agents.tools import ListedTool, Toolbox, ToolOutcome, call_tool, quote_call
from videogen_agents.tools.background_calls import BackgroundCalls
from videogen_agents.tools.dialects import strict_schema
from videogen_agents.tools.spec import ReportProgress
from videogen_agents.tools.toolbox_options import configured_toolbox
from videogen_agents_openai.run_context import toolbox_of

Results = Literal["text", "json"]
Output = ToolOutputText | list[ToolOutputText | ToolOutputImage]

logger = logging.getLogger(__name__)
_ARGUMENTS = TypeAdapter(dict[str, Any])


class _Said(ToolOutputText):
    """The words for the model, with the declared fields for the program beside them."""

    data: dict[str, Any] = Field(exclude=True)


def video_tools(
    toolbox: Toolbox | None = None,
    *,
    tools: Iterable[str] | None = None,
    exclude: Iterable[str] = (),
    read_only: bool | None = None,
    max_spend: int | None = None,
    approve_above: int | None = None,
    granular: bool = False,
    results: Results = "text",
    on_progress: ReportProgress | None = None,
) -> list[FunctionTool]:
    """The tools that the policy allows, by default all twelve with settings from the environment.

    Hosted calls above ``approve_above`` units (10) interrupt the run until they are approved. A Toolbox or VideoClient
    in the run's context is used instead of ``toolbox``, under both policies. The model reads short texts; a program
    reads the same result's fields from ``item.custom_data`` of the run's items, or from the text with
    ``results="json"``, which costs about three times the tokens. ``on_progress`` is told how far a waiting call is
    (0–100) and what is being done. Close the toolbox when the agent is done; jobs go on. Without one, calls run on a
    loop of their own, which ends with the program.
    """
    box = configured_toolbox(
        toolbox,
        tools=tools,
        exclude=exclude,
        read_only=read_only,
        max_spend=max_spend,
        approve_above=approve_above,
        granular=granular,
    )
    background = BackgroundCalls(box) if toolbox is None else None
    return [_function_tool(box, background, listed, results, on_progress or _silent) for listed in box.tools()]


def _silent(_percent: float, _message: str) -> None:
    return None


def _function_tool(
    default: Toolbox,
    background: BackgroundCalls | None,
    listed: ListedTool,
    results: Results,
    on_progress: ReportProgress,
) -> FunctionTool:
    async def needs_approval(ctx: RunContextWrapper[Any], arguments: dict[str, Any], _call_id: str) -> bool:
        try:
            toolbox = toolbox_of(ctx.context, default)
        except VideoError:
            # The call itself says what is wrong.
            return False
        return await asyncio.to_thread(quote_call, toolbox, listed.name, arguments) is not None

    async def invoke(ctx: ToolContext[Any], arguments: str) -> Output:
        try:
            values = _arguments(arguments)
            toolbox = toolbox_of(ctx.context, default)
            if ctx.is_tool_approved(ctx.tool_name, ctx.tool_call_id):
                quoted = await asyncio.to_thread(quote_call, toolbox, listed.name, values)
                values |= {"confirm": quoted.confirm} if quoted else {}
            if background is not None and toolbox is default:
                return _output(await background.call_async(listed.name, values, on_progress), results)
            return _output(await call_tool(toolbox, listed.name, values, on_progress), results)
        except VideoError as error:
            return _output(ToolOutcome.from_error(error), results)
        except Exception:
            # Such as a context whose attributes raise: the run must go on, and a stack trace may hold secrets.
            logger.exception("tool %s failed", listed.name)
            return _output(ToolOutcome.from_error(InternalError(f"{listed.name} failed.")), results)

    # The SDK also asks a person about arguments that it cannot read; where nothing costs, nobody is to be asked.
    asks = listed.flags.paid and default.backend is Backend.HOSTED
    return FunctionTool(
        name=listed.name,
        description=listed.description,
        params_json_schema=strict_schema(listed.input_schema),
        on_invoke_tool=invoke,
        strict_json_schema=True,
        needs_approval=needs_approval if asks else False,
        custom_data_extractor=_custom_data,
    )


def _arguments(text: str) -> dict[str, Any]:
    try:
        return _ARGUMENTS.validate_json(text or "{}")
    except ValidationError as error:
        raise InputError(
            "The arguments are not a JSON object.",
            code="invalid_arguments",
            next_step="Call again with one JSON object.",
        ) from error


def _output(outcome: ToolOutcome, results: Results) -> Output:
    data = outcome.data.model_dump(mode="json", by_alias=True, exclude_none=True)
    words = json.dumps({"text": outcome.text, **data}, ensure_ascii=False) if results == "json" else outcome.text
    said = _Said(text=words, data=data)
    if outcome.thumbnail is None:
        return said
    image = b64encode(outcome.thumbnail.data).decode("ascii")
    return [said, ToolOutputImage(image_url=f"data:{outcome.thumbnail.media_type};base64,{image}", detail="low")]


def _custom_data(context: FunctionToolCustomDataContext) -> dict[str, Any] | None:
    output = cast("object", context.output)
    parts = cast("list[object]", output) if isinstance(output, list) else [output]
    return next((part.data for part in parts if isinstance(part, _Said)), None)
