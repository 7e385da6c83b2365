"""``videogen-agents mcp``: the tools for an MCP host."""

from __future__ import annotations

import asyncio
import importlib

import click

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.errors import UnavailableError
from videogen_agents.tools import Toolbox, listed_tools, resolve_policy


@click.command("mcp")
@click.option("--tools", help="Only these tools or toolsets, separated by commas.")
@click.option("--exclude", default="", help="All but these tools or toolsets, separated by commas.")
@click.option("--read-only", is_flag=True, help="Only tools that change nothing.")
@backend_option
def command(tools: str | None, exclude: str, read_only: bool, backend: str | None) -> None:
    """Serve the tools over stdio to Cursor, Claude or any other MCP host.

    \b
    In Cursor's mcp.json:
      {"mcpServers": {"videogen": {"command": "videogen-agents", "args": ["mcp"]}}}
    """
    policy = resolve_policy(
        listed_tools(),
        tools=tools.split(",") if tools is not None else None,
        exclude=exclude.split(","),
        read_only=read_only,
    )
    try:
        # Lazy: the adapter is an extra of its own.
        adapter = importlib.import_module("videogen_agents_mcp")
    except ModuleNotFoundError as error:
        raise UnavailableError(
            f"The MCP adapter is not installed (missing {error.name}).",
            code="mcp_not_installed",
            requirement="install_extra",
            next_step="Install it with: pip install 'videogen-agents[mcp,engine]'",
        ) from error
    toolbox = Toolbox(settings=settings_for(backend), policy=policy)
    try:
        asyncio.run(adapter.serve_stdio(toolbox))
    except KeyboardInterrupt:
        # A host ends its servers this way; jobs are kept and resumed at the next start.
        return
