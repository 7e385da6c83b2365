"""``videogen-agents mcp``: the tools for an MCP host, over stdio or HTTP."""

from __future__ import annotations

import asyncio
import importlib
import os
import secrets
from types import ModuleType

import click
from pydantic import SecretStr

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.config import Backend
from videogen_agents.errors import UnavailableError
from videogen_agents.tools import Surface, Toolbox, listed_tools, resolve_policy
from videogen_agents.tools.call import HOST_PATIENCE
from videogen_agents.tools.toolbox_pool import ToolboxPool

TOKEN_VARIABLE = "VIDEOGEN_AGENTS_MCP_TOKEN"  # noqa: S105  # the name of a variable
_HTTP_ONLY = ("host", "port", "path", "allow_host", "allow_origin", "public_url", "keys_from_clients")


@click.command("mcp")
@click.option("--tools", help="Only these tools or toolsets, separated by commas.")
@click.option("--exclude", default="", help="All but these tools or toolsets, separated by commas.")
@click.option("--read-only", is_flag=True, help="Only tools that change nothing.")
@click.option("--max-spend", type=click.IntRange(0), help="Units that hosted calls may cost in all.")
@click.option("--confirm-above", type=click.IntRange(0), help="Ask before hosted calls that cost more units.")
@click.option("--granular", is_flag=True, help="One tool for each workflow, edit and asset.")
@click.option("--tasks", is_flag=True, help="Offer started jobs as tasks to clients that know them.")
@click.option("--http", is_flag=True, help="Serve Streamable HTTP instead of stdio.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 takes any.")
@click.option("--path", default="/mcp", show_default=True, help="Path of the endpoint.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="Answer requests for this host name too.")
@click.option("--allow-origin", multiple=True, metavar="ORIGIN", help="Answer pages of this origin too.")
@click.option("--public-url", metavar="URL", help="The endpoint as clients know it, behind a proxy.")
@click.option("--keys-from-clients", is_flag=True, help="Each caller's bearer token is their own VideoGen API key.")
@backend_option
@click.pass_context
def command(
    ctx: click.Context,
    tools: str | None,
    exclude: str,
    read_only: bool,
    max_spend: int | None,
    confirm_above: int | None,
    granular: bool,
    tasks: bool,
    http: bool,
    backend: str | None,
    **_http_options: object,
) -> None:
    """Serve the tools to Cursor, Claude or any other MCP host, over stdio or HTTP.

    \b
    In Cursor's mcp.json:
      {"mcpServers": {"videogen": {"command": "videogen-agents", "args": ["mcp"]}}}
    """
    surface: Surface = "granular" if granular else "flat"
    policy = resolve_policy(
        listed_tools(surface),
        tools=tools.split(",") if tools is not None else None,
        exclude=exclude.split(","),
        read_only=read_only,
        max_spend=max_spend,
        confirm_above=confirm_above,
    )
    given = [name for name in _HTTP_ONLY if ctx.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT]
    if given and not http:
        raise click.UsageError(f"--{given[0].replace('_', '-')} is of use only with --http.")
    adapter = _adapter()
    toolbox = Toolbox(settings=settings_for(backend), policy=policy, surface=surface, starting_patience=HOST_PATIENCE)
    if http:
        _serve_http(ctx, adapter, toolbox, tasks)
        return
    try:
        asyncio.run(adapter.serve_stdio(toolbox, tasks=tasks))
    except KeyboardInterrupt:
        # Only before the server took the signals over: nothing was served yet.
        return


def _adapter() -> ModuleType:
    try:
        # Lazy: the adapter is an extra of its own.
        return importlib.import_module("videogen_agents_mcp")
    except ModuleNotFoundError as error:
        raise UnavailableError(
            f"The MCP adapter is not installed (missing {error.name}).",
            code="mcp_not_installed",
            requirement="install_extra",
            next_step="Install it with: pip install 'videogen-agents[mcp,engine]'",
        ) from error


def _serve_http(ctx: click.Context, adapter: ModuleType, toolbox: Toolbox, tasks: bool) -> None:
    values = ctx.params
    pooled = bool(values["keys_from_clients"])
    token = SecretStr(os.environ[TOKEN_VARIABLE]) if os.environ.get(TOKEN_VARIABLE) else None
    if not str(values["path"]).startswith("/"):
        raise click.UsageError("--path begins with a slash.")
    if pooled and token is not None:
        raise click.UsageError(f"With --keys-from-clients the callers' keys are the tokens; unset {TOKEN_VARIABLE}.")
    if pooled and values["backend"] == Backend.EMBEDDED.value:
        raise click.UsageError("--keys-from-clients is for the hosted API; the embedded engine knows no keys.")
    lines: list[str] = []
    served: Toolbox | ToolboxPool = ToolboxPool(toolbox) if pooled else toolbox
    if not pooled and token is None and not adapter.is_loopback(values["host"]):
        token = SecretStr(secrets.token_urlsafe(32))
        lines.append(f"Bearer token of this run: {token.get_secret_value()}")
        lines.append(f"Set {TOKEN_VARIABLE} to keep one of your own.")
    if pooled:
        lines.append("Callers send their own VideoGen API key as the bearer token.")
    options = adapter.HttpOptions(
        host=values["host"],
        port=values["port"],
        path=values["path"],
        token=token,
        allowed_hosts=tuple(values["allow_host"]),
        allowed_origins=tuple(values["allow_origin"]),
        public_url=values["public_url"],
    )

    def announce(url: str) -> None:
        for line in (f"Serving MCP at {url} until Ctrl-C.", *lines):
            click.echo(line, err=True)
        if not adapter.is_loopback(values["host"]) and not values["allow_host"] and not values["public_url"]:
            click.echo("Requests for other host names are refused: name yours with --allow-host.", err=True)

    adapter.serve_http(served, options, tasks=tasks, on_ready=announce)
