"""A loop over the tool table: each row becomes an MCP tool whose schema and results are the table's own."""

from __future__ import annotations

import asyncio
import logging
from base64 import b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.tools.base import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase, FuncMetadata
from mcp_types import (
    CallToolResult,
    ContentBlock,
    ImageContent,
    InputRequiredResult,
    ResourceLink,
    TextContent,
    ToolAnnotations,
)
from pydantic import ConfigDict

from videogen_agents import __version__
from videogen_agents.tools import ListedTool, Toolbox, ToolOutcome, call_tool

#: Seconds between progress notifications. Hosts extend their own timeout at each one, so it runs on a clock.
PROGRESS_SECONDS = 2.0
#: Where a failed call's fields stand in ``_meta``. Hosts check structured content against the tool's output schema,
#: some of them for failed calls too, so it is no place for an error.
ERROR_META = "videogen-agents/error"
INSTRUCTIONS = (
    "Make finished, narrated videos. run_workflow starts one and answers at once with a job id; get_job follows it and "
    "in the end names the file. Write scripts of short sentences, about 150 words a minute. Never guess ids: use find."
)


class _Arguments(ArgModelBase):
    """Whatever was sent: the table's own parser validates it and words the errors."""

    model_config = ConfigDict(extra="allow")

    def model_dump_one_level(self) -> dict[str, Any]:
        return {"arguments": dict(self.model_extra or {})}


class _TableServer(MCPServer):
    """An MCPServer whose answer to an unknown or switched-off tool is the table's own."""

    def __init__(self, toolbox: Toolbox, tools: list[Tool]) -> None:
        @asynccontextmanager
        async def lifespan(_server: MCPServer) -> AsyncGenerator[None]:
            async with toolbox:
                yield

        super().__init__(
            "videogen-agents",
            title="VideoGen agents",
            version=__version__,
            instructions=INSTRUCTIONS,
            log_level="WARNING",
            lifespan=lifespan,
            tools=tools,
        )
        self._toolbox = toolbox
        self._names = {tool.name for tool in tools}

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        if name not in self._names:
            return _result(await call_tool(self._toolbox, name, arguments))
        return await super().call_tool(name, arguments, context)


def build_server(toolbox: Toolbox, *, progress_seconds: float = PROGRESS_SECONDS) -> MCPServer:
    """An MCP server over ``toolbox``, which it closes when it ends.

    While a call runs, progress is notified every ``progress_seconds`` to callers that asked for it.
    """
    return _TableServer(toolbox, [_tool(toolbox, listed, progress_seconds) for listed in toolbox.tools()])


def _tool(toolbox: Toolbox, listed: ListedTool, progress_seconds: float) -> Tool:
    async def run(arguments: dict[str, Any], ctx: Context) -> CallToolResult:
        latest: list[tuple[float, str]] = [(0.0, "starting")]

        def report(progress: float, message: str) -> None:
            latest[0] = (progress, message)

        ticker = asyncio.create_task(_tick(ctx, latest, progress_seconds))
        try:
            return _result(await call_tool(toolbox, listed.name, arguments, report))
        finally:
            ticker.cancel()
            await asyncio.wait({ticker})

    flags = listed.flags
    return Tool(
        fn=run,
        name=listed.name,
        title=listed.title,
        description=listed.description,
        parameters=dict(listed.input_schema),
        fn_metadata=FuncMetadata(arg_model=_Arguments, output_schema=dict(listed.result_schema)),
        is_async=True,
        context_kwarg="ctx",
        annotations=ToolAnnotations(
            title=listed.title,
            # A tool that only saves what it read saves nothing under a read-only policy.
            read_only_hint=flags.read_only or (flags.saves and toolbox.policy.read_only),
            destructive_hint=flags.destructive,
            idempotent_hint=flags.idempotent,
            open_world_hint=flags.open_world,
        ),
    )


async def _tick(ctx: Context, latest: list[tuple[float, str]], seconds: float) -> None:
    """Progress rises at every tick, as the protocol demands, and never reaches 100 before the end.

    To callers that asked for none, reporting does nothing.
    """
    shown = 0.0
    while True:
        progress, message = latest[0]
        shown = max(min(progress, 99.0), shown + (100.0 - shown) * 1e-4)
        try:
            await ctx.report_progress(shown, 100.0, message)
        except Exception:
            # The caller is gone or cannot be told; the call itself goes on, and its result is what counts.
            logging.getLogger(__name__).debug("progress was not delivered", exc_info=True)
            return
        await asyncio.sleep(seconds)


def _result(outcome: ToolOutcome) -> CallToolResult:
    text = TextContent(type="text", text=outcome.text)
    # Without nulls: an absent field fits a schema that says "string", null does not.
    data = outcome.data.model_dump(mode="json", by_alias=True, exclude_none=True)
    if outcome.is_error:
        return CallToolResult(content=[text], is_error=True, _meta={ERROR_META: data})
    content: list[ContentBlock] = [text]
    content += [
        ResourceLink(type="resource_link", name=link.name, uri=link.uri, mime_type=link.media_type, size=link.size)
        for link in outcome.links
    ]
    if outcome.thumbnail is not None:
        image = b64encode(outcome.thumbnail.data).decode("ascii")
        content.append(ImageContent(type="image", data=image, mime_type=outcome.thumbnail.media_type))
    return CallToolResult(content=content, structured_content=data)


async def serve_stdio(toolbox: Toolbox) -> None:
    """Serve until the host closes stdin. Logs go to stderr; stdout carries the protocol alone."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    await build_server(toolbox).run_stdio_async()
