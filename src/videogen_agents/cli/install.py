"""``videogen-agents install``: tell an MCP host about this server."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex

import click

from videogen_agents.errors import UnavailableError
from videogen_agents.install import (
    HOSTS,
    Change,
    Host,
    Machine,
    Outcome,
    Scope,
    apply,
    installed_command,
    portable_command,
    preview,
)
from videogen_agents.install.hosts import KEY


@click.command("install")
@click.argument("host", type=click.Choice(list(HOSTS)))
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.option("--user", "scope", flag_value=Scope.USER.value, default=Scope.USER.value, help="For all projects.")
@click.option("--project", "scope", flag_value=Scope.PROJECT.value, help="For the project in this folder.")
@click.option("--name", default="videogen", show_default=True, help="What the host calls the server.")
@click.option("--hosted", is_flag=True, help=f"Let the host pass your {KEY} on. The key itself is never written.")
@click.option("--portable", is_flag=True, help="Start by uvx instead of this machine's path, to share the file.")
@click.option("--replace", is_flag=True, help="Change an entry of this name that is there; keep the former file.")
@click.option("--print", "print_only", is_flag=True, help="Print what would be written, and write nothing.")
def command(
    host: str,
    options: tuple[str, ...],
    scope: str,
    name: str,
    hosted: bool,
    portable: bool,
    replace: bool,
    print_only: bool,
) -> None:
    """Add this server to HOST's configuration and leave the rest of it as it is.

    Options after -- are those of "videogen-agents mcp".

    \b
      videogen-agents install cursor
      videogen-agents install vscode --project --portable
      videogen-agents install claude-desktop -- --read-only
      videogen-agents install codex --hosted --print
    """
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name) is None:
        raise click.BadParameter("use 1 to 64 letters, digits, - or _.", param_hint="--name")
    chosen = HOSTS[host]
    server = (portable_command() if portable else installed_command()).with_options(options)
    entry = chosen.entry(server, hosted=hosted)
    path = chosen.file(Scope(scope), Machine())
    if print_only:
        click.echo(f"For {chosen.title}, in {path}:", err=True)
        if chosen.name == "vscode" and not hosted:
            click.echo(f"Or: code --add-mcp {shlex.quote(json.dumps({'name': name, **entry}))}", err=True)
        click.echo(preview(chosen, name, entry), nl=False)
        return
    if not portable:
        _check_adapter()
    click.echo(_told(chosen, apply(chosen, path, name, entry, replace=replace), name))
    if Scope(scope) is Scope.PROJECT and not portable:
        click.echo("note: it names a path of this machine; to share the file, use --portable.")
    click.echo(f"next: {chosen.after}")
    if not hosted:
        ways = f"use --hosted, or {chosen.key_advice}" if chosen.secret or chosen.toml else chosen.key_advice
        click.echo(f"Films are made on this machine, without a key. For the hosted backend {ways}.")
    else:
        click.echo(f"The key is not in the file: {_key_place(chosen)}.")


def _told(host: Host, change: Change, name: str) -> str:
    if change.outcome is Outcome.UNCHANGED:
        return f"{host.title} knows {name} already: {change.path} was left as it is."
    done = {Outcome.ADDED: "Added", Outcome.REPLACED: "Replaced"}[change.outcome]
    kept = f" The former file is {change.backup}." if change.backup else ""
    return f"{done} {name} in {change.path}.{kept}"


def _key_place(host: Host) -> str:
    if host.inputs:
        return f"{host.title} asks for it at the first start"
    return f"set {KEY} in the environment that {host.title} starts in"


def _check_adapter() -> None:
    """A host shows a server that cannot start as a riddle; better said here."""
    if importlib.util.find_spec("mcp") is None:
        raise UnavailableError(
            "The MCP adapter is not installed in this environment.",
            code="mcp_not_installed",
            requirement="install_extra",
            next_step="Install it with: pip install 'videogen-agents[mcp,engine]'",
        )
