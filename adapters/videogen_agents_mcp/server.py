"""A loop over the tool table: each row becomes an MCP tool whose schema and results are the table's own."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    InputRequiredResult,
    ListToolsResult,
    PaginatedRequestParams,
    Tool,
    ToolAnnotations,
)

from videogen_agents import __version__
from videogen_agents.errors import VideoError
from videogen_agents.tools import ListedTool, Toolbox, ToolOutcome, call_tool, listed_tools
from videogen_agents_mcp.answers import call_result, protocol_errors
from videogen_agents_mcp.asking import agreed_arguments
from videogen_agents_mcp.callers import Callers, OneToolbox, RequestContext
from videogen_agents_mcp.progress import ticking
from videogen_agents_mcp.reading import add_prompts, add_resources
from videogen_agents_mcp.tasks import add_tasks

NAME = "videogen-agents"
#: Seconds between progress notifications.
PROGRESS_SECONDS = 2.0
INSTRUCTIONS = (
    "Make finished, narrated videos. run_workflow starts one and answers at once with a job id; get_job follows it and "
    "in the end names the file; remix_project changes it. Write scripts of short sentences, about 150 words a minute. "
    "Never guess ids: use find. How-tos: get_guide."
)


def build_server(
    toolbox: Toolbox | Callers, *, progress_seconds: float = PROGRESS_SECONDS, tasks: bool = False
) -> Server[None]:
    """An MCP server over ``toolbox``, which it closes when it ends.

    While a call runs, progress is notified every ``progress_seconds`` to callers that asked for it. ``tasks`` offers
    the tasks extension to clients that know it.
    """
    callers = OneToolbox(toolbox) if isinstance(toolbox, Toolbox) else toolbox

    @asynccontextmanager
    async def lifespan(_server: Server[None]) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            await callers.aclose()

    async def list_tools(ctx: RequestContext, _params: PaginatedRequestParams | None) -> ListToolsResult:
        with protocol_errors():
            async with callers.toolbox(ctx) as box:
                return ListToolsResult(tools=[_tool(listed, box) for listed in box.tools()])

    async def run(ctx: RequestContext, params: CallToolRequestParams) -> CallToolResult | InputRequiredResult:
        try:
            async with callers.toolbox(ctx) as box, ticking(ctx, progress_seconds) as report:
                arguments = await agreed_arguments(ctx, params, box)
                if not isinstance(arguments, dict):
                    return arguments
                return call_result(await call_tool(box, params.name, arguments, report))
        except VideoError as error:
            return call_result(ToolOutcome.from_error(error))

    def input_schema(name: str) -> Mapping[str, Any] | None:
        return next((tool.input_schema for tool in listed_tools(callers.surface) if tool.name == name), None)

    server = Server[None](
        NAME,
        title="VideoGen agents",
        version=__version__,
        instructions=INSTRUCTIONS,
        lifespan=lifespan,
        get_tool_input_schema=input_schema,
        on_list_tools=list_tools,
        on_call_tool=run,
    )
    # What a host sends back of a question is sealed, and bound to the call and the caller.
    server.middleware.append(RequestStateBoundary(RequestStateSecurity.ephemeral(), default_audience=NAME))
    add_resources(server, callers)
    add_prompts(server, callers)
    if tasks:
        add_tasks(server, callers)
    return server


def _tool(listed: ListedTool, toolbox: Toolbox) -> Tool:
    flags = listed.flags
    return Tool(
        name=listed.name,
        title=listed.title,
        description=listed.description,
        input_schema=dict(listed.input_schema),
        output_schema=dict(listed.result_schema),
        annotations=ToolAnnotations(
            title=listed.title,
            # A tool that only saves what it read saves nothing under a read-only policy.
            read_only_hint=flags.read_only or (flags.saves and toolbox.policy.read_only),
            destructive_hint=flags.destructive,
            idempotent_hint=flags.idempotent,
            open_world_hint=flags.open_world,
        ),
    )
