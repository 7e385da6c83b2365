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
from mcp_types import CallToolResult, ContentBlock, ImageContent, ResourceLink, TextContent, ToolAnnotations
from pydantic import ConfigDict

from videogen_agents import __version__
from videogen_agents.tools import Toolbox, ToolOutcome, ToolSpec, call_tool
from videogen_agents.tools.flat_schema import flat_schema

#: Seconds between progress notifications. Hosts extend their own timeout at each one, so it runs on a clock.
PROGRESS_SECONDS = 2.0
INSTRUCTIONS = (
    "Make finished, narrated videos. run_workflow starts one and answers at once with a job id; get_job follows it and "
    "in the end names the file. Write scripts of short sentences, about 150 words a minute. Never guess ids: use find."
)


class _Arguments(ArgModelBase):
    """Whatever was sent: the table's own parser validates it and words the errors."""

    model_config = ConfigDict(extra="allow")

    def model_dump_one_level(self) -> dict[str, Any]:
        return {"arguments": dict(self.model_extra or {})}


def build_server(toolbox: Toolbox) -> MCPServer:
    """An MCP server over ``toolbox``, which it closes when it ends."""

    @asynccontextmanager
    async def lifespan(_server: MCPServer) -> AsyncGenerator[None]:
        async with toolbox:
            yield

    return MCPServer(
        "videogen-agents",
        title="VideoGen agents",
        version=__version__,
        instructions=INSTRUCTIONS,
        log_level="WARNING",
        lifespan=lifespan,
        tools=[_tool(toolbox, spec) for spec in toolbox.specs()],
    )


def _tool(toolbox: Toolbox, spec: ToolSpec[Any]) -> Tool:
    async def run(arguments: dict[str, Any], ctx: Context) -> CallToolResult:
        latest = [0.0, "starting"]

        def report(progress: float, message: str) -> None:
            latest[:] = [progress, message]

        ticker = asyncio.create_task(_tick(ctx, latest)) if _wants_progress(ctx) else None
        try:
            return _result(await call_tool(toolbox, spec.name, arguments, report))
        finally:
            if ticker is not None:
                ticker.cancel()

    flags = spec.flags
    return Tool(
        fn=run,
        name=spec.name,
        title=spec.title,
        description=spec.description,
        parameters=dict(spec.schema),
        fn_metadata=FuncMetadata(
            arg_model=_Arguments,
            output_schema={**flat_schema(spec.result, mode_serialization=True), "additionalProperties": True},
        ),
        is_async=True,
        context_kwarg="ctx",
        annotations=ToolAnnotations(
            title=spec.title,
            read_only_hint=flags.read_only,
            destructive_hint=flags.destructive,
            idempotent_hint=flags.idempotent,
            open_world_hint=flags.open_world,
        ),
    )


def _wants_progress(ctx: Context) -> bool:
    meta = ctx.request_context.meta
    return bool(meta and meta.get("progress_token") is not None)


async def _tick(ctx: Context, latest: list[Any]) -> None:
    """Progress rises at every tick, as the protocol demands, and never reaches 100 before the end."""
    shown = -1.0
    while True:
        shown = min(99.9, max(float(latest[0]), shown + 0.01))
        await ctx.report_progress(shown, 100.0, str(latest[1]))
        await asyncio.sleep(PROGRESS_SECONDS)


def _result(outcome: ToolOutcome) -> CallToolResult:
    content: list[ContentBlock] = [TextContent(type="text", text=outcome.text)]
    content += [
        ResourceLink(type="resource_link", name=link.name, uri=link.uri, mime_type=link.media_type, size=link.size)
        for link in outcome.links
    ]
    if outcome.thumbnail is not None:
        image = b64encode(outcome.thumbnail.data).decode("ascii")
        content.append(ImageContent(type="image", data=image, mime_type=outcome.thumbnail.media_type))
    data = outcome.data.model_dump(mode="json", by_alias=True)
    return CallToolResult(content=content, structured_content=data, is_error=outcome.is_error)


async def serve_stdio(toolbox: Toolbox) -> None:
    """Serve until the host closes stdin. Logs go to stderr; stdout carries the protocol alone."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    await build_server(toolbox).run_stdio_async()
